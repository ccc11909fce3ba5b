import { createHash } from 'node:crypto';
import { type Budget, type Catalogue, formatProblem, type LoadResult, loadCatalogue, normaliseBudget } from '../catalogue/index.ts';
import type { FolderBase, KnownBase } from './folder-base.ts';
import { learnedBy, type ModelStores, modelOf } from './models.ts';

/** The catalogue's files have mistakes; the message names each with file and line. */
export class CatalogueError extends Error {}

/** What a look at the catalogue's files came to. */
export type Look =
  /** They are what is in force. */
  | { readonly kind: 'same'; readonly version: string }
  | { readonly kind: 'published'; readonly version: string; readonly basedOn: string | null; readonly products: number }
  /** They have not changed since they were published, and another version is in force by now. */
  | { readonly kind: 'behind'; readonly version: string; readonly active: string }
  /** Refused whole: what was in force stays. */
  | { readonly kind: 'invalid'; readonly problems: readonly string[]; readonly active: string | null }
  /** They changed, but were made from another version than is in force; `basedOn` is null when nobody knows from which. */
  | { readonly kind: 'conflict'; readonly version: string; readonly basedOn: string | null; readonly active: string };

/** Where files stand to what is in force, before anything is done about it. */
type Standing = 'same' | 'behind' | 'changed' | 'conflict';

export interface PublisherParts {
  readonly folder: string;
  readonly base: FolderBase;
  readonly stores: ModelStores;
  /** Told once a version is in force, so that every process takes it over. */
  readonly published: (version: string) => void;
}

/** Brings a folder's files into force: read, checked, stored, learned, and only then activated. */
export class Publisher {
  readonly #parts: PublisherParts;

  constructor(parts: PublisherParts) {
    this.#parts = parts;
  }

  /** @param force also over a version that the files were not made from */
  async look(options: { readonly force?: boolean } = {}): Promise<Look> {
    const { folder, stores } = this.#parts;
    const loaded = await loadCatalogue(folder);
    const active = await stores.published.activeVersion();
    if (loaded.kind !== 'ok') return { kind: 'invalid', problems: loaded.problems.map(formatProblem), active };
    const base = await this.#base();
    const { version } = loaded.catalogue;
    const standing = standingOf(version, base, active);
    if (active !== null && !options.force) {
      if (standing === 'behind') return { kind: 'behind', version, active };
      if (standing === 'conflict') return { kind: 'conflict', version, basedOn: base?.version ?? null, active };
    }
    if (standing !== 'same') {
      const now = await this.#publish(loaded.catalogue, active, options.force ? 'any' : active);
      if (now !== version) return { kind: 'conflict', version, basedOn: base?.version ?? null, active: now };
    }
    await this.#takeOver(loaded, base, standing === 'same' && !options.force);
    if (standing === 'same') return { kind: 'same', version };
    return { kind: 'published', version, basedOn: active, products: loaded.catalogue.products.length };
  }

  /** The same without doing anything about it; for `doctor`. */
  async standing(version: string): Promise<{ readonly standing: Standing; readonly base: string | null; readonly active: string | null }> {
    const [active, base] = [await this.#parts.stores.published.activeVersion(), await this.#base()];
    return { standing: standingOf(version, base, active), base: base?.version ?? null, active };
  }

  /**
   * Stored, learned, in force: in this order, so that no process ever finds a version without its model. It learns the corrections that the model in
   * force had learned, as far as its products are still there: those were judged before. The files themselves are the organisation's own word and
   * wait for no judgement; the learner judges what else was accepted.
   * @returns the version in force after it
   */
  async #publish(catalogue: Catalogue, basedOn: string | null, instead: string | null | 'any'): Promise<string> {
    const { stores, published } = this.#parts;
    await stores.published.store(catalogue.version, catalogue, basedOn);
    const inForce = await stores.models.inForce();
    const model = await modelOf(catalogue, await learnedBy(inForce?.model ?? null, catalogue, stores), stores);
    const now = await stores.published.activate(catalogue.version, instead, model.id);
    if (now === catalogue.version) published(now);
    return now;
  }

  /** Folder and register are the same now. The budgets have no version: they are written when the files' list changed here. */
  async #takeOver({ catalogue, budgets }: Extract<LoadResult, { kind: 'ok' }>, base: KnownBase | null, same: boolean): Promise<void> {
    const hash = hashOf(budgets);
    // Files that were never seen but say what is in force already came from elsewhere, and so did its budgets.
    if (!same || (base !== null && base.budgets !== hash)) await this.#parts.stores.published.replaceBudgets(budgets, normaliseBudget);
    if (base?.version !== catalogue.version || base.budgets !== hash)
      await this.#parts.base.write({ version: catalogue.version, budgets: hash });
  }

  /** What this register knows of: the data folder may have served another one before. */
  async #base(): Promise<KnownBase | null> {
    const base = await this.#parts.base.read();
    return base && (await this.#parts.stores.published.knows(base.version)) ? base : null;
  }
}

function standingOf(version: string, base: KnownBase | null, active: string | null): Standing {
  if (active === version) return 'same';
  if (active === null || base?.version === active) return 'changed';
  return base?.version === version ? 'behind' : 'conflict';
}

function hashOf(budgets: readonly Budget[]): string {
  return createHash('sha256').update(JSON.stringify(budgets)).digest('hex').slice(0, 12);
}

/** A look for people; null when there is nothing to say. */
export function describeLook(look: Look): string[] {
  switch (look.kind) {
    case 'same':
      return [];
    case 'published':
      return [`catalogue ${look.version} is in force: ${look.products} products${look.basedOn ? `, instead of ${look.basedOn}` : ''}`];
    case 'behind':
      return [`the catalogue's files here are the older ${look.version}; ${look.active} is in force, and stays`];
    case 'invalid':
      return look.problems.map((problem) => `catalogue: ${problem}${look.active ? ' (the version that was in force stays)' : ''}`);
    case 'conflict':
      return [describeConflict(look)];
  }
}

export function describeConflict(it: { readonly version: string; readonly basedOn: string | null; readonly active: string }): string {
  return (
    `the catalogue's files here (${it.version}) were made from ${it.basedOn ?? 'an unknown version'}, but ${it.active} is in force; nothing was changed. ` +
    'Compare them, then "npx loket catalogue import --force" puts these files in force'
  );
}
