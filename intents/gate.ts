/**
 * Whether a new model may take the place of the one that decides: no worse on what neither has seen, as a whole and for each product. It is compared with
 * the one in force and with the catalogue alone, so that many small losses do not add up.
 */
import { z } from 'zod';
import { type Evaluation, type EvaluationRow, evaluate } from './evaluate.ts';
import type { Model } from './model.ts';

const count = z.number().int().min(0);
const scoreSchema = z.object({
  rows: count,
  /** As the desk would say it: the product, or rightly that none fits. */
  right: count,
  kindRight: count,
  products: z.record(z.string(), z.object({ rows: count, right: count })),
});
export const judgementSchema = z.object({
  /** What it was compared with: a model's id. */
  against: z.string(),
  candidate: scoreSchema,
  inForce: scoreSchema,
  /** Questions that it would no longer answer right: what is right, and what it says instead (null: nothing fits). */
  lost: z.array(z.object({ text: z.string(), product: z.string().nullable(), said: z.string().nullable() })),
});

/** How many of the held-back questions a model answers right. */
export type Score = z.infer<typeof scoreSchema>;
/** A candidate beside the model in force. Stored with the candidate. */
export type Judgement = z.infer<typeof judgementSchema>;

/** What stands for "no product fits" among the products of a score. */
export const NONE = '-';
const MOST_LOST = 20;
/**
 * What counts as no worse. Questions near the border between two products fall on either side of it by whatever else is learned: with corrections that
 * were all right, 1 to 50 of them, the whole moved between -2 and +3 of 593 questions, and no product lost more than one.
 */
const TOLERATED = { ofProduct: 1, shareOfAll: 0.005 } as const;

/** Compares two models that learned without the rows. */
export function judge(against: string, candidate: Model, inForce: Model, rows: readonly EvaluationRow[]): Judgement {
  const [ours, theirs] = [evaluate(candidate, rows), evaluate(inForce, rows)];
  const lost = ours.predictions.flatMap(({ text, expected, predicted }, at) =>
    predicted !== expected && theirs.predictions[at]?.predicted === expected ? [{ text, product: expected, said: predicted }] : [],
  );
  return { against, candidate: scoreOf(ours, rows), inForce: scoreOf(theirs, rows), lost: lost.slice(0, MOST_LOST) };
}

/** The products that lose more questions than chance takes, with how many it has right. */
export function productsWorse({
  candidate,
  inForce,
}: Judgement): { readonly id: string; readonly rows: number; readonly right: number; readonly before: number }[] {
  return Object.entries(inForce.products).flatMap(([id, before]) => {
    const right = candidate.products[id]?.right ?? 0;
    return right >= before.right - TOLERATED.ofProduct ? [] : [{ id, rows: before.rows, right, before: before.right }];
  });
}

/** Why the candidate may not go live; null when it may. */
export function objection(judgement: Judgement): string | null {
  const { candidate, inForce, lost } = judgement;
  const worse = productsWorse(judgement).map(({ id, rows, right, before }) => {
    const examples = lost.filter((it) => (it.product ?? NONE) === id).map((it) => `"${it.text}" → ${it.said ?? NONE}`);
    return `${id} ${right} of ${rows} right, was ${before}${examples.length > 0 ? ` (${examples.slice(0, 3).join('; ')})` : ''}`;
  });
  if (worse.length > 0) return worse.join('; ');
  const tolerated = Math.max(TOLERATED.ofProduct, Math.floor(TOLERATED.shareOfAll * inForce.rows));
  if (candidate.right < inForce.right - tolerated) return `${candidate.right} of ${candidate.rows} right, was ${inForce.right}`;
  if (candidate.kindRight < inForce.kindRight - tolerated)
    return `kind of ${candidate.kindRight} of ${candidate.rows} right, was ${inForce.kindRight}`;
  return null;
}

function scoreOf({ predictions, kind }: Evaluation, rows: readonly EvaluationRow[]): Score {
  const products: Record<string, { rows: number; right: number }> = {};
  let right = 0;
  for (const { expected, predicted } of predictions) {
    const product = products[expected ?? NONE] ?? { rows: 0, right: 0 };
    const isRight = predicted === expected ? 1 : 0;
    products[expected ?? NONE] = { rows: product.rows + 1, right: product.right + isRight };
    right += isRight;
  }
  return { rows: rows.length, right, kindRight: Math.round((kind ?? 0) * rows.filter((row) => row.kind !== undefined).length), products };
}
