import type { ConversationId } from '../domain/index.ts';
import type { Backend } from './backend.ts';
import type { DeliverQueue } from './deliver.ts';
import type { HandlerQueues } from './handler-queues.ts';
import type { TeamQueues } from './team-queues.ts';
import { ticketId } from './ticket.ts';
import { AHEAD_MS, type TimerQueue } from './timers.ts';
import type { OpenRun, OpenTimer, QueuedCase, ReconcileReport, RegisterPorts } from './types.ts';

const PAGE = 1000;

export interface ReconcilerParts {
  readonly backend: Backend;
  readonly register: RegisterPorts;
  readonly teams: TeamQueues;
  readonly deliver: DeliverQueue;
  readonly timers: TimerQueue;
  readonly handlers: HandlerQueues;
  readonly leftoverMs: number;
}

/**
 * Makes the queues what the register says. Safe beside everything else that goes on, and beside another one:
 * adding twice is ignored, and a ticket whose case is no longer queued in that round never becomes valid again.
 */
export class Reconciler {
  readonly #parts: ReconcilerParts;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: ReconcilerParts) {
    this.#parts = parts;
  }

  /** One at a time in this process. */
  async reconcile(mode: ReconcileReport['mode']): Promise<ReconcileReport> {
    const turn = this.#last.then(() => this.#reconcile(mode));
    this.#last = turn.catch(() => {});
    return await turn;
  }

  async idle(): Promise<void> {
    await this.#last;
  }

  async #reconcile(mode: ReconcileReport['mode']): Promise<ReconcileReport> {
    const begun = performance.now();
    this.#parts.backend.check();
    const teams = mode === 'whole' ? await this.#allTeams() : await this.#differingTeams();
    const tickets = await this.#tickets(teams);
    const timers = await this.#timers(new Date(Date.now() + AHEAD_MS));
    const conversations = await this.#conversations();
    const runs = await this.#runs();
    return {
      mode,
      teams,
      added: { tickets: tickets.added, timers, conversations, runs },
      removed: { tickets: tickets.removed },
      ms: Math.round(performance.now() - begun),
    };
  }

  async #allTeams(counts?: ReadonlyMap<string, number>): Promise<string[]> {
    const queued = counts ?? (await this.#parts.register.outbox.queuedCounts());
    return [...new Set([...queued.keys(), ...this.#parts.teams.known])].sort();
  }

  /** A wiped queue shows in its count, and counting is cheap. */
  async #differingTeams(): Promise<string[]> {
    const counts = await this.#parts.register.outbox.queuedCounts();
    const differing: string[] = [];
    for (const team of await this.#allTeams(counts)) {
      const { waiting, active } = await this.#parts.teams.count(team);
      if (waiting + active !== (counts.get(team) ?? 0)) differing.push(team);
    }
    return differing;
  }

  /**
   * The queues are read before the register. So a ticket that has no case is surely stale (it was there before, and rounds
   * only rise), and a case that has no ticket surely lacks one, or gets it at this moment, and then adding it is ignored.
   */
  async #tickets(teams: readonly string[]): Promise<{ added: number; removed: number }> {
    if (teams.length === 0) return { added: 0, removed: 0 };
    const { teams: queues, register } = this.#parts;
    const stale = new Map<string, Set<string>>();
    const held = new Map<string, Set<string>>();
    for (const team of teams) {
      const active = await queues.active(team);
      if (active.size > 0) queues.watch(team);
      held.set(team, active);
      stale.set(team, await queues.waiting(team));
    }
    let added = 0;
    for await (const page of pages((last: QueuedCase | null) => register.outbox.queuedCases(last?.case ?? null, PAGE, teams))) {
      const missing = new Map<string, QueuedCase[]>();
      for (const it of page) {
        const id = ticketId(it);
        if (stale.get(it.team)?.delete(id) || held.get(it.team)?.has(id)) continue;
        const ofTeam = missing.get(it.team);
        if (ofTeam) ofTeam.push(it);
        else missing.set(it.team, [it]);
      }
      for (const [team, tickets] of missing) {
        await queues.add(team, tickets);
        added += tickets.length;
      }
    }
    let removed = 0;
    for (const [team, ids] of stale) removed += await queues.removeAll(team, [...ids]);
    return { added, removed };
  }

  /** @returns how many open timers there are in the time looked at; those that have their job are ignored when added */
  async #timers(until: Date): Promise<number> {
    const { timers, register } = this.#parts;
    const before = await timers.count();
    for await (const page of pages((last: OpenTimer | null) => register.timers.openTimers(last, PAGE, until))) await timers.add(page);
    const after = await timers.count();
    return Math.max(0, after.waiting + after.active - before.waiting - before.active);
  }

  /** @returns how many runs had no job */
  async #runs(): Promise<number> {
    const { handlers, register } = this.#parts;
    const before = await handlers.count();
    const next = (last: OpenRun | null) => register.handlerRuns.open(last, PAGE);
    for await (const page of pages(next)) await handlers.add(page);
    const after = await handlers.count();
    return Math.max(0, after.waiting + after.active - before.waiting - before.active);
  }

  async #conversations(): Promise<number> {
    const { deliver, register, leftoverMs } = this.#parts;
    const before = await deliver.count();
    const next = (last: ConversationId | null) => register.outbox.undeliveredConversations(leftoverMs, last, PAGE);
    for await (const page of pages(next)) await deliver.add(page);
    const after = await deliver.count();
    return Math.max(0, after.waiting + after.active - before.waiting - before.active);
  }
}

/** Pages until one is not full; each is asked for with the last item of the one before. */
async function* pages<Item>(next: (last: Item | null) => Promise<readonly Item[]>): AsyncGenerator<readonly Item[]> {
  for (let last: Item | null = null; ; ) {
    const page: readonly Item[] = await next(last);
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    last = page.at(-1) ?? null;
  }
}
