import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AgreedTime,
  type BusinessHours,
  businessMinutesBetween,
  type ClockEvent,
  clockOf,
  dueOf,
  explainClock,
  instant,
  localDate,
  localTime,
} from './index.ts';

const ZONE = 'Europe/Amsterdam';
const DAY = [
  { from: 8 * 60, to: 12 * 60 },
  { from: 12 * 60 + 30, to: 17 * 60 },
];
const OFFICE: BusinessHours = {
  timeZone: ZONE,
  week: [DAY, DAY, DAY, DAY, DAY, [], []],
  closed: new Set(['2026-04-06', '2026-04-27', '2026-12-25', '2026-12-26']),
};
const LATE: BusinessHours = { timeZone: ZONE, week: Array.from({ length: 7 }, () => [{ from: 12 * 60, to: 24 * 60 }]), closed: new Set() };
const hoursOf = (team: string): BusinessHours => (team === 'late' ? LATE : OFFICE);
const CALENDAR = { hoursOf, dayNames: { '2026-04-27': { nl: 'Koningsdag', en: "King's Day" } } };
const AGREED: AgreedTime = { respond: 60, complete: 240, warn: 80, escalate: 150 };

function at(text: string): Date {
  const [date = '', time = ''] = text.split(' ');
  return new Date(instant(date, Number(time.slice(0, 2)) * 60 + Number(time.slice(3)), ZONE));
}
function event(moment: string | Date, name: ClockEvent['name'], data: ClockEvent['data'] = {}): ClockEvent {
  return { name, at: typeof moment === 'string' ? at(moment) : moment, data };
}
const queued = (moment: string, team = 'office') => event(moment, 'queued', { team });
function due(name: 'respond' | 'complete', events: readonly ClockEvent[]): string | null {
  const clock = clockOf(name, events, AGREED, hoursOf);
  const moment = clock && dueOf(clock, hoursOf);
  return moment && `${localDate(moment, ZONE)} ${localTime(moment, ZONE)}`;
}

describe('the clocks of an agreement', () => {
  it('do not run before the case is queued', () => {
    expect(due('respond', [event('2026-11-24 09:00', 'opened')])).toBeNull();
  });

  it('count the business time since then', () => {
    expect(due('respond', [queued('2026-11-24 11:30')])).toBe('2026-11-24 13:00');
    expect(due('complete', [queued('2026-11-24 16:00')])).toBe('2026-11-25 11:00');
  });

  it('take over the agreement that an event carries', () => {
    expect(due('complete', [event('2026-11-24 09:00', 'queued', { team: 'office', respond: 30, complete: 60 })])).toBe('2026-11-24 10:00');
  });

  it('of response stands still in somebody’s hands, and goes on when it comes back', () => {
    const claimed = [queued('2026-11-24 09:00'), event('2026-11-24 09:40', 'claimed')];
    expect(due('respond', claimed)).toBeNull();
    expect(due('respond', [...claimed, event('2026-11-24 14:00', 'released')])).toBe('2026-11-24 14:20');
    expect(due('complete', claimed)).toBe('2026-11-24 13:30');
  });

  it('of response that ran out before somebody took it keeps the moment at which it did', () => {
    expect(due('respond', [queued('2026-11-24 09:00'), event('2026-11-24 10:30', 'claimed')])).toBe('2026-11-24 10:00');
  });

  it('stand still while the requester is waited for, and the deadline moves by that', () => {
    const asked = [
      queued('2026-11-24 09:00'),
      event('2026-11-24 10:00', 'claimed'),
      event('2026-11-24 11:00', 'waiting', { for: 'requester' }),
    ];
    expect(due('complete', asked)).toBeNull();
    expect(due('complete', [...asked, event('2026-11-26 09:00', 'resumed')])).toBe('2026-11-26 11:00');
  });

  it('go on while something else is waited for', () => {
    const asked = [
      queued('2026-11-24 09:00'),
      event('2026-11-24 10:00', 'claimed'),
      event('2026-11-24 11:00', 'waiting', { for: 'other' }),
    ];
    expect(due('complete', asked)).toBe('2026-11-24 13:30');
  });

  it('take the time used along to another team with its own hours and agreement', () => {
    const moved = [queued('2026-11-24 09:00'), event('2026-11-24 11:00', 'moved', { team: 'late', respond: 180, complete: 300 })];
    expect(due('respond', moved)).toBe('2026-11-24 13:00');
    expect(due('complete', moved)).toBe('2026-11-24 15:00');
  });

  it('of a case that presses more are shorter from its beginning', () => {
    const events = [queued('2026-11-24 09:00'), event('2026-11-24 09:30', 'prioritised', { respond: 15, complete: 120 })];
    expect(due('respond', events)).toBe('2026-11-24 09:15');
    expect(due('complete', events)).toBe('2026-11-24 11:00');
  });

  it('of a reopened case: a new response, and what was left but at least that', () => {
    const soon = [queued('2026-11-24 09:00'), event('2026-11-24 09:10', 'claimed'), event('2026-11-24 10:00', 'ready')];
    expect(due('complete', soon)).toBeNull();
    const again = [...soon, event('2026-11-26 09:00', 'reopened', { team: 'office' })];
    expect(due('respond', again)).toBe('2026-11-26 10:00');
    expect(due('complete', again)).toBe('2026-11-26 12:00');
    const barely = [
      queued('2026-11-24 09:00'),
      event('2026-11-24 13:20', 'ready'),
      event('2026-11-26 09:00', 'reopened', { team: 'office' }),
    ];
    expect(due('complete', barely)).toBe('2026-11-26 10:00');
  });
});

