import { createHash } from 'node:crypto';

/** Hex digits in a version: 40 bits, enough to never see two catalogues of one organisation share it. */
const DIGITS = 10;

/** `c-` and a hash of the content; the order of keys and keys without a value do not count. */
export function contentVersion(content: unknown): string {
  return `c-${createHash('sha256').update(canonical(content)).digest('hex').slice(0, DIGITS)}`;
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join(',')}}`;
}
