import { DelayedError } from 'bullmq';
import { type CaseId, type HandlerTask, type PassCheckpoint, parseId, type RunId, runKey } from '../domain/index.ts';
import type { Backend, Job, JobQueue, JobWorker } from './backend.ts';
import { messageOf, reporter } from './errors.ts';
import type { HandlerOutcome } from './handlers/handler.ts';
import { openHandler } from './handlers/open.ts';
import { countJobs } from './team-queues.ts';
import type { HandlerOptions, HandlerRunsPort, Log, OpenRun, QueueCount } from './types.ts';
import { stopWorker, UnderWay } from './under-way.ts';

const CONCURRENCY = 4;
/** For the case that the register fails; sending counts its own attempts, per run. */
const ATTEMPTS = 1_000_000;
const BACKOFF = { type: 'fixed', delay: 5000, jitter: 0.5 } as const;

/** How a far side that is away is waited for: a day in all, and after a few attempts the team hears of it. */
export interface HandlerPatience {
  readonly maxAttempts: number;
  readonly faltersAt: number;
  readonly retryMs: number;
  readonly longestRetryMs: number;
}
export const HANDLER_PATIENCE: HandlerPatience = { maxAttempts: 56, faltersAt: 4, retryMs: 10_000, longestRetryMs: 30 * 60_000 };

interface Parts {
  readonly backend: Backend;
  readonly runs: HandlerRunsPort;
  readonly options: HandlerOptions;
  readonly patience: HandlerPatience;
  readonly checkpoint: PassCheckpoint;
  readonly log: Log;
  readonly jobs: boolean;
}

interface Line {
  readonly queue: JobQueue;
  readonly worker: JobWorker | null;
}

/** The queues `handler.<id>`: one job per run. The run's row decides whether and what is sent; the job is only what wakes us. */
export class HandlerQueues {
  readonly #parts: Parts;
  readonly #lines = new Map<string, Line>();
  readonly #underWay = new UnderWay();
  #closed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.open();
  }

  /** Opens the queues of the handlers that are configured by now, where this process works on them. */
  open(): void {
    if (this.#parts.jobs) for (const { id } of this.#parts.options.settings()) this.#line(id);
  }

  get known(): readonly string[] {
    return [...this.#lines.keys()];
  }

  /** Adds runs; one that is there already is ignored. */
  async add(runs: readonly OpenRun[]): Promise<void> {
    const now = Date.now();
    for (const [handler, ofHandler] of Map.groupBy(runs, (run) => run.handler)) {
      const jobs = ofHandler.map(({ case: id, round, due }) => ({
        name: 'run',
        data: { case: id, round },
        opts: { jobId: runKey({ case: id, round }), delay: Math.max(0, due.getTime() - now), attempts: ATTEMPTS, backoff: BACKOFF },
      }));
      await this.#parts.backend.add(this.#line(handler).queue, jobs);
    }
  }

  async count(): Promise<QueueCount> {
    const counts = await Promise.all([...this.#lines.values()].map(({ queue }) => countJobs(queue)));
    return counts.reduce((sum, it) => ({ waiting: sum.waiting + it.waiting, active: sum.active + it.active }), { waiting: 0, active: 0 });
  }

  /** Waits for what is being sent. */
  async stop(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#lines.values()].map(({ worker }) => worker && stopWorker(worker, this.#underWay)));
    await this.#underWay.idle();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#lines.values()].map(({ queue }) => queue.close()));
  }

  #line(handler: string): Line {
    const known = this.#lines.get(handler);
    if (known) return known;
    const { backend, log, jobs } = this.#parts;
    const name = `handler.${handler}`;
    const failed = reporter(log, 'the queue of a handler reports an error', { handler });
    const queue = backend.queue(name);
    queue.on('error', failed);
    const worker =
      jobs && !this.#closed
        ? backend.worker(name, CONCURRENCY, (job, token) => this.#underWay.track(this.#work(handler, job, token)))
        : null;
    worker?.on('error', failed);
    worker?.on('failed', (job, error) =>
      log.error({ job: job?.id, error: messageOf(error) }, 'a handler could not do its work and tries again'),
    );
    worker?.run().catch((error: unknown) => log.error({ handler, error: messageOf(error) }, 'a handler stopped'));
    const line = { queue, worker };
    this.#lines.set(handler, line);
    return line;
  }

  async #work(handler: string, job: Job, token: string | undefined): Promise<void> {
    const { runs, checkpoint, options, log } = this.#parts;
    const run = readRun(job.data);
    if (!run) {
      log.warn({ job: job.id }, 'dropped a job that is no run of a handler');
      return;
    }
    const begun = await runs.begin(run, handler);
    if (!begun) return;
    if (!('what' in begun)) return await later(job, token, begun.due);
    checkpoint('handler:before-send');
    const outcome = await this.#send(begun);
    checkpoint('handler:after-send');
    if (outcome.kind === 'failed' && begun.attempt < this.#parts.patience.maxAttempts) {
      const again = new Date(Date.now() + (outcome.retryAfterMs ?? this.#pause(begun.attempt)));
      await runs.noteFailure(run, outcome.reason, again);
      if (begun.what === 'hand-over' && begun.attempt === this.#parts.patience.faltersAt)
        await options.news(run, handler, { kind: 'falters', said: outcome.reason });
      return await later(job, token, again);
    }
    const said = outcome.kind === 'sent' ? outcome.said : outcome.reason;
    if (outcome.kind !== 'sent') log.warn({ handler, case: run.case, reason: said }, 'a handler gave a case up');
    if (begun.what === 'recall') await runs.recalled(run, said);
    else if (outcome.kind === 'sent') await options.news(run, handler, outcome);
    else await options.news(run, handler, { kind: 'gave-up', said: outcome.reason });
    checkpoint('handler:after-record');
  }

  async #send(task: HandlerTask): Promise<HandlerOutcome> {
    const { options } = this.#parts;
    const settings = options.settings().find(({ id }) => id === task.handler);
    if (!settings) return { kind: 'refused', reason: `there is no handler ${task.handler} any more` };
    try {
      return await openHandler(settings, options.means).send(task);
    } catch (error) {
      return { kind: 'failed', reason: messageOf(error) };
    }
  }

  /** Exponential, with up to a quarter less, so that what failed together does not come back together. */
  #pause(attempt: number): number {
    const { retryMs, longestRetryMs } = this.#parts.patience;
    return Math.round(Math.min(longestRetryMs, retryMs * 2 ** Math.min(attempt - 1, 20)) * (1 - Math.random() / 4));
  }
}

async function later(job: Job, token: string | undefined, at: Date): Promise<never> {
  await job.moveToDelayed(at.getTime(), token);
  throw new DelayedError();
}

function readRun({ case: text, round }: Job['data']): RunId | null {
  const id = parseId<CaseId>(text);
  return id && typeof round === 'number' ? { case: id, round } : null;
}
