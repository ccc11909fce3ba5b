import { describe, expect, it } from 'vitest';
import type { Kind } from '../domain/index.ts';
import { FIXTURE } from './examples-fixture.ts';
import { train, understand } from './index.ts';
import { kindOf } from './kind.ts';

const model = train(FIXTURE);

describe('the kind of a question', () => {
  for (const [kind, text] of [
    ['fault', 'de koffieautomaat doet het niet'],
    ['fault', 'the coffee machine is broken'],
    ['information', 'hoe laat gaat de balie open?'],
    ['request', 'graag een taxi naar het station'],
  ] as const satisfies readonly (readonly [Kind, string])[]) {
    it(`is ${kind} for "${text}"`, () => expect(understand(model, text).questions[0]?.kind).toBe(kind));
  }

  it('leans to what the product is usually asked for, when the words do not tell', () => {
    const lean = train([
      ...['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((id) => ({ text: `gadget ${id}`, product: 'gadget', kind: 'fault' as const })),
      ...['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((id) => ({ text: `widget ${id}`, product: 'widget', kind: 'wish' as const })),
    ]);
    expect(kindOf(lean.kind, 'qwzxv', lean.products.indexOf('gadget'))).toBe('fault');
    expect(kindOf(lean.kind, 'qwzxv', lean.products.indexOf('widget'))).toBe('wish');
  });

  it('is a request when no example says a kind', () => {
    expect(kindOf(train([{ text: 'lamp', product: 'lamp' }]).kind, 'lamp stuk', -1)).toBe('request');
  });
});
