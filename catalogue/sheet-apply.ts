import { KINDS, LANGUAGES } from '../domain/index.ts';
import { COLUMNS, type Column, cellOf, parseCell } from './sheet-columns.ts';
import type { ReadSheet, SheetRow } from './sheet-read.ts';
import { type Cells, type Entry, entriesAt, examplesOf, isEntry, listAt, textAt, valueAt } from './sheet-rows.ts';
import { same } from './yaml-edit.ts';

/** The rows of the sheets that were given, by product. */
export class SheetRows {
  readonly #rows: ReadonlyMap<string, readonly SheetRow[]>;

  constructor(sheets: readonly ReadSheet[]) {
    const owner = ({ name, rows }: ReadSheet) =>
      rows.map((it) => [`${name} ${it.cells[name === 'products' ? 'id' : 'product']}`, it] as const);
    const all = Map.groupBy(sheets.flatMap(owner), ([key]) => key);
    this.#rows = new Map([...all].map(([key, list]) => [key, list.map(([, row]) => row)]));
  }

  of(sheet: ReadSheet['name'], product: string): readonly SheetRow[] {
    return this.#rows.get(`${sheet} ${product}`) ?? [];
  }
}

/**
 * A product as the sheets say it is. Its rows in a sheet are its whole list there; without rows it keeps what it has, so that a sheet with some products
 * changes those alone. Keys of which the sheets know nothing stay.
 */
export function applied(product: Entry, id: string, rows: SheetRows): Entry {
  const [own] = rows.of('products', id);
  let entry: Entry = own ? withCells(product, COLUMNS.products, own.cells) : product;
  const examples = rows.of('examples', id);
  if (examples.length > 0) entry = { ...entry, examples: examplesFrom(entry, examples) };
  const answers = answersFrom(listAt(entry, ['answers']), rows.of('answers', id));
  if (answers) entry = { ...entry, answers };
  const fields = rows.of('fields', id);
  if (fields.length > 0)
    entry = { ...entry, fields: fields.map(({ cells }) => byCells(entriesAt(entry, ['fields']), COLUMNS.fields, cells)) };
  const choices = Map.groupBy(rows.of('choices', id), ({ cells }) => cells.field ?? '');
  if (choices.size > 0)
    entry = {
      ...entry,
      fields: entriesAt(entry, ['fields']).map((field) => {
        const given = choices.get(textAt(field, 'id'));
        if (!given) return field;
        return { ...field, choices: given.map(({ cells }) => byCells(entriesAt(field, ['choices']), COLUMNS.choices, cells)) };
      }),
    };
  return entry;
}

/** A list of answers as the rows say it is; null when there are none. */
export function answersFrom(answers: readonly unknown[], rows: readonly SheetRow[]): Entry[] | null {
  return rows.length === 0 ? null : rows.map(({ cells }) => byCells(answers.filter(isEntry), COLUMNS.answers, cells));
}

/** The item of that id with the row's values, or a new one. */
function byCells(known: readonly Entry[], columns: readonly Column[], cells: Cells): Entry {
  const { id = '' } = cells;
  return withCells(known.find((it) => it.id === id) ?? { id }, columns, cells);
}

function withCells(entry: Entry, columns: readonly Column[], cells: Cells): Entry {
  let changed = entry;
  for (const column of columns) {
    const value = parseCell(column, cells[column.name] ?? '');
    // The same in a cell is no change: a key that is absent and one that says what absence means are both kept as they are.
    if (cellOf(column, value) === cellOf(column, valueAt(changed, column.path))) continue;
    changed = withValue(changed, column.path, value);
  }
  return changed;
}

function withValue(entry: Entry, [key = '', ...rest]: readonly string[], value: unknown): Entry {
  if (rest.length === 0) {
    const { [key]: _, ...others } = entry;
    return value === undefined ? others : { ...entry, [key]: value };
  }
  const below = entry[key];
  const changed = withValue(isEntry(below) ? below : {}, rest, value);
  const { [key]: _, ...others } = entry;
  return Object.keys(changed).length === 0 ? others : { ...entry, [key]: changed };
}

function examplesFrom(product: Entry, rows: readonly SheetRow[]): unknown {
  const examples = Object.fromEntries(
    LANGUAGES.map((language) => [
      language,
      Object.fromEntries(
        kindsIn(product, language).flatMap((kind) => {
          const texts = rows.filter(({ cells }) => cells.language === language && cells.kind === kind).map(({ cells }) => cells.text);
          return texts.length === 0 ? [] : [[kind, texts]];
        }),
      ),
    ]),
  );
  // Texts are compared as cells have them; what differs in blanks alone is no change.
  return same(examplesOf({ examples }), examplesOf(product)) ? product.examples : examples;
}

/** A product of which only the id is known, with its keys in the order in which the files have them. */
export function emptyProduct(id: string): Entry {
  const texts = { nl: '', en: '' };
  return { id, team: '', usualKind: '', name: texts, description: texts, synonyms: { nl: [], en: [] }, examples: { nl: {}, en: {} } };
}

/** In the order in which the file has them. */
function kindsIn(product: Entry, language: string): string[] {
  const before = valueAt(product, ['examples', language]);
  return [...new Set([...(isEntry(before) ? Object.keys(before) : []), ...KINDS])];
}
