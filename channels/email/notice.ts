import MailComposer from 'nodemailer/lib/mail-composer';
import type { Delivery, Language } from '../../domain/index.ts';
import type { MailServer } from './deliver.ts';
import { OWN_MAIL_HEADER } from './ids.ts';
import type { MailboxSettings } from './settings.ts';
import { mailTexts } from './texts.ts';

/** A word to a colleague, in plain text. */
export interface NoticeMail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly language: Language;
  readonly at: Date;
}

export interface NoticeMailOptions {
  readonly mailboxes: readonly MailboxSettings[];
  readonly servers: ReadonlyMap<string, MailServer>;
  readonly organisation: () => string;
}

/**
 * Sends a colleague a notice from the first mailbox that can send. Sent again after a crash it carries the same Message-ID. It says that it is automatic
 * (RFC 3834, 5), so that no out-of-office answers it.
 */
export async function sendNotice(notice: NoticeMail, { mailboxes, servers, organisation }: NoticeMailOptions): Promise<Delivery> {
  const mailbox = mailboxes.find(({ name }) => servers.has(name));
  const server = mailbox && servers.get(mailbox.name);
  if (!mailbox || !server) return { kind: 'refused', reason: 'no mailbox can send' };
  const { id, to, subject, text, language, at } = notice;
  const { address } = mailbox;
  const composer = new MailComposer({
    from: { name: `${mailTexts(language).desk} ${organisation()}`, address },
    to,
    subject,
    messageId: `<notice-${id}@${address.slice(address.lastIndexOf('@') + 1)}>`,
    date: at,
    headers: {
      [OWN_MAIL_HEADER]: id,
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': language,
    },
    text,
    textEncoding: 'quoted-printable',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const handover = await server.smtp.send({ from: address, to }, await composer.compile().build());
  if (handover.kind === 'accepted') return { kind: 'delivered' };
  return { kind: handover.kind === 'deferred' ? 'failed' : 'refused', reason: handover.words };
}
