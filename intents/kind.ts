/**
 * What sort of question it is: complaint, wish, information, fault or request. That is in how it is said more than in what it
 * is about (adding the product to the features made it worse in cross-validation, 82.4 -> 81.0 %), so the map has a space of
 * its own in which a message's beginning, ending and length are words too.
 */
import type { Kind } from '../domain/index.ts';
import { type RawFeatures, rawFeatures, type Space, type Vector, vectorOf } from './features.ts';
import { type Sparse, sparseScores } from './sparse.ts';
import { tokensOf } from './text.ts';

/** The order in which a model's kinds are kept; never reorder without raising FORMAT. */
export const KIND_ORDER: readonly Kind[] = ['complaint', 'wish', 'information', 'fault', 'request'];

export interface KindModel {
  readonly space: Space;
  readonly map: Sparse;
}

/** Turns of phrase that tell a kind wherever they stand. */
const SIGNS: readonly RegExp[] = [
  /\?/,
  /^\W*(?:hoe|wat|waar|wanneer|wie|welke|hoeveel|waarom|mag|moet|is er|zijn er|hebben we|how|what|where|when|who|which|why|may i|is there|are there|do we|does)\b/i,
  /^\W*(?:graag|kun je|kunnen jullie|kunt u|ik wil|ik heb .{1,60} nodig|could you|can you|please|i need|i would like|i'd like|id like)\b/i,
  /\b(?:kapot|stuk|defect|werkt niet|doet het niet|broken|not working|doesn'?t work|won'?t)\b/i,
  /\b(?:alweer|al weken|steeds|again|every time|belachelijk|schandalig|ridiculous|unacceptable|onacceptabel|klacht|complaint|disappointed|teleurgesteld|ontevreden)\b/i,
  /\b(?:zou het mooi|zou fijn|zou leuk|zou handig|idee|suggestie|voorstel|waarom hebben we geen|it would be (?:nice|great|good)|would be (?:nice|great)|suggestion|idea|wish|could we (?:get|have)|why don'?t we)\b/i,
];
const SIGN_VALUE = 0.2;

export const KIND_EXTRAS = SIGNS.length;

/** The features of a text that tell its kind. */
export function kindFeatures(text: string): RawFeatures {
  const tokens = tokensOf(text);
  const ending = /\?\s*$/.test(text) ? '<asked>' : /!/.test(text) ? '<shouted>' : /\.\s*$/.test(text) ? '<stopped>' : '<open>';
  const length = tokens.length < 4 ? '<short>' : tokens.length < 9 ? '<middling>' : '<long>';
  return rawFeatures(['<begin>', ...tokens, ending, length]);
}

/** The vector of a text with its signs behind the space's own features. */
export function kindVector(space: Space, text: string, raw: RawFeatures = kindFeatures(text)): Vector {
  const vector = vectorOf(space, raw);
  const signs = SIGNS.flatMap((sign, at) => (sign.test(text) ? [space.hashes.length + at] : []));
  return {
    ids: Int32Array.from([...vector.ids, ...signs]),
    values: Float32Array.from([...vector.values, ...signs.map(() => SIGN_VALUE)]),
    seen: vector.seen,
  };
}

/** The kind of a question; a request when the model learned no kinds. */
export function kindOf(model: KindModel | null, text: string): Kind {
  if (!model) return 'request';
  const vector = kindVector(model.space, text);
  const scores = new Float64Array(KIND_ORDER.length);
  sparseScores(model.map, vector.ids, vector.values, scores);
  let best = 0;
  scores.forEach((score, at) => {
    if (score > (scores[best] ?? 0)) best = at;
  });
  return KIND_ORDER[best] ?? 'request';
}
