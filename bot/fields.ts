import type { Field } from '../catalogue/index.ts';
import { localDate } from '../domain/index.ts';
import { findBudget, readBudget } from './field-budgets.ts';
import { findChoice, readChoice, readYesNo } from './field-choices.ts';
import { datesIn } from './field-dates.ts';
import { findFiles, readFiles } from './field-files.ts';
import { announced, textAfter } from './field-names.ts';
import { findAmount, findNumber, readAmount, readNumber } from './field-numbers.ts';
import { findPerson, readPerson } from './field-people.ts';
import { cleanPlace, placesIn } from './field-places.ts';
import { readRoom } from './field-rooms.ts';
import { timesIn } from './field-times.ts';
import { ABSENT, type ReadContext, type Reading, refused, taken } from './field-types.ts';
import type { Mention } from './field-words.ts';

/**
 * Typed fields out of what people write. `readAnswer` takes a text that answers the field's question, `findInText` looks whether a
 * longer message happens to say it. Both give canonical values: a date `YYYY-MM-DD`, a time `HH:MM`, digits, an amount `45.00`,
 * `yes` or `no`, a choice's id, the registered budget number. Canonical values (from a web form) are read as themselves.
 */
export { normaliseBudget } from '../catalogue/index.ts';
export { budgetTokens } from './field-budgets.ts';
export { asChoice, asKept, asSomebodyElse, namesListed, peopleWanted } from './field-people.ts';
export { roomTokens } from './field-rooms.ts';
export { showMoment, showValue } from './field-show.ts';
export { FIELD_PROBLEMS, type FieldProblem, type ReadContext, type Reading } from './field-types.ts';

const MOST_LETTERS = 2_000;
const MOST_LETTERS_SHORT = 200;

/** Reads the answer to a field's question. Never `absent`: what is no value is refused with the reason. */
export function readAnswer(field: Field, text: string, context: ReadContext): Reading {
  if (field.type === 'attachment') return readFiles(context);
  if (text.trim() === '') return refused('empty');
  switch (field.type) {
    case 'date':
      return readDate(field, text, context);
    case 'time':
      return readTime(field, text, context);
    case 'number':
      return readNumber(field, text);
    case 'amount':
      return readAmount(field, text);
    case 'budget-number':
      return readBudget(text, context);
    case 'choice':
      return readChoice(field, text, context.language);
    case 'yes-no':
      return readYesNo(text);
    case 'place':
      return readPlace(text, context);
    case 'person':
    case 'budget-holder':
      return readPerson(field, text, context);
    case 'text':
      return bounded(text.trim(), MOST_LETTERS);
  }
}

/**
 * Looks for a field's value in a longer message; `taken` or `absent`, never refused: nobody asked. Text and names are only found
 * behind the field's `find` words, yes or no never: that answers a question, and a longer message may answer another one.
 */
export function findInText(field: Field, text: string, context: ReadContext): Reading {
  switch (field.type) {
    case 'date':
      return found(field, dates(field, text, context, false), text);
    case 'time':
      return findTime(field, text, context);
    case 'number':
      return findNumber(field, text);
    case 'amount':
      return findAmount(field, text);
    case 'budget-number':
      return findBudget(text, context);
    case 'choice':
      return findChoice(field, text, context.language);
    case 'place':
      return knownPlace(found(field, placesOnly(text, context), text), context);
    case 'person':
    case 'budget-holder':
      return findPerson(field, text, context);
    case 'text':
      return orAbsent(field.find ? textAfter(field.find, text) : null);
    case 'yes-no':
      return ABSENT;
    case 'attachment':
      return findFiles(context);
  }
}

function readDate(field: Field, text: string, context: ReadContext): Reading {
  const mentions = datesIn(text, context, { answer: true, past: field.past === true });
  const mention = (field.find && announced(mentions, field.find, text)) ?? mentions[0];
  if (!mention) return refused('not-a-date');
  if (!field.past && mention.value < localDate(context.now, context.timeZone)) return refused('in-the-past');
  return taken(mention.value);
}

function readTime(field: Field, text: string, context: ReadContext): Reading {
  const reading = pickTime(field, text, context, true);
  return reading === null ? refused('not-a-time') : taken(reading);
}

function findTime(field: Field, text: string, context: ReadContext): Reading {
  return orAbsent(pickTime(field, text, context, false));
}

/** With `find` the time that it announces, or the one that closes a range when it is a word like "tot"; else the first that closes none. */
function pickTime(field: Field, text: string, context: ReadContext, answer: boolean): string | null {
  const mentions = timesIn(text, context, answer);
  const first = mentions.find(({ closes }) => !closes) ?? mentions[0];
  if (!field.find) return answer ? (first?.value ?? null) : (mentions.find(({ closes }) => !closes)?.value ?? null);
  const closing = field.find.some((word) => CLOSING.has(word.toLowerCase())) ? mentions.find(({ closes }) => closes) : undefined;
  const mention = announced(mentions, field.find, text) ?? closing ?? (answer ? first : undefined);
  return mention?.value ?? null;
}

const CLOSING = new Set(['tot', 'until', 'till', 'to', 'eind', 'end']);

/** Future or past days as the field wants them; others are not meant for it. */
function dates(field: Field, text: string, context: ReadContext, answer: boolean): Mention[] {
  const today = localDate(context.now, context.timeZone);
  const past = field.past === true;
  return datesIn(text, context, { answer, past }).filter(({ value }) => (past ? value <= today : value >= today));
}

function readPlace(text: string, context: ReadContext): Reading {
  const place = bounded(cleanPlace(text), MOST_LETTERS_SHORT);
  return place.kind === 'taken' ? readRoom(place.value, context) : place;
}

/** What nobody asked for is not refused: a room that is not there is asked for. */
function knownPlace(place: Reading, context: ReadContext): Reading {
  const room = place.kind === 'taken' ? readRoom(place.value, context) : place;
  return room.kind === 'refused' ? ABSENT : room;
}

/** "10.30" after "van" may be a room or a time; where a time is read, there is no place. */
function placesOnly(text: string, context: ReadContext): Mention[] {
  const times = timesIn(text, context, false);
  return placesIn(text).filter(({ index, end }) => !times.some((time) => time.index <= index && end <= time.end));
}

function found(field: Field, mentions: readonly Mention[], text: string): Reading {
  const mention = field.find ? announced(mentions, field.find, text) : mentions[0];
  return orAbsent(mention?.value ?? null);
}

function orAbsent(value: string | null): Reading {
  return value === null || value === '' ? ABSENT : taken(value);
}

function bounded(value: string, most: number): Reading {
  if (value === '') return refused('empty');
  return value.length > most ? refused('too-long') : taken(value);
}
