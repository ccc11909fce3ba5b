import { beforeAll, describe, expect, it } from 'vitest';
import type { Case } from '../domain/index.ts';
import { OMAR, Simulator, type Turn } from './test/simulator.ts';
import { understoodAs } from './test/understood.ts';
import { type World, world } from './test/world.ts';

/** What becomes of answers to what the desk, or a colleague, has asked. */

let all: World;
beforeAll(async () => {
  all = await world();
});

const LIFT = 'de lift in gebouw B doet het niet';
const COFFEE = 'de koffieautomaat in kamer 2.10 is leeg';
const TAXI = 'ik wil morgen om 9 uur een taxi naar Utrecht op budget 4410-23';

function opened(turn: Turn): Case {
  const [it] = turn.opened;
  if (!it) throw new Error(`no case was opened, but: ${turn.text}`);
  return it;
}

describe('details that are asked after registration', () => {
  it('are asked of two cases, one after the other', () => {
    const chat = new Simulator(all);
    const { text, opened: both } = chat.say('de koffieautomaat is leeg en de lift doet het niet');
    expect(both.map(({ state }) => state)).toEqual(['queued', 'queued']);
    expect(text).toContain('Waar staat de automaat?');
    expect(text).not.toContain('Welke lift');
    expect(chat.say('kamer 2.10').text).toContain('Welke lift is het');
    chat.say('gebouw B');
    expect(chat.cases().map(({ values }) => values)).toEqual([{ place: 'kamer 2.10' }, { place: 'gebouw B' }]);
    expect(chat.open).toEqual([]);
  });

  it.each(['weet ik niet', 'geen idee', 'ik weet het echt niet', 'dat weet ik niet', "I don't know", 'no idea'])(
    'are let go of when they are not known: "%s"',
    (text) => {
      const chat = new Simulator(all);
      chat.say('de koffieautomaat is leeg en de lift doet het niet');
      chat.say(text);
      expect(chat.waitsFor).toEqual(['detail']);
      chat.press('unknown');
      expect(chat.open).toEqual([]);
      expect(chat.cases().map(({ values }) => values)).toEqual([{}, {}]);
      expect(chat.cases()).toHaveLength(2);
    },
  );

  it('take a place that sounds like another product for a place', () => {
    const chat = new Simulator(all);
    chat.say('de lift doet het niet');
    chat.say('bij de ingang van de parkeergarage');
    expect(chat.only().values).toEqual({ place: 'bij de ingang van de parkeergarage' });
  });

  it('stay open when something else is asked meanwhile', () => {
    const chat = new Simulator(all);
    chat.say('de lift doet het niet');
    expect(opened(chat.say(COFFEE)).product).toBe('coffee-machine');
    expect(chat.waitsFor).toContain('detail');
    chat.say('gebouw B');
    expect(chat.cases().map(({ values }) => values)).toEqual([{ place: 'gebouw B' }, { place: 'kamer 2.10' }]);
  });

  it('are not taken from a greeting, thanks or goodbye', () => {
    for (const [text, reply] of [
      ['bedankt', 'Graag gedaan.'],
      ['hoi', 'Hoi Eva. Waar kan ik je mee helpen?'],
      ['doei', 'Fijne dag nog.'],
    ] as const) {
      const chat = new Simulator(all);
      chat.say('de lift doet het niet');
      expect(chat.say(text).text).toBe(reply);
      expect(chat.only().values).toEqual({});
    }
  });

  it('do not ask about a case that is not there any more', () => {
    const chat = new Simulator(all);
    const [, lift] = chat.say('de koffieautomaat is leeg en de lift doet het niet').opened;
    chat.say(`trek ${lift?.reference} in`);
    chat.press('yes');
    expect(chat.say('kamer 2.10').text).toBe('Dank je, dat staat erbij.');
    expect(chat.open).toEqual([]);
  });

  it('leave the ticket of the case as it was', () => {
    const chat = new Simulator(all);
    const it = opened(chat.say('de lift doet het niet'));
    chat.say('gebouw B');
    expect(chat.case(it.id)).toMatchObject({ state: 'queued', round: it.round });
  });
});

