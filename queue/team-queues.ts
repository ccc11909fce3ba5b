import { randomUUID } from 'node:crypto';
import type { Backend, Job, JobQueue, JobTaker } from './backend.ts';
import { messageOf, reporter, within } from './errors.ts';
import { parseTicketId, priorityOf, readTicket, ticketId } from './ticket.ts';
import type { Log, QueueCount, QueuedCase, Ticket, TicketKey } from './types.ts';

/** Where a ticket can be. BullMQ's `waiting` are those that came back after their taker died. */
const WAITING = ['prioritized', 'waiting', 'delayed'] as const;
const PAGE = 1000;
/** How many removals are under way at once. */
const AT_ONCE = 16;

/** For how long a ticket that was used waits for the next to be taken, so that both are one step of the queue. */
const TOGETHER_MS = 10;

/** A ticket's job in our hands, under the token that says so. */
interface Held {
  readonly job: Job;
  readonly token: string;
}

/** @property gone says that it has left the queue */
interface Used {
  readonly held: Held;
  readonly gone: () => void;
}

/** The queues of the teams, `team.<id>`: what waits for people, as tickets. Opened when first spoken of, and kept. */
export class TeamQueues {
  readonly #backend: Backend;
  readonly #log: Log;
  readonly #patienceMs: number;
  readonly #queues = new Map<string, JobQueue>();
  readonly #takers = new Map<string, JobTaker>();
  /** Tickets that were used, by team. */
  readonly #used = new Map<string, Used[]>();

  constructor(backend: Backend, log: Log, patienceMs: number) {
    this.#backend = backend;
    this.#log = log;
    this.#patienceMs = patienceMs;
  }

