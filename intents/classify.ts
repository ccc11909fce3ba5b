/** One text against all products: the scores, how sure, the best five and why. No moves and no splitting here. */
import type { Candidate, Weight } from '../domain/index.ts';
import { confidenceAt, scoreOf, signalsOf } from './calibration.ts';
import { featuresOf, indexOf, type RawFeatures, type Vector, vectorOf } from './features.ts';
import type { Model } from './model.ts';
import { sparseScores, weightOf } from './sparse.ts';
import { wordsOf } from './text.ts';

/** So many of the nearest products are named. */
const NEAREST = 5;

export interface Classified {
  readonly raw: RawFeatures;
  readonly vector: Vector;
  /** Index of the best product, -1 when the model knows none. */
  readonly best: number;
  readonly confidence: number;
  readonly top: readonly Candidate[];
  /** Whether the best fits well enough to say so. */
  readonly fits: boolean;
}

/** Classifies one text. A text without a known word fits nothing. */
export function classify(model: Model, text: string): Classified {
  const raw = featuresOf(text, model.spelling);
  const vector = vectorOf(model.space, raw);
  const count = model.products.length;
  if (count === 0 || raw.words === 0) return { raw, vector, best: -1, confidence: 0, top: [], fits: false };
  const scores = new Float64Array(count);
  sparseScores(model.product, vector.ids, vector.values, scores);
  const order = Array.from(scores.keys())
    .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
    .slice(0, NEAREST);
  const best = order[0] ?? 0;
  const { calibration } = model;
  const score = scoreOf(calibration, signalsOf(scores, vector.seen, raw.words));
  const confidence = vector.ids.length === 0 ? 0 : confidenceAt(calibration.knots, score);
  const top = order.map((at) => ({
    product: model.products[at] ?? '',
    confidence: confidence * Math.exp(calibration.temperature * ((scores[at] ?? 0) - (scores[best] ?? 0))),
  }));
  return { raw, vector, best, confidence, top, fits: confidence >= calibration.threshold };
}

/** The words of a text that was classified that weighed most for a product, strongest first. */
export function whyOf(model: Model, text: string, { raw, vector }: Pick<Classified, 'raw' | 'vector'>, product: number): Weight[] {
  if (product < 0) return [];
  const words = wordsOf(text);
  const valueById = new Map<number, number>();
  vector.ids.forEach((id, at) => {
    valueById.set(id, vector.values[at] ?? 0);
  });
  const weights = new Float64Array(words.length);
  const counts = new Map<number, number>();
  for (const hash of raw.hashes) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  raw.hashes.forEach((hash, at) => {
    const id = indexOf(model.space, hash);
    const value = valueById.get(id);
    if (value === undefined) return;
    const weight = (value * weightOf(model.product, id, product)) / (counts.get(hash) ?? 1);
    const place = raw.places[at] ?? 0;
    // A pair belongs to both its words.
    if (raw.families[at] === 1) {
      weights[place] = (weights[place] ?? 0) + weight / 2;
      weights[place + 1] = (weights[place + 1] ?? 0) + weight / 2;
    } else weights[place] = (weights[place] ?? 0) + weight;
  });
  const total = new Map<string, number>();
  words.forEach((word, at) => {
    total.set(word, (total.get(word) ?? 0) + (weights[at] ?? 0));
  });
  return [...total]
    .filter(([, weight]) => weight > 0.01)
    .sort((a, b) => b[1] - a[1])
    .slice(0, 5)
    .map(([word, weight]) => ({ word, weight: Math.round(weight * 1000) / 1000 }));
}
