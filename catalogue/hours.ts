import type { OpenInterval } from './types.ts';

/** How hours and durations are written in the catalogue's files. */
const DAYS: readonly string[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** A day of work in agreements. */
const HOURS_PER_DAY = 8;
const UNITS: Readonly<Record<string, number>> = { m: 1, h: 60, d: HOURS_PER_DAY * 60 };

/** A year of work: what takes longer is no agreement, and its moment could not be found. */
const LONGEST = 250 * HOURS_PER_DAY * 60;

/** Minutes of business time of `30m`, `4h` or `2d`; null when it is not written so, is nothing or more than a year. */
export function parseDuration(text: string): number | null {
  const match = /^(\d{1,4})([mhd])$/.exec(text);
  const minutes = Number(match?.[1]) * (UNITS[match?.[2] ?? ''] ?? 0);
  return match && minutes > 0 && minutes <= LONGEST ? minutes : null;
}

/**
 * The weekdays (1 Monday to 7 Sunday) of `mon` or `mon-fri`.
 * @returns null when it names no days, or the last comes before the first
 */
export function parseDays(text: string): number[] | null {
  const [first = '', last = first, ...more] = text.split('-');
  const from = DAYS.indexOf(first);
  const to = DAYS.indexOf(last);
  if (more.length > 0 || from < 0 || to < from) return null;
  return Array.from({ length: to - from + 1 }, (_, i) => from + i + 1);
}

/** The open intervals of `08:00-12:00 12:30-17:00`; null when it is not written so, or they are not in order. */
export function parseIntervals(text: string): OpenInterval[] | null {
  const intervals: OpenInterval[] = [];
  let end = '';
  for (const part of text.trim().split(/\s+/)) {
    const match = /^((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d|24:00)$/.exec(part);
    const [, from = '', to = ''] = match ?? [];
    if (!match || from < end || to <= from) return null;
    intervals.push({ from, to });
    end = to;
  }
  return intervals;
}

/** Minutes since midnight of `HH:MM`. */
export function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}
