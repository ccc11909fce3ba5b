/** How good a model is on rows it has not seen: the numbers `loket evaluate --json` prints. */
import type { Kind, Language } from '../domain/index.ts';
import { classify } from './classify.ts';
import { kindOf } from './kind.ts';
import type { Model } from './model.ts';

export interface EvaluationRow {
  readonly text: string;
  /** null: no product fits. */
  readonly product: string | null;
  readonly kind?: Kind | undefined;
  readonly language?: Language | undefined;
}

export interface Prediction {
  readonly text: string;
  readonly expected: string | null;
  /** null when it abstains. */
  readonly predicted: string | null;
  readonly confidence: number;
  readonly top3: readonly string[];
}

/** Shares are 0 to 1; null where the rows cannot tell (no kinds, none out of scope). */
export interface Evaluation {
  readonly rows: number;
  readonly accuracy: number | null;
  readonly top3: number | null;
  readonly kind: number | null;
  readonly auroc: number | null;
  readonly outOfScopeRecall: number | null;
  readonly outOfScopeRecallAt5: number | null;
  readonly outOfScopeRecallAt10: number | null;
  readonly falseAbstain: number | null;
  readonly ece: number | null;
  readonly predictMs: { readonly p50: number; readonly p99: number };
  readonly predictions: readonly Prediction[];
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** Chance that a fitting text scores above one that fits nothing (ties count half). */
export function auroc(inside: readonly number[], outside: readonly number[]): number | null {
  if (inside.length === 0 || outside.length === 0) return null;
  const all = [...inside.map((score) => ({ score, inside: true })), ...outside.map((score) => ({ score, inside: false }))].sort(
    (a, b) => a.score - b.score,
  );
  let sum = 0;
  for (let from = 0; from < all.length; ) {
    let to = from;
    while (to < all.length && all[to]?.score === all[from]?.score) to += 1;
    for (let at = from; at < to; at += 1) if (all[at]?.inside) sum += (from + to + 1) / 2;
    from = to;
  }
  return (sum - (inside.length * (inside.length + 1)) / 2) / (inside.length * outside.length);
}

/** Share of the unfitting rejected when `rejected` of the fitting are. */
export function outOfScopeRecallAt(inside: readonly number[], outside: readonly number[], rejected: number): number | null {
  if (inside.length === 0 || outside.length === 0) return null;
  const sorted = [...inside].sort((a, b) => a - b);
  const threshold = sorted[Math.floor(rejected * sorted.length)] ?? 0;
  return outside.filter((score) => score < threshold).length / outside.length;
}

/** Expected calibration error over ten equal bins of confidence, over what was said (abstentions are not said). */
export function calibrationError(said: readonly { readonly confidence: number; readonly right: boolean }[]): number | null {
  if (said.length === 0) return null;
  const bins = Array.from({ length: 10 }, () => ({ count: 0, confidence: 0, right: 0 }));
  for (const { confidence, right } of said) {
    const bin = bins[Math.min(9, Math.floor(confidence * 10))];
    if (!bin) continue;
    bin.count += 1;
    bin.confidence += confidence;
    bin.right += right ? 1 : 0;
  }
  return bins.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.right), 0) / said.length;
}

const percentile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

/** Measures the model on rows; each row is one question, so nothing is split and no move is looked for. */
export function evaluate(model: Model, rows: readonly EvaluationRow[]): Evaluation {
  const predictions: Prediction[] = [];
  const inside: number[] = [];
  const outside: number[] = [];
  const said: { confidence: number; right: boolean }[] = [];
  const times: number[] = [];
  const counts = { first: 0, three: 0, kinds: 0, kindsRight: 0, rejected: 0, caught: 0 };
  for (const row of rows) {
    const before = performance.now();
    const found = classify(model, row.text);
    const kind = kindOf(model.kind, row.text, found.fits ? found.best : -1);
    times.push(performance.now() - before);
    const top3 = found.top.slice(0, 3).map((candidate) => candidate.product);
    const predicted = found.fits ? (top3[0] ?? null) : null;
    predictions.push({ text: row.text, expected: row.product, predicted, confidence: found.confidence, top3 });
    if (row.kind !== undefined) {
      counts.kinds += 1;
      if (row.kind === kind) counts.kindsRight += 1;
    }
    if (predicted !== null) said.push({ confidence: found.confidence, right: predicted === row.product });
    if (row.product === null) {
      outside.push(found.confidence);
      if (predicted === null) counts.caught += 1;
    } else {
      inside.push(found.confidence);
      if (predicted === null) counts.rejected += 1;
      if (top3[0] === row.product) counts.first += 1;
      if (top3.includes(row.product)) counts.three += 1;
    }
  }
  times.sort((a, b) => a - b);
  return {
    rows: rows.length,
    accuracy: share(counts.first, inside.length),
    top3: share(counts.three, inside.length),
    kind: share(counts.kindsRight, counts.kinds),
    auroc: auroc(inside, outside),
    outOfScopeRecall: share(counts.caught, outside.length),
    outOfScopeRecallAt5: outOfScopeRecallAt(inside, outside, 0.05),
    outOfScopeRecallAt10: outOfScopeRecallAt(inside, outside, 0.1),
    falseAbstain: share(counts.rejected, inside.length),
    ece: calibrationError(said),
    predictMs: { p50: percentile(times, 0.5), p99: percentile(times, 0.99) },
    predictions,
  };
}
