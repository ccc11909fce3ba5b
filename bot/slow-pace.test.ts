import { beforeAll, describe, expect, it } from 'vitest';
import { Simulator, type Turn } from './test/simulator.ts';
import { type World, world } from './test/world.ts';

/** What the desk does where question and answer take hours: by mail. */

let all: World;
beforeAll(async () => {
  all = await world();
});

const slow = (language: 'nl' | 'en' = 'nl'): Simulator => new Simulator(all, { language, pace: 'slow' });
const LUNCH = 'Graag lunch voor een vergadering';
const TAXI = 'Ik wil een taxi bestellen';
const labels = (turn: Turn): string[] =>
  turn.replies.flatMap(({ ask }) => (ask?.kind === 'form' ? ask.fields.map(({ label }) => label) : []));

describe('a form that is answered in free text', () => {
  it('says what happens with the answer, and registers when everything is in it', () => {
    const it = slow();
    expect(it.say(LUNCH).text).toBe('Als je me dit nog laat weten, vraag ik het meteen voor je aan (vergadercatering):');
    const turn = it.say("Hoi,\n\nmorgen 10 uur, budget 4410-23, we zijn met z'n zessen, in kamer 3.14");
    expect(it.only()).toMatchObject({ state: 'queued', team: 'catering', product: 'meeting-catering' });
    expect(it.only().values).toEqual({ date: '2026-11-25', time: '10:00', people: '6', budget: '4410-23', place: 'kamer 3.14' });
    expect(turn.replies[0]?.summary?.map(({ label }) => label)).toContain('Aantal personen');
    expect(it.waitsFor).toEqual(['undo']);
  });

  it.each([
    ['with the labels', 'Datum: 3 december\nBegintijd: 10:00\nAantal: 6', { date: '2026-12-03', time: '10:00', people: '6' }],
    ['in a list', '1. 3 december\n2. 10.00 uur', { date: '2026-12-03', time: '10:00' }],
    ['with a greeting', 'Beste collega,\n\n3 december\n10 uur', { date: '2026-12-03', time: '10:00' }],
    [
      'in a sentence that says more than was asked',
      "Morgen van 10 tot 12 uur, we zijn met z'n zessen.",
      { date: '2026-11-25', time: '10:00', 'end-time': '12:00', people: '6' },
    ],
  ])('is understood %s', (_, text, values) => {
    const it = slow();
    it.say('Ik wil een vergaderruimte reserveren');
    it.say(text);
    expect(it.only().values).toEqual(values);
  });

  it.each([
    ['in another order', 'morgen\n10 uur\nUtrecht Centraal\n4410-23'],
    ['in the order that was asked', 'Utrecht Centraal\nmorgen\n10 uur\n4410-23'],
  ])('is understood line by line, %s', (_, text) => {
    const it = slow();
    it.say(TAXI);
    it.say(text);
    expect(it.only().values).toEqual({ destination: 'Utrecht Centraal', date: '2026-11-25', time: '10:00', budget: '4410-23' });
  });

  it('is understood in English', () => {
    const it = slow('en');
    it.say('I would like to order lunch for a meeting');
    it.say('tomorrow at noon, six of us, budget 4410-23, room 3.14');
    expect(it.only().values).toEqual({ date: '2026-11-25', time: '12:00', people: '6', budget: '4410-23', place: 'room 3.14' });
  });

  it('asks again only for what is missing or wrong', () => {
    const it = slow();
    it.say(LUNCH);
    const again = it.say('morgen 10 uur met 6 personen budget 9999-99');
    expect(labels(again)).toEqual(['Budgetnummer']);
    expect(again.text).toContain('Budgetnummer 9999-99 bestaat niet.');
    it.say('oh sorry, 4410-23');
    expect(it.only()).toMatchObject({ state: 'queued', team: 'catering' });
    expect(it.only().values).toMatchObject({ date: '2026-11-25', people: '6', budget: '4410-23' });
  });

  it('refuses what is wrong beside its label, in the words that were used', () => {
    const it = slow();
    it.say(LUNCH);
    const again = it.say('Datum: gisteren\nAantal personen: 6\nBudgetnummer: 4410-23');
    expect(again.text).toContain('Die dag is al geweest.');
    expect(labels(again)).toEqual(['Datum']);
  });
});

describe('rounds', () => {
  it('are two at most: then a person takes over, who finds all that was written', () => {
    const it = slow();
    it.say(LUNCH);
    it.say('Nou dat hangt er vanaf, maar we zijn met 6 personen');
    const over = it.say('Dat zei ik al, vraag het aan Piet');
    expect(over.text).toMatch(/^Een collega van de servicedesk neemt het van me over: SD-\S+\. Reactie .* Wat je schreef staat erbij\.$/);
    expect(it.only()).toMatchObject({ team: 'desk', state: 'queued', product: 'meeting-catering', values: { people: '6' } });
    expect(it.only().why.rule).toBe('person');
    expect(it.waitsFor).toEqual([]);
    const messages = it.links.get(it.only().id) ?? new Set();
    expect(messages.size).toBe(4);
  });

  it('end at once for who does not know', () => {
    const it = slow();
    it.say(TAXI);
    it.say('weet ik niet');
    expect(it.only()).toMatchObject({ team: 'desk', product: 'transport' });
  });

  it('are not counted where answers come at once', () => {
    const it = new Simulator(all);
    it.say(LUNCH);
    for (let i = 0; i < 4; i++) it.say('dat hangt er nog van af');
    expect(it.waitsFor).toEqual(['form']);
    expect(it.cases()).toEqual([]);
  });

  it('leave what waits behind the form its turn', () => {
    const it = slow();
    it.say(`${LUNCH}. En ik wil een vergaderruimte reserveren.`);
    expect(it.waitsFor).toEqual(['form']);
    it.say('dat hangt er nog van af');
    it.say('Dat zei ik al, vraag het aan Piet');
    expect(it.cases().map(({ team }) => team)).toEqual(['desk']);
    expect(it.waitsFor).toEqual(['form']);
  });
});

describe('what is asked after registration', () => {
  it('is asked once, and whatever is answered stands with the case', () => {
    const it = slow();
    it.say('Het licht is kapot');
    expect(it.say('dat armatuur boven mijn bureau').text).toBe('Dank je, dat staat erbij.');
    expect(it.waitsFor).toEqual([]);
    expect(it.links.get(it.only().id)?.size).toBeGreaterThan(2);
  });
});

describe('an answer of the desk', () => {
  it.each(['Dit hielp niet', 'Dat hielp niet, ik bedoelde op zaterdag', 'nee'])('that did not help goes to people, said as: %s', (text) => {
    const it = slow();
    it.say('hoe laat gaat het restaurant open?');
    expect(it.say(text).text).toContain('Dan kijkt een collega van Catering ernaar');
    expect(it.only().state).toBe('queued');
  });

  it('stays open for a week', () => {
    const it = slow();
    it.say('hoe laat gaat het restaurant open?');
    expect((it.timers.get(it.only().id)?.getTime() ?? 0) - it.now.getTime()).toBe(7 * 24 * 3_600_000);
  });
});
