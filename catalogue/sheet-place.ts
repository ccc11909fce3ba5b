import type { Problem } from './problem.ts';
import { DESK, HEADERS, type SheetName } from './sheet-columns.ts';
import type { ReadSheet, SheetRow } from './sheet-read.ts';

/** Where a problem of the YAML files stands in the sheets that they were made from; the same problem when it came from elsewhere. */
export function placeInSheets(problem: Problem, sheets: readonly ReadSheet[]): Problem {
  const [, id = DESK, rest = ''] = /^(?:products\[([^\]]+)\]\.?)?(.*)$/.exec(problem.path) ?? [];
  const found = find(sheets, id, rest);
  if (!found) return problem;
  const { name, row, tail } = found;
  return { ...problem, file: row.file, line: row.row, path: columnOf(name, tail) };
}

interface Place {
  readonly name: SheetName;
  readonly row: SheetRow;
  /** What is left of the path below that row. */
  readonly tail: string;
}

function find(sheets: readonly ReadSheet[], product: string, rest: string): Place | null {
  const rows = (name: SheetName) =>
    sheets.find((sheet) => sheet.name === name)?.rows.filter(({ cells }) => (cells.product ?? cells.id) === product) ?? [];
  const at = (name: SheetName, row: SheetRow | undefined, tail: string): Place | null => (row ? { name, row, tail } : null);
  const [, part = '', item = '', below = ''] = /^(answers|fields)\[([^\]]+)\]\.?(.*)$/.exec(rest) ?? [];
  if (part === 'answers')
    return at(
      'answers',
      rows('answers').find(({ cells }) => cells.id === item),
      below,
    );
  if (part === 'fields') {
    const [, choice = '', tail = ''] = /^choices\[([^\]]+)\]\.?(.*)$/.exec(below) ?? [];
    const own = rows('choices').find(({ cells }) => cells.field === item && cells.id === choice);
    return (
      at('choices', own, tail) ??
      at(
        'fields',
        rows('fields').find(({ cells }) => cells.id === item),
        below,
      )
    );
  }
  const [, language, kind, place] = /^examples(?:\.(\w+))?(?:\.(\w+))?(?:\[(\d+)\])?$/.exec(rest) ?? [];
  if (rest.startsWith('examples')) {
    const fitting = rows('examples').filter(({ cells }) => (!language || cells.language === language) && (!kind || cells.kind === kind));
    return at('examples', fitting[Number(place ?? 1) - 1], place ? 'text' : 'language');
  }
  return at('products', rows('products')[0], rest);
}

function columnOf(name: SheetName, tail: string): string {
  const column = tail.replace(/\[.*$/, '').replaceAll('.', '_');
  return HEADERS[name].find((it) => it === column || (column !== '' && it.startsWith(`${column}_`))) ?? column;
}
