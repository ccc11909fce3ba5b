/** A process that holds one model as the desk does: read from its bytes, used, and nothing else in memory. */
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { z } from 'zod';
import { classify } from '../../intents/classify.ts';
import { deserialise } from '../../intents/index.ts';
import { rounded } from './figures.ts';

const task = z.object({ file: z.string(), texts: z.array(z.string()) });

/** Resident megabytes after everything that can go has gone. */
function resident(collect: () => void): number {
  collect();
  collect();
  return process.memoryUsage().rss / 2 ** 20;
}

process.once('message', (message: unknown) => {
  const { file, texts } = task.parse(message);
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const before = resident(collect);
  const model = deserialise(readFileSync(file));
  for (const text of texts) classify(model, text);
  const rssMB = resident(collect);
  process.send?.({ modelMB: rounded(rssMB - before), rssMB: rounded(rssMB), known: model.products.length }, () => process.exit(0));
});
