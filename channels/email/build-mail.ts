import MailComposer from 'nodemailer/lib/mail-composer';
import type { Language } from '../../domain/index.ts';
import type { MailContent } from './compose.ts';
import type { MailFile } from './enclosures.ts';
import { renderHtml } from './render-html.ts';
import { renderText } from './render-text.ts';

/** A mail that the desk writes; Message-IDs without brackets. */
export interface OwnMail {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly replyTo: string | null;
  readonly subject: string;
  readonly internetMessageId: string;
  /** The mails that it goes on with, oldest first (RFC 5322, 3.6.4). */
  readonly references: readonly string[];
  readonly threadIndex: string | null;
  readonly threadTopic: string | null;
  readonly at: Date;
  readonly language: Language;
  /** Besides those of its thread and language. */
  readonly headers: Readonly<Record<string, string>>;
  readonly content: MailContent;
  readonly files: readonly MailFile[];
}

/** @returns its source, as it is handed to a server and kept in the Sent folder */
export async function buildMail(mail: OwnMail): Promise<Buffer> {
  const { from, to, replyTo, subject, internetMessageId, references, threadIndex, threadTopic, at, content } = mail;
  const composer = new MailComposer({
    from,
    to,
    ...(replyTo ? { replyTo } : {}),
    subject,
    messageId: `<${internetMessageId}>`,
    date: at,
    references: references.map((id) => `<${id}>`),
    ...(references.length > 0 ? { inReplyTo: `<${references.at(-1)}>` } : {}),
    headers: {
      ...mail.headers,
      ...(threadIndex ? { 'Thread-Index': threadIndex } : {}),
      ...(threadTopic ? { 'Thread-Topic': threadTopic } : {}),
      'Content-Language': mail.language,
    },
    text: renderText(content),
    html: renderHtml(content, subject),
    attachments: mail.files.map(({ name, type, content: file }) => ({
      filename: name,
      contentType: type,
      content: file,
      contentDisposition: 'attachment',
    })),
    textEncoding: 'quoted-printable',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return await composer.compile().build();
}
