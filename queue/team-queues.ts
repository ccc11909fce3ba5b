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

/** The queues of the teams, `team.<id>`: what waits for people, as tickets. Opened when first spoken of, and kept. */
export class TeamQueues {
  readonly #backend: Backend;
  readonly #log: Log;
  readonly #patienceMs: number;
  readonly #queues = new Map<string, JobQueue>();
  readonly #takers = new Map<string, JobTaker>();

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
      const token = randomUUID();
      const taken = this.#taker(team).getNextJob(token, { block: false });
      // What comes too late is nobody's: it goes back rather than wait for its lock to lapse.
      const job = await within(this.#patienceMs, taken, (late) => late && void this.#giveBack(late, token));
      if (!job) return null;
      const key = readTicket(team, job.data);
      if (key) return { ...key, done: () => this.#complete(job, token), giveBack: () => this.#giveBack(job, token) };
      this.#log.warn({ team, job: job.id }, 'dropped a job that is no ticket');
      await this.#complete(job, token);
    }
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

  async #complete(job: Job, token: string): Promise<void> {
    await this.#quietly(job, 'completed', job.moveToCompleted(undefined, token, false));
  }

  async #giveBack(job: Job, token: string): Promise<void> {
    await this.#quietly(job, 'given back', job.moveToWait(token));
  }

  /** A lock that lapsed or a queue that is away does no harm: the ticket comes back and is compared with its case again. */
  async #quietly(job: Job, what: string, work: Promise<unknown>): Promise<void> {
    try {
      await within(this.#patienceMs, work);
    } catch (error) {
      this.#log.info({ ticket: job.id, error: messageOf(error) }, `a ticket was not ${what}; it comes back when its lock lapses`);
    }
  }
}

/** What waits, for its turn or its moment, and what is being worked on. */
export async function countJobs(queue: JobQueue): Promise<QueueCount> {
  const counts = await queue.getJobCounts('waiting', 'prioritized', 'delayed', 'active');
  const of = (state: string): number => counts[state] ?? 0;
  return { waiting: of('waiting') + of('prioritized') + of('delayed'), active: of('active') };
}
