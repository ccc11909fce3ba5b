import Holidays from 'date-holidays';
import type { Localised } from '../domain/index.ts';

/** How long after its publication a catalogue still knows its holidays. */
const YEARS_AHEAD = 3;

/** A day on which everything is closed, and what it is called. */
export interface Holiday {
  readonly date: string;
  readonly name: Localised;
}

const ofYear = new Map<number, readonly Holiday[]>();

/** The Dutch public holidays of last year (for what is already running) until three years ahead. */
export function publicHolidays(now: Date): Holiday[] {
  const year = now.getUTCFullYear();
  const days: Holiday[] = [];
  for (let i = year - 1; i <= year + YEARS_AHEAD; i++) days.push(...holidaysOf(i));
  return days;
}

function holidaysOf(year: number): readonly Holiday[] {
  let days = ofYear.get(year);
  if (!days) {
    const of = new Holidays('NL', { types: ['public'] });
    const english = new Map(of.getHolidays(year, 'en').map(({ date, name }) => [date, name]));
    const found = of.getHolidays(year, 'nl').filter(({ type }) => type === 'public');
    days = found.map(({ date, name }) => ({ date: date.slice(0, 10), name: { nl: name, en: english.get(date) ?? name } }));
    ofYear.set(year, days);
  }
  return days;
}
