/** Where an earlier mail begins: the header blocks, attributions and marks that clients write above it. */
import { isBlank, type Line } from './line.ts';
import {
  ATTRIBUTION_START,
  FIRST_PERSON,
  type FieldKind,
  fieldOf,
  isBareOriginalLine,
  isForwardMark,
  isOriginalLine,
  WROTE,
} from './words.ts';

/** A block such as "Van: / Verzonden: / Aan: / Onderwerp:". */
export interface HeaderBlock {
  readonly fields: ReadonlyMap<FieldKind, string>;
  /** The line after it. */
  readonly end: number;
}

const TIME = /\d{1,2}\s?[:.h]\s?\d{2}|\b\d{4}\b/;
const LONGEST_BLOCK = 40;

/**
 * The header block that begins at a line, or null. People write "Van: Utrecht, Naar: Amsterdam" too, so it needs a sender with an address or a
 * date with a time, and the other usual fields.
 * @param marked whether the mail says otherwise that an earlier mail begins here: then less will do
 */
export function headerBlockAt(lines: readonly Line[], from: number, marked: boolean): HeaderBlock | null {
  const start = firstText(lines, from, marked ? 6 : 0);
  const first = start < 0 ? null : fieldOf(lines[start]?.text ?? '');
  if (!first || first.kind === 'other' || first.kind === 'cc') return null;
  const fields = new Map<FieldKind, string>();
  let end = start;
  let strays = 0;
  for (let index = start; index < Math.min(lines.length, start + LONGEST_BLOCK); index++) {
    const text = lines[index]?.text ?? '';
    const field = fieldOf(text);
    if (field && !(fields.has(field.kind) && field.kind !== 'other' && field.kind !== 'cc')) {
      // A name alone on its line has its value on the next.
      fields.set(
        field.kind,
        field.value === '' && !fieldOf(lines[index + 1]?.text ?? '') ? (lines[index + 1]?.text.trim() ?? '') : field.value,
      );
      end = index + (field.value === '' && !fieldOf(lines[index + 1]?.text ?? '') && !isBlank(lines[index + 1]) ? 2 : 1);
      strays = 0;
    } else if (field) break;
    else if (text.trim() === '') {
      if (!fieldOf(lines[index + 1]?.text ?? '')) break;
    } else if (index >= end && ++strays > 8) break;
  }
  return isHeaderBlock(fields, marked) ? { fields, end } : null;
}

