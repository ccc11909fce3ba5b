export interface Piece {
  readonly text: string;
  /** Set when the piece is an address that may be opened. */
  readonly href?: string;
}

/** Finds web addresses in plain text. Only http and https become links; a full stop or bracket that ends the sentence is no part of them. */
export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(/\bhttps?:\/\/[^\s<>"]+/gi)) {
    let url = match[0].replace(/[.,;:!?'’”*_]+$/, '');
    while (url.endsWith(')') && !url.includes('(')) url = url.slice(0, -1).replace(/[.,;:!?]+$/, '');
    const href = safeUrl(url);
    if (!href) continue;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) });
    pieces.push({ text: url, href });
    from = match.index + url.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

/** An address that may stand behind a link, or null (`javascript:` and the like). */
export function safeUrl(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  return parsed.protocol === 'https:' || parsed.protocol === 'http:' ? parsed.href : null;
}
