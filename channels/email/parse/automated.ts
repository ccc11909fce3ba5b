/** Whether a mail was written by a person, and if not, what sort of machine sent it. */
import { OWN_MAIL_HEADER, parseOwnMessageId } from '../ids.ts';
import { type AutomatedInput, hasNullSender } from './automated-input.ts';
import { bounceOf } from './bounce.ts';
import type { MailContent } from './mime/content.ts';
import type { Automated } from './parsed-mail.ts';

/** Null for a person's mail. The surest sign comes first; `X-Auto-Response-Suppress` alone says nothing (Exchange sets it on people's mails). */
export function automatedOf(mail: AutomatedInput): Automated | null {
  const own = ownSign(mail);
  if (own) return { kind: 'own', why: own };
  if (
    mail.reportType === 'disposition-notification' ||
    mail.content.reports.some(({ type }) => type.value === 'message/disposition-notification')
  ) {
    return { kind: 'receipt', why: 'a read receipt (RFC 8098)' };
  }
  const bounce = bounceOf(mail);
  if (bounce) return bounce;
  const receipt = receiptSign(mail);
  if (receipt) return { kind: 'receipt', why: receipt };
  const reply = autoReplySign(mail);
  if (reply) return { kind: 'auto-reply', why: reply };
  const list = listSign(mail);
  return list ? { kind: 'list', why: list } : null;
}

/** Our header, or our Message-ID from one of our addresses: neither stands in a person's answer. */
function ownSign({ headers, messageId, from, ownAddresses }: AutomatedInput): string | null {
  if (headers.line(OWN_MAIL_HEADER.toLowerCase()) !== '') return OWN_MAIL_HEADER;
  const isOurAddress = ownAddresses.some((own) => own.toLowerCase() === from?.address.toLowerCase());
  if (messageId !== null && parseOwnMessageId(messageId) && (isOurAddress || ownAddresses.length === 0)) return 'a Message-ID of this desk';
  return isOurAddress ? 'from one of the own addresses' : null;
}

