import * as english from 'chrono-node/en';
import * as dutch from 'chrono-node/nl';
import { localDate, shiftDay, weekday } from '../domain/index.ts';
import type { ReadContext } from './field-types.ts';
import { type Mention, MONTHS, NUMBERS, numberOf, ORDINALS, oneOf, plain, SHORT_WEEKDAYS, WEEKDAYS } from './field-words.ts';

/**
 * Days in free text, as `YYYY-MM-DD`. Our own patterns come first, in both languages whatever the message's, because chrono-node reads
 * "zo snel mogelijk" as Sunday, "twice a day" as tomorrow and "overmorgen" not at all. Chrono gets what they leave, where a month is named.
 */

export interface DateOptions {
  /** The whole text answers the question, so that "do" or "15-3" is a day. */
  readonly answer: boolean;
  /** The day has been: what is not said in full lies behind us. */
  readonly past: boolean;
}

interface Scope extends DateOptions {
  readonly today: string;
  readonly now: Date;
  readonly timeZone: string;
}

interface Rule {
  readonly pattern: RegExp;
  /** Only in an answer; in a longer text it would see days where there are none. */
  readonly answerOnly?: boolean;
  /** Null when it is no day after all (31 February). */
  day(groups: Readonly<Record<string, string | undefined>>, scope: Scope): string | null;
}

const DAY = oneOf(WEEKDAYS.keys());
const SHORT = oneOf(SHORT_WEEKDAYS.keys());
const MONTH = oneOf(MONTHS.keys());
const NUMBER = `\\d{1,3}|${oneOf([...NUMBERS.keys()].filter((word) => !word.includes(' ')))}|an?`;
const RELATIVE: Readonly<Record<string, number>> = {
  eergisteren: -2,
  gisteren: -1,
  yesterday: -1,
  'day before yesterday': -2,
  vandaag: 0,
  vanmorgen: 0,
  vanochtend: 0,
  vanmiddag: 0,
  vanavond: 0,
  today: 0,
  tonight: 0,
  'this morning': 0,
  'this afternoon': 0,
  'this evening': 0,
  morgen: 1,
  morgenochtend: 1,
  morgenmiddag: 1,
  morgenavond: 1,
  tomorrow: 1,
  overmorgen: 2,
  'day after tomorrow': 2,
};

