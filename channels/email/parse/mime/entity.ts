/**
 * A mail as a tree of MIME entities (RFC 2045, RFC 2046). The reader is our own because every mail must yield something, within bounds:
 * it never throws, copies no body, and leaves beyond its limits what would cost more than its worth.
 */
import { type Guessed, headerText, type Parameterised, parseParameterised } from './header-text.ts';
import { signedContent } from './signed-data.ts';
import { decodeTransfer } from './transfer.ts';

/** Bounds on what is looked at; what lies beyond is kept as it is, with a warning. */
const LIMITS = { depth: 30, parts: 1_000, headerBytes: 512 * 1024, headers: 2_000 } as const;

export interface Entity {
  readonly headers: Headers;
  readonly type: Parameterised;
  /** `attachment`, `inline`, or ''. */
  readonly disposition: string;
  /** The file's name, '' when it has none. */
  readonly name: string;
  readonly contentId: string | null;
  /** Of a multipart, and of what is signed opaquely; empty for everything else. */
  readonly children: readonly Entity[];
  /** The body as it came. */
  readonly body: Buffer;
  /** The body with its transfer encoding undone. */
  content(): Buffer;
}

/** A mail's headers in their order, names in lower case, values raw (bytes as Latin-1). */
export class Headers {
  readonly #rows: readonly (readonly [string, string])[];

  constructor(rows: readonly (readonly [string, string])[]) {
    this.#rows = rows;
  }

  get count(): number {
    return this.#rows.length;
  }

  /** The first that is not empty: of doubled headers the first is what servers and clients show. */
  raw(name: string): string | null {
    return this.all(name).find((value) => value.trim() !== '') ?? null;
  }

  all(name: string): string[] {
    return this.#rows.filter(([key]) => key === name).map(([, value]) => value);
  }

  has(pattern: RegExp): boolean {
    return this.#rows.some(([key]) => pattern.test(key));
  }

  /** The value on one line, not decoded further; '' when absent. */
  line(name: string): string {
    return headerText(this.raw(name) ?? '', () => {});
  }
}

/** S/MIME's container, for what is encrypted as for what is signed. */
export const isPkcs7 = (type: string): boolean => /^application\/(?:x-)?pkcs7-mime$/.test(type);

/** Reads a whole mail. @param warn is told what was odd */
export function readEntity(raw: Buffer, warn: (warning: string) => void): Entity {
  const reader = new Reader(warn);
  const text = withLineFeeds(raw);
  const start = text.findIndex((byte) => byte !== 0x0a && byte !== 0x0d);
  return reader.read(start > 0 ? text.subarray(start) : text, 0, false);
}

/** Old mailers end lines with a carriage return alone. */
function withLineFeeds(raw: Buffer): Buffer {
  const head = raw.subarray(0, 64 * 1024);
  return head.includes(0x0d) && !head.includes(0x0a) ? (raw.map((byte) => (byte === 0x0d ? 0x0a : byte)) as Buffer) : raw;
}

class Reader {
  readonly #warn: (warning: string) => void;
  #parts = 0;

  constructor(warn: (warning: string) => void) {
    this.#warn = warn;
  }

  read(raw: Buffer, depth: number, inDigest: boolean): Entity {
    this.#parts++;
    const { headers, body } = splitHead(raw, this.#warn);
    const guessed: Guessed = (charset) => this.#warn(`decoded with a guess: ${charset}`);
    const type = typeOf(headers, inDigest, guessed);
    const disposition = parseParameterised(headers.all('content-disposition').at(-1) ?? '', guessed);
    const encoding = headers
      .line('content-transfer-encoding')
      .toLowerCase()
      .replace(/[;\s].*$/, '');
    const boundary = type.value.startsWith('multipart/') ? type.params.get('boundary') : undefined;
    let decoded: Buffer | null = null;
    const content = () => (decoded ??= decodeTransfer(body, encoding));
    return {
      headers,
      type,
      disposition: disposition.value.replace(/[^a-z-].*$/, ''),
      name: (disposition.params.get('filename') ?? type.params.get('name') ?? '').replace(/[\r\n\0]/g, ''),
      contentId: headers.line('content-id').replace(/^<|>$/g, '') || null,
      children:
        boundary !== undefined
          ? this.#children(body, boundary, depth, type.value === 'multipart/digest')
          : isPkcs7(type.value)
            ? this.#signed(content(), depth)
            : [],
      body,
      content,
    };
  }

  /** What was signed, where signature and text are one (opaque signing). */
  #signed(pkcs7: Buffer, depth: number): Entity[] {
    const signed = depth < LIMITS.depth && this.#parts < LIMITS.parts ? signedContent(pkcs7) : null;
    return signed ? [this.read(signed, depth + 1, false)] : [];
  }

