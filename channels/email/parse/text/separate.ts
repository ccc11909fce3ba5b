/** Takes the text of a mail apart: what is new, what is quoted, what is signature, what was forwarded. */
import type { ForwardedMail, MailAddress } from '../parsed-mail.ts';
import { withoutBanner } from './banner.ts';
import { type ColouredAnswer, colouredIn } from './coloured.ts';
import { attributionStart, headerBlockAt, isNamedAttribution, isOriginalMark, isRuleAboveHeaders } from './earlier-mail.ts';
import { isBlank, joinLines, type Line, nextText } from './line.ts';
import { prefacedIn } from './prefaced.ts';
import { parseSaidDate } from './said-date.ts';
import { splitSignature } from './signature.ts';
import { FORWARD_SUBJECT, isForwardMark } from './words.ts';

export interface Separated {
  readonly text: string;
  readonly quoted: string;
  readonly signature: string;
  readonly forwarded: ForwardedMail | null;
}

export interface Sender {
  readonly subject: string;
  /** For a signature that is only a name. */
  readonly senderName: string;
}

/** @param given lines of one form of the mail, plain or HTML */
export function separate(given: readonly Line[], { subject, senderName }: Sender): Separated {
  const lines = belowAttribution(given);
  const earlier = withRulesAbove(lines, earlierMail(lines, subject));
  const own = lines.slice(0, earlier.from);
  const quotedLines = quotedAmong(own);
  const sections = sectionsOf(own, quotedLines);
  const owns = sections.map((section, index) => ownText(oneBlankInARow(withoutBanner(section)), senderName, index > 0));
  const signatures = owns.flatMap(({ signature }) => [...signature, '']);
  const newText = joinLines(owns.flatMap(({ text }) => [...text, '']));
  const isEarlier = (index: number) => (index >= earlier.from ? !earlier.isForward : quotedLines.has(index));
  const answers = answersIn(lines, isEarlier, { said: newText, senderName });
  const quotedText = lines.flatMap((line, index) => (isEarlier(index) ? withoutAnswer(line, answers.get(index)) : []));
  return {
    text: joinLines([newText, ...(newText === '' ? [] : ['']), ...answersInOrder(answers)]),
    quoted: joinLines(quotedText.map(shown)),
    signature: joinLines(signatures),
    forwarded: earlier.isForward ? forwardedIn(lines.slice(earlier.from)) : null,
  };
}

type Answers = ReadonlyMap<number, ColouredAnswer>;

/** What was typed inside the earlier mail, marked by the writer's name or by its colour. */
function answersIn(
  lines: readonly Line[],
  isEarlier: (index: number) => boolean,
  { said, senderName }: { readonly said: string; readonly senderName: string },
): Answers {
  const answers = new Map(colouredIn(lines, isEarlier, said));
  for (const [index, text] of prefacedIn(lines, senderName)) if (isEarlier(index)) answers.set(index, { text, rest: '' });
  return answers;
}

function answersInOrder(answers: Answers): string[] {
  return [...answers].sort(([a], [b]) => a - b).map(([, { text }]) => text);
}

function withoutAnswer(line: Line, answer: ColouredAnswer | undefined): Line[] {
  if (!answer) return [line];
  return answer.rest === '' ? [] : [{ ...line, text: answer.rest }];
}

/**
 * An attribution on top, with text below it that nothing marks as quoted: who answers and took the quote away wrote that text. The attribution
 * then counts as a quoted line.
 */
function belowAttribution(lines: readonly Line[]): readonly Line[] {
  const top = nextText(lines, 0);
  if (top < 0) return lines;
  const end = lines.findIndex((_, index) => index >= top && index <= top + 4 && bareAttribution(lines, index) === top);
  if (end < 0 || nextText(lines, end + 1) < 0 || lines.some(({ zone }) => zone !== 'body')) return lines;
  return lines.map((line, index) => (index >= top && index <= end ? { ...line, depth: 1 } : line));
}