describe('a choice between products', () => {
  const close = {
    product: 'heating-cooling',
    kind: 'fault',
    confidence: 0.5,
    top: [
      { product: 'heating-cooling', confidence: 0.5 },
      { product: 'doors-windows', confidence: 0.4 },
    ],
  } as const;
  const asked = () => {
    const chat = new Simulator(understoodAs(all, { 'het tocht hier': close }));
    const turn = chat.say('het tocht hier');
    expect(turn.text).toBe('Waar gaat het over?');
    expect(chat.cases()).toEqual([]);
    return chat;
  };

  it.each(['Deuren en ramen', 'de tweede', '2', 'deuren', 'Doors and windows'])('is made by typing "%s"', (text) => {
    expect(opened(asked().say(text))).toMatchObject({ product: 'doors-windows', text: 'het tocht hier', why: { rule: 'chosen' } });
  });

  it('is made by pressing', () => {
    expect(opened(asked().press('Klimaat'))).toMatchObject({ product: 'heating-cooling', why: { rule: 'chosen' } });
  });

  it.each([
    ['pressing something else', (chat: Simulator) => chat.press('Iets anders')],
    ['not knowing', (chat: Simulator) => chat.say('geen idee')],
  ])('leads to a person by %s', (_, act) => {
    const chat = asked();
    expect(act(chat).text).toContain('bij een collega neerleggen?');
    chat.say('ja');
    expect(chat.only()).toMatchObject({ product: null, team: 'desk' });
  });

  it('is dropped by "nee"', () => {
    const chat = asked();
    chat.say('nee');
    expect([chat.cases(), chat.open]).toEqual([[], []]);
  });

  it('is asked again in other words after "ja"', () => {
    const chat = asked();
    expect(chat.say('ja').text).toContain('Kies een van de mogelijkheden');
    expect(chat.waitsFor).toEqual(['choose']);
  });

  it('is no reason to refuse a new question', () => {
    const chat = asked();
    expect(opened(chat.say(LIFT)).product).toBe('lift');
    expect(chat.waitsFor).toContain('choose');
  });
});

describe('a guess', () => {
  const guess = { product: 'room-booking', kind: 'request', confidence: 0.3, top: [{ product: 'room-booking', confidence: 0.3 }] } as const;
  const script = { 'iets met een zaal': guess };

  it('is confirmed before anything is asked or registered', () => {
    const chat = new Simulator(understoodAs(all, script));
    expect(chat.say('iets met een zaal').text).toContain('Ik denk dat dit over vergaderruimte gaat');
    expect(chat.say('klopt').text).toContain('Ik heb nog dit nodig');
    const turn = chat.say('morgen om 10 uur');
    expect(opened(turn)).toMatchObject({ product: 'room-booking', why: { rule: 'chosen' } });
  });

  it('that is wrong leads to a person', () => {
    const chat = new Simulator(understoodAs(all, script));
    chat.say('iets met een zaal');
    expect(chat.press('Iets anders').text).toContain('Zal ik je vraag bij een collega neerleggen?');
    expect(chat.cases()).toEqual([]);
  });
});

