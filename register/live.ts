import { randomUUID } from 'node:crypto';
import { Client, type Pool } from 'pg';
import type { CaseId, ConversationId, PersonId } from '../domain/index.ts';

/** News that screens want at once. It is no more than a nudge: who misses it sees the same by reading the register. */
export type News =
  | { readonly kind: 'said'; readonly conversation: ConversationId; readonly seq: number }
  | {
      readonly kind: 'case';
      readonly id: CaseId;
      readonly team: string /** The team it left, when it moved. */;
      readonly from: string | null;
    }
  /** A colleague has a case open, writes on it, or closed it. */
  | {
      readonly kind: 'presence';
      readonly case: CaseId;
      readonly team: string;
      readonly person: PersonId;
      readonly name: string;
      readonly doing: 'looks' | 'types' | 'left';
    }
  | { readonly kind: 'published'; readonly version: string }
  /** One was declared, changed or ended. */
  | { readonly kind: 'disruption' };

type Listener = (news: News) => void;

const CHANNEL = 'loket_news';
/** PostgreSQL's limit on a payload is 8,000 bytes. */
const MAX_PAYLOAD = 7_500;
const GATHER_MS = 15;
const RECONNECT_MS = 1_000;

/**
 * Tells every process's screens what happened. Listeners of this process hear it at once; the others by LISTEN/NOTIFY, gathered for
 * some milliseconds: a NOTIFY inside each turn's transaction would make all commits wait for each other (PostgreSQL takes one lock for all notifying commits).
 */
export class Live {
  readonly #pool: Pool;
  readonly #url: string;
  readonly #self = randomUUID();
  readonly #listeners = new Set<Listener>();
  #outgoing: News[] = [];
  #timer: NodeJS.Timeout | null = null;
  #client: Client | null = null;
  #closed = false;

  constructor(pool: Pool, url: string) {
    this.#pool = pool;
    this.#url = url;
  }

  async start(): Promise<void> {
    const client = new Client({ connectionString: this.#url, application_name: 'loket live' });
    client.on('error', () => {});
    client.on('notification', ({ payload }) => this.#hear(payload ?? ''));
    this.#client = client;
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
    } catch (error) {
      void client.end().catch(() => {});
      throw error;
    }
    // Not before: a connection that fails to come about ends too, and one failure must begin one new attempt.
    client.once('end', () => this.#reconnect());
  }

  /** @returns a function that stops the listening */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  publish(news: readonly News[]): void {
    if (news.length === 0) return;
    for (const item of news) for (const listener of this.#listeners) listener(item);
    this.#outgoing.push(...news);
    this.#timer ??= setTimeout(() => this.#send(), GATHER_MS);
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#send();
    await this.#client?.end();
  }

  #send(): void {
    this.#timer = null;
    const items = this.#outgoing.map((item) => JSON.stringify(item));
    this.#outgoing = [];
    let batch: string[] = [];
    let size = 0;
    const flush = () => {
      if (batch.length === 0) return;
      const payload = `{"from":"${this.#self}","news":[${batch.join(',')}]}`;
      this.#pool.query({ name: 'notify', text: 'select pg_notify($1, $2)', values: [CHANNEL, payload] }).catch(() => {});
      batch = [];
      size = 0;
    };
    for (const item of items) {
      const bytes = Buffer.byteLength(item) + 1;
      if (size + bytes > MAX_PAYLOAD - 100) flush();
      batch.push(item);
      size += bytes;
    }
    flush();
  }

  #hear(payload: string): void {
    const heard: { readonly from: string; readonly news: readonly News[] } = JSON.parse(payload);
    if (heard.from === this.#self) return;
    for (const item of heard.news) for (const listener of this.#listeners) listener(item);
  }

  #reconnect(): void {
    if (this.#closed) return;
    setTimeout(() => {
      if (!this.#closed) this.start().catch(() => this.#reconnect());
    }, RECONNECT_MS).unref();
  }
}