  /** Teams spoken of so far. */
  get known(): readonly string[] {
    return [...this.#queues.keys()];
  }

  /** Adds tickets of one team; those that are there already are ignored. */
  async add(team: string, tickets: readonly Omit<QueuedCase, 'team'>[]): Promise<void> {
    const jobs = tickets.map((ticket) => ({
      name: 'ticket',
      data: { case: ticket.case, round: ticket.round },
      opts: { jobId: ticketId(ticket), priority: priorityOf(ticket.due) },
    }));
    await this.#backend.add(this.#queue(team), jobs);
  }

  /** @throws QueueUnavailable */
  async take(team: string): Promise<Ticket | null> {
    for (;;) {
      this.#backend.check();
      const used = this.#used.get(team)?.shift();
      const taken = used ? this.#exchange(team, used) : this.#next(team);
      // What comes too late is nobody's: it goes back rather than wait for its lock to lapse.
      const held = await within(this.#patienceMs, taken, (late) => late && void this.#giveBack(late));
      if (!held) return null;
      const key = readTicket(team, held.job.data);
      if (key) return { ...key, done: () => this.#usedUp(team, held), giveBack: () => this.#giveBack(held) };
      this.#log.warn({ team, job: held.job.id }, 'dropped a job that is no ticket');
      await this.#complete(held);
    }
  }

  async #next(team: string): Promise<Held | null> {
    const token = randomUUID();
    const job = await this.#taker(team).getNextJob(token, { block: false });
    return job ? { job, token } : null;
  }

  /** A ticket that was used for the next, in one go. */
  async #exchange(team: string, { held, gone }: Used): Promise<Held | null> {
    try {
      const job = await this.#backend.exchange(this.#taker(team), held.job, held.token);
      return job ? { job, token: held.token } : null;
    } catch (error) {
      this.#notQuite(held, 'completed', error);
      return await this.#next(team);
    } finally {
      gone();
    }
  }

  /** It goes with the next that is taken from the team in this process, or by itself when none is taken at once. */
  #usedUp(team: string, held: Held): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting = this.#used.get(team) ?? [];
    this.#used.set(team, waiting);
    waiting.push({ held, gone: resolve });
    if (waiting.length === 1) setTimeout(() => void this.#finish(waiting.splice(0)), TOGETHER_MS);
    return promise;
  }

  async #finish(used: readonly Used[]): Promise<void> {
    await Promise.all(used.map(({ held, gone }) => this.#complete(held).then(gone)));
  }

  async remove(ticket: TicketKey): Promise<void> {
    try {
      this.#backend.check();
      await within(this.#patienceMs, this.#queue(ticket.team).remove(ticketId(ticket)));
    } catch (error) {
      this.#log.warn({ ...ticket, error: messageOf(error) }, 'a ticket was not removed; its taker will drop it');
    }
  }

  /** Tickets in the queue that are in nobody's hand, by id. */
  async waiting(team: string): Promise<Set<string>> {
    return await this.#ids(team, WAITING);
  }

  /** Tickets in somebody's hand, by id. */
  async active(team: string): Promise<Set<string>> {
    return await this.#ids(team, ['active']);
  }

  async count(team: string): Promise<QueueCount> {
    return await countJobs(this.#queue(team));
  }

  /** @returns how many were removed; those that were taken meanwhile are left */
  async removeAll(team: string, ids: readonly string[]): Promise<number> {
    const queue = this.#queue(team);
    let removed = 0;
    for (let i = 0; i < ids.length; i += AT_ONCE) {
      const codes = await Promise.all(ids.slice(i, i + AT_ONCE).map((id) => queue.remove(id)));
      removed += codes.filter((code) => code === 1).length;
    }
    return removed;
  }

  /** Has tickets of dead takers come back, also in a team from which nobody takes in this process. */
  watch(team: string): void {
    this.#taker(team);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#used.values()].map((used) => this.#finish(used.splice(0))));
    await Promise.all([...this.#takers.values()].map((taker) => taker.close()));
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
  }

  #queue(team: string): JobQueue {
    let queue = this.#queues.get(team);
    if (!queue) {
      queue = this.#backend.queue(`team.${team}`);
      queue.on('error', reporter(this.#log, 'a team queue reports an error', { team }));
      this.#queues.set(team, queue);
    }
    return queue;
  }

  #taker(team: string): JobTaker {
    let taker = this.#takers.get(team);
    if (!taker) {
      this.#queue(team);
      taker = this.#backend.taker(`team.${team}`);
      taker.on('error', reporter(this.#log, 'taking from a team queue reports an error', { team }));
      void taker.startStalledCheckTimer();
      this.#takers.set(team, taker);
    }
    return taker;
  }

  async #ids(team: string, states: readonly ('prioritized' | 'waiting' | 'delayed' | 'active')[]): Promise<Set<string>> {
    const found = new Set<string>();
    const backend = this.#queue(team).getBackend();
    for (const state of states) {
      for (let start = 0; ; start += PAGE) {
        const [page = []] = await backend.getRanges([state], start, start + PAGE - 1, true);
        for (const id of page) if (parseTicketId(id)) found.add(id);
        if (page.length < PAGE) break;
      }
    }
    return found;
  }

  async #complete(held: Held): Promise<void> {
    await this.#quietly(held, 'completed', held.job.moveToCompleted(undefined, held.token, false));
  }

  async #giveBack(held: Held): Promise<void> {
    await this.#quietly(held, 'given back', held.job.moveToWait(held.token));
  }

  async #quietly(held: Held, what: string, work: Promise<unknown>): Promise<void> {
    try {
      await within(this.#patienceMs, work);
    } catch (error) {
      this.#notQuite(held, what, error);
    }
  }

  /** A lock that lapsed or a queue that is away does no harm: the ticket comes back and is compared with its case again. */
  #notQuite({ job }: Held, what: string, error: unknown): void {
    this.#log.info({ ticket: job.id, error: messageOf(error) }, `a ticket was not ${what}; it comes back when its lock lapses`);
  }
}

/** What waits, for its turn or its moment, and what is being worked on. */
export async function countJobs(queue: JobQueue): Promise<QueueCount> {
  const counts = await queue.getJobCounts('waiting', 'prioritized', 'delayed', 'active');
  const of = (state: string): number => counts[state] ?? 0;
  return { waiting: of('waiting') + of('prioritized') + of('delayed'), active: of('active') };
}
