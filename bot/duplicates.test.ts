import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Case, CaseId, DisruptionId, PersonId } from '../domain/index.ts';
import { likelyDuplicates } from './duplicates.ts';
import { Simulator } from './test/simulator.ts';
import { world } from './test/world.ts';

const chat = new Simulator(await world());
chat.say('het is te warm in kamer 3.14');
const base: Case = { ...chat.only(), product: 'climate', values: {} };
let made = 0;

function like(given: Partial<Case>): { readonly case: Case } {
  made += 1;
  const id = `00000000-0000-4000-8000-${String(made).padStart(12, '0')}` as CaseId;
  return { case: { ...base, id, person: 'other' as PersonId, ...given } };
}

const found = (own: readonly { readonly case: Case }[], others: readonly { readonly case: Case }[] = [], it = base) =>
  likelyDuplicates(it, own, others).map(({ found: { case: other }, because }) => [other.id, because]);

describe('likely duplicates of a case', () => {
  it('are open cases of the same requester on the same product, or in much the same words', () => {
    const same = like({ text: 'nog steeds zo benauwd' });
    const reworded = like({ product: null, text: 'kamer 3.14 is echt veel te warm, het is niet te doen' });
    const different = like({ product: null, text: 'mijn badge werkt niet meer bij de voordeur' });
    expect(found([same, reworded, different])).toEqual([
      [reworded.case.id, 'requester'],
      [same.case.id, 'requester'],
    ]);
  });

  it('are of others when it is the same product at the same place, or nearly the same text', () => {
    const place = like({ text: 'bloedheet! Kamer 3.14' });
    const words = like({ text: 'het is te warm in de kamer' });
    const elsewhere = like({ text: 'het is te warm in kamer 4.02' });
    const otherwise = like({ text: 'de verwarming tikt' });
    expect(found([], [otherwise, elsewhere, words, place])).toEqual([
      [place.case.id, 'place'],
      [words.case.id, 'words'],
    ]);
  });

  it('are never itself, what is finished, or a report of the same disruption', () => {
    const disruption = 'd' as DisruptionId;
    const it = { ...base, disruption };
    const others = [{ case: it }, like({ state: 'ready' }), like({ state: 'merged' }), like({ disruption })];
    expect(found(others, others, it)).toEqual([]);
    expect(found([like({ disruption })])).toHaveLength(1);
  });

  it('are at most three, each once, whatever is written', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 40 })), fc.string(), (texts, text) => {
        const others = texts.map((one) => like({ text: one }));
        const ids = found(others, others, { ...base, text }).map(([id]) => id);
        expect(ids.length).toBeLessThanOrEqual(3);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});
