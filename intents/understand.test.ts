import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIXTURE } from './examples-fixture.ts';
import { closeCandidates, train, understand } from './index.ts';

const model = train(FIXTURE);
const products = (text: string, context = {}): (string | null)[] =>
  understand(model, text, context).questions.map((question) => question.product);

describe('understanding a message', () => {
  it('finds the product, the kind and the words that weighed', () => {
    const [question] = understand(model, 'de koffieautomaat is alweer leeg').questions;
    expect(question).toMatchObject({ product: 'coffee', kind: 'fault' });
    expect(question?.why[0]?.word).toBe('koffieautomaat');
    expect(question?.top).toHaveLength(5);
  });

  it('knows Dutch from English', () => {
    expect(understand(model, 'wachtwoord vergeten').language).toBe('nl');
    expect(understand(model, 'forgot my password').language).toBe('en');
  });

  it('keeps to the language of the conversation when the message does not tell', () => {
    expect(understand(model, '42', { language: 'en' }).language).toBe('en');
  });

  it('reads a compound and a typo', () => {
    expect(products('koffieautomaatstoring')).toEqual(['coffee']);
    expect(products('wachtwoordt vergeeten')).toEqual(['password']);
  });

  it('abstains when nothing fits', () => {
    expect(products('hoeveel manen heeft Jupiter')).toEqual([null]);
    expect(products('qwzx plmk vvrt')).toEqual([null]);
  });

  it('recognises a general answer of the desk', () => {
    expect(products('hoe laat gaat de balie open')).toEqual(['desk']);
  });

  it('finds two questions in one message, whichever way they are joined', () => {
    expect(products('het is bloedheet in kamer 3.14 en de koffieautomaat is leeg')).toEqual(['climate', 'coffee']);
    expect(products('Mijn wachtwoord is geblokkeerd. Daarnaast wil ik een taxi naar het station.')).toEqual(['password', 'taxi']);
    expect(products('I need a taxi to the station and the coffee machine is broken')).toEqual(['taxi', 'coffee']);
  });

  it('does not cut one question in two', () => {
    expect(products('ik wil morgen een taxi naar Utrecht')).toEqual(['taxi']);
    expect(products('de koffieautomaat is leeg en er komt geen koffie uit')).toEqual(['coffee']);
    expect(products('Ik zit hier met mijn jas aan. De verwarming doet het niet.')).toEqual(['climate']);
    expect(products('Mijn wachtwoord is verlopen, daardoor kom ik de taxi-app niet in')).toHaveLength(1);
    expect(products('Ik heb een taxi besteld en weet de code van het wachtwoord niet meer')).toHaveLength(1);
    expect(products('The coffee machine leaks, but the taxi driver said he had fixed it')).toHaveLength(1);
  });

  it('takes greeting, thanks and signature off, and reports the move beside the question', () => {
    const found = understand(
      model,
      'Hoi,\n\nde koffieautomaat is leeg.\n\nMet vriendelijke groet,\nJan de Vries\nAfdeling Taxi en Wachtwoorden',
    );
    expect(found.move).toBe('greeting');
    expect(found.questions.map(({ product, text }) => [product, text])).toEqual([['coffee', 'de koffieautomaat is leeg.']]);
    expect(understand(model, 'kun je mijn wachtwoord resetten? alvast bedankt')).toMatchObject({
      move: 'thanks',
      questions: [{ product: 'password' }],
    });
    expect(understand(model, 'nee, kamer 4.02')).toMatchObject({ move: 'no', questions: [{ text: 'kamer 4.02' }] });
  });

  it('has no question in a message that is only a move', () => {
    expect(understand(model, 'hoi')).toMatchObject({ move: 'greeting', questions: [] });
    expect(understand(model, 'Ja graag, bedankt!')).toMatchObject({ move: 'yes', questions: [] });
    expect(understand(model, 'hoe staat het met SD-7K3Q-MX2P')).toMatchObject({ move: 'status', questions: [] });
  });

  it('takes no address for a move', () => {
    expect(understand(model, 'jan@example.org').move).toBeNull();
    expect(understand(model, 'https://example.org/help').move).toBeNull();
  });

  it('takes a follow-up to be about the product last spoken of', () => {
    expect(products('en op de tweede verdieping ook', { previousProduct: 'climate' })).toEqual(['climate']);
    expect(products('en ik wil een taxi', { previousProduct: 'climate' })).toEqual(['taxi']);
  });

  it('asks between candidates only when they are close', () => {
    const question = { text: '', kind: 'fault', why: [] } as const;
    const close = [
      { product: 'a', confidence: 0.5 },
      { product: 'b', confidence: 0.4 },
      { product: 'c', confidence: 0.05 },
    ];
    expect(closeCandidates({ ...question, product: 'a', confidence: 0.5, top: close })).toEqual(close.slice(0, 2));
    expect(
      closeCandidates({
        ...question,
        product: 'a',
        confidence: 0.9,
        top: [
          { product: 'a', confidence: 0.9 },
          { product: 'b', confidence: 0.5 },
        ],
      }),
    ).toEqual([]);
    expect(closeCandidates({ ...question, product: null, confidence: 0.1, top: close })).toEqual([]);
  });

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.lorem({ maxCount: 60 })), (text) => {
        const found = understand(model, text);
        for (const question of found.questions) {
          expect(question.confidence).toBeGreaterThanOrEqual(0);
          expect(question.confidence).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 200 },
    );
    for (const text of [
      '',
      ' ',
      '\u0000\u0007',
      'a'.repeat(8_000),
      'de lamp is stuk, '.repeat(2_000),
      'ja '.repeat(5_000),
      '?'.repeat(9_000),
      '\n'.repeat(9_000),
      `sd ${'7k3q '.repeat(1_000)}`,
      '('.repeat(5_000),
      'groet '.repeat(2_000),
      'en '.repeat(4_000),
    ]) {
      expect(() => understand(model, text)).not.toThrow();
    }
  });
});
