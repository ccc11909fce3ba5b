import {
  AttachmentError,
  type AttachmentId,
  type ConversationId,
  type Incoming,
  type IntakeId,
  type NotTaken,
  newId,
  type PersonId,
  parseId,
  type RunId,
  type TurnView,
} from '../../../domain/index.ts';
import type { MailArrival } from '../../../register/index.ts';
import { bare } from '../ids.ts';
import { parseMail } from '../parse/parse-mail.ts';
import type { ParsedMail } from '../parse/parsed-mail.ts';
import type { MailboxSettings, MailLimits } from '../settings.ts';
import { supplierRunOf, takeSupplierBounce, takeSupplierWord } from '../supplier/receive.ts';
import { takeBounce } from './bounce.ts';
import { fingerprintOf, fingerprintOfBytes } from './fingerprint.ts';
import type { IntakeParts } from './ports.ts';
import { questionOf } from './question.ts';
import { NEW, referredIds, type Thread, threadOf } from './thread.ts';
import { judge } from './trust.ts';

/** A mail as it was fetched. */
export interface FetchedMail {
  readonly raw: Buffer;
  /** When the server got it. */
  readonly arrivedAt: Date;
  /** Its whole size; larger than `raw` when only its beginning was fetched, because it is too large. */
  readonly size: number;
}

/** A mail that was taken apart. */
export interface ReadMail {
  readonly mail: ParsedMail;
  readonly fetched: FetchedMail;
  /** It may go on with another mail, which must be taken in before it. */
  readonly refers: boolean;
}

/** What became of a mail. Everything it says is committed. */
export type Taken =
  /** Its turn has still to be taken. */
  | { readonly kind: 'question'; readonly conversation: ConversationId; readonly view: TurnView | null }
  /** Nothing more happens: it is automated, or was taken in before. */
  | { readonly kind: 'nothing'; readonly why: string };

/** From a mail's bytes to a message that waits for its turn. */
export class MailIntake {
  readonly #parts: IntakeParts;
  readonly #limits: MailLimits;

  constructor(parts: IntakeParts, limits: MailLimits) {
    this.#parts = parts;
    this.#limits = limits;
  }

