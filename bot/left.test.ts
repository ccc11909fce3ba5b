import { beforeAll, describe, expect, it } from 'vitest';
import type { Case } from '../domain/index.ts';
import { OMAR, SANNE, Simulator } from './test/simulator.ts';
import { type World, world } from './test/world.ts';

let all: World;
beforeAll(async () => {
  all = await world();
});

function claimed(): { readonly chat: Simulator; readonly it: Case } {
  const chat = new Simulator(all);
  const [it] = chat.say('de deur van kamer 1.02 klemt').opened;
  if (!it) throw new Error('there is no case');
  chat.act(it, { action: 'claim' });
  return { chat, it };
}

describe('what somebody who left the desk had in hand', () => {
  it('goes back to its queue, once, and nobody hears of it', () => {
    const { chat, it } = claimed();
    expect(chat.left(it).replies).toEqual([]);
    expect(chat.case(it.id)).toMatchObject({ state: 'queued', worker: null, round: it.round + 1 });
    expect(chat.history(it.id).at(-1)).toBe('released');
    expect(chat.left(it).effects).toEqual([]);
    chat.act(it, { action: 'claim' }, OMAR);
    expect(chat.case(it.id).worker).toBe(OMAR.id);
  });

  it.each([
    { action: 'wait', reason: 'Wacht op een onderdeel' },
    { action: 'ask', text: 'Welke deur?' },
  ] as const)('goes back also when he let it wait ($action)', (act) => {
    const { chat, it } = claimed();
    chat.act(it, act);
    chat.left(it);
    expect(chat.case(it.id)).toMatchObject({ state: 'queued', worker: null });
    expect(chat.history(it.id).at(-1)).toBe('requeued');
  });

  it('was done where he had done it, though it could still be taken back', () => {
    const { chat, it } = claimed();
    chat.act(it, { action: 'ready', text: 'De deur is geschaafd.' }, SANNE, 60_000);
    expect(chat.left(it).text).toContain('De deur is geschaafd.');
    expect(chat.case(it.id).state).toBe('ready');
  });

  it("and a chat that he took over is the desk's again", () => {
    const { chat, it } = claimed();
    chat.act(it, { action: 'chat', text: 'Hoi Eva' });
    chat.left(it);
    expect(chat.conversation.state.takeOver).toBeUndefined();
    expect(chat.case(it.id).state).toBe('queued');
  });
});
