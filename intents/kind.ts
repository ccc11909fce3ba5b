/**
 * What sort of question it is: complaint, wish, information, fault or request. That is in how it is said more than in what it
 * is about, so the map has a space of its own: a message's beginning, ending and length are words in it, and beside the words
 * as they stand it sees their pattern, with every word that belongs to a few products left out ("de * op * is kapot"). The
 * pattern is worth 1.2 points in cross-validation. What the product is usually asked for then tips the scales a little (1 point).
 */
import type { Kind } from '../domain/index.ts';
import type { Example } from './examples.ts';
import { learnSpace, type RawFeatures, rawFeatures, type Space, type Vector, vectorOf } from './features.ts';
import { SIGNS } from './kind-signs.ts';
import { type LinearOptions, rowsOf, trainLinear } from './linear.ts';
import { type Sparse, sparseOf, sparseScores } from './sparse.ts';
import { tokensOf } from './text.ts';

export interface KindModel {
  readonly space: Space;
  readonly map: Sparse;
  /** Words that many products share: they are kept in a pattern. */
  readonly common: ReadonlySet<string>;
  /** `usual[product * 5 + kind]`: how much more (or less) this product is asked in this way than others are. */
  readonly usual: Float32Array;
}

/** The order in which a model's kinds are kept; never reorder without raising FORMAT. */
const KIND_ORDER: readonly Kind[] = ['complaint', 'wish', 'information', 'fault', 'request'];

const SIGN_VALUE = 0.1;
/** A word is common when so many parts of the products have it. */
const COMMON_SHARE = 1 / 8;
const MIN_COMMON = 3;
/** Kinds with fewer examples than this part of an even share are learned twice: nobody writes many complaints. */
const RARE = 0.5;
/** A product's own habit counts from about so many examples. */
const USUAL_PRIOR = 8;
const USUAL_WEIGHT = 0.2;

/** The words of a text that many products share, with one star for each run of others. */
function patternOf(tokens: readonly string[], common: ReadonlySet<string>): string[] {
  const pattern: string[] = [];
  for (const token of tokens) {
    if (common.has(token)) pattern.push(token);
    else if (pattern.at(-1) !== '*') pattern.push('*');
  }
  return pattern;
}

const PIECE = 2;

/** Words, pairs and triples of the pattern, under names that no word of a text can have. */
function addPattern(raw: RawFeatures, pattern: readonly string[]): void {
  const single = rawFeatures(pattern.map((word) => `~${word}`));
  const triples = rawFeatures(pattern.slice(2).map((word, at) => `~${pattern[at]} ${pattern[at + 1]} ${word}`));
  for (const { hashes, families } of [single, triples]) {
    hashes.forEach((hash, at) => {
      if (families[at] === PIECE || (hashes === triples.hashes && families[at] !== 0)) return;
      raw.hashes.push(hash);
      raw.families.push(hashes === triples.hashes ? 1 : (families[at] ?? 0));
      raw.places.push(0);
    });
  }
}

function kindFeatures(text: string, common: ReadonlySet<string>): RawFeatures {
  const tokens = tokensOf(text);
  const ending = /\?\s*$/.test(text) ? '<asked>' : /!/.test(text) ? '<shouted>' : /\.\s*$/.test(text) ? '<stopped>' : '<open>';
  const length = tokens.length < 4 ? '<short>' : tokens.length < 9 ? '<middling>' : '<long>';
  const raw = rawFeatures(['<begin>', ...tokens, ending, length]);
  addPattern(raw, ['<begin>', ...patternOf(tokens, common), ending === '<asked>' ? '<asked>' : '<end>']);
  return raw;
}

/** The vector of a text with its signs behind the space's own features. */
function kindVector(space: Space, text: string, raw: RawFeatures): Vector {
  const vector = vectorOf(space, raw);
  const signs = SIGNS.flatMap((sign, at) => (sign.test(text) ? [space.hashes.length + at] : []));
  const ids = new Int32Array(vector.ids.length + signs.length);
  ids.set(vector.ids);
  ids.set(signs, vector.ids.length);
  const values = new Float32Array(ids.length).fill(SIGN_VALUE);
  values.set(vector.values);
  return { ids, values, seen: vector.seen };
}

interface Taught {
  readonly text: string;
  readonly kind: number;
  /** Index of the product, -1 for none. */
  readonly product: number;
}

