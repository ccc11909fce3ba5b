/**
 * Whether a text says nothing that its source does not say. Every word that carries meaning must stand in one sentence of the source, numbers exactly,
 * and a sentence must deny what its source denies. It is strict: what a person would accept may be refused, and then the source's own text stands.
 */
import { isFunctionWord } from '../language.ts';
import { wordsOf } from '../text.ts';

/** Words in which something may be said without saying it. */
const GLUE = new Set(
  `dat kun kunt kan je jij jouw u uw jullie wij we ons onze het dit die er ja nee graag via bij als dan ook dus even gewoon zelf daar hier hoeft moet mag gaat doet vind vindt
  you your can may the this that yes no it is are have has please just also then so there here via at if we our us`.split(/\s+/),
);
const DENIES =
  /^(?:niet|geen|nooit|niemand|nergens|zonder|behalve|not|no|never|nobody|nowhere|without|except|cannot|can't|don't|doesn't|isn't|aren't|won't)$/;
/** So much of two words must be the same for them to be forms of one: "openingstijden" and "openingstijd". */
const STEM = 5;
/** What can be dialled, clicked or mailed, or is a number, stands there exactly. */
const EXACT = /[\d@]|https?:|www\./;

/** @returns false as soon as one sentence says something of its own */
export function isGrounded(text: string, source: string): boolean {
  const told = sentencesOf(source);
  const said = sentencesOf(text);
  return said.length > 0 && said.every((sentence) => told.some((other) => saysTheSame(sentence, other)));
}

function saysTheSame(sentence: string, source: string): boolean {
  const known = wordsOf(source);
  const exact = tokensOf(source);
  if (tokensOf(sentence).some((token) => EXACT.test(token) && !exact.includes(token))) return false;
  const words = wordsOf(sentence);
  if (denials(words) !== denials(known)) return false;
  return words.every((word) => GLUE.has(word) || isFunctionWord(word) || DENIES.test(word) || known.some((other) => sameWord(word, other)));
}

/** Sentences, and the parts of one that a semicolon or a line divides. */
function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?])\s+|[\n;]+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

function tokensOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[\s,;()"“”]+/)
    .map((token) => token.replace(/^[.:!?'’]+|[.:!?'’]+$/g, ''))
    .filter(Boolean);
}

function denials(words: readonly string[]): number {
  return words.filter((word) => DENIES.test(word)).length;
}

function sameWord(word: string, other: string): boolean {
  if (word === other) return true;
  const stem = Math.max(STEM, Math.min(word.length, other.length) - 2);
  return word.length >= STEM && other.length >= STEM && word.slice(0, stem) === other.slice(0, stem);
}
