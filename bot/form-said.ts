import type { Field } from '../catalogue/index.ts';
import { plain } from './field-words.ts';
import { findInText, type ReadContext, type Reading, readAnswer } from './fields.ts';

/** What an answer in free text says of a form: values by field id, and what was named but cannot be taken. */
export interface SaidOfForm {
  readonly values: Readonly<Record<string, string>>;
  /** With the words that were said of each. */
  readonly refused: readonly { readonly field: Field; readonly text: string; readonly reading: Extract<Reading, { kind: 'refused' }> }[];
}

/**
 * Reads an answer as people give it: in a sentence ("morgen 10 uur, met z'n zessen"), with the labels before it ("Datum: 3 december"), or line by
 * line in the order in which it was asked.
 * @param wanted the fields that were asked for, in that order
 * @param others fields that nobody asked for, which it may say all the same
 */
export function readSaid(wanted: readonly Field[], others: readonly Field[], text: string, context: ReadContext): SaidOfForm {
  const values: Record<string, string> = {};
  const refused: SaidOfForm['refused'][number][] = [];
  const fields = [...wanted, ...others];
  const labelled = labelledLines(fields, text);
  for (const [field, said] of labelled) {
    const reading = readAnswer(field, said, context);
    if (reading.kind === 'taken') values[field.id] = reading.value;
    else if (reading.kind === 'refused') refused.push({ field, text: said, reading });
  }
  for (const field of fields) {
    if (labelled.has(field)) continue;
    const reading = findInText(field, text, context);
    if (reading.kind === 'taken') values[field.id] = reading.value;
  }
  if (labelled.size === 0) {
    for (const [id, value] of lineByLine(wanted, text, context)) values[id] ??= value;
    for (const [id, value] of leftOver(wanted, values, text, context)) values[id] = value;
  }
  return { values, refused };
}

/** More lines than this are no answer to a form. */
const MOST_LINES = 40;

function linesOf(text: string): string[] {
  return text
    .split('\n', MOST_LINES)
    .map((line) => line.replace(/^[\s>*•–-]*(?:\d{1,2}[.)]\s+)?/, '').trim())
    .filter(Boolean);
}

/** "Datum: 3 december", "aantal personen = 6". */
function labelledLines(fields: readonly Field[], text: string): Map<Field, string> {
  const found = new Map<Field, string>();
  for (const line of linesOf(text)) {
    const match = /^(?<label>[^:=]{1,60})[:=]\s*(?<said>\S.*)$/.exec(line);
    const label = match?.groups?.label;
    const said = match?.groups?.said;
    if (label === undefined || said === undefined) continue;
    const field = fields.find((it) => isCalled(it, label));
    if (field && !found.has(field)) found.set(field, said);
  }
  return found;
}

/** By its whole label or its first word: "Aantal" for "Aantal personen". */
function isCalled({ label }: Field, words: string): boolean {
  const said = bare(words);
  return [label.nl, label.en].map(bare).some((it) => it === said || (said.length > 3 && it.split(' ')[0] === said));
}

function bare(words: string): string {
  return plain(words)
    .replace(/[^a-z0-9 ]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

const GREETING =
  /^(?:hoi|hallo|hi|hello|hey|hé|dag|beste|geachte|dear|goede ?(?:morgen|middag|avond)|good (?:morning|afternoon|evening))\b[^\d]{0,60}$/i;

function answerLines(text: string): string[] {
  return linesOf(text).filter((line, i) => !(i === 0 && GREETING.test(line)));
}

/** One line for each field that was asked for, in that order; nothing when one of them cannot be read as its field's answer. */
function lineByLine(wanted: readonly Field[], text: string, context: ReadContext): [id: string, value: string][] {
  const lines = answerLines(text);
  if (wanted.length < 2 || lines.length !== wanted.length) return [];
  const read: [string, string][] = [];
  for (const [i, field] of wanted.entries()) {
    const reading = readAnswer(field, lines[i] ?? '', context);
    if (reading.kind !== 'taken') return [];
    read.push([field.id, reading.value]);
  }
  return read;
}

/** The one line that says nothing else belongs to the one field of words that lacks. */
function leftOver(
  wanted: readonly Field[],
  values: Readonly<Record<string, string>>,
  text: string,
  context: ReadContext,
): [string, string][] {
  const [field, ...more] = wanted.filter(({ id, type }) => values[id] === undefined && WORDS.has(type));
  const lines = answerLines(text);
  const [line, ...others] = lines.filter((it) => wanted.every((known) => findInText(known, it, context).kind !== 'taken'));
  if (!field || more.length > 0 || line === undefined || others.length > 0 || lines.length < 2) return [];
  const reading = readAnswer(field, line, context);
  return reading.kind === 'taken' ? [[field.id, reading.value]] : [];
}

const WORDS: ReadonlySet<Field['type']> = new Set(['text', 'place', 'person', 'budget-holder']);
