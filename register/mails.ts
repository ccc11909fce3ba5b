import { sql } from 'kysely';
import type { Pool } from 'pg';
import {
  type CaseId,
  type CaseState,
  type Channel,
  type ConversationId,
  type ConversationState,
  type Incoming,
  type IntakeId,
  type MessageId,
  newId,
  type Person,
  type PersonId,
  storable,
  type TurnView,
} from '../domain/index.ts';
import { callFunction, type Database, type OpenDatabase } from './database.ts';
import type { IntakeStatus } from './schema.ts';
import { Together } from './together.ts';
import { type TurnJson, viewFromJson } from './turns.ts';

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
  /** Other mailboxes of the desk that got the same mail. */
  readonly alsoIn: readonly string[];
  /** Who wrote the original, where it was forwarded. */
  readonly forwardedAddress: string | null;
  readonly forwardedName: string | null;
  readonly at: Date;
}

/** A mail that is about to go out: stored under its Message-ID before the first attempt. */
export interface OutgoingMail
  extends Pick<
    Mail,
    'references' | 'mailbox' | 'fromAddress' | 'fromName' | 'replyTo' | 'toAddresses' | 'subject' | 'threadIndex' | 'threadTopic' | 'raw'
  > {
  readonly conversation: ConversationId;
  /** The lines that it carries; it is known by the first. */
  readonly messages: readonly [MessageId, ...MessageId[]];
  readonly internetMessageId: string;
}

/** A mail as it is taken in. */
export interface MailArrival {
  readonly intake: IntakeId;
  readonly mailbox: string;
  /** SHA-256 of Message-ID, From, Date, Subject and decoded body, in hex. */
  readonly fingerprint: string;
  /** SHA-256 of its source, in hex: by this it was set aside. */
  readonly sourceFingerprint: string;
  readonly mail: Omit<Mail, 'direction' | 'conversation' | 'message' | 'intake' | 'mailbox' | 'alsoIn'>;
  readonly payload: Incoming;
  /**
   * Where it goes: a new conversation of this person, one that is there (the person is somebody else than its requester), or nowhere: then it is
   * recorded, with the reason.
   */
  readonly to:
    | { readonly kind: 'new'; readonly conversation: ConversationId; readonly state: ConversationState; readonly person: NewPerson }
    | { readonly kind: 'existing'; readonly conversation: ConversationId; readonly person: NewPerson | null }
    | { readonly kind: 'none'; readonly reason: string };
}

/** Who wrote: joined to the person with this address when the mail is trusted, and otherwise somebody new whose name is only said. */
export interface NewPerson {
  readonly id: PersonId;
  readonly name: string;
  readonly address: string | null;
}

/** What became of a mail. */
export type MailReceived =
  | { readonly kind: 'taken'; readonly intake: IntakeId; readonly conversation: ConversationId; readonly view: TurnView | null }
  | { readonly kind: 'recorded'; readonly intake: IntakeId }
  /** It came by another mailbox of the desk too: one question. */
  | { readonly kind: 'elsewhere'; readonly intake: IntakeId; readonly mailbox: string | null }
  /** This mailbox had it before. */
  | {
      readonly kind: 'known';
      readonly intake: IntakeId;
      readonly status: IntakeStatus;
      readonly conversation: ConversationId | null;
    };

/** What a mail says of what it answers. */
export interface ThreadSigns {
  readonly ids: readonly string[];
  readonly conversation: ConversationId | null;
  readonly reference: string | null;
  readonly address: string | null;
}

/** What the register knows of that. */
export interface FoundThread {
  /** Newest first. */
  readonly mails: readonly {
    readonly id: string;
    readonly direction: 'in' | 'out';
    readonly conversation: ConversationId;
    readonly message: MessageId | null;
    readonly subject: string;
    readonly topic: string | null;
    readonly cases: readonly CaseId[];
  }[];
  readonly conversations: readonly { readonly id: ConversationId; readonly channel: Channel; readonly person: Person | null }[];
  /** Of those conversations, newest first: one for each in which it was opened or is spoken of. */
  readonly cases: readonly {
    readonly id: CaseId;
    readonly reference: string;
    readonly conversation: ConversationId;
    readonly state: CaseState;
  }[];
  /** The case whose reference it names. */
  readonly named: CaseId | null;
  /** The person with that address, verified. */
  readonly sender: PersonId | null;
}

/** For JSON. */
function storableValue(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? storable(value) : value;
}

