import { type BusinessHours, businessMinutesBetween, instant, localDate, nextDay, openingsOf } from './business-time.ts';
import { type AgreedTime, type ClockEvent, type ClockName, clockOf, countedBy, dueOf, type HoursOf, type Run } from './service-clock.ts';
import type { Localised } from './words.ts';

/** Whose hours count, and what the closed days are called. */
export interface Calendar {
  readonly hoursOf: HoursOf;
  readonly dayNames: Readonly<Record<string, Localised>>;
}

/** Why the clock counted or stood still. */
export type StretchWhy =
  | { readonly kind: 'counts' }
  /** The case waited for its requester. */
  | { readonly kind: 'waits' }
  | { readonly kind: 'is-held' }
  | { readonly kind: 'is-ready' }
  /** The team was closed. */
  | { readonly kind: 'closed' }
  /** A holiday or closure; `name` is null when nobody gave it one. */
  | { readonly kind: 'day-off'; readonly date: string; readonly name: Localised | null };

/** A time in which the clock did one thing. */
export interface Stretch {
  readonly from: Date;
  readonly to: Date;
  readonly team: string;
  readonly why: StretchWhy;
  /** Business minutes of the team; none when it was closed. */
  readonly minutes: number;
}

export interface ClockExplanation {
  readonly clock: ClockName;
  /** Business minutes: what may be used, what was used, what the requester was waited for, and what is left (below zero: late). */
  readonly total: number;
  readonly counted: number;
  readonly waited: number;
  readonly left: number;
  /** When the time is up, or was; null while the clock stands still before that. */
  readonly due: Date | null;
  /** What it does now. */
  readonly does: Run['does'];
  /** Oldest first, without gaps, up to now. */
  readonly stretches: readonly Stretch[];
}

/**
 * A clock that explains itself: which minutes counted, why it stood still in between, and what is left.
 * @returns null when the case was never queued
 */
export function explainClock(
  name: ClockName,
  events: readonly ClockEvent[],
  agreed: AgreedTime,
  calendar: Calendar,
  now: Date,
): ClockExplanation | null {
  const clock = clockOf(name, events, agreed, calendar.hoursOf);
  const last = clock?.runs.at(-1);
  if (!clock || !last) return null;
  const stretches = clock.runs.flatMap((run) => stretchesOf(run, run.to !== null && run.to < now ? run.to : now, calendar));
  const counted = countedBy(clock, now, calendar.hoursOf);
  const waited = stretches.filter(({ why }) => why.kind === 'waits').reduce((sum, { minutes }) => sum + minutes, 0);
  return {
    clock: name,
    total: clock.total,
    counted,
    waited,
    left: clock.total - counted,
    due: dueOf(clock, calendar.hoursOf),
    does: last.does,
    stretches,
  };
}

/** A run, cut where the team opened and closed; in somebody's hands or ready it does not matter when that was. */
function stretchesOf({ from, team, does }: Run, to: Date, { hoursOf, dayNames }: Calendar): Stretch[] {
  if (from >= to) return [];
  const hours = hoursOf(team);
  if (does === 'is-held' || does === 'is-ready')
    return [{ from, to, team, why: { kind: does }, minutes: businessMinutesBetween(from, to, hours) }];
  const stretches: Stretch[] = [];
  const push = (begin: number, end: number, why: StretchWhy): void => {
    if (begin >= end) return;
    const before = stretches.at(-1);
    const minutes = why.kind === does ? (end - begin) / 60_000 : 0;
    if (before && alike(before.why, why))
      stretches[stretches.length - 1] = { ...before, to: new Date(end), minutes: before.minutes + minutes };
    else stretches.push({ from: new Date(begin), to: new Date(end), team, why, minutes });
  };
  let at = from.getTime();
  for (let day = localDate(from, hours.timeZone); at < to.getTime(); day = nextDay(day)) {
    const end = Math.min(instant(nextDay(day), 0, hours.timeZone), to.getTime());
    for (const [opens, closes] of openingsOf(day, hours)) {
      push(at, Math.min(opens, end), { kind: 'closed' });
      push(Math.max(at, opens), Math.min(closes, end), { kind: does });
      at = Math.max(at, Math.min(closes, end));
    }
    push(at, end, closedOn(day, hours, dayNames));
    at = Math.max(at, end);
  }
  return stretches;
}

function closedOn(day: string, hours: BusinessHours, names: Calendar['dayNames']): StretchWhy {
  return hours.closed.has(day) ? { kind: 'day-off', date: day, name: names[day] ?? null } : { kind: 'closed' };
}

function alike(one: StretchWhy, other: StretchWhy): boolean {
  if (one.kind === 'day-off' || other.kind === 'day-off')
    return one.kind === other.kind && 'date' in one && 'date' in other && one.date === other.date;
  return one.kind === other.kind;
}
