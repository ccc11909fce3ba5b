import { beforeAll, describe, expect, it } from 'vitest';
import type { Case, CaseId, Disruption, Kind } from '../domain/index.ts';
import { suggestDisruptions } from './disruptions.ts';
import { idOf } from './test/ids.ts';
import { Simulator } from './test/simulator.ts';
import { type World, world } from './test/world.ts';

let shipped: World;
beforeAll(async () => {
  shipped = await world();
});

const UNTIL = new Date('2026-11-24T13:00:00Z');

/** Somebody reported the lift, and it was declared; then others' conversations know of it. */
function declared(place: string | null = 'lift B', until: Date | null = UNTIL): { first: Simulator; main: Case; disruption: Disruption } {
  const first = new Simulator(shipped);
  first.say('de lift in gebouw B staat stil');
  const main = first.only();
  first.act(main, { action: 'declare', title: 'lift B staat stil', place, until });
  const [disruption] = first.disruptions;
  if (!disruption) throw new Error('nothing was declared');
  return { first, main: first.case(main.id), disruption };
}

function other(disruption: Disruption, language: 'nl' | 'en' = 'nl'): Simulator {
  const chat = new Simulator(shipped, { language });
  chat.disruptions = [disruption];
  return chat;
}

describe('declaring a disruption', () => {
  it('tells the one on whose case it is, and until when', () => {
    const { first, main, disruption } = declared();
    expect(disruption).toMatchObject({ case: main.id, product: 'lift', place: 'lift B', team: main.team, expectedBy: UNTIL });
    expect(main).toMatchObject({ state: 'queued', expectedBy: UNTIL });
    expect(first.history(main.id)).toEqual(['opened', 'queued', 'declared']);
  });

  it.each<[string, Partial<Extract<Parameters<Simulator['act']>[1], { action: 'declare' }>>, string]>([
    ['twice', {}, 'not-now'],
    ['until a moment that has been', { until: new Date('2026-11-24T09:00:00Z') }, 'too-early'],
  ])('is not done %s', (name, more, code) => {
    const { first, main } = declared();
    if (name !== 'twice') first.disruptions = [];
    const again = first.tryAct(main, { action: 'declare', title: 'lift B', place: null, until: null, ...more });
    expect(again).toEqual({ kind: 'refused', code, by: null });
  });
});

describe('who reports a known disruption later', () => {
  it('is told at once, and linked instead of queued: nobody has to look at it, and it has no deadline', () => {
    const { disruption } = declared();
    const chat = other(disruption);
    const { text, opened } = chat.say('lift B doet het niet');
    expect(text).toContain('lift B staat stil');
    expect(text).toContain('vandaag voor 14.00 uur');
    expect(opened).toMatchObject([{ state: 'waiting', disruption: disruption.id, respondBy: null, completeBy: null, worker: null }]);
    expect(chat.history(chat.only().id)).toEqual(['opened', 'linked']);
    expect(chat.guards.size).toBe(0);
    expect(chat.waitsFor).toEqual([]);
  });

  it('is asked whether it is that, when it is not said where', () => {
    const { disruption } = declared();
    const chat = other(disruption);
    expect(chat.say('de lift is kapot').text).toContain('Gaat het daarover?');
    expect(chat.cases()).toEqual([]);
    chat.say('ja');
    expect(chat.only()).toMatchObject({ state: 'waiting', disruption: disruption.id });
  });

  it('is a report like any other when it is something else', () => {
    const { disruption } = declared();
    const chat = other(disruption);
    chat.say('de lift is kapot');
    chat.press('no');
    expect(chat.only()).toMatchObject({ state: 'queued', disruption: null });
  });

  it('is a report like any other at another place, of another product, or as a complaint', () => {
    const { disruption } = declared('lift in gebouw B');
    for (const text of [
      'de lift in gebouw C staat stil',
      'het is veel te warm in kamer 3.14',
      'ik wil een klacht indienen over de lift in gebouw B',
    ]) {
      const chat = other(disruption);
      chat.say(text);
      for (const one of chat.cases()) expect(one.disruption, text).toBeNull();
    }
  });

  it('hears it in his own language', () => {
    const { disruption } = declared(null, null);
    const { text } = other(disruption, 'en').say('the elevator is broken');
    expect(text).toContain('We know about that: lift B staat stil.');
  });

  it('can add to it, which leaves it linked', () => {
    const { disruption } = declared();
    const chat = other(disruption);
    chat.say('lift B doet het niet');
    chat.say(`over ${chat.only().reference}: er zit ook een lamp los in die lift`);
    expect(chat.cases().find((one) => one.disruption !== null)).toMatchObject({ state: 'waiting' });
  });

  it('was first, if it was over before the answer', () => {
    const { disruption } = declared();
    const chat = other(disruption);
    chat.say('de lift is kapot');
    chat.disruptions = [];
    chat.say('ja');
    expect(chat.only()).toMatchObject({ state: 'queued', disruption: null });
  });
});

