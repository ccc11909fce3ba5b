/** An evaluation as people read it: what goes wrong per product, what is taken for what, and whether "sure" means sure. */
import { type Evaluation, outOfScopeRecallAt, type Prediction } from '../intents/index.ts';

/** What the figures were made with. */
export interface EvaluationSetting {
  readonly examples: number;
  readonly products: number;
  /** Below this confidence it abstains. */
  readonly threshold: number;
}

const MAX_PAIRS = 15;
/** Shares of good questions turned away, for the curve. */
const REJECTED = [0, 0.01, 0.02, 0.05, 0.1, 0.2] as const;

const percent = (share: number | null): string => (share === null ? '-' : `${(share * 100).toFixed(1)} %`);
const milliseconds = (ms: number): string => (ms < 10 ? `${ms.toFixed(3)} ms` : `${Math.round(ms)} ms`);

export function reportOf(evaluation: Evaluation & { readonly trainMs: number }, setting: EvaluationSetting): string {
  return [
    summaryOf(evaluation, setting),
    productsOf(evaluation.predictions),
    pairsOf(evaluation.predictions),
    bucketsOf(evaluation),
    curveOf(evaluation, setting),
    `latency\n  train ${milliseconds(evaluation.trainMs)}, predict ${milliseconds(evaluation.predictMs.p50)} median, ${milliseconds(evaluation.predictMs.p99)} in 99 of 100`,
  ].join('\n\n');
}

function summaryOf({ rows, accuracy, top3, kind, predictions }: Evaluation, { examples, products }: EvaluationSetting): string {
  const outside = predictions.filter(({ expected }) => expected === null).length;
  return [
    `${rows} rows (${outside} out of scope), learned from ${examples} examples of ${products} products`,
    `  product right ${percent(accuracy)} first, ${percent(top3)} among three (before abstaining) · kind right ${percent(kind)}`,
  ].join('\n');
}

/** Names and how often, most often first: `printer 3, screen 1`. */
function tally(names: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}

/** The product it would say, whether it says so or abstains. */
const guessOf = ({ top3 }: Prediction): string => top3[0] ?? '-';
const wrong = (row: Prediction): boolean => row.expected !== null && guessOf(row) !== row.expected;

function productsOf(predictions: readonly Prediction[]): string {
  const byProduct = new Map<string, Prediction[]>();
  for (const row of predictions) if (row.expected !== null) byProduct.set(row.expected, [...(byProduct.get(row.expected) ?? []), row]);
  const width = Math.max(7, ...Array.from(byProduct.keys(), (id) => id.length));
  const lines = [...byProduct]
    .map(([id, rows]) => ({ id, rows, missed: rows.filter(wrong) }))
    .sort((a, b) => b.missed.length / b.rows.length - a.missed.length / a.rows.length || a.id.localeCompare(b.id))
    .map(({ id, rows, missed }) => {
      const others = tally(missed.map(guessOf)).map(([name, count]) => (count > 1 ? `${name} ${count}` : name));
      const right = percent((rows.length - missed.length) / rows.length);
      return `  ${id.padEnd(width)}  ${String(rows.length).padStart(5)}  ${right.padStart(8)}  ${others.join(', ')}`.trimEnd();
    });
  return [`  ${'product'.padEnd(width)}  ${'rows'.padStart(5)}  ${'right'.padStart(8)}  taken for`, ...lines].join('\n');
}

function pairsOf(predictions: readonly Prediction[]): string {
  const pairs = tally(predictions.filter(wrong).map((row) => `${row.expected} taken for ${guessOf(row)}`));
  const outside = tally(predictions.filter((row) => row.expected === null && row.predicted !== null).map(guessOf));
  const lines = [...pairs, ...outside.map(([name, count]) => [`out of scope taken for ${name}`, count] as const)]
    .sort((a, b) => b[1] - a[1])
    .slice(0, MAX_PAIRS)
    .map(([pair, count]) => `  ${String(count).padStart(4)}  ${pair}`);
  return ['most confused', ...(lines.length > 0 ? lines : ['  nothing'])].join('\n');
}

function bucketsOf({ predictions, ece }: Evaluation): string {
  const said = predictions.filter(({ predicted }) => predicted !== null);
  const lines = Array.from({ length: 10 }, (_, bucket) => {
    const inside = said.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === bucket);
    if (inside.length === 0) return [];
    const mean = inside.reduce((sum, { confidence }) => sum + confidence, 0) / inside.length;
    const right = inside.filter(({ predicted, expected }) => predicted === expected).length / inside.length;
    const range = `${(bucket / 10).toFixed(1)}-${((bucket + 1) / 10).toFixed(1)}`;
    return [
      `  ${range}  ${String(inside.length).padStart(5)} said  ${percent(mean).padStart(8)} sure  ${percent(right).padStart(8)} right`,
    ];
  }).flat();
  return [`calibration of what is said: expected error ${ece === null ? '-' : ece.toFixed(3)}`, ...lines].join('\n');
}

function curveOf({ predictions, auroc, outOfScopeRecall, falseAbstain }: Evaluation, { threshold }: EvaluationSetting): string {
  const inside = predictions.filter(({ expected }) => expected !== null).map(({ confidence }) => confidence);
  const outside = predictions.filter(({ expected }) => expected === null).map(({ confidence }) => confidence);
  if (outside.length === 0 || inside.length === 0)
    return `out of scope\n  the rows cannot tell; ${percent(falseAbstain)} of good questions turned away`;
  const shipped = `  as shipped (below ${threshold.toFixed(2)}): ${percent(outOfScopeRecall)} caught, ${percent(falseAbstain)} of good questions turned away`;
  const points = REJECTED.map((rejected) => {
    const recall = percent(outOfScopeRecallAt(inside, outside, rejected));
    return `  ${percent(rejected).padStart(7)} of good questions turned away: ${recall.padStart(8)} caught`;
  });
  return [`out of scope: AUROC ${percent(auroc)}`, shipped, ...points].join('\n');
}
