import type { Published, Understand } from '../bot/index.ts';
import { type Catalogue, parseCatalogue } from '../catalogue/index.ts';
import { type Model, understand } from '../intents/index.ts';
import type { InForce } from '../register/index.ts';
import { type ModelStores, modelInForce } from './models.ts';

/** What a turn decides by, with the model's id. */
type Current = ReturnType<Published['current']> & { readonly model: string };

/** How many catalogues that running forms began with are kept at hand; the others are read again. */
const OLDER_KEPT = 8;

/** How a model understands a message of a conversation. */
function understanding(model: Model): Understand {
  return (text, { language, lastProduct }) =>
    understand(model, text, { language, ...(lastProduct ? { previousProduct: lastProduct } : {}) });
}

/** What every turn decides by: the version in force with its model. Older catalogues, that a running form began with, are read when one asks. */
export class PublishedCatalogue implements Published {
  readonly #stores: ModelStores;
  #current: Current;
  readonly #older = new Map<string, Catalogue>();
  #refreshing: Promise<void> = Promise.resolve();

  private constructor(stores: ModelStores, current: Current) {
    this.#stores = stores;
    this.#current = current;
  }

  /** @throws Error when nothing has been published yet */
  static async open(stores: ModelStores): Promise<PublishedCatalogue> {
    const named = await stores.models.inForce();
    if (named === null) throw new Error('no catalogue has been published yet');
    return new PublishedCatalogue(stores, await read(stores, named));
  }

  current(): Current {
    return this.#current;
  }

  async at(version: string): Promise<Catalogue> {
    const { catalogue } = this.#current;
    if (version === catalogue.version) return catalogue;
    const known = this.#older.get(version);
    if (known) return known;
    const stored = await this.#stores.published.version(version);
    const older = stored === null ? null : readable(stored);
    if (older) this.#keep(older);
    return older ?? catalogue;
  }

  /**
   * Takes over what is in force when it is something else by now. Catalogue and model change at once, between two turns: until both are there
   * the old ones stay, also when reading fails.
   * @returns what was taken over, null when there was nothing new
   */
  async refresh(): Promise<{ readonly catalogue: string; readonly model: string } | null> {
    const before = this.#refreshing;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#refreshing = promise;
    await before;
    try {
      const named = await this.#stores.models.inForce();
      const { catalogue, model } = this.#current;
      if (named === null || (named.version === catalogue.version && named.model === model)) return null;
      const next = await read(this.#stores, named);
      const same = next.catalogue.version === catalogue.version;
      if (same && next.model === model) return null;
      if (!same) this.#keep(catalogue);
      this.#current = next;
      return { catalogue: next.catalogue.version, model: next.model };
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

async function read(stores: ModelStores, named: InForce): Promise<Current> {
  const catalogue = parseCatalogue(await stores.published.version(named.version));
  const model = await modelInForce(catalogue, named.model, stores);
  return { catalogue, model: model.id, understand: understanding(model) };
}
