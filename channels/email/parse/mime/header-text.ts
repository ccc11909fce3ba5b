/** The text of headers: encoded words (RFC 2047), raw bytes above 127, parameters (RFC 2045, RFC 2231). */
import { isUtf8 } from 'node:buffer';
import { decodeText } from './charset.ts';
import { decodeTransfer } from './transfer.ts';

/** Is told each charset that had to be guessed. */
export type Guessed = (charset: string) => void;

/** Most headers are; and this is asked of each, some forty times a mail. */
const IS_PLAIN = /^[\t -~]*$/;

/**
 * A header's raw value (its bytes as Latin-1) as text on one line, its encoded words left as they are.
 * @param bodyCharset what bytes above 127 are probably in, when they are not UTF-8
 */
export function headerText(raw: string, guessed: Guessed, bodyCharset = ''): string {
  if (IS_PLAIN.test(raw)) return raw.trim();
  const bytes = Buffer.from(raw, 'latin1');
  const { text, guess } = decodeText(bytes, isUtf8(bytes) ? '' : bodyCharset);
  if (guess && guess !== 'utf-8') guessed(guess);
  return text.replace(/(?:[\r\n]+[ \t]*)+/g, ' ').trim();
}

interface EncodedWord {
  readonly charset: string;
  readonly bytes: Buffer;
  readonly end: number;
}

/** Decodes the encoded words in a text. Neighbours of one charset are joined before decoding: some mailers cut inside a character. */
export function decodeWords(text: string, guessed: Guessed): string {
  let out = '';
  let at = 0;
  let pending: { charset: string; bytes: Buffer[] } | null = null;
  const flush = () => {
    if (!pending) return;
    const decoded = decodeText(Buffer.concat(pending.bytes), pending.charset);
    if (decoded.guess) guessed(decoded.guess);
    out += decoded.text;
    pending = null;
  };
  for (;;) {
    const start = text.indexOf('=?', at);
    if (start < 0) break;
    const word = encodedWordAt(text, start);
    if (word === 'none-follows') break;
    const between = text.slice(at, start);
    if (word === null) {
      flush();
      out += `${between}=?`;
      at = start + 2;
      continue;
    }
    if (!pending || between.trim() !== '' || pending.charset !== word.charset || word.charset.startsWith('iso-2022')) {
      const wasWord: boolean = pending !== null;
      flush();
      if (!wasWord || between.trim() !== '') out += between;
      pending = { charset: word.charset, bytes: [] };
    }
    pending.bytes.push(word.bytes);
    at = word.end;
  }
  flush();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a header that people read has none
  return (out + text.slice(at)).replace(/[\x00-\x1f\x7f]+/g, ' ');
}

function encodedWordAt(text: string, start: number): EncodedWord | null | 'none-follows' {
  const head = /^=\?([A-Za-z0-9_.:+-]{1,60})(?:\*[A-Za-z0-9-]{0,40})?\?([BbQq])\?/.exec(text.slice(start, start + 120));
  if (!head?.[1] || !head[2]) return null;
  const from = start + head[0].length;
  const to = text.indexOf('?=', from);
  if (to < 0) return 'none-follows';
  const coded = text.slice(from, to);
  const bytes =
    head[2].toLowerCase() === 'b'
      ? decodeTransfer(Buffer.from(coded, 'latin1'), 'base64')
      : decodeTransfer(Buffer.from(coded.replaceAll('_', ' '), 'utf8'), 'quoted-printable');
  return { charset: head[1].toLowerCase(), bytes, end: to + 2 };
}

/** A header with parameters, e.g. Content-Type. */
export interface Parameterised {
  /** In lower case, e.g. `text/plain`; '' when there is none. */
  readonly value: string;
  /** By name in lower case, decoded. */
  readonly params: ReadonlyMap<string, string>;
}

/** Reads `value; name=x; name*0*=utf-8''x`. Unquoted blanks, missing names and double semicolons are forgiven. */
export function parseParameterised(raw: string, guessed: Guessed): Parameterised {
  const pieces = splitAtSemicolons(raw.replace(/[\r\n]+[ \t]*/g, ' ').slice(0, 20_000));
  const plain = new Map<string, string>();
  const continued = new Map<string, { order: number; text: string; coded: boolean }[]>();
  for (const piece of pieces.slice(1)) {
    const equals = piece.indexOf('=');
    if (equals < 1) continue;
    const name = piece.slice(0, equals).trim().toLowerCase();
    const text = unquote(piece.slice(equals + 1).trim());
    const parts = /^([^*]+)\*(?:(\d{1,3})(\*)?)?$/.exec(name);
    if (!parts?.[1]) {
      if (!plain.has(name)) plain.set(name, decodeWords(headerText(text, guessed), guessed).trim());
      continue;
    }
    const coded = parts[2] === undefined || parts[3] !== undefined;
    continued.set(parts[1], [...(continued.get(parts[1]) ?? []), { order: Number(parts[2] ?? 0), text, coded }]);
  }
  for (const [name, parts] of continued) plain.set(name, decodeContinued(parts, guessed));
  return { value: (pieces[0] ?? '').trim().toLowerCase(), params: plain };
}

function decodeContinued(parts: readonly { order: number; text: string; coded: boolean }[], guessed: Guessed): string {
  let charset = '';
  const runs = parts
    .toSorted((a, b) => a.order - b.order)
    .map(({ text, coded }, index) => {
      if (!coded) return Buffer.from(text, 'latin1');
      const prefix = index === 0 ? /^([^']*)'[^']*'/.exec(text) : null;
      charset = prefix?.[1] ?? charset;
      return percentDecode(prefix ? text.slice(prefix[0].length) : text);
    });
  const decoded = decodeText(Buffer.concat(runs), charset);
  if (decoded.guess) guessed(decoded.guess);
  return decoded.text.trim();
}

function percentDecode(text: string): Buffer {
  return Buffer.from(
    text.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  );
}

function splitAtSemicolons(text: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\\' && quoted) piece += char + text.charAt(++at);
    else if (char === ';' && !quoted) {
      pieces.push(piece);
      piece = '';
    } else {
      if (char === '"') quoted = !quoted;
      piece += char;
    }
  }
  return [...pieces, piece];
}

function unquote(text: string): string {
  if (!text.startsWith('"')) return text;
  const end = text.endsWith('"') && text.length > 1 ? text.length - 1 : text.length;
  return text.slice(1, end).replace(/\\(["\\])/g, '$1');
}
