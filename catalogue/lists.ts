import { normaliseRoom } from '../domain/index.ts';
import { normaliseBudget } from './budget.ts';
import { CsvError, type CsvRecord } from './csv.ts';
import { nearest } from './nearest.ts';
import { didYouMean } from './problem.ts';

type Value = string | number | boolean | null;

/** A row of a list: what its columns say, or why it cannot be used. `key` is what makes it the only one of its sort. */
export type ReadRow =
  | { readonly row: number; readonly key: string; readonly values: Readonly<Record<string, Value>> }
  | { readonly row: number; readonly key: string | null; readonly reason: string };

export interface ReadList {
  /** The columns that the file has, by their name in English. */
  readonly columns: readonly string[];
  readonly rows: AsyncIterable<ReadRow>;
}

interface ListColumn {
  /** What the header may be, the name in English first. */
  readonly names: readonly [string, ...string[]];
  readonly required?: boolean;
  /** @throws TypeError saying what it must be */
  readonly read: (cell: string) => Value;
}

interface ListShape {
  readonly key: string;
  /** The column that stands before it in the key: a number that is not the only one of its sort. */
  readonly within?: string;
  readonly keyOf: (cell: string) => string;
  readonly columns: readonly ListColumn[];
}

const MOST_TEXT = 300;
const text = (cell: string): string => {
  if (cell.length > MOST_TEXT) throw new TypeError(`has ${cell.length} characters; ${MOST_TEXT} are the most`);
  return cell;
};
const optional = (cell: string): string | null => (cell === '' ? null : text(cell));

/** By kind of list: its columns, and the words that may stand above them. */
const SHAPES = {
  budgets: {
    key: 'number',
    keyOf: normaliseBudget,
    columns: [
      { names: ['number', 'nummer', 'budgetnummer', 'budget'], required: true, read: text },
      { names: ['name', 'naam', 'omschrijving'], required: true, read: text },
      { names: ['holder', 'houder', 'budgethouder'], required: true, read: text },
      { names: ['limit', 'limiet'], read: amount },
      { names: ['open'], read: yesNo },
    ],
  },
  people: {
    key: 'directory_id',
    keyOf: (cell) => cell,
    columns: [
      { names: ['directory_id', 'id', 'personeelsnummer'], required: true, read: text },
      { names: ['name', 'naam'], required: true, read: text },
      { names: ['address', 'email', 'e-mail', 'mail', 'e-mailadres'], read: address },
      { names: ['department', 'afdeling'], read: optional },
      { names: ['manager', 'leidinggevende'], read: optional },
      { names: ['deputy', 'vervanger'], read: optional },
      { names: ['room', 'kamer'], read: optional },
      { names: ['phone', 'telefoon'], read: optional },
      { names: ['language', 'taal'], read: language },
      { names: ['active', 'actief'], read: yesNo },
    ],
  },
  rooms: {
    key: 'number',
    within: 'building',
    keyOf: normaliseRoom,
    columns: [
      { names: ['number', 'nummer', 'kamer', 'kamernummer', 'room'], required: true, read: text },
      { names: ['building', 'gebouw'], required: true, read: text },
      { names: ['floor', 'verdieping', 'etage'], read: optional },
      { names: ['name', 'naam'], read: optional },
    ],
  },
} as const satisfies Record<string, ListShape>;

export type ListKind = keyof typeof SHAPES;
export const LIST_KINDS: readonly ListKind[] = ['people', 'budgets', 'rooms'];

/**
 * Reads a list of the organisation, row by row as it is asked for.
 * @throws CsvError when its columns are not those of such a list: then no row means anything
 */
export async function readList(kind: ListKind, records: AsyncGenerator<CsvRecord>): Promise<ReadList> {
  const shape: ListShape = SHAPES[kind];
  const header = await records.next();
  if (header.done) throw new CsvError('the file is empty');
  const columns = columnsOf(shape, header.value.cells);
  const names = columns.flatMap((column) => (column ? [column.names[0]] : []));
  return { columns: names, rows: rowsOf(shape, columns, records) };
}

