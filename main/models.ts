/** From what was learned to the model that decides: the catalogue's examples with the corrections that people accepted. */
import type { Catalogue } from '../catalogue/index.ts';
import { type Correction, deserialise, examplesWith, type Model, modelId, taughtBy, trainInWorker } from '../intents/index.ts';
import type { Register, TrainingExample } from '../register/index.ts';

export type ModelStores = Pick<Register, 'published' | 'models' | 'examples'>;

/** All corrections that were accepted, the oldest first. */
export async function acceptedCorrections({ examples }: Pick<Register, 'examples'>): Promise<Correction[]> {
  return (await examples.accepted()).map(correctionOf);
}

function correctionOf({ id, text, language, product, kind, by }: TrainingExample): Correction {
  return { id, text, language, product, kind, by: by.id };
}

/** The corrections that a model learned, as far as they still stand and the catalogue still has their products. */
export async function learnedBy(model: string | null, catalogue: Catalogue, stores: ModelStores): Promise<Correction[]> {
  const learned = new Set(model === null ? [] : (await stores.models.find(model))?.examples);
  if (learned.size === 0) return [];
  return taughtBy(catalogue, await acceptedCorrections(stores)).filter(({ id }) => learned.has(id));
}

/** The model of a catalogue with these corrections: from the register when it was trained before, else trained beside this process and kept there. */
export async function modelOf(
  catalogue: Catalogue,
  taught: readonly Correction[],
  { models }: ModelStores,
  judged: unknown = null,
): Promise<Model> {
  const ids = taught.map(({ id }) => id);
  const id = modelId(catalogue.version, ids);
  const known = await models.body(id);
  if (known) return deserialise(known);
  const trained = await trainInWorker(examplesWith(catalogue, taught), { id });
  await models.save({ id, catalogue: catalogue.version, examples: ids, judged }, trained);
  // Another process may have been first: then its model is everybody's.
  return deserialise((await models.body(id)) ?? trained);
}

/**
 * The model in force. Where the register names none yet, or one that another version of this code made, it is learned anew from the same, and named
 * for all.
 */
export async function modelInForce(catalogue: Catalogue, named: string | null, stores: ModelStores): Promise<Model> {
  const known = named === null ? null : readable(await stores.models.body(named));
  if (known) return known;
  const made = await modelOf(catalogue, await learnedBy(named, catalogue, stores), stores);
  if (made.id !== named) await stores.models.putInForce(made.id, named, null);
  return made;
}

function readable(body: Buffer | null): Model | null {
  try {
    return body && deserialise(body);
  } catch {
    return null;
  }
}