function commonWords(taught: readonly Taught[], products: number): Set<string> {
  const owners = new Map<string, Set<number>>();
  for (const { text, product } of taught) {
    for (const token of tokensOf(text)) owners.set(token, (owners.get(token) ?? new Set()).add(product));
  }
  const enough = Math.max(MIN_COMMON, Math.ceil(products * COMMON_SHARE));
  return new Set([...owners].filter(([, of]) => of.size >= enough).map(([token]) => token));
}

/** The logarithm of how much more often each product's examples are of a kind than all examples are. */
function usualKinds(taught: readonly Taught[], products: number): Float32Array {
  const all = KIND_ORDER.map((_, kind) => (1 + taught.filter((row) => row.kind === kind).length) / (KIND_ORDER.length + taught.length));
  const counts = Float64Array.from({ length: products * KIND_ORDER.length }, (_, at) => USUAL_PRIOR * (all[at % KIND_ORDER.length] ?? 0));
  const totals = new Float64Array(products).fill(USUAL_PRIOR);
  for (const { kind, product } of taught) {
    if (product < 0) continue;
    counts[product * KIND_ORDER.length + kind] = (counts[product * KIND_ORDER.length + kind] ?? 0) + 1;
    totals[product] = (totals[product] ?? 0) + 1;
  }
  return Float32Array.from(counts, (count, at) => {
    const share = count / (totals[Math.floor(at / KIND_ORDER.length)] ?? 1);
    return Math.log(share / (all[at % KIND_ORDER.length] ?? 1));
  });
}

/** Learns the kinds from the examples that say theirs; null when those are too few. */
export function learnKinds(examples: readonly Example[], products: readonly string[], options: LinearOptions): KindModel | null {
  const taught = examples.flatMap(({ text, kind, product }): Taught[] =>
    kind === undefined ? [] : [{ text, kind: KIND_ORDER.indexOf(kind), product: product === null ? -1 : products.indexOf(product) }],
  );
  if (taught.length < 10) return null;
  const common = commonWords(taught, products.length);
  const rare = new Set(
    Array.from(KIND_ORDER.keys()).filter(
      (kind) => taught.filter((row) => row.kind === kind).length < (RARE * taught.length) / KIND_ORDER.length,
    ),
  );
  const rows = [...taught, ...taught.filter(({ kind }) => rare.has(kind))];
  const raws = rows.map(({ text }) => kindFeatures(text, common));
  const space = learnSpace(raws);
  const vectors = rows.map(({ text }, at) => kindVector(space, text, raws[at] ?? kindFeatures(text, common)));
  const labels = Int32Array.from(rows, ({ kind }) => kind);
  const features = space.hashes.length + SIGNS.length;
  const linear = trainLinear(rowsOf(vectors, raws), labels, Int32Array.from(rows.keys()), KIND_ORDER.length, features, options);
  return { space, map: sparseOf(linear, features), common, usual: usualKinds(taught, products.length) };
}

/** Who calls it a complaint himself has made one, whatever it is about; a question how to complain does not. */
const SAYS_COMPLAINT =
  /\b(?:dit|het|deze mail|dat) is (?:echt |nu )?een (?:formele |officiële )?klacht\b|\b(?:erg|heel|zeer|zwaar|enorm|behoorlijk|uitermate)? ?ontevreden (?:over|met)\b|^\W*(?:ik wil |graag )?(?:een )?klacht(?: indienen)?(?: over|:)|\bthis is a (?:formal )?complaint\b|\b(?:very|deeply|extremely|really) (?:unhappy|dissatisfied) (?:with|about)\b|^\W*(?:i (?:want|wish|would like) to )?(?:make |file )?a? ?complain(?:t)? about\b/i;

/** The kind of a question about a product (its index, -1 when none fits); a request when the model learned no kinds. */
export function kindOf(model: KindModel | null, text: string, product: number): Kind {
  if (SAYS_COMPLAINT.test(text)) return 'complaint';
  if (!model) return 'request';
  const vector = kindVector(model.space, text, kindFeatures(text, model.common));
  const scores = new Float64Array(KIND_ORDER.length);
  sparseScores(model.map, vector.ids, vector.values, scores);
  let best = 0;
  for (let kind = 0; kind < scores.length; kind += 1) {
    if (product >= 0) scores[kind] = (scores[kind] ?? 0) + USUAL_WEIGHT * (model.usual[product * KIND_ORDER.length + kind] ?? 0);
    if ((scores[kind] ?? 0) > (scores[best] ?? 0)) best = kind;
  }
  return KIND_ORDER[best] ?? 'request';
}
