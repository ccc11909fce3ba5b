/** A small desk for the tests of this room: a register of its own, filled by real commits, and queues on either backend. */
import { randomInt, randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, inject, vi } from 'vitest';
import type { OutboxEntry } from '../../domain/index.ts';
import {
  applyEvent,
  type Case,
  type CaseEventName,
  type CaseId,
  type Channel,
  type Checkpoint,
  type ConversationId,
  type Effect,
  type MessageId,
  newId,
  newReference,
  type PersonId,
} from '../../domain/index.ts';
import { openRegister, type Register } from '../../register/index.ts';
import { createDatabase, type TestDatabase } from '../../test/setup/database.ts';
import { openBackend } from '../backend.ts';
import { openQueues, type Queues } from '../index.ts';
import type { BackendOptions, QueueOptions } from '../types.ts';

export type BackendKind = BackendOptions['kind'];

/** Calls the suite once per backend; on Redis only where there is one. */
export function onBothBackends(suite: (desk: Desk) => void): void {
  describe('on PostgreSQL', () => suite(new Desk('postgres')));
  describe.skipIf(inject('redisUrl') === null)('on Redis', () => suite(new Desk('redis')));
}

export interface Said {
  readonly ids: readonly MessageId[];
  readonly entries: readonly OutboxEntry[];
}

export class Desk {
  readonly kind: BackendKind;
  /** Checkpoints passed by this desk's queues, in order. */
  readonly passed: Checkpoint[] = [];
  /** What the queues logged as a warning or an error. */
  readonly complaints: string[] = [];
  readonly #opened: Queues[] = [];
  #made: TestDatabase | null = null;
  #register: Register | null = null;
  #pool: pg.Pool | null = null;
  /** New for each test, so that nothing of the one before is seen. */
  #prefix = '';

