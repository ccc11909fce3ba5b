/** Whoever asks chooses himself what it is about. */
import { beforeAll, expect, it } from 'vitest';
import { Simulator } from './test/simulator.ts';
import { type World, world } from './test/world.ts';

let all: World;
beforeAll(async () => {
  all = await world();
});

const choose = (chat: Simulator, text: string, product: string) => chat.message({ text, answer: null, product });

it('what was chosen goes before what the text sounds like, and is not asked about', () => {
  const chat = new Simulator(all);
  choose(chat, 'de radiator in kamer 1.04 wordt niet warm', 'cleaning-request');
  expect(chat.only()).toMatchObject({ product: 'cleaning-request', state: 'queued', why: { rule: 'chosen' } });
});

it('words that mean nothing to the desk are a question all the same', () => {
  const chat = new Simulator(all);
  choose(chat, 'hallo', 'lighting');
  expect(chat.only()).toMatchObject({ product: 'lighting', text: 'hallo' });
});

it('what the product still needs is asked', () => {
  const chat = new Simulator(all);
  choose(chat, 'ik heb morgen een taxi nodig', 'transport');
  expect(chat.cases()).toEqual([]);
  expect(chat.waitsFor).toEqual(['form']);
});

it('a product that the catalogue has not is as if none was chosen', () => {
  const chat = new Simulator(all);
  choose(chat, 'de lamp in kamer 2.10 is kapot', 'no-such-product');
  expect(chat.only()).toMatchObject({ product: 'lighting', why: { rule: 'classified' } });
});

it('danger goes before it', () => {
  const chat = new Simulator(all);
  choose(chat, 'er is brand in kamer 3.14', 'cleaning-request');
  expect(chat.only()).toMatchObject({ urgent: true });
});
