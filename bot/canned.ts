import type { Case, Language } from '../domain/index.ts';
import { placeOf } from './disruptions.ts';
import { textsIn } from './texts.ts';

/** What stands between braces in a canned text, in either language, and what it stands for. */
const PLACEHOLDERS = {
  naam: 'name',
  name: 'name',
  referentie: 'reference',
  reference: 'reference',
  plaats: 'place',
  place: 'place',
  product: 'product',
  ik: 'colleague',
  me: 'colleague',
} as const;
type Placeholder = (typeof PLACEHOLDERS)[keyof typeof PLACEHOLDERS];

/**
 * A canned text for a case. What is not known stays to be seen, as `[plaats]`: it is filled in by hand. What is no placeholder stays as it is.
 * @param about what the case does not know itself: its requester, the name of its product, and the colleague who writes
 */
export function fillCanned(
  text: string,
  it: Pick<Case, 'reference' | 'text' | 'values'>,
  about: { readonly name: string | null; readonly product: string | null; readonly colleague: string },
): string {
  const known: Readonly<Record<Placeholder, string | null>> = {
    name: about.name?.trim().split(/\s+/)[0] || null,
    reference: it.reference,
    place: placeOf(it),
    product: about.product,
    colleague: about.colleague,
  };
  return text.replace(/\{([a-z]+)\}/gi, (whole, word: string) => {
    const key = Object.entries(PLACEHOLDERS).find(([name]) => name === word.toLowerCase())?.[1];
    return key === undefined ? whole : (known[key] ?? `[${word}]`);
  });
}

const OPEN = new RegExp(`\\[(?:${Object.keys(PLACEHOLDERS).join('|')})\\]`, 'i');

/** Whether something in a text that was filled in is still to be filled in by hand. */
export function leavesOpen(text: string): boolean {
  return OPEN.test(text);
}

/** A colleague's own words in what was said to a requester: without what the desk says around a ready report. */
export function ownWords(said: string, reference: string, language: Language): string {
  const texts = textsIn(language);
  const prefix = texts.ready(reference, '');
  const suffix = `\n\n${texts.readyAsk}`;
  const rest = said.startsWith(prefix) ? said.slice(prefix.length) : said;
  return (rest.endsWith(suffix) ? rest.slice(0, -suffix.length) : rest).trim();
}
