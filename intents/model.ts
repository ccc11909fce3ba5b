/** What a trained model is made of. Plain data: it goes to a file, another process, and back without loss. */
import { createHash } from 'node:crypto';
import type { Space } from './features.ts';
import type { KindModel } from './kind.ts';
import type { MoveModel } from './move-model.ts';
import type { Sparse } from './sparse.ts';
import type { Spelling } from './spelling.ts';

/** Raised whenever code changes what a stored model means; a cached model of another format is trained anew. */
export const FORMAT = 6;

/** General answers of the organisation are learned as if they were a product of this name. */
export const DESK_PRODUCT = 'desk';

/**
 * The id of the model that a version of the catalogue gives with this code, e.g. `local-3f2a9c`.
 * @param corrections ids of what it learns beside the catalogue
 */
export function modelId(catalogueVersion: string, corrections: readonly string[] = []): string {
  const learned = corrections.length === 0 ? '' : `:${[...corrections].sort().join(',')}`;
  return `local-${createHash('sha256').update(`${FORMAT}:${catalogueVersion}${learned}`).digest('hex').slice(0, 6)}`;
}

/** Logistic weights over a prediction's signals; see `signalsOf`. */
export interface Calibration {
  /** Signals -> one score by which to abstain and be sure. */
  readonly signals: readonly number[];
  readonly bias: number;
  /** Score -> probability of being right: knots of a rising line. */
  readonly knots: readonly (readonly [score: number, confidence: number])[];
  /** Below this confidence no product fits well enough. */
  readonly threshold: number;
  /** How sharply scores become shares among candidates. */
  readonly temperature: number;
}

export interface Model {
  /** Names the model in what it decided, e.g. `local-3f2a9c`. */
  readonly id: string;
  readonly products: readonly string[];
  readonly space: Space;
  readonly spelling: Spelling;
  readonly product: Sparse;
  readonly calibration: Calibration;
  /** Absent when no example says a kind. */
  readonly kind: KindModel | null;
  readonly moves: MoveModel;
  /** Positive for Dutch; absent when the examples do not say their language. */
  readonly language: Sparse | null;
}
