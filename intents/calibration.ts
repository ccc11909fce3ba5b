/**
 * From scores to "how sure". Fitted on predictions for examples that the predicting model had not seen (cross-fitting), and
 * on whole classes that it had not seen: those stand for questions that no product fits, of which training has none.
 */
import type { Calibration } from './model.ts';

/** A prediction on an example the model had not seen. */
export interface Observation {
  readonly signals: readonly number[];
  readonly right: boolean;
  /** Whether its class was among those trained. */
  readonly inScope: boolean;
}

const sigmoid = (score: number): number => 1 / (1 + Math.exp(-score));

/**
 * How much unfitting text the confidence is calibrated for: about one message in seven. Chosen on `test/intents/development.jsonl`: with a tenth it
 * believed too much, with a fifth it turned away too many.
 */
const OUT_OF_SCOPE_SHARE = 0.15;
/** At most this share of the questions it would get right may be turned away; turning away what it gets wrong is no loss. */
const FALSE_ABSTAIN = 0.05;
/** Nor is said what is more likely wrong than right, however few are turned away. */
const LEAST_CONFIDENCE = 0.5;

/** The signals of one prediction; `scores` are the classes', `seen` the known share of the text. */
export function signalsOf(scores: Float64Array, seen: number, words: number): number[] {
  let best = -Infinity;
  let second = -Infinity;
  let above = 0;
  for (const score of scores) {
    if (score > best) {
      second = best;
      best = score;
    } else if (score > second) second = score;
  }
  for (const score of scores) above += Math.exp(4 * (score - best));
  if (second === -Infinity) second = -1;
  return [best, best - second, Math.log(above), seen, Math.log(1 + words)];
}

/** Logistic regression by Newton steps: few signals, so exact and quick. */
export function logistic(
  rows: readonly (readonly number[])[],
  goals: readonly boolean[],
  shares: readonly number[],
  ridge = 1e-2,
): { weights: number[]; bias: number } {
  const size = (rows[0]?.length ?? 0) + 1;
  const beta = new Float64Array(size);
  for (let step = 0; step < 25; step += 1) {
    const gradient = new Float64Array(size);
    const hessian = Array.from({ length: size }, () => new Float64Array(size));
    rows.forEach((row, at) => {
      const share = shares[at] ?? 1;
      let score = beta[size - 1] ?? 0;
      row.forEach((signal, i) => {
        score += signal * (beta[i] ?? 0);
      });
      const chance = sigmoid(score);
      const error = (chance - (goals[at] ? 1 : 0)) * share;
      const curve = Math.max(chance * (1 - chance), 1e-6) * share;
      for (let i = 0; i < size; i += 1) {
        const left = i < row.length ? (row[i] ?? 0) : 1;
        gradient[i] = (gradient[i] ?? 0) + error * left;
        const line = hessian[i];
        if (!line) continue;
        for (let j = 0; j < size; j += 1) line[j] = (line[j] ?? 0) + curve * left * (j < row.length ? (row[j] ?? 0) : 1);
      }
    });
    for (let i = 0; i < size; i += 1) {
      gradient[i] = (gradient[i] ?? 0) + ridge * (beta[i] ?? 0);
      const line = hessian[i];
      if (line) line[i] = (line[i] ?? 0) + ridge;
    }
    const change = solve(hessian, gradient);
    let moved = 0;
    for (let i = 0; i < size; i += 1) {
      const delta = Math.max(-5, Math.min(5, change[i] ?? 0));
      beta[i] = (beta[i] ?? 0) - delta;
      moved = Math.max(moved, Math.abs(delta));
    }
    if (moved < 1e-6) break;
  }
  return { weights: Array.from(beta.subarray(0, size - 1)), bias: beta[size - 1] ?? 0 };
}

/** Gaussian elimination with pivoting. */
function solve(matrix: Float64Array[], right: Float64Array): Float64Array {
  const size = right.length;
  const rows = matrix.map((line, at) => Float64Array.from([...line, right[at] ?? 0]));
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let at = column + 1; at < size; at += 1) if (Math.abs(rows[at]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = at;
    const top = rows[pivot];
    const here = rows[column];
    if (!top || !here) continue;
    rows[pivot] = here;
    rows[column] = top;
    const lead = top[column] ?? 0;
    if (Math.abs(lead) < 1e-12) continue;
    for (let at = 0; at < size; at += 1) {
      const line = rows[at];
      if (at === column || !line) continue;
      const factor = (line[column] ?? 0) / lead;
      if (factor === 0) continue;
      for (let i = column; i <= size; i += 1) line[i] = (line[i] ?? 0) - factor * (top[i] ?? 0);
    }
  }
  return Float64Array.from({ length: size }, (_, at) => {
    const lead = rows[at]?.[at] ?? 0;
    return Math.abs(lead) < 1e-12 ? 0 : (rows[at]?.[size] ?? 0) / lead;
  });
}