function oneBlankInARow(lines: readonly Line[]): Line[] {
  return lines.filter((line, index) => !isBlank(line) || (index > 0 && !isBlank(lines[index - 1])));
}

/** With its quote marks, less the first: that it is quoted is known. */
const shown = ({ text, depth }: Line): string => (depth > 1 ? `${'> '.repeat(depth - 1)}${text}` : text);

interface Earlier {
  readonly from: number;
  readonly isForward: boolean;
}

/** Where everything to the end is an earlier mail. */
function earlierMail(lines: readonly Line[], subject: string): Earlier {
  for (const [index, line] of lines.entries()) {
    if (line.zone === 'history') return { from: index, isForward: isForward(lines, index, subject) };
    if (isQuotedForward(lines, index)) return { from: index, isForward: true };
    if (line.depth > 0 || isBlank(line)) continue;
    if (isForwardMark(line.text)) return { from: index, isForward: true };
    if (isOriginalMark(lines, index) || isRuleAboveHeaders(lines, index)) {
      if (isAboveQuoteOnly(lines, index + 1)) continue;
      return { from: index, isForward: isForward(lines, index, subject) };
    }
    if (headerBlockAt(lines, index, false)) return { from: index, isForward: isForward(lines, index, subject) };
    const start = bareAttribution(lines, index);
    if (start >= 0) return { from: start, isForward: false };
  }
  return { from: lines.length, isForward: false };
}

/** Apple Mail forwards inside a quote, without an attribution above it. */
function isQuotedForward(lines: readonly Line[], at: number): boolean {
  const line = lines[at];
  return line?.depth === 1 && (lines[at - 1]?.depth ?? 0) === 0 && isForwardMark(line.text) && introAbove(lines, at).length === 0;
}

/** A line across above the earlier mail belongs to it. */
function withRulesAbove(lines: readonly Line[], { from, isForward }: Earlier): Earlier {
  let start = from;
  while (from < lines.length && start > 0 && (isBlank(lines[start - 1]) || /^\s*[-_=*]{4,}\s*$/.test(lines[start - 1]?.text ?? '')))
    start--;
  return { from: start, isForward };
}

/** Quoted lines follow, and below them text again: then the mark stands above a quote like any other. */
function isAboveQuoteOnly(lines: readonly Line[], from: number): boolean {
  return (lines[nextText(lines, from)]?.depth ?? 0) > 0;
}

function isForward(lines: readonly Line[], from: number, subject: string): boolean {
  const marked = lines.slice(from, from + 4).some(({ text }) => isForwardMark(text));
  return marked || (FORWARD_SUBJECT.test(subject) && headerBlockAt(lines, from, true) !== null);
}

/** An attribution below which nothing is marked as quoted. */
function bareAttribution(lines: readonly Line[], end: number): number {
  if ((lines[nextText(lines, end + 1)]?.depth ?? 0) > 0) return -1;
  const start = attributionStart(lines, end, false);
  if (start >= 0) return start;
  return isNamedAttribution(lines[end]?.text ?? '') ? end : -1;
}

/** Which lines are quotes, or stand above one. */
function quotedAmong(lines: readonly Line[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const [index, line] of lines.entries()) {
    if (line.zone === 'intro') found.add(index);
    if (line.depth === 0) continue;
    found.add(index);
    if ((lines[index - 1]?.depth ?? 0) === 0) for (const intro of introAbove(lines, index)) found.add(intro);
    if (isWrappedQuote(lines, index + 1)) found.add(index + 1);
  }
  return found;
}

function introAbove(lines: readonly Line[], quote: number): number[] {
  let end = quote - 1;
  while (end >= 0 && isBlank(lines[end]) && quote - end <= 6) end--;
  if (end < 0 || isBlank(lines[end])) return [];
  let start = attributionStart(lines, end, true);
  if (start < 0 && (isOriginalMark(lines, end) || isHeaderEnd(lines, end))) start = markAbove(lines, end);
  return start < 0 ? [] : Array.from({ length: end - start + 1 }, (_, offset) => start + offset);
}

