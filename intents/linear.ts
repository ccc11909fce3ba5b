/**
 * One linear map per class (one against the rest), squared hinge loss, trained by dual coordinate descent (Hsieh et al. 2008,
 * the method of liblinear): no learning rate to tune, deterministic with a seed, converges in a few passes.
 * Eight classes are trained side by side, so that a row's features are read once for eight.
 */
import type { RawFeatures, Vector } from './features.ts';
import { randomOf } from './text.ts';

const LANES = 8;
/** A smaller step is not worth writing to every feature of a row: a tenth faster, and the same accuracy. */
const LEAST_CHANGE = 2e-3;

export interface LinearOptions {
  /** Cost of a violated margin: higher fits the examples closer. */
  readonly cost: number;
  readonly passes: number;
  readonly seed: number;
}

/** Dense weights: `weights[feature * classes + class]`, and a bias per class. */
export interface Linear {
  readonly classes: number;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/** Rows of all texts behind one another (compressed sparse rows): fast to walk over. */
export interface Rows {
  readonly starts: Int32Array;
  readonly ids: Int32Array;
  readonly values: Float32Array;
  /** Made of each row's features: it gives the row its turn. */
  readonly keys: Uint32Array;
}

/** @param raws the features that the vectors were made of, in the same order */
export function rowsOf(vectors: readonly Vector[], raws: readonly RawFeatures[]): Rows {
  const starts = new Int32Array(vectors.length + 1);
  vectors.forEach((vector, row) => {
    starts[row + 1] = (starts[row] ?? 0) + vector.ids.length;
  });
  const total = starts[vectors.length] ?? 0;
  const ids = new Int32Array(total);
  const values = new Float32Array(total);
  vectors.forEach((vector, row) => {
    ids.set(vector.ids, starts[row] ?? 0);
    values.set(vector.values, starts[row] ?? 0);
  });
  return { starts, ids, values, keys: Uint32Array.from(raws, keyOf) };
}

function keyOf({ hashes }: RawFeatures): number {
  let key = 0x811c9dc5;
  for (const hash of hashes) key = Math.imul(key ^ hash, 0x01000193);
  return key >>> 0;
}

/**
 * In which order a pass visits the rows: shuffled, but by what each row says and not by its place among the others. So one example more leaves the
 * turns of all the others as they were, and two models differ by what they learned rather than by chance: of 593 left-out questions 7 to 10 were
 * otherwise answered differently after one example.
 */
function turnsOf(keys: Uint32Array, use: Int32Array, seed: number): Int32Array {
  const sorted = Float64Array.from(use, (row, at) => {
    const turn = Math.floor(randomOf(((keys[row] ?? 0) ^ Math.imul(seed, 0x9e3779b1)) >>> 0)() * 2 ** 31);
    return turn * 2 ** 21 + at;
  }).sort();
  return Int32Array.from(sorted, (value) => value % 2 ** 21);
}

/**
 * Trains on `rows` with `labels[row]` the class (negative: belongs to no class, an example of out of scope);
 * `use` lists the rows taken part.
 */
export function trainLinear(
  rows: Rows,
  labels: Int32Array,
  use: Int32Array,
  classes: number,
  features: number,
  options: LinearOptions,
): Linear {
  const weights = new Float32Array(features * classes);
  const bias = new Float32Array(classes);
  const { starts, ids, values, keys } = rows;
  const count = use.length;
  const turns = Array.from({ length: options.passes }, (_, pass) => turnsOf(keys, use, options.seed + pass));
  const squares = new Float64Array(count);
  for (let at = 0; at < count; at += 1) {
    const row = use[at] ?? 0;
    let sum = 1;
    for (let i = starts[row] ?? 0; i < (starts[row + 1] ?? 0); i += 1) sum += (values[i] ?? 0) ** 2;
    squares[at] = sum;
  }
  const diagonal = 0.5 / options.cost;
  const lane = new Float32Array(features * LANES);
  const laneBias = new Float64Array(LANES);
  const alpha = new Float64Array(count * LANES);
  const scores = new Float64Array(LANES);
  for (let first = 0; first < classes; first += LANES) {
    lane.fill(0);
    laneBias.fill(0);
    alpha.fill(0);
    const width = Math.min(LANES, classes - first);
    for (const order of turns) {
      for (let step = 0; step < count; step += 1) {
        const at = order[step] ?? 0;
        const row = use[at] ?? 0;
        const from = starts[row] ?? 0;
        const to = starts[row + 1] ?? 0;
        let s0 = laneBias[0] ?? 0;
        let s1 = laneBias[1] ?? 0;
        let s2 = laneBias[2] ?? 0;
        let s3 = laneBias[3] ?? 0;
        let s4 = laneBias[4] ?? 0;
        let s5 = laneBias[5] ?? 0;
        let s6 = laneBias[6] ?? 0;
        let s7 = laneBias[7] ?? 0;
        for (let i = from; i < to; i += 1) {
          const base = (ids[i] ?? 0) << 3;
          const value = values[i] ?? 0;
          s0 += value * (lane[base] ?? 0);
          s1 += value * (lane[base + 1] ?? 0);
          s2 += value * (lane[base + 2] ?? 0);
          s3 += value * (lane[base + 3] ?? 0);
          s4 += value * (lane[base + 4] ?? 0);
          s5 += value * (lane[base + 5] ?? 0);
          s6 += value * (lane[base + 6] ?? 0);
          s7 += value * (lane[base + 7] ?? 0);
        }
        scores[0] = s0;
        scores[1] = s1;
        scores[2] = s2;
        scores[3] = s3;
        scores[4] = s4;
        scores[5] = s5;
        scores[6] = s6;
        scores[7] = s7;
        const label = (labels[row] ?? -1) - first;
        for (let k = 0; k < width; k += 1) {
          const side = k === label ? 1 : -1;
          const old = alpha[at * LANES + k] ?? 0;
          const gradient = side * (scores[k] ?? 0) - 1 + diagonal * old;
          if (old === 0 && gradient >= 0) continue;
          const next = Math.max(0, old - gradient / ((squares[at] ?? 0) + diagonal));
          const change = (next - old) * side;
          if (Math.abs(change) < LEAST_CHANGE) continue;
          alpha[at * LANES + k] = next;
          laneBias[k] = (laneBias[k] ?? 0) + change;
          for (let i = from; i < to; i += 1) {
            const place = ((ids[i] ?? 0) << 3) + k;
            lane[place] = (lane[place] ?? 0) + change * (values[i] ?? 0);
          }
        }
      }
    }
    for (let k = 0; k < width; k += 1) {
      bias[first + k] = laneBias[k] ?? 0;
      for (let feature = 0; feature < features; feature += 1) weights[feature * classes + first + k] = lane[(feature << 3) + k] ?? 0;
    }
  }
  return { classes, weights, bias };
}

/** Every class's score for one row. */
export function scoresOf(linear: Linear, ids: Int32Array, values: Float32Array, out: Float64Array): void {
  const { classes, weights, bias } = linear;
  for (let k = 0; k < classes; k += 1) out[k] = bias[k] ?? 0;
  for (let i = 0; i < ids.length; i += 1) {
    const base = (ids[i] ?? 0) * classes;
    const value = values[i] ?? 0;
    for (let k = 0; k < classes; k += 1) out[k] = (out[k] ?? 0) + value * (weights[base + k] ?? 0);
  }
}
