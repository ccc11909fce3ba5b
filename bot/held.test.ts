import { beforeAll, describe, expect, it } from 'vitest';
import type { Case } from '../domain/index.ts';
import { OMAR, SANNE, Simulator } from './test/simulator.ts';
import { type World, world } from './test/world.ts';

/** What leaves the house can be taken back for a while. */

let all: World;
beforeAll(async () => {
  all = await world();
});

const MINUTE = 60_000;

function claimed(): { readonly chat: Simulator; readonly it: Case } {
  const chat = new Simulator(all);
  const [it] = chat.say('de deur van kamer 1.02 klemt').opened;
  if (!it) throw new Error('there is no case');
  chat.act(it, { action: 'claim' });
  return { chat, it };
}

describe('what a colleague does that goes out', () => {
  it('does not happen as long as it can be taken back, and then once', () => {
    const { chat, it } = claimed();
    expect(chat.act(it, { action: 'ready', text: 'De deur sluit weer.' }, SANNE, MINUTE).replies).toEqual([]);
    expect(chat.case(it.id).state).toBe('claimed');
    expect(chat.timer(it, 'held').replies).toEqual([]);
    chat.later(1);
    expect(chat.timer(it, 'held').text).toContain('De deur sluit weer.');
    expect(chat.case(it.id).state).toBe('ready');
    expect(chat.timer(it, 'held').replies).toEqual([]);
  });

  it('counts from when it was done', () => {
    const { chat, it } = claimed();
    const done = chat.now;
    chat.act(it, { action: 'ready', text: 'De deur sluit weer.' }, SANNE, MINUTE);
    chat.later(1);
    chat.timer(it, 'held');
    expect(chat.case(it.id).readyAt).toEqual(done);
  });

  it('is taken back as if it was never said, and the history says so', () => {
    const { chat, it } = claimed();
    const before = chat.case(it.id);
    chat.act(it, { action: 'ready', text: 'De deur sluit weer.' }, SANNE, MINUTE);
    expect(chat.undo(it, chat.now)).toMatchObject({ kind: 'done' });
    expect(chat.case(it.id)).toEqual({ ...before, events: before.events + 1 });
    expect(chat.history(it.id).at(-1)).toBe('undone');
    chat.later(1);
    expect(chat.timer(it, 'held').replies).toEqual([]);
    expect(chat.undo(it, chat.now)).toEqual({ kind: 'refused', code: 'too-late', by: null });
  });

  it('is taken back by who did it alone, and only that very act', () => {
    const { chat, it } = claimed();
    const first = chat.now;
    chat.act(it, { action: 'reply', text: 'Ik kom zo.' }, SANNE, MINUTE);
    expect(chat.undo(it, first, OMAR)).toMatchObject({ code: 'too-late' });
    chat.later(0.5);
    expect(chat.act(it, { action: 'ask', text: 'Welke deur?' }, SANNE, MINUTE).text).toBe('Ik kom zo.');
    expect(chat.undo(it, first)).toMatchObject({ code: 'too-late' });
    expect(chat.undo(it, chat.now)).toMatchObject({ kind: 'done' });
    expect(chat.case(it.id).state).toBe('claimed');
  });

  it('stays held when a note is written', () => {
    const { chat, it } = claimed();
    chat.act(it, { action: 'reply', text: 'Ik kom zo.' }, SANNE, MINUTE);
    chat.act(it, { action: 'note', text: 'sleutel ligt bij de receptie' });
    expect(chat.held?.act).toEqual({ action: 'reply', text: 'Ik kom zo.' });
  });

  it('is refused at once when it cannot be done', () => {
    const { chat, it } = claimed();
    expect(chat.tryAct(it, { action: 'move', team: 'niets' }, SANNE, MINUTE)).toMatchObject({ code: 'unknown-team' });
    expect(chat.tryAct(it, { action: 'ready', text: 'x' }, OMAR, MINUTE)).toMatchObject({ code: 'not-yours' });
    expect(chat.held).toBeNull();
  });

  it('is told to its worker when it became impossible meanwhile, and the words are kept', () => {
    const { chat, it } = claimed();
    chat.act(it, { action: 'ready', text: 'De deur sluit weer.' }, SANNE, MINUTE);
    chat.say('laat maar, trek mijn melding in');
    if (chat.case(it.id).state !== 'withdrawn') chat.press('yes');
    expect(chat.case(it.id).state).toBe('withdrawn');
    chat.later(1);
    expect(chat.timer(it, 'held').replies).toEqual([]);
    expect(chat.notes.at(-1)?.text).toBe('De deur sluit weer.');
    expect(chat.notices.at(-1)).toMatchObject({ kind: 'not-done', to: { role: 'worker', person: SANNE.id } });
  });

  it('keeps a moment that was promised', () => {
    const { chat, it } = claimed();
    const until = new Date('2026-11-27T10:00:00Z');
    chat.act(it, { action: 'delay', reason: 'Het slot is besteld.', until }, SANNE, MINUTE);
    chat.later(1);
    expect(chat.timer(it, 'held').text).toContain('Het slot is besteld.');
    expect(chat.case(it.id).expectedBy).toEqual(until);
  });

  it('is not late because it could still be taken back', () => {
    const { chat, it } = claimed();
    chat.now = new Date((chat.case(it.id).completeBy ?? chat.now).getTime() - 1_000);
    chat.act(it, { action: 'ready', text: 'De deur sluit weer.' }, SANNE, MINUTE);
    const notices = chat.notices.length;
    chat.later(0.5);
    chat.timer(it, 'guard');
    expect(chat.notices).toHaveLength(notices);
  });
});
