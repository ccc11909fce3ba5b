import { randomUUID } from 'node:crypto';
import { type Backend, openBackend } from './backend.ts';
import { DeliverQueue } from './deliver.ts';
import { messageOf, QueueUnavailable, within } from './errors.ts';
import { HANDLER_PATIENCE, HandlerQueues } from './handler-queues.ts';
import { NoticeSender } from './notices.ts';
import { Projector } from './projector.ts';
import { Reconciler } from './reconciler.ts';
import { Routine } from './routine.ts';
import { TeamQueues } from './team-queues.ts';
import { TimerQueue } from './timers.ts';
import type { HandlerOptions, LeasesPort, Log, Pace, QueueCount, QueueOptions, Queues } from './types.ts';
import { WebhookQueue } from './webhooks.ts';

const PACE: Pace = {
  gatherMs: 100,
  sweepMs: 2000,
  leftoverMs: 5000,
  leaseMs: 15_000,
  reconcileMs: 60_000,
  lockMs: 30_000,
  stalledMs: 15_000,
  patienceMs: 1500,
  retryMs: 2000,
  longestRetryMs: 10 * 60_000,
};
const MAX_ATTEMPTS = 8;
const LEASE = 'reconciler';
const NO_HANDLERS: HandlerOptions = {
  settings: () => [],
  means: { secret: () => null, callback: () => '', timeoutMs: 0, mail: null },
  news: async () => {},
};
/** How long closing waits, for a channel that is sending above all. */
const CLOSE_MS = 10_000;

/**
 * Opens the queues. On Redis it does not wait for a server that is away: what is committed meanwhile waits in the outbox.
 * @throws what PostgreSQL says when that is the backend and cannot be reached
 */
export async function openQueues(options: QueueOptions): Promise<Queues> {
  const { register, log, checkpoint, jobs = true } = options;
  const pace = { ...PACE, ...options.pace };
  const backend = openBackend(options.backend, pace, log);
  const reachable = await reach(backend, options, pace);
  const teams = new TeamQueues(backend, log, pace.patienceMs);
  const deliver = new DeliverQueue(
    backend,
    register.outbox,
    {
      channels: options.deliver,
      patience: { maxAttempts: options.maxAttempts ?? MAX_ATTEMPTS, retryMs: pace.retryMs, longestRetryMs: pace.longestRetryMs },
      onParked: options.onParked ?? (async () => {}),
      checkpoint,
      jobs,
    },
    log,
  );
  const timers = new TimerQueue(backend, register.timers, options.onTimer, log, jobs);
  const handlers = new HandlerQueues({
    backend,
    runs: register.handlerRuns,
    options: options.handlers ?? NO_HANDLERS,
    patience: { ...HANDLER_PATIENCE, ...options.handlers?.patience },
    checkpoint,
    log,
    jobs,
  });
  const webhooks = jobs && options.webhooks ? new WebhookQueue(backend, options.webhooks, log) : null;
  const projector = new Projector({
    backend,
    outbox: register.outbox,
    teams,
    deliver,
    timers,
    handlers,
    checkpoint,
    log,
    gatherMs: pace.gatherMs,
  });
  const reconciler = new Reconciler({ backend, register, teams, deliver, timers, handlers, leftoverMs: pace.leftoverMs });
  if (reachable) await Promise.all([deliver.ready(), timers.ready()]);
  const lead = new Lead(register.leases, reconciler, pace, log);
  const routines: Routine[] = [];
  if (jobs) {
    deliver.start();
    timers.start();
    webhooks?.start();
    routines.push(new Routine('sweeping the outbox', pace.sweepMs, log, () => projector.sweep(pace.leftoverMs)));
    const notices = new NoticeSender(register.notices, options.notify ?? [], log);
    routines.push(new Routine('opening the queues of handlers', pace.sweepMs, log, async () => handlers.open()));
    if (webhooks) routines.push(new Routine('sending webhooks', pace.sweepMs, log, () => webhooks.sweep()));
    routines.push(new Routine('sending notices', pace.sweepMs, log, () => notices.sweep()));
    routines.push(new Routine('reconciling', pace.leaseMs / 3, log, () => lead.step()));
  }

  const close = async (): Promise<void> => {
    await Promise.all(routines.map((routine) => routine.stop()));
    await lead.resign();
    await reconciler.idle();
    await projector.close();
    await Promise.all([deliver.stop(), timers.stop(), handlers.stop(), webhooks?.stop()]);
    await Promise.all([deliver.close(), timers.close(), handlers.close(), webhooks?.close(), teams.close()]);
  };
  let closing: Promise<void> | null = null;

  return {
    project: (entries) => projector.project(entries),
    delivered: (messages) => projector.delivered(messages),
    flushed: () => projector.flushed(),
    take: (team) => teams.take(team),
    remove: (ticket) => teams.remove(ticket),
    reconcile: (mode) => reconciler.reconcile(mode),
    counts: async () => {
      backend.check();
      const count = async (): Promise<Awaited<ReturnType<Queues['counts']>>> => {
        const ofTeams: Record<string, QueueCount> = {};
        for (const team of teams.known) ofTeams[team] = await teams.count(team);
        return { teams: ofTeams, deliver: await deliver.count(), timers: await timers.count(), handlers: await handlers.count() };
      };
      return await within(pace.patienceMs, count());
    },
    close: () => {
      closing ??= within(CLOSE_MS, close())
        .catch((error: unknown) => {
          if (!(error instanceof QueueUnavailable)) throw error;
          log.warn({ error: messageOf(error) }, 'the queues did not close in time and were left');
        })
        .finally(() => backend.close());
      return closing;
    },
  };
}