describe('a clock explains itself', () => {
  it('with what counted, the lunch, the night and what is left', () => {
    const told = explainClock('complete', [queued('2026-11-24 11:00')], AGREED, CALENDAR, at('2026-11-25 08:30'));
    expect(told).toMatchObject({ total: 240, counted: 60 + 270 + 30, waited: 0, left: -120, due: at('2026-11-24 15:30'), does: 'counts' });
    expect(told?.stretches.map(({ why, minutes }) => [why.kind, minutes])).toEqual([
      ['counts', 60],
      ['closed', 0],
      ['counts', 270],
      ['closed', 0],
      ['counts', 30],
    ]);
  });

  it('with the name of a holiday', () => {
    const told = explainClock('complete', [queued('2026-04-24 16:30')], AGREED, CALENDAR, at('2026-04-28 08:30'));
    expect(told?.stretches.map(({ why }) => why)).toEqual([
      { kind: 'counts' },
      { kind: 'closed' },
      { kind: 'day-off', date: '2026-04-27', name: { nl: 'Koningsdag', en: "King's Day" } },
      { kind: 'closed' },
      { kind: 'counts' },
    ]);
  });

  it('with the time in which the requester was waited for', () => {
    const events = [
      queued('2026-11-24 09:00'),
      event('2026-11-24 10:00', 'waiting', { for: 'requester' }),
      event('2026-11-24 14:00', 'requeued'),
    ];
    const told = explainClock('respond', events, AGREED, CALENDAR, at('2026-11-24 14:30'));
    expect(told).toMatchObject({ counted: 90, waited: 210, left: -30 });
  });
});

