/** What sort of question it is: by the text together with the product it is about (a lamp "is stuk", a room is wanted). */
import type { Kind } from '../domain/index.ts';
import type { Vector } from './features.ts';
import type { Model } from './model.ts';
import { sparseScores } from './sparse.ts';

/** The order in which a model's kinds are kept; never reorder without raising FORMAT. */
export const KIND_ORDER: readonly Kind[] = ['complaint', 'wish', 'information', 'fault', 'request'];

/** Features of a text beyond its words that tell its kind. */
const SIGNS: readonly RegExp[] = [
  /\?/,
  /!/,
  /^\W*(hoe|wat|waar|wanneer|wie|welke|hoeveel|waarom|mag|kan ik|moet|is er|zijn er|hebben we|how|what|where|when|who|which|why|may i|is there|are there|do we|does)\b/i,
  /^\W*(graag|kun je|kunnen jullie|kunt u|wil|ik wil|ik heb .* nodig|could you|can you|please|i need|i would like|i'd like|id like)\b/i,
  /\b(kapot|stuk|defect|werkt niet|doet het niet|broken|not working|doesn'?t work|won'?t)\b/i,
  /\b(weer|alweer|al weken|steeds|nog steeds|again|still|yet again|every time|belachelijk|schandalig|ridiculous|unacceptable|onacceptabel|klacht|complaint|disappointed|teleurgesteld|ontevreden)\b/i,
  /\b(zou het mooi|zou fijn|zou leuk|zou handig|misschien kunnen|idee|suggestie|voorstel|waarom hebben we geen|it would be (nice|great|good)|would be (nice|great)|suggestion|idea|wish|could we (get|have)|why don'?t we)\b/i,
];

export const KIND_EXTRAS = SIGNS.length + 1;

/** A text's vector with its product and signs added behind the space's own features. */
export function kindVector(vector: Vector, text: string, spaceSize: number, product: number, products: number): Vector {
  const extra: number[] = [];
  const values: number[] = [];
  if (product >= 0) {
    extra.push(spaceSize + product);
    values.push(0.5);
  }
  SIGNS.forEach((sign, at) => {
    if (!sign.test(text)) return;
    extra.push(spaceSize + products + at);
    values.push(0.4);
  });
  return { ids: Int32Array.from([...vector.ids, ...extra]), values: Float32Array.from([...vector.values, ...values]), seen: vector.seen };
}


/** The kind of a question about a product (null: about none). */
export function kindOf(model: Model, vector: Vector, text: string, product: number): Kind {
  if (!model.kind) return 'request';
  const full = kindVector(vector, text, model.space.hashes.length, product, model.products.length);
  const scores = new Float64Array(KIND_ORDER.length);
  sparseScores(model.kind, full.ids, full.values, scores);
  let best = 0;
  scores.forEach((score, at) => {
    if (score > (scores[best] ?? 0)) best = at;
  });
  return KIND_ORDER[best] ?? 'request';
}
