import { isCollection, isMap, isScalar, isSeq, type Node, stringify, type YAMLMap, type YAMLSeq } from 'yaml';

type Plain = Readonly<Record<string, unknown>>;

/**
 * The source of a node after its value became another: what did not change stays as it was written, with its comments, order and line breaks.
 * A YAML library can print a whole document anew, but then every line of a file that somebody keeps by hand is another.
 */
export function rewritten(source: string, node: unknown, value: unknown): string {
  if (!isNode(node)) return flow(value);
  const old: unknown = plainOf(node);
  const text = source.slice(startOf(node), endOf(node));
  if (same(old, value)) return text;
  if (isMap(node) && isPlain(value)) return rewrittenMap(source, node, value);
  if (isSeq(node) && Array.isArray(value)) return rewrittenSeq(source, node, value);
  return flow(value);
}

/** Where a node's own text begins and ends. */
export function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

export function endOf(node: Node): number {
  if (isCollection(node) && !node.flow) {
    const last: unknown = node.items.at(-1);
    const inner = isPair(last) ? (isNode(last.value) && hasText(last.value) ? last.value : last.key) : last;
    if (isNode(inner)) return endOf(inner);
  }
  return node.range?.[1] ?? 0;
}

function rewrittenMap(source: string, node: YAMLMap, value: Plain): string {
  const start = startOf(node);
  const indent = columnOf(source, start);
  const old = plainOf(node);
  const edits: { readonly from: number; readonly to: number; readonly text: string }[] = [];
  for (const pair of node.items) {
    const key = isScalar(pair.key) ? String(pair.key.value) : '';
    if (!isNode(pair.key) || !isNode(pair.value)) continue;
    const now = value[key];
    if (same(now, isPlain(old) ? old[key] : undefined)) continue;
    // A map without a key is printed anew: which comment or comma went with it is anybody's guess.
    if (now === undefined) return fresh(value, node.flow === true, indent);
    edits.push({ from: startOf(pair.value), to: endOf(pair.value), text: rewritten(source, pair.value, now) });
  }
  const added = Object.entries(value).filter(([key, part]) => part !== undefined && !(isPlain(old) && key in old));
  if (added.length > 0 && node.flow) return fresh(value, true, indent);
  let text = '';
  let at = start;
  for (const edit of edits) {
    text += source.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  text += source.slice(at, endOf(node));
  return text + added.map(([key, part]) => `\n${' '.repeat(indent)}${key}:${underKey(part, indent)}`).join('');
}

function rewrittenSeq(source: string, node: YAMLSeq, value: readonly unknown[]): string {
  const known = node.items.filter(isNode);
  const values = known.map(plainOf);
  const left = new Set(known.keys());
  const items = value.map((item) => {
    const place = [...left].find((i) => isSameItem(values[i], item)) ?? null;
    if (place !== null) left.delete(place);
    return { place, text: place === null ? null : rewritten(source, known[place], item), item };
  });
  const indent = columnOf(source, startOf(node));
  if (node.flow) {
    const texts = items.map(({ text, item }) => text ?? flow(item));
    const line = `[${texts.join(', ')}]`;
    const inLines = source.slice(startOf(node), endOf(node)).includes('\n') || line.length + indent > WIDTH;
    if (!inLines || texts.length === 0) return line;
    const under = `\n${' '.repeat(indent + 2)}`;
    return `[${texts.map((text) => `${under}${text},`).join('')}\n${' '.repeat(indent)}]`;
  }
  if (items.length === 0) return '[]';
  const between = `\n${' '.repeat(indent)}- `;
  return items
    .map(({ place, text, item }, i) => {
      const after = items[i - 1]?.place ?? null;
      const gap = i === 0 ? '- ' : place === null ? between : gapBefore(source, known, place, after, between);
      return gap + (text ?? fresh(item, false, indent + 2));
    })
    .join('');
}

/** Blank lines and comments before an item go with it; what stood behind the item before it on the same line only when that is still there. */
function gapBefore(source: string, known: readonly Node[], place: number, after: number | null, otherwise: string): string {
  const [before, it] = [known[place - 1], known[place]];
  if (!before || !it) return otherwise;
  const gap = source.slice(endOf(before), startOf(it));
  return after === place - 1 ? gap : gap.slice(Math.max(0, gap.indexOf('\n')));
}

/** What has an id is the same by it, whatever else changed. */
function isSameItem(old: unknown, item: unknown): boolean {
  return isPlain(old) && isPlain(item) && 'id' in item ? old.id === item.id : same(old, item);
}

/** Block style, as the files are written; short things on one line. */
function fresh(value: unknown, inFlow: boolean, indent: number): string {
  if (inFlow || !isPlain(value)) return flow(value);
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  if (entries.length === 0) return '{}';
  return entries.map(([key, part]) => `${key}:${underKey(part, indent)}`).join(`\n${' '.repeat(indent)}`);
}

const SHORT = 100;
const WIDTH = 140;

function underKey(value: unknown, indent: number): string {
  const line = flow(value);
  const deeper = indent + 2;
  const under = `\n${' '.repeat(deeper)}`;
  if (line.length <= SHORT || (!isPlain(value) && !Array.isArray(value))) return ` ${line}`;
  if (Array.isArray(value)) return under + value.map((item) => `- ${fresh(item, false, deeper + 2)}`).join(under);
  return under + fresh(value, false, deeper);
}

/** On one line, so that it can stand anywhere. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (isPlain(value)) {
    const entries = Object.entries(value).filter(([, part]) => part !== undefined);
    return entries.length === 0 ? '{}' : `{ ${entries.map(([key, part]) => `${key}: ${flow(part)}`).join(', ')} }`;
  }
  const text = stringify([value], { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false, blockQuote: false }).trim();
  // What the library would break into lines is quoted as JSON, which is YAML too.
  return text.includes('\n') ? JSON.stringify(value) : text.slice(1, -1);
}

function columnOf(source: string, offset: number): number {
  return offset - (source.lastIndexOf('\n', offset - 1) + 1);
}

function hasText(node: Node): boolean {
  return endOf(node) > startOf(node);
}

function plainOf(node: Node): unknown {
  const value: unknown = JSON.parse(JSON.stringify(node));
  return value;
}

function isNode(value: unknown): value is Node {
  return isCollection(value) || isScalar(value);
}

function isPair(value: unknown): value is { readonly key: unknown; readonly value: unknown } {
  return typeof value === 'object' && value !== null && 'key' in value && 'value' in value;
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Equal in content; keys without a value do not count. */
export function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => same(item, b[i]));
  if (!isPlain(a) || !isPlain(b)) return a === b;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => same(a[key], b[key]));
}
