import { expect, test } from 'vitest';
import { clock, day, deadline, formValue } from './dates.ts';

const NOW = new Date(2026, 11, 3, 9, 5);

test('days as people say them', () => {
  const at = (date: number, year = 2026): Date => new Date(year, 11, date, 23, 59);
  expect([2, 3, 4, 10].map((date) => day(at(date), NOW, 'nl'))).toEqual(['gisteren', 'vandaag', 'morgen', 'do 10 dec']);
  expect([2, 3, 4].map((date) => day(at(date), NOW, 'en'))).toEqual(['yesterday', 'today', 'tomorrow']);
  expect(day(at(3, 2027), NOW, 'nl')).toBe('vr 3 dec 2027');
});

test('a day is a day on the calendar, also where the clock is changed', () => {
  const sunday = new Date(2026, 2, 29, 0, 30);
  expect(day(new Date(2026, 2, 30, 0, 10), sunday, 'nl')).toBe('morgen');
  expect(day(new Date(2026, 2, 28, 23, 50), sunday, 'nl')).toBe('gisteren');
});

test('times with a full stop in Dutch, a colon in English', () => {
  expect([clock(NOW, 'nl'), clock(NOW, 'en')]).toEqual(['09.05', '09:05']);
  expect(deadline(new Date(2026, 11, 3, 14), NOW, 'nl')).toBe('vandaag voor 14.00 uur');
  expect(deadline(new Date(2026, 11, 4, 10), NOW, 'en')).toBe('before 10:00 tomorrow');
});

test('form values as a person would write them', () => {
  expect(formValue('date', '2026-12-04', NOW, 'nl')).toBe('morgen');
  expect(formValue('time', '09:30', NOW, 'nl')).toBe('09.30');
  expect(formValue('text', '2026-12-04', NOW, 'nl')).toBe('2026-12-04');
  expect(formValue('date', 'soon', NOW, 'nl')).toBe('soon');
});
