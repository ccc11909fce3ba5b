import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findReferences, newReference, parseReference, type Reference } from './index.ts';

const ALPHABET = [...'BCDFGHJKLMNPQRSTVWXZ23456789'];
/** The places of the eight characters in `SD-XXXX-XXXX`. */
const PLACES = [3, 4, 5, 6, 8, 9, 10, 11];

const references = fc
  .array(fc.nat({ max: ALPHABET.length - 1 }), { minLength: 7, maxLength: 7 })
  .map((codes) => newReference(() => codes.shift() ?? 0));

function replaced(text: string, at: number, character: string): string {
  return `${text.slice(0, at)}${character}${text.slice(at + 1)}`;
}

describe('a reference', () => {
  it('is read back as itself', () => {
    fc.assert(fc.property(references, (reference) => parseReference(reference) === reference));
  });

  it('has no vowels and nothing that looks like something else', () => {
    fc.assert(fc.property(references, (reference) => /^SD-[^AEIOUY01]{4}-[^AEIOUY01]{4}$/.test(reference)));
  });

  it('is not one any more with a single wrong character', () => {
    const each = fc.sample(references, { numRuns: 20, seed: 3 });
    for (const reference of each) {
      for (const at of PLACES) {
        for (const character of [...ALPHABET, 'A', 'O', '0', '1', 'I']) {
          if (character === reference[at]) continue;
          expect(parseReference(replaced(reference, at, character)), `${reference} with ${character} at ${at}`).toBeNull();
        }
      }
    }
  });

  it('is not one any more when two neighbours are swapped, but for B and 9', () => {
    fc.assert(
      fc.property(references, fc.nat({ max: PLACES.length - 2 }), (reference, n) => {
        const at = PLACES[n] ?? 0;
        const next = PLACES[n + 1] ?? 0;
        const [a = '', b = ''] = [reference[at], reference[next]];
        const swapped = replaced(replaced(reference, at, b), next, a);
        const unseen = a === b || [a, b].sort().join('') === '9B';
        return (parseReference(swapped) !== null) === unseen;
      }),
      { numRuns: 2000 },
    );
  });

  it('is read however it is written', () => {
    const [reference] = fc.sample(references, { numRuns: 1, seed: 5 });
    const letters = (reference ?? '').replaceAll('-', '');
    const middle = `${letters.slice(2, 6)}-${letters.slice(6)}`;
    for (const text of [
      letters,
      letters.toLowerCase(),
      `sd ${middle}`,
      ` SD - ${letters.slice(2, 6)} - ${letters.slice(6)} `,
      `SD${middle}`,
    ]) {
      expect(parseReference(text), text).toBe(reference);
    }
  });

  it('is not seen in other words', () => {
    for (const text of [
      '',
      'SD',
      'SD-',
      'SD-BBBB',
      'SD-BBBB-BBBBB',
      'SD-AEIO-UYAE',
      'XSD-BBBB-BBBB',
      'SD-BBBB-BBB',
      '\u0000',
      'SD-ÀBCD-EFGH',
    ]) {
      expect(parseReference(text), text).toBeNull();
    }
  });
});

describe('references in a text', () => {
  it('are found where they stand, each once', () => {
    const [first, second] = fc.sample(references, { numRuns: 2, seed: 7 });
    const text = `Hoe staat het met ${first}? En (${second?.toLowerCase()}), en nog eens ${first?.replaceAll('-', ' ')}.`;
    expect(findReferences(text)).toEqual([first, second]);
  });

  it('are left alone when they are mistyped or part of something longer', () => {
    const [reference] = fc.sample(references, { numRuns: 1, seed: 9 });
    const wrong = replaced(reference ?? '', 11, reference?.[11] === 'B' ? 'C' : 'B');
    expect(findReferences(`${wrong} en X${reference} en ${reference}Z`)).toEqual([]);
  });

  it('never make reading fail, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const found: Reference[] = findReferences(text);
        return found.every((it) => parseReference(it) === it);
      }),
    );
  });
});