  #children(body: Buffer, boundary: string, depth: number, isDigest: boolean): Entity[] {
    if (depth >= LIMITS.depth) {
      this.#warn(`parts nested deeper than ${LIMITS.depth} were left as they are`);
      return [];
    }
    const children: Entity[] = [];
    for (const part of partsOf(body, boundary)) {
      if (this.#parts >= LIMITS.parts) {
        this.#warn(`more than ${LIMITS.parts} parts: the rest was left`);
        break;
      }
      children.push(this.read(part, depth + 1, isDigest));
    }
    return children;
  }
}

function typeOf(headers: Headers, inDigest: boolean, guessed: Guessed): Parameterised {
  const all = headers.all('content-type').map((raw) => parseParameterised(raw, guessed));
  const whole = all.find(({ value, params }) =>
    value.startsWith('multipart/') ? params.has('boundary') : /^[\w.+-]+\/[\w.+-]+$/.test(value),
  );
  if (whole) return whole;
  const sloppy = all[0];
  if (!sloppy) return { value: inDigest ? 'message/rfc822' : 'text/plain', params: new Map() };
  const value = /^(text\/(?:plain|html)|html|plain)\b/.exec(sloppy.value)?.[1];
  const known = value === undefined ? null : value.includes('/') ? value : `text/${value}`;
  return { value: known ?? (sloppy.params.has('name') ? 'application/octet-stream' : 'text/plain'), params: sloppy.params };
}

const HEADER_LINE = /^([!-9;-~]{1,200})[ \t]*:(.*)$/s;

/** Splits headers from body at the first empty line; a block without any header is all body. */
function splitHead(raw: Buffer, warn: (warning: string) => void): { headers: Headers; body: Buffer } {
  const rows: [string, string][] = [];
  let at = 0;
  if (/^>?From /.test(raw.toString('latin1', 0, 6))) at = lineEnd(raw, 0);
  const first = at;
  while (at < raw.length) {
    const end = lineEnd(raw, at);
    // One line may be as long as the mail.
    const line = raw.toString('latin1', at, Math.min(end, at + LIMITS.headerBytes)).replace(/\r?\n$/, '');
    if (line.trim() === '' && (rows.length > 0 || at === first) && !isBlankFold(line, raw, end))
      return { headers: new Headers(rows), body: raw.subarray(end) };
    const last = rows.at(-1);
    if (/^[ \t]/.test(line) && last) last[1] += `\n${line}`;
    else {
      const match = HEADER_LINE.exec(line);
      if (match?.[1] && match[2] !== undefined) rows.push([match[1].toLowerCase(), match[2]]);
      else if (rows.length === 0) return { headers: new Headers([]), body: raw.subarray(first) };
      else warn('a header line without a name was passed over');
    }
    at = end;
    if (at - first > LIMITS.headerBytes || rows.length > LIMITS.headers) {
      warn('more headers than a mail has: the rest was read as its body');
      break;
    }
  }
  return { headers: new Headers(rows), body: raw.subarray(at) };
}

/** A line of blanks within folded headers, not their end: what follows is folded too, or is one more header. */
function isBlankFold(line: string, raw: Buffer, next: number): boolean {
  if (line === '') return false;
  const following = raw.toString('latin1', next, Math.min(next + 300, lineEnd(raw, next)));
  return /^[ \t]+\S/.test(following) || HEADER_LINE.test(following);
}

function lineEnd(raw: Buffer, from: number): number {
  const end = raw.indexOf(0x0a, from);
  return end < 0 ? raw.length : end + 1;
}

/** The parts between the boundary's delimiters; without a closing one the last part runs to the end. */
function* partsOf(body: Buffer, boundary: string): Generator<Buffer> {
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  let start = -1;
  for (let at = body.indexOf(delimiter); at >= 0; at = body.indexOf(delimiter, at + delimiter.length)) {
    if (at > 0 && body[at - 1] !== 0x0a) continue;
    const after = body.toString('latin1', at + delimiter.length, at + delimiter.length + 3);
    if (!/^(--|\s|$)/.test(after)) continue;
    if (start >= 0) yield body.subarray(start, beforeDelimiter(body, at, start));
    if (after.startsWith('--')) return;
    start = lineEnd(body, at);
  }
  if (start >= 0) yield body.subarray(start);
}

/** The line break before a delimiter belongs to the delimiter. */
function beforeDelimiter(body: Buffer, at: number, start: number): number {
  const feed = body[at - 1] === 0x0a ? at - 1 : at;
  return Math.max(start, body[feed - 1] === 0x0d ? feed - 1 : feed);
}
