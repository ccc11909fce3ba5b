/** Where the signature begins in what somebody wrote. */
import { CLOSING, CLOSING_WITH_NAME, CONTACT, DEVICE, DISCLAIMER, SENT_FROM, THANKS } from './signature-words.ts';

/** A signature has no more lines with text than this, disclaimer and all. */
const LONGEST = 60;

/**
 * Splits the lines of a new text at its signature; what somebody adds below it ("PS: ...") goes back to the text.
 * @param isBelow whether text or a quote stands above these lines
 */
export function splitSignature(
  lines: readonly string[],
  senderName: string,
  isBelow = false,
): { readonly text: string[]; readonly signature: string[] } {
  const tail = tailStart(lines);
  const end = lines.slice(tail);
  const at = withRulesAbove(lines, tail + signatureStart(end, senderName, isBelow || tail > 0));
  const { kept, added } = postscript(lines.slice(at));
  return { text: added.length > 0 ? [...lines.slice(0, at), '', ...added] : lines.slice(0, at), signature: kept };
}

/** A line across above the signature belongs to it. */
function withRulesAbove(lines: readonly string[], at: number): number {
  let start = at;
  while (at < lines.length && start > 0 && isRule(lines[start - 1] ?? '')) start--;
  return start;
}

const isRule = (line: string): boolean => line.length < 300 && /^\s*(?:[-_=*]{2,})?\s*$/.test(line);

/** Where the last lines begin in which a signature may stand. */
function tailStart(lines: readonly string[]): number {
  let texts = 0;
  for (let index = lines.length - 1; index >= 0; index--) if (lines[index]?.trim() !== '' && ++texts > LONGEST) return index + 1;
  return 0;
}

function signatureStart(lines: readonly string[], senderName: string, isTail: boolean): number {
  const delimiter = lines.findIndex((line, index) =>
    isDelimited(line, lines.slice(index + 1), senderName, isTail || hasText(lines.slice(0, index))),
  );
  const body = delimiter < 0 ? lines : lines.slice(0, delimiter);
  const closing = closingStart(body, senderName);
  // What a phone adds stands below the name that somebody typed.
  const isAdded = closing < body.length && isSentFrom(body[closing] ?? '');
  return closing < body.length && !isAdded ? closing : detailsStart(body.slice(0, closing), senderName, isTail);
}

/** "-- " (RFC 3676, section 4.3) before a short rest, and longer rules before what holds contact details or the sender's name. */
function isDelimited(line: string, rest: readonly string[], senderName: string, isBelowText: boolean): boolean {
  const texts = rest.filter((other) => other.trim() !== '');
  if (/^\s{0,3}(?:--|—|–|-- -)\s*$/.test(line)) return texts.length <= 15 || isSignatureLike(rest);
  if (!isBelowText || !/^\s*[-_=*–—]{2,80}\s*$/.test(line) || !isSignatureLike(rest)) return false;
  return texts.some(
    (other) => CONTACT.test(other.slice(0, 1_000)) || DISCLAIMER.test(other.slice(0, 1_000)) || isSenderName(other, senderName),
  );
}

const hasText = (lines: readonly string[]): boolean => lines.some((line) => line.trim() !== '');

/** Whether the rest can be a signature: short, or made of what signatures are made of. */
function isSignatureLike(rest: readonly string[]): boolean {
  const texts = rest.filter((line) => line.trim() !== '');
  if (texts.length === 0) return true;
  const odd = texts.filter((line) => isProse(line)).length;
  return odd <= texts.length / 3;
}

/** A sentence that says something, rather than a name, a function, an address or a disclaimer. */
function isProse(whole: string): boolean {
  const line = whole.slice(0, 1_000);
  if (DISCLAIMER.test(line) || CONTACT.test(line)) return false;
  const words = line.match(/\p{L}[^\s]*/gu) ?? [];
  return words.length >= 8 || (words.length >= 5 && /[?!.]$/.test(line.trim()) && /^\p{Lu}/u.test(line.trim()));
}

function closingStart(lines: readonly string[], senderName: string): number {
  for (const [index, line] of lines.entries()) {
    if (line.length > 200 || line.trim() === '') continue;
    if (isSentFrom(line)) return index;
    if (CLOSING.test(line) && isSignatureLike(afterName(lines, index + 1))) return index;
    if (isClosingWithName(line, senderName) && isSignatureLike(afterName(lines, index + 1))) return index;
    if (THANKS.test(line) && isNameThenDetails(lines.slice(index + 1), senderName)) return index;
  }
  return lines.length;
}

/** What follows a closing and a name, a postscript left out: a question there is no sign that it was no closing. */
function afterName(lines: readonly string[], from: number): string[] {
  return postscript(lines.slice(from)).kept;
}

function isSentFrom(line: string): boolean {
  return (
    SENT_FROM.test(line) &&
    (DEVICE.test(line) ||
      /^\s*(?:sent from my|verstuurd vanaf mijn|verzonden vanaf mijn|von meinem|envoyé (?:de|depuis) mon)(?:\s[^\s,]{1,20}){1,5}\s*$/i.test(
        line,
      ))
  );
}

function isClosingWithName(line: string, senderName: string): boolean {
  const name = CLOSING_WITH_NAME.exec(line)?.groups?.name;
  if (name === undefined) return false;
  if (/^\p{Lu}/u.test(name)) return true;
  return nameWords(senderName).has(name.toLowerCase().split(/\s+/)[0] ?? '');
}

