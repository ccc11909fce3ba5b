import type { Coloured } from './colour.ts';

/** A line of a mail, as both of its forms (plain and HTML) are read into. */
export interface Line {
  /** Without quote marks, without blanks at its end. */
  readonly text: string;
  /** How many levels of quotes it stands in. */
  readonly depth: number;
  /**
   * What the HTML's structure says of it: `intro` stands above a quote ("On ... wrote:"), `history` is all that follows where a client begins
   * the earlier mail, `signature` is what the client put there as one.
   */
  readonly zone: 'body' | 'intro' | 'history' | 'signature';
  /** What of it the HTML gives another colour; absent when nothing. */
  readonly coloured?: readonly Coloured[];
}

const MARKS = /^\s?(?:>\s?)+/;

/** What trackers put at the end of a mail for themselves alone. */
const TRACKED = /^\s*ᐧ\s*$/;

/** Lines of plain text; `>` at the beginning is a level of quoting each, but for the end of an address that was wrapped ("<jan@example.org\n>:"). */
export function plainLines(text: string): Line[] {
  let above = '';
  const lines = text.split('\n').map((line) => {
    const plain: Line = { text: TRACKED.test(line) ? '' : line.trimEnd(), depth: 0, zone: 'body' };
    const isWrappedAddress = line.startsWith('>') && hasOpenAddress(above);
    above = line.startsWith('>') || plain.text === '' ? '' : `${above}${plain.text}`.slice(-200);
    return isWrappedAddress ? plain : quoted(plain);
  });
  return quotedByInitials(lines);
}

/** Whether an angle bracket in what stands above is still open; the address inside may have its own ("<\nmailto:A <a@b.c>\n>"). */
function hasOpenAddress(above: string): boolean {
  let open = 0;
  for (const sign of above.slice(-140)) open = sign === '<' ? open + 1 : sign === '>' ? Math.max(0, open - 1) : open;
  return open > 0;
}

const INITIALS = /^\s?([A-Z][A-Za-z]{0,3})>(?:\s|$)/;

/** Some editors quote with the writer's initials ("JJ> text"): two such lines with the same are a quote. */
function quotedByInitials(lines: readonly Line[]): Line[] {
  const initials = lines.map(({ text }) => INITIALS.exec(text)?.[1]);
  return lines.map((line, index) => {
    const own = initials[index];
    if (own === undefined || (initials[index - 1] !== own && initials[index + 1] !== own)) return line;
    return { ...line, text: line.text.replace(INITIALS, ''), depth: line.depth + 1 };
  });
}

/** Reads the quote marks that stand in the text itself. */
export function quoted(line: Line): Line {
  const marks = line.text.startsWith('>') || line.text.startsWith(' >') ? MARKS.exec(line.text)?.[0] : undefined;
  if (marks === undefined) return line;
  return { ...line, text: line.text.slice(marks.length), depth: line.depth + marks.split('>').length - 1 };
}

export const isBlank = (line: Line | undefined): boolean => line === undefined || line.text.trim() === '';

/** The first line with text from here on; -1 for none. */
export function nextText(lines: readonly Line[], from: number): number {
  for (let index = from; index < lines.length; index++) if (!isBlank(lines[index])) return index;
  return -1;
}

/** Texts joined to one, without blank lines at its edges and without more than one in a row. */
export function joinLines(lines: readonly string[]): string {
  const out: string[] = [];
  for (const line of lines) {
    const text = line.trimEnd();
    if (text !== '' || (out.length > 0 && out.at(-1) !== '')) out.push(text);
  }
  while (out.at(-1) === '') out.pop();
  return out.join('\n');
}
