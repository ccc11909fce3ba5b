/**
 * Business time: deadlines count only the minutes in which a team works. Pure; knows days by their local date in a
 * time zone, so that the hour that the clock change takes or gives is counted as people count it.
 */

/** Minutes since local midnight. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

export interface BusinessHours {
  readonly timeZone: string;
  /** Index 0 is Monday; several intervals make a lunch break. */
  readonly week: readonly (readonly Interval[])[];
  /** Closed days as `YYYY-MM-DD`. */
  readonly closed: ReadonlySet<string>;
}

/** How far ahead an opening is looked for; a team that never opens would otherwise never end. */
const HORIZON_DAYS = 800;
const MINUTE = 60_000;
const DAY = 86_400_000;

/**
 * The moment at which `minutes` of business time have passed since `start`.
 * @throws RangeError when the team does not open within the horizon
 */
export function addBusinessMinutes(start: Date, minutes: number, hours: BusinessHours): Date {
  let left = minutes;
  let day = localDate(start, hours.timeZone);
  for (let i = 0; i < HORIZON_DAYS; i++, day = nextDay(day)) {
    for (const [from, to] of openingsOf(day, hours)) {
      const begin = Math.max(from, start.getTime());
      if (begin >= to) continue;
      const available = (to - begin) / MINUTE;
      if (left <= available) return new Date(begin + left * MINUTE);
      left -= available;
    }
  }
  throw new RangeError(`no ${minutes} business minutes within ${HORIZON_DAYS} days`);
}

/** The business minutes between two moments. */
export function businessMinutesBetween(start: Date, end: Date, hours: BusinessHours): number {
  let sum = 0;
  for (let day = localDate(start, hours.timeZone), i = 0; i < HORIZON_DAYS; i++, day = nextDay(day)) {
    if (instant(day, 0, hours.timeZone) > end.getTime()) break;
    for (const [from, to] of openingsOf(day, hours)) sum += Math.max(0, Math.min(to, end.getTime()) - Math.max(from, start.getTime()));
  }
  return sum / MINUTE;
}

/** A local date, `YYYY-MM-DD`, of a moment. */
export function localDate(at: Date, timeZone: string): string {
  return localParts(at.getTime(), timeZone).date;
}

/** A local time of day, `HH:MM`, of a moment. */
export function localTime(at: Date, timeZone: string): string {
  const { minutes } = localParts(at.getTime(), timeZone);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** The day after a local date. */
export function nextDay(date: string): string {
  return shiftDay(date, 1);
}

/** A local date some days further. */
export function shiftDay(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** 1 Monday to 7 Sunday. */
export function weekday(date: string): number {
  return ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
}

/** Every clock of every case asks for the same few weeks, and a local time is dear to work out. */
const openings = new WeakMap<BusinessHours, Map<string, readonly Opening[]>>();
const MOST_DATES = 2_000;

type Opening = readonly [opens: number, closes: number];

/** The times at which a team opens and closes on a local date, in milliseconds since the epoch. */
export function openingsOf(date: string, hours: BusinessHours): readonly Opening[] {
  const known = openings.get(hours) ?? new Map<string, readonly Opening[]>();
  openings.set(hours, known);
  const had = known.get(date);
  if (had) return had;
  if (known.size >= MOST_DATES) known.clear();
  const found = readOpenings(date, hours);
  known.set(date, found);
  return found;
}

function readOpenings(date: string, hours: BusinessHours): Opening[] {
  if (hours.closed.has(date)) return [];
  const intervals = hours.week[weekday(date) - 1] ?? [];
  return intervals.map(({ from, to }) => [instant(date, from, hours.timeZone), instant(date, to, hours.timeZone)]);
}

/**
 * The instant of a local time. A time that the clock change skips is taken as the moment after the gap;
 * one that comes twice as the first.
 * @returns milliseconds since the epoch
 */
export function instant(date: string, minutes: number, timeZone: string): number {
  const wall = Date.parse(`${date}T00:00:00Z`) + minutes * MINUTE;
  const early = wall - offset(wall - DAY, timeZone);
  const late = wall - offset(wall + DAY, timeZone);
  if (early === late) return early;
  for (const guess of [Math.min(early, late), Math.max(early, late)]) if (guess + offset(guess, timeZone) === wall) return guess;
  return Math.max(early, late);
}

/** Clocks are put forward and back on a quarter of an hour: within one the offset is the same. */
const QUARTER = 15 * MINUTE;
const MOST_QUARTERS = 10_000;
const offsets = new Map<string, Map<number, number>>();

/** The zone's offset from UTC in milliseconds at a moment. */
function offset(at: number, timeZone: string): number {
  const known = offsets.get(timeZone) ?? new Map<number, number>();
  offsets.set(timeZone, known);
  const quarter = Math.floor(at / QUARTER);
  const had = known.get(quarter);
  if (had !== undefined) return had;
  if (known.size >= MOST_QUARTERS) known.clear();
  const found = readOffset(quarter * QUARTER, timeZone);
  known.set(quarter, found);
  return found;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function readOffset(at: number, timeZone: string): number {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
    formatters.set(timeZone, formatter);
  }
  // "2026-10-25 02:45"
  return Date.parse(`${formatter.format(at).replace(' ', 'T')}Z`) - at;
}

function localParts(at: number, timeZone: string): { date: string; minutes: number } {
  const local = at + offset(at, timeZone);
  return { date: new Date(local).toISOString().slice(0, 10), minutes: Math.floor((((local % DAY) + DAY) % DAY) / MINUTE) };
}
