import type { ParsedMail } from '../parse/parsed-mail.ts';

/** What a mail asks, as one text for the desk. */

/** More than this nobody reads as a question; the mail itself is kept whole. In characters. */
const MAX_TEXT = 8_000;

const PREFIX =
  /^\s*(?:(?:re|fw|fwd|aw|wg|antw(?:oord)?|doorst|tr|rép|betr(?:eft)?|onderwerp|vs|sv)\s*(?:\[\d+\])?\s*:\s*|\[[^\]]{1,60}\]\s*)+/iu;
/** Subjects that say nothing. */
const EMPTY_SUBJECT =
  /^(?:geen onderwerp|\(?no subject\)?|zonder onderwerp|vraag(?:je)?|een vraag|melding|bericht|mail|e-?mail|hallo|hoi|hi|hello|question|request|help|hulp|verzoek|info(?:rmatie)?|test|foto|image|img.*|scan.*|spoed|urgent|belangrijk)?[\s.!?:]*$/iu;
/** So little above a forwarded mail says nothing without it; so much does, unless it points. In words. */
const FEW_WORDS = 8;
const SOME_WORDS = 40;
const POINTING = new Set('dit deze dat hier hiermee hiervan hieraan hierover hem haar this these that it him her'.split(' '));
const GREETING_LINE =
  /^(?:(?:hoi+|hallo|hey|hai|hi|hello|dag|goede[nr]?\s?(?:morgen|middag|avond|dag)|good (?:morning|afternoon|evening)|beste|dear|geachte|l\.?\s?s\.?)\b[^\n]{0,60})\n+/iu;

/** A subject without "Re:", "FW:" and what stands in brackets before it. */
export function plainSubject(subject: string): string {
  return subject.replace(PREFIX, '').replace(/\s+/g, ' ').trim();
}

/** Whether a subject answers or forwards another one. */
export function isReplySubject(subject: string): boolean {
  return PREFIX.test(subject);
}

/**
 * The text of the question: what was newly written, all of it where that alone does not tell, the subject where it adds something.
 * @param answers the mail goes on with a conversation, whose subject it only repeats
 * @param names the reference of the case that it is about, where the text must say it
 */
export function questionOf(mail: ParsedMail, answers: boolean, names: string | null = null): string {
  const told = toldIn(mail).trim();
  const subject = plainSubject(mail.subject);
  const files = mail.attachments.map(({ name }) => name).filter((name) => name !== '');
  const text = told === '' ? subject || files.join(', ') : !answers && adds(subject, told) ? withSubject(subject, told) : told;
  return cut(names === null || text.includes(names) ? text : `${names}: ${text}`);
}

/** What a mail newly says, all of it where that alone does not tell; the subject or the names of its files where it says nothing. */
export function newTextOf(mail: ParsedMail): string {
  const told = toldIn(mail).trim();
  return cut(told || plainSubject(mail.subject) || mail.attachments.map(({ name }) => name).join(', '));
}

function toldIn(mail: ParsedMail): string {
  if (mail.forwarded && (mail.showAll || leansOn(mail.text)))
    return [mail.text, mail.forwarded.text].filter((part) => part.trim() !== '').join('\n\n');
  if (!mail.showAll) return mail.text;
  const { whole, signature } = mail;
  return signature !== '' && whole.endsWith(signature) ? whole.slice(0, -signature.length) : whole;
}

/** "Kunnen jullie dit regelen?" above a forwarded mail: what is asked stands in that mail. */
function leansOn(text: string): boolean {
  const words = wordsOf(text);
  return words.length <= FEW_WORDS || (words.length <= SOME_WORDS && words.some((word) => POINTING.has(word)));
}

/** A subject says something when it has a word of its own that the text has not. */
function adds(subject: string, told: string): boolean {
  if (EMPTY_SUBJECT.test(subject)) return false;
  const said = new Set(wordsOf(told));
  return wordsOf(subject).some((word) => word.length > 2 && !said.has(word));
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** As one sentence with what follows, so that the two are one question; a greeting stays in front. */
function withSubject(subject: string, told: string): string {
  const greeting = GREETING_LINE.exec(told)?.[0] ?? '';
  const rest = told.slice(greeting.length);
  const heading = subject.replace(/[\s.:;,–-]+$/u, '');
  return `${greeting}${heading}${/[?!]$/.test(heading) ? ' ' : ': '}${rest}`;
}

function cut(text: string): string {
  if (text.length <= MAX_TEXT) return text;
  const head = text.slice(0, MAX_TEXT).toWellFormed();
  return `${head.slice(0, Math.max(head.lastIndexOf('\n'), MAX_TEXT - 500))}\n[…]`;
}
