/** What a canned text leaves open where the case does not know it, and the placeholders themselves where somebody typed one. */
const GAP =
  /\[(?:naam|name|referentie|reference|plaats|place|product)\]|\{(?:naam|name|referentie|reference|plaats|place|product|ik|me)\}/i;

/** The first thing in a text that is still to be filled in; null when nothing is. */
export function firstGap(text: string): { readonly from: number; readonly to: number; readonly words: string } | null {
  const found = GAP.exec(text);
  return found && { from: found.index, to: found.index + found[0].length, words: found[0] };
}
