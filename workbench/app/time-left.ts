import type { Language } from '../../domain/index.ts';

/** How pressing a moment is: a screen shows it by a mark and words, colour only comes on top. */
export type Tone = 'late' | 'soon' | 'calm';

export interface TimeLeft {
  readonly tone: Tone;
  readonly text: string;
}

const MINUTE = 60_000;
const HOUR = 60;
const DAY = 24 * HOUR;
/** From here on a worker thinks in time left rather than in the hour of the clock. */
const SOON = 2 * HOUR;

/**
 * A deadline as people say it: "te laat 2u", "nog 1u 20m", "vandaag 14.00", "morgen 12.00", "do 9.00", "do 3 dec".
 * @param timeZone of the reader; the browser's own when left out
 */
export function timeLeft(due: string, now: Date, language: Language, timeZone?: string): TimeLeft {
  const at = new Date(due);
  const minutes = Math.round((at.getTime() - now.getTime()) / MINUTE);
  if (minutes < 0) return { tone: 'late', text: late(-minutes, language) };
  if (minutes <= SOON)
    return { tone: 'soon', text: language === 'nl' ? `nog ${duration(minutes, 'nl')}` : `${duration(minutes, 'en')} left` };
  return { tone: 'calm', text: moment(at, now, language, timeZone) };
}

/** The deadline's own moment beside what is left, for where there is room: "vandaag 14.00 (nog 1u 20m)". */
export function dueInFull(due: string, now: Date, language: Language, timeZone?: string): TimeLeft {
  const left = timeLeft(due, now, language, timeZone);
  if (left.tone === 'calm') return left;
  return { tone: left.tone, text: `${moment(new Date(due), now, language, timeZone)} (${left.text})` };
}

/** A moment as people say it: "vandaag 14.00", "gisteren 9.30", "do 9.00" within a week to come, else "do 3 dec" and its time when past. */
export function moment(at: Date, now: Date, language: Language, timeZone?: string): string {
  const days = dayNumber(at, timeZone) - dayNumber(now, timeZone);
  const time = clock(at, language, timeZone);
  const near = NEAR[language][days];
  if (near) return `${near} ${time}`;
  const weekday = part(at, { weekday: 'short' }, language, timeZone);
  if (days > 0 && days < 7) return `${weekday} ${time}`;
  const date = `${weekday} ${part(at, { day: 'numeric' }, language, timeZone)} ${part(at, { month: 'short' }, language, timeZone)}`;
  const year = part(at, { year: 'numeric' }, language, timeZone);
  const dated = year === part(now, { year: 'numeric' }, language, timeZone) ? date : `${date} ${year}`;
  return days < 0 ? `${dated} ${time}` : dated;
}

const NEAR: Readonly<Record<Language, Readonly<Record<number, string>>>> = {
  nl: { [-1]: 'gisteren', 0: 'vandaag', 1: 'morgen' },
  en: { [-1]: 'yesterday', 0: 'today', 1: 'tomorrow' },
};

/** Dutch writes 9.00, English 9:00. */
function clock(at: Date, language: Language, timeZone?: string): string {
  const text = format(at, { hour: 'numeric', minute: '2-digit', hourCycle: 'h23' }, 'nl', timeZone).replace(/^0(\d)/, '$1');
  return language === 'nl' ? text.replace(':', '.') : text;
}

function late(minutes: number, language: Language): string {
  const days = Math.floor(minutes / DAY);
  const hours = Math.floor(minutes / HOUR);
  if (language === 'nl') return `te laat ${days > 1 ? `${days} dagen` : days === 1 ? '1 dag' : hours > 0 ? `${hours}u` : `${minutes}m`}`;
  return `${days > 1 ? `${days} days` : days === 1 ? '1 day' : hours > 0 ? `${hours}h` : `${minutes}m`} late`;
}

/** So many minutes as people write them: "45m", "1u 20m". */
export function duration(minutes: number, language: Language): string {
  const hours = Math.floor(minutes / HOUR);
  const rest = minutes % HOUR;
  if (hours === 0) return `${rest}m`;
  const hour = `${hours}${language === 'nl' ? 'u' : 'h'}`;
  return rest === 0 ? hour : `${hour} ${rest}m`;
}

/** Counts days by the calendar of the reader: 23.59 and 0.01 are a day apart. */
function dayNumber(at: Date, timeZone?: string): number {
  const key = format(at, { year: 'numeric', month: '2-digit', day: '2-digit' }, 'sv', timeZone);
  return Math.round(Date.parse(`${key}T00:00:00Z`) / (DAY * MINUTE));
}

function part(at: Date, options: Intl.DateTimeFormatOptions, language: Language, timeZone?: string): string {
  return format(at, options, language === 'nl' ? 'nl-NL' : 'en-GB', timeZone);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter costs a hundred times what using it does, and a list has many. */
function format(at: Date, options: Intl.DateTimeFormatOptions, locale: string, timeZone?: string): string {
  const key = JSON.stringify([locale, timeZone, options]);
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(locale, timeZone === undefined ? options : { ...options, timeZone });
    formatters.set(key, formatter);
  }
  return formatter.format(at);
}
