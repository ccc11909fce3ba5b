import {
  type BackendClasses,
  type BackendFactory,
  Job as BullJob,
  createPostgresBackend,
  createRedisBackend,
  type IQueueBackend,
  type JobsOptions,
  type Processor,
  withBackend,
} from 'bullmq';
import { Redis } from 'ioredis';
import { messageOf, QueueUnavailable, reporter, within } from './errors.ts';
import type { BackendOptions, Log } from './types.ts';

/** Ids and moments only: a queue holds no text and no person. */
export type JobData = Readonly<Record<string, string | number>>;

/** The connection is the backend's own affair; BullMQ's classes are given none. */
type NoConnection = Record<never, never>;
type Classes = BackendClasses<IQueueBackend, NoConnection>;

function openQueue({ Queue }: Classes, name: string, prefix: string) {
  return new Queue<JobData, void, string>(name, {
    connection: {},
    prefix,
    // Nobody reads the events; a few are kept to look at when something is odd.
    streams: { events: { maxLen: 100 } },
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
  });
}

function openTaker({ Worker }: Classes, name: string, prefix: string, lock: LockPace) {
  return new Worker<JobData, void, string>(name, null, { connection: {}, prefix, autorun: false, ...stalling(lock) });
}

function openWorker({ Worker }: Classes, name: string, prefix: string, lock: LockPace, concurrency: number, work: Work) {
  return new Worker<JobData, void, string>(name, work, {
    connection: {},
    prefix,
    concurrency,
    autorun: false,
    runRetryDelay: RETRY_MS,
    ...stalling({ lockMs: lock.lockMs / RENEWED, stalledMs: lock.stalledMs / RENEWED }),
  });
}

export type JobQueue = ReturnType<typeof openQueue>;
export type JobTaker = ReturnType<typeof openTaker>;
export type JobWorker = ReturnType<typeof openWorker>;
type Work = Processor<JobData, void, string>;
export type Job = Parameters<Work>[0];

interface NewJob {
  readonly name: string;
  readonly data: JobData;
  readonly opts: JobsOptions & { readonly jobId: string };
}

interface LockPace {
  readonly lockMs: number;
  readonly stalledMs: number;
}

/** After how long a worker that lost its server tries again. */
const RETRY_MS = 2000;

/** A worker renews its locks while it lives, so they are shorter: what a crash left is taken up sooner. */
const RENEWED = 3;

/** A job comes back as often as its taker dies: it is never given up for that. */
function stalling({ lockMs, stalledMs }: LockPace) {
  return { lockDuration: lockMs, stalledInterval: stalledMs, maxStalledCount: 1_000_000 };
}

/** Redis or PostgreSQL, as the rest of this room sees them. */
export interface Backend {
  /** Resolves when it can be used, rejects with QueueUnavailable when that takes too long. */
  ready(patienceMs: number): Promise<void>;
  /** @throws QueueUnavailable at once when it is known to be away */
  check(): void;
  queue(name: string): JobQueue;
  /** Adds jobs in the cheapest way; those that are there already are ignored. */
  add(queue: JobQueue, jobs: readonly NewJob[]): Promise<void>;
  /** For taking jobs by hand. */
  taker(name: string): JobTaker;
  /** Completes a job that was taken and takes the next under the same token, in one step; null when there is none. */
  exchange(taker: JobTaker, job: Job, token: string): Promise<Job | null>;
  /** Not running yet. */
  worker(name: string, concurrency: number, work: Work): JobWorker;
  /** After everything that it made was closed. */
  close(): Promise<void>;
}

/**
 * Queues and takers of all teams share the connections of one `root`; only a worker that waits for jobs needs its own.
 * A backend per queue, as BullMQ makes it by default, would be two connections and more for each team.
 */
export function openBackend(options: BackendOptions, lock: LockPace, log: Log): Backend {
  return options.kind === 'redis' ? openRedis(options, lock, log) : openPostgres(options, lock, log);
}

/** Longest pause between two attempts to reach Redis. */
const RECONNECT_MS = 2000;