const RULES: readonly Rule[] = [
  { pattern: /(?<![\d-])(?<year>\d{4})-(?<month>\d\d)-(?<date>\d\d)(?![\d-])/g, day: exactDay },
  {
    pattern: new RegExp(`(?<![\\w'])(?<!goede |goeie |elke |iedere |every )(?<word>${oneOf(Object.keys(RELATIVE))})(?![\\w])`, 'g'),
    day: relativeDay,
  },
  {
    pattern: new RegExp(
      `(?<![\\w-])(?:(?:${DAY}|(?:${SHORT})\\.?),? (?:de )?)?(?<date>\\d{1,2}(?:ste|de|e|st|nd|rd|th)?|${oneOf(ORDINALS.keys())}) (?:of )?(?<month>${MONTH})(?!\\w)(?:\\.?,? (?<year>20\\d\\d)(?!\\d))?`,
      'g',
    ),
    day: exactDay,
  },
  {
    pattern: new RegExp(
      `(?<!\\w)(?<month>${MONTH})\\.? (?:the )?(?<date>\\d{1,2})(?:st|nd|rd|th)?(?![\\w:.]\\d|\\w)(?:,? (?<year>20\\d\\d)(?!\\d))?`,
      'g',
    ),
    day: exactDay,
  },
  { pattern: /(?<![\d/.-])(?<date>\d{1,2})\/(?<month>\d{1,2})(?:\/(?<year>\d{4}|\d\d))?(?![\d/])/g, day: exactDay },
  { pattern: /(?<![\d/.-])(?<date>\d{1,2})(?<by>[-.])(?<month>\d{1,2})\k<by>(?<year>\d{4}|\d\d)(?![\d-])/g, day: exactDay },
  { pattern: /^\W*(?:op |on )?(?<date>\d{1,2})-(?<month>\d{1,2})\W*$/g, answerOnly: true, day: exactDay },
  {
    pattern: new RegExp(`(?<!\\w)(?:next week|volgende week|(?<in>over|in) (?:een|1|a|one) week)(?: op| on)? (?<day>${DAY})(?!\\w)`, 'g'),
    day: ({ day }, scope) => inNextWeek(day, scope),
  },
  {
    pattern: new RegExp(`(?<!\\w)(?<day>${DAY}) (?:over een week|over 1 week|volgende week|next week|in a week|week)(?!\\w)`, 'g'),
    day: ({ day }, scope) => inNextWeek(day, scope),
  },
  {
    pattern: new RegExp(
      `(?<!\\w)(?<!\\b(?:elke|iedere|every|each|monthly|weekly) )(?:(?<how>aanstaande|aankomende|komende|eerstvolgende|a\\.?s\\.?|deze|this|coming|volgende|next|afgelopen|vorige|last) )?(?<day>${DAY})(?:middag|ochtend|morgen|avond)?(?: (?<after>a\\.?s\\.?|aanstaande)(?!\\w))?(?!\\w)`,
      'g',
    ),
    day: ({ how, day, after }, scope) => onWeekday(WEEKDAYS.get(day ?? '') ?? 1, after ?? how ?? '', scope),
  },
  {
    pattern: new RegExp(`^\\W*(?:op |on )?(?<day>${SHORT})\\W*$`, 'g'),
    answerOnly: true,
    day: ({ day }, scope) => onWeekday(SHORT_WEEKDAYS.get(day ?? '') ?? 1, '', scope),
  },
  {
    pattern: new RegExp(
      `(?<!\\w)(?:over|in) (?:ongeveer |about )?(?<count>${NUMBER}) (?<unit>dag|dagen|day|days|week|weken|weeks|maand|maanden|month|months)(?! ${DAY})(?!\\w)`,
      'g',
    ),
    day: ({ count, unit }, scope) => later(count, unit, 1, scope),
  },
  {
    pattern: new RegExp(
      `(?<!\\w)(?<count>${NUMBER}) (?<unit>dag|dagen|day|days|week|weken|weeks|maand|maanden|month|months) (?:geleden|ago)(?!\\w)`,
      'g',
    ),
    day: ({ count, unit }, scope) => later(count, unit, -1, scope),
  },
  { pattern: new RegExp(`(?<!\\w)(?:over|in) (?<count>${NUMBER}) (?:uur|hours?)(?!\\w)`, 'g'), day: afterHours },
  { pattern: /^\W*(?:op |on )?(?:de |the )?(?<date>\d{1,2})(?:ste|de|e|st|nd|rd|th)\W*$/g, answerOnly: true, day: dayOfMonth },
  {
    // Not "op de 2e", which is a floor.
    pattern:
      /(?<!\w)(?:(?:per|vanaf|tot|uiterlijk) de|(?:on|from|by|until) the) (?<date>\d{1,2})(?:ste|de|e|st|nd|rd|th)(?= ?(?:$|[,.;!?\n]| om | at | van | tot | graag| please))/g,
    day: dayOfMonth,
  },
];

/** Every day that a text names, in the order of the text; the first reading of a place counts. */
export function datesIn(text: string, context: ReadContext, options: DateOptions): Mention[] {
  const scope: Scope = { ...options, today: localDate(context.now, context.timeZone), now: context.now, timeZone: context.timeZone };
  const searched = plain(text);
  const mentions: Mention[] = [];
  for (const { pattern, answerOnly, day } of RULES) {
    if (answerOnly && !scope.answer) continue;
    for (const match of searched.matchAll(pattern)) {
      const end = match.index + match[0].length;
      if (mentions.some((mention) => mention.index < end && match.index < mention.end)) continue;
      const value = /^24\/7$/.test(match[0]) ? null : day(match.groups ?? {}, scope);
      if (value !== null) mentions.push({ index: match.index, end, value });
    }
  }
  if (mentions.length === 0 && NAMED_MONTH.test(searched)) mentions.push(...byChrono(text, context, scope));
  return withoutPrelude(
    mentions.sort((a, b) => a.index - b.index),
    searched,
  );
}

