import { sql } from 'kysely';
import { type Channel, type MessageId, storable } from '../domain/index.ts';
import type { Database } from './database.ts';

export const SEND_OUTCOMES = ['sent', 'deferred', 'refused', 'bounced', 'held'] as const;
/**
 * What became of an attempt: taken over by the far side, put off by it (or out of reach), refused for good, come back afterwards, or held here
 * because this recipient gets too much already.
 */
export type SendOutcome = (typeof SEND_OUTCOMES)[number];

/** One attempt to send something. */
export interface Send {
  readonly channel: Channel;
  /** Null for what is no line of a conversation. */
  readonly message: MessageId | null;
  /** The mail, where it carries no line of a conversation. */
  readonly mail?: MessageId | undefined;
  readonly recipient: string | null;
  readonly attempt: number;
  readonly outcome: SendOutcome;
  /** The provider's own words. */
  readonly detail: string | null;
}

export interface LoggedSend extends Send {
  readonly at: Date;
}

const DETAIL_LENGTH = 4000;

/** The send log: every attempt of every channel, with the provider's own words. */
export class Sends {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async record(send: Send): Promise<void> {
    await this.#db
      .insertInto('sends')
      .values({
        channel: send.channel,
        message_id: send.message,
        mail_id: send.mail ?? null,
        recipient: send.recipient,
        attempt: send.attempt,
        outcome: send.outcome,
        detail: send.detail === null ? null : storable(send.detail.slice(0, DETAIL_LENGTH)),
      })
      .execute();
  }

  /** The attempts for a mail that carries no line of a conversation, oldest first. */
  async ofMail(mail: MessageId): Promise<LoggedSend[]> {
    return await this.#logged().where('mail_id', '=', mail).execute();
  }

  /** The attempts for a line of a conversation, oldest first. */
  async ofMessage(message: MessageId): Promise<LoggedSend[]> {
    return await this.#logged().where('message_id', '=', message).execute();
  }

  #logged() {
    return this.#db
      .selectFrom('sends')
      .select(['channel', 'message_id as message', 'recipient', 'attempt', 'outcome', 'detail', 'at'])
      .orderBy('id');
  }

  /** How much a recipient was sent of late, for the limit that ends a conversation between two machines. */
  async sentTo(recipient: string, withinMs: number): Promise<number> {
    const row = await this.#db
      .selectFrom('sends')
      .select(sql<number>`count(*)`.as('count'))
      .where(sql<boolean>`lower(recipient) = lower(${recipient})`)
      .where('outcome', '=', 'sent')
      .where('at', '>', sql<Date>`now() - make_interval(secs => ${withinMs / 1000})`)
      .executeTakeFirstOrThrow();
    return row.count;
  }
}
