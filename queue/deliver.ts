import { DelayedError } from 'bullmq';
import {
  type Channel,
  type ConversationId,
  type Delivery,
  type OutgoingReplies,
  type OutgoingReply,
  type PassCheckpoint,
  parseId,
  type UndeliveredReply,
} from '../domain/index.ts';
import type { Backend, Job, JobQueue, JobWorker } from './backend.ts';
import { messageOf, reporter } from './errors.ts';
import { countJobs } from './team-queues.ts';
import type { Deliver, DeliverTogether, Log, OnParked, OutboxPort, Patience, QueueCount } from './types.ts';
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
  readonly channels: Readonly<Partial<Record<Channel, Deliver | DeliverTogether>>>;
  /** Of channels that have none of their own. */
  readonly patience: Patience;
  readonly onParked: OnParked;
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
      const groups = this.#groupsOf(await this.#outbox.undelivered(conversation, PAGE));
      if (groups.length === 0) return;
      for (const group of groups) {
        const retryAfterMs = await this.#send(group);
        if (retryAfterMs === null) continue;
        // The rest waits with it: order matters more than speed within a conversation.
        await job.moveToDelayed(Date.now() + retryAfterMs, token);
        throw new DelayedError();
      }
    }
  }

  /**
   * What goes out as one. Replies that were begun together have as many attempts as each other, and what was said since has none: so at a later
   * attempt they are the same again.
   */
  #groupsOf(rows: readonly UndeliveredReply[]): Group[] {
    const groups: [UndeliveredReply, ...UndeliveredReply[]][] = [];
    for (const row of rows) {
      const last = groups.at(-1);
      if (last && last[0].attempts === row.attempts && isTogether(this.#settings.channels[row.channel])) last.push(row);
      else groups.push([row]);
    }
    return groups;
  }

  /** @returns after how many milliseconds to try again; null when it needs no sending any more */
  async #send(group: Group): Promise<number | null> {
    const { checkpoint } = this.#settings;
    const [first] = group;
    const channel = this.#settings.channels[first.channel];
    const patience = isTogether(channel) ? channel.patience : this.#settings.patience;
    // Counted before sending: a reply that takes the process with it is parked in the end, too.
    const attempt = await this.#outbox.beginAttempt(group.map(({ id }) => id));
    if (attempt === null) return null;
    if (attempt > patience.maxAttempts) return await this.#park(group, `not delivered in ${patience.maxAttempts} attempts`);
    checkpoint('deliver:before-send');
    const outcome = await this.#hand(channel, group, attempt);
    checkpoint('deliver:after-send');
    switch (outcome.kind) {
      case 'delivered':
        await this.#outbox.markDelivered(group.map(({ id }) => id));
        return null;
      case 'refused':
        return await this.#park(group, outcome.reason);
      case 'failed':
        if (attempt >= patience.maxAttempts) return await this.#park(group, outcome.reason);
        await this.#outbox.noteError(
          group.map(({ id }) => id),
          outcome.reason,
        );
        return Math.round(outcome.retryAfterMs ?? pause(patience, attempt));
      default:
        return outcome satisfies never;
    }
  }

  async #hand(channel: Deliver | DeliverTogether | undefined, [first, ...others]: Group, attempt: number): Promise<Delivery> {
    if (!channel) return { kind: 'failed', reason: `the channel "${first.channel}" is not switched on` };
    try {
      const reply = outgoing(first, attempt);
      if (!isTogether(channel)) return await channel(reply);
      const replies: OutgoingReplies = [reply, ...others.map((row) => outgoing(row, attempt))];
      return await channel.together(replies);
    } catch (error) {
      return { kind: 'failed', reason: messageOf(error) };
    }
  }

  async #park(group: Group, reason: string): Promise<null> {
    const [{ conversation, channel }] = group;
    const messages = group.map(({ message }) => message);
    await this.#outbox.park(
      group.map(({ id }) => id),
      reason,
    );
    this.#log.error({ messages, conversation, channel, reason }, 'what was to be sent was parked; the rest goes on');
    try {
      await this.#settings.onParked(conversation, messages, reason);
    } catch (error) {
      this.#log.error({ messages, conversation, error: messageOf(error) }, 'that a reply was parked could not be told');
    }
    return null;
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

type Group = readonly [UndeliveredReply, ...UndeliveredReply[]];

function isTogether(channel: Deliver | DeliverTogether | undefined): channel is DeliverTogether {
  return typeof channel === 'object';
}

function outgoing({ message, conversation, channel, seq, author, text, reply }: UndeliveredReply, attempt: number): OutgoingReply {
  return { id: message, conversation, channel, seq, author, text, reply, attempt };
}

/** Exponential, with up to a quarter less, so that what failed together does not come back together. */
function pause({ retryMs, longestRetryMs }: Patience, attempt: number): number {
  return Math.round(Math.min(longestRetryMs, retryMs * 2 ** (attempt - 1)) * (1 - Math.random() / 4));
}
