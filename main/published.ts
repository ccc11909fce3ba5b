import type { Published, Understand } from '../bot/index.ts';
import { type Catalogue, formatProblem, loadCatalogue, normaliseBudget, parseCatalogue } from '../catalogue/index.ts';
import { deserialise, examplesOf, type Model, modelId, trainInWorker, understand } from '../intents/index.ts';
import type { Register } from '../register/index.ts';

/** The catalogue's files have mistakes; the message names each with file and line. */
export class CatalogueError extends Error {}

/**
 * Publishes the catalogue of a folder: its files are checked, stored as a version, and made the one in force. With mistakes in them nothing is
 * changed, and the version that was in force stays.
 * @throws CatalogueError when there are mistakes and nothing has been published before
 */
export async function publishCatalogue(
  folder: string,
  store: Register['published'],
): Promise<{ readonly catalogue: Catalogue; readonly problems: readonly string[] }> {
  const loaded = await loadCatalogue(folder);
  if (loaded.kind === 'ok') {
    await store.publish(loaded.catalogue.version, loaded.catalogue);
    await store.replaceBudgets(loaded.budgets, normaliseBudget);
    return { catalogue: loaded.catalogue, problems: [] };
  }
  const problems = loaded.problems.map(formatProblem);
  const active = await store.active();
  if (active === null) throw new CatalogueError(`the catalogue has mistakes:\n${problems.join('\n')}`);
  return { catalogue: parseCatalogue(active), problems };
}

/** The model of a catalogue: from the register when it was trained before, else trained in a thread of its own and kept there. */
export async function modelFor(catalogue: Catalogue, store: Register['published']): Promise<Model> {
  const id = modelId(catalogue.version);
  const known = await store.model(id);
  if (known) return deserialise(known);
  const trained = await trainInWorker(examplesOf(catalogue), { id });
  await store.saveModel(id, catalogue.version, trained);
  return deserialise(trained);
}

/** How a model understands a message of a conversation. */
export function understanding(model: Model): Understand {
  return (text, { language, lastProduct }) =>
    understand(model, text, { language, ...(lastProduct ? { previousProduct: lastProduct } : {}) });
}

/** What every turn decides by. Older catalogues, that a running form began with, are read once. */
export class PublishedCatalogue implements Published {
  readonly #store: Register['published'];
  readonly #current: ReturnType<Published['current']>;
  readonly #older = new Map<string, Catalogue>();

  constructor(store: Register['published'], catalogue: Catalogue, model: Model) {
    this.#store = store;
    this.#current = { catalogue, understand: understanding(model) };
  }

  current(): ReturnType<Published['current']> {
    return this.#current;
  }

  async at(version: string): Promise<Catalogue> {
    const { catalogue } = this.#current;
    if (version === catalogue.version) return catalogue;
    const known = this.#older.get(version);
    if (known) return known;
    const stored = await this.#store.version(version);
    const older = stored === null ? catalogue : parseCatalogue(stored);
    this.#older.set(version, older);
    return older;
  }
}