  constructor(kind: BackendKind) {
    this.kind = kind;
    beforeAll(async () => {
      this.#made = await createDatabase();
      this.#register = await openRegister(this.#made, { connections: 4 });
      this.#pool = new pg.Pool({ connectionString: this.#made.ownerUrl, max: 2 });
      // A connection that is still closing when its database is dropped.
      this.#pool.on('error', () => {});
    });
    afterEach(async () => {
      await Promise.all(this.#opened.splice(0).map((queues) => queues.close()));
      await this.#clear();
    });
    afterAll(async () => {
      await Promise.all([this.#register?.close(), this.#pool?.end()]);
      await this.#made?.drop();
    });
  }

  get register(): Register {
    if (!this.#register) throw new Error('the desk is opened before the tests');
    return this.#register;
  }

  get ownerUrl(): string {
    return this.#made?.ownerUrl ?? '';
  }

  /** Looks into the database as its owner. */
  async look<Row extends object>(sql: string): Promise<Row[]> {
    return (await this.#pool?.query<Row>(sql))?.rows ?? [];
  }

  /** Without jobs of its own unless told: a test says itself what happens. */
  async open(options: Partial<QueueOptions> = {}): Promise<Queues> {
    const complain = (data: object, message: string): void => {
      this.complaints.push(`${message} ${JSON.stringify(data)}`);
    };
    const queues = await openQueues({
      backend: this.backend(),
      register: this.register,
      deliver: {},
      onTimer: async () => {},
      checkpoint: (checkpoint) => this.passed.push(checkpoint),
      log: { info: () => {}, warn: complain, error: complain },
      jobs: false,
      ...options,
      pace: { sweepMs: 1e6, leaseMs: 1e6, retryMs: 5, stalledMs: 60, ...options.pace },
    });
    this.#opened.push(queues);
    return queues;
  }

  backend(): BackendOptions {
    if (this.kind === 'postgres') return { kind: 'postgres', url: this.#made?.applicationUrl ?? '', schema: 'queue' };
    this.#prefix ||= `test-${randomUUID()}`;
    return { kind: 'redis', url: inject('redisUrl') ?? '', prefix: this.#prefix };
  }

  /** Everything the queues held is gone, as by FLUSHALL. */
  async wipeQueues(): Promise<void> {
    if (this.kind === 'postgres') {
      await this.look('delete from queue.job');
      return;
    }
    const redis = new Redis(inject('redisUrl') ?? '');
    const keys = await redis.keys(`${this.#prefix}:*`);
    if (keys.length > 0) await redis.del(...keys);
    await redis.quit();
  }

  /** Has a job that waits for its moment taken now, as a clock that runs ahead would. */
  async promote(name: string): Promise<void> {
    const backend = openBackend(this.backend(), { lockMs: 1000, stalledMs: 1000 }, { info() {}, warn() {}, error() {} });
    await backend.ready(10_000);
    const queue = backend.queue(name);
    for (const job of await queue.getDelayed()) await job.promote();
    await queue.close();
    await backend.close();
  }

  async conversation(channel: Channel = 'email'): Promise<ConversationId> {
    const id = newId<ConversationId>();
    const state = { language: 'nl', open: [], lastProduct: null } as const;
    await this.register.conversations.create({ id, channel, person: null, secret: null, state });
    return id;
  }

  /** A case that is queued, with the outbox entries of its commit. */
  async queued(team: string, due: Date, conversation?: ConversationId): Promise<{ case: Case; entries: readonly OutboxEntry[] }> {
    const opened = aCase(team, due, conversation ?? (await this.conversation()));
    const now = new Date();
    const before: Effect = { kind: 'case', case: opened, event: { name: 'opened', actor: { kind: 'requester' }, at: now, data: {} } };
    const event = { name: 'queued', actor: { kind: 'desk' }, at: now, data: {} } as const;
    const after = applyEvent(opened, event);
    return { case: after, entries: await this.commit(opened.conversation, [before, { kind: 'case', case: after, event }]) };
  }

  async happen(before: Case, name: CaseEventName): Promise<{ case: Case; entries: readonly OutboxEntry[] }> {
    const event = { name, actor: { kind: 'desk' }, at: new Date(), data: {} } as const;
    const after = applyEvent(before, event);
    return { case: after, entries: await this.commit(before.conversation, [{ kind: 'case', case: after, event }]) };
  }

  async say(conversation: ConversationId, ...texts: readonly string[]): Promise<Said> {
    const ids = texts.map(() => newId<MessageId>());
    const effects = texts.map(
      (text, i): Effect => ({ kind: 'say', message: { id: ids[i] ?? newId(), author: null, reply: { text }, cases: [] } }),
    );
    return { ids, entries: await this.commit(conversation, effects) };
  }

  async setTimer(it: Case, due: Date): Promise<readonly OutboxEntry[]> {
    return await this.commit(it.conversation, [{ kind: 'timer', case: it.id, timer: 'close-when-silent', due }]);
  }

  async timerDone(it: Case): Promise<void> {
    await this.commit(it.conversation, [{ kind: 'timer-done', case: it.id, timer: 'close-when-silent' }]);
  }

  async commit(conversation: ConversationId, effects: readonly Effect[]): Promise<readonly OutboxEntry[]> {
    const { turns } = this.register;
    const view = await turns.next(conversation);
    if (!view) throw new Error('no such conversation');
    const committed = await turns.commit({ conversation, version: view.conversation.version, at: new Date(), incoming: null, effects });
    if (committed.kind !== 'committed') throw new Error(committed.kind);
    return committed.outbox;
  }

  /** The outbox as it stands, oldest first. */
  async outbox(): Promise<{ kind: string; status: string; attempts: number; error: string | null }[]> {
    return await this.look('select kind, status, attempts, error from outbox order by id');
  }

  async #clear(): Promise<void> {
    this.#prefix = '';
    this.passed.length = 0;
    this.complaints.length = 0;
    await this.look(
      `delete from outbox; delete from timers; delete from notices; delete from leases; update cases set state = 'closed' where state = 'queued'`,
    );
    if (this.kind === 'postgres') await this.look('delete from queue.job');
  }
}

function aCase(team: string, due: Date, conversation: ConversationId): Case {
  return {
    id: newId<CaseId>(),
    reference: newReference(randomInt),
    conversation,
    person: null as PersonId | null,
    channel: 'email',
    language: 'nl',
    product: null,
    kind: 'fault',
    team,
    state: 'open',
    round: 0,
    events: 1,
    title: 'De lift staat stil',
    text: 'De lift staat stil',
    values: {},
    why: { rule: 'desk', confidence: 1, runnersUp: [], words: [], catalogue: 'test', model: 'test' },
    restricted: false,
    urgent: false,
    priority: 'normal',
    expectedBy: null,
    disruption: null,
    part: null,
    divided: false,
    approval: null,
    handler: null,
    worker: null,
    openedAt: new Date(),
    respondBy: due,
    completeBy: due,
    readyAt: null,
    closedAt: null,
  };
}

/** Waits for something to become true, however slow the machine is. */
export async function eventually<Value>(check: () => Value | Promise<Value>): Promise<Value> {
  return await vi.waitFor(check, { timeout: 20_000, interval: 20 });
}

/** The same thing with some of its methods done otherwise. */
export function changed<It extends object>(it: It, changes: Partial<It>): It {
  return new Proxy(it, {
    get(target, key) {
      const value: unknown = Reflect.get(key in changes ? changes : target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

const MINUTE = 60_000;

/** A moment some minutes from now. */
export function inMinutes(minutes: number): Date {
  return new Date(Date.now() + minutes * MINUTE);
}