describe('what becomes of a disruption', () => {
  it('reaches all: one ready report, each asked whether it is', () => {
    const { first, main, disruption } = declared();
    const chat = other(disruption);
    chat.say('lift B doet het niet');
    first.act(main, { action: 'claim' });
    first.act(main, { action: 'ready', text: 'De kabel is vervangen.' });
    const end = first.ended.get(disruption.id) ?? null;
    expect(end).toEqual({ kind: 'solved', text: 'De kabel is vervangen.' });
    chat.disruptions = [];
    const { text } = chat.hears(chat.only(), disruption, end);
    expect(text).toContain('De kabel is vervangen.');
    expect(chat.only()).toMatchObject({ state: 'ready' });
    expect(chat.hears(chat.only(), disruption, end).effects).toEqual([]);
    chat.say('nee');
    expect(chat.only()).toMatchObject({ state: 'queued' });
  });

  it('another moment is told once', () => {
    const { first, main, disruption } = declared();
    const chat = other(disruption);
    chat.say('lift B doet het niet');
    first.act(main, { action: 'claim' });
    const later = new Date('2026-11-25T09:00:00Z');
    first.act(main, { action: 'delay', reason: 'Het onderdeel is er nog niet.', until: later });
    const [changed] = first.disruptions;
    if (!changed) throw new Error('it is over');
    expect(chat.hears(chat.only(), changed).text).toContain('morgen voor 10.00 uur');
    expect(chat.hears(chat.only(), changed).effects).toEqual([]);
  });

  it('when nobody works on it any more each report is looked at by itself', () => {
    const { first, main, disruption } = declared();
    const chat = other(disruption);
    chat.say('lift B doet het niet');
    first.say(`trek ${main.reference} in`);
    first.say('ja');
    expect(first.case(main.id).state).toBe('withdrawn');
    const end = first.ended.get(disruption.id) ?? null;
    expect(end).toEqual({ kind: 'dissolved' });
    chat.disruptions = [];
    chat.hears(chat.only(), disruption, end);
    expect(chat.only()).toMatchObject({ state: 'queued', disruption: null });
    expect(chat.only().respondBy).not.toBeNull();
  });

  it('a worker can link what was reported before, and take it apart again', () => {
    const { disruption } = declared();
    const chat = new Simulator(shipped);
    chat.say('de lift in gebouw B is stuk');
    const before = chat.only();
    chat.disruptions = [{ ...disruption, case: idOf(1, 999) }];
    expect(chat.act(before, { action: 'link', disruption: disruption.id }).text).toContain('lift B staat stil');
    expect(chat.case(before.id)).toMatchObject({ state: 'waiting', disruption: disruption.id, respondBy: null });
    chat.act(before, { action: 'unlink' });
    expect(chat.case(before.id)).toMatchObject({ state: 'queued', disruption: null });
    expect(chat.case(before.id).respondBy).not.toBeNull();
  });
});

describe('what the desk suggests', () => {
  let n = 0;
  const report = (text: string, kind: Kind = 'fault', product = 'lift') => ({ id: idOf<CaseId>(1, ++n), product, kind, text, values: {} });

  it('is five reports of one product at one place; who does not say where means the same', () => {
    const reports = ['lift in gebouw B stuk', 'Gebouw B lift doet het niet', 'lift kapot', 'gebouw B: weer de lift', 'lift gebouw B'].map(
      (text) => report(text),
    );
    expect(suggestDisruptions(reports)).toMatchObject([{ product: 'lift', place: 'gebouw B', reports }]);
    expect(suggestDisruptions(reports.slice(1))).toEqual([]);
  });

  it('is nothing at five places, nor of five requests', () => {
    expect(suggestDisruptions(['A', 'B', 'C', 'D', 'E'].map((name) => report(`lift in gebouw ${name} stuk`)))).toEqual([]);
    expect(suggestDisruptions(Array.from({ length: 9 }, () => report('lift', 'request')))).toEqual([]);
  });
});
