import { type Catalogue, formatProblem, loadCatalogue } from '../../catalogue/index.ts';
import { type Example, evaluate as evaluateModel, examplesOf, train } from '../../intents/index.ts';
import type { Config } from '../config.ts';
import { reportOf } from '../evaluation-report.ts';
import { type LabelledRow, readLabelledRows } from '../labelled-rows.ts';
import { CatalogueError } from '../publisher.ts';
import { UsageError } from '../usage-error.ts';

export interface EvaluateOptions {
  readonly train?: string;
  readonly json?: boolean;
}

/**
 * `loket evaluate TEST.jsonl [--train TRAIN.jsonl]`: how good the classifier is on rows that it has not seen. It learns from the training file alone,
 * or else from the catalogue, each time anew and in this process: `trainMs` is the training itself (features, linear maps, calibration), without
 * reading files.
 */
export async function evaluate(config: Config, file: string, options: EvaluateOptions): Promise<void> {
  const rows = await readLabelledRows(file);
  const examples = options.train === undefined ? examplesOf(await shippedCatalogue(config)) : await readExamples(options.train);
  const before = performance.now();
  const model = train(examples);
  const trainMs = performance.now() - before;
  for (const note of notesOn(file, rows, model.products)) console.error(`loket: ${note}`);
  const { predictMs, predictions, ...figures } = evaluateModel(model, rows);
  const evaluation = { ...figures, trainMs, predictMs, predictions };
  if (options.json) console.log(JSON.stringify(evaluation));
  else
    console.log(
      reportOf(evaluation, { examples: examples.length, products: model.products.length, threshold: model.calibration.threshold }),
    );
}

async function shippedCatalogue(config: Config): Promise<Catalogue> {
  const loaded = await loadCatalogue(config.catalogueFolder);
  if (loaded.kind === 'ok') return loaded.catalogue;
  throw new CatalogueError(`the catalogue has mistakes:\n${loaded.problems.map(formatProblem).join('\n')}`);
}

async function readExamples(file: string): Promise<Example[]> {
  const rows = await readLabelledRows(file);
  if (new Set(rows.flatMap(({ product }) => product ?? [])).size < 2)
    throw new UsageError(`${file} must have rows of two products at least, to tell them apart`);
  return rows;
}

/** What makes figures mean less than they seem to. */
function notesOn(file: string, rows: readonly LabelledRow[], products: readonly string[]): string[] {
  const known = new Set(products);
  const unknown = [...new Set(rows.flatMap(({ product }) => (product === null || known.has(product) ? [] : [product])))];
  if (unknown.length === 0) return [];
  const count = rows.filter(({ product }) => product !== null && !known.has(product)).length;
  const named = unknown.slice(0, 5).join(', ');
  return [
    `${count} rows of ${file} are of products that training does not know, and count as wrong: ${named}${unknown.length > 5 ? ', ...' : ''}`,
  ];
}
