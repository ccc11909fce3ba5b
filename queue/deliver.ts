import { DelayedError } from 'bullmq';
import { type Channel, type ConversationId, type PassCheckpoint, parseId } from '../domain/index.ts';
import type { Backend, Job, JobQueue, JobWorker } from './backend.ts';
import { messageOf, reporter } from './errors.ts';
import { countJobs } from './team-queues.ts';
import type { Deliver, Delivery, Log, OutboxPort, OutgoingReply, QueueCount, UndeliveredReply } from './types.ts';
import { stopWorker, UnderWay } from './under-way.ts';

const NAME = 'deliver';
/** Conversations at once. */
const CONCURRENCY = 8;
/** Replies of one conversation read at once. */
const PAGE = 50;
/** For the case that the register fails; sending counts its own attempts, per reply. */
const ATTEMPTS = 1_000_000;
const BACKOFF = { type: 'fixed', delay: 5000, jitter: 0.5 } as const;

export interface DeliverSettings {
  readonly channels: Readonly<Partial<Record<Channel, Deliver>>>;
  readonly maxAttempts: number;
  readonly retryMs: number;
  readonly longestRetryMs: number;
  readonly checkpoint: PassCheckpoint;
  readonly jobs: boolean;
}

/**
 * The queue `deliver`: one job per conversation, so that its replies go out in order and one at a time.
 *
 * Its id is the conversation's, so a reply that is said while the job is active adds nothing. It is delivered all the same:
 * the job looks again until nothing is left, and for what is committed after that last look, the conversation is looked at
 * once more when the job is gone. By then either that look sees the reply, or its own `add` comes later and succeeds, because
 * a reply is committed before it is added. A crash just between is left to the reconciler.
 */
export class DeliverQueue {
  readonly #backend: Backend;
  readonly #queue: JobQueue;
  readonly #worker: JobWorker | null;
  readonly #outbox: OutboxPort;
  readonly #settings: DeliverSettings;
  readonly #log: Log;
  readonly #underWay = new UnderWay();

  constructor(backend: Backend, outbox: OutboxPort, settings: DeliverSettings, log: Log) {
    this.#backend = backend;
    this.#outbox = outbox;
    this.#settings = settings;
    this.#log = log;
    this.#queue = backend.queue(NAME);
    this.#worker = settings.jobs ? backend.worker(NAME, CONCURRENCY, (job, token) => this.#underWay.track(this.#drain(job, token))) : null;
    const failed = reporter(log, 'the queue of deliveries reports an error');
    this.#queue.on('error', failed);
    this.#worker?.on('error', failed);
    this.#worker?.on('completed', (job) => this.#lookOnceMore(job));
    this.#worker?.on('failed', (job, error) => log.error({ job: job?.id, error: messageOf(error) }, 'a delivery could not be begun'));
  }

  async ready(): Promise<void> {
    await this.#worker?.waitUntilReady();
  }

  start(): void {
    this.#worker?.run().catch((error: unknown) => this.#log.error({ error: messageOf(error) }, 'delivering stopped'));
  }

  /** Has the conversations' replies delivered; one that is being delivered already is ignored. */
  async add(conversations: Iterable<ConversationId>): Promise<void> {
    const jobs = [...new Set(conversations)].map((conversation) => ({
      name: 'deliver',
      data: { conversation },
      opts: { jobId: `conversation-${conversation}`, attempts: ATTEMPTS, backoff: BACKOFF },
    }));
    await this.#backend.add(this.#queue, jobs);
  }

  async count(): Promise<QueueCount> {
    return await countJobs(this.#queue);
  }

  /** Waits for the replies that are going out. */
  async stop(): Promise<void> {
    if (this.#worker) await stopWorker(this.#worker, this.#underWay);
    await this.#underWay.idle();
  }

  async close(): Promise<void> {
    await this.#queue.close();
  }

  async #drain(job: Job, token: string | undefined): Promise<void> {
    const conversation = parseId<ConversationId>(job.data.conversation);
    if (!conversation) {
      this.#log.warn({ job: job.id }, 'dropped a job that is no conversation');
      return;
    }
    for (;;) {
      const replies = await this.#outbox.undelivered(conversation, PAGE);
      if (replies.length === 0) return;
      for (const reply of replies) {
        const retryAfterMs = await this.#send(reply);
        if (retryAfterMs === null) continue;
        // The rest waits with it: order matters more than speed within a conversation.
        await job.moveToDelayed(Date.now() + retryAfterMs, token);
        throw new DelayedError();
      }
    }
  }

  /** @returns after how many milliseconds to try again; null when it needs no sending any more */
  async #send(row: UndeliveredReply): Promise<number | null> {
    const { maxAttempts, checkpoint } = this.#settings;
    // Counted before sending: a reply that takes the process with it is parked in the end, too.
    const attempt = await this.#outbox.beginAttempt(row.id);
    if (attempt === null) return null;
    if (attempt > maxAttempts) return await this.#park(row, `not delivered in ${maxAttempts} attempts`);
    checkpoint('deliver:before-send');
    const outcome = await this.#hand({ ...row, id: row.message, attempt });
    checkpoint('deliver:after-send');
    switch (outcome.kind) {
      case 'delivered':
        await this.#outbox.markDelivered([row.id]);
        return null;
      case 'refused':
        return await this.#park(row, outcome.reason);
      case 'failed':
        if (attempt >= maxAttempts) return await this.#park(row, outcome.reason);
        await this.#outbox.noteError(row.id, outcome.reason);
        return Math.round(outcome.retryAfterMs ?? this.#pause(attempt));
      default:
        return outcome satisfies never;
    }
  }

  async #hand({ id, conversation, channel, seq, author, text, reply, attempt }: OutgoingReply): Promise<Delivery> {
    const deliver = this.#settings.channels[channel];
    if (!deliver) return { kind: 'failed', reason: `the channel "${channel}" is not switched on` };
    try {
      return await deliver({ id, conversation, channel, seq, author, text, reply, attempt });
    } catch (error) {
      return { kind: 'failed', reason: messageOf(error) };
    }
  }

  async #park(row: UndeliveredReply, reason: string): Promise<null> {
    await this.#outbox.park([row.id], reason);
    this.#log.error(
      { message: row.message, conversation: row.conversation, channel: row.channel, reason },
      'a reply was parked; the rest goes on',
    );
    return null;
  }

  /** Exponential, with up to a quarter less, so that what failed together does not come back together. */
  #pause(attempt: number): number {
    const { retryMs, longestRetryMs } = this.#settings;
    return Math.round(Math.min(longestRetryMs, retryMs * 2 ** (attempt - 1)) * (1 - Math.random() / 4));
  }

  #lookOnceMore(job: Job): void {
    const conversation = parseId<ConversationId>(job.data.conversation);
    if (!conversation) return;
    void this.#underWay.track(this.#look(conversation));
  }

  async #look(conversation: ConversationId): Promise<void> {
    try {
      if ((await this.#outbox.undelivered(conversation, 1)).length > 0) await this.add([conversation]);
    } catch (error) {
      this.#log.warn({ conversation, error: messageOf(error) }, 'whether a reply was left could not be seen; the reconciler looks again');
    }
  }
}
