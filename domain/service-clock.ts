import { addBusinessMinutes, type BusinessHours, businessMinutesBetween } from './business-time.ts';
import type { CaseEvent } from './case.ts';

/**
 * The two clocks of a service agreement, worked out from a case's events alone: how long it may take until somebody takes it up (`respond`) and
 * until it is ready (`complete`).
 *
 * Both begin when the case is queued and count the business time of the team that has it. `respond` counts while nobody holds the case and begins
 * anew when it is reopened. `complete` counts until it is ready and goes on when it is reopened, with at least the response time still to go.
 * Both stand still while the case waits for its requester. Another team, product or priority changes how long it may take, never what was used.
 */
export const CLOCKS = ['respond', 'complete'] as const;
export type ClockName = (typeof CLOCKS)[number];

/** How long it may take, in business minutes, and at which per cent of that somebody is told. */
export interface AgreedTime {
  readonly respond: number;
  readonly complete: number;
  readonly warn: number;
  readonly escalate: number;
}

/** What a clock needs of an event; its `data` holds the agreement as it was then. */
export type ClockEvent = Pick<CaseEvent, 'name' | 'at' | 'data'>;

export type HoursOf = (team: string) => BusinessHours;

/** A time in which the clock did one thing; `to` is null when it still does. */
export interface Run {
  readonly from: Date;
  readonly to: Date | null;
  readonly team: string;
  /** It counts, or stands still because the case waits for its requester, is in somebody's hands, or is ready. */
  readonly does: 'counts' | 'waits' | 'is-held' | 'is-ready';
}

export interface Clock extends AgreedTime {
  readonly name: ClockName;
  /** The business minutes that it may count. */
  readonly total: number;
  readonly runs: readonly Run[];
}

/**
 * A clock as the events leave it.
 * @param agreed what holds for events that do not say it
 * @returns null when the case was never queued
 */
export function clockOf(name: ClockName, events: readonly ClockEvent[], agreed: AgreedTime, hoursOf: HoursOf): Clock | null {
  let now: AgreedTime = agreed;
  let total: number | null = null;
  let team = '';
  let runs: Run[] = [];
  const go = (at: Date, does: Run['does']): void => {
    const last = runs.at(-1);
    if (last?.to === null && last.does === does && last.team === team) return;
    if (last?.to === null) runs[runs.length - 1] = { ...last, to: at };
    runs.push({ from: at, to: null, team, does });
  };
  for (const event of events) {
    now = agreedIn(event, now);
    if (typeof event.data.team === 'string') team = event.data.team;
    if (event.name === 'reopened' && name === 'respond') runs = [];
    if (event.name === 'reopened' && name === 'complete') {
      const used = runs.length === 0 ? 0 : counted(runs, event.at, hoursOf);
      total = Math.max(now.complete, used + now.respond);
    } else if (SETS.has(event.name)) total = now[name];
    const does = effectOf(name, event);
    if (does) go(event.at, does);
  }
  return total === null || runs.length === 0 ? null : { ...now, name, total, runs };
}

/** The business minutes that a clock has counted by a moment. */
export function countedBy(clock: Clock, at: Date, hoursOf: HoursOf): number {
  return counted(clock.runs, at, hoursOf);
}

/** The moment at which a clock has counted so many minutes; null while it stands still before that. */
export function reaches(clock: Clock, minutes: number, hoursOf: HoursOf): Date | null {
  let left = minutes;
  for (const { from, to, team, does } of clock.runs) {
    if (does !== 'counts') continue;
    const hours = hoursOf(team);
    if (to === null) return addBusinessMinutes(from, left, hours);
    const used = businessMinutesBetween(from, to, hours);
    if (used >= left && used > 0) return addBusinessMinutes(from, left, hours);
    left -= used;
  }
  return null;
}

/** When the clock's time is up; null while it stands still before that. */
export function dueOf(clock: Clock, hoursOf: HoursOf): Date | null {
  return reaches(clock, clock.total, hoursOf);
}

/** The events that say how long it may take from then on. */
const SETS: ReadonlySet<ClockEvent['name']> = new Set(['queued', 'approved', 'moved', 'reopened', 'prioritised']);

function effectOf(name: ClockName, { name: event, data }: ClockEvent): Run['does'] | null {
  switch (event) {
    case 'queued':
    case 'approved':
    case 'moved':
    case 'reopened':
    case 'released':
    case 'requeued':
      return 'counts';
    case 'claimed':
    case 'resumed':
    case 'sent':
      return name === 'respond' ? 'is-held' : 'counts';
    case 'waiting':
      // What is waited for elsewhere is not the requester's doing: that time counts.
      return data.for === 'requester' ? 'waits' : name === 'respond' ? 'is-held' : 'counts';
    case 'divided':
      return name === 'respond' ? 'is-held' : 'counts';
    case 'linked':
      return 'waits';
    case 'answered':
    case 'ready':
    case 'closed':
    case 'withdrawn':
    case 'refused':
    case 'lapsed':
    case 'merged':
      return 'is-ready';
    case 'opened':
    // No clock runs before it is approved: the team has nothing to do yet.
    case 'submitted':
    case 'approval-asked':
    case 'handed':
    case 'part-ready':
    case 'part-reopened':
    case 'faltered':
    case 'reported':
    case 'added':
    case 'declared':
    case 'gathered':
    case 'undelivered':
    case 'undone':
    case 'called':
    case 'corrected':
    case 'split':
    case 'taken-over':
    case 'handed-back':
    case 'requester-set':
    case 'prioritised':
    case 'delayed':
    case 'reminded':
      return null;
    default:
      event satisfies never;
      return null;
  }
}

function agreedIn({ data }: ClockEvent, before: AgreedTime): AgreedTime {
  const read = (key: keyof AgreedTime): number => (typeof data[key] === 'number' ? data[key] : before[key]);
  return { respond: read('respond'), complete: read('complete'), warn: read('warn'), escalate: read('escalate') };
}

function counted(runs: readonly Run[], at: Date, hoursOf: HoursOf): number {
  let sum = 0;
  for (const { from, to, team, does } of runs) {
    if (does !== 'counts' || from >= at) continue;
    sum += businessMinutesBetween(from, to !== null && to < at ? to : at, hoursOf(team));
  }
  return sum;
}
