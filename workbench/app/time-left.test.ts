import { describe, expect, it } from 'vitest';
import { dueInFull, moment, timeLeft } from './time-left.ts';

const ZONE = 'Europe/Amsterdam';
/** A Tuesday, 12.00 in Amsterdam. */
const NOW = new Date('2026-11-24T11:00:00Z');

describe('timeLeft', () => {
  it.each([
    ['2026-11-24T10:59:00Z', 'late', 'te laat 1m', '1m late'],
    ['2026-11-24T08:30:00Z', 'late', 'te laat 2u', '2h late'],
    ['2026-11-23T10:00:00Z', 'late', 'te laat 1 dag', '1 day late'],
    ['2026-11-20T10:00:00Z', 'late', 'te laat 4 dagen', '4 days late'],
    ['2026-11-24T11:00:00Z', 'soon', 'nog 0m', '0m left'],
    ['2026-11-24T11:45:00Z', 'soon', 'nog 45m', '45m left'],
    ['2026-11-24T12:20:00Z', 'soon', 'nog 1u 20m', '1h 20m left'],
    ['2026-11-24T13:00:00Z', 'soon', 'nog 2u', '2h left'],
    ['2026-11-24T13:01:00Z', 'calm', 'vandaag 14.01', 'today 14:01'],
    ['2026-11-25T11:00:00Z', 'calm', 'morgen 12.00', 'tomorrow 12:00'],
    ['2026-11-26T08:00:00Z', 'calm', 'do 9.00', 'Thu 9:00'],
    ['2026-12-03T08:00:00Z', 'calm', 'do 3 dec', 'Thu 3 Dec'],
    ['2027-01-04T08:00:00Z', 'calm', 'ma 4 jan 2027', 'Mon 4 Jan 2027'],
  ] as const)('says %s as people do', (due, tone, dutch, english) => {
    expect(timeLeft(due, NOW, 'nl', ZONE)).toEqual({ tone, text: dutch });
    expect(timeLeft(due, NOW, 'en', ZONE)).toEqual({ tone, text: english });
  });

  it('counts days by the calendar of the reader, over midnight and summer time', () => {
    expect(timeLeft('2026-11-25T02:00:00Z', new Date('2026-11-24T22:59:00Z'), 'nl', ZONE).text).toBe('morgen 3.00');
    expect(timeLeft('2026-03-29T10:00:00Z', new Date('2026-03-28T12:00:00Z'), 'nl', ZONE).text).toBe('morgen 12.00');
  });

  it('adds the moment itself where there is room', () => {
    expect(dueInFull('2026-11-24T12:20:00Z', NOW, 'nl', ZONE).text).toBe('vandaag 13.20 (nog 1u 20m)');
    expect(dueInFull('2026-11-24T08:30:00Z', NOW, 'en', ZONE).text).toBe('today 9:30 (2h late)');
    expect(dueInFull('2026-11-25T11:00:00Z', NOW, 'nl', ZONE).text).toBe('morgen 12.00');
  });
});

describe('moment', () => {
  it('keeps the time of what is past', () => {
    expect(moment(new Date('2026-11-23T08:05:00Z'), NOW, 'nl', ZONE)).toBe('gisteren 9.05');
    expect(moment(new Date('2026-11-19T08:05:00Z'), NOW, 'nl', ZONE)).toBe('do 19 nov 9.05');
    expect(moment(new Date('2025-11-19T08:05:00Z'), NOW, 'en', ZONE)).toBe('Wed 19 Nov 2025 9:05');
  });
});
