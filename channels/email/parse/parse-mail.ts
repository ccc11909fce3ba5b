import { findReferences, type Reference } from '../../../domain/index.ts';
import { parseOwnMessageId, replyTokenIn } from '../ids.ts';
import { attachmentsOf } from './attachments.ts';
import { authenticationOf } from './authentication.ts';
import { automatedOf } from './automated.ts';
import { calendarText } from './calendar.ts';
import { guessLanguage } from './language-guess.ts';
import { messageIds, ownId } from './message-ids.ts';
import { parseAddresses } from './mime/addresses.ts';
import { contentOf, type MailContent } from './mime/content.ts';
import { parseMailDate } from './mime/dates.ts';
import { type Entity, type Headers, readEntity } from './mime/entity.ts';
import { decodeWords, headerText } from './mime/header-text.ts';
import type { ForwardedMail, MailAddress, ParsedMail, ParseOptions } from './parsed-mail.ts';
import { separateForms } from './text/both-forms.ts';
import { htmlLines } from './text/html-lines.ts';
import { joinLines, type Line, plainLines } from './text/line.ts';
import type { Separated } from './text/separate.ts';
import { POINTS_BELOW } from './text/words.ts';

/** More text than this is read no further: a long book. The raw mail keeps all of it. */
const LONGEST_TEXT = 1024 * 1024;
const MOST_LINES = 20_000;

/**
 * Takes a mail apart: bytes in, a `ParsedMail` out. Whatever the bytes are it gives a result, in bounded time and memory; what was odd
 * stands in its warnings.
 * @param raw the mail as it came over the wire
 */
export function parseMail(raw: Buffer, options: ParseOptions = {}): Promise<ParsedMail> {
  return Promise.resolve(new MailReader(options).read(raw));
}

class MailReader {
  readonly #options: ParseOptions;
  readonly #warnings = new Set<string>();
  #bodyCharset = '';

  constructor(options: ParseOptions) {
    this.#options = options;
  }