/** In "dinsdag, 15/3" the weekday only leads to the day. */
function withoutPrelude(mentions: readonly Mention[], text: string): Mention[] {
  return mentions.filter((mention, i) => {
    const next = mentions[i + 1];
    return !next || !/^[ ,(]{0,3}(?:de |the |op )?$/.test(text.slice(mention.end, next.index));
  });
}

/** Whether a day exists: `2026-02-30` does not. */
export function isDay(text: string): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** Chrono also sees a day in "we" and in "twice a day"; it is only believed where a month is named ("the first of March"). */
function byChrono(text: string, { language }: ReadContext, scope: Scope): Mention[] {
  const parsers = language === 'nl' ? [dutch.strict, english.GB] : [english.GB, dutch.strict];
  // Chrono counts in wall time from noon, so that no clock change moves a day.
  const reference = { instant: new Date(`${scope.today}T12:00:00Z`), timezone: 0 };
  const results = parsers.map((parser) => parser.parse(text.slice(0, CHRONO_TEXT), reference, { forwardDate: !scope.past }));
  return (results.find((found) => found.length > 0) ?? []).flatMap(({ index, text: found, start }) => {
    if (!start.isCertain('day') || !start.isCertain('month') || !NAMED_MONTH.test(plain(found))) return [];
    const day = isoDay(start.get('year') ?? 0, start.get('month') ?? 0, start.get('day') ?? 0);
    return day === null ? [] : [{ index, end: index + found.length, value: day }];
  });
}

/** Chrono's patterns get slow on long texts. */
const CHRONO_TEXT = 500;
const NAMED_MONTH = new RegExp(`\\b(?:${MONTH})\\b`);

function relativeDay({ word = '' }: Readonly<Record<string, string | undefined>>, { today }: Scope): string | null {
  const days = RELATIVE[word];
  return days === undefined ? null : shiftDay(today, days);
}

/** A day and a month, with or without a year. Without one it is the next such day, or the last. */
function exactDay({ date = '', month = '', year }: Readonly<Record<string, string | undefined>>, { today, past }: Scope): string | null {
  const number = MONTHS.get(month) ?? Number(month);
  const inMonth = ORDINALS.get(date) ?? Number.parseInt(date, 10);
  if (year !== undefined) return isoDay(Number(year) + (year.length === 2 ? 2000 : 0), number, inMonth);
  const thisYear = Number(today.slice(0, 4));
  // 29 February may be four years away.
  for (let i = 0; i <= 8; i++) {
    const day = isoDay(thisYear + (past ? -i : i), number, inMonth);
    if (day !== null && (past ? day <= today : day >= today)) return day;
  }
  return null;
}

function isoDay(year: number, month: number, date: number): string | null {
  const day = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
  return isDay(day) ? day : null;
}

function inNextWeek(day = '', { today }: Scope): string {
  const monday = shiftDay(today, 8 - weekday(today));
  return shiftDay(monday, (WEEKDAYS.get(day) ?? 1) - 1);
}

/** "Dinsdag" said on a Tuesday is in a week: of today one says "vandaag". "Volgende dinsdag" is in the next calendar week. */
function onWeekday(day: number, how: string, { today, past }: Scope): string {
  const ahead = (day - weekday(today) + 7) % 7;
  if (/^(volgende|next)$/.test(how)) return shiftDay(today, 8 - weekday(today) + day - 1);
  if (/^(afgelopen|vorige|last)$/.test(how) || (past && how === '')) return shiftDay(today, ahead - 7);
  if (/^(deze|this)$/.test(how)) return shiftDay(today, ahead);
  return shiftDay(today, ahead === 0 ? 7 : ahead);
}

function later(count = '', unit = '', direction: number, { today }: Scope): string | null {
  const number = /^an?$/.test(count) ? 1 : numberOf(count);
  if (number === null) return null;
  if (/^d/.test(unit)) return shiftDay(today, direction * number);
  if (/^w/.test(unit)) return shiftDay(today, direction * number * 7);
  const [year = 0, month = 0, date = 0] = today.split('-').map(Number);
  const months = year * 12 + month - 1 + direction * number;
  for (let last = date; last > 27; last--) {
    const day = isoDay(Math.floor(months / 12), (months % 12) + 1, last);
    if (day !== null) return day;
  }
  return isoDay(Math.floor(months / 12), (months % 12) + 1, date);
}

function afterHours({ count = '' }: Readonly<Record<string, string | undefined>>, { now, timeZone }: Scope): string | null {
  const hours = /^an?$/.test(count) ? 1 : numberOf(count);
  return hours === null ? null : localDate(new Date(now.getTime() + hours * 3_600_000), timeZone);
}

function dayOfMonth({ date = '' }: Readonly<Record<string, string | undefined>>, { today, past }: Scope): string | null {
  const [year = 0, month = 0] = today.split('-').map(Number);
  for (let i = 0; i <= 12; i++) {
    const months = year * 12 + month - 1 + (past ? -i : i);
    const day = isoDay(Math.floor(months / 12), (months % 12) + 1, Number(date));
    if (day !== null && (past ? day <= today : day >= today)) return day;
  }
  return null;
}
