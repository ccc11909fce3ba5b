import type { Field } from '../catalogue/index.ts';
import { type Language, localDate, localTime, shiftDay, weekday } from '../domain/index.ts';
import { isDay } from './field-dates.ts';

/** Values and moments as people say them. */

const DAYS: Readonly<Record<Language, readonly string[]>> = {
  nl: ['ma', 'di', 'wo', 'do', 'vr', 'za', 'zo'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
};
const MONTHS: Readonly<Record<Language, readonly string[]>> = {
  nl: ['jan', 'feb', 'mrt', 'apr', 'mei', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec'],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
};
const NEAR: Readonly<Record<Language, Readonly<Record<number, string>>>> = {
  nl: { [-1]: 'gisteren', 0: 'vandaag', 1: 'morgen' },
  en: { [-1]: 'yesterday', 0: 'today', 1: 'tomorrow' },
};
const DAY = 86_400_000;
/** Nearer than this a day needs no year to be understood (and read back) as itself. */
const YEAR_CLEAR = 300;

/** A field's value for people; a value that is not canonical is shown as it stands, never refused. */
export function showValue(field: Field, value: string, language: Language, now: Date, timeZone: string): string {
  switch (field.type) {
    case 'date':
      return isDay(value) ? showDay(value, localDate(now, timeZone), language) : value;
    case 'time':
      return showTime(value, language);
    case 'amount':
      return showAmount(value, language);
    case 'yes-no':
      return value === 'yes' ? { nl: 'ja', en: 'yes' }[language] : value === 'no' ? { nl: 'nee', en: 'no' }[language] : value;
    case 'choice':
      return field.choices.find(({ id }) => id === value)?.label[language] ?? value;
    default:
      return value;
  }
}

/** A moment: "vandaag 14.00 uur", "morgen 9.00 uur", "do 3 dec 9.00 uur"; "today 14:00", "Thu 3 Dec 9:00". */
export function showMoment(at: Date, now: Date, language: Language, timeZone: string): string {
  return `${showDay(localDate(at, timeZone), localDate(now, timeZone), language)} ${showTime(localTime(at, timeZone), language)}`;
}

function showDay(day: string, today: string, language: Language): string {
  const distance = (Date.parse(day) - Date.parse(today)) / DAY;
  const near = NEAR[language][distance];
  if (near !== undefined) return near;
  const [year = '', month = '', date = ''] = day.split('-');
  const name = day > '0001' ? DAYS[language][weekday(day) - 1] : '';
  const short = `${name} ${Number(date)} ${MONTHS[language][Number(month) - 1]}`;
  return Math.abs(distance) > YEAR_CLEAR || shiftDay(today, distance) !== day ? `${short} ${year}` : short;
}

function showTime(value: string, language: Language): string {
  const match = /^(\d\d):(\d\d)$/.exec(value);
  if (!match) return value;
  return language === 'nl' ? `${Number(match[1])}.${match[2]} uur` : `${Number(match[1])}:${match[2]}`;
}

function showAmount(value: string, language: Language): string {
  const match = /^(\d{1,12})\.(\d\d)$/.exec(value);
  if (!match) return value;
  const thousands = (match[1] ?? '').replace(/\B(?=(?:\d{3})+$)/g, language === 'nl' ? '.' : ',');
  return language === 'nl' ? `€ ${thousands},${match[2]}` : `€${thousands}.${match[2]}`;
}
