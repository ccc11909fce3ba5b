import { KINDS, LANGUAGES } from '../domain/index.ts';
import type { CsvRecord } from './csv.ts';
import { nearest } from './nearest.ts';
import { didYouMean, type Problem } from './problem.ts';
import { COLUMNS, DESK, HEADERS, parseCell, SHEETS, type SheetName } from './sheet-columns.ts';
import type { Cells } from './sheet-rows.ts';

/** A row that was read, with its place for what may be wrong in it. */
export interface SheetRow {
  readonly file: string;
  readonly row: number;
  readonly cells: Cells;
}

export interface ReadSheet {
  readonly name: SheetName;
  readonly file: string;
  readonly rows: readonly SheetRow[];
}

export function problemIn(at: Pick<SheetRow, 'file' | 'row'>, column: string, message: string, hint?: string): Problem {
  return { file: at.file, line: at.row, path: column, message, hint };
}

/** Which sheet a file is, by its name; null when it is none. */
export function sheetNamed(file: string): SheetName | null {
  const name = file
    .replace(/^.*[\\/]/, '')
    .replace(/\.csv$/i, '')
    .toLowerCase();
  return SHEETS.find((sheet) => sheet === name) ?? null;
}

/** A sheet's rows by column; what is wrong with them goes to `problems`. */
export async function readSheet(name: SheetName, file: string, records: AsyncIterable<CsvRecord>, problems: Problem[]): Promise<ReadSheet> {
  let header: readonly string[] | null = null;
  const rows: SheetRow[] = [];
  for await (const { row, cells } of records) {
    if (header === null) {
      header = cells.map((cell) => cell.trim());
      problems.push(...headerProblems(name, file, header));
      continue;
    }
    const named = header;
    if (cells.slice(named.length).some((cell) => cell.trim() !== ''))
      problems.push(problemIn({ file, row }, '', `has ${cells.length} cells, and the header ${named.length}`));
    rows.push({ file, row, cells: Object.fromEntries(named.map((column, i) => [column, (cells[i] ?? '').trim()])) });
  }
  if (header === null) problems.push(problemIn({ file, row: 1 }, '', 'is empty'));
  for (const it of rows) problems.push(...cellProblems(name, it));
  problems.push(...duplicates(name, rows));
  return { name, file, rows };
}

function headerProblems(name: SheetName, file: string, header: readonly string[]): Problem[] {
  const at = { file, row: 1 };
  const wanted = HEADERS[name];
  return [
    ...wanted.filter((column) => !header.includes(column)).map((column) => problemIn(at, column, 'the column is missing')),
    ...header.flatMap((column, i) => {
      if (column === '') return [];
      if (header.indexOf(column) !== i) return [problemIn(at, column, 'the column stands twice')];
      return wanted.includes(column) ? [] : [problemIn(at, column, 'is no column of this sheet', didYouMean(nearest(column, wanted)))];
    }),
  ];
}

function cellProblems(name: SheetName, it: SheetRow): Problem[] {
  const problems: Problem[] = [];
  const needed =
    name === 'examples' ? HEADERS.examples : HEADERS[name].filter((column) => ['id', 'group', 'product', 'field'].includes(column));
  for (const column of needed) if (it.cells[column] === '') problems.push(problemIn(it, column, 'must not be empty'));
  if (name === 'examples') return [...problems, ...oneOf(it, 'language', LANGUAGES), ...oneOf(it, 'kind', KINDS)];
  for (const column of COLUMNS[name]) {
    const cell = it.cells[column.name] ?? '';
    if (column.required && cell === '') problems.push(problemIn(it, column.name, 'must not be empty'));
    try {
      parseCell(column, cell);
    } catch (error) {
      problems.push(problemIn(it, column.name, `${error instanceof Error ? error.message : String(error)}; it is "${cell}"`));
    }
  }
  return problems;
}

function oneOf(it: SheetRow, column: string, words: readonly string[]): Problem[] {
  const cell = it.cells[column] ?? '';
  if (cell === '' || words.includes(cell)) return [];
  return [problemIn(it, column, `"${cell}" is none of ${words.join(', ')}`, didYouMean(nearest(cell, words)))];
}

/** What makes a row the only one of its sort. */
function keyOf(name: SheetName, cells: Cells): string {
  return ['product', 'field', 'id']
    .filter((column) => HEADERS[name].includes(column))
    .map((column) => cells[column] ?? '')
    .join(' / ');
}

function duplicates(name: SheetName, rows: readonly SheetRow[]): Problem[] {
  if (name === 'examples') return [];
  const first = new Map<string, number>();
  return rows.flatMap((it) => {
    const key = keyOf(name, it.cells);
    const before = first.get(key);
    if (before === undefined) first.set(key, it.row);
    return before === undefined ? [] : [problemIn(it, '', `${key} stands in row ${before} already`)];
  });
}

/** Rows of products, fields and choices that are not there. @param known by product the ids of its fields, after the import */
export function strayRows(sheets: readonly ReadSheet[], known: ReadonlyMap<string, ReadonlySet<string>>): Problem[] {
  return sheets.flatMap(({ name, rows }) =>
    rows.flatMap((it) => {
      if (name === 'products') return [];
      const { product = '', field = '' } = it.cells;
      if (name === 'answers' && product === DESK) return [];
      const fields = known.get(product);
      if (!fields) return [problemIn(it, 'product', `there is no product "${product}"`, didYouMean(nearest(product, known.keys())))];
      if (name !== 'choices' || fields.has(field)) return [];
      return [problemIn(it, 'field', `"${product}" has no field "${field}"`, didYouMean(nearest(field, fields)))];
    }),
  );
}
