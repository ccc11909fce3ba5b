import { sql } from 'kysely';
import type { CaseId, ConversationId, MessageId, OutboxEntry, UndeliveredReply } from '../domain/index.ts';
import type { Database } from './database.ts';

/** What was given up, with the reason: shown with a retry button. */
export interface ParkedEntry {
  readonly id: number;
  readonly kind: OutboxEntry['kind'];
  readonly conversation: ConversationId | null;
  readonly case: CaseId | null;
  readonly message: MessageId | null;
  readonly attempts: number;
  readonly error: string;
  readonly parkedAt: Date;
}

/** A case that waits for people. */
export interface QueuedCase {
  readonly case: CaseId;
  readonly team: string;
  readonly round: number;
  readonly due: Date;
}

/** What is longer than this in an error says nothing more. */
const ERROR_LENGTH = 2000;

/**
 * The outbox: what was committed and has yet to be said to the queues and channels. A projected ticket or timer has its
 * truth in `cases` and `timers`, so its row goes; a reply's row stays as the record of how it was sent.
 */
export class Outbox {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Entries that nobody projected for so long that a crash must have come between, oldest first. */
  async pending(olderThanMs: number, limit: number): Promise<OutboxEntry[]> {
    const { rows } = await sql<OutboxEntry>`
      select id, kind, conversation_id as conversation, case_id as case, message_id as message, data from outbox
      where status = 'pending' and created_at <= now() - ${olderThanMs} * interval '1 millisecond' order by id limit ${limit}`.execute(
      this.#db,
    );
    return rows;
  }