describe('a form that is open', () => {
  it('is remembered and named when another question comes in between', () => {
    const chat = new Simulator(all);
    chat.say('ik wil morgen een taxi naar Utrecht');
    const { text } = chat.say(COFFEE);
    expect(opened(chat.say(LIFT)).product).toBe('lift');
    expect(text).toContain('Je vraag over personenvervoer staat ook nog open.');
    expect(chat.say('om 9 uur').text).toBe('Op welk budgetnummer mag de rit?');
    chat.say('4410-23');
    chat.say('ja');
    expect(chat.cases().map(({ product }) => product)).toEqual(['coffee-machine', 'lift', 'transport']);
  });

  it('does not swallow an order in which a day is named', () => {
    const chat = new Simulator(all);
    chat.say('ik wil een zaal reserveren');
    expect(chat.say('ik wil morgen een taxi naar Utrecht').text).toContain('Personenvervoer');
    expect(chat.waitsFor).toEqual(['form', 'form']);
  });

  it('is shown again by "ja" and dropped by "nee"', () => {
    const chat = new Simulator(all);
    chat.say('ik wil morgen een taxi naar Utrecht');
    expect(chat.say('ja').replies[0]?.ask?.kind).toBe('form');
    expect(chat.say('nee').text).toContain('ik laat het vallen');
    expect(chat.open).toEqual([]);
  });

  it('asks once who an anonymous visitor is, whatever he asks meanwhile', () => {
    const chat = new Simulator(all, { person: null });
    chat.say(COFFEE);
    chat.say(LIFT);
    expect(chat.waitsFor).toEqual(['form']);
    expect(chat.say('Jan de Vries, jan@example.org').opened.map(({ product }) => product)).toEqual(['coffee-machine', 'lift']);
  });

  it('takes emptied values away and asks them again', () => {
    const chat = new Simulator(all);
    chat.say(TAXI);
    chat.press('Aanpassen');
    const { replies } = chat.fill({ destination: ' ' });
    expect(replies[0]?.ask?.kind === 'form' && replies[0].ask.fields.map(({ id }) => id)).toEqual(['destination']);
  });
});

describe('"ja" and "nee"', () => {
  it('ask to which of two open questions they belong, and are then taken', () => {
    const chat = new Simulator(all);
    const lift = opened(chat.say(LIFT));
    const coffee = opened(chat.say(COFFEE));
    for (const it of [lift, coffee]) {
      chat.act(it, { action: 'claim' });
      chat.act(it, { action: 'ready', text: 'Klaar.' });
    }
    expect(chat.say('ja').text).toBe('Waar hoort dat bij?');
    expect(chat.cases().map(({ state }) => state)).toEqual(['ready', 'ready']);
    chat.press(`${lift.title} (${lift.reference})`);
    expect(chat.cases().map(({ state }) => state)).toEqual(['closed', 'ready']);
    expect(chat.waitsFor).toEqual(['confirm-ready']);
  });

  it('are answered when nothing was asked', () => {
    const chat = new Simulator(all);
    for (const text of ['ja', 'nee']) expect(chat.say(text).text).toBe('Ik had geen vraag openstaan. Vertel me waar ik mee kan helpen.');
  });

  it('answer what was asked and ask something new in one message', () => {
    const chat = new Simulator(all);
    chat.say(TAXI);
    expect(chat.say(`ja, en ${COFFEE}`).opened.map(({ product }) => product)).toEqual(['transport', 'coffee-machine']);
  });
});

describe("a colleague's question", () => {
  const waiting = () => {
    const chat = new Simulator(all);
    const it = opened(chat.say(LIFT));
    chat.act(it, { action: 'claim' });
    chat.act(it, { action: 'ask', text: 'Zitten er mensen in?' });
    return { chat, it };
  };

  it.each(['nee', 'ja', 'nee, er zit niemand in', 'er zit niemand in, de deuren staan open', 'geen idee', 'op de derde?'])(
    'is answered by "%s"',
    (text) => {
      const { chat, it } = waiting();
      expect(chat.say(text).text).toBe('Dank je, ik geef het door aan Sanne.');
      expect(chat.case(it.id).state).toBe('claimed');
      expect(chat.cases()).toHaveLength(1);
      expect(chat.links.get(it.id)?.size).toBeGreaterThan(4);
    },
  );

  it('stays open when something else is asked', () => {
    const { chat, it } = waiting();
    expect(opened(chat.say(COFFEE)).product).toBe('coffee-machine');
    expect(chat.case(it.id).state).toBe('waiting');
    expect(chat.waitsFor).toContain('worker-question');
  });

  it('goes back to the queue when the case was with nobody', () => {
    const { chat, it } = waiting();
    chat.act(it, { action: 'move', team: 'security' });
    expect(chat.case(it.id)).toMatchObject({ state: 'queued', team: 'security', worker: null });
    expect(chat.waitsFor).toEqual([]);
  });

  it('asks which of two colleagues an answer is for', () => {
    const { chat } = waiting();
    const coffee = opened(chat.say(COFFEE));
    chat.act(coffee, { action: 'claim' }, OMAR);
    chat.act(coffee, { action: 'ask', text: 'Welke kleur heeft hij?' }, OMAR);
    expect(chat.say('rood met wit').text).toBe('Waar hoort dat bij?');
    expect(chat.press(`${coffee.title} (${coffee.reference})`).text).toBe('Dank je, ik geef het door aan Omar.');
    expect(chat.case(coffee.id).state).toBe('claimed');
  });
});

