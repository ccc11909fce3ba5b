import { beforeAll, expect, it } from 'vitest';
import type { Catalogue } from '../catalogue/index.ts';
import { Simulator } from './test/simulator.ts';
import { type World, world } from './test/world.ts';

let all: World;
beforeAll(async () => {
  const shipped = await world();
  const offered = { channels: ['desk'], way: 'face', elsewhere: { nl: 'Kom langs bij de balie.', en: 'Drop by the counter.' } } as const;
  const products = shipped.catalogue.products.map((product) => (product.id === 'transport' ? { ...product, offered } : product));
  const catalogue: Catalogue = { ...shipped.catalogue, products };
  all = { ...shipped, catalogue };
});

it('what is not offered on this channel is said to be elsewhere, and a person is offered', () => {
  const chat = new Simulator(all);
  expect(chat.say('ik heb morgen om 9 uur een taxi nodig naar Utrecht').text).toBe(
    'Dat kan ik hier niet regelen. Kom langs bij de balie. Of zal ik je vraag bij een collega neerleggen?',
  );
  expect(chat.cases()).toEqual([]);
  chat.press('Ja, graag');
  expect(chat.only()).toMatchObject({ state: 'queued', team: 'desk' });
});

it('a complaint about it is welcome everywhere', () => {
  const chat = new Simulator(all);
  chat.say('de taxi kwam gisteren een half uur te laat, dat is niet acceptabel');
  expect(chat.only()).toMatchObject({ kind: 'complaint', product: 'transport', state: 'queued' });
});
