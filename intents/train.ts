/**
 * Examples -> model. Pure and deterministic: the same examples give the same model. The linear map learns from all examples;
 * calibration learns from models trained without a part of the examples and without a part of the products.
 */
import type { Language } from '../domain/index.ts';
import { calibrate, type Observation, signalsOf } from './calibration.ts';
import type { Example } from './examples.ts';
import { learnSpace, mendedFeatures, type RawFeatures, rawFeatures, type Space, type Vector, vectorOf } from './features.ts';
import { learnKinds } from './kind.ts';
import { type Linear, type LinearOptions, rowsOf, scoresOf, trainLinear } from './linear.ts';
import { DESK_PRODUCT, type Model, modelId } from './model.ts';
import { learnMoves } from './move-model.ts';
import { sparseOf } from './sparse.ts';
import { learnSpelling, type Spelling } from './spelling.ts';
import { tokensOf } from './text.ts';

export interface TrainOptions {
  /** The model's id; by default made from the examples. */
  readonly id?: string | undefined;
  readonly seed?: number | undefined;
  readonly cost?: number | undefined;
  readonly passes?: number | undefined;
  /** Cross-fitting folds for calibration; 0 leaves it at a guess. */
  readonly folds?: number | undefined;
}

/** Each fold's model does without every eighth product, which then stands for what nothing fits. */
const CLASS_FOLDS = 8;

interface Row {
  readonly example: Example;
  readonly tokens: readonly string[];
  readonly raw: RawFeatures;
  readonly label: number;
}

interface Fitted {
  readonly space: Space;
  readonly spelling: Spelling;
  readonly vectors: readonly Vector[];
  readonly linear: Linear;
}

function fitRows(rows: readonly Row[], classes: number, options: LinearOptions): Fitted {
  const space = learnSpace(rows.map((row) => row.raw));
  const vectors = rows.map((row) => vectorOf(space, row.raw));
  const labels = Int32Array.from(rows, (row) => row.label);
  const linear = trainLinear(
    rowsOf(
      vectors,
      rows.map((row) => row.raw),
    ),
    labels,
    Int32Array.from(rows.keys()),
    classes,
    space.hashes.length,
    options,
  );
  return { space, spelling: learnSpelling(rows.map((row) => row.tokens)), vectors, linear };
}

/** Predictions for examples and for whole products that the predicting model had not seen. */
function observe(rows: readonly Row[], classes: number, folds: number, options: LinearOptions): Observation[] {
  const observations: Observation[] = [];
  const seenOf = new Int32Array(classes);
  const places = rows.map((row) => {
    if (row.label < 0) return 0;
    const place = seenOf[row.label] ?? 0;
    seenOf[row.label] = place + 1;
    return place;
  });
  const questionsOnly = rows.some((row) => row.example.kind !== undefined);
  const scores = new Float64Array(classes);
  for (let fold = 0; fold < folds; fold += 1) {
    const missing = (row: Row): boolean => row.label >= 0 && row.label % CLASS_FOLDS === fold;
    const used = rows.filter((row, at) => !missing(row) && (places[at] ?? 0) % folds !== fold);
    const model = fitRows(used, classes, options);
    rows.forEach((row, at) => {
      const held = (places[at] ?? 0) % folds === fold;
      if (!(held || missing(row)) || (questionsOnly && row.example.kind === undefined)) return;
      const vector = vectorOf(model.space, mendedFeatures(row.tokens, model.spelling));
      scoresOf(model.linear, vector.ids, vector.values, scores);
      // Classes the fold knows nothing about must not compete.
      for (let k = fold; k < classes; k += CLASS_FOLDS) scores[k] = -2;
      let best = 0;
      for (let k = 1; k < classes; k += 1) if ((scores[k] ?? 0) > (scores[best] ?? 0)) best = k;
      const inScope = row.label >= 0 && !missing(row);
      observations.push({ signals: signalsOf(scores, vector.seen, row.raw.words), right: inScope && best === row.label, inScope });
    });
  }
  return observations;
}

function trainLanguage(rows: readonly Row[], fitted: Fitted, options: LinearOptions): Model['language'] {
  const taught = rows.flatMap((row, at) => {
    const vector = fitted.vectors[at];
    return row.example.language !== undefined && vector ? [{ vector, raw: row.raw, language: row.example.language }] : [];
  });
  const count = (language: Language) => taught.filter((row) => row.language === language).length;
  if (count('nl') < 10 || count('en') < 10) return null;
  const labels = Int32Array.from(taught, ({ language }) => (language === 'nl' ? 0 : 1));
  const features = fitted.space.hashes.length;
  const linear = trainLinear(
    rowsOf(
      taught.map((row) => row.vector),
      taught.map((row) => row.raw),
    ),
    labels,
    Int32Array.from(taught.keys()),
    1,
    features,
    options,
  );
  return sparseOf(linear, features);
}

/** Trains a model. Examples without a product are taken as examples of what no product fits. */
export function train(examples: readonly Example[], options: TrainOptions = {}): Model {
  const linearOptions: LinearOptions = { cost: options.cost ?? 1, passes: options.passes ?? 6, seed: options.seed ?? 7 };
  const products = [...new Set(examples.flatMap((example) => (example.product === null ? [] : [example.product])))].sort();
  const labelOf = new Map(products.map((product, at) => [product, at]));
  const rows = examples
    .map((example) => ({
      example,
      tokens: tokensOf(example.text),
      label: example.product === null ? -1 : (labelOf.get(example.product) ?? -1),
    }))
    .filter((row) => row.tokens.length > 0)
    .map((row) => ({ ...row, raw: rawFeatures(row.tokens) }));
  const fitted = fitRows(rows, products.length, linearOptions);
  const folds = options.folds ?? 3;
  const observations =
    products.length > 1 && folds > 1
      ? observe(rows, products.length, folds, { ...linearOptions, passes: Math.min(3, linearOptions.passes) })
      : [];
  return {
    id: options.id ?? modelId(JSON.stringify(examples)),
    products,
    space: fitted.space,
    spelling: fitted.spelling,
    product: sparseOf(fitted.linear, fitted.space.hashes.length),
    calibration: calibrate(observations),
    kind: learnKinds(examples, products, linearOptions),
    moves: learnMoves(
      rows.filter((row) => row.example.product !== DESK_PRODUCT).map((row) => row.tokens),
      { ...linearOptions, passes: Math.min(4, linearOptions.passes) },
    ),
    language: trainLanguage(rows, fitted, { ...linearOptions, passes: Math.min(2, linearOptions.passes) }),
  };
}
