/** Corrections beside the catalogue: which of them a model learns, and what is held back to judge by. Pure and deterministic. */
import { createHash } from 'node:crypto';
import type { Catalogue } from '../catalogue/index.ts';
import type { Kind, Language } from '../domain/index.ts';
import type { EvaluationRow } from './evaluate.ts';
import { type Example, examplesOf } from './examples.ts';
import { wordsOf } from './text.ts';

/** What people accepted as true of a text, without personal data. */
export interface Correction {
  readonly id: string;
  readonly text: string;
  readonly language: Language;
  /** Null: no product fits. */
  readonly product: string | null;
  readonly kind: Kind;
  /** Who corrected it. */
  readonly by: string;
}

/** Of one person so many corrections towards one product count, the latest: a product has some ninety examples of its own. */
const BY_ONE_FOR_PRODUCT = 10;
/** And so many in all. */
const BY_ONE = 300;
/** One question of the catalogue in so many is held back while a model is judged. */
const HELD_BACK_STEP = 8;

/**
 * The corrections that a model of this catalogue learns: products that are gone drop theirs, of one text the latest counts, and what one person
 * says weighs bounded.
 * @param corrections the oldest first
 */
export function taughtBy(catalogue: Catalogue, corrections: readonly Correction[]): Correction[] {
  const products = new Set(catalogue.products.map(({ id }) => id));
  const texts = new Set<string>();
  const weights = new Map<string, number>();
  const counted = (key: string): number => {
    const count = (weights.get(key) ?? 0) + 1;
    weights.set(key, count);
    return count;
  };
  const taught: Correction[] = [];
  for (const it of [...corrections].reverse()) {
    const key = keyOf(it.text);
    if ((it.product !== null && !products.has(it.product)) || key === '' || texts.has(key)) continue;
    texts.add(key);
    if (counted(`${it.by} ${it.product}`) > BY_ONE_FOR_PRODUCT || counted(it.by) > BY_ONE) continue;
    taught.push(it);
  }
  return taught.reverse();
}

/** Everything a model learns. A text of the catalogue's own that was corrected teaches what it was corrected to. */
export function examplesWith(catalogue: Catalogue, taught: readonly Correction[]): Example[] {
  const corrected = new Set(taught.map(({ text }) => keyOf(text)));
  const own = corrected.size === 0 ? examplesOf(catalogue) : examplesOf(catalogue).filter(({ text }) => !corrected.has(keyOf(text)));
  return [...own, ...taught.map(({ text, product, kind, language }) => ({ text, product, kind, language }))];
}

/** What a model learns while it is judged: without what it is asked afterwards. */
export function examplesToJudge(catalogue: Catalogue, taught: readonly Correction[]): Example[] {
  return examplesWith(catalogue, taught).filter((it) => !isHeldBack(it) || taught.some(({ text }) => text === it.text));
}

/**
 * What a model is judged by: the questions of the catalogue that were held back, and the corrections that the model in force had learned: nothing
 * that was set right once may go wrong again.
 */
export function judgedBy(catalogue: Catalogue, learnedBefore: readonly Correction[]): EvaluationRow[] {
  const earlier = new Set(learnedBefore.map(({ text }) => keyOf(text)));
  return [
    ...examplesOf(catalogue).filter((it) => isHeldBack(it) && !earlier.has(keyOf(it.text))),
    ...learnedBefore.map(({ text, product, kind }) => ({ text, product, kind })),
  ];
}

/** Questions are held back by what they say, so that it is the same ones each time, wherever they stand in the files. */
function isHeldBack({ text, kind }: Example): boolean {
  return kind !== undefined && createHash('sha256').update(keyOf(text)).digest().readUInt32BE(0) % HELD_BACK_STEP === 0;
}

function keyOf(text: string): string {
  return wordsOf(text).join(' ');
}