function openRedis({ url, prefix = 'loket' }: Extract<BackendOptions, { kind: 'redis' }>, lock: LockPace, log: Log): Backend {
  let closed = false;
  // Also of connections that BullMQ makes and does not let go of while their server is away.
  const retryStrategy = (times: number): number | null => (closed ? null : Math.min(times * 100, RECONNECT_MS));
  // While Redis is away commands fail at once rather than gather: the outbox remembers them, and nobody waits.
  const client = new Redis(url, { retryStrategy, enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 5000 });
  const noticed = notice(log, 'Redis');
  client.on('error', noticed.failed);
  client.on('ready', noticed.well);
  // Without its look at the version, because a connection that breaks during that look would leave the root unusable for good.
  const root = createRedisBackend('root', { connection: client, skipVersionCheck: true, ...stalling(lock) });
  root.on('error', noticed.failed);
  const shared = withBackend<IQueueBackend, NoConnection>((name) => root.forQueue(name, prefix));
  const own = withBackend<IQueueBackend, NoConnection>((name, options, extra) =>
    createRedisBackend(name, { ...options, connection: { url, retryStrategy, maxRetriesPerRequest: null } }, extra),
  );
  return {
    ready: (patienceMs) => within(patienceMs, root.waitUntilReady()),
    check: () => {
      if (client.status !== 'ready') throw new QueueUnavailable('Redis cannot be reached');
    },
    queue: (name) => openQueue(shared, name, prefix),
    add: (queue, jobs) => addJobs(queue, jobs, 1),
    taker: (name) => openTaker(shared, name, prefix, lock),
    exchange,
    worker: (name, concurrency, work) => openWorker(own, name, prefix, lock, concurrency, work),
    close: async () => {
      closed = true;
      root.removeAllListeners('error').on('error', () => {});
      if (client.status === 'ready') await client.quit().catch(() => client.disconnect());
      else client.disconnect();
    },
  };
}

/**
 * Measured: one job costs the server 0.5 ms. A bulk makes temporary tables, of which every other connection hears: some 3 ms before its first job,
 * and 0.3 ms for each.
 */
const BULK_PAYS_FROM = 16;

/** Connections of the root; and of each worker, which has one more that waits for notifications. */
const ROOT_CONNECTIONS = 4;
const WORKER_CONNECTIONS = 2;

function openPostgres({ url, schema }: Extract<BackendOptions, { kind: 'postgres' }>, lock: LockPace, log: Log): Backend {
  const { connectionString, options } = apart(url);
  const connection = (max: number, migrate: boolean) => ({
    connectionString,
    // A projection of the register: what a crash takes of its last moments is put right from there, so nobody waits for the disk.
    options: [options, '-c synchronous_commit=off'].filter(Boolean).join(' '),
    schema,
    max,
    migrate,
    connectionTimeoutMillis: 2000,
    application_name: 'loket-queue',
  });
  const root = createPostgresBackend('root', { connection: connection(ROOT_CONNECTIONS, true), ...stalling(lock) });
  root.on('error', reporter(log, 'a connection of the queues to PostgreSQL broke; it is made anew'));
  const shared = withBackend<IQueueBackend, NoConnection>((name) => root.forQueue(name));
  const factory: BackendFactory<IQueueBackend, NoConnection> = (name, options, extra) =>
    createPostgresBackend(name, { ...options, connection: connection(WORKER_CONNECTIONS, false) }, extra);
  const own = withBackend(factory);
  return {
    // The first migration of the queue's schema takes a while; nobody waits for an answer yet.
    ready: () => root.waitUntilReady(),
    check: () => {},
    queue: (name) => openQueue(shared, name, 'loket'),
    add: (queue, jobs) => addJobs(queue, jobs, BULK_PAYS_FROM),
    taker: (name) => openTaker(shared, name, 'loket', lock),
    exchange,
    worker: (name, concurrency, work) => openWorker(own, name, 'loket', lock, concurrency, work),
    close: () => root.close(),
  };
}

async function exchange(taker: JobTaker, job: Job, token: string): Promise<Job | null> {
  const next: unknown = await job.moveToCompleted(undefined, token, true);
  if (!Array.isArray(next)) return null;
  const [data, id] = next;
  return data && typeof id === 'string' ? BullJob.fromJSON<JobData, void, string>(taker, data, id) : null;
}

/** `options` in the address (a role to work as) would replace those by which BullMQ names its schema; given apart, it adds to them. */
function apart(url: string): { readonly connectionString: string; readonly options: string | null } {
  const address = new URL(url);
  const options = address.searchParams.get('options');
  address.searchParams.delete('options');
  return { connectionString: address.href, options };
}

async function addJobs(queue: JobQueue, jobs: readonly NewJob[], bulkFrom: number): Promise<void> {
  if (jobs.length === 0) return;
  if (jobs.length >= bulkFrom) await queue.addBulk([...jobs]);
  // One after the other: of equals, the first added is the first taken.
  else for (const { name, data, opts } of jobs) await queue.add(name, data, opts);
}

/** Says once that something is away, and once that it is back. */
function notice(log: Log, what: string): { readonly failed: (error: unknown) => void; readonly well: () => void } {
  let away = false;
  return {
    failed: (error) => {
      if (!away) log.warn({ error: messageOf(error) }, `${what} of the queues is away; what is to be queued stays in the outbox`);
      away = true;
    },
    well: () => {
      if (away) log.info({}, `${what} of the queues is back`);
      away = false;
    },
  };
}
