import type { Published, Understand } from '../bot/index.ts';
import { type Catalogue, parseCatalogue } from '../catalogue/index.ts';
import { deserialise, examplesOf, type Model, modelId, trainInWorker, understand } from '../intents/index.ts';
import type { Register } from '../register/index.ts';

type Store = Register['published'];

/** How many catalogues that running forms began with are kept at hand; the others are read again. */
const OLDER_KEPT = 8;

/** The catalogue's model: from the register when it was trained before, else trained beside this process and kept there for all. */
export async function modelFor(catalogue: Catalogue, store: Store): Promise<Model> {
  const id = modelId(catalogue.version);
  const known = await store.model(id);
  if (known) return deserialise(known);
  const trained = await trainInWorker(examplesOf(catalogue), { id });
  await store.saveModel(id, catalogue.version, trained);
  // Another process may have been first: then its model is everybody's.
  return deserialise((await store.model(id)) ?? trained);
}

/** How a model understands a message of a conversation. */
function understanding(model: Model): Understand {
  return (text, { language, lastProduct }) =>
    understand(model, text, { language, ...(lastProduct ? { previousProduct: lastProduct } : {}) });
}

/** What every turn decides by: the version in force with its model. Older catalogues, that a running form began with, are read when one asks. */
export class PublishedCatalogue implements Published {
  readonly #store: Store;
  #current: ReturnType<Published['current']>;
  readonly #older = new Map<string, Catalogue>();
  #refreshing: Promise<void> = Promise.resolve();

  private constructor(store: Store, current: ReturnType<Published['current']>) {
    this.#store = store;
    this.#current = current;
  }

  /** @throws Error when nothing has been published yet */
  static async open(store: Store): Promise<PublishedCatalogue> {
    const version = await store.activeVersion();
    if (version === null) throw new Error('no catalogue has been published yet');
    return new PublishedCatalogue(store, await read(store, version));
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
    const older = stored === null ? null : readable(stored);
    if (older) this.#keep(older);
    return older ?? catalogue;
  }

  /**
   * Takes over the version in force when it is another one by now. Catalogue and model change at once, between two turns: until both are there
   * the old ones stay, also when reading fails.
   * @returns the version that was taken over, null when there was nothing new
   */
  async refresh(): Promise<string | null> {
    const before = this.#refreshing;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#refreshing = promise;
    await before;
    try {
      const version = await this.#store.activeVersion();
      const { catalogue } = this.#current;
      if (version === null || version === catalogue.version) return null;
      const next = await read(this.#store, version);
      this.#keep(catalogue);
      this.#current = next;
      return version;
    } finally {
      resolve();
    }
  }

  #keep(catalogue: Catalogue): void {
    this.#older.set(catalogue.version, catalogue);
    const [oldest] = this.#older.keys();
    if (oldest !== undefined && this.#older.size > OLDER_KEPT) this.#older.delete(oldest);
  }
}

/** A version that an older Loket stored may not fit any more: a running form then goes on by the one in force. */
function readable(stored: unknown): Catalogue | null {
  try {
    return parseCatalogue(stored);
  } catch {
    return null;
  }
}

async function read(store: Store, version: string): Promise<ReturnType<Published['current']>> {
  const catalogue = parseCatalogue(await store.version(version));
  return { catalogue, understand: understanding(await modelFor(catalogue, store)) };
}