const nameWords = (name: string): ReadonlySet<string> =>
  new Set((name.toLowerCase().match(/[\p{L}'’-]{2,}/gu) ?? []).filter((word) => !/^(?:van|de|der|den|von|the|team|via)$/.test(word)));

/** A line that is no more than the sender's name, or a part of it. */
function isSenderName(line: string, senderName: string): boolean {
  if (line.length > 100) return false;
  const own = nameWords(senderName);
  const said = line.toLowerCase().match(/[\p{L}'’-]{2,}/gu) ?? [];
  if (own.size === 0 || said.length === 0 || said.length > 6 || line.trim().length > 60 || /[?!:]\s*$/.test(line)) return false;
  return (
    said.some((word) => own.has(word)) &&
    said.filter((word) => !own.has(word) && !/^(?:van|de|der|den|von|me|dr|mr|drs|ir|ing)$/.test(word)).length <= 1
  );
}

/** After a thanks: a name, and nothing that is text again. */
function isNameThenDetails(rest: readonly string[], senderName: string): boolean {
  const texts = rest.filter((line) => line.trim() !== '');
  const first = texts[0];
  if (first === undefined || CLOSING.test(first) || isProse(first)) return false;
  const isName =
    isSenderName(first, senderName) ||
    /^\s*(?:\p{Lu}[\p{L}.'’-]{0,25}|van|de|der|den|von)(?:\s+(?:\p{Lu}[\p{L}.'’-]{0,25}|van|de|der|den|von)){0,4}\s*,?\s*$/u.test(first);
  return isName && isSignatureLike(texts.slice(1));
}

/** A signature without closing: the sender's name, then details; or a last paragraph of contact details or disclaimer. */
function detailsStart(lines: readonly string[], senderName: string, isTail: boolean): number {
  const paragraphs = paragraphStarts(lines);
  for (const [index, line] of lines.entries()) {
    if ((!isTail && !hasText(lines.slice(0, index))) || line.length > 100) continue;
    const rest = lines.slice(index + 1);
    if (isSenderName(line, senderName) && rest.every((other) => !isProse(other)) && isSignatureLike(rest)) return index;
  }
  let start = dashedNameStart(lines);
  for (const from of paragraphs.toReversed()) {
    if (from === 0) break;
    const paragraph = lines.slice(from, start).filter((line) => line.trim() !== '');
    if (!isDetails(paragraph)) break;
    start = from;
  }
  return start;
}

/** "-Jan de Vries", "/Jan" as the last line below a text. */
function dashedNameStart(lines: readonly string[]): number {
  const last = lines.findLastIndex((line) => line.trim() !== '');
  const isBelow = last > 0 && !/^\s*[-–—/]/.test(lines[last - 1] ?? '') && hasText(lines.slice(0, last));
  return isBelow && DASHED_NAME.test((lines[last] ?? '').slice(0, 100)) ? last : lines.length;
}

const DASHED_NAME = /^\s?[-–—/]\p{Lu}[\p{L}.'’-]{0,25}(?:\s+(?:\p{Lu}[\p{L}.'’-]{0,25}|van|de|der|den|von)){0,4}\s*$/u;

function isDetails(paragraph: readonly string[]): boolean {
  if (paragraph.length === 0) return true;
  if (isDisclaimer(paragraph.join(' ').slice(0, 10_000))) return true;
  if (paragraph.some((line) => line.length > 90)) return false;
  const contacts = paragraph.filter((line) => CONTACT.test(line) && line.trim().split(/\s+/).length <= 8).length;
  return contacts >= 2 && contacts * 2 >= paragraph.length && paragraph.every((line) => !/[?!]\s*$/.test(line));
}

/** One word of disclaimers may stand in anybody's text; a disclaimer has several, or is nothing else. */
function isDisclaimer(text: string): boolean {
  const found = new Set((text.match(new RegExp(DISCLAIMER, 'gi')) ?? []).map((word) => word.toLowerCase()));
  return (
    found.size >= 2 ||
    /^\s*[*_]*(?:disclaimer|proclaimer)\b/i.test(text) ||
    /^\W*(?:denk aan het milieu|please consider the environment|think before you print)/i.test(text)
  );
}

function paragraphStarts(lines: readonly string[]): number[] {
  return lines.flatMap((line, index) => (line.trim() !== '' && (index === 0 || lines[index - 1]?.trim() === '') ? [index] : []));
}

/** What somebody adds below their name. */
function postscript(signature: readonly string[]): { readonly kept: string[]; readonly added: string[] } {
  for (const from of paragraphStarts(signature)) {
    if (from === 0 && !/^\s*p\.?\s?s\.?\b/i.test(signature[0] ?? '')) continue;
    const end = signature.findIndex((line, index) => index > from && line.trim() === '');
    const paragraph = signature.slice(from, end < 0 ? signature.length : end);
    const text = paragraph.join(' ').trim();
    const isAdded =
      /^p\.?\s?s\.?\s?[:,.\s-]/i.test(text) ||
      (text.endsWith('?') && text.split(/\s+/).length >= 4 && !DISCLAIMER.test(text) && !CONTACT.test(text));
    if (isAdded) return { kept: [...signature.slice(0, from), ...signature.slice(end < 0 ? signature.length : end)], added: paragraph };
  }
  return { kept: [...signature], added: [] };
}
