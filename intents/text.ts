/**
 * Text as the classifier reads it: folded to plain lower-case words, so that "Café", "CAFÉ" and "cafe" are one word and a
 * room number is a number like any other. Everything is bounded, because a message may be hostile: at most MAX_TEXT
 * characters and MAX_TOKENS words are looked at.
 */

/** Characters of a message that are read; about 2,000 words. What follows is cut. */
export const MAX_TEXT = 16_000;
const MAX_TOKENS = 2_500;

const WORD = /[\p{L}\p{N}]+/gu;
const MARKS = /\p{M}+/gu;
const DIGITS = /\p{N}+/gu;

/** Lower case, without diacritics and typographic variants; keeps spaces and punctuation. */
export function fold(text: string): string {
  return text
    .slice(0, MAX_TEXT)
    .normalize('NFKD')
    .replace(MARKS, '')
    .toLowerCase()
    .replace(/[’‘`´]/g, "'");
}

/** The words of a text, folded. */
export function wordsOf(text: string): string[] {
  return (fold(text).match(WORD) ?? []).slice(0, MAX_TOKENS);
}

/** The words with every number as as many zeros as it has digits (four at most): "kamer 3.14" is `kamer 0 00`. */
export function tokensOf(text: string): string[] {
  return wordsOf(text).map((word) => word.replace(DIGITS, (digits) => '0'.repeat(Math.min(4, digits.length))));
}

/** Small seeded generator (mulberry32): training must give the same model for the same examples. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
