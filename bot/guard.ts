import { agreedTimes, businessHoursOf, type Catalogue, calendarOf, teamOf } from '../catalogue/index.ts';
import {
  type AgreedTime,
  addBusinessMinutes,
  type Case,
  CLOCKS,
  type ClockEvent,
  type ClockName,
  clockOf,
  dueOf,
  reaches,
} from '../domain/index.ts';

/**
 * What is looked after while a case is on its way: its two clocks, the later moment that was promised, the claim in which nothing happens, and the
 * alarm that nobody takes up. Pure: the moments follow from the case, its events and the catalogue, so that a timer that fires early, late or
 * twice finds the same.
 */
export interface GuardStep {
  readonly about: ClockName | 'promise' | 'idle' | 'urgent';
  readonly step: 'warn' | 'late' | 'escalate' | 'release';
  readonly at: Date;
}

const RANK: Readonly<Record<GuardStep['step'], number>> = { warn: 1, late: 2, release: 2, escalate: 3 };

/** An alarm that nobody has taken up after this is heard of higher up. */
const ALARM_UNHEARD_MS = 5 * 60_000;

/** What holds where the events do not say what was agreed: they are of before it was written with them. */
export function agreedFor(it: Pick<Case, 'product' | 'priority'>, catalogue: Catalogue, department: string | null = null): AgreedTime {
  return agreedTimes(catalogue, { product: it.product, priority: it.priority, department });
}

/** The moments that the events give a case; what stands still keeps the moment that it had. */
export function momentsOf(it: Case, history: readonly ClockEvent[], catalogue: Catalogue): Pick<Case, 'respondBy' | 'completeBy'> {
  const { hoursOf } = calendarOf(catalogue);
  const due = (name: ClockName) => {
    const clock = clockOf(name, history, agreedFor(it, catalogue), hoursOf);
    return clock && dueOf(clock, hoursOf);
  };
  return { respondBy: due('respond') ?? it.respondBy, completeBy: due('complete') ?? it.completeBy };
}

/**
 * What there still is to be said of a case that is on its way, soonest first.
 * @param active when something last happened with it
 */
export function guardSteps(it: Case, history: readonly ClockEvent[], catalogue: Catalogue, active: Date): GuardStep[] {
  // One of many reports of a disruption has no deadline of its own.
  if (!UNDER_WAY.has(it.state) || it.disruption !== null) return [];
  const steps = [...(it.urgent ? alarmStep(it, history) : clockSteps(it, history, catalogue)), ...promiseStep(it, history)];
  return [...steps, ...idleSteps(it, history, catalogue, active)].sort((a, b) => a.at.getTime() - b.at.getTime());
}

const UNDER_WAY: ReadonlySet<Case['state']> = new Set(['queued', 'claimed', 'waiting']);

/** The highest step that colleagues were told of since an event. */
function toldOf(about: GuardStep['about'], history: readonly ClockEvent[], since: (event: ClockEvent) => boolean): number {
  const events = history.slice(history.findLastIndex(since) + 1);
  const told = events.flatMap(({ name, data }) => (name === 'reminded' && data.about === about ? [String(data.step)] : []));
  return Math.max(0, ...told.map((step) => RANK[step === 'late' || step === 'escalate' || step === 'release' ? step : 'warn']));
}

const begins = ({ name }: ClockEvent): boolean => name === 'queued' || name === 'approved' || name === 'moved' || name === 'reopened';

function clockSteps(it: Case, history: readonly ClockEvent[], catalogue: Catalogue): GuardStep[] {
  const { hoursOf } = calendarOf(catalogue);
  return CLOCKS.flatMap((about) => {
    const clock = clockOf(about, history, agreedFor(it, catalogue), hoursOf);
    if (clock?.runs.at(-1)?.does !== 'counts') return [];
    const told = toldOf(about, history, begins);
    const shares = { warn: clock.warn / 100, late: 1, escalate: clock.escalate / 100 };
    return (['warn', 'late', 'escalate'] as const).flatMap((step) => {
      const at = RANK[step] > told ? reaches(clock, clock.total * shares[step], hoursOf) : null;
      return at ? [{ about, step, at }] : [];
    });
  });
}

function promiseStep(it: Case, history: readonly ClockEvent[]): GuardStep[] {
  const told = toldOf('promise', history, ({ name }) => name === 'delayed');
  return it.expectedBy && told === 0 ? [{ about: 'promise', step: 'late', at: it.expectedBy }] : [];
}

function idleSteps(it: Case, history: readonly ClockEvent[], catalogue: Catalogue, active: Date): GuardStep[] {
  const idle = teamOf(catalogue, it.team)?.idle;
  if (it.state !== 'claimed' || !idle) return [];
  const hours = businessHoursOf(catalogue, it.team);
  const told = toldOf('idle', history, ({ name, at }) => name !== 'reminded' && at <= active);
  const warn: GuardStep = { about: 'idle', step: 'warn', at: addBusinessMinutes(active, idle.warn, hours) };
  return [...(told === 0 ? [warn] : []), { about: 'idle', step: 'release', at: addBusinessMinutes(active, idle.release, hours) }];
}

function alarmStep(it: Case, history: readonly ClockEvent[]): GuardStep[] {
  const queued = history.findLast(begins);
  if (it.state !== 'queued' || !queued || toldOf('urgent', history, begins) > 0) return [];
  return [{ about: 'urgent', step: 'escalate', at: new Date(queued.at.getTime() + ALARM_UNHEARD_MS) }];
}
