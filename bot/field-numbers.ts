import type { Field } from '../catalogue/index.ts';
import { ABSENT, type Reading, refused, taken } from './field-types.ts';
import { MONTHS, NUMBERS, numberOf, oneOf, plain, TOGETHER, WEEKDAYS } from './field-words.ts';

/** Whole numbers and amounts of money in free text. */

const WORDS = oneOf([...NUMBERS].filter(([, number]) => number > 0).map(([word]) => word));
const NUMBER = `\\d{1,3}(?:\\.\\d{3})+|\\d{1,9}|${WORDS}`;
const ALL = new RegExp(`(?<![\\w.,/:-])(?:${NUMBER})(?![\\w]|[.,:/]\\d)`, 'g');
const MINUS = /(?:^|\s)-\s?\d/;
const RANGE = new RegExp(
  `(?<![\\w.,/:-])(?<least>${NUMBER})(?:(?<=\\d) ?- ?(?=\\d)| (?:a|of|tot|or|to) )(?<most>${NUMBER})(?![\\w]|[.,:/]\\d)`,
);
const OF_US = new RegExp(`\\b(?<count>${NUMBER}) of us\\b`);
const WITH_US = new RegExp(
  `\\b(?:met (?:z'n|zn|zijn|ons|z n)|wij zijn met|we zijn met(?: z'?n)?|we are with|(?:there are|we are)) (?<count>${oneOf(TOGETHER.keys())}|${NUMBER})(?:en)?\\b`,
);

const PEOPLE =
  'personen persoon pers pp man mensen people persons person pax gasten gast guests guest bezoekers bezoeker visitors deelnemers deelnemer participants attendees collegas colleagues externen passagiers passengers medewerkers aanwezigen heren dames kinderen';
const PEOPLE_WORDS = PEOPLE.split(' ');
const UNITS_OF_TIME =
  'uur uren dag dagen week weken maand maanden jaar jaren minuten minuut kwartier hours hour days day weeks week months month years year minutes euro euros procent percent keer times graden degrees meter km pm am verdieping etage';
const NO_UNITS = new Set([
  ...UNITS_OF_TIME.split(' '),
  ...MONTHS.keys(),
  ...WEEKDAYS.keys(),
  ...'aantal hoeveel hoeveelheid number quantity how many the het de van of and'.split(' '),
]);

/** A number as the answer to its question. A range ("8 à 10") is its larger end: too little is worse than too much. */
export function readNumber(field: Field, text: string): Reading {
  const said = plain(text).trim();
  if (MINUS.test(said)) return refused('not-a-number');
  const together = WITH_US.exec(said)?.groups?.count;
  const words = [...said.matchAll(ALL)].map(([word]) => word);
  // "een stuk of 8": an article is a number only when it stands alone.
  const numbers = words.filter((word) => words.length === 1 || !ARTICLES.has(word)).map(numeral);
  const range = RANGE.exec(said)?.groups;
  const [only, ...others] = new Set(numbers);
  const number = together
    ? numeral(together)
    : range
      ? Math.max(numeral(range.least ?? ''), numeral(range.most ?? ''))
      : others.length === 0
        ? only
        : undefined;
  if (number === undefined || Number.isNaN(number)) {
    if (/^\d{10,}$/.test(said)) return refused('too-large');
    return refused(said === '' ? 'empty' : 'not-a-number');
  }
  return within(field, number) ?? taken(String(number));
}

/**
 * A number in a longer text: it must count what the field's label counts ("aantal werkplekken": "4 werkplekken"), or people when
 * the label is about people. A label that names nothing ("aantal") takes the only number that counts something.
 */
export function findNumber(field: Field, text: string): Reading {
  const said = plain(text);
  const units = unitsOf(field);
  const found = units.length > 0 ? counted(said, units) : onlyCount(said);
  return found === null || within(field, found) ? ABSENT : taken(String(found));
}

/** Money as an answer: `45`, `€ 45,00`, `1.250,50`, `45 euro`, `45,-`. */
export function readAmount(field: Field, text: string): Reading {
  const said = plain(text).trim();
  if (said === '') return refused('empty');
  const match =
    /^(?:ongeveer|circa|ca\.?|about|approximately|maximaal|max\.?)?\s*(?:€|eur|euro)?\s*(?<amount>\d[\d.,]{0,15})(?:-|,-)?\s*(?:€|eur|euros?)?(?: (?:incl|excl)[\w. ]{0,20})?[.!]?$/.exec(
      said,
    );
  const found = match?.groups?.amount ?? amountIn(said);
  const cents = found === null || found === undefined ? null : centsOf(found);
  if (cents === null) return refused('not-an-amount');
  return within(field, cents / 100) ?? taken((cents / 100).toFixed(2));
}

