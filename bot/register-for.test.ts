/** What a colleague at the desk registers for somebody else: settled at once, nothing asked back. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { PersonId, Registration } from '../domain/index.ts';
import { idOf } from './test/ids.ts';
import { Simulator, type Turn } from './test/simulator.ts';
import { type World, world } from './test/world.ts';

const AGENT = idOf<PersonId>(9, 7);
const LAMP = 'De lamp in kamer 2.10 is kapot';
let shared: World;
beforeAll(async () => {
  shared = await world();
});

function register(desk: Simulator, text: string, given: Partial<Registration> = {}): Turn {
  const registers: Registration = { means: 'phone', values: {}, ...given };
  return desk.message({ text, answer: null, sender: { kind: 'colleague', person: AGENT, registers } });
}

describe('a story that a colleague registers', () => {
  it.each([
    ['a fault', LAMP],
    ['a request that lacks what it needs', 'ik wil een vergaderzaal reserveren'],
    ['what no product fits', 'kwak bloemkool zwieber'],
    ['a guess', 'er is iets met het ding'],
  ])('%s is one queued case, and nothing is asked', (_, text) => {
    const desk = new Simulator(shared);
    const turn = register(desk, text);
    expect(desk.only().state).toBe('queued');
    expect(desk.conversation.state.open).toEqual([]);
    expect(turn.text).toContain(desk.only().reference);
  });

  it('takes what was settled before what the text says', () => {
    const desk = new Simulator(shared);
    register(desk, LAMP, { product: null, kind: 'wish' });
    expect(desk.only()).toMatchObject({ product: null, kind: 'wish', team: 'desk' });
  });

  it('leaves open what is not known, and finds the rest in the story', () => {
    const found = new Simulator(shared);
    register(found, LAMP);
    const [[place = '', value = ''] = []] = Object.entries(found.only().values);
    expect(value).toContain('2.10');
    const unknown = new Simulator(shared);
    register(unknown, LAMP, { values: { [place]: '' } });
    expect(unknown.only().values).not.toHaveProperty(place);
    const settled = new Simulator(shared);
    register(settled, LAMP, { values: { [place]: 'kamer 3.14' } });
    expect(settled.only().values[place]).toContain('3.14');
  });

  it('is over at once when the answer was read aloud', () => {
    const product = shared.catalogue.products.find(({ answers, restricted }) => answers.length > 0 && !restricted);
    const [answer] = product?.answers ?? [];
    const desk = new Simulator(shared);
    register(desk, answer?.questions.nl[0] ?? '', { product: product?.id, answered: answer?.id });
    expect(desk.only()).toMatchObject({ state: 'closed', product: product?.id });
    const another = new Simulator(shared);
    register(another, LAMP, { answered: 'no-such-answer' });
    expect(another.only().state).toBe('queued');
  });

  it('says danger first', () => {
    const desk = new Simulator(shared);
    const turn = register(desk, 'er is brand in de meterkast van gebouw A', { product: null });
    expect(turn.text).toMatch(/\d{3}/);
    expect(desk.only().urgent).toBe(true);
  });
});