  read(raw: Buffer): ParsedMail {
    const entity = readEntity(raw, this.#warn);
    const { headers } = entity;
    const content = contentOf(entity, this.#warn);
    this.#bodyCharset = charsetOf(entity);
    const { trustedHosts = [], ownAddresses = [], languageOf = guessLanguage } = this.#options;
    const from = this.#addresses(headers, 'from')[0] ?? this.#addresses(headers, 'sender')[0] ?? null;
    const subject = this.#text(headers, 'subject');
    const text = this.#textOf(content, { subject, senderName: from?.name || (from?.address.split('@')[0]?.replace(/[._]/g, ' ') ?? '') });
    const messageId = ownId(headers.line('message-id'));
    const inReplyTo = messageIds(headers.line('in-reply-to'))[0] ?? null;
    const references = messageIds(headers.all('references').join(' '));
    const to = this.#addresses(headers, 'to');
    const cc = this.#addresses(headers, 'cc');
    const replyTo = this.#addresses(headers, 'reply-to');
    const reportType = entity.type.params.get('report-type')?.toLowerCase() ?? '';
    const delivered = ['delivered-to', 'x-original-to', 'envelope-to'].flatMap((name) => headers.all(name));
    return {
      ...text.separated,
      messageId,
      from,
      to,
      cc,
      replyTo,
      date: parseMailDate(headers.line('date')),
      subject,
      whole: text.whole,
      showAll: text.separated.text === '' || (text.separated.text.length <= 300 && POINTS_BELOW.test(text.separated.text)),
      isEncrypted: content.isEncrypted,
      html: text.html,
      language: languageIn(text.separated.text || text.separated.forwarded?.text || text.whole || subject, languageOf),
      automated: automatedOf({
        headers,
        content,
        rootType: entity.type.value,
        reportType,
        from,
        replyTo,
        subject,
        text: text.whole,
        written: `${text.separated.text}\n${text.separated.signature}`,
        messageId,
        ownAddresses,
      }),
      inReplyTo,
      references,
      caseReference: caseReferenceOf(subject, inReplyTo),
      replyToken: replyTokenOf([...[...to, ...cc].map(({ address }) => address), ...delivered], ownAddresses),
      threadIndex: headers.line('thread-index') || null,
      threadTopic: this.#text(headers, 'thread-topic') || null,
      attachments: attachmentsOf(content.files, text.html),
      authentication: authenticationOf(headers, trustedHosts),
      warnings: [...this.#warnings],
    };
  }

  readonly #warn = (warning: string): void => {
    if (this.#warnings.size < 100) this.#warnings.add(warning);
  };

  readonly #guessed = (charset: string): void => this.#warn(`decoded with a guess: ${charset}`);

  #text(headers: Headers, name: string): string {
    return decodeWords(headerText(headers.raw(name) ?? '', this.#guessed, this.#bodyCharset), this.#guessed).trim();
  }

  #addresses(headers: Headers, name: string): MailAddress[] {
    return headers.all(name).flatMap((raw) => parseAddresses(raw, this.#guessed, this.#bodyCharset));
  }

  #textOf(
    content: MailContent,
    sender: { subject: string; senderName: string },
  ): { separated: Separated; whole: string; html: string | null } {
    const forms = formsOf(content);
    const plain = forms.plain === null ? null : this.#bounded(plainLines(this.#cut(forms.plain)));
    const html = forms.html === null ? null : this.#bounded(htmlLines(forms.html, this.#warn));
    const separated = separateForms(plain, html, sender);
    const whole = wholeOf(plain, html);
    return {
      separated: { ...separated, forwarded: separated.forwarded ?? this.#attachedForward(content, separated) },
      whole,
      html: forms.html,
    };
  }

  #cut(text: string): string {
    if (text.length > LONGEST_TEXT) this.#warn('the text is longer than is read: its end was left out');
    return text.slice(0, LONGEST_TEXT);
  }

  #bounded(lines: Line[]): Line[] {
    if (lines.length > MOST_LINES) this.#warn('the text is longer than is read: its end was left out');
    return lines.slice(0, MOST_LINES);
  }

  /** A mail that is forwarded as a file, in a mail that says little itself. */
  #attachedForward(content: MailContent, { text, quoted }: Separated): ForwardedMail | null {
    const raw = content.mails[0];
    if (content.mails.length !== 1 || raw === undefined || content.reports.length > 0 || quoted !== '' || text.length > 2_000) return null;
    const inner = readEntity(raw, () => {});
    const forms = formsOf(contentOf(inner, () => {}));
    const plain = forms.plain === null ? null : plainLines(forms.plain.slice(0, LONGEST_TEXT)).slice(0, MOST_LINES);
    const html = forms.html === null ? null : htmlLines(forms.html, () => {}).slice(0, MOST_LINES);
    return {
      from: this.#addresses(inner.headers, 'from')[0] ?? null,
      date: parseMailDate(inner.headers.line('date')),
      text: wholeOf(plain, html),
    };
  }
}

/** The charset that the first part with one declares. */
function charsetOf(entity: Entity): string {
  const own = entity.type.params.get('charset');
  if (own !== undefined) return own;
  return entity.children.map(charsetOf).find((charset) => charset !== '') ?? '';
}

/** The two forms of the text, each of all its pieces; a form that no piece has is null. An invitation without text speaks for itself. */
function formsOf({ pieces, files }: MailContent): { plain: string | null; html: string | null } {
  if (pieces.length === 0) {
    const invitation = files.find(({ type }) => type === 'text/calendar');
    return { plain: invitation ? calendarText(invitation.content.toString('utf8')) : null, html: null };
  }
  const hasHtml = pieces.some(({ html }) => html !== null);
  const hasPlain = pieces.every(({ plain }) => plain !== null);
  return {
    plain: hasPlain ? pieces.map(({ plain }) => plain).join('\n') : null,
    html: hasHtml ? pieces.map(({ plain, html }) => html ?? asHtml(plain ?? '')).join('\n') : null,
  };
}

function asHtml(plain: string): string {
  return `<div>${plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\n', '<br>\n')}</div>`;
}

function wholeOf(plain: readonly Line[] | null, html: readonly Line[] | null): string {
  const marked = (lines: readonly Line[]) => joinLines(lines.map(({ text, depth }) => `${'> '.repeat(Math.min(depth, 20))}${text}`));
  const written = plain === null ? '' : marked(plain);
  return written !== '' || html === null ? written : marked(html);
}

function languageIn(text: string, languageOf: NonNullable<ParseOptions['languageOf']>): ParsedMail['language'] {
  return text.trim() === '' ? null : languageOf(text);
}

/** The reference in the subject, or the one that an answered mail of ours carries in its Message-ID. */
function caseReferenceOf(subject: string, inReplyTo: string | null): Reference | null {
  const answered = inReplyTo === null ? null : parseOwnMessageId(inReplyTo);
  return findReferences(subject)[0] ?? (answered && findReferences(answered.id)[0]) ?? null;
}

function replyTokenOf(addresses: readonly string[], ownAddresses: readonly string[]): string | null {
  return addresses.map((address) => replyTokenIn(address, ownAddresses)).find((token) => token !== null) ?? null;
}
