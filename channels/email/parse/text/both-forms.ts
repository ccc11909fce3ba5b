/**
 * A mail has its text plain, as HTML, or both. The plain form is closest to what was written; the HTML's structure tells best where the
 * earlier mail begins. So the HTML's cut is carried over to the plain text.
 */
import type { Line } from './line.ts';
import { joinLines } from './line.ts';
import { type Sender, type Separated, separate } from './separate.ts';

/** @param plain lines of the plain form, null when there is none; likewise HTML */
export function separateForms(plain: readonly Line[] | null, html: readonly Line[] | null, sender: Sender): Separated {
  const byHtml = html && hasText(html) ? separate(html, sender) : null;
  const byPlain = plain && hasText(plain) ? separate(plain, sender) : null;
  if (!byHtml || !byPlain || !plain || !html) return byHtml ?? byPlain ?? { text: '', quoted: '', signature: '', forwarded: null };
  if (!isSameText(plain, html)) return letters(textOf(plain)).length > letters(textOf(html)).length / 2 ? byPlain : byHtml;
  if (letters(byPlain.text) === letters(byHtml.text)) return { ...byHtml, text: unwrapped(byPlain.text, byHtml.text) };
  if (!hasStructure(html)) return byPlain;
  return { ...byHtml, text: excerpt(textOf(plain), byHtml.text) ?? byHtml.text };
}

const hasText = (lines: readonly Line[]): boolean => lines.some(({ text }) => text.trim() !== '');
const hasStructure = (lines: readonly Line[]): boolean => lines.some(({ depth, zone }) => depth > 0 || zone !== 'body');
const textOf = (lines: readonly Line[]): string => lines.map(({ text }) => text).join('\n');

/** Letters and digits alone: what is left when links, emphasis and line ends are taken away. */
const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** Some mailers put another text into the plain form: "This mail needs a reader for HTML". */
function isSameText(plain: readonly Line[], html: readonly Line[]): boolean {
  const words = (lines: readonly Line[]) =>
    textOf(lines)
      .slice(0, 20_000)
      .toLowerCase()
      .match(/[\p{L}\p{N}]{2,}/gu) ?? [];
  const there = new Set(words(html));
  const sample = words(plain).slice(0, 200);
  return sample.filter((word) => there.has(word)).length * 2 >= sample.length;
}

/** Plain text that a mailer wrapped reads better as the HTML's paragraphs. */
function unwrapped(plain: string, html: string): string {
  const count = (text: string) => text.split('\n').filter((line) => line.trim() !== '').length;
  return count(html) < count(plain) ? html : plain;
}

/** Where a text stands in the plain form, as it is written there; null when it does not stand there in one piece. */
function excerpt(plain: string, text: string): string | null {
  const wanted = letters(text);
  const source = plain.slice(0, 200_000);
  if (wanted === '') return '';
  let squeezed = '';
  const places: number[] = [];
  for (const match of source.matchAll(/[\p{L}\p{N}]/gu)) {
    const letter = match[0].toLowerCase();
    squeezed += letter;
    for (let unit = 0; unit < letter.length; unit++) places.push(match.index);
  }
  const at = squeezed.indexOf(wanted);
  if (at < 0) return null;
  const start = source.lastIndexOf('\n', places[at]) + 1;
  const last = places[at + wanted.length - 1] ?? 0;
  const rest = /^[^\p{L}\p{N}\n]*/u.exec(source.slice(last + 1))?.[0] ?? '';
  return joinLines(source.slice(start, last + 1 + rest.length).split('\n'));
}
