import { beforeAll, describe, expect, it } from 'vitest';
import type { Case } from '../domain/index.ts';
import { OMAR, SANNE, Simulator } from './test/simulator.ts';
import { type World, world } from './test/world.ts';

/** A colleague takes the chat over from the desk, and gives it back. */

let all: World;
beforeAll(async () => {
  all = await world();
});

const BACK = 'Sanne heeft het gesprek teruggegeven; ik ben er weer.';

/** A conversation in which Sanne just said her first word. */
function takenOver(): { readonly chat: Simulator; readonly it: Case } {
  const chat = new Simulator(all);
  const [it] = chat.say('de deur van kamer 1.02 klemt').opened;
  if (!it) throw new Error('there is no case');
  chat.act(it, { action: 'chat', text: 'Hoi Eva, ik kijk even mee.' });
  return { chat, it };
}

describe('a colleague who takes the chat over', () => {
  it('is introduced by name with the first message, and has the case from then on', () => {
    const chat = new Simulator(all);
    const [it] = chat.say('de deur van kamer 1.02 klemt').opened;
    if (!it) throw new Error('there is no case');
    const { replies } = chat.act(it, { action: 'chat', text: 'Hoi Eva, ik kijk even mee.' });
    expect(replies).toEqual([{ text: 'Hoi Eva, ik kijk even mee.', colleague: 'Sanne' }]);
    expect(chat.act(it, { action: 'chat', text: 'Welke deur?' }).replies).toEqual([{ text: 'Welke deur?' }]);
    expect(chat.case(it.id)).toMatchObject({ state: 'claimed', worker: SANNE.id });
    expect(chat.history(it.id)).toEqual(['opened', 'queued', 'claimed', 'taken-over']);
  });

  it('gets what the requester writes, with one word to look until she answers', () => {
    const { chat, it } = takenOver();
    expect(chat.say('hoe laat gaat het bedrijfsrestaurant open?').replies).toEqual([]);
    expect(chat.say('en de printer in kamer 2.10 is kapot').replies).toEqual([]);
    expect(chat.cases()).toHaveLength(1);
    expect(chat.links.get(it.id)?.size).toBeGreaterThanOrEqual(4);
    expect(chat.notices).toMatchObject([{ kind: 'chat', case: it.id, to: { role: 'worker', person: SANNE.id } }]);
    chat.act(it, { action: 'chat', text: 'Die printer meld ik zo.' });
    chat.say('dank je');
    expect(chat.notices).toHaveLength(2);
  });

  it('does not stand before danger', () => {
    const { chat, it } = takenOver();
    const { replies, opened } = chat.say('er is brand in de keuken op de tweede!');
    expect(replies[0]).toMatchObject({ alarm: true });
    expect(opened[0]).toMatchObject({ urgent: true });
    expect(chat.history(it.id).at(-1)).toBe('added');
    expect(chat.conversation.state.takeOver?.by).toBe(SANNE.id);
  });

  it('is told who has it already, and relieves him when asked to', () => {
    const { chat, it } = takenOver();
    expect(chat.tryAct(it, { action: 'chat', text: 'Ik ook' }, OMAR)).toEqual({ kind: 'refused', code: 'taken-over', by: SANNE.id });
    expect(chat.tryAct(it, { action: 'chat', text: 'Ik ook', from: OMAR.id }, OMAR)).toMatchObject({ code: 'taken-over', by: SANNE.id });
    const { replies } = chat.act(it, { action: 'chat', text: 'Omar hier, ik neem het over.', from: SANNE.id }, OMAR);
    expect(replies).toMatchObject([{ colleague: 'Omar' }]);
    expect(chat.tryAct(it, { action: 'chat', text: 'En ik?' })).toMatchObject({ code: 'taken-over', by: OMAR.id });
    expect(chat.tryAct(it, { action: 'hand-back' })).toMatchObject({ kind: 'refused' });
  });

  it('is told who works on the case before he talks on it', () => {
    const chat = new Simulator(all);
    const [it] = chat.say('de deur van kamer 1.02 klemt').opened;
    if (!it) throw new Error('there is no case');
    chat.act(it, { action: 'claim' });
    expect(chat.tryAct(it, { action: 'chat', text: 'Hoi' }, OMAR)).toMatchObject({ code: 'taken-over', by: SANNE.id });
  });
});

describe('the desk is there again', () => {
  it('when the colleague hands back: what was open before is still open', () => {
    const chat = new Simulator(all);
    const [it] = chat.say('de deur van kamer 1.02 klemt').opened;
    if (!it) throw new Error('there is no case');
    chat.say('ik wil morgen een taxi naar Utrecht');
    expect(chat.waitsFor).toContain('form');
    chat.act(it, { action: 'chat', text: 'Hoi Eva' });
    chat.say('14:30');
    expect(chat.act(it, { action: 'hand-back' }).replies).toEqual([{ text: BACK, colleague: null }]);
    expect(chat.conversation.state.takeOver).toBeUndefined();
    expect(chat.takeOvers.size).toBe(0);
    expect(chat.waitsFor).toContain('form');
    expect(chat.say('om half drie, budget 4410-23').text).toContain('Klopt dat?');
  });

  it('when the case is ready', () => {
    const { chat, it } = takenOver();
    const { replies } = chat.act(it, { action: 'ready', text: 'De deur is geschaafd.' });
    expect(replies.at(-1)).toEqual({ text: BACK, colleague: null });
    expect(chat.say('ja').text).toContain('afgesloten');
  });

  it.each(['release', 'move'] as const)('when the case leaves her hands (%s)', (action) => {
    const { chat, it } = takenOver();
    chat.act(it, action === 'move' ? { action, team: 'cleaning' } : { action });
    expect(chat.conversation.state.takeOver).toBeUndefined();
  });

  it('after a quarter of an hour without her, whatever the requester wrote meanwhile', () => {
    const { chat, it } = takenOver();
    chat.later(10);
    chat.say('ben je er nog?');
    expect(chat.timer(it, 'take-over').replies).toEqual([]);
    chat.later(5);
    expect(chat.timer(it, 'take-over').text).toBe(BACK);
    expect(chat.timer(it, 'take-over').replies).toEqual([]);
    expect(chat.history(it.id).at(-1)).toBe('handed-back');
  });

  it('not while she does something with the case', () => {
    const { chat, it } = takenOver();
    chat.later(14);
    chat.act(it, { action: 'note', text: 'sleutel bij de receptie' });
    chat.later(14);
    expect(chat.timer(it, 'take-over').replies).toEqual([]);
    expect(chat.takeOvers.get(it.id)).toEqual(new Date(chat.now.getTime() + 60_000));
  });
});

describe('a question on a case', () => {
  it('silences nothing', () => {
    const chat = new Simulator(all);
    const [it] = chat.say('de deur van kamer 1.02 klemt').opened;
    if (!it) throw new Error('there is no case');
    chat.act(it, { action: 'claim' });
    chat.act(it, { action: 'ask', text: 'Welke deur?' });
    expect(chat.conversation.state.takeOver).toBeUndefined();
    expect(chat.say('hoe laat gaat het bedrijfsrestaurant open?').text).toContain('11');
  });

  it('is answered to the colleague who talks, and its case goes on', () => {
    const { chat, it } = takenOver();
    chat.act(it, { action: 'ask', text: 'Welke deur?' });
    expect(chat.case(it.id).state).toBe('waiting');
    expect(chat.say('de linker').replies).toEqual([]);
    expect(chat.case(it.id).state).toBe('claimed');
    expect(chat.waitsFor).not.toContain('worker-question');
  });
});
