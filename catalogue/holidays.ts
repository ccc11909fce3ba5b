import Holidays from 'date-holidays';

/** How long after its publication a catalogue still knows its holidays. */
const YEARS_AHEAD = 3;

const ofYear = new Map<number, readonly string[]>();

/** The Dutch public holidays of last year (for what is already running) until three years ahead, as ISO dates. */
export function publicHolidays(now: Date): string[] {
  const year = now.getUTCFullYear();
  const days: string[] = [];
  for (let i = year - 1; i <= year + YEARS_AHEAD; i++) days.push(...holidaysOf(i));
  return days;
}

function holidaysOf(year: number): readonly string[] {
  let days = ofYear.get(year);
  if (!days) {
    const found = new Holidays('NL', { types: ['public'] }).getHolidays(year);
    days = found.filter(({ type }) => type === 'public').map(({ date }) => date.slice(0, 10));
    ofYear.set(year, days);
  }
  return days;
}
