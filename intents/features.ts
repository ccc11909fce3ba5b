/**
 * Text -> sparse vector. Features are words, pairs of neighbouring words, and the 3 to 5 letter pieces inside each word (its
 * edges marked), which is what makes typos and Dutch compounds ("koffieautomaatstoring") recognisable. Weighted by tf-idf.
 * The vector's length counts features never seen in training too: they cost no accuracy, and text full of unknown words
 * scores low, which is most of knowing what we do not know (measured in docs/intents.md).
 *
 * Features are 32-bit hashes: a space holds numbers only.
 */
import { mendWords, type Spelling } from './spelling.ts';
import { tokensOf } from './text.ts';

const MAX_PIECED_LETTERS = 32;

/**
 * How much each family of features (word, pair, piece) counts before the vector is brought to length 1. Found by
 * cross-validation on the catalogue and on CLINC150's validation rows; the optimum is flat.
 */
const FAMILY_WEIGHTS = [1, 1.2, 0.8] as const;

/** The features a model knows: hash -> index, and how rare each is. */
export interface Space {
  readonly hashes: Uint32Array;
  readonly idf: Float32Array;
  /** idf of a feature never seen. */
  readonly unseen: number;
  /** Open addressing: index + 1 at the hash's place, 0 for empty. */
  readonly table: Int32Array;
}

/** A text in a space: indexes (ascending not promised) with values; `seen` is the share of its squared mass that is known. */
export interface Vector {
  readonly ids: Int32Array;
  readonly values: Float32Array;
  readonly seen: number;
}

/** One feature of a text: which family, and which words it came from (for saying why). */
export interface RawFeatures {
  readonly hashes: number[];
  readonly families: number[];
  /** Index of the (first) word. */
  readonly places: number[];
  /** How many words the text has. */
  readonly words: number;
}

const FAMILY = { word: 0, pair: 1, piece: 2 } as const;

function hashOf(text: string, from: number, to: number, seed: number): number {
  let hash = seed;
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 0;
}

export function rawFeatures(tokens: readonly string[]): RawFeatures {
  const hashes: number[] = [];
  const families: number[] = [];
  const places: number[] = [];
  const add = (hash: number, family: number, place: number) => {
    hashes.push(hash);
    families.push(family);
    places.push(place);
  };
  tokens.forEach((token, place) => {
    const word = hashOf(token, 0, token.length, 0x811c9dc5);
    add(word, FAMILY.word, place);
    const next = tokens[place + 1];
    if (next !== undefined) {
      add((Math.imul(word, 31) ^ hashOf(next, 0, next.length, 0x1b873593)) >>> 0, FAMILY.pair, place);
    }
    const edged = ` ${token.slice(0, MAX_PIECED_LETTERS)} `;
    for (let size = 3; size <= 5; size += 1) {
      for (let at = 0; at + size <= edged.length; at += 1) add(hashOf(edged, at, at + size, 0x9747b28c), FAMILY.piece, place);
    }
  });
  return { hashes, families, places, words: tokens.length };
}

function tableOf(hashes: Uint32Array): Int32Array {
  let size = 1024;
  while (size < hashes.length * 2) size *= 2;
  const table = new Int32Array(size);
  for (let index = 0; index < hashes.length; index += 1) {
    let slot = (hashes[index] ?? 0) & (size - 1);
    while (table[slot] !== 0) slot = (slot + 1) & (size - 1);
    table[slot] = index + 1;
  }
  return table;
}

/** Rebuilds a space from what is stored. */
export function spaceOf(hashes: Uint32Array, idf: Float32Array, unseen: number): Space {
  return { hashes, idf, unseen, table: tableOf(hashes) };
}

/** Index of a hash in the space, or -1. */
export function indexOf(space: Space, hash: number): number {
  const mask = space.table.length - 1;
  let slot = hash & mask;
  for (;;) {
    const entry = space.table[slot] ?? 0;
    if (entry === 0) return -1;
    if (space.hashes[entry - 1] === hash) return entry - 1;
    slot = (slot + 1) & mask;
  }
}

/** Learns the space from training texts (already as raw features). */
export function learnSpace(texts: readonly RawFeatures[]): Space {
  const counts = new Map<number, number>();
  for (const text of texts) {
    for (const hash of new Set(text.hashes)) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  }
  const hashes = new Uint32Array(counts.size);
  const idf = new Float32Array(counts.size);
  let index = 0;
  for (const [hash, count] of counts) {
    hashes[index] = hash;
    idf[index] = Math.log((1 + texts.length) / (1 + count)) + 1;
    index += 1;
  }
  return spaceOf(hashes, idf, Math.log(1 + texts.length) + 1);
}

/** A text's vector of length 1 (less what was never seen). */
export function vectorOf(space: Space, raw: RawFeatures): Vector {
  const counts = new Map<number, number>();
  const familyOf = new Map<number, number>();
  raw.hashes.forEach((hash, at) => {
    const count = counts.get(hash);
    if (count === undefined) familyOf.set(hash, raw.families[at] ?? 0);
    counts.set(hash, (count ?? 0) + 1);
  });
  const ids = new Int32Array(counts.size);
  const values = new Float32Array(counts.size);
  let length = 0;
  let all = 0;
  let known = 0;
  for (const [hash, count] of counts) {
    const index = indexOf(space, hash);
    const idf = index < 0 ? space.unseen : (space.idf[index] ?? 0);
    const value = (1 + Math.log(count)) * idf * (FAMILY_WEIGHTS[familyOf.get(hash) ?? 0] ?? 0);
    all += value * value;
    if (index < 0 || value === 0) continue;
    known += value * value;
    ids[length] = index;
    values[length] = value;
    length += 1;
  }
  const norm = all > 0 ? 1 / Math.sqrt(all) : 0;
  for (let at = 0; at < length; at += 1) values[at] = (values[at] ?? 0) * norm;
  return { ids: ids.subarray(0, length), values: values.subarray(0, length), seen: all > 0 ? known / all : 0 };
}

/**
 * Features of words with their slips mended. The word as it was typed counts too, as one more unknown: a mended word is a
 * guess, and text that needs many guesses should score low.
 */
export function mendedFeatures(tokens: readonly string[], spelling: Spelling): RawFeatures {
  const mended = mendWords(spelling, tokens);
  const raw = rawFeatures(mended);
  tokens.forEach((token, place) => {
    if (token === mended[place]) return;
    raw.hashes.push(hashOf(token, 0, token.length, 0x811c9dc5));
    raw.families.push(FAMILY.word);
    raw.places.push(place);
  });
  return raw;
}

/** Raw features of a text as people type it; with `spelling`, slips of the pen are mended first. */
export function featuresOf(text: string, spelling?: Spelling): RawFeatures {
  const tokens = tokensOf(text);
  return spelling ? mendedFeatures(tokens, spelling) : rawFeatures(tokens);
}