function columnsOf(shape: ListShape, header: readonly string[]): (ListColumn | null)[] {
  const words = shape.columns.flatMap(({ names }) => [...names]);
  const columns = header.map((cell) => {
    const word = cell.trim().toLowerCase();
    if (word === '') return null;
    const column = shape.columns.find(({ names }) => names.includes(word));
    if (column) return column;
    const hint = didYouMean(nearest(word, words)) ?? `known: ${shape.columns.map(({ names }) => names[0]).join(', ')}`;
    throw new CsvError(`"${cell.trim()}" is no column of this list (${hint})`);
  });
  for (const column of shape.columns) {
    const count = columns.filter((it) => it === column).length;
    if (count > 1) throw new CsvError(`the column "${column.names[0]}" stands ${count} times`);
    if (count === 0 && column.required) throw new CsvError(`the column "${column.names[0]}" is missing`);
  }
  return columns;
}

async function* rowsOf(
  shape: ListShape,
  columns: readonly (ListColumn | null)[],
  records: AsyncIterable<CsvRecord>,
): AsyncGenerator<ReadRow> {
  const keyAt = columns.findIndex((column) => column?.names[0] === shape.key);
  const withinAt = columns.findIndex((column) => shape.within !== undefined && column?.names[0] === shape.within);
  for await (const { row, cells } of records) {
    const own = shape.keyOf((cells[keyAt] ?? '').trim()) || null;
    const key = own === null || withinAt < 0 ? own : `${(cells[withinAt] ?? '').trim().toUpperCase()}/${own}`;
    try {
      if (cells.length > columns.length) throw new TypeError(`has ${cells.length} cells, and the header ${columns.length}`);
      const values = valuesOf(columns, cells);
      if (key === null) throw new TypeError(`${shape.key}: must not be empty`);
      yield { row, key, values };
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      yield { row, key, reason: error.message };
    }
  }
}

function valuesOf(columns: readonly (ListColumn | null)[], cells: readonly string[]): Record<string, Value> {
  const values: Record<string, Value> = {};
  columns.forEach((column, i) => {
    if (!column) return;
    const [name] = column.names;
    const cell = (cells[i] ?? '').trim();
    if (column.required && cell === '') throw new TypeError(`${name}: must not be empty`);
    try {
      values[name] = column.read(cell);
    } catch (error) {
      throw error instanceof TypeError ? new TypeError(`${name}: ${error.message}`) : error;
    }
  });
  return values;
}

/** Euros as people and programs write them; what could be two amounts is not guessed. */
function amount(cell: string): number | null {
  const plain = cell.replace(/[€\s\u00A0]/g, '');
  if (plain === '') return null;
  if (/^\d+(?:[.,]\d{1,2})?$/.test(plain)) return Number(plain.replace(',', '.'));
  if (/^\d{1,3}(?:\.\d{3})+,\d{1,2}$/.test(plain)) return Number(plain.replaceAll('.', '').replace(',', '.'));
  if (/^\d{1,3}(?:,\d{3})+\.\d{1,2}$/.test(plain)) return Number(plain.replaceAll(',', ''));
  throw new TypeError(`"${cell}" is no clear amount; write it as 1500 or 1500,00`);
}

function yesNo(cell: string): boolean {
  const word = cell.toLowerCase();
  if (['', 'yes', 'ja', 'true', 'waar', '1'].includes(word)) return true;
  if (['no', 'nee', 'false', 'onwaar', '0'].includes(word)) return false;
  throw new TypeError(`must be yes or no; it is "${cell}"`);
}

function address(cell: string): string | null {
  if (cell === '') return null;
  if (!/^[^\s@]+@[^\s@]+$/.test(cell)) throw new TypeError(`"${cell}" is not an email address`);
  return text(cell);
}

function language(cell: string): string | null {
  const word = cell.toLowerCase();
  if (word === '') return null;
  if (['nl', 'nederlands', 'dutch'].includes(word)) return 'nl';
  if (['en', 'engels', 'english'].includes(word)) return 'en';
  throw new TypeError(`must be nl or en; it is "${cell}"`);
}
