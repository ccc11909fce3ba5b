import { localTime } from '../domain/index.ts';
import type { ReadContext } from './field-types.ts';
import { type Mention, MONTHS, NUMBERS, numberOf, oneOf, plain, WEEKDAYS } from './field-words.ts';

/**
 * Times of day in free text, as `HH:MM`, in office sense: "om 2" and "half drie" are in the afternoon, "7 uur" in the morning,
 * unless it says otherwise ("'s avonds", "2 am"). What people write as digits with minutes and a leading zero is taken as it stands.
 */

/** A time that a text names. */
export interface TimeMention extends Mention {
  /** It closes a range: the 12 of "van 10 tot 12" and of "10.00-12.00". */
  readonly closes: boolean;
}

interface Parts {
  readonly hour: number;
  readonly minute: number;
  /** Not to be moved to the afternoon. */
  readonly exact?: boolean;
}

interface Rule {
  readonly pattern: RegExp;
  readonly answerOnly?: boolean;
  time(groups: Readonly<Record<string, string | undefined>>, context: ReadContext): Parts | null;
}

const SMALL = [...NUMBERS].filter(([, number]) => number > 0 && number <= 12).map(([word]) => word);
const HOUR = `\\d{1,2}|${oneOf(SMALL)}`;
const ENGLISH_HOURS = new Set('one two three four five six seven eight nine ten eleven twelve'.split(' '));
const MINUTES = 'kwart|quarter|a quarter|vijf|five|tien|ten|twintig|twenty|5|10|20';
const FOLLOW = oneOf([
  ...WEEKDAYS.keys(),
  ...'morgen morgenochtend vandaag overmorgen volgende aanstaande tomorrow today next this'.split(' '),
]);
/** What may stand after a bare hour, so that "om 10 stoelen" is no time. */
const HOUR_ENDS = `(?= ?(?:$|[,;!?)\\n]|\\.(?!\\d)|-|'s |tot |until |till |to |and |en |in |op |on |bij |at |van |naar |voor |for |met |with |graag|please|aub|(?:${FOLLOW})\\b))`;
/** "From ten to twelve" is not ten minutes to twelve. */
const NOT_RANGE = '(?<!\\b(?:van|from|tussen|between) )';
const UNIT = "(?:uur|uren|u\\b|h\\b|hrs\\b|o'?clock)";
/** "over 2 uur" and "2 uur lang" are spans, not times. */
const NOT_SPAN =
  '(?<!\\b(?:over|binnen|al|duurt|duren|gedurende|elke|om de|circa|maximaal|in|within|every|lasts|takes) )(?<!\\b(?:over|in) (?:ongeveer|about) )';
const NOT_SPENT = '(?! (?:lang|geleden|per|te laat|eerder|later|verlof|vrij|overwerk|ago|of|long)\\b)';

