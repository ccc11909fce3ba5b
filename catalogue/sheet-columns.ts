/** The columns of the catalogue's sheets: where each stands in a product's YAML, and how its cell is written. */
type CellKind = 'text' | 'list' /** Its key goes when the cell is empty. */ | 'optional-list' | 'yes-no' | 'number';

export interface Column {
  readonly name: string;
  readonly path: readonly string[];
  readonly kind: CellKind;
  readonly required: boolean;
}

const column = (name: string, kind: CellKind = 'text', required = true): Column => ({
  name,
  path: name.split('_'),
  kind,
  required,
});
const both = (name: string, kind: CellKind = 'text', required = true): Column[] =>
  ['nl', 'en'].map((language) => column(`${name}_${language}`, kind, required));

/** By sheet; the columns that say whose row it is (`product`, `field`, `id`) come before these. */
export const COLUMNS = {
  products: [
    column('team'),
    column('wishTeam', 'text', false),
    column('usualKind'),
    ...both('name'),
    ...both('description'),
    ...both('synonyms', 'list', false),
    column('confirm', 'yes-no', false),
    column('restricted', 'yes-no', false),
    column('agreement_respond'),
    column('agreement_complete'),
  ],
  answers: [...both('questions', 'list'), ...both('text'), ...both('source'), column('url', 'text', false)],
  fields: [
    column('type'),
    column('required'),
    ...both('label'),
    ...both('ask'),
    column('min', 'number', false),
    column('max', 'number', false),
    column('find', 'optional-list', false),
    column('past', 'yes-no', false),
    column('who', 'text', false),
    column('when_field', 'text', false),
    column('when_is', 'optional-list', false),
  ],
  choices: [...both('label'), column('words', 'optional-list', false)],
} as const satisfies Record<string, readonly Column[]>;

export const SHEETS = ['products', 'examples', 'answers', 'fields', 'choices'] as const;
export type SheetName = (typeof SHEETS)[number];

const names = (columns: readonly Column[]): string[] => columns.map(({ name }) => name);

/** All columns of each sheet, in order. */
export const HEADERS: Readonly<Record<SheetName, readonly string[]>> = {
  products: ['id', 'group', ...names(COLUMNS.products)],
  examples: ['product', 'language', 'kind', 'text'],
  answers: ['product', 'id', ...names(COLUMNS.answers)],
  fields: ['product', 'id', ...names(COLUMNS.fields)],
  choices: ['product', 'field', 'id', ...names(COLUMNS.choices)],
};

/** What stands in the column `product` of the organisation's own answers. */
export const DESK = 'desk';

const BETWEEN = ' | ';
const YES: readonly string[] = ['yes', 'ja', 'true', 'waar', '1'];
const NO: readonly string[] = ['no', 'nee', 'false', 'onwaar', '0', ''];

/** A value as it stands in a cell. */
export function cellOf({ kind }: Column, value: unknown): string {
  if (kind === 'yes-no') return value === true ? 'yes' : 'no';
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map((item) => escapeBar(String(item))).join(BETWEEN);
  return String(value).trim();
}

/** What a cell says; undefined when it says nothing. @throws TypeError saying what it must be */
export function parseCell({ kind }: Column, cell: string): unknown {
  const text = cell.trim();
  switch (kind) {
    case 'text':
      return text === '' ? undefined : text;
    case 'list':
      return splitList(text);
    case 'optional-list':
      return text === '' ? undefined : splitList(text);
    case 'yes-no': {
      const word = text.toLowerCase();
      if (!YES.includes(word) && !NO.includes(word)) throw new TypeError('must be yes or no');
      return YES.includes(word);
    }
    case 'number': {
      if (text === '') return undefined;
      // As Dutch Excel writes it, with a comma.
      const number = Number(text.replace(',', '.'));
      if (!Number.isFinite(number)) throw new TypeError('must be a number');
      return number;
    }
  }
}

/** A bar inside an item is written `\|`. */
function escapeBar(item: string): string {
  return item.trim().replace(/[\\|]/g, '\\$&');
}

function splitList(text: string): string[] {
  const items: string[] = [''];
  for (const [part] of text.matchAll(/\\[\\|]|[^|\\]+|\\|\|/g)) {
    if (part === '|') items.push('');
    else items[items.length - 1] += part === '\\|' || part === '\\\\' ? part.slice(1) : part;
  }
  return items.map((item) => item.trim()).filter((item) => item !== '');
}
