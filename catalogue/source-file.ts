import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Path, Problem } from './problem.ts';

/** An alias that unfolds into more than this is an attack or a mistake. */
const MAX_ALIASES = 100;

/** A YAML file that remembers on which line everything stands. */
export interface SourceFile {
  readonly name: string;
  /** Its plain content, not yet checked; null when it could not be read as YAML. */
  readonly content: unknown;
  readonly problems: readonly Problem[];
  /** A problem at a place in the content; for a missing key the line of what should hold it. */
  problemAt(path: Path, message: string, hint?: string | undefined): Problem;
}

/** Reads a file's text; syntax errors (and keys said twice) become problems with their line. */
export function parseSource(name: string, text: string): SourceFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, strict: true });
  const problems: Problem[] = document.errors.map((error) => ({
    file: name,
    line: lines.linePos(error.pos[0]).line,
    path: '',
    message: error.message,
    hint: undefined,
  }));
  let content: unknown = null;
  if (problems.length === 0) {
    try {
      content = document.toJS({ maxAliasCount: MAX_ALIASES });
    } catch (error) {
      problems.push({ file: name, line: 1, path: '', message: error instanceof Error ? error.message : String(error) });
    }
  }
  const lineAt = (path: Path): number => Math.max(1, lines.linePos(offsetOf(document.contents, path)).line);
  return {
    name,
    content,
    problems,
    problemAt: (path, message, hint) => ({ file: name, line: lineAt(path), path: describe(content, path), message, hint }),
  };
}

/** Where the deepest existing part of a path begins; a key counts as the begin of its value. */
function offsetOf(root: Node | null, path: Path): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair) break;
      if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      if (!isMap(node) && !isSeq(node) && !isScalar(node) && !isAlias(node)) break;
      offset = node.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}

/** A path for people: list items by their `id` (or `number`), else by position from 1. */
function describe(content: unknown, path: Path): string {
  let text = '';
  let value = content;
  for (const step of path) {
    value = isRecord(value) || Array.isArray(value) ? Reflect.get(value, step) : undefined;
    if (typeof step === 'number') text += `[${nameOf(value) ?? step + 1}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}

function nameOf(value: unknown): string | null {
  if (!isRecord(value)) return null;
  const name = value.id ?? value.number;
  return typeof name === 'string' ? name : null;
}

/** The value at a path of plain content, or undefined. */
export function valueAt(content: unknown, path: Path): unknown {
  let value = content;
  for (const step of path) value = isRecord(value) || Array.isArray(value) ? Reflect.get(value, step) : undefined;
  return value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
