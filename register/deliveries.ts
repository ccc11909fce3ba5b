import { sql } from 'kysely';
import type { Case, Channel, ConversationId, MessageId, Reference, Reply } from '../domain/index.ts';
import { type CaseJson, firstName, handlerOf, moment } from './case-row.ts';
import type { Database, OpenDatabase } from './database.ts';
import { type ConversationReference, type ReferenceRow, referenceFromRow } from './references.ts';
import { Together } from './together.ts';

/** What one of the channel's own messages shows of what was said. */
export interface Delivered {
  readonly message: MessageId;
  readonly seq: number;
  readonly externalId: string;
  /** What was said; of its text alone where it was no more than that. */
  readonly reply: Reply;
  /** A worker's first name, for what a worker wrote. */
  readonly by: string | null;
  readonly answered: string | null;
  /** What its message shows now, in short; null when that is not known. */
  readonly shown: string | null;
}

/** As much of a case as a card shows, as it is now. */
export interface ShownCase {
  readonly case: Pick<Case, 'reference' | 'title' | 'state' | 'team' | 'divided' | 'handler' | 'respondBy'>;
  /** First name of who works on it. */
  readonly worker: string | null;
}

/** What is asked for. */
export interface DeliveryLook {
  readonly conversation: ConversationId;
  /** Those that are to go out. */
  readonly messages: readonly MessageId[];
  /** The cases that they are about. */
  readonly references: readonly Reference[];
}

/** What a channel needs to know before it sends into a conversation. */
export interface DeliveryView {
  readonly reference: ConversationReference;
  /** Those of the messages that the channel has already. */
  readonly delivered: ReadonlySet<MessageId>;
  /** What waits longest to be sent. */
  readonly oldest: MessageId | null;
  /** What the latest cards show, and those of the cases that were asked for, oldest first. */
  readonly lines: readonly Delivered[];
  /** The cases that were asked for and those of the lines, as they are now. */
  readonly cases: readonly ShownCase[];
}

/** One of the channel's messages that is to show something else. */
export interface ShownChange {
  readonly externalId: string;
  /** What was known to be shown; null when that was not known. */
  readonly was: string | null;
  readonly shown: string;
}

/** Messages that a channel has taken on as one. */
export interface SentTogether {
  readonly messages: readonly [MessageId, ...MessageId[]];
  readonly conversation: ConversationId;
  readonly channel: Channel;
  readonly externalId: string;
  readonly shown: string;
  readonly recipient: string;
  readonly attempt: number;
  /** Earlier ones of the channel's messages that are to show something else now. */
  readonly cards: readonly ShownChange[];
}

type ShownCaseJson = Pick<CaseJson, 'reference' | 'title' | 'state' | 'team' | 'divided' | 'handler' | 'handler_round' | 'respond_by'> & {
  readonly worker_name: string | null;
};

interface DeliveryViewJson {
  readonly reference: ReferenceRow;
  readonly delivered: readonly MessageId[];
  readonly oldest: MessageId | null;
  readonly lines: readonly Delivered[];
  readonly cases: readonly ShownCaseJson[];
}

/** Which of the channel's own messages carries which of ours, for channels whose messages can be changed afterwards. */
export class Deliveries {
  readonly #db: Database;
  readonly #views: Together;
  readonly #sent: Together;

  constructor({ db, pool }: Pick<OpenDatabase, 'db' | 'pool'>) {
    this.#db = db;
    this.#views = new Together(pool, 'delivery', 'select delivery_views($1) as value');
    this.#sent = new Together(pool, 'sent', 'select record_sent($1) as value');
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

  /**
   * The channel has taken messages on as one of its own: what carries them, the line of the send log, and that nothing of them waits.
   * @returns which of the cards are the caller's to change: of several that see the same need, one does it
   */
  async sent(it: SentTogether): Promise<ReadonlySet<string>> {
    return new Set((await this.#sent.call(JSON.stringify(it))) as string[]);
  }

  /** What there is to know before something is sent; null without a reference to the conversation. */
  async view(look: DeliveryLook): Promise<DeliveryView | null> {
    const json = (await this.#views.call(JSON.stringify(look))) as DeliveryViewJson | null;
    return (
      json && {
        reference: referenceFromRow(json.reference),
        delivered: new Set(json.delivered),
        oldest: json.oldest,
        lines: json.lines.map((line) => ({ ...line, by: line.by === null ? null : firstName(line.by) })),
        cases: json.cases.map(shownCase),
      }
    );
  }

  /** What was pressed to answer a question. */
  async answered(conversation: ConversationId, question: string, label: string): Promise<void> {
    await sql`
      update deliveries d set answered = ${label.slice(0, 200)} from messages m
      where d.conversation_id = ${conversation} and d.answered is null and m.id = d.message_id and m.reply #>> '{ask,id}' = ${question}`.execute(
      this.#db,
    );
  }

  /**
   * Claims the showing of something else in one of the channel's messages, before it is sent: of several that see the same need, one does it.
   * @returns whether it still showed what it did
   */
  async show(conversation: ConversationId, { externalId, was, shown }: ShownChange): Promise<boolean> {
    const rows = await this.#db
      .updateTable('deliveries')
      .set({ shown })
      .where('conversation_id', '=', conversation)
      .where('external_id', '=', externalId)
      .where(sql<boolean>`shown is not distinct from ${was}`)
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
}

function shownCase(row: ShownCaseJson): ShownCase {
  const { reference, title, state, team, divided } = row;
  return {
    case: { reference, title, state, team, divided, handler: handlerOf(row), respondBy: moment(row.respond_by) },
    worker: row.worker_name === null ? null : firstName(row.worker_name),
  };
}
