/** A process for one classifier: learns, predicts, and tells what that cost and how good it was. */
import { writeFileSync } from 'node:fs';
import { auroc, outOfScopeRecallAt } from '../../intents/evaluate.ts';
import { type BenchRow, CLASSIFIERS, type Ranked } from './classifiers.ts';
import { percentile, rounded } from './figures.ts';
import type { Figures } from './report.ts';

export interface ClassifierTask {
  readonly classifier: string;
  readonly train: readonly BenchRow[];
  readonly test: readonly BenchRow[];
  /** Where the learned model is written, when it has a form to be kept in. */
  readonly keep: string;
}

/** Predictions before the clock counts: compilation is not what is measured. */
const WARM_UP = 200;

async function measure({ classifier, train, test, keep }: ClassifierTask): Promise<Figures> {
  const learn = CLASSIFIERS[classifier];
  if (!learn) throw new Error(`There is no classifier "${classifier}"`);
  const begin = performance.now();
  const { rank, bytes } = await learn(train);
  const trainSeconds = (performance.now() - begin) / 1000;
  if (bytes) writeFileSync(keep, bytes);
  for (const { text } of test.slice(0, WARM_UP)) await rank(text);
  const times: number[] = [];
  const ranked: { readonly row: BenchRow; readonly found: Ranked }[] = [];
  for (const row of test) {
    const before = performance.now();
    const found = await rank(row.text);
    times.push(performance.now() - before);
    ranked.push({ row, found });
  }
  const inside = ranked.filter(({ row }) => row.product !== null);
  const scores = inside.map(({ found }) => found.score);
  const outside = ranked.filter(({ row }) => row.product === null).map(({ found }) => found.score);
  const percent = (share: number | null) => (share === null ? null : rounded(share * 100));
  return {
    accuracyPercent: percent(inside.filter(({ row, found }) => found.best === row.product).length / Math.max(1, inside.length)),
    aurocPercent: percent(auroc(scores, outside)),
    outOfScopeRecallAt5Percent: percent(outOfScopeRecallAt(scores, outside, 0.05)),
    trainSeconds: rounded(trainSeconds),
    predictMsP50: rounded(percentile(times, 50)),
    predictMsP99: rounded(percentile(times, 99)),
  };
}

process.once('message', (task: ClassifierTask) => {
  // Peers talk while they train, and stdout is the report's.
  console.log = console.error;
  void measure(task).then(
    (figures) => process.send?.({ figures }, () => process.exit(0)),
    (error: unknown) => process.send?.({ problem: error instanceof Error ? error.message : String(error) }, () => process.exit(0)),
  );
});
