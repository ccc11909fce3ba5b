import { type RawBuilder, sql } from 'kysely';
import { type Channel, type ConversationId, type IntakeId, storable } from '../domain/index.ts';
import type { Database } from './database.ts';
import { mayRead } from './may-read.ts';
import type { IntakeStatus, LedgerChannel } from './schema.ts';
import type { Colleague } from './sign-in.ts';

/** A line of the intake ledger. */
export interface LedgerEntry {
  readonly id: IntakeId;
  /** A channel, or `handler` for the way back of one. */
  readonly channel: LedgerChannel;
  readonly receivedAt: Date;
  readonly status: IntakeStatus;
  readonly reason: string | null;
  /** Null for what belongs to a restricted case that is not the viewer's to read. */
  readonly text: string | null;
  /** Its source (a raw mail) is kept. */
  readonly hasSource: boolean;
}

const SHOWN_TEXT = 500;
const KEPT_REFUSED_TEXT = 16_000;

/** The intake ledger: what became of every message that ever arrived. It outlives cases and conversations. */
export class Ledger {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Records a message that was not taken in, with the reason. The same one again is one line. */
  async refuse(it: {
    readonly id: IntakeId;
    readonly channel: LedgerChannel;
    readonly source: string;
    readonly externalId: string;
    readonly conversation: ConversationId | null;
    readonly text: string;
    readonly reason: string;
  }): Promise<void> {
    const text = keptOf(it.text);
    await this.#db
      .insertInto('intake')
      .values({
        id: it.id,
        channel: it.channel,
        source: it.source,
        external_id: it.externalId,
        conversation_id: it.conversation,
        seq: null,
        payload: JSON.stringify({ text, answer: null }),
        status: 'refused',
        reason: it.reason,
        done_at: new Date(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  /** Records a message that could not be read, with the reason and where its source is kept. The same one again is one line. */
  async setAside(it: {
    readonly id: IntakeId;
    readonly channel: Channel;
    readonly source: string;
    readonly externalId: string;
    readonly text: string;
    readonly reason: string;
    readonly raw: string | null;
  }): Promise<void> {
    await this.#db
      .insertInto('intake')
      .values({
        id: it.id,
        channel: it.channel,
        source: it.source,
        external_id: it.externalId,
        conversation_id: null,
        seq: null,
        payload: JSON.stringify({ text: keptOf(it.text), answer: null }),
        status: 'parked',
        reason: it.reason,
        raw: it.raw,
        done_at: new Date(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  /** Where the source of a message is kept, null when there is none that the viewer may read. */
  async rawOf(id: IntakeId, viewer: Colleague): Promise<string | null> {
    const row = await this.#db.selectFrom('intake').select('raw').where('id', '=', id).where(isOpenTo(viewer)).executeTakeFirst();
    return row?.raw ?? null;
  }

  /** What was set aside before it belonged to anything: by what channel and where it came, and where its source is kept. */
  async setAsideOf(
    id: IntakeId,
  ): Promise<{ readonly channel: LedgerChannel; readonly source: string; readonly raw: string; readonly receivedAt: Date } | null> {
    const row = await this.#db
      .selectFrom('intake')
      .select(['channel', 'source', 'raw', 'received_at as receivedAt'])
      .where('id', '=', id)
      .where('status', '=', 'parked')
      .where('conversation_id', 'is', null)
      .executeTakeFirst();
    return row?.raw ? { ...row, raw: row.raw } : null;
  }

  async failed(id: IntakeId, reason: string): Promise<void> {
    await this.#db
      .updateTable('intake')
      .set((eb) => ({ attempts: eb('attempts', '+', 1), reason }))
      .where('id', '=', id)
      .where('status', '=', 'pending')
      .execute();
  }

  async park(id: IntakeId, reason: string): Promise<void> {
    await this.#db
      .updateTable('intake')
      .set({ status: 'parked', reason, done_at: new Date() })
      .where('id', '=', id)
      .where('status', '=', 'pending')
      .execute();
  }

  /** Takes a parked message in again, as the newest of its conversation. @returns its conversation, null when it cannot be */
  async replay(id: IntakeId): Promise<ConversationId | null> {
    return this.#db.transaction().execute(async (tx) => {
      const row = await tx
        .selectFrom('intake')
        .select('conversation_id')
        .where('id', '=', id)
        .where('status', '=', 'parked')
        .forUpdate()
        .executeTakeFirst();
      if (!row?.conversation_id) return null;
      const place = await tx
        .updateTable('conversations')
        .set((eb) => ({ intake_seq: eb('intake_seq', '+', 1) }))
        .where('id', '=', row.conversation_id)
        .returning('intake_seq')
        .executeTakeFirst();
      if (!place) return null;
      await tx
        .updateTable('intake')
        .set({ status: 'pending', reason: null, attempts: 0, done_at: null, seq: place.intake_seq })
        .where('id', '=', id)
        .execute();
      return row.conversation_id;
    });
  }

  /** Conversations with messages that have waited longer than this. */
  async leftovers(olderThanMs: number): Promise<ConversationId[]> {
    const rows = await this.#db
      .selectFrom('intake')
      .select('conversation_id')
      .distinct()
      .where('status', '=', 'pending')
      .where('conversation_id', 'is not', null)
      .where('received_at', '<=', sql<Date>`now() - make_interval(secs => ${olderThanMs / 1000})`)
      .limit(1000)
      .execute();
    return rows.flatMap((row) => row.conversation_id ?? []);
  }

  /** The newest first: ids are made in the order of arrival. */
  async list(status: IntakeStatus, viewer: Colleague, limit = 100): Promise<LedgerEntry[]> {
    const rows = await this.#db
      .selectFrom('intake')
      .select([
        'id',
        'channel',
        'received_at',
        'status',
        'reason',
        sql<boolean>`raw is not null and ${isOpenTo(viewer)}`.as('hasSource'),
        sql<string | null>`case when ${isOpenTo(viewer)} then left(coalesce(payload ->> 'text', ''), ${SHOWN_TEXT}) end`.as('text'),
      ])
      .where('status', '=', status)
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      id: row.id,
      channel: row.channel,
      receivedAt: row.received_at,
      status: row.status,
      reason: row.reason,
      text: row.text,
      hasSource: row.hasSource,
    }));
  }
}

/** Of what was not taken in the beginning is kept, as far as it can be stored. */
export function keptOf(text: string): string {
  return storable(text.slice(0, KEPT_REFUSED_TEXT));
}

/** Whether what was said in a message's conversation is somebody's to read: nothing of it belongs to a restricted case that is not. */
function isOpenTo(viewer: Colleague): RawBuilder<boolean> {
  return sql<boolean>`not exists (
    select from cases c where c.conversation_id = intake.conversation_id and c.restricted and not ${mayRead(viewer)})`;
}