const RULES: readonly Rule[] = [
  { pattern: /(?<![\d.:-])(?<hour>[01]?\d|2[0-4]):(?<minute>[0-5]\d)(?::[0-5]\d)?(?![\d:])/g, time: digital },
  {
    pattern: /(?<![\d.:,-])(?<hour>[01]?\d|2[0-4]) ?[.uh] ?(?<minute>[0-5]\d)(?= ?(?:uur|u\b|h\b|hrs\b|am\b|pm\b|a\.m|p\.m))/g,
    time: digital,
  },
  { pattern: /(?<![\d.:,-])(?<hour>[01]?\d|2[0-4])[uh](?<minute>[0-5]\d)(?!\w)/g, time: digital },
  { pattern: /(?<![\d.:,-])(?<hour>[01]?\d|2[0-4]) uur (?<minute>[0-5]\d)(?!\w)/g, time: digital },
  { pattern: /(?<![\d.:,-])(?<hour>[01]\d|2[0-4])(?<minute>[0-5]\d) ?(?:uur|u\b|h\b|hrs\b)/g, time: digital },
  {
    pattern: /(?<=\b(?:om|vanaf|rond|omstreeks|tegen|tot|at|until|till|around) )(?<hour>[01]?\d|2[0-4])\.(?<minute>[0-5]\d)(?![\d.])/g,
    time: digital,
  },
  // The two ends of a range: "10.00-12.00", "van 9.30 tot 11.00".
  {
    pattern: /(?<![\d.,-])(?<hour>[01]?\d|2[0-4])\.(?<minute>[0-5]\d)(?= ?(?:-|tot|to|until|till) ?\d{1,2}[.:]\d\d(?!\d))/g,
    time: digital,
  },
  { pattern: /(?<=\d[.:]\d\d ?(?:uur )?(?:-|tot|to|until|till) ?)(?<hour>[01]?\d|2[0-4])\.(?<minute>[0-5]\d)(?![\d.])/g, time: digital },
  {
    pattern: new RegExp(
      `\\b(?<minutes>${MINUTES}) (?:minuten |minutes )?(?<side>voor|over) (?<half>half )?(?<hour>${HOUR})(?![\\w:])(?:(?<=kwart \\w+ \\w+)|(?= uur)|${HOUR_ENDS})`,
      'g',
    ),
    time: ({ minutes, side, half, hour }) => aroundHour(minutes, side === 'voor' ? -1 : 1, hour, half ? -30 : 0),
  },
  {
    pattern: new RegExp(`${NOT_RANGE}\\b(?<minutes>${MINUTES}) (?:minutes )?(?<side>to|past) (?<hour>${HOUR})(?![\\w.:])`, 'g'),
    time: ({ minutes, side, hour }) => aroundHour(minutes, side === 'to' ? -1 : 1, hour, 0),
  },
  { pattern: new RegExp(`\\bhalf[ -]past (?<hour>${HOUR})(?![\\w.:])`, 'g'), time: ({ hour }) => shifted(hour, 30) },
  {
    pattern: new RegExp(`\\bhalf (?<hour>${HOUR})(?![\\w.:])`, 'g'),
    time: ({ hour = '' }, { language }) => shifted(hour, ENGLISH_HOURS.has(hour) || (language === 'en' && /\d/.test(hour)) ? 30 : -30),
  },
  { pattern: /(?<![\w.:,-])(?<hour>\d{1,2}) ?(?=am\b|pm\b|a\.m\b|p\.m\b)/g, time: onHour },
  // "10-12 uur" and "van 10 tot 12": both ends are times.
  { pattern: new RegExp(`(?<![\\w.:,-])(?<hour>${HOUR})(?= ?(?:-|tot|to|until) ?(?:${HOUR}) ?${UNIT})`, 'g'), time: onHour },
  {
    pattern: new RegExp(
      `(?<=\\b(?:van|from|tussen|between) )(?<hour>${HOUR})(?= ?(?:uur )?(?:-|tot|to|until|till|en|and) ?(?:${HOUR})(?!\\w|[.:/]\\d))`,
      'g',
    ),
    time: onHour,
  },
  {
    pattern: new RegExp(
      `(?<=\\b(?:van|from|tussen|between|om) (?:\\d{1,2}|[a-z]{2,6}) ?(?:uur )?(?:-|tot|to|until|till|en|and) ?)(?<hour>${HOUR})(?!\\w|[.:/]\\d)`,
      'g',
    ),
    time: onHour,
  },
  {
    pattern: new RegExp(
      `(?<![\\w.:,])${NOT_SPAN}(?<!\\b(?:om|tot|vanaf|rond|half|voor|at) )(?!een|one)(?<hour>${HOUR}) ?${UNIT}${NOT_SPENT}`,
      'g',
    ),
    time: onHour,
  },
  { pattern: new RegExp(`(?<=\\b(?:om|tot|vanaf|rond|voor|at) )(?<hour>${HOUR}) ?${UNIT}${NOT_SPENT}`, 'g'), time: onHour },
  {
    pattern: new RegExp(`(?<=\\b(?:om|vanaf|rond|omstreeks|tegen|at|around|about) )(?<hour>${HOUR})(?![\\w:/])${HOUR_ENDS}`, 'g'),
    time: onHour,
  },
  // "morgen 9 tot 1", "tomorrow 9-12".
  {
    pattern: new RegExp(`(?<=\\b(?:${FOLLOW}) )(?<hour>${HOUR})(?= ?(?:-|tot|to|until|till) ?(?:${HOUR})(?!\\w|[.:/-]\\d))`, 'g'),
    time: onHour,
  },
  {
    pattern: new RegExp(`(?<=\\b(?:${FOLLOW}) (?:\\d{1,2}|[a-z]{2,6}) ?(?:-|tot|to|until|till) ?)(?<hour>${HOUR})(?!\\w|[.:/-]\\d)`, 'g'),
    time: onHour,
  },
  { pattern: /\b(?:noon|midday|12 uur 's middags)\b/g, time: () => ({ hour: 12, minute: 0, exact: true }) },
  { pattern: /\b(?:midnight|middernacht)\b/g, time: () => ({ hour: 0, minute: 0, exact: true }) },
  {
    pattern: new RegExp(
      `\\b(?:over|in) (?<count>half an|een half|anderhalf|anderhalve|een kwartier|\\d{1,3}|${oneOf(SMALL)}|an?)(?: ?(?<unit>uur|uurtje|uren|minuten|minuutjes|min|hours?|minutes?|mins?))?\\b`,
      'g',
    ),
    time: fromNow,
  },
  { pattern: /^\W*(?:om |at |tot |rond )?(?<hour>[01]?\d|2[0-4])[.:, ](?<minute>[0-5]\d)\W*$/g, answerOnly: true, time: digital },
  { pattern: /^\W*(?<hour>[01]\d|2[0-4])(?<minute>[0-5]\d)\W*$/g, answerOnly: true, time: digital },
  { pattern: new RegExp(`^\\W*(?:om |at |tot |rond |vanaf )?(?<hour>${HOUR})\\W*$`, 'g'), answerOnly: true, time: onHour },
];

/** Every time of day that a text names, in the order of the text. */
export function timesIn(text: string, context: ReadContext, answer: boolean): TimeMention[] {
  const searched = plain(text);
  const mentions: Mention[] = [];
  for (const { pattern, answerOnly, time } of RULES) {
    if (answerOnly && !answer) continue;
    for (const match of searched.matchAll(pattern)) {
      const end = match.index + match[0].length;
      if (mentions.some((mention) => mention.index < end && match.index < mention.end)) continue;
      const parts = time(match.groups ?? {}, context);
      const value = parts && inOfficeSense(parts, searched, match.index, end);
      if (value && !isSomethingElse(searched, end)) mentions.push({ index: match.index, end, value });
    }
  }
  mentions.sort((a, b) => a.index - b.index);
  return mentions.map((mention, i) => ({ ...mention, closes: closesRange(searched, mentions[i - 1], mention) }));
}

function closesRange(text: string, before: Mention | undefined, { index }: Mention): boolean {
  if (/\b(?:tot|t\/m|until|till) ?(?:uiterlijk |circa |ongeveer |about )?$/.test(text.slice(Math.max(0, index - 20), index))) return true;
  return (
    before !== undefined &&
    index - before.end < 12 &&
    /^ ?(?:uur|u|h|am|pm)? ?(?:-|tot|to|until|till|en|and) ?$/.test(text.slice(before.end, index))
  );
}

const MONTH_OR_PEOPLE = new RegExp(`^ (?:${oneOf(MONTHS.keys())}|personen|pers|man|mensen|people|gasten|guests|euro|procent|%)\\b`);

/** "lunch voor 10 voor 3 december": what follows shows that it was no time. */
function isSomethingElse(text: string, end: number): boolean {
  return MONTH_OR_PEOPLE.test(text.slice(end, end + 16));
}

/** How far around a time its part of the day is looked for. */
const BEFORE = 24;
const AFTER = 20;

function inOfficeSense({ hour, minute, exact }: Parts, text: string, index: number, end: number): string | null {
  if (hour > 24 || (hour === 24 && minute > 0)) return null;
  const before = text.slice(Math.max(0, index - BEFORE), index);
  const after = text.slice(end, end + AFTER);
  let hours = hour % 24;
  if (/^ ?(?:uur |o'?clock )?p\.?m\b/.test(after)) hours = (hours % 12) + 12;
  else if (/^ ?(?:uur |o'?clock )?a\.?m\b/.test(after)) hours %= 12;
  else if (exact) hours %= 24;
  else if (
    /^ ?(?:uur )?(?:'s (?:morgens|ochtends|nachts)|in the morning)/.test(after) ||
    /(?:ochtend|'s morgens|'s ochtends|nacht|this morning)(?: om| at| rond| vanaf)? $/.test(before)
  )
    hours %= 24;
  else if (
    /^ ?(?:uur )?(?:'s avonds|in the evening|tonight)/.test(after) ||
    /(?:avond|'s avonds|tonight|evening)(?: om| at| rond| vanaf| tot)? $/.test(before)
  )
    hours = hours < 12 ? hours + 12 : hours;
  else if (/^ ?(?:uur )?(?:'s middags|in the afternoon)/.test(after) || /(?:middag|afternoon)(?: om| at| rond| vanaf| tot)? $/.test(before))
    hours = hours < 7 ? hours + 12 : hours;
  else if (hours > 0 && hours < OFFICE_OPENS) hours += 12;
  return `${String(hours).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** An hour before this one, said without a part of the day, is in the afternoon or evening. */
const OFFICE_OPENS = 7;
/** Written in digits with minutes, "6.30" is the early shift. */
const DIGITAL_OPENS = 6;

function digital({ hour = '', minute = '' }: Readonly<Record<string, string | undefined>>): Parts {
  const hours = Number(hour);
  return { hour: hours, minute: Number(minute), exact: hour.length === 2 || hours === 0 || hours >= DIGITAL_OPENS };
}

function onHour({ hour }: Readonly<Record<string, string | undefined>>): Parts | null {
  return shifted(hour, 0);
}

function shifted(hour = '', minutes: number): Parts | null {
  const number = numberOf(hour);
  if (number === null || number > 24) return null;
  // An hour of two digits that is past noon already says so itself; "half 1" is 12:30.
  const base = number === 0 ? 24 : number;
  const total = base * 60 + minutes;
  const hours = Math.floor(total / 60);
  return { hour: hours === 0 ? 12 : hours, minute: total % 60, exact: number === 0 || number > 12 };
}

function aroundHour(minutes = '', direction: number, hour: string | undefined, extra: number): Parts | null {
  const number = /quarter|kwart/.test(minutes) ? 15 : numberOf(minutes);
  return number === null ? null : shifted(hour, extra + direction * number);
}

function fromNow({ count = '', unit = '' }: Readonly<Record<string, string | undefined>>, { now, timeZone }: ReadContext): Parts | null {
  if (!unit && count !== 'een kwartier') return null;
  const number =
    { an: 1, a: 1, 'half an': 0.5, 'een half': 0.5, anderhalf: 1.5, anderhalve: 1.5, 'een kwartier': 15 }[count] ?? numberOf(count);
  if (number === null) return null;
  const minutes = /^(?:u|h)/.test(unit) ? number * 60 : number;
  const [hour = 0, minute = 0] = localTime(new Date(now.getTime() + minutes * 60_000), timeZone)
    .split(':')
    .map(Number);
  return { hour, minute, exact: true };
}