/** PostgreSQL must be there, with the queue's tables made before anybody works on them; Redis may be away. */
async function reach(backend: Backend, { backend: { kind }, log }: QueueOptions, { patienceMs }: Pace): Promise<boolean> {
  try {
    await backend.ready(patienceMs);
    return true;
  } catch (error) {
    if (kind === 'redis') {
      log.warn({ error: messageOf(error) }, 'Redis is away; what is to be queued waits in the outbox');
      return false;
    }
    await backend.close();
    throw error;
  }
}

/** Holds the reconciler's lease: the whole comparison when it is got, the incremental one every minute after that. */
class Lead {
  readonly #leases: LeasesPort;
  readonly #reconciler: Reconciler;
  readonly #pace: Pace;
  readonly #log: Log;
  readonly #holder = randomUUID();
  #held = false;
  /** When the next comparison is due, by the monotonic clock. */
  #next = 0;

  constructor(leases: LeasesPort, reconciler: Reconciler, pace: Pace, log: Log) {
    this.#leases = leases;
    this.#reconciler = reconciler;
    this.#pace = pace;
    this.#log = log;
  }

  async step(): Promise<void> {
    const { leaseMs, reconcileMs } = this.#pace;
    const held = this.#held && (await this.#leases.renew(LEASE, this.#holder, leaseMs));
    if (!held) {
      this.#held = await this.#leases.acquire(LEASE, this.#holder, leaseMs);
      if (!this.#held) return;
      this.#next = 0;
    }
    if (performance.now() < this.#next) return;
    const report = await this.#reconciler.reconcile(this.#next === 0 ? 'whole' : 'incremental');
    this.#next = performance.now() + reconcileMs;
    const { added, removed } = report;
    if (added.tickets + added.timers + added.conversations + added.runs + removed.tickets > 0)
      this.#log.info({ ...report }, 'the queues were put right');
  }

  async resign(): Promise<void> {
    if (!this.#held) return;
    this.#held = false;
    try {
      await this.#leases.release(LEASE, this.#holder);
    } catch (error) {
      this.#log.warn({ error: messageOf(error) }, 'the lease of the reconciler was not given up; it expires');
    }
  }
}
