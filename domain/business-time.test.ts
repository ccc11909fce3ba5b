import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addBusinessMinutes,
  type BusinessHours,
  businessMinutesBetween,
  instant,
  localDate,
  localTime,
  nextDay,
  shiftDay,
  weekday,
} from './index.ts';

const ZONE = 'Europe/Amsterdam';
const MINUTE = 60_000;
const DAY = [
  { from: 8 * 60, to: 12 * 60 },
  { from: 12 * 60 + 30, to: 17 * 60 },
];
/** Eight and a half hours from Monday to Friday, with lunch; Christmas, King's Day and Easter Monday closed. */
const OFFICE: BusinessHours = {
  timeZone: ZONE,
  week: [DAY, DAY, DAY, DAY, DAY, [], []],
  closed: new Set(['2026-04-06', '2026-04-27', '2026-12-25', '2026-12-26', '2027-01-01']),
};
const ROUND_THE_CLOCK: BusinessHours = {
  timeZone: ZONE,
  week: Array.from({ length: 7 }, () => [{ from: 0, to: 1440 }]),
  closed: new Set(),
};

/** A moment by the clock in Amsterdam. */
function local(text: string): Date {
  const [date = '', time = ''] = text.split(' ');
  return new Date(instant(date, Number(time.slice(0, 2)) * 60 + Number(time.slice(3)), ZONE));
}
function shown(at: Date): string {
  return `${localDate(at, ZONE)} ${localTime(at, ZONE)}`;
}

describe('business minutes', () => {
  it.each([
    ['within the morning', '2026-11-24 09:00', 60, '2026-11-24 10:00'],
    ['over lunch', '2026-11-24 11:30', 60, '2026-11-24 13:00'],
    ['up to closing time', '2026-11-24 16:00', 60, '2026-11-24 17:00'],
    ['over the night', '2026-11-24 16:00', 90, '2026-11-25 08:30'],
    ['from before opening', '2026-11-24 05:00', 30, '2026-11-24 08:30'],
    ['from lunch', '2026-11-24 12:10', 30, '2026-11-24 13:00'],
    ['over the weekend', '2026-11-27 16:30', 60, '2026-11-30 08:30'],
    ['from a Saturday', '2026-11-28 12:00', 1, '2026-11-30 08:01'],
    ['over Christmas and the weekend after it', '2026-12-24 16:30', 60, '2026-12-28 08:30'],
    ["over King's Day", '2026-04-24 16:59', 2, '2026-04-28 08:01'],
    ['over a whole week', '2026-11-24 08:00', 5 * 510, '2026-11-30 17:00'],
  ])('run on %s', (_, start, minutes, end) => {
    expect(shown(addBusinessMinutes(local(start), minutes, OFFICE))).toBe(end);
    expect(businessMinutesBetween(local(start), local(end), OFFICE)).toBe(minutes);
  });

  it('of none are now when it is open, else the next opening', () => {
    expect(shown(addBusinessMinutes(local('2026-11-24 09:07'), 0, OFFICE))).toBe('2026-11-24 09:07');
    expect(shown(addBusinessMinutes(local('2026-11-24 12:07'), 0, OFFICE))).toBe('2026-11-24 12:30');
    expect(shown(addBusinessMinutes(local('2026-11-24 17:00'), 0, OFFICE))).toBe('2026-11-25 08:00');
    expect(shown(addBusinessMinutes(local('2026-11-28 09:00'), 0, OFFICE))).toBe('2026-11-30 08:00');
  });

  it('are counted as they pass on the nights when the clock changes', () => {
    // On 29 March 2026 the hour from two to three is skipped; on 25 October it comes twice.
    expect(shown(addBusinessMinutes(local('2026-03-28 22:00'), 5 * 60, ROUND_THE_CLOCK))).toBe('2026-03-29 04:00');
    expect(shown(addBusinessMinutes(local('2026-10-24 22:00'), 5 * 60, ROUND_THE_CLOCK))).toBe('2026-10-25 02:00');
    expect(businessMinutesBetween(local('2026-03-29 00:00'), local('2026-03-30 00:00'), ROUND_THE_CLOCK)).toBe(23 * 60);
    expect(businessMinutesBetween(local('2026-10-25 00:00'), local('2026-10-26 00:00'), ROUND_THE_CLOCK)).toBe(25 * 60);
  });

  it('keep office hours by the clock on the days after it changed', () => {
    expect(shown(addBusinessMinutes(local('2026-03-27 16:30'), 60, OFFICE))).toBe('2026-03-30 08:30');
    expect(shown(addBusinessMinutes(local('2026-10-23 16:30'), 60, OFFICE))).toBe('2026-10-26 08:30');
  });

  it('of a team that never opens are refused', () => {
    const never: BusinessHours = { timeZone: ZONE, week: [[], [], [], [], [], [], []], closed: new Set() };
    expect(() => addBusinessMinutes(local('2026-11-24 09:00'), 1, never)).toThrow(RangeError);
    expect(businessMinutesBetween(local('2026-11-24 09:00'), local('2026-11-25 09:00'), never)).toBe(0);
  });

  it('between a moment and an earlier one are none', () => {
    expect(businessMinutesBetween(local('2026-11-25 09:00'), local('2026-11-24 09:00'), OFFICE)).toBe(0);
  });
});

