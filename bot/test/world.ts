import { fileURLToPath } from 'node:url';
import { type Catalogue, loadCatalogue, normaliseBudget } from '../../catalogue/index.ts';
import { examplesOf, modelId, train, understand } from '../../intents/index.ts';
import type { Facts } from '../decision.ts';
import type { Understand } from '../ports.ts';

/** Tuesday 24 November 2026, eleven in the morning in Amsterdam. */
export const NOW = new Date('2026-11-24T10:00:00Z');

/** The shipped catalogue, its budgets, and the classifier trained on it. */
export interface World {
  readonly catalogue: Catalogue;
  readonly budgets: Facts['budgets'];
  readonly understand: Understand;
  /** Left out: there is no list of rooms. */
  readonly rooms?: Facts['rooms'];
  /** Left out: there is no list of people. */
  readonly people?: Facts['people'];
}

let shared: Promise<World> | null = null;

/** Loaded and trained once per test file: about two seconds. */
export function world(): Promise<World> {
  shared ??= make();
  return shared;
}

async function make(): Promise<World> {
  const loaded = await loadCatalogue(fileURLToPath(new URL('../../catalogue', import.meta.url)), NOW);
  if (loaded.kind !== 'ok') throw new Error(loaded.problems.map(({ file, line, message }) => `${file}:${line} ${message}`).join('\n'));
  const { catalogue, budgets } = loaded;
  const model = train(examplesOf(catalogue), { id: modelId(catalogue.version) });
  return {
    catalogue,
    budgets: new Map(budgets.map(({ number, open }) => [normaliseBudget(number), { number, open }])),
    understand: (text, { language, lastProduct }) =>
      understand(model, text, { language, ...(lastProduct ? { previousProduct: lastProduct } : {}) }),
  };
}