/** A header block whose body alone is marked as quoted. */
function isHeaderEnd(lines: readonly Line[], end: number): boolean {
  return markAbove(lines, end) >= 0;
}

function markAbove(lines: readonly Line[], end: number): number {
  for (let start = end; start >= Math.max(0, end - 12); start--) if (isOriginalMark(lines, start)) return start;
  return -1;
}

/** A quoted line that a mailer wrapped: its end stands without mark between two quoted lines. */
function isWrappedQuote(lines: readonly Line[], at: number): boolean {
  const [before, line, after] = [lines[at - 1], lines[at], lines[at + 1]];
  if (!before || !line || !after || line.depth > 0 || before.depth === 0 || after.depth === 0) return false;
  const width = before.text.length + before.depth * 2;
  return width >= 70 && width <= 82 && line.text.length <= 60 && /^\p{Ll}/u.test(line.text) && !/[.!?:]$/.test(before.text);
}

/** What is new, in the pieces between the quotes. */
function sectionsOf(lines: readonly Line[], quotedLines: ReadonlySet<number>): Line[][] {
  const sections: Line[][] = [];
  let current: Line[] = [];
  for (const [index, line] of lines.entries()) {
    if (!quotedLines.has(index)) current.push(line);
    else if (current.length > 0) {
      sections.push(current);
      current = [];
    }
  }
  if (current.length > 0) sections.push(current);
  return sections.filter((section) => section.some((line) => !isBlank(line)));
}

/** @param isBelow whether text or a quote stands above */
function ownText(lines: readonly Line[], senderName: string, isBelow: boolean): { text: string[]; signature: string[] } {
  const texts = lines.map(({ text }) => text);
  const marked = lines.findIndex(({ zone, text }) => zone === 'signature' && text.trim() !== '');
  if (marked < 0) return splitSignature(texts, senderName, isBelow);
  const above = splitSignature(texts.slice(0, marked), senderName);
  const inside = lines.flatMap(({ zone, text }, index) => (index >= marked && zone === 'signature' ? [text] : []));
  const below = lines.flatMap(({ zone, text }, index) => (index > marked && zone !== 'signature' ? [text] : []));
  // Some write their mail inside what the client holds for the signature.
  if (above.text.every((line) => line.trim() === '') && below.every((line) => line.trim() === '')) return splitSignature(texts, senderName);
  const after = splitSignature(below, senderName);
  return {
    text: [...above.text, ...(after.text.some((line) => line.trim() !== '') ? ['', ...after.text] : [])],
    signature: [...above.signature, '', ...inside, ...after.signature],
  };
}

const ADDRESS = /<?(?:mailto:)?([^\s<>[\]()"',;:]{1,64}@[^\s<>[\]()"',;:]{1,255})>?/;

function forwardedIn(lines: readonly Line[]): ForwardedMail {
  const mark = lines.findIndex((line) => !isBlank(line));
  const skip = isForwardMark(lines[mark]?.text ?? '') ? mark + 1 : Math.max(0, mark);
  const base = Math.min(
    ...lines
      .slice(skip)
      .filter((line) => !isBlank(line))
      .map(({ depth }) => depth),
    50,
  );
  const block = headerBlockAt(lines, skip, true);
  const body = lines.slice(block?.end ?? skip).map((line) => `${'> '.repeat(Math.max(0, line.depth - base))}${line.text}`);
  return {
    from: block ? saidAddress(block.fields.get('from') ?? '') : null,
    date: parseSaidDate(block?.fields.get('date') ?? ''),
    text: joinLines(body),
  };
}

/** "Jan Jansen <jan@example.org>", `"Jan" [mailto:jan@example.org]`, or a name alone, as clients show a sender. */
function saidAddress(said: string): MailAddress | null {
  const text = said.slice(0, 500);
  const address = ADDRESS.exec(text)?.[1] ?? '';
  const name = text
    .replace(/[<[(].{0,400}$/, '')
    .replace(/["'*_]/g, '')
    .trim();
  if (name === '' && address === '') return null;
  return { name: name === address ? '' : name, address };
}
