import { beforeAll, describe, expect, it } from 'vitest';
import { SANNE, Simulator } from './test/simulator.ts';
import { type World, world } from './test/world.ts';

let shipped: World;
beforeAll(async () => {
  shipped = await world();
});

describe('splitting a case', () => {
  it('makes the second question a case of its own for the team of its product, and tells the requester its number', () => {
    const chat = new Simulator(shipped);
    chat.say('de lift in gebouw B staat stil');
    const it = chat.only();
    const { text, opened } = chat.act(it, { action: 'split', text: 'er ligt koffie op de vloer', product: 'cleaning-request' });
    const [second] = opened;
    if (!second) throw new Error('nothing was opened');
    expect(second).toMatchObject({
      text: 'er ligt koffie op de vloer',
      product: 'cleaning-request',
      state: 'queued',
      person: it.person,
      kind: it.kind,
    });
    expect(second.team).toBe('cleaning');
    expect(text).toContain(second.reference);
    expect(text).toContain(it.reference);
    expect(chat.history(it.id).at(-1)).toBe('split');
    expect(chat.case(it.id)).toMatchObject({ state: it.state, round: it.round, worker: it.worker, text: it.text });
  });

  it('stays with the same product and team when none is named', () => {
    const chat = new Simulator(shipped);
    chat.say('de lift in gebouw B staat stil');
    const it = chat.only();
    chat.act(it, { action: 'claim' });
    const [second] = chat.act(chat.case(it.id), { action: 'split', text: 'lift A piept' }).opened;
    expect(second).toMatchObject({ product: it.product, team: it.team, state: 'queued', worker: null });
    expect(chat.case(it.id)).toMatchObject({ state: 'claimed', worker: SANNE.id });
  });

  it('is refused for a product that is not there, and for what somebody else holds', () => {
    const chat = new Simulator(shipped);
    chat.say('de lift in gebouw B staat stil');
    const action = { action: 'split', text: 'lift A piept' } as const;
    expect(chat.tryAct(chat.only(), { ...action, product: 'no-such' })).toMatchObject({ kind: 'refused', code: 'unknown-product' });
    chat.act(chat.only(), { action: 'claim' });
    const other = { id: '00000000-0000-4000-8000-00000000beef' as typeof SANNE.id, name: 'Omar' };
    expect(chat.tryAct(chat.only(), action, other)).toMatchObject({ kind: 'refused', code: 'not-yours' });
  });
});