describe('a case that was reported ready', () => {
  const ready = (language: 'nl' | 'en' = 'nl') => {
    const chat = new Simulator(all, { language });
    const it = opened(chat.say(language === 'nl' ? LIFT : 'the lift in building B does not work'));
    chat.act(it, { action: 'claim' });
    chat.act(it, { action: 'ready', text: 'De lift doet het weer.' });
    return { chat, it };
  };

  it('is opened again when it is not, and what is wrong is asked and linked', () => {
    const { chat, it } = ready();
    const before = chat.links.get(it.id)?.size ?? 0;
    expect(chat.press('Nog niet').text).toBe(
      `Dan is het nog niet klaar. ${it.reference} ligt weer bij Gebouwbeheer. Reactie vandaag voor 11.30 uur. Wat is er nog niet goed?`,
    );
    expect(chat.case(it.id)).toMatchObject({ state: 'queued', round: 2, worker: null, readyAt: null });
    expect(chat.say('de deur klemt nog steeds').text).toBe('Dank je, ik geef het door.');
    expect(chat.links.get(it.id)?.size).toBeGreaterThan(before + 2);
    expect([chat.cases().length, chat.open]).toEqual([1, []]);
    expect(chat.case(it.id).round).toBe(2);
  });

  it.each(['nee, hij blijft hangen op de tweede', 'nee, de deur klemt nog', 'ja, maar de deur klemt nog'])(
    'is opened again with the reason: "%s"',
    (text) => {
      const { chat, it } = ready();
      expect(chat.say(text).text).toContain('Wat je schreef staat erbij.');
      expect(chat.case(it.id).state).toBe('queued');
      expect([chat.cases().length, chat.open]).toEqual([1, []]);
    },
  );

  it('is closed by "yes" in English', () => {
    const { chat, it } = ready('en');
    expect(chat.say('yes, thanks').text).toBe(`Good. ${it.reference} is closed.`);
    expect(chat.case(it.id).state).toBe('closed');
  });

  it('is closed when nobody says anything, and told so once, however often the timer fires', () => {
    const { chat, it } = ready();
    expect(chat.timer(it).text).toContain('is afgesloten, want ik heb niets meer gehoord');
    expect(chat.case(it.id).state).toBe('closed');
    expect(chat.timer(it).replies).toEqual([]);
    expect(chat.open).toEqual([]);
  });

  it('is opened again by its reference, also when it was closed', () => {
    const { chat, it } = ready();
    chat.timer(it);
    expect(chat.say(`${it.reference} hij doet het weer niet`).text).toBe(
      `Dan is het nog niet klaar. ${it.reference} ligt weer bij Gebouwbeheer. Reactie vandaag voor 11.30 uur. Wat je schreef staat erbij.`,
    );
    expect(chat.case(it.id)).toMatchObject({ state: 'queued', closedAt: null });
  });

  it('is left alone by a timer that fires when it is open again', () => {
    const { chat, it } = ready();
    chat.say('nog niet');
    expect(chat.timer(it).replies).toEqual([]);
    expect(chat.case(it.id).state).toBe('queued');
  });
});
