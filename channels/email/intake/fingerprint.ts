import { createHash } from 'node:crypto';
import type { ParsedMail } from '../parse/parsed-mail.ts';

/**
 * What makes two mails one: Message-ID, From, Date, Subject and decoded body with its attachments. So also a mail without a Message-ID, or with one
 * that another mail had before, is known again; the way it travelled (Received, the mailbox) does not count.
 * @returns SHA-256 in hex
 */
export function fingerprintOf(mail: ParsedMail): string {
  const hash = createHash('sha256');
  const body = mail.whole === '' ? (mail.html ?? '') : mail.whole;
  const parts = [
    mail.messageId?.trim() ?? '',
    mail.from?.address.toLowerCase() ?? '',
    mail.date ?? '',
    mail.subject,
    body.replace(/\s+/g, ' ').trim(),
  ];
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  for (const { content } of mail.attachments) hash.update(createHash('sha256').update(content).digest());
  return hash.digest('hex');
}

/** For what could not even be read. */
export function fingerprintOfBytes(raw: Buffer): string {
  return createHash('sha256').update(raw).digest('hex');
}
