import { AdaptiveCard, SerializationContext, Versions } from 'adaptivecards';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { NamedProduct } from './options.ts';
import { readForm, registerForm } from './register-form.ts';
import { MOST_BYTES } from './render.ts';
import { READING } from './test/samples.ts';

const PRODUCTS: readonly NamedProduct[] = [...READING.candidates, { id: 'cleaning', name: 'Schoonmaak' }];
const many = (count: number): NamedProduct[] =>
  Array.from({ length: count }, (_, i) => ({ id: `product-${i}`, name: `Product ${i} met een naam van gewone lengte` }));
/** What the button of the form for a text sends along. */
function sentWith(text: string): Record<string, unknown> {
  const { actions } = z
    .object({ actions: z.tuple([z.object({ data: z.record(z.string(), z.unknown()) })]) })
    .parse(registerForm(text, READING, PRODUCTS, 'nl'));
  return actions[0].data;
}
const inputsOf = (card: object): string => JSON.stringify(card);

function problemsOf(card: object): string[] {
  const context = new SerializationContext(Versions.v1_5);
  new AdaptiveCard().parse(card, context);
  return Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i).message);
}

describe('the form of "Register at the desk"', () => {
  test.each([
    ['nothing is written', registerForm('', null, PRODUCTS, 'nl')],
    ['a product is proposed', registerForm('te koud', READING, PRODUCTS, 'nl')],
    ['none fits well', registerForm('iets', { ...READING, product: null, lines: [] }, PRODUCTS, 'en')],
    ['several things are asked', registerForm('twee dingen', { lines: ['Koffie', 'Lift'], product: null, candidates: [] }, PRODUCTS, 'nl')],
    ['there are very many products', registerForm('iets', READING, many(2_000), 'nl')],
  ])('is a valid card that goes through when %s', (_, card) => {
    expect(problemsOf(card)).toEqual([]);
    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(MOST_BYTES);
  });

  test.each(['x', 'é', '漢', '😀'])('with the longest question of %s it goes through, whatever the catalogue', (sign) => {
    const question = sign.repeat(4_000 / sign.length);
    for (const count of [58, 100, 150, 200, 2_000])
      expect(Buffer.byteLength(JSON.stringify(registerForm(question, READING, many(count), 'nl')))).toBeLessThan(28_000);
  });

  test('what somebody wrote becomes no template', () => {
    expect(inputsOf(registerForm('x', READING, [{ id: 'a', name: '{{DATE(2026-01-01)}}' }], 'nl'))).not.toContain('{{DATE');
  });
});

describe('what was filled in', () => {
  const given = { question: 'te koud', ...sentWith('te koud') };
  test.each([
    ['the proposal stands', { ...given, product: 'heating' }, 'heating'],
    ['another of the three', { ...given, product: 'cooling' }, 'cooling'],
    ['none of them', { ...given, product: 'none' }, null],
    ['one that was searched goes before', { ...given, product: 'heating', other: 'cleaning' }, 'cleaning'],
    ['an empty search is none', { ...given, product: 'cooling', other: '' }, 'cooling'],
    ['other words under the old proposal', { ...given, question: 'de lamp is kapot', product: 'heating' }, null],
    ['other words, searched', { ...given, question: 'de lamp is kapot', other: 'heating' }, 'heating'],
    ['a product that is not there', { ...given, other: 'no-such-product' }, null],
    ['values of another kind', { ...given, product: 7, other: ['x'], read: {}, proposed: null }, null],
  ])('%s', (_, data, product) => {
    expect(readForm(data, PRODUCTS)).toEqual({ question: data.question, product });
  });

  test.each([null, 'x', {}, { question: '' }, { question: '   ' }, { question: 7 }, { question: 'x'.repeat(4_001) }])(
    '%j is no question',
    (data) => {
      expect(readForm(data, PRODUCTS)).toBeNull();
    },
  );

  test('a NUL and half a character are stored as a mark', () => {
    expect(readForm({ question: 'a\u0000b\ud800' }, PRODUCTS)?.question).toBe('a\ufffdb\ufffd');
  });
});
