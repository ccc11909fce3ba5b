/** Dates as people say them. All take the browser's time zone, as the reader's clock does. */
export type Language = 'nl' | 'en';

const DAY_MS = 86_400_000;
const WORDS = {
  nl: { today: 'vandaag', yesterday: 'gisteren', tomorrow: 'morgen', before: 'voor', clock: ' uur' },
  en: { today: 'today', yesterday: 'yesterday', tomorrow: 'tomorrow', before: 'before', clock: '' },
} as const;

/** `14.05` in Dutch, `14:05` in English. */
export function clock(date: Date, language: Language): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${two(date.getHours())}${language === 'nl' ? '.' : ':'}${two(date.getMinutes())}`;
}

/** `vandaag`, `gisteren`, `morgen`, `do 3 dec`, with the year when it is another one. */
export function day(date: Date, now: Date, language: Language): string {
  const words = WORDS[language];
  const away = Math.round((midnight(date) - midnight(now)) / DAY_MS);
  if (away === 0) return words.today;
  if (away === -1) return words.yesterday;
  if (away === 1) return words.tomorrow;
  const options: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short' };
  if (date.getFullYear() !== now.getFullYear()) options.year = 'numeric';
  return new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', options).format(date);
}

/** `vandaag voor 14.00 uur`, `before 14:00 today`. */
export function deadline(date: Date, now: Date, language: Language): string {
  const words = WORDS[language];
  const time = `${words.before} ${clock(date, language)}${words.clock}`;
  return language === 'nl' ? `${day(date, now, language)} ${time}` : `${time} ${day(date, now, language)}`;
}

/** Which day it is, to see where a new one begins. */
export function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** A value of a form field as the own bubble shows it: `2026-12-03` becomes `do 3 dec`. */
export function formValue(input: string, value: string, now: Date, language: Language): string {
  if (input === 'time' && /^\d\d:\d\d/.test(value)) return language === 'nl' ? value.slice(0, 5).replace(':', '.') : value.slice(0, 5);
  if (input !== 'date') return value;
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value) ?? [];
  return year && month && date ? day(new Date(Number(year), Number(month) - 1, Number(date)), now, language) : value;
}
