import { type Case, DUPLICATE_REASONS, type DuplicateReason } from '../domain/index.ts';
import { placeOf } from './disruptions.ts';

export interface LikelyDuplicate<Found> {
  readonly found: Found;
  readonly because: DuplicateReason;
}

/** More than these nobody compares. */
const MOST = 3;
/** How much of the shorter text must stand in the other, 0 to 1: less for the same requester, who says it again in other words. */
const ALIKE = { own: 0.5, others: 0.7 } as const;
/** A few words in common say nothing. */
const FEWEST_WORDS = 3;
/** What a text is compared by; the rest of a long one is seldom about the question. */
const COMPARED = 1_000;
const UNFINISHED: ReadonlySet<Case['state']> = new Set(['open', 'queued', 'claimed', 'waiting']);

/**
 * The unfinished cases that are most likely the same question as this one, the likeliest first, at most three. What names another place is
 * another question, and reports of one disruption are together already.
 * @param own cases of the same requester
 * @param ofProduct cases of the same product, whoever asked
 */
export function likelyDuplicates<Found extends { readonly case: Case }>(
  it: Case,
  own: readonly Found[],
  ofProduct: readonly Found[],
): readonly LikelyDuplicate<Found>[] {
  const place = placeKey(it);
  const words = wordsOf(it);
  const mine = new Set(own.map((found) => found.case.id));
  const all = [...own, ...ofProduct.filter((found) => !mine.has(found.case.id))];
  return all
    .flatMap((found) => {
      const other = found.case;
      if (other.id === it.id || !UNFINISHED.has(other.state)) return [];
      if (other.disruption !== null && other.disruption === it.disruption) return [];
      const there = placeKey(other);
      if (place !== null && there !== null && place !== there) return [];
      const likeness = overlap(words, wordsOf(other));
      const because = reasonFor(it, other, mine.has(other.id), place !== null && place === there, likeness);
      return because ? [{ found, because, strength: DUPLICATE_REASONS.indexOf(because), likeness }] : [];
    })
    .sort((a, b) => a.strength - b.strength || b.likeness - a.likeness || b.found.case.openedAt.getTime() - a.found.case.openedAt.getTime())
    .slice(0, MOST)
    .map(({ found, because }) => ({ found, because }));
}

function reasonFor(it: Case, other: Case, own: boolean, samePlace: boolean, likeness: number): DuplicateReason | null {
  const sameProduct = it.product !== null && it.product === other.product;
  if (own && (sameProduct || likeness >= ALIKE.own)) return 'requester';
  if (sameProduct && samePlace) return 'place';
  return sameProduct && likeness >= ALIKE.others ? 'words' : null;
}

function placeKey(it: Case): string | null {
  return placeOf({ text: it.text.slice(0, COMPARED), values: it.values })?.toLowerCase() ?? null;
}

function wordsOf({ text }: Case): ReadonlySet<string> {
  const plain = text.slice(0, COMPARED).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return new Set(plain.match(/[\p{L}\p{N}]{3,}/gu) ?? []);
}

/** How much of the shorter text stands in the other. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const fewest = Math.min(a.size, b.size);
  return fewest < FEWEST_WORDS ? 0 : [...a].filter((word) => b.has(word)).length / fewest;
}
