/**
 * Opens `winmail.dat`, the wrapping that Outlook and Exchange use towards other Outlooks (MS-OXTNEF). Only what a reader needs: the files
 * with their names, and the text. A small reader of our own: what npm offers is untyped, throws on damaged input or brings a logger along.
 */
import { decodeText } from './charset.ts';
import type { MailFile } from './content.ts';
import { rtfText } from './rtf.ts';

export interface OpenedTnef {
  readonly files: readonly MailFile[];
  readonly plain: string | null;
  readonly html: string | null;
}

const SIGNATURE = 0x223e9f78;

/** Attributes, by the lower half of their id. */
const ATTRIBUTE = {
  body: 0x800c,
  attachData: 0x800f,
  attachTitle: 0x8010,
  attachRendData: 0x9002,
  messageProps: 0x9003,
  attachProps: 0x9005,
  codePage: 0x9007,
};

/** MAPI properties. */
const PROPERTY = {
  body: 0x1000,
  rtf: 0x1009,
  html: 0x1013,
  attachData: 0x3701,
  attachName: 0x3704,
  attachLongName: 0x3707,
  attachType: 0x370e,
  attachContentId: 0x3712,
  displayName: 0x3001,
};

interface OpenFile {
  title: string;
  data: Buffer;
  props: Properties;
}
type Properties = ReadonlyMap<number, Buffer | string>;

/** Null when it is not TNEF; what is damaged or missing is left out. */
export function readTnef(bytes: Buffer): OpenedTnef | null {
  if (bytes.length < 6 || bytes.readUInt32LE(0) !== SIGNATURE) return null;
  const files: OpenFile[] = [];
  let charset = 'windows-1252';
  let props: Properties = new Map();
  let body: string | null = null;
  for (const { id, data } of attributes(bytes)) {
    const file = files.at(-1);
    if (id === ATTRIBUTE.codePage && data.length >= 4) charset = charsetOf(data.readUInt32LE(0));
    else if (id === ATTRIBUTE.body) body = textOf(data, charset);
    else if (id === ATTRIBUTE.messageProps) props = properties(data, charset);
    else if (id === ATTRIBUTE.attachRendData) files.push({ title: '', data: Buffer.alloc(0), props: new Map() });
    else if (file && id === ATTRIBUTE.attachTitle) file.title = textOf(data, charset);
    else if (file && id === ATTRIBUTE.attachData) file.data = data;
    else if (file && id === ATTRIBUTE.attachProps) file.props = properties(data, charset);
  }
  return { files: files.map(toMailFile), plain: body ?? plainOf(props), html: htmlOf(props, charset) };
}

function* attributes(bytes: Buffer): Generator<{ id: number; data: Buffer }> {
  for (let at = 6; at + 9 <= bytes.length; ) {
    const id = bytes.readUInt16LE(at + 1);
    const size = bytes.readUInt32LE(at + 5);
    if (at + 9 + size > bytes.length) return;
    yield { id, data: bytes.subarray(at + 9, at + 9 + size) };
    at += 9 + size + 2;
  }
}

function toMailFile({ title, data, props }: OpenFile): MailFile {
  const text = (id: number) => {
    const value = props.get(id);
    return typeof value === 'string' ? value : '';
  };
  const embedded = props.get(PROPERTY.attachData);
  return {
    name: text(PROPERTY.attachLongName) || title || text(PROPERTY.attachName) || text(PROPERTY.displayName),
    type: text(PROPERTY.attachType).toLowerCase() || 'application/octet-stream',
    contentId: text(PROPERTY.attachContentId) || null,
    location: null,
    content: data.length === 0 && Buffer.isBuffer(embedded) ? embedded : data,
  };
}

function plainOf(props: Properties): string | null {
  const body = props.get(PROPERTY.body);
  if (typeof body === 'string') return body;
  const rtf = props.get(PROPERTY.rtf);
  return Buffer.isBuffer(rtf) ? rtfText(rtf) : null;
}

function htmlOf(props: Properties, charset: string): string | null {
  const html = props.get(PROPERTY.html);
  if (html === undefined) return null;
  return typeof html === 'string' ? html : textOf(html, charset);
}

/** Sizes in bytes of the property types with a fixed one. */
const FIXED: ReadonlyMap<number, number> = new Map([
  [0x0001, 0],
  [0x0002, 4],
  [0x0003, 4],
  [0x0004, 4],
  [0x0005, 8],
  [0x0006, 8],
  [0x0007, 8],
  [0x000a, 4],
  [0x000b, 4],
  [0x0014, 8],
  [0x0040, 8],
  [0x0048, 16],
]);

/** Reads a property list until it ends or stops making sense. */
function properties(data: Buffer, charset: string): Properties {
  const found = new Map<number, Buffer | string>();
  try {
    let at = 4;
    for (let left = Math.min(data.readUInt32LE(0), 5_000); left > 0; left--) {
      const type = data.readUInt16LE(at);
      const id = data.readUInt16LE(at + 2);
      at += 4;
      if (id >= 0x8000) at = afterName(data, at);
      const fixed = FIXED.get(type & 0x0fff);
      if (fixed !== undefined && (type & 0x1000) === 0) {
        at += fixed;
        continue;
      }
      const values = data.readUInt32LE(at);
      at += 4;
      for (let i = 0; i < Math.min(values, 1_000); i++) {
        if (fixed !== undefined) {
          at += fixed;
          continue;
        }
        const size = data.readUInt32LE(at);
        const value = data.subarray(at + 4, at + 4 + size);
        if (type === 0x001f) found.set(id, value.toString('utf16le').replace(/\0+$/, ''));
        else if (type === 0x001e) found.set(id, textOf(value, charset));
        else if (type === 0x000d) found.set(id, value.subarray(16));
        else found.set(id, value);
        at += 4 + Math.ceil(size / 4) * 4;
      }
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return found;
}

/** A named property carries its name: a GUID, then a number or a string. */
function afterName(data: Buffer, at: number): number {
  if (data.readUInt32LE(at + 16) === 0) return at + 24;
  return at + 24 + Math.ceil(data.readUInt32LE(at + 20) / 4) * 4;
}

function charsetOf(codePage: number): string {
  if (codePage === 65001) return 'utf-8';
  if (codePage === 932) return 'shift_jis';
  if (codePage >= 1250 && codePage <= 1258) return `windows-${codePage}`;
  return codePage >= 28591 && codePage <= 28605 ? `iso-8859-${codePage - 28590}` : 'windows-1252';
}

function textOf(data: Buffer, charset: string): string {
  return decodeText(data, charset).text.replace(/\0+$/, '').replace(/\r\n?/g, '\n');
}
