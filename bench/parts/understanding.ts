/** What only whole messages show: moves, messages with two questions, and single questions taken for two; on the held-out files of test/intents. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { deserialise, understand } from '../../intents/index.ts';
import { ROOT } from './children.ts';
import { rounded } from './figures.ts';
import type { Figures } from './report.ts';

const moveRow = z.object({ text: z.string(), move: z.string().nullable() });
const doubleRow = z.object({ text: z.string(), products: z.array(z.string()) });
const singleRow = z.object({ text: z.string() });

function rowsOf<Row>(name: string, schema: z.ZodType<Row>): Row[] {
  const lines = readFileSync(join(ROOT, 'test/intents', name), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => schema.parse(JSON.parse(line)));
}

const percentOf = <Row>(rows: readonly Row[], holds: (row: Row) => boolean): number =>
  rounded((100 * rows.filter(holds).length) / Math.max(1, rows.length));

/** A double is found when its products are exactly those of the questions. */
export function measureUnderstanding(modelFile: string): Figures {
  const model = deserialise(readFileSync(modelFile));
  const productsIn = (text: string): string[] => understand(model, text).questions.flatMap(({ product }) => product ?? []);
  return {
    movesPercent: percentOf(rowsOf('moves.jsonl', moveRow), ({ text, move }) => understand(model, text).move === move),
    doublesPercent: percentOf(rowsOf('doubles.jsonl', doubleRow), ({ text, products }) => {
      const found = productsIn(text);
      return found.length === products.length && products.every((product) => found.includes(product));
    }),
    splitPercent: percentOf(rowsOf('held-out.jsonl', singleRow), ({ text }) => understand(model, text).questions.length > 1),
  };
}
