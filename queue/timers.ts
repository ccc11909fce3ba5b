import { DelayedError } from 'bullmq';
import { type CaseId, parseId, TIMER_EARLY_MS, TIMER_KINDS, type TimerKind } from '../domain/index.ts';
import type { Backend, Job, JobQueue, JobWorker } from './backend.ts';
import { messageOf, reporter } from './errors.ts';
import { countJobs } from './team-queues.ts';
import type { Log, OnTimer, OpenTimer, QueueCount, TimersPort } from './types.ts';
import { stopWorker, UnderWay } from './under-way.ts';

const NAME = 'timers';
const CONCURRENCY = 4;
/** A turn that fails is tried again for some two days; after that the reconciler begins anew. */
const ATTEMPTS = 20;
const BACKOFF = { type: 'exponential', delay: 2000, jitter: 0.5 } as const;
/**
 * How far ahead of its moment a timer becomes a job. Most are set for days from now and set anew or done long before; a job for each would cost as
 * much as its case's ticket. The reconciler looks every minute for those that have come within reach.
 */
export const AHEAD_MS = 60 * 60_000;

/** The queue `timers`: rows of the register as delayed jobs. The row decides; the job is only what wakes us. */
export class TimerQueue {
  readonly #backend: Backend;
  readonly #queue: JobQueue;
  readonly #worker: JobWorker | null;
  readonly #timers: TimersPort;
  readonly #onTimer: OnTimer;
  readonly #log: Log;
  readonly #underWay = new UnderWay();

  constructor(backend: Backend, timers: TimersPort, onTimer: OnTimer, log: Log, jobs: boolean) {
    this.#backend = backend;
    this.#timers = timers;
    this.#onTimer = onTimer;
    this.#log = log;
    this.#queue = backend.queue(NAME);
    this.#worker = jobs ? backend.worker(NAME, CONCURRENCY, (job, token) => this.#underWay.track(this.#fire(job, token))) : null;
    const failed = reporter(log, 'the queue of timers reports an error');
    this.#queue.on('error', failed);
    this.#worker?.on('error', failed);
    this.#worker?.on('failed', (job, error) =>
      this.#log.error({ job: job?.id, error: messageOf(error) }, 'a timer failed and is tried again'),
    );
  }

  async ready(): Promise<void> {
    await this.#worker?.waitUntilReady();
  }

  start(): void {
    this.#worker?.run().catch((error: unknown) => this.#log.error({ error: messageOf(error) }, 'firing timers stopped'));
  }

  /** Adds those that are due soon; a timer set for the same moment again is the same job. */
  async add(timers: readonly OpenTimer[]): Promise<void> {
    const now = Date.now();
    const soon = timers.filter(({ due }) => due.getTime() < now + AHEAD_MS);
    await this.#backend.add(
      this.#queue,
      soon.map(({ case: id, kind, due }) => ({
        name: 'timer',
        data: { case: id, kind, due: due.getTime() },
        opts: { jobId: `${id}-${kind}-${due.getTime()}`, delay: Math.max(0, due.getTime() - now), attempts: ATTEMPTS, backoff: BACKOFF },
      })),
    );
  }

  async count(): Promise<QueueCount> {
    return await countJobs(this.#queue);
  }

  /** Waits for timers that are firing. */
  async stop(): Promise<void> {
    if (this.#worker) await stopWorker(this.#worker, this.#underWay);
  }

  async close(): Promise<void> {
    await this.#queue.close();
  }

  /**
   * Reads the row first, so that a job that comes early, late or twice does no harm: what is done or was moved is dropped
   * (moving it made another job), what is not due yet goes on waiting.
   */
  async #fire(job: Job, token: string | undefined): Promise<void> {
    const timer = readTimer(job.data);
    if (!timer) {
      this.#log.warn({ job: job.id }, 'dropped a job that is no timer');
      return;
    }
    const row = await this.#timers.open(timer.case, timer.kind);
    if (!row) return;
    const early = row.due.getTime() - Date.now();
    if (early > TIMER_EARLY_MS) {
      if (row.due.getTime() !== timer.due) return;
      await job.moveToDelayed(row.due.getTime(), token);
      throw new DelayedError();
    }
    await this.#onTimer(timer.case, timer.kind);
  }
}

function readTimer(data: Job['data']): { readonly case: CaseId; readonly kind: TimerKind; readonly due: number } | null {
  const id = parseId<CaseId>(data.case);
  const kind = TIMER_KINDS.find((known) => known === data.kind);
  return id && kind && typeof data.due === 'number' ? { case: id, kind, due: data.due } : null;
}