  /** The queues have them. */
  async markProjected(ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return;
    await sql`
      with gone as (delete from outbox where id = any(${ids}::bigint[]) and kind in ('ticket', 'timer', 'handler') and status = 'pending')
      update outbox set status = 'projected' where id = any(${ids}::bigint[]) and kind = 'reply' and status = 'pending'`.execute(this.#db);
  }

  /** What the channel of a conversation still has to send, in the order in which it was said. */
  async undelivered(conversation: ConversationId, limit: number): Promise<UndeliveredReply[]> {
    const { rows } = await sql<UndeliveredReply>`
      select o.id, o.message_id as message, o.conversation_id as conversation, c.channel, m.seq, m.author_id as author, m.text, m.reply, o.attempts
      from outbox o join messages m on m.id = o.message_id join conversations c on c.id = o.conversation_id
      where o.conversation_id = ${conversation} and o.kind = 'reply' and o.status in ('pending', 'projected') order by o.id limit ${limit}`.execute(
      this.#db,
    );
    return rows;
  }

  /** Conversations in which something waits for its channel, after one of them. */
  async undeliveredConversations(olderThanMs: number, after: ConversationId | null, limit: number): Promise<ConversationId[]> {
    const { rows } = await sql<{ id: ConversationId }>`
      select distinct conversation_id as id from outbox
      where kind = 'reply' and status in ('pending', 'projected') and created_at <= now() - ${olderThanMs} * interval '1 millisecond'
        and (${after}::uuid is null or conversation_id > ${after}::uuid)
      order by conversation_id limit ${limit}`.execute(this.#db);
    return rows.map((row) => row.id);
  }

  /**
   * Written before sending, so that after a crash it is known that they may have gone out already. Replies that go out as one are counted as one.
   * @returns how many attempts there are now, or null when one of them needs no sending any more; then none was counted
   */
  async beginAttempt(ids: readonly number[]): Promise<number | null> {
    const { rows } = await sql<{ attempts: number }>`
      with waiting as (select id from outbox where id = any(${ids}::bigint[]) and status in ('pending', 'projected') for update)
      update outbox o set attempts = attempts + 1 from waiting w where o.id = w.id and (select count(*) from waiting) = ${ids.length}
      returning o.attempts`.execute(this.#db);
    return rows.reduce<number | null>((most, { attempts }) => Math.max(most ?? 0, attempts), null);
  }

  async noteError(ids: readonly number[], error: string): Promise<void> {
    await sql`
      update outbox set error = ${error.slice(0, ERROR_LENGTH)} where id = any(${ids}::bigint[]) and status in ('pending', 'projected')`.execute(
      this.#db,
    );
  }

  async markDelivered(ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return;
    await sql`
      update outbox set status = 'delivered', done_at = now(), error = null
      where id = any(${ids}::bigint[]) and kind = 'reply' and status in ('pending', 'projected')`.execute(this.#db);
  }

  /** By message. The way over `messages` finds the rows by the index on the conversation; the outbox has none on the message. */
  async markMessagesDelivered(messages: readonly MessageId[]): Promise<void> {
    if (messages.length === 0) return;
    await sql`
      update outbox o set status = 'delivered', done_at = now(), error = null from messages m
      where m.id = any(${messages}::uuid[]) and o.conversation_id = m.conversation_id and o.message_id = m.id
        and o.kind = 'reply' and o.status in ('pending', 'projected')`.execute(this.#db);
  }

  /** Gives entries up, visibly. */
  async park(ids: readonly number[], error: string): Promise<void> {
    if (ids.length === 0) return;
    await sql`
      update outbox set status = 'parked', done_at = now(), error = ${error.slice(0, ERROR_LENGTH)}
      where id = any(${ids}::bigint[]) and status in ('pending', 'projected')`.execute(this.#db);
  }

  /** What was delivered came back: it is shown among what was given up. @returns whether it had been delivered */
  async returned(message: MessageId, error: string): Promise<boolean> {
    const { numAffectedRows } = await sql`
      update outbox o set status = 'parked', done_at = now(), error = ${error.slice(0, ERROR_LENGTH)} from messages m
      where m.id = ${message} and o.conversation_id = m.conversation_id and o.message_id = m.id and o.kind = 'reply' and o.status = 'delivered'`.execute(
      this.#db,
    );
    return (numAffectedRows ?? 0n) > 0n;
  }

  /** What was given up, latest first. */
  async parked(limit: number, before: number | null = null): Promise<ParkedEntry[]> {
    const { rows } = await sql<ParkedEntry>`
      select id, kind, conversation_id as conversation, case_id as case, message_id as message, attempts, coalesce(error, '') as error, done_at as "parkedAt"
      from outbox where status = 'parked' and (${before}::bigint is null or id < ${before}::bigint) order by id desc limit ${limit}`.execute(
      this.#db,
    );
    return rows;
  }

  /** Parked entries begin anew; the sweep takes them up. @returns how many */
  async retryParked(ids: readonly number[]): Promise<number> {
    if (ids.length === 0) return 0;
    const { numAffectedRows } = await sql`
      update outbox set status = 'pending', attempts = 0, error = null, done_at = null
      where id = any(${ids}::bigint[]) and status = 'parked'`.execute(this.#db);
    return Number(numAffectedRows ?? 0);
  }

  /** Cases that wait for people, by id, of all teams or of some; a page at a time. */
  async queuedCases(after: CaseId | null, limit: number, teams: readonly string[] | null = null): Promise<QueuedCase[]> {
    const { rows } = await sql<QueuedCase>`
      select id as case, team, round, case when urgent then to_timestamp(0) else due end as due from cases
      where state = 'queued' and (${after}::uuid is null or id > ${after}::uuid) and (${teams}::text[] is null or team = any(${teams}::text[]))
      order by id limit ${limit}`.execute(this.#db);
    return rows;
  }

  /** How many cases wait per team; teams where none waits are left out. */
  async queuedCounts(): Promise<ReadonlyMap<string, number>> {
    const { rows } = await sql<{ team: string; count: number }>`
      select team, count(*) as count from cases where state = 'queued' group by team`.execute(this.#db);
    return new Map(rows.map(({ team, count }) => [team, Number(count)]));
  }
}