describe('business minutes at any moment of 2026', () => {
  const first = local('2026-01-01 00:00').getTime() / MINUTE;
  const moments = fc.integer({ min: first, max: first + 365 * 1440 }).map((minute) => new Date(minute * MINUTE));
  const minutes = fc.integer({ min: 0, max: 6000 });
  const hours = fc.constantFrom(OFFICE, ROUND_THE_CLOCK);

  it('that are added are there when they are counted', () => {
    fc.assert(fc.property(moments, minutes, hours, (at, n, by) => businessMinutesBetween(at, addBusinessMinutes(at, n, by), by) === n));
  });

  it('end within opening hours', () => {
    fc.assert(
      fc.property(moments, minutes, (at, n) => {
        const end = addBusinessMinutes(at, n, OFFICE);
        const date = localDate(end, ZONE);
        const [hour = 0, minute = 0] = localTime(end, ZONE).split(':').map(Number);
        const time = hour * 60 + minute;
        const open = weekday(date) <= 5 && !OFFICE.closed.has(date) && DAY.some(({ from, to }) => from <= time && time <= to);
        return open && end >= at;
      }),
    );
  });

  it('take longer when there are more, and end later when they begin later', () => {
    fc.assert(
      fc.property(moments, moments, minutes, minutes, hours, (a, b, n, m, by) => {
        const [early, late] = a < b ? [a, b] : [b, a];
        const [few, many] = n < m ? [n, m] : [m, n];
        return addBusinessMinutes(early, few, by) <= addBusinessMinutes(late, many, by);
      }),
    );
  });

  it('add up: first some and then the rest is all at once', () => {
    fc.assert(
      fc.property(moments, minutes, minutes, (at, n, m) => {
        const twice = addBusinessMinutes(addBusinessMinutes(at, n, OFFICE), m, OFFICE);
        return m === 0 || twice.getTime() === addBusinessMinutes(at, n + m, OFFICE).getTime();
      }),
    );
  });
});

describe('local time', () => {
  it('that the clock skips is taken after the gap, and one that comes twice as the first', () => {
    expect(localTime(new Date(instant('2026-03-29', 150, ZONE)), ZONE)).toBe('03:30');
    expect(new Date(instant('2026-10-25', 150, ZONE)).toISOString()).toBe('2026-10-25T00:30:00.000Z');
  });

  it('is what the clock on the wall says, on every other minute of the year', () => {
    const days = fc.integer({ min: 0, max: 364 }).map((n) => shiftDay('2026-01-01', n));
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 1439 }), (date, minute) => {
        fc.pre(!(date === '2026-03-29' && minute >= 120 && minute < 180));
        const at = new Date(instant(date, minute, ZONE));
        const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
        return localDate(at, ZONE) === date && localTime(at, ZONE) === time;
      }),
    );
  });

  it('counts days over months and leap years', () => {
    expect([nextDay('2026-12-31'), nextDay('2028-02-28'), shiftDay('2026-03-01', -1)]).toEqual(['2027-01-01', '2028-02-29', '2026-02-28']);
    expect([weekday('2026-11-23'), weekday('2026-11-29')]).toEqual([1, 7]);
  });
});
