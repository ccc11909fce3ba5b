/** Builds mails as bytes, as clients and servers send them. Everybody in them is invented. */

export type Charset = 'utf-8' | 'iso-8859-1' | 'windows-1252';
export type Transfer = '7bit' | '8bit' | 'quoted-printable' | 'base64';

export interface Part {
  readonly type: string;
  readonly body: string | Buffer;
  readonly charset?: Charset;
  readonly transfer?: Transfer;
  /** More headers of the part, whole lines. */
  readonly headers?: readonly string[];
}

/** Bytes above 127 of Windows-1252 that Latin-1 does not have. */
const WINDOWS: ReadonlyMap<string, number> = new Map([
  ['€', 0x80],
  ['…', 0x85],
  ['‘', 0x91],
  ['’', 0x92],
  ['“', 0x93],
  ['”', 0x94],
  ['–', 0x96],
  ['—', 0x97],
]);

export function encode(text: string, charset: Charset): Buffer {
  if (charset === 'utf-8') return Buffer.from(text, 'utf8');
  return Buffer.from(Array.from(text, (char) => WINDOWS.get(char) ?? char.charCodeAt(0) & 0xff));
}

export function quotedPrintable(bytes: Buffer): string {
  const lines = bytes.toString('latin1').split(/\r?\n/);
  return lines
    .map((line) => softBreaks((line.match(/[\s\S]/g) ?? []).map((char, at, all) => quotedCharacter(char, at === all.length - 1))))
    .join('\r\n');
}

function quotedCharacter(char: string, isLast: boolean): string {
  const isPlain = /[!-<>-~]/.test(char) || (/[ \t]/.test(char) && !isLast);
  return isPlain ? char : `=${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

function softBreaks(pieces: readonly string[]): string {
  let out = '';
  let width = 0;
  for (const piece of pieces) {
    if (width + piece.length > 75) {
      out += '=\r\n';
      width = 0;
    }
    out += piece;
    width += piece.length;
  }
  return out;
}

/** One MIME entity with its headers. */
export function part({ type, body, charset = 'utf-8', transfer = 'quoted-printable', headers = [] }: Part): Buffer {
  const isText = typeof body === 'string';
  const bytes = isText ? encode(body.replace(/\r?\n/g, '\r\n'), charset) : body;
  const head = [
    `Content-Type: ${type}${isText && type.startsWith('text/') ? `; charset="${charset}"` : ''}`,
    `Content-Transfer-Encoding: ${transfer}`,
    ...headers,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), transferred(bytes, transfer)]);
}

function transferred(bytes: Buffer, transfer: Transfer): Buffer {
  if (transfer === 'base64') return Buffer.from((bytes.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n'));
  return transfer === 'quoted-printable' ? Buffer.from(quotedPrintable(bytes), 'latin1') : bytes;
}

let boundaries = 0;

export function multipart(type: string, parts: readonly Buffer[], headers: readonly string[] = []): Buffer {
  const boundary = `=_part_${++boundaries}`;
  const joined = parts.flatMap((child) => [Buffer.from(`--${boundary}\r\n`), child, Buffer.from('\r\n')]);
  return Buffer.concat([
    Buffer.from([`Content-Type: ${type}; boundary="${boundary}"`, ...headers, '', ''].join('\r\n'), 'latin1'),
    ...joined,
    Buffer.from(`--${boundary}--\r\n`),
  ]);
}

/** A whole mail. @param headers whole lines, without MIME-Version */
export function mail(headers: readonly string[], entity: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${[...headers, 'MIME-Version: 1.0'].join('\r\n')}\r\n`, 'utf8'), entity]);
}

/** The usual headers of somebody's mail. */
export function headersOf(options: { from?: string; to?: string; subject: string; more?: readonly string[] }): string[] {
  const { from = 'Jan de Vries <jan.devries@example.org>', to = 'Servicedesk <desk@example.org>', subject, more = [] } = options;
  return [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    'Date: Mon, 03 Jun 2024 10:15:00 +0200',
    'Message-ID: <abc.123@mail.example.org>',
    ...more,
  ];
}

export const alternative = (plain: string, html: string, options: Pick<Part, 'charset' | 'transfer'> = {}): Buffer =>
  multipart('multipart/alternative', [
    part({ type: 'text/plain', body: plain, ...options }),
    part({ type: 'text/html', body: html, ...options }),
  ]);

export const plainMail = (text: string, subject = 'Vraag', more: readonly string[] = []): Buffer =>
  mail(headersOf({ subject, more }), part({ type: 'text/plain', body: text }));
