import type { WebhookTask } from '../domain/index.ts';
import type { Backend, Job, JobQueue, JobWorker } from './backend.ts';
import { messageOf, reporter } from './errors.ts';
import type { Log } from './types.ts';
import { stopWorker, UnderWay } from './under-way.ts';
import { postWebhook } from './webhook-post.ts';

const NAME = 'webhooks';
const CONCURRENCY = 4;
const BATCH = 500;

/** What the deliveries of webhooks ask of the register. */
export interface WebhooksPort {
  due(limit: number): Promise<readonly { readonly id: string; readonly attempts: number; readonly due: Date }[]>;
  begin(id: string): Promise<WebhookTask | null>;
  delivered(id: string, answer: string): Promise<void>;
  failed(id: string, answer: string, again: Date): Promise<void>;
}

export interface WebhookOptions {
  readonly store: WebhooksPort;
  /** Also to loopback and private addresses. */
  readonly allowInside: boolean;
}

/** Wait before the second attempt; doubled at each later one, up to an hour. */
const RETRY_MS = 10_000;
const LONGEST_RETRY_MS = 60 * 60_000;

/** The queue `webhooks`: one job per attempt. The delivery's row decides whether and when; the job is only what wakes us. */
export class WebhookQueue {
  readonly #backend: Backend;
  readonly #options: WebhookOptions;
  readonly #queue: JobQueue;
  readonly #worker: JobWorker;
  readonly #log: Log;
  readonly #underWay = new UnderWay();

  constructor(backend: Backend, options: WebhookOptions, log: Log) {
    this.#backend = backend;
    this.#options = options;
    this.#log = log;
    this.#queue = backend.queue(NAME);
    this.#worker = backend.worker(NAME, CONCURRENCY, (job) => this.#underWay.track(this.#work(job)));
    const failed = reporter(log, 'the queue of webhooks reports an error');
    this.#queue.on('error', failed);
    this.#worker.on('error', failed);
    this.#worker.on('failed', (job, error) => log.error({ job: job?.id, error: messageOf(error) }, 'a webhook failed and is tried again'));
  }

  start(): void {
    this.#worker.run().catch((error: unknown) => this.#log.error({ error: messageOf(error) }, 'delivering webhooks stopped'));
  }

  /** Makes jobs of what is due; one that is there already is ignored. */
  async sweep(): Promise<void> {
    const due = await this.#options.store.due(BATCH);
    await this.#backend.add(
      this.#queue,
      due.map(({ id, attempts, due: at }) => ({ name: 'webhook', data: { id }, opts: { jobId: `${id}-${attempts}-${at.getTime()}` } })),
    );
  }

  async stop(): Promise<void> {
    await stopWorker(this.#worker, this.#underWay);
  }

  async close(): Promise<void> {
    await this.#queue.close();
  }

  async #work(job: Job): Promise<void> {
    const { id } = job.data;
    const { store, allowInside } = this.#options;
    const task = typeof id === 'string' ? await store.begin(id) : null;
    if (!task) return;
    const { ok, answer } = await postWebhook(task, allowInside);
    if (ok) return await store.delivered(task.id, answer);
    const pause = Math.min(LONGEST_RETRY_MS, RETRY_MS * 2 ** Math.min(task.attempt - 1, 20));
    await store.failed(task.id, answer, new Date(Date.now() + pause * (0.75 + Math.random() / 2)));
  }
}
