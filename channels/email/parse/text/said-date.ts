/** The dates that clients write above an earlier mail, in Dutch, English, German and French. */
import { parseMailDate } from '../mime/dates.ts';

const MONTHS: readonly RegExp[] = [
  /^jan/i,
  /^f[eé][bv]/i,
  /^m(?:aa|ä|a)?r/i,
  /^a[pv]r/i,
  /^m(?:ei|ai|ay)/i,
  /^juin|^jun/i,
  /^juil|^jul/i,
  /^a(?:ug|o[uû])/i,
  /^sep/i,
  /^o[kc]t/i,
  /^nov/i,
  /^d[eé][cz]/i,
];

/** ISO 8601, or null. Without a zone it is read as UTC. "3-6-2024" is the third of June unless the month says otherwise. */
export function parseSaidDate(text: string): string | null {
  const time = /(\d{1,2})\s?[:.h]\s?(\d{2})(?::(\d{2}))?\s*([ap])?\.?m?/i.exec(text.replace(/\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}/, ' '));
  const date = namedDate(text) ?? numericDate(text);
  if (!date) return parseMailDate(text);
  const afternoon =
    time?.[4]?.toLowerCase() === 'p' && Number(time[1]) < 12 ? 12 : time?.[4]?.toLowerCase() === 'a' && Number(time[1]) === 12 ? -12 : 0;
  const zone = /([+-])(\d{2}):?(\d{2})\)?\s*$/.exec(text);
  const minutes = zone ? (zone[1] === '-' ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) : 0;
  const value = Date.UTC(
    date.year,
    date.month,
    date.day,
    Number(time?.[1] ?? 0) + afternoon,
    Number(time?.[2] ?? 0) - minutes,
    Number(time?.[3] ?? 0),
  );
  return Number.isNaN(value) ? null : new Date(value).toISOString();
}

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function namedDate(text: string): Day | null {
  const dayFirst = /(\d{1,2})\.?(?:\s+de)?[\s-]+(\p{L}{3,10})\.?,?(?:\s+de)?[\s-]+(\d{4}|\d{2})\b/u.exec(text);
  const monthFirst = /(\p{L}{3,10})\.?[\s-]+(\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(\d{4}|\d{2})\b/u.exec(text);
  const candidates = [dayFirst && [dayFirst[1], dayFirst[2], dayFirst[3]], monthFirst && [monthFirst[2], monthFirst[1], monthFirst[3]]];
  for (const candidate of candidates) {
    const month = candidate ? MONTHS.findIndex((pattern) => pattern.test(candidate[1] ?? '')) : -1;
    if (candidate && month >= 0) return { day: Number(candidate[0]), month, year: fullYear(candidate[2]) };
  }
  return null;
}

function numericDate(text: string): Day | null {
  const match = /\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})\b/.exec(text);
  if (!match) return null;
  const first = Number(match[1]);
  const second = Number(match[2]);
  const monthFirst = second > 12 || (/[ap]\.?m\b/i.test(text) && text.includes('/') && first <= 12);
  return { year: fullYear(match[3]), month: (monthFirst ? first : second) - 1, day: monthFirst ? second : first };
}

const fullYear = (year: string | undefined): number => (year?.length === 2 ? 2000 + Number(year) : Number(year));