/** Money in a longer text: only with the euro said. */
export function findAmount(field: Field, text: string): Reading {
  const found = amountIn(plain(text));
  const cents = found === null ? null : centsOf(found);
  return cents === null || within(field, cents / 100) ? ABSENT : taken((cents / 100).toFixed(2));
}

function amountIn(said: string): string | null {
  const match = /(?:€|\beuro?) ?(?<before>\d[\d.,]{0,15})|(?<![\d.,])(?<after>\d[\d.,]{0,15})(?:,-)? ?(?:€|(?:euros?|eur)\b)/.exec(said);
  return match?.groups?.before ?? match?.groups?.after ?? null;
}

/** Cents of an amount in either notation; null when the separators make no sense. */
function centsOf(text: string): number | null {
  const amount = text.replace(/[.,]+$/, '');
  const match = /^(?<whole>\d{1,3}(?:[.,]\d{3})+|\d{1,9})(?:[.,](?<part>\d{1,2}))?$/.exec(amount);
  if (!match) return null;
  const whole = Number((match.groups?.whole ?? '').replace(/[.,]/g, ''));
  return whole * 100 + Number((match.groups?.part ?? '').padEnd(2, '0'));
}

function within({ min, max }: Field, number: number): Reading | null {
  if (number < (min ?? 0)) return refused('too-small');
  return number > (max ?? Number.MAX_SAFE_INTEGER) ? refused('too-large') : null;
}

function numeral(word: string): number {
  return TOGETHER.get(word) ?? numberOf(word.replace(/\./g, '')) ?? Number.NaN;
}

function unitsOf({ label }: Field): string[] {
  const words = plain(`${label.nl} ${label.en}`)
    .split(/[^a-z]+/)
    .filter((word) => word.length > 2 && !NO_UNITS.has(word));
  return words.some((word) => PEOPLE_WORDS.includes(word)) ? [...words, ...PEOPLE_WORDS] : words;
}

function counted(said: string, units: readonly string[]): number | null {
  const unit = oneOf(units);
  const pattern = new RegExp(`(?<![\\w.,/:-])(?<count>${NUMBER}) ?(?:(?:x|[a-z]{3,12}) )?(?<unit>${unit})\\b`, 'g');
  for (const { groups } of said.replaceAll("collega's", 'collegas  ').matchAll(pattern)) {
    const { count = '', unit: counts = '' } = groups ?? {};
    // "Een bezoeker" is any visitor; "een persoon" is one.
    if (!ARTICLES.has(count) || ONE.test(counts)) return numeral(count);
  }
  if (!units.includes('personen')) return null;
  const together =
    (WITH_US.exec(said) ?? OF_US.exec(said))?.groups?.count ?? (MEN_OR_SO.exec(said) ?? FOR_SO_MANY.exec(said))?.groups?.count;
  return together === undefined ? null : numeral(together);
}

/** "een man of 45", "a group of ten interns". */
const MEN_OR_SO = new RegExp(`\\b(?:man of|groep van|group of) (?<count>${NUMBER})(?!\\w)`);
const ONE = /^(?:persoon|person)$/;

/** "lunch voor 8", "lunch for twelve on Thursday": only where the sentence shows that no time or day is meant. */
const FOR_SO_MANY = new RegExp(
  `\\b(?:voor|for) (?<count>${NUMBER})(?= ?(?:$|[,;!?\\n]|\\.(?!\\d)| (?:op|om|in|bij|on|at|graag|please|morgen|overmorgen|vandaag|vanmiddag|tomorrow|today|next|volgende|aanstaande|${oneOf(WEEKDAYS.keys())})\\b))`,
);

const PLACES =
  'kamer|zaal|ruimte|lokaal|verdieping|etage|room|floor|gebouw|building|nr|nummer|number|no|om|at|tot|until|lift|printer|budget';
const COUNT = new RegExp(`(?<!\\b(?:${PLACES})\\.? )(?<![\\w.,/:€-])(?<![€-] )(?<count>${NUMBER}) (?<unit>[a-z]{3,})`, 'g');
const ARTICLES = new Set(['een', 'one']);
const NOT_COUNTED = new Set(
  'heeft hebben staat staan doet werkt moet kan kunnen niet wel maar voor voren over past has have does not needs can with from graag please'.split(
    ' ',
  ),
);

function onlyCount(said: string): number | null {
  const counts = [...said.matchAll(COUNT)].flatMap(({ groups }) => {
    const { count = '', unit = '' } = groups ?? {};
    return ARTICLES.has(count) || NO_UNITS.has(unit) || NOT_COUNTED.has(unit) ? [] : [numeral(count)];
  });
  const [only, ...others] = counts;
  return only === undefined || others.length > 0 ? null : only;
}