/** Pool-adjacent-violators: the best rising steps from scores to chances, thinned to a few knots. */
function risingKnots(scored: readonly { score: number; right: number; share: number }[]): [number, number][] {
  const sorted = [...scored].sort((a, b) => a.score - b.score);
  const pieces = Math.min(20, Math.max(4, Math.floor(sorted.length / 40)));
  const blocks: { score: number; right: number; share: number }[] = [];
  for (let piece = 0; piece < pieces; piece += 1) {
    const part = sorted.slice(Math.floor((piece * sorted.length) / pieces), Math.floor(((piece + 1) * sorted.length) / pieces));
    if (part.length === 0) continue;
    let share = 0.02;
    let right = 0.01;
    let score = 0;
    for (const row of part) {
      share += row.share;
      right += row.share * row.right;
      score += row.score / part.length;
    }
    blocks.push({ score, right, share });
    for (;;) {
      const last = blocks.at(-1);
      const before = blocks.at(-2);
      if (!last || !before || before.right / before.share <= last.right / last.share) break;
      const total = before.share + last.share;
      blocks.splice(-2, 2, {
        score: (before.score * before.share + last.score * last.share) / total,
        right: before.right + last.right,
        share: total,
      });
    }
  }
  return blocks.map((block) => [block.score, block.right / block.share]);
}

/** Confidence at a score, between the knots in a straight line. */
export function confidenceAt(knots: Calibration['knots'], score: number): number {
  const first = knots[0];
  const last = knots.at(-1);
  if (!first || !last) return sigmoid(score);
  // Outside the knots a faint slope remains, so that ranking by confidence never ties.
  if (score <= first[0]) return first[1] * Math.exp((score - first[0]) / 4);
  if (score >= last[0]) return 1 - (1 - last[1]) * Math.exp((last[0] - score) / 4);
  for (let at = 1; at < knots.length; at += 1) {
    const left = knots[at - 1];
    const right = knots[at];
    if (!left || !right || score > right[0]) continue;
    return left[1] + ((right[1] - left[1]) * (score - left[0])) / Math.max(1e-9, right[0] - left[0]);
  }
  return last[1];
}

export function scoreOf(calibration: Pick<Calibration, 'signals' | 'bias'>, signals: readonly number[]): number {
  let score = calibration.bias;
  signals.forEach((signal, at) => {
    score += signal * (calibration.signals[at] ?? 0);
  });
  return score;
}

/** Without observations (too few examples): a gentle guess from the best score alone. */
const GUESS: Calibration = { signals: [4, 2, 0, 0, 0], bias: 0, knots: [], threshold: 0.3, temperature: 5 };

export function calibrate(observations: readonly Observation[]): Calibration {
  const inside = observations.filter((row) => row.inScope).length;
  const outside = observations.length - inside;
  if (inside < 20) return GUESS;
  const equal = observations.map((row) => (row.inScope ? 1 : outside > 0 ? inside / outside : 1));
  const fitted =
    outside > 0
      ? logistic(
          observations.map((row) => row.signals),
          observations.map((row) => row.inScope),
          equal,
        )
      : logistic(
          observations.map((row) => row.signals),
          observations.map((row) => row.right),
          equal,
        );
  const shape = { signals: fitted.weights, bias: fitted.bias };
  const outWeight = outside > 0 ? (OUT_OF_SCOPE_SHARE / (1 - OUT_OF_SCOPE_SHARE)) * (inside / outside) : 1;
  const knots = risingKnots(
    observations.map((row) => ({ score: scoreOf(shape, row.signals), right: row.right ? 1 : 0, share: row.inScope ? 1 : outWeight })),
  );
  const sure = observations
    .filter((row) => row.right)
    .map((row) => confidenceAt(knots, scoreOf(shape, row.signals)))
    .sort((a, b) => a - b);
  const threshold = Math.max(LEAST_CONFIDENCE, sure[Math.floor(sure.length * FALSE_ABSTAIN)] ?? 0);
  return { ...shape, knots, threshold, temperature: 5 };
}
