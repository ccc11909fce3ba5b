/**
 * Intents: how good and how fast the classifier is beside two that a team would take off the shelf, on the same rows in one run. Each learns the
 * rows in the same shuffled order, in a process of its own. Without `--data` they learn the catalogue and are asked the held-out questions.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { loadCatalogue } from '../catalogue/index.ts';
import { examplesOf } from '../intents/index.ts';
import { randomOf } from '../intents/text.ts';
import { readLabelledRows } from '../main/labelled-rows.ts';
import { ROOT, runApart, temporaryFolder } from './parts/children.ts';
import type { ClassifierTask } from './parts/classifier-run.ts';
import type { BenchRow } from './parts/classifiers.ts';
import type { BenchOptions, BenchReport, Figures } from './parts/report.ts';
import { measureUnderstanding } from './parts/understanding.ts';

const PEERS = ['@nlpjs/basic', 'natural'] as const;
/** With `--quick` one row in so many. */
const QUICK_STEP = 5;

const figuresSchema = z.union([
  z.object({ figures: z.record(z.string(), z.union([z.number(), z.string(), z.null()])) }),
  z.object({ problem: z.string() }),
]);
const memorySchema = z.object({ modelMB: z.number(), rssMB: z.number() });

export async function run({ quick, data, say }: BenchOptions): Promise<BenchReport> {
  const { train, test } = await rowsOf(data, quick);
  say(`${train.length} rows to learn, ${test.length} to predict`);
  const keep = join(temporaryFolder(), 'model');
  const measure = (classifier: string): Promise<Figures> => {
    say(`${classifier} learns`);
    return measured({ classifier, train, test, keep });
  };
  const ours = await measure('loket');
  const texts = test.slice(0, 1000).map(({ text }) => text);
  const memory = memorySchema.parse(await runApart(new URL('./parts/model-memory.ts', import.meta.url), { file: keep, texts }));
  const messages = data === null ? measureUnderstanding(keep) : {};
  const peers: Record<string, Figures> = {};
  for (const peer of PEERS) peers[peer] = await measure(peer);
  return {
    name: 'intents',
    ours: { ...ours, ...messages, modelMB: memory.modelMB, trainRows: train.length, testRows: test.length },
    floor: null,
    peers,
    ratio: null,
    growth: null,
    rssMB: memory.rssMB,
  };
}

/** A peer that fails is a column that says so; the others' figures stand. */
async function measured(task: ClassifierTask): Promise<Figures> {
  const found = figuresSchema.parse(await runApart(new URL('./parts/classifier-run.ts', import.meta.url), task));
  if ('figures' in found) return found.figures;
  if (task.classifier === 'loket') throw new Error(found.problem);
  return { problem: found.problem };
}

async function rowsOf(data: string | null, quick: boolean): Promise<{ readonly train: BenchRow[]; readonly test: BenchRow[] }> {
  const train = shuffled(data === null ? await catalogueRows() : await readLabelledRows(join(data, 'train.jsonl')));
  const test = await readLabelledRows(data === null ? join(ROOT, 'test/intents/held-out.jsonl') : join(data, 'test.jsonl'));
  if (!quick) return { train, test };
  return { train: everyFifth(train), test: everyFifth(test) };
}

async function catalogueRows(): Promise<BenchRow[]> {
  const loaded = await loadCatalogue(join(ROOT, 'catalogue'));
  if (loaded.kind !== 'ok') throw new Error('The catalogue has mistakes; npx loket catalogue check names them.');
  return examplesOf(loaded.catalogue);
}

const everyFifth = (rows: readonly BenchRow[]): BenchRow[] => rows.filter((_, at) => at % QUICK_STEP === 0);

/** Always the same order: a network that learns row by row must not meet one product after the other. */
function shuffled(rows: readonly BenchRow[]): BenchRow[] {
  const random = randomOf(1);
  return rows
    .map((row) => ({ row, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ row }) => row);
}