  /** Takes a mail apart. */
  async read(fetched: FetchedMail, mailbox: MailboxSettings): Promise<ReadMail> {
    const { trustedHosts } = mailbox;
    const mail = await parseMail(fetched.raw, { trustedHosts, ownAddresses: this.#parts.ownAddresses });
    return { mail, fetched, refers: referredIds(mail).length > 0 || mail.replyToken !== null || mail.caseReference !== null };
  }

  /**
   * Stores a mail: its source first, then what it says, in one transaction. When this returns the mailbox may be told.
   * @throws what the storage or the database says; then nothing of it is taken in, and it can be tried again
   */
  async take({ mail, fetched }: ReadMail, mailbox: MailboxSettings): Promise<Taken> {
    const { checkpoint, raws, register } = this.#parts;
    checkpoint('intake:before-store');
    const raw = await raws.put(fetched.raw);
    try {
      const { run, ...arrival } = await this.#arrival(mail, fetched, mailbox, raw);
      const received = await register.mails.receive(arrival);
      if (run) await register.supplierMails.belongs(arrival.fingerprint, run);
      checkpoint('intake:after-store');
      if (received.kind === 'known' || received.kind === 'elsewhere') await this.#drop(raw);
      switch (received.kind) {
        case 'taken':
          return { kind: 'question', conversation: received.conversation, view: received.view };
        case 'recorded':
          return { kind: 'nothing', why: arrival.to.kind === 'none' ? arrival.to.reason : 'recorded' };
        case 'elsewhere':
          return { kind: 'nothing', why: `it came by ${received.mailbox ?? 'another mailbox'} too` };
        case 'known':
          // A crash came between storing it and its turn.
          return received.status === 'pending' && received.conversation
            ? { kind: 'question', conversation: received.conversation, view: null }
            : { kind: 'nothing', why: 'it was taken in before' };
        default:
          return received satisfies never;
      }
    } catch (error) {
      await this.#drop(raw);
      throw error;
    }
  }

  /** Takes the turn of what was taken in. Never fails: what goes wrong is the turn's to park. */
  async settle(taken: Taken): Promise<void> {
    if (taken.kind !== 'question') return;
    try {
      await this.#parts.desk.drain(taken.conversation, taken.view);
    } catch (error) {
      this.#parts.log.error(
        { err: error, conversation: taken.conversation },
        'a mail was stored but its turn failed; it is taken up again',
      );
    }
  }

  async #arrival(
    mail: ParsedMail,
    fetched: FetchedMail,
    mailbox: MailboxSettings,
    raw: string,
  ): Promise<MailArrival & { readonly run: RunId | null }> {
    let judgement: ReturnType<typeof judge> | undefined;
    const judged = async () => {
      judgement ??= judge(fetched.raw, mail, mailbox, this.#parts.trust);
      return (await judgement).trusted;
    };
    const { reason, run } = await this.#whyNoQuestion(mail, fetched, judged);
    const trusted = reason === null || (run !== null && !mail.automated) ? await judged() : false;
    const thread = reason === null ? await this.#thread(mail, trusted) : null;
    const kept = reason === null ? await this.#keep(mail, fetched) : null;
    const name = senderName(mail);
    return {
      run,
      intake: newId<IntakeId>(),
      mailbox: mailbox.name,
      fingerprint: fingerprintOf(mail),
      sourceFingerprint: fingerprintOfBytes(fetched.raw),
      mail: {
        internetMessageId: mail.messageId === null ? null : bare(mail.messageId),
        references: referredIds(mail).toReversed(),
        fromAddress: mail.from?.address ?? null,
        fromName: mail.from?.name || null,
        replyTo: mail.replyTo[0]?.address ?? null,
        toAddresses: [...mail.to, ...mail.cc].map(({ address }) => address).slice(0, 200),
        subject: mail.subject,
        threadIndex: mail.threadIndex,
        threadTopic: mail.threadTopic,
        raw,
        automated: mail.automated?.kind ?? null,
        trusted,
        forwardedAddress: mail.forwarded?.from?.address ?? null,
        forwardedName: mail.forwarded?.from?.name || null,
        at: fetched.arrivedAt,
      },
      payload: incomingOf(mail, thread, trusted, kept),
      to: thread ? placeOf(thread, mail, name) : { kind: 'none', reason: reason ?? 'nothing to answer' },
    };
  }

  /**
   * Automated mail is recorded, never answered, and opens nothing; a supplier's word goes to the case that he has.
   * @returns why it is no question, null when it is one; and the run that it is about
   */
  async #whyNoQuestion(mail: ParsedMail, fetched: FetchedMail, trusted: () => Promise<boolean>): Promise<NoQuestion> {
    const { automated } = mail;
    const word = await supplierRunOf(mail, trusted, this.#parts);
    if (word) {
      await takeSupplierWord(mail, word, async () => (await this.#keep(mail, fetched)).attachments, this.#parts);
      return { reason: `word of ${word.handler} about case ${word.run.case}`, run: word.run };
    }
    if (!automated) return { reason: null, run: null };
    if (automated.kind !== 'bounce') return { reason: `${automated.kind}: ${automated.why}`, run: null };
    const order = await takeSupplierBounce(automated.report, this.#parts);
    if (order) return { reason: `bounce of a mail to ${order.handler} about case ${order.run.case}: ${automated.why}`, run: order.run };
    const message = await takeBounce(automated.report, this.#parts);
    return { reason: message ? `bounce of message ${message}: ${automated.why}` : `bounce: ${automated.why}`, run: null };
  }

  async #thread(mail: ParsedMail, trusted: boolean): Promise<Thread> {
    const ids = referredIds(mail);
    const token = parseId<ConversationId>(mail.replyToken?.toLowerCase());
    if (ids.length === 0 && !token && !mail.caseReference) return NEW;
    const address = trusted ? (mail.from?.address ?? null) : null;
    const found = await this.#parts.register.mails.thread({ ids, conversation: token, reference: mail.caseReference, address });
    return threadOf(mail, found, { trusted, token });
  }

  /** Keeps the attachments. What is not taken (too large, a program, encrypted) stays in the mail's source; the sender is told, but of a program. */
  async #keep(mail: ParsedMail, { size, raw }: FetchedMail): Promise<Kept> {
    const attachments: AttachmentId[] = [];
    const notTaken: NotTaken[] = [];
    const limit = this.#limits.maxBytes;
    if (mail.isEncrypted) notTaken.push({ reason: 'encrypted' });
    if (size > raw.length) return { attachments, notTaken: [...notTaken, { name: null, reason: 'too-large', limit }] };
    for (const { name, type, content } of mail.attachments) {
      try {
        const stored = await this.#parts.attachments.store(content, { name, type, conversation: null, author: null });
        attachments.push(stored.id);
      } catch (error) {
        if (!(error instanceof AttachmentError)) throw error;
        if (error.code === 'too-large') notTaken.push({ name: name || null, reason: 'too-large', limit });
        else if (error.code !== 'empty' && error.code !== 'refused-type') throw error;
      }
    }
    return { attachments, notTaken };
  }

  async #drop(raw: string): Promise<void> {
    await this.#parts.raws.remove(raw).catch(() => {});
  }
}

interface NoQuestion {
  readonly reason: string | null;
  /** What it says is about this run of a supplier. */
  readonly run: RunId | null;
}

interface Kept {
  readonly attachments: readonly AttachmentId[];
  readonly notTaken: readonly NotTaken[];
}

function incomingOf(mail: ParsedMail, thread: Thread | null, trusted: boolean, kept: Kept | null): Incoming {
  const existing = thread?.kind === 'existing' ? thread : null;
  return {
    text: questionOf(mail, existing !== null, thread?.kind === 'new' ? thread.names : null),
    answer: null,
    pace: 'slow',
    sender: existing?.by === 'other' ? { kind: 'other', person: null } : { kind: 'requester', proven: trusted },
    ...(existing && existing.about.length > 0 ? { about: existing.about } : {}),
    ...(kept && kept.attachments.length > 0 ? { attachments: kept.attachments } : {}),
    ...(kept && kept.notTaken.length > 0 ? { notTaken: kept.notTaken } : {}),
  };
}

function placeOf(thread: Thread, mail: ParsedMail, name: string): MailArrival['to'] {
  const person = { id: newId<PersonId>(), name, address: mail.from?.address ?? null };
  if (thread.kind === 'existing')
    return { kind: 'existing', conversation: thread.conversation, person: thread.by === 'other' ? person : null };
  return {
    kind: 'new',
    conversation: newId<ConversationId>(),
    state: { language: mail.language ?? 'nl', open: [], lastProduct: null },
    person,
  };
}

function senderName({ from }: ParsedMail): string {
  return (from?.name.trim() || from?.address || '?').slice(0, 200);
}
