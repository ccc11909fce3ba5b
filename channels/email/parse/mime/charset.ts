/** Bytes to text, whatever the mail says of them. Node's TextDecoder knows every charset of the WHATWG list. */
import { isAscii, isUtf8 } from 'node:buffer';

export interface DecodedText {
  readonly text: string;
  /** The charset that was guessed, because the declared one was absent, unknown or wrong; null when it was right. */
  readonly guess: string | null;
}

/** Names that mails use and TextDecoder does not know. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['cp932', 'shift_jis'],
  ['cp936', 'gbk'],
  ['cp949', 'euc-kr'],
  ['cp950', 'big5'],
  ['cp1258', 'windows-1258'],
  ['utf-8-sig', 'utf-8'],
  ['utf8mb4', 'utf-8'],
  ['iso8859-15', 'iso-8859-15'],
  ['latin-1', 'iso-8859-1'],
  ['ansi', 'windows-1252'],
]);

/** Nothing is said by these about bytes above 127. */
const SAYS_NOTHING = /^(|us-ascii|ascii|ansi_x3\.4-1968|iso646-us|default|unknown|unknown-8bit|x-unknown|8bit|7bit|binary|none)$/;

/** Where any run of bytes is "valid", so that validity as UTF-8 is the better witness. */
const SINGLE_BYTE = /^(windows-12|iso-8859-|koi8|macintosh|x-mac|ibm866)/;

/** Decodes text, and says when it had to guess. Never throws. */
export function decodeText(bytes: Buffer, declared: string): DecodedText {
  const marked = byteOrderMark(bytes);
  if (marked) return { text: new TextDecoder(marked).decode(bytes), guess: null };
  const label = declared.toLowerCase().replace(/["'\s]/g, '');
  if (/utf-?7/.test(label)) return { text: decodeUtf7(bytes.toString('latin1')), guess: null };
  const decoder = decoderOf(label);
  if (decoder?.encoding.startsWith('utf-16') || decoder?.encoding === 'iso-2022-jp') return { text: decoder.decode(bytes), guess: null };
  if (isAscii(bytes)) {
    const text = bytes.toString('latin1');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequence is what tells ISO-2022-JP
    return /\x1b\$[@B]/.test(text) ? { text: new TextDecoder('iso-2022-jp').decode(bytes), guess: 'iso-2022-jp' } : { text, guess: null };
  }
  const utf8 = asUtf8(bytes);
  if (!decoder) return utf8 !== null ? { text: utf8, guess: 'utf-8' } : guessed(bytes);
  if (decoder.encoding === 'utf-8') {
    if (utf8 !== null) return { text: utf8, guess: null };
    return mostlyUtf8(bytes) ? { text: bytes.toString('utf8'), guess: 'utf-8' } : guessed(bytes);
  }
  if (utf8 !== null && SINGLE_BYTE.test(decoder.encoding)) return { text: utf8, guess: 'utf-8' };
  return { text: decoder.decode(bytes), guess: null };
}

/** What TextDecoder says of a label does not change, and an unknown one is dear: it throws. */
const unknown = new Set<string>();

function decoderOf(label: string): InstanceType<typeof TextDecoder> | null {
  if (unknown.has(label) || SAYS_NOTHING.test(label)) return null;
  try {
    return new TextDecoder(ALIASES.get(label) ?? label);
  } catch {
    if (unknown.size < 1_000) unknown.add(label);
    return null;
  }
}

function byteOrderMark(bytes: Buffer): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe && bytes.length % 2 === 0) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff && bytes.length % 2 === 0) return 'utf-16be';
  return null;
}

function asUtf8(bytes: Buffer): string | null {
  return isUtf8(bytes) ? bytes.toString('utf8') : null;
}

/** A text in UTF-8 that was cut or damaged somewhere: far more characters above 127 come out whole than broken. */
function mostlyUtf8(bytes: Buffer): boolean {
  const text = bytes.toString('utf8');
  const broken = text.split('�').length - 1;
  const whole = text.length - text.replace(/[^\0-\x7f�]/g, '').length;
  return whole > broken * 4;
}

/** What is it, when it is not UTF-8? Western, unless so much is above 127 that it must be another script. */
function guessed(bytes: Buffer): DecodedText {
  const sample = bytes.subarray(0, 20_000);
  const high = sample.filter((byte) => byte >= 0x80).length;
  const letters = sample.filter((byte) => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a).length;
  const charset = high > letters ? otherScript(sample) : isVietnamese(sample, high) ? 'windows-1258' : 'windows-1252';
  return { text: new TextDecoder(charset).decode(bytes), guess: charset };
}

/** The script whose usual characters come out most. */
function otherScript(sample: Buffer): string {
  const usual: readonly (readonly [string, RegExp])[] = [
    ['shift_jis', /[\u3040-\u30ff]/g],
    ['euc-jp', /[\u3040-\u30ff]/g],
    ['euc-kr', /[\uac00-\ud7a3]/g],
    ['gb18030', /[的是不我一有在人了中到大这个们你]/g],
    ['big5', /[的是不我一有在人了中到大這個們你]/g],
    ['windows-1251', /[оеаинтсрвлкмдпу]/g],
    ['koi8-r', /[оеаинтсрвлкмдпу]/g],
    ['windows-1253', /[αοιετσνρηπκμλ]/g],
  ];
  let best = { charset: 'windows-1252', score: sample.length / 20 };
  for (const [charset, pattern] of usual) {
    const text = new TextDecoder(charset).decode(sample);
    const score = (text.match(pattern)?.length ?? 0) * (text.length < sample.length ? 2 : 1) - (text.split('�').length - 1) * 5;
    if (score > best.score) best = { charset, score };
  }
  return best.charset;
}

/** Windows-1258 writes tones as marks after the vowel; read as Western they are Ì, Ò, Þ, ì and ò where none belongs. */
function isVietnamese(sample: Buffer, high: number): boolean {
  const marks = sample.toString('latin1').match(/[aeiouyâêôõýã][\xcc\xd2\xde\xec\xf2]/gi)?.length ?? 0;
  return marks >= 3 && marks * 4 > high;
}

function decodeUtf7(text: string): string {
  return text.replace(/\+([A-Za-z0-9+/]{0,10000})-?/g, (_, coded: string) => {
    if (coded === '') return '+';
    const bytes = Buffer.from(coded, 'base64');
    return new TextDecoder('utf-16be').decode(bytes.subarray(0, bytes.length & ~1));
  });
}
