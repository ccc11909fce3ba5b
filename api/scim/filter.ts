import { bad } from './errors.ts';

/** One comparison of a filter: a path in lower case, and what it must be. */
export interface Equals {
  readonly path: string;
  readonly value: string | boolean;
}

const COMPARISON =
  /^\s*((?:urn:[\w.:-]+:)?[A-Za-z][\w.-]*)(?:\[((?:"(?:[^"\\]|\\.)*"|[^\]"])*)\])?(\.[A-Za-z][\w-]*)?(?:\s+([A-Za-z]+)\s+("(?:[^"\\]|\\.)*"|[\w.:-]+))?\s*/;

/**
 * Reads a filter (RFC 7644, 3.4.2.2): comparisons by `eq`, joined by `and`. `emails[type eq "work"].value eq "x"` is `emails.value` with its `type`.
 * @throws ScimError `invalidFilter` for what is none, and for what is not supported
 */
export function readFilter(text: string): Equals[] {
  const found: Equals[] = [];
  for (let rest = text; ; ) {
    const match = COMPARISON.exec(rest);
    const [whole = '', path = '', inner, sub = '', operator, value] = match ?? [];
    if (path === '' || (operator === undefined && inner === undefined)) throw unsupported(text);
    if (inner !== undefined) found.push(...readFilter(inner).map((it) => ({ ...it, path: `${nameOf(path)}.${it.path}` })));
    if (operator !== undefined && value !== undefined) {
      if (operator.toLowerCase() !== 'eq') throw unsupported(text);
      found.push({ path: `${nameOf(path)}${sub}`.toLowerCase(), value: readValue(value, text) });
    }
    rest = rest.slice(whole.length);
    if (rest === '') return found;
    const joined = /^and\s+/i.exec(rest);
    if (!joined) throw unsupported(text);
    rest = rest.slice(joined[0].length);
  }
}

/** `urn:...:User:userName` is userName. */
function nameOf(path: string): string {
  return path.slice(path.lastIndexOf(':') + 1).toLowerCase();
}

function readValue(text: string, filter: string): string | boolean {
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if (!text.startsWith('"')) throw unsupported(filter);
  try {
    return String(JSON.parse(text));
  } catch {
    throw unsupported(filter);
  }
}

function unsupported(filter: string): Error {
  return bad('invalidFilter', `This filter is not supported: ${filter.slice(0, 200)}. Compare by eq, join by and.`);
}
