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

const step = (hash: number, code: number): number => Math.imul(hash ^ code, 0x01000193);
const finish = (hash: number): number => Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;

function hashOf(text: string, seed: number): number {
  let hash = seed;
  for (let at = 0; at < text.length; at += 1) hash = step(hash, text.charCodeAt(at));
  return finish(hash);
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
    const word = hashOf(token, 0x811c9dc5);
    add(word, FAMILY.word, place);
    const next = tokens[place + 1];
    if (next !== undefined) {
      add((Math.imul(word, 31) ^ hashOf(next, 0x1b873593)) >>> 0, FAMILY.pair, place);
    }
    const edged = ` ${token.slice(0, MAX_PIECED_LETTERS)} `;
    for (let size = 3; size <= 5; size += 1) {
      for (let from = 0; from + size <= edged.length; from += 1) {
        let hash = 0x9747b28c;
        for (let at = from; at < from + size; at += 1) hash = step(hash, edged.charCodeAt(at));
        add(finish(hash), FAMILY.piece, place);
      }
    }
  });
  return { hashes, families, places, words: tokens.length };
}

/** A power of two that leaves half of the table empty. */
function slotsFor(entries: number): number {
  let size = 1024;
  while (size < entries * 2) size *= 2;
  return size;
}

/** Where each hash stands, plus one; with room for `entries`. */
function tableOf(hashes: Uint32Array, entries = hashes.length): Int32Array<ArrayBuffer> {
  const size = slotsFor(entries);
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

/** The different features of a text, each with what it weighs by how often it is there and by its family. */
interface Tally {
  readonly hashes: Uint32Array;
  readonly weights: Float32Array;
}

/** Training looks at the same texts in several spaces; their features are counted once. */
const tallies = new WeakMap<RawFeatures, Tally>();

/** Where a hash stands among those of the text at hand, plus one; by open addressing. */
let scratch = new Int32Array(1024);

function tallyOf(raw: RawFeatures): Tally {
  const known = tallies.get(raw);
  if (known) return known;
  const total = raw.hashes.length;
  const slots = slotsFor(total);
  if (scratch.length < slots) scratch = new Int32Array(slots);
  else scratch.fill(0, 0, slots);
  const hashes = new Uint32Array(total);
  const counts = new Int32Array(total);
  const weights = new Float32Array(total);
  let size = 0;
  for (let at = 0; at < total; at += 1) {
    const hash = raw.hashes[at] ?? 0;
    let slot = hash & (slots - 1);
    while (scratch[slot] !== 0 && hashes[(scratch[slot] ?? 0) - 1] !== hash) slot = (slot + 1) & (slots - 1);
    if (scratch[slot] === 0) {
      hashes[size] = hash;
      weights[size] = FAMILY_WEIGHTS[raw.families[at] ?? 0] ?? 0;
      size += 1;
      scratch[slot] = size;
    }
    const place = (scratch[slot] ?? 0) - 1;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  for (let at = 0; at < size; at += 1) weights[at] = (weights[at] ?? 0) * (1 + Math.log(counts[at] ?? 1));
  const tally = { hashes: hashes.slice(0, size), weights: weights.slice(0, size) };
  tallies.set(raw, tally);
  return tally;
}

/**
 * Learns the space from training texts (already as raw features, which may not change after that). The table grows with what is found: one with
 * room for every feature of every text would not stay near the processor.
 */
export function learnSpace(texts: readonly RawFeatures[]): Space {
  const total = texts.reduce((sum, text) => sum + tallyOf(text).hashes.length, 0);
  const found = new Uint32Array(total);
  const counts = new Int32Array(total);
  let size = 0;
  let table = new Int32Array(slotsFor(0));
  for (const text of texts) {
    const { hashes } = tallyOf(text);
    if ((size + hashes.length) * 2 > table.length) table = tableOf(found.subarray(0, size), size * 2 + hashes.length);
    const mask = table.length - 1;
    for (let at = 0; at < hashes.length; at += 1) {
      const hash = hashes[at] ?? 0;
      let slot = hash & mask;
      while (table[slot] !== 0 && found[(table[slot] ?? 0) - 1] !== hash) slot = (slot + 1) & mask;
      if (table[slot] === 0) {
        found[size] = hash;
        size += 1;
        table[slot] = size;
      }
      const index = (table[slot] ?? 0) - 1;
      counts[index] = (counts[index] ?? 0) + 1;
    }
  }
  const hashes = found.slice(0, size);
  const idf = Float32Array.from(hashes, (_, at) => Math.log((1 + texts.length) / (1 + (counts[at] ?? 0))) + 1);
  return { hashes, idf, unseen: Math.log(1 + texts.length) + 1, table };
}

/** A text's vector of length 1 (less what was never seen). */
export function vectorOf(space: Space, raw: RawFeatures): Vector {
  const { hashes, weights } = tallyOf(raw);
  const ids = new Int32Array(hashes.length);
  const values = new Float32Array(hashes.length);
  let length = 0;
  let all = 0;
  let known = 0;
  for (let at = 0; at < hashes.length; at += 1) {
    const index = indexOf(space, hashes[at] ?? 0);
    const value = (weights[at] ?? 0) * (index < 0 ? space.unseen : (space.idf[index] ?? 0));
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
    raw.hashes.push(hashOf(token, 0x811c9dc5));
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