/** Every mail in and out, and how they hang together. */
export class Mails {
  readonly #db: Database;
  readonly #pool: Pool;
  readonly #arrivals: Together;

  constructor({ db, pool }: OpenDatabase) {
    this.#db = db;
    this.#pool = pool;
    this.#arrivals = new Together(pool, 'receive_mail', 'select receive_mail(a) as value from jsonb_array_elements($1::jsonb) a');
  }

  /** Takes a mail in: once per mailbox in the ledger, once as a question. When this returns the mailbox may be told. */
  async receive({ intake, mailbox, fingerprint, sourceFingerprint, mail, payload, to }: MailArrival): Promise<MailReceived> {
    const value = await this.#arrivals.call(
      JSON.stringify(
        {
          intake,
          mailbox,
          fingerprint,
          source_fingerprint: sourceFingerprint,
          mail: {
            id: newId<MessageId>(),
            internet_message_id: mail.internetMessageId,
            reply_references: mail.references,
            from_address: mail.fromAddress,
            from_name: mail.fromName,
            reply_to: mail.replyTo,
            to_addresses: mail.toAddresses,
            subject: mail.subject,
            thread_index: mail.threadIndex,
            thread_topic: mail.threadTopic,
            raw: mail.raw,
            automated: mail.automated,
            trusted: mail.trusted,
            forwarded_address: mail.forwardedAddress,
            forwarded_name: mail.forwardedName,
            at: mail.at,
          },
          conversation: to.kind === 'none' ? null : to.conversation,
          reason: to.kind === 'none' ? to.reason : null,
          state: to.kind === 'new' ? to.state : null,
          person: to.kind === 'none' ? null : to.person,
          payload,
        },
        storableValue,
      ),
    );
    const received = value as
      | Exclude<MailReceived, { kind: 'taken' }>
      | (Omit<Extract<MailReceived, { kind: 'taken' }>, 'view'> & { readonly view: TurnJson | null });
    return received.kind === 'taken' ? { ...received, view: received.view && viewFromJson(received.view) } : received;
  }

  /** What a mail may be an answer to. */
  async thread(signs: ThreadSigns): Promise<FoundThread> {
    return (await callFunction(this.#pool, 'mail_thread', [JSON.stringify(signs)])) as FoundThread;
  }

  /** Stores a mail before it is sent. The same message again (after a crash, at a later attempt) gives the mail that was stored first. */
  async outgoing(it: OutgoingMail): Promise<Mail> {
    const [message] = it.messages;
    await this.#db
      .insertInto('mails')
      .values({
        id: newId<MessageId>(),
        direction: 'out',
        conversation_id: it.conversation,
        message_id: message,
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
    await sql`
      insert into mail_messages (mail_id, message_id)
      select m.id, l from mails m, unnest(${[...it.messages]}::uuid[]) l where m.message_id = ${message} and m.direction = 'out'
      on conflict do nothing`.execute(this.#db);
    const stored = await this.ofMessage(message);
    if (!stored) throw new Error(`the mail of message ${message} is not there after it was stored`);
    return stored;
  }

  /** The mail that carries a line of a conversation out. */
  async ofMessage(message: MessageId): Promise<Mail | null> {
    const row = await this.#mails().where('message_id', '=', message).where('direction', '=', 'out').executeTakeFirst();
    return row ?? null;
  }

  /** The lines that went out in the mail that is known by this one, itself among them. */
  async carriedWith(message: MessageId): Promise<MessageId[]> {
    const rows = await this.#db
      .selectFrom('mail_messages as l')
      .innerJoin('mails as m', 'm.id', 'l.mail_id')
      .select('l.message_id')
      .where('m.message_id', '=', message)
      .where('m.direction', '=', 'out')
      .orderBy('l.message_id')
      .execute();
    return rows.map((row) => row.message_id);
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

  /** The mailbox that the first mail about a case came by; null when none did. */
  async mailboxOf(of: CaseId): Promise<string | null> {
    const row = await this.#db
      .selectFrom('case_messages as l')
      .innerJoin('messages as t', 't.id', 'l.message_id')
      .innerJoin('mails as m', 'm.intake_id', 't.intake_id')
      .select('m.mailbox')
      .where('l.case_id', '=', of)
      .where('m.direction', '=', 'in')
      .orderBy('m.at')
      .limit(1)
      .executeTakeFirst();
    return row?.mailbox ?? null;
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
        'also_in as alsoIn',
        'forwarded_address as forwardedAddress',
        'forwarded_name as forwardedName',
        'at',
      ]);
  }
}
