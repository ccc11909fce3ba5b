/** Answers that somebody typed inside the earlier mail in another colour, and says so above it ("zie mijn antwoorden in rood"). */
import { type Colour, coloursAnnounced } from './colour.ts';
import { headerBlockAt } from './earlier-mail.ts';
import { isBlank, type Line } from './line.ts';

export interface ColouredAnswer {
  readonly text: string;
  /** What is left of the line when the answer is taken out: the question, when both stand on it. */
  readonly rest: string;
}

/**
 * Which lines of the earlier mail hold an answer. Only the mail that is answered is looked at: an older one below it has the colours of an
 * earlier round.
 * @param isEarlier whether a line is quoted or part of the earlier mail
 * @param said what is newly written above it
 */
export function colouredIn(
  lines: readonly Line[],
  isEarlier: (index: number) => boolean,
  said: string,
): ReadonlyMap<number, ColouredAnswer> {
  const found = new Map<number, ColouredAnswer>();
  const colours = lines.some(({ coloured }) => coloured) ? coloursAnnounced(said) : new Set<Colour>();
  if (colours.size === 0) return found;
  const { from, end } = answeredMail(lines, isEarlier);
  let isAllColoured = true;
  for (let index = from; index < end; index++) {
    const line = lines[index];
    if (!line || !isEarlier(index) || line.zone === 'intro' || isBlank(line)) continue;
    const runs = (line.coloured ?? []).filter(({ colour }) => colours.has(colour)).map(({ text }) => text.trim());
    const text = runs.filter((run) => run !== '').join(' ');
    const rest = runs.reduce((left, run) => left.replace(run, ''), line.text);
    isAllColoured &&= rest.trim() === '';
    if (text !== '') found.set(index, { text, rest: rest.replace(/\s+/g, ' ').trim() });
  }
  // A mail that is coloured all over has no answers in it.
  return isAllColoured ? new Map() : found;
}

/** From below its header block, where it has one, to where a second earlier mail begins. */
function answeredMail(lines: readonly Line[], isEarlier: (index: number) => boolean): { readonly from: number; readonly end: number } {
  let from = 0;
  for (const index of lines.keys()) {
    if (index < from || !isEarlier(index)) continue;
    const block = headerBlockAt(lines, index, false);
    if (!block) continue;
    if (from > 0) return { from, end: index };
    from = block.end;
  }
  return { from, end: lines.length };
}
