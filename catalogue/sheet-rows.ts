import { KINDS, LANGUAGES } from '../domain/index.ts';
import { COLUMNS, type Column, cellOf, DESK, HEADERS, type SheetName } from './sheet-columns.ts';

/** A value of the YAML files, whose shape has been checked. */
export type Entry = Readonly<Record<string, unknown>>;

/** A row of a sheet: its cells by column. */
export type Cells = Readonly<Record<string, string>>;

export interface CatalogueEntries {
  readonly groups: readonly { readonly group: string; readonly products: readonly Entry[] }[];
  /** The organisation's own, which belong to no product. */
  readonly answers: readonly Entry[];
}

/** A catalogue's files as sheets. */
export function sheetsOf({ groups, answers }: CatalogueEntries): Readonly<Record<SheetName, readonly Cells[]>> {
  const products = groups.flatMap(({ group, products: list }) => list.map((product) => ({ group, product, id: textAt(product, 'id') })));
  return {
    products: products.map(({ group, product, id }) => ({ id, group, ...cellsOf(COLUMNS.products, product) })),
    examples: products.flatMap(({ product, id }) => examplesOf(product).map((row) => ({ product: id, ...row }))),
    answers: [...products.flatMap(({ product, id }) => answersOf(id, listAt(product, ['answers']))), ...answersOf(DESK, answers)],
    fields: products.flatMap(({ product, id }) => fieldsOf(product).map((field) => ({ product: id, ...field.cells }))),
    choices: products.flatMap(({ product, id }) =>
      fieldsOf(product).flatMap(({ field }) =>
        entriesAt(field, ['choices']).map((choice) => ({
          product: id,
          field: textAt(field, 'id'),
          id: textAt(choice, 'id'),
          ...cellsOf(COLUMNS.choices, choice),
        })),
      ),
    ),
  };
}

/** The table of a sheet, header first. */
export function tableOf(sheet: SheetName, rows: readonly Cells[]): string[][] {
  const header = HEADERS[sheet];
  return [[...header], ...rows.map((row) => header.map((name) => row[name] ?? ''))];
}

export function examplesOf(product: Entry): { readonly language: string; readonly kind: string; readonly text: string }[] {
  return LANGUAGES.flatMap((language) =>
    KINDS.flatMap((kind) => listAt(product, ['examples', language, kind]).map((text) => ({ language, kind, text: String(text).trim() }))),
  );
}

function answersOf(product: string, answers: readonly unknown[]): Cells[] {
  return answers.filter(isEntry).map((answer) => ({ product, id: textAt(answer, 'id'), ...cellsOf(COLUMNS.answers, answer) }));
}

function fieldsOf(product: Entry): { readonly field: Entry; readonly cells: Cells }[] {
  return entriesAt(product, ['fields']).map((field) => ({ field, cells: { id: textAt(field, 'id'), ...cellsOf(COLUMNS.fields, field) } }));
}

function cellsOf(columns: readonly Column[], entry: Entry): Cells {
  return Object.fromEntries(columns.map((column) => [column.name, cellOf(column, valueAt(entry, column.path))]));
}

export function valueAt(entry: unknown, path: readonly string[]): unknown {
  let value = entry;
  for (const step of path) value = isEntry(value) ? value[step] : undefined;
  return value;
}

export function listAt(entry: Entry, path: readonly string[]): readonly unknown[] {
  const value = valueAt(entry, path);
  return Array.isArray(value) ? value : [];
}

export function entriesAt(entry: Entry, path: readonly string[]): Entry[] {
  return listAt(entry, path).filter(isEntry);
}

export function textAt(entry: Entry, key: string): string {
  return String(entry[key] ?? '');
}

export function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