describe('whatever happens to a case', () => {
  const first = at('2026-03-20 00:00').getTime();
  const NAMES = ['claimed', 'released', 'waiting', 'requeued', 'resumed', 'moved', 'reopened', 'ready', 'added'] as const;
  const steps = fc.array(
    fc.record({
      after: fc.integer({ min: 0, max: 4000 }),
      name: fc.constantFrom(...NAMES),
      for: fc.constantFrom('requester', 'other'),
      team: fc.constantFrom('office', 'late'),
    }),
    { maxLength: 8 },
  );
  const start = fc.integer({ min: 0, max: 300 * 1440 });
  /** A history; with `oneTeam` in the same hours all along. */
  const history = (
    begin: number,
    list: readonly { after: number; name: ClockEvent['name']; for: string; team: string }[],
    oneTeam: boolean,
  ) => {
    let minute = begin;
    const team = (given: string) => (oneTeam ? 'office' : given);
    const events = [event(new Date(first + minute * 60_000), 'queued', { team: 'office' })];
    for (const step of list) {
      minute += step.after;
      const places = step.name === 'moved' || step.name === 'reopened' ? { team: team(step.team) } : {};
      events.push(event(new Date(first + minute * 60_000), step.name, { for: step.for, ...places }));
    }
    return { events, last: new Date(first + minute * 60_000) };
  };
  const later = fc.integer({ min: 0, max: 5000 });
  const plus = (date: Date, minutes: number) => new Date(date.getTime() + minutes * 60_000);

  it('what counted and what was waited, held and ready is all the business time there was', () => {
    fc.assert(
      fc.property(start, steps, later, (begin, list, more) => {
        const { events, last } = history(
          begin,
          list.filter(({ name }) => name !== 'reopened'),
          true,
        );
        const now = plus(last, more);
        const told = explainClock('complete', events, AGREED, CALENDAR, now);
        const sum = told?.stretches.reduce((all, { minutes }) => all + minutes, 0);
        const counted = told?.stretches.filter(({ why }) => why.kind === 'counts').reduce((all, { minutes }) => all + minutes, 0);
        expect(sum).toBeCloseTo(businessMinutesBetween(new Date(first + begin * 60_000), now, OFFICE), 6);
        expect(counted).toBeCloseTo(told?.counted ?? Number.NaN, 6);
      }),
    );
  });

  it('its stretches follow each other without a gap, up to now', () => {
    fc.assert(
      fc.property(start, steps, later, (begin, list, more) => {
        const { events, last } = history(begin, list, false);
        const now = plus(last, more);
        for (const name of ['respond', 'complete'] as const) {
          const stretches = explainClock(name, events, AGREED, CALENDAR, now)?.stretches ?? [];
          for (const [i, { from }] of stretches.entries()) if (i > 0) expect(from).toEqual(stretches[i - 1]?.to);
          if (stretches.length > 0) expect(stretches.at(-1)?.to).toEqual(now);
        }
      }),
    );
  });

  it('the time is up at the moment at which nothing is left, and not before', () => {
    fc.assert(
      fc.property(start, steps, (begin, list) => {
        const { events } = history(begin, list, false);
        const clock = clockOf('complete', events, AGREED, hoursOf);
        const moment = clock && dueOf(clock, hoursOf);
        if (!moment) return;
        const told = explainClock('complete', events, AGREED, CALENDAR, moment);
        expect(told?.left).toBeCloseTo(0, 6);
        expect(explainClock('complete', events, AGREED, CALENDAR, plus(moment, -1))?.left).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('the more is counted the less is left, as time goes on', () => {
    fc.assert(
      fc.property(start, steps, later, later, (begin, list, a, b) => {
        const { events, last } = history(begin, list, false);
        const [one, two] = [Math.min(a, b), Math.max(a, b)].map((n) => explainClock('complete', events, AGREED, CALENDAR, plus(last, n)));
        expect(two?.left ?? 0).toBeLessThanOrEqual((one?.left ?? 0) + 1e-6);
        expect((two?.left ?? 0) + (two?.counted ?? 0)).toBeCloseTo(two?.total ?? 0, 6);
      }),
    );
  });

  it('a wait moves the deadline by the business time waited', () => {
    fc.assert(
      fc.property(start, fc.integer({ min: 0, max: 200 }), later, (begin, until, waited) => {
        const from = new Date(first + begin * 60_000);
        const plain = [event(from, 'queued', { team: 'office' })];
        const clock = clockOf('complete', plain, AGREED, hoursOf);
        const before = clock && dueOf(clock, hoursOf);
        const asked = plus(from, until);
        const after = [...plain, event(asked, 'waiting', { for: 'requester' }), event(plus(asked, waited), 'requeued')];
        const moved = clockOf('complete', after, AGREED, hoursOf);
        const then = moved && dueOf(moved, hoursOf);
        if (!before || !then) throw new Error('no deadline');
        const used = businessMinutesBetween(asked, plus(asked, waited), OFFICE);
        expect(businessMinutesBetween(before, then, OFFICE)).toBeCloseTo(used, 6);
      }),
    );
  });

  it('of two cases of a team the one with less left comes first', () => {
    fc.assert(
      fc.property(start, start, fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 2000 }), (a, b, x, y) => {
        const clocks = [
          [a, x],
          [b, y],
        ].map(([begin = 0, complete = 0]) =>
          clockOf('complete', [event(new Date(first + begin * 60_000), 'queued', { team: 'office', complete })], AGREED, hoursOf),
        );
        const now = new Date(first + Math.max(a, b) * 60_000);
        const [one, two] = clocks.map((clock) => {
          if (!clock) throw new Error('no clock');
          const told = explainClock(
            'complete',
            [event(clock.runs[0]?.from ?? now, 'queued', { team: 'office', complete: clock.total })],
            AGREED,
            CALENDAR,
            now,
          );
          return { left: told?.left ?? 0, due: dueOf(clock, hoursOf)?.getTime() ?? 0 };
        });
        if (!one || !two) throw new Error('no clock');
        if (one.left < two.left) expect(one.due).toBeLessThanOrEqual(two.due);
        if (one.left > two.left) expect(one.due).toBeGreaterThanOrEqual(two.due);
      }),
    );
  });
});
