import { type AttachmentStore, type HandlerTask, type PassCheckpoint, runKey } from '../../../domain/index.ts';
import type { Register, SendOutcome, SupplierMail } from '../../../register/index.ts';
import { buildMail } from '../build-mail.ts';
import { titleOf } from '../compose.ts';
import type { MailServer } from '../deliver.ts';
import { type Enclosures, enclose, FileHeld } from '../enclosures.ts';
import { bare, domainOf, OWN_MAIL_HEADER, orderId, ownMessageId, replyAddress } from '../ids.ts';
import { type Links, supplierAddressee } from '../links.ts';
import type { MailboxSettings } from '../settings.ts';
import { threadOf } from '../threading.ts';
import { isUncertain, wordsOf } from '../uncertain.ts';
import { type SupplierOrder, supplierLetter } from './letter.ts';
import { supplierTexts } from './texts.ts';

/** What became of a mail to a supplier. */
export type OrderSent =
  | { readonly kind: 'sent' }
  /** To be tried again. */
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string };

export interface SupplierSendOptions {
  readonly register: Pick<Register, 'supplierMails' | 'sends' | 'conversations' | 'attachments'>;
  readonly attachments: Pick<AttachmentStore, 'open'>;
  readonly mailboxes: readonly MailboxSettings[];
  readonly servers: ReadonlyMap<string, MailServer>;
  readonly links: Links;
  readonly organisation: () => string;
  readonly checkpoint: PassCheckpoint;
  readonly log: { warn(data: object, message: string): void };
}

/**
 * Sends a supplier what is asked of him, or that it is called off. It is stored before the first attempt and has the same Message-ID at every one;
 * where an attempt may have reached the server already, the Sent folder is looked at first. It does not say that it is automatic: a ticket system
 * may leave such mail lying, and what it answers is never answered.
 */
export async function sendToSupplier(order: SupplierOrder, options: SupplierSendOptions): Promise<OrderSent> {
  const { register, mailboxes, servers, checkpoint, organisation } = options;
  const mailbox = mailboxes.find(({ name }) => servers.has(name));
  const server = mailbox && servers.get(mailbox.name);
  if (!mailbox || !server) return { kind: 'refused', reason: 'no mailbox can send: none has an SMTP server' };
  const { task, to } = order;
  const mail = await stored(order, mailbox, options);
  const earlier = await wentOutEarlier(mail, task.attempt, server, options);
  if (earlier === 'sent') return { kind: 'sent' };
  if (earlier === 'unknown') return { kind: 'failed', reason: 'whether it went out already could not be seen in the Sent folder' };
  const enclosures = task.what === 'recall' ? NOTHING : await sentAlong(order, mail, options);
  if (!enclosures) return { kind: 'failed', reason: 'a file that goes along is not checked yet' };
  const raw = await write(order, mail, mailbox, enclosures, organisation());
  const record = (outcome: SendOutcome, detail: string) =>
    register.sends.record({ channel: 'email', message: null, mail: mail.id, recipient: to, attempt: task.attempt, outcome, detail });
  const handover = await server.smtp.send({ from: mailbox.address, to }, raw);
  checkpoint('mail:handed-over');
  switch (handover.kind) {
    case 'accepted':
      await record('sent', handover.words);
      await keep(mail, raw, server, options);
      return { kind: 'sent' };
    case 'deferred':
      await record('deferred', wordsOf(handover));
      return { kind: 'failed', reason: handover.words };
    case 'refused':
      await record('refused', handover.words);
      return { kind: 'refused', reason: handover.words };
    default:
      return handover satisfies never;
  }
}

const NOTHING: Enclosures = { files: [], linked: [], infected: [] };

/** The files that came in for the case: a photo says where it leaks. Null while one of them is not checked. */
async function sentAlong({ task, to }: SupplierOrder, { at }: SupplierMail, options: SupplierSendOptions): Promise<Enclosures | null> {
  const said = await options.register.conversations.ofCase(task.case.id);
  const ids = said.filter(({ from }) => from === 'requester').flatMap(({ attachments }) => attachments.map(({ id }) => id));
  try {
    const addressee = supplierAddressee(task.case.id, to);
    return await enclose(ids, options, (file) => options.links.supplierFile({ case: task.case.id, file, addressee }, at));
  } catch (error) {
    if (error instanceof FileHeld) return null;
    throw error;
  }
}

async function stored(
  order: SupplierOrder,
  mailbox: MailboxSettings,
  { register, organisation }: SupplierSendOptions,
): Promise<SupplierMail> {
  const { task, to, language } = order;
  const { run, case: it } = task;
  const id = bare(ownMessageId(orderId(task.what, run), domainOf(mailbox.address)));
  const before = (await register.supplierMails.ofRun(run)).filter(({ internetMessageId }) => internetMessageId !== id);
  const thread = threadOf(before, { about: it.id, title: titleOf(it.title), references: [it.reference], now: new Date() });
  const { inReplyTo } = thread;
  return await register.supplierMails.outgoing({
    run,
    internetMessageId: id,
    mailbox: mailbox.name,
    fromAddress: mailbox.address,
    fromName: `${supplierTexts(language).desk} ${organisation()}`,
    replyTo: mailbox.plusAddressing ? replyAddress(mailbox.address, runKey(run)) : null,
    toAddresses: [to],
    subject: thread.subject,
    threadIndex: thread.threadIndex,
    threadTopic: thread.threadTopic,
    references: inReplyTo === null ? thread.references : [...thread.references.filter((known) => known !== inReplyTo), inReplyTo],
  });
}

/** Whether it was sent by an attempt before this one; one that came back is sent again. */
async function wentOutEarlier(
  mail: SupplierMail,
  attempt: HandlerTask['attempt'],
  { sent }: MailServer,
  { register, log }: SupplierSendOptions,
): Promise<'sent' | 'no' | 'unknown'> {
  const last = (await register.sends.ofMail(mail.id)).at(-1);
  if (last?.outcome === 'sent') return 'sent';
  if ((last === undefined && attempt === 1) || !isUncertain(last)) return 'no';
  try {
    return (await sent.has(mail.internetMessageId ?? '')) ? 'sent' : 'no';
  } catch (error) {
    log.warn({ err: error }, 'the Sent folder could not be looked at');
    return 'unknown';
  }
}

/** The mail is out: that its copy cannot be kept is no reason to send it again. */
async function keep({ internetMessageId }: SupplierMail, raw: Buffer, { sent }: MailServer, { log }: SupplierSendOptions): Promise<void> {
  try {
    await sent.keep(internetMessageId ?? '', raw);
  } catch (error) {
    log.warn({ err: error }, 'a mail to a supplier could not be kept in the Sent folder');
  }
}

async function write(
  order: SupplierOrder,
  mail: SupplierMail,
  mailbox: MailboxSettings,
  { files, linked, infected }: Enclosures,
  organisation: string,
): Promise<Buffer> {
  return await buildMail({
    ...mail,
    from: { name: `${supplierTexts(order.language).desk} ${organisation}`, address: mailbox.address },
    to: order.to,
    internetMessageId: mail.internetMessageId ?? '',
    language: order.language,
    headers: { [OWN_MAIL_HEADER]: mail.id },
    content: supplierLetter(order, organisation, mail.at, { linked, infected }),
    files,
  });
}