function isHeaderBlock(fields: ReadonlyMap<FieldKind, string>, marked: boolean): boolean {
  const from = fields.get('from');
  const date = fields.get('date');
  if (from === undefined) return false;
  const others = [date, fields.get('to'), fields.get('subject')].filter((value) => value !== undefined).length;
  if (marked) return others >= 1;
  const evidence = from.includes('@') || /\[mailto:|<\S+>/.test(from) || (date !== undefined && TIME.test(date));
  return evidence && others >= 2;
}

/** The first line with text from here, at most so many lines on; -1 for none. */
function firstText(lines: readonly Line[], from: number, within: number): number {
  for (let index = from; index <= Math.min(from + within, lines.length - 1); index++) {
    const text = lines[index]?.text.trim() ?? '';
    if (text !== '' && !/^[-_=*\s]+$/.test(text) && !isOriginalLine(text)) return index;
  }
  return -1;
}

/** Whether a forwarded mail begins within the first lines from here. */
export function startsForward(lines: readonly Line[], from: number): boolean {
  return lines.slice(from, from + 4).some(({ text }) => isForwardMark(text));
}

/** Whether a line says that the original follows. Without dashes ("Original message") only above a header block. */
export function isOriginalMark(lines: readonly Line[], at: number): boolean {
  const text = lines[at]?.text ?? '';
  if (isOriginalLine(text)) return true;
  return isBareOriginalLine(text) && headerBlockAt(lines, at + 1, true) !== null;
}

/** A line across, above a header block. */
export function isRuleAboveHeaders(lines: readonly Line[], at: number): boolean {
  const text = lines[at]?.text ?? '';
  return text.length < 300 && /^\s*[_\-=*]{5,}\s*$/.test(text) && headerBlockAt(lines, at + 1, true) !== null;
}

const LONGEST_ATTRIBUTION = 500;
const EVIDENCE = /\d{1,2}\s?[:.h]\s?\d{2}|\b\d{4}\b|\S@\S|\d{1,2}[-/.]\d{1,2}[-/.]\d{2}/;
const BARE_DATE_AND_ADDRESS = /^\s*\d{4}[-/]\d{1,2}[-/]\d{1,2}.{0,80}<\S{1,200}@\S{1,200}>.{0,40}:\s*$/;
/** As Gmail wrote in some languages: "2016-03-03 17:21 GMT+01:00 Jan Jansen <jan@example.org>:", with or without what stands at its end. */
const GMAIL_BARE =
  /^\s*\d{4}[-/]\d{1,2}[-/]\d{1,2}(?: \d{1,2}:\d{2} GMT[+-]\d{2}:\d{2} .{1,200}| \p{L}.{0,80}<\S{1,200}@\S{1,200}>)\s*:?\s*$/u;
const GROUPWISE = /^\s*>>>\s.{1,200}\s>>>\s*$|^\s*<<<\s.{1,200}>>>\s*$/;
const BETWEEN_DASHES = /^\s*-{2,}\s?(?:On|Op|Am|Le|El|Em|Il)\b.{5,400}-{2,}\s*$/i;

/**
 * The attribution ("Op ma 3 jun 2024 om 10:12 schreef Jan <jan@example.org>:") that ends at a line, as the line it begins at; -1 for none.
 * It may be wrapped over five lines. @param aboveQuote whether quoted lines follow: then less will do
 */
export function attributionStart(lines: readonly Line[], end: number, aboveQuote: boolean): number {
  const last = lines[end];
  if (!last || last.depth > 0 || last.text.length > LONGEST_ATTRIBUTION) return -1;
  if (GROUPWISE.test(last.text) || BETWEEN_DASHES.test(last.text) || BARE_DATE_AND_ADDRESS.test(last.text) || GMAIL_BARE.test(last.text))
    return end;
  const closes = /[:：]\s*[*_]*\s*$/.test(last.text) || endsInWrote(last.text);
  if (!closes) return -1;
  let joined = '';
  for (let start = end; start >= Math.max(0, end - 4); start--) {
    const line = lines[start];
    if (!line || line.depth > 0 || (isBlank(line) && start !== end - 1 && !isCutAddress(joined))) break;
    joined = `${line.text.trim()} ${joined}`.trim();
    if (joined.length > LONGEST_ATTRIBUTION) break;
    if (joined.startsWith('>')) continue;
    if (isAttribution(joined) || (start < end && isNamedAttribution(joined) && EVIDENCE.test(line.text)))
      return isBlank(line) ? start + 1 : start;
  }
  return aboveQuote && isLooseAttribution(last.text) ? withDateAbove(lines, end) : -1;
}

/** An address that its client put on lines of its own: what it belongs to stands above it. */
const isCutAddress = (joined: string): boolean => joined.startsWith('<') || joined.startsWith('mailto:');

function isAttribution(text: string): boolean {
  if (!ATTRIBUTION_START.test(text) || !EVIDENCE.test(text) || FIRST_PERSON.test(text) || isSentence(text)) return false;
  return WROTE.test(text) ? /[:：][\s*_]*$/.test(text) || /\S@\S/.test(text) : isDateAndAddress(text);
}

/** "30-9-2017 18:30, Jan Jansen <jan@example.org>:", without a verb. */
function isDateAndAddress(text: string): boolean {
  return /\S@\S+[>")]?\s*[:：]\s*$/.test(text) && /\d{1,2}[:.]\d{2}/.test(text) && /\b\d{4}\b|\d{1,2}[-/.]\d{1,2}[-/.]\d{2}/.test(text);
}

const endsInWrote = (text: string): boolean =>
  /(?:wrote|schreef|geschreven|schrieb|geschrieben|écrit|scritto|escribió|skrev)\s*$/i.test(text.slice(-20));

/** More than a client says: the verb stands in the middle of a text that goes on. */
function isSentence(text: string): boolean {
  return /[.!?]\s+\p{Lu}\p{Ll}+\s+\p{Ll}+\s+\p{Ll}+/u.test(text);
}

/** "Jan Jansen schreef:", "Jan Jansen <jan@example.org> wrote on 3-6-2024:", above a quote. */
function isLooseAttribution(text: string): boolean {
  return !FIRST_PERSON.test(text) && (WROTE.test(text) || /\S@\S+>?\)?\s*:\s*$/.test(text));
}

function withDateAbove(lines: readonly Line[], at: number): number {
  const above = lines[at - 1];
  const isDate =
    above &&
    above.depth === 0 &&
    !isBlank(above) &&
    EVIDENCE.test(above.text) &&
    above.text.length < 120 &&
    !EVIDENCE.test(lines[at]?.text ?? '');
  return isDate ? at - 1 : at;
}

/** "Jan Jansen <jan@example.org> schreef op 3 juni 2024 om 10:12:" where nothing marks what follows as quoted. */
export function isNamedAttribution(text: string): boolean {
  if (text.length > LONGEST_ATTRIBUTION || !/[:：]\s*$/.test(text) || FIRST_PERSON.test(text)) return false;
  return (
    WROTE.test(text) &&
    /\d/.test(text) &&
    EVIDENCE.test(text) &&
    (/\S@\S/.test(text) || /\d{1,2}[:.h]\d{2}[^\d]{0,12}$/.test(text)) &&
    text.split(/\s+/).length <= 20
  );
}
