import { sql } from 'kysely';
import type { Case, Channel, ConversationId, MessageId, Reference, Reply } from '../domain/index.ts';
import { caseFromRow, firstName } from './case-row.ts';
import type { Database } from './database.ts';

/** What one of the channel's own messages shows of what was said. */
export interface Delivered {
  readonly message: MessageId;
  readonly seq: number;
  readonly externalId: string;
  readonly text: string;
  readonly reply: Reply | null;
  /** A worker's first name, for what a worker wrote. */
  readonly by: string | null;
  readonly answered: string | null;
  /** What its message shows now, in short; null when that is not known. */
  readonly shown: string | null;
}

/** A case as a channel shows it now. */
export interface ShownCase {
  readonly case: Case;
  /** First name of who works on it. */
  readonly worker: string | null;
}

/** Which of the channel's own messages carries which of ours, for channels whose messages can be changed afterwards. */
export class Deliveries {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Written once the channel has it. Of the same message only the first counts. */
  async record(it: {
    readonly message: MessageId;
    readonly conversation: ConversationId;
    readonly externalId: string;
    readonly shown: string | null;
  }): Promise<void> {
    await this.#db
      .insertInto('deliveries')
      .values({
        message_id: it.message,
        conversation_id: it.conversation,
        external_id: it.externalId,
        shown: it.shown,
        answered: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  /** The channel has taken messages on as one of its own: what carries them, and the line of the send log, in one trip. */
  async sent(it: {
    readonly messages: readonly [MessageId, ...MessageId[]];
    readonly conversation: ConversationId;
    readonly channel: Channel;
    readonly externalId: string;
    readonly shown: string;
    readonly recipient: string;
    readonly attempt: number;
  }): Promise<void> {
    await sql`
      with logged as (
        insert into sends (channel, message_id, recipient, attempt, outcome)
        values (${it.channel}, ${it.messages[0]}, ${it.recipient}, ${it.attempt}, 'sent'))
      insert into deliveries (message_id, conversation_id, external_id, shown)
      select m, ${it.conversation}, ${it.externalId}, ${it.shown} from unnest(${[...it.messages]}::uuid[]) m
      on conflict do nothing`.execute(this.#db);
  }

  /** Whether the channel has this message already. */
  async has(message: MessageId): Promise<boolean> {
    const row = await this.#db.selectFrom('deliveries').select('message_id').where('message_id', '=', message).executeTakeFirst();
    return row !== undefined;
  }

  /** What was pressed to answer a question. */
  async answered(conversation: ConversationId, question: string, label: string): Promise<void> {
    await sql`
      update deliveries d set answered = ${label.slice(0, 200)} from messages m
      where d.conversation_id = ${conversation} and d.answered is null and m.id = d.message_id and m.reply #>> '{ask,id}' = ${question}`.execute(
      this.#db,
    );
  }

  /** The latest of a conversation that show a question or a case, oldest first. */
  async cards(conversation: ConversationId, limit: number): Promise<Delivered[]> {
    const { rows } = await sql<Delivered>`
      select d.message_id as message, m.seq, d.external_id as "externalId", m.text, m.reply, d.answered, d.shown, p.name as by
      from deliveries d join messages m on m.id = d.message_id left join people p on p.id = m.author_id
      where d.conversation_id = ${conversation} and d.external_id in (
        select e.external_id from deliveries e join messages n on n.id = e.message_id
        where e.conversation_id = ${conversation} and (n.reply -> 'ask' is not null or n.reply -> 'card' is not null)
        group by e.external_id order by max(e.at) desc limit ${limit})
      order by m.seq`.execute(this.#db);
    return rows.map((row) => ({ ...row, by: row.by === null ? null : firstName(row.by) }));
  }

  /**
   * Claims the showing of something else in one of the channel's messages, before it is sent: of several that see the same need, one does it.
   * @returns whether it is not what is shown already
   */
  async show(conversation: ConversationId, externalId: string, shown: string): Promise<boolean> {
    const rows = await this.#db
      .updateTable('deliveries')
      .set({ shown })
      .where('conversation_id', '=', conversation)
      .where('external_id', '=', externalId)
      .where(sql<boolean>`shown is distinct from ${shown}`)
      .returning('message_id')
      .execute();
    return rows.length > 0;
  }

  /** What is shown there is not known any more: it is sent anew at the next look. */
  async forget(conversation: ConversationId, externalId: string): Promise<void> {
    await this.#db
      .updateTable('deliveries')
      .set({ shown: null })
      .where('conversation_id', '=', conversation)
      .where('external_id', '=', externalId)
      .execute();
  }

  /** The cases of these references that were begun in a conversation, as they are now. */
  async cases(conversation: ConversationId, references: readonly Reference[]): Promise<ShownCase[]> {
    if (references.length === 0) return [];
    const rows = await this.#db
      .selectFrom('cases as c')
      .leftJoin('people as w', 'w.id', 'c.worker_id')
      .selectAll('c')
      .select('w.name as worker_name')
      .where('c.reference', 'in', [...references])
      .where((eb) =>
        eb.or([
          eb('c.conversation_id', '=', conversation),
          eb('c.person_id', '=', eb.selectFrom('conversations').select('person_id').where('id', '=', conversation)),
        ]),
      )
      .execute();
    return rows.map((row) => ({ case: caseFromRow(row), worker: row.worker_name === null ? null : firstName(row.worker_name) }));
  }
}
