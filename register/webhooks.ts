import { sql } from 'kysely';
import {
  type CaseId,
  newId,
  type PersonId,
  type Reference,
  storable,
  WEBHOOK_EVENTS,
  type WebhookEvent,
  type WebhookTask,
} from '../domain/index.ts';
import type { Database } from './database.ts';

/** Who is told of what; the secret is not shown again. */
export interface WebhookSubscription {
  readonly id: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  readonly active: boolean;
  readonly failingSince: Date | null;
  readonly offBecause: string | null;
  readonly createdAt: Date;
}

/** What was told, or is to be. */
export interface WebhookDelivery {
  readonly id: string;
  readonly event: string;
  readonly case: CaseId;
  readonly state: 'pending' | 'delivered' | 'failed';
  readonly attempts: number;
  /** What the far side answered last, or why it could not be reached. */
  readonly answer: string | null;
  readonly createdAt: Date;
  readonly dueAt: Date;
  readonly doneAt: Date | null;
}

const ANSWER_LENGTH = 600;
/** So long may a far side fail before it is not told any more. */
const PATIENCE = sql`interval '3 days'`;
const LOG = 100;

/** Webhooks out: subscriptions, and the outbox of what is to be told. Deliveries are written by a trigger on the events of cases. */
export class Webhooks {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async subscribe(it: {
    readonly url: string;
    readonly events: readonly WebhookEvent[];
    readonly secret: string;
    readonly by: PersonId;
  }): Promise<WebhookSubscription> {
    const id = newId<PersonId>();
    await this.#db.transaction().execute(async (tx) => {
      await tx
        .insertInto('webhook_subscriptions')
        .values({ id, url: it.url, events: [...it.events], secret: it.secret, created_by: it.by })
        .execute();
      await record(tx, it.by, 'webhook-subscribed', id, it.url);
    });
    const made = await this.find(id);
    if (!made) throw new Error('the subscription was not kept');
    return made;
  }

  async list(): Promise<WebhookSubscription[]> {
    return (await this.#subscriptions().orderBy('created_at').orderBy('id').execute()).map(fromRow);
  }

  async find(id: string): Promise<WebhookSubscription | null> {
    const row = await this.#subscriptions().where('id', '=', id).executeTakeFirst();
    return row ? fromRow(row) : null;
  }

  /** Ends it, with its log. @returns whether it was there */
  async remove(id: string, by: PersonId): Promise<boolean> {
    return await this.#db.transaction().execute(async (tx) => {
      const removed = await tx.deleteFrom('webhook_subscriptions').where('id', '=', id).returning('url').executeTakeFirst();
      if (removed) await record(tx, by, 'webhook-removed', id, removed.url);
      return removed !== undefined;
    });
  }

  /** Goes on with one that was switched off: what happens from now on is told. @returns whether it is there */
  async switchOn(id: string, by: PersonId): Promise<boolean> {
    return await this.#db.transaction().execute(async (tx) => {
      const on = await tx
        .updateTable('webhook_subscriptions')
        .set({ active: true, off_because: null, failing_since: null })
        .where('id', '=', id)
        .returning('url')
        .executeTakeFirst();
      if (on) await record(tx, by, 'webhook-switched-on', id, on.url);
      return on !== undefined;
    });
  }

  /** The newest deliveries of a subscription. */
  async log(subscription: string): Promise<WebhookDelivery[]> {
    return await this.#db
      .selectFrom('webhook_deliveries')
      .select([
        'id',
        'event',
        'case_id as case',
        'state',
        'attempts',
        'answer',
        'created_at as createdAt',
        'due_at as dueAt',
        'done_at as doneAt',
      ])
      .where('subscription_id', '=', subscription)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(LOG)
      .execute();
  }

  /** Sends one again, under the same id. @returns whether it is there */
  async replay(subscription: string, id: string): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('webhook_deliveries')
      .set({ state: 'pending', due_at: sql<Date>`now()`, done_at: null, created_at: sql<Date>`now()` })
      .where('subscription_id', '=', subscription)
      .where('id', '=', id)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** What is due now, the longest due first. */
  async due(limit: number): Promise<readonly { readonly id: string; readonly attempts: number; readonly due: Date }[]> {
    return await this.#db
      .selectFrom('webhook_deliveries as d')
      .innerJoin('webhook_subscriptions as s', 's.id', 'd.subscription_id')
      .select(['d.id', 'd.attempts', 'd.due_at as due'])
      .where('d.state', '=', 'pending')
      .where('s.active', '=', true)
      .where('d.due_at', '<=', sql<Date>`now()`)
      .orderBy('d.due_at')
      .limit(limit)
      .execute();
  }

  /** Counts an attempt before it is made. @returns null when none is due: told already, or switched off */
  async begin(id: string): Promise<WebhookTask | null> {
    const { rows } = await sql<{
      readonly url: string;
      readonly secret: string;
      readonly attempts: number;
      readonly event: string;
      readonly at: Date;
      readonly case: CaseId;
      readonly reference: Reference;
    }>`
      update webhook_deliveries d set attempts = d.attempts + 1 from webhook_subscriptions s, cases c
      where d.id = ${id} and d.state = 'pending' and d.due_at <= now() and s.id = d.subscription_id and s.active and c.id = d.case_id
      returning s.url, s.secret, d.attempts, d.event, d.at, d.case_id as case, c.reference`.execute(this.#db);
    const [row] = rows;
    if (!row) return null;
    const data = { id: row.case, reference: row.reference };
    const body = JSON.stringify({ type: row.event, timestamp: row.at.toISOString(), data });
    return { id, url: row.url, secret: row.secret, attempt: row.attempts, body };
  }

  async delivered(id: string, answer: string): Promise<void> {
    await sql`
      with done as (
        update webhook_deliveries set state = 'delivered', done_at = now(), answer = ${keptOf(answer)} where id = ${id} and state = 'pending'
        returning subscription_id)
      update webhook_subscriptions s set failing_since = null from done where s.id = done.subscription_id and s.failing_since is not null`.execute(
      this.#db,
    );
  }

  /** An attempt failed. What fails for days is given up, and who fails for days is switched off. @param again when it is tried again */
  async failed(id: string, answer: string, again: Date): Promise<void> {
    await this.#db.transaction().execute(async (tx) => {
      const tried = await tx
        .updateTable('webhook_deliveries')
        .set({
          answer: keptOf(answer),
          due_at: again,
          state: sql<'pending' | 'failed'>`case when created_at < now() - ${PATIENCE} then 'failed' else 'pending' end`,
          done_at: sql<Date | null>`case when created_at < now() - ${PATIENCE} then now() end`,
        })
        .where('id', '=', id)
        .where('state', '=', 'pending')
        .returning('subscription_id')
        .executeTakeFirst();
      if (!tried) return;
      const { rows } = await sql<{ readonly url: string; readonly off: boolean }>`
        update webhook_subscriptions set failing_since = coalesce(failing_since, now()),
          active = active and coalesce(failing_since, now()) >= now() - ${PATIENCE},
          off_because = case when failing_since < now() - ${PATIENCE} then coalesce(off_because, ${keptOf(answer)}) else off_because end
        where id = ${tried.subscription_id} and active returning url, not active as off`.execute(tx);
      const [row] = rows;
      if (row?.off) await record(tx, null, 'webhook-switched-off', tried.subscription_id, row.url);
    });
  }

  #subscriptions() {
    return this.#db
      .selectFrom('webhook_subscriptions')
      .select(['id', 'url', 'events', 'active', 'failing_since as failingSince', 'off_because as offBecause', 'created_at as createdAt']);
  }
}

function fromRow({ events, ...row }: Omit<WebhookSubscription, 'events'> & { readonly events: readonly string[] }): WebhookSubscription {
  return { ...row, events: WEBHOOK_EVENTS.filter((event) => events.includes(event)) };
}

function keptOf(answer: string): string {
  return storable(answer).slice(0, ANSWER_LENGTH);
}

async function record(db: Database, actor: PersonId | null, action: string, subject: string, url: string): Promise<void> {
  await db
    .insertInto('audit')
    .values({ actor_id: actor, action, subject, data: JSON.stringify({ url }) })
    .execute();
}
