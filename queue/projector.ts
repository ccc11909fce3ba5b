import type { CaseId, ConversationId, MessageId, OutboxEntry, PassCheckpoint } from '../domain/index.ts';
import type { Backend } from './backend.ts';
import { Batcher } from './batcher.ts';
import type { DeliverQueue } from './deliver.ts';
import { messageOf } from './errors.ts';
import type { HandlerQueues } from './handler-queues.ts';
import type { TeamQueues } from './team-queues.ts';
import type { TimerQueue } from './timers.ts';
import type { Log, OpenRun, OpenTimer, OutboxPort, QueuedCase } from './types.ts';

/** Entries in one go, and replies marked in one statement. */
const BATCH = 500;
/** More than this in memory is left for the sweep: the outbox has it anyway. */
const GATHERED = 10_000;

export interface ProjectorParts {
  readonly backend: Backend;
  readonly outbox: OutboxPort;
  readonly teams: TeamQueues;
  readonly deliver: DeliverQueue;
  readonly timers: TimerQueue;
  readonly handlers: HandlerQueues;
  readonly checkpoint: PassCheckpoint;
  readonly log: Log;
  readonly gatherMs: number;
}

/** Puts outbox entries where they belong. What fails stays `pending` and is found by the sweep. */
export class Projector {
  readonly #parts: ProjectorParts;
  readonly #entries: Batcher<OutboxEntry>;
  readonly #delivered: Batcher<MessageId>;
  #away = false;
  #closed = false;

  constructor(parts: ProjectorParts) {
    this.#parts = parts;
    this.#entries = new Batcher(parts.gatherMs, BATCH, async (batch) => {
      await this.#tolerant(batch);
    });
    this.#delivered = new Batcher(parts.gatherMs, BATCH, (batch) => this.#mark(batch));
  }

  project(entries: readonly OutboxEntry[]): void {
    if (!this.#closed && this.#entries.size <= GATHERED) this.#entries.add(entries);
  }

  delivered(messages: readonly MessageId[]): void {
    this.#delivered.add(messages);
  }

  /** Takes nothing more; what comes later is found by the sweep of the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.flushed();
  }

  async flushed(): Promise<void> {
    await Promise.all([this.#entries.idle(), this.#delivered.idle()]);
  }

  /** Projects what has been pending for `olderThanMs`. @returns how many entries */
  async sweep(olderThanMs: number): Promise<number> {
    let swept = 0;
    for (;;) {
      const entries = await this.#parts.outbox.pending(olderThanMs, BATCH);
      if (entries.length === 0 || !(await this.#tolerant(entries))) return swept;
      swept += entries.length;
      if (entries.length < BATCH) return swept;
    }
  }

  /** @returns whether all of it was projected */
  async #tolerant(entries: readonly OutboxEntry[]): Promise<boolean> {
    const { log } = this.#parts;
    try {
      await this.#put(entries);
      if (this.#away) log.info({}, 'the outbox reaches the queues again');
      this.#away = false;
      return true;
    } catch (error) {
      // Once per outage: every commit would say it again.
      if (!this.#away) log.warn({ error: messageOf(error) }, 'the outbox does not reach the queues; its entries wait');
      this.#away = true;
      return false;
    }
  }

  /** Adds first and marks then: a crash between the two adds again, which is ignored. */
  async #put(entries: readonly OutboxEntry[]): Promise<void> {
    const { backend, outbox, teams, deliver, timers, handlers, checkpoint } = this.#parts;
    backend.check();
    const sorted = sort(entries);
    checkpoint('outbox:before-add');
    const results = await Promise.allSettled([
      deliver.add(sorted.conversations),
      timers.add(sorted.timers),
      handlers.add(sorted.runs),
      ...[...sorted.tickets].map(([team, tickets]) => teams.add(team, tickets)),
    ]);
    checkpoint('outbox:after-add');
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    await outbox.markProjected(sorted.good);
    await outbox.park(sorted.bad, 'the entry does not say what its kind needs');
    checkpoint('outbox:after-mark');
  }

  async #mark(messages: readonly MessageId[]): Promise<void> {
    try {
      await this.#parts.outbox.markMessagesDelivered(messages);
    } catch (error) {
      this.#parts.log.warn({ error: messageOf(error) }, 'replies were not marked delivered; they go out again under the same id');
    }
  }
}

interface Sorted {
  readonly conversations: Set<ConversationId>;
  readonly timers: OpenTimer[];
  readonly runs: OpenRun[];
  readonly tickets: Map<string, Omit<QueuedCase, 'team'>[]>;
  readonly good: number[];
  readonly bad: number[];
}

function sort(entries: readonly OutboxEntry[]): Sorted {
  const sorted: Sorted = { conversations: new Set(), timers: [], runs: [], tickets: new Map(), good: [], bad: [] };
  for (const entry of entries) (place(entry, sorted) ? sorted.good : sorted.bad).push(entry.id);
  return sorted;
}

/** @returns false when it lacks something */
function place(entry: OutboxEntry, { conversations, timers, runs, tickets }: Sorted): boolean {
  const { data } = entry;
  switch (entry.kind) {
    case 'reply':
      if (entry.conversation) conversations.add(entry.conversation);
      return entry.conversation !== null;
    case 'ticket': {
      const ticket = readTicket(entry.case, data);
      if (ticket === null) return false;
      const ofTeam = tickets.get(ticket.team);
      if (ofTeam) ofTeam.push(ticket);
      else tickets.set(ticket.team, [ticket]);
      return true;
    }
    case 'timer': {
      const due = moment(data.due);
      if (entry.case === null || due === null || typeof data.kind !== 'string') return false;
      timers.push({ case: entry.case, kind: data.kind, due });
      return true;
    }
    case 'handler': {
      const due = moment(data.due);
      if (entry.case === null || due === null || typeof data.handler !== 'string' || typeof data.round !== 'number') return false;
      runs.push({ case: entry.case, round: data.round, handler: data.handler, due });
      return true;
    }
    default:
      entry.kind satisfies never;
      return false;
  }
}

function readTicket(id: CaseId | null, { team, round, due }: OutboxEntry['data']): QueuedCase | null {
  const until = moment(due);
  return id !== null && until !== null && typeof team === 'string' && typeof round === 'number'
    ? { case: id, team, round, due: until }
    : null;
}

function moment(text: string | number | null | undefined): Date | null {
  const at = typeof text === 'string' ? new Date(text) : null;
  return at && !Number.isNaN(at.getTime()) ? at : null;
}
