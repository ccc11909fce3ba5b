import { type CaseId, type ConversationId, type IntakeId, type MessageId, newId } from '../domain/index.ts';
import type { Database } from './database.ts';

/** Why a mail counts as written by a machine. */
export const AUTOMATED = ['auto-reply', 'bounce', 'list', 'receipt', 'own'] as const;
export type Automated = (typeof AUTOMATED)[number];

/** A mail of a conversation, in or out. Message-IDs stand here without their angle brackets. */
export interface Mail {
  readonly direction: 'in' | 'out';
  readonly conversation: ConversationId | null;
  /** The line of the conversation that it carries out; null for what came in. */
  readonly message: MessageId | null;
  /** The arrival that it came in by; null for what went out. */
  readonly intake: IntakeId | null;
  readonly internetMessageId: string | null;
  /** References, and where there are none In-Reply-To; oldest first. */
  readonly references: readonly string[];
  /** The mailbox it came in by, or goes out for. */
  readonly mailbox: string;
  readonly fromAddress: string | null;
  readonly fromName: string | null;
  readonly replyTo: string | null;
  readonly toAddresses: readonly string[];
  readonly subject: string;
  /** Outlook's own threading, to be echoed. */
  readonly threadIndex: string | null;
  readonly threadTopic: string | null;
  readonly raw: string | null;
  readonly automated: Automated | null;
  /** The sender was judged to be who the From says. */
  readonly trusted: boolean;
  readonly at: Date;
}

/** A mail that is about to go out: stored under its Message-ID before the first attempt. */
export interface OutgoingMail
  extends Pick<
    Mail,
    'references' | 'mailbox' | 'fromAddress' | 'fromName' | 'replyTo' | 'toAddresses' | 'subject' | 'threadIndex' | 'threadTopic' | 'raw'
  > {
  readonly conversation: ConversationId;
  readonly message: MessageId;
  readonly internetMessageId: string;
}

/** Every mail in and out, and how they hang together. Taking one in is a transaction of its own (`receive_mail`). */
export class Mails {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Stores a mail before it is sent. The same message again (after a crash, at a later attempt) gives the mail that was stored first. */
  async outgoing(it: OutgoingMail): Promise<Mail> {
    await this.#db
      .insertInto('mails')
      .values({
        id: newId<MessageId>(),
        direction: 'out',
        conversation_id: it.conversation,
        message_id: it.message,
        intake_id: null,
        internet_message_id: it.internetMessageId,
        fingerprint: null,
        reply_references: [...it.references],
        mailbox: it.mailbox,
        from_address: it.fromAddress,
        from_name: it.fromName,
        reply_to: it.replyTo,
        to_addresses: [...it.toAddresses],
        subject: it.subject,
        thread_index: it.threadIndex,
        thread_topic: it.threadTopic,
        raw: it.raw,
        automated: null,
        trusted: true,
        at: new Date(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const stored = await this.ofMessage(it.message);
    if (!stored) throw new Error(`the mail of message ${it.message} is not there after it was stored`);
    return stored;
  }

  /** The mail that carries a line of a conversation out. */
  async ofMessage(message: MessageId): Promise<Mail | null> {
    const row = await this.#mails().where('message_id', '=', message).where('direction', '=', 'out').executeTakeFirst();
    return row ?? null;
  }

  /** The mail that a line of a conversation came in by. */
  async ofIncoming(message: MessageId): Promise<Mail | null> {
    const row = await this.#mails()
      .where('direction', '=', 'in')
      .where('intake_id', '=', (eb) => eb.selectFrom('messages').select('messages.intake_id').where('messages.id', '=', message))
      .executeTakeFirst();
    return row ?? null;
  }

  /** The mails of a conversation, oldest first; automated ones are left out. */
  async ofConversation(conversation: ConversationId, limit = 200): Promise<Mail[]> {
    const rows = await this.#mails()
      .where('conversation_id', '=', conversation)
      .where('automated', 'is', null)
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    return rows.reverse();
  }

  /** The mails with these Message-IDs that belong to a conversation, both those that went out and those that came in. */
  async withIds(internetMessageIds: readonly string[]): Promise<Mail[]> {
    if (internetMessageIds.length === 0) return [];
    return await this.#mails()
      .where('internet_message_id', 'in', internetMessageIds)
      .where('conversation_id', 'is not', null)
      .orderBy('at', 'desc')
      .limit(100)
      .execute();
  }

  /** The cases whose history a line of a conversation belongs to, newest first. */
  async casesOf(message: MessageId): Promise<CaseId[]> {
    const rows = await this.#db
      .selectFrom('case_messages as l')
      .innerJoin('cases as c', 'c.id', 'l.case_id')
      .select('c.id')
      .where('l.message_id', '=', message)
      .orderBy('c.opened_at', 'desc')
      .execute();
    return rows.map((row) => row.id);
  }

  #mails() {
    return this.#db
      .selectFrom('mails')
      .select([
        'direction',
        'conversation_id as conversation',
        'message_id as message',
        'intake_id as intake',
        'internet_message_id as internetMessageId',
        'reply_references as references',
        'mailbox',
        'from_address as fromAddress',
        'from_name as fromName',
        'reply_to as replyTo',
        'to_addresses as toAddresses',
        'subject',
        'thread_index as threadIndex',
        'thread_topic as threadTopic',
        'raw',
        'automated',
        'trusted',
        'at',
      ]);
  }
}