const RECEIPT_SUBJECT =
  /^\s*(?:gelezen|niet gelezen|read|not read|ungelesen gelöscht|gelesen|lu|non lu|ontvangstbevestiging|leesbevestiging|return receipt(?: \(displayed\))?|read receipt|lesebestätigung|accusé de (?:lecture|réception)|deleted without being read|afgeleverd|delivered)\s*[:(-]/i;

/** A receipt of a server that does not speak RFC 8098: a subject of theirs, and the null sender or nothing to read. */
function receiptSign({ headers, subject, content, text }: AutomatedInput): string | null {
  if (headers.has(/^x-ms-exchange-organization-isreadreceipt$/)) return 'a read receipt of Exchange';
  if (!RECEIPT_SUBJECT.test(subject)) return null;
  const isPlainReceipt = /(?:was (?:read|displayed)|is (?:gelezen|weergegeven)|wurde (?:gelesen|angezeigt)|a été (?:lu|affiché))/i.test(
    text.slice(0, 2_000),
  );
  return isPlainReceipt || hasNullSender(headers) || content.pieces.length === 0 ? 'a read receipt by its subject' : null;
}

const AUTOMATIC_SUBJECT =
  /^\s*\[?(?:automatisch(?:e)? (?:antwoord|reactie|beantwoording|bericht|afwezigheidsbericht|e-?mail)|auto(?:matic|mated)?[ -]?(?:reply|response|antwort|antwoord)|auto[ -]?re(?:ply)?|automatische antwort(?:mail)?|r[ée]ponse automatique|risposta automatica|respuesta autom[aá]tica|resposta autom[aá]tica|autosvar|automatisk svar|automatyczna odpowiedź)\]?\s*(?:[:–(-]|$|\b(?:re|on|op|is|out)\b)|^\s*auto: .{0,80}\b(?:out of|afwezig|abwesend|absent)/i;
const ABSENT_SUBJECT =
  /^\s*\[?(?:out of (?:the )?office|ooo|afwezig(?:heid)?(?:s?bericht|s?melding|sassistent)?|niet aanwezig|abwesenheit(?:snotiz|sassistent|smeldung|sbenachrichtigung)?|abwesend|absence(?: du bureau)?|absent(?:e)?(?: du bureau)?|message d['’]absence|en vacances|vakantie(?:bericht|melding)?|on (?:holiday|leave|vacation|annual leave)|buiten kantoor|buiten het kantoor)\]?\s*(?:[:–(-]|$|\b(?:re|tot|until|bis|jusqu|van|from|am|vom)\b)/i;

const ABSENT_TEXT =
  /\b(?:ik ben .{0,80}(?:afwezig|niet aanwezig|met vakantie|op vakantie|met verlof|buiten kantoor|niet op kantoor|niet bereikbaar|weer bereikbaar|weer aanwezig)|i (?:am|will be) .{0,40}(?:out of (?:the )?office|away|on (?:annual |parental |maternity |sick )?leave|on (?:holiday|vacation))|i['’]m .{0,20}(?:out of (?:the )?office|on (?:leave|holiday|vacation))|ich bin .{0,80}(?:nicht im (?:büro|hause)|abwesend|im urlaub|nicht erreichbar|wieder (?:erreichbar|im büro))|je (?:suis|serai) .{0,40}(?:absente?|en congés?|en vacances|hors du bureau)|bedankt voor (?:uw|je) (?:e-?mail|bericht).{0,80}(?:afwezig|niet aanwezig|vakantie))/i;

/** What machines say of their own mails, at the beginning of a line. */
const SAYS_AUTOMATIC =
  /^[\W_]{0,5}(?:dit is een automatisch(?:e)? (?:gegenereerde? |verzonden |verstuurde? )?(?:bericht|antwoord|e-?mail|reactie|ontvangstbevestiging|melding)|deze (?:e-?mail|mail) (?:is|wordt) automatisch (?:gegenereerd|verzonden|verstuurd)|(?:this|please note:? this) is an automat(?:ed|ic|ically generated) (?:message|e-?mail|reply|response|notification)|this (?:message|e-?mail) (?:was|is) (?:automatically generated|generated automatically|sent automatically)|(?:diese|dies ist eine) (?:e-?mail|nachricht|automatisch).{0,20}(?:automatisch|generiert|erstellt|antwort|nachricht)|(?:ceci est un|ce) (?:message|courriel|mail) (?:a été )?(?:généré |envoyé )?automatique(?:ment)?)/im;

/** Auto-Submitted (RFC 3834), what vendors put in its place, and the absence messages of servers that say nothing in their headers. */
function autoReplySign({ headers, subject, written, content, reportType }: AutomatedInput): string | null {
  if (reportType === 'feedback-report') return 'a feedback report (RFC 5965)';
  if (isJunkReport(content)) return 'a complaint report of Outlook.com';
  const submitted = headers.line('auto-submitted').toLowerCase();
  if (submitted !== '' && !/^no\b/.test(submitted)) return `Auto-Submitted: ${submitted}`;
  for (const name of ['x-autoreply', 'x-autorespond', 'x-autoreply-from', 'x-mail-autoreply', 'x-autogenerated', 'x-autoresponder']) {
    const value = headers.line(name);
    if (value !== '' && !/^(no|false|0)$/i.test(value)) return `${name}: ${value}`;
  }
  if (/^(auto[_-]?reply|autoreply)/i.test(headers.line('precedence'))) return 'Precedence: auto_reply';
  if (/auto[_-]?reply/i.test(headers.line('x-precedence')) || /^vacation|^oof/i.test(headers.line('x-loop')))
    return 'an automatic reply by X-Precedence';
  if (/^(?:oof|autoreply|all)$/i.test(headers.line('x-ms-exchange-inbox-rules-loop'))) return 'a rule of Exchange';
  if (/calendar/.test(content.files.map(({ type }) => type).join()) && isEmptyAnswerToInvitation(content, written))
    return 'an answer to an invitation without a word to read';
  if (hasNullSender(headers) && content.pieces.length > 0) return 'the null sender';
  if (AUTOMATIC_SUBJECT.test(subject)) return 'an automatic answer by its subject';
  const isAnswer =
    headers.line('x-auto-response-suppress') !== '' || headers.line('in-reply-to') !== '' || headers.line('references') !== '';
  if (isAnswer && ABSENT_SUBJECT.test(subject) && ABSENT_TEXT.test(written.slice(0, 1_500)))
    return 'an absence message by its subject and text';
  const isForward = /^\s*(?:fwd?|fw|wg|tr|doorst)\s*:/i.test(subject);
  return !isForward && SAYS_AUTOMATIC.test(written.slice(0, 6_000)) ? 'it says so itself' : null;
}

/** Outlook.com's Junk Email Reporting Program sends the complained-of mail alone, marked with whom it was for. */
function isJunkReport({ mails, pieces }: MailContent): boolean {
  return pieces.length === 0 && mails.some((raw) => /^x-hmxmroriginalrecipient:/im.test(raw.toString('latin1', 0, 8_000)));
}

function isEmptyAnswerToInvitation(content: MailContent, text: string): boolean {
  const isReply = content.files.some(
    (file) => file.type === 'text/calendar' && /^METHOD:REPLY\s*$/im.test(file.content.toString('latin1', 0, 4_000)),
  );
  return isReply && text.trim() === '';
}

/**
 * A list, newsletter or notification. A person who writes through a group is a list's mail too, because an answer would go to all of it;
 * unless the group is how the desk itself is reached.
 */
function listSign(mail: AutomatedInput): string | null {
  const { headers } = mail;
  if (isOwnList(mail)) return null;
  for (const name of ['list-id', 'list-unsubscribe', 'list-post', 'mailing-list', 'x-mailing-list', 'x-mlserver']) {
    if (headers.line(name) !== '') return `${name}: ${headers.line(name).slice(0, 200)}`;
  }
  const precedence = headers.line('precedence').toLowerCase();
  if (/^(bulk|list|junk)/.test(precedence)) return `Precedence: ${precedence}`;
  return takesNoAnswers(mail) ? 'from an address that takes no answers' : null;
}

/** `List-Id: <desk.example.org>` or `List-Post: <mailto:desk@example.org>` for desk@example.org. */
function isOwnList({ headers, ownAddresses }: AutomatedInput): boolean {
  const list = `${headers.line('list-id')} ${headers.line('list-post')}`.toLowerCase();
  return ownAddresses.some(
    (own) => list.includes(`<${own.toLowerCase().replace('@', '.')}>`) || list.includes(`mailto:${own.toLowerCase()}>`),
  );
}

const NO_REPLY =
  /^(?:no-?reply|do-?not-?reply|donotreply|niet-?beantwoorden|geen-?antwoord|nicht-?antworten|ne-?pas-?repondre)(?:[+@.-]|$)/i;

/** A form on a website writes from such an address too, but names the person in Reply-To. */
function takesNoAnswers({ from, replyTo }: AutomatedInput): boolean {
  return NO_REPLY.test(from?.address ?? '') && replyTo.every(({ address }) => NO_REPLY.test(address));
}
