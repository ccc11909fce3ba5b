import { type AddressObject, simpleParser } from 'mailparser';
import { findReferences } from '../../../domain/index.ts';
import type { MailAddress, ParsedMail, ParseOptions } from './parsed-mail.ts';

/** Takes a mail apart. Never throws: what cannot be read is a warning. @param raw the mail as it came over the wire */
export async function parseMail(raw: Buffer, options: ParseOptions = {}): Promise<ParsedMail> {
  const mail = await simpleParser(raw, { skipTextToHtml: true, skipImageLinks: true });
  const text = mail.text?.trim() ?? '';
  const subject = mail.subject ?? '';
  const html = typeof mail.html === 'string' ? mail.html : null;
  return {
    messageId: mail.messageId ?? null,
    from: addresses(mail.from)[0] ?? null,
    to: addresses(mail.to),
    cc: addresses(mail.cc),
    replyTo: addresses(mail.replyTo),
    date: mail.date?.toISOString() ?? null,
    subject,
    text,
    quoted: '',
    signature: '',
    forwarded: null,
    whole: text,
    showAll: text === '',
    html,
    language: text === '' ? null : (options.languageOf?.(text) ?? 'nl'),
    automated: null,
    inReplyTo: mail.inReplyTo ?? null,
    references: typeof mail.references === 'string' ? [mail.references] : (mail.references ?? []),
    caseReference: findReferences(subject)[0] ?? null,
    replyToken: null,
    threadIndex: null,
    threadTopic: null,
    attachments: mail.attachments.map((attachment) => ({
      name: attachment.filename ?? '',
      type: attachment.contentType,
      size: attachment.size,
      inline: attachment.related === true && (html ?? '').includes(`cid:${attachment.cid}`),
      contentId: attachment.cid ?? null,
      content: attachment.content,
    })),
    authentication: null,
    warnings: [],
  };
}

function addresses(header: AddressObject | AddressObject[] | undefined): MailAddress[] {
  return [header ?? []].flat().flatMap(({ value }) => value.map(({ name, address }) => ({ name, address: address ?? '' })));
}
