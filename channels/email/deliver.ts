import type { Delivery, OutgoingReplies, PassCheckpoint } from '../../domain/index.ts';
import type { Register } from '../../register/index.ts';
import { FileHeld } from './enclosures.ts';
import type { SentFolder } from './sent-folder.ts';
import type { MailLimits } from './settings.ts';
import type { Smtp } from './smtp.ts';
import { isUncertain, wordsOf } from './uncertain.ts';
import { CannotWrite, type WriteOptions, type WrittenMail, writeMail } from './write-mail.ts';

export interface EmailDeliveryOptions extends Omit<WriteOptions, 'register'> {
  readonly register: WriteOptions['register'] & Pick<Register, 'sends'>;
  readonly limits: Pick<MailLimits, 'answersPerHour'>;
  /** The ways out, by the mailbox's name. */
  readonly servers: ReadonlyMap<string, MailServer>;
  readonly checkpoint: PassCheckpoint;
  readonly log: { warn(data: object, message: string): void };
}

export interface MailServer {
  readonly smtp: Smtp;
  readonly sent: SentFolder;
}

/**
 * Tried for two days: after a minute, two, four, up to an hour, and then every hour, each with up to a quarter less. After that, or when the server says
 * "never" (5xx), it is given up and the backoffice hears of it.
 */
export const MAIL_PATIENCE = { maxAttempts: 62, retryMs: 60_000, longestRetryMs: 3_600_000 } as const;

const HOUR_MS = 3_600_000;
/** How long somebody who had too many answers in an hour waits for the next look. */
const HELD_MS = 10 * 60_000;
/** How long a mail waits for the next look whether what goes along with it was checked. */
const UNCHECKED_MS = 5 * 60_000;

/** Delivery by mail: all that waits in a conversation is one mail. Fits the queue as it is. */
export function emailDelivery(options: EmailDeliveryOptions) {
  return { together: (lines: OutgoingReplies) => deliver(lines, options), patience: MAIL_PATIENCE };
}

async function deliver(lines: OutgoingReplies, options: EmailDeliveryOptions): Promise<Delivery> {
  const mail = await written(lines, options);
  if ('kind' in mail) return mail;
  const server = options.servers.get(mail.mailbox.name);
  if (!server) return { kind: 'failed', reason: `the mailbox ${mail.mailbox.name} has no server to send by` };
  const earlier = await wentOutEarlier(lines, mail, server, options);
  if (earlier === 'sent') return { kind: 'delivered' };
  if (earlier === 'unknown') return { kind: 'failed', reason: 'whether it went out already could not be seen in the Sent folder' };
  if (await hasEnough(lines, mail, options)) {
    const reason = `${mail.to} got ${options.limits.answersPerHour} mails in the last hour; it waits`;
    await record(lines, mail, 'held', reason, options);
    return { kind: 'failed', reason, retryAfterMs: HELD_MS };
  }
  return await handOver(lines, mail, server, options);
}

async function written(lines: OutgoingReplies, options: EmailDeliveryOptions): Promise<WrittenMail | Delivery> {
  try {
    return await writeMail(lines, options);
  } catch (error) {
    if (error instanceof FileHeld) return { kind: 'failed', reason: error.message, retryAfterMs: UNCHECKED_MS };
    if (error instanceof CannotWrite) return { kind: 'refused', reason: error.message };
    throw error;
  }
}

/**
 * Whether an attempt before this one reached the server. The log says so when its end was written down; when it was not, a crash or a dropped line came
 * between, and the Sent folder is looked at.
 */
async function wentOutEarlier(
  [first]: OutgoingReplies,
  mail: WrittenMail,
  { sent }: MailServer,
  { register, log }: EmailDeliveryOptions,
): Promise<'sent' | 'no' | 'unknown'> {
  if (first.attempt === 1) return 'no';
  const attempts = await register.sends.ofMessage(first.id);
  const last = attempts.findLast(({ attempt }) => attempt === first.attempt - 1);
  if (last?.outcome === 'sent') return 'sent';
  if (!isUncertain(last)) return 'no';
  try {
    if (!(await sent.has(mail.internetMessageId))) return 'no';
    await register.sends.record({ ...logged(first, mail), outcome: 'sent', detail: 'found in the Sent folder' });
    return 'sent';
  } catch (error) {
    log.warn({ err: error, mailbox: mail.mailbox.name }, 'the Sent folder could not be looked at');
    return 'unknown';
  }
}

/** Machines that answer each other are stopped here; what a colleague wrote always goes. */
async function hasEnough(lines: OutgoingReplies, mail: WrittenMail, { register, limits }: EmailDeliveryOptions): Promise<boolean> {
  if (lines.some(({ author }) => author !== null)) return false;
  return (await register.sends.sentTo(mail.to, HOUR_MS)) >= limits.answersPerHour;
}

async function handOver(lines: OutgoingReplies, mail: WrittenMail, server: MailServer, options: EmailDeliveryOptions): Promise<Delivery> {
  const handover = await server.smtp.send({ from: mail.from, to: mail.to }, mail.raw);
  options.checkpoint('mail:handed-over');
  switch (handover.kind) {
    case 'accepted':
      await record(lines, mail, 'sent', handover.words, options);
      await keep(mail, server.sent, options);
      return { kind: 'delivered' };
    case 'deferred':
      await record(lines, mail, 'deferred', wordsOf(handover), options);
      return { kind: 'failed', reason: handover.words };
    case 'refused':
      await record(lines, mail, 'refused', handover.words, options);
      return { kind: 'refused', reason: handover.words };
    default:
      return handover satisfies never;
  }
}

/** The mail is out: that its copy cannot be kept is no reason to send it again. */
async function keep(mail: WrittenMail, sent: SentFolder, { log }: EmailDeliveryOptions): Promise<void> {
  try {
    await sent.keep(mail.internetMessageId, mail.raw);
  } catch (error) {
    log.warn({ err: error, mailbox: mail.mailbox.name }, 'a sent mail could not be kept in the Sent folder');
  }
}

async function record(
  [first]: OutgoingReplies,
  mail: WrittenMail,
  outcome: 'sent' | 'deferred' | 'refused' | 'held',
  detail: string,
  { register }: EmailDeliveryOptions,
): Promise<void> {
  await register.sends.record({ ...logged(first, mail), outcome, detail });
}

function logged(first: OutgoingReplies[0], { to }: WrittenMail) {
  return { channel: 'email', message: first.id, recipient: to, attempt: first.attempt } as const;
}
