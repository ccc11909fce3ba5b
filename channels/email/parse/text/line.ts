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
}

const MARKS = /^\s?(?:>\s?)+/;

/** Lines of plain text; `>` at the beginning is a level of quoting each, but for the end of an address that was wrapped ("<jan@example.org\n>:"). */
export function plainLines(text: string): Line[] {
  let before = '';
  return text.split('\n').map((line) => {
    const plain: Line = { text: line.trimEnd(), depth: 0, zone: 'body' };
    const isWrappedAddress = line.startsWith('>') && /<[^<>]{0,120}$/.test(before.slice(-140)) && !before.startsWith('>');
    before = plain.text;
    return isWrappedAddress ? plain : quoted(plain);
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
