import { beforeAll, describe, expect, it } from 'vitest';
import { Simulator } from './test/simulator.ts';
import { type World, world } from './test/world.ts';

/** The scenario of the first issue, as a newcomer walks through it: anonymous, in the web chat. */

let all: World;
beforeAll(async () => {
  all = await world();
});

const CONTACT = { 'contact.name': 'Jan de Vries', 'contact.address': 'jan@example.org' };

describe('two questions in one message', () => {
  it('become two cases once the visitor has said who he is', () => {
    const chat = new Simulator(all, { person: null });
    const first = chat.say('het is bloedheet in kamer 3.14 en de koffieautomaat is leeg');
    expect(first.text).toContain('Met wie spreek ik?');
    expect(chat.cases()).toEqual([]);

    const { opened, text } = chat.fill(CONTACT);
    expect(opened.map(({ product, kind, team, state }) => [product, kind, team, state])).toEqual([
      ['heating-cooling', 'fault', 'facilities', 'queued'],
      ['coffee-machine', 'fault', 'catering', 'queued'],
    ]);
    expect(opened[0]?.values).toEqual({ place: 'kamer 3.14' });
    for (const { reference } of opened) expect(text).toContain(reference);
    expect(text).toContain('Reactie vandaag voor 15.00 uur');
    expect(text).toContain('Waar staat de automaat?');

    chat.say('naast de lift op de tweede');
    expect(chat.cases()[1]?.values).toEqual({ place: expect.stringContaining('tweede') });
    expect(chat.open).toEqual([]);
  });

  it('become two cases in English too', () => {
    const chat = new Simulator(all, { person: null });
    chat.say('the coffee machine is empty and the printer in room 2.10 does not work');
    const { opened, text } = chat.say("I'm John Smith, john@example.org");
    expect(opened.map(({ product, language }) => [product, language])).toEqual([
      ['coffee-machine', 'en'],
      ['printer', 'en'],
    ]);
    expect(text).toContain('I’ll keep you posted.');
    expect(chat.conversation.person).toMatchObject({ name: 'John Smith', address: 'john@example.org', verified: false });
  });

  it('are told with what is wrong when the visitor does not say who he is', () => {
    const chat = new Simulator(all, { person: null });
    chat.say('de koffieautomaat in kamer 2.10 is leeg');
    const wrong = chat.fill({ 'contact.name': '', 'contact.address': 'jan' });
    expect(wrong.text).toContain('Vul je naam in.');
    expect(wrong.text).toContain('Dat lijkt geen e-mailadres.');
    expect(chat.cases()).toEqual([]);
    chat.say('Jan');
    expect(chat.say('jan@example.org').opened).toHaveLength(1);
  });
});

describe('the opening hours of the canteen', () => {
  it('are answered with their source, without asking who wants to know', () => {
    const chat = new Simulator(all, { person: null });
    const { replies, cases } = chat.say('hoe laat gaat het bedrijfsrestaurant open?');
    expect(replies).toHaveLength(1);
    expect(replies[0]?.text).toContain('11.30 tot 13.30 uur');
    expect(replies[0]?.text).toContain('Helpt dit?');
    expect(replies[0]?.sources).toHaveLength(1);
    expect(cases.map(({ state, product }) => [state, product])).toEqual([['ready', 'canteen']]);
    expect(chat.history(chat.only().id)).toEqual(['opened', 'answered']);
    expect(chat.timers.has(chat.only().id)).toBe(true);
  });

  it('are a closed case when they helped', () => {
    const chat = new Simulator(all);
    chat.say('hoe laat gaat het bedrijfsrestaurant open?');
    expect(chat.say('ja').text).toBe('Mooi.');
    expect(chat.only().state).toBe('closed');
    expect(chat.timers.size).toBe(0);
  });

  it('are a closed case without another word when nobody comes back on them', () => {
    const chat = new Simulator(all);
    chat.say('hoe laat gaat het bedrijfsrestaurant open?');
    expect(chat.timer(chat.only()).replies).toEqual([]);
    expect([chat.only().state, chat.open]).toEqual(['closed', []]);
  });

  it('go to a colleague when they did not help', () => {
    const chat = new Simulator(all);
    chat.say('hoe laat gaat het bedrijfsrestaurant open?');
    const { text } = chat.say('nee, ik bedoel met kerst');
    expect(text).toBe(`Dan kijkt een collega van Catering ernaar: ${chat.only().reference}.`);
    expect(chat.only().state).toBe('queued');
    expect(chat.open).toEqual([]);
  });

  it('bring a person with one tap, who can reach the anonymous asker too', () => {
    const chat = new Simulator(all, { person: null });
    chat.say('what time does the canteen open?');
    chat.press('I want a colleague');
    const { opened } = chat.fill(CONTACT);
    expect(opened.map(({ state, team, person }) => [state, team, person])).toEqual([['queued', 'catering', chat.conversation.person?.id]]);
    expect(chat.cases().map(({ state }) => state)).toEqual(['closed', 'queued']);
  });
});

describe('a taxi', () => {
  it.each([
    ['nl', 'ik wil morgen een taxi naar Utrecht', 'om 9 uur, budget 4410-99', 'Budgetnummer 4410-99 bestaat niet', 'ja'],
    ['en', 'I need a taxi to Utrecht tomorrow', 'at 9 am, budget 4410-99', 'Budget number 4410-99 does not exist', 'yes'],
  ] as const)(
    'is asked for what was not said only, refuses a budget that is none, and is confirmed (%s)',
    (_, order, more, refusal, yes) => {
      const chat = new Simulator(all);
      const asked = chat.say(order).replies[0]?.ask;
      expect(asked?.kind === 'form' && asked.fields.map(({ id }) => id)).toEqual(['time', 'budget']);

      const refused = chat.say(more);
      expect(refused.text).toContain(refusal);
      const again = refused.replies[0]?.ask;
      expect(again?.kind === 'form' && again.fields.map(({ id, error }) => [id, error !== undefined])).toEqual([['budget', true]]);

      const confirm = chat.say('4410-23');
      expect(confirm.replies[0]?.summary).toHaveLength(4);
      expect(chat.cases()).toEqual([]);

      const { opened, text } = chat.say(yes);
      expect(opened[0]).toMatchObject({
        product: 'transport',
        kind: 'request',
        state: 'queued',
        values: { destination: 'Utrecht', date: '2026-11-25', time: '09:00', budget: '4410-23' },
      });
      expect(text).toContain(opened[0]?.reference);
    },
  );

  it('says at once that a budget named with the order is closed', () => {
    const chat = new Simulator(all);
    expect(chat.say('ik wil morgen om 9 uur een taxi naar Utrecht op 4490-99').text).toContain('Budgetnummer 4490-99 is gesloten');
    expect(chat.say('4410 23').text).toContain('Klopt dat?');
  });

  it('can be adjusted before it is ordered: in the form or in words', () => {
    const chat = new Simulator(all);
    chat.say('ik wil morgen om 9 uur een taxi naar Utrecht op budget 4410-23');
    const form = chat.press('Aanpassen').replies[0]?.ask;
    expect(form?.kind === 'form' && form.fields.find(({ id }) => id === 'destination')?.value).toBe('Utrecht');
    chat.fill({ destination: 'Amsterdam' });
    expect(chat.say('nee, om 10 uur').text).toContain('Klopt dat?');
    expect(chat.say('ja maar dan naar Zwolle').text).toContain('Klopt dat?');
    expect(chat.cases()).toEqual([]);
    chat.press('Klopt');
    expect(chat.only().values).toMatchObject({ destination: 'Zwolle', time: '10:00' });
  });

  it('is dropped when it is not to be, and nothing is ordered', () => {
    for (const no of ['nee', 'laat maar']) {
      const chat = new Simulator(all);
      chat.say('ik wil morgen om 9 uur een taxi naar Utrecht op budget 4410-23');
      expect(chat.say(no).text).toContain('Er is niets aangevraagd.');
      expect(chat.cases()).toEqual([]);
      expect(chat.open).toEqual([]);
    }
  });

  it('goes to a colleague when the budget number is not known', () => {
    const chat = new Simulator(all);
    chat.say('ik wil morgen om 9 uur een taxi naar Utrecht');
    expect(chat.say('dat weet ik niet').text).toContain('Zal ik het bij een collega neerleggen?');
    chat.say('ja');
    expect(chat.only()).toMatchObject({ team: 'desk', state: 'queued', text: 'ik wil morgen om 9 uur een taxi naar Utrecht' });
    expect(chat.waitsFor).toEqual(['undo']);
  });

  it('can still be ordered by who looks the number up after all', () => {
    const chat = new Simulator(all);
    chat.say('ik wil morgen om 9 uur een taxi naar Utrecht');
    chat.say('weet ik niet');
    chat.press('Nee, laat maar');
    chat.say('4410-23');
    expect(chat.waitsFor).toEqual(['confirm']);
  });
});

describe('a question that no product fits', () => {
  it.each([
    ['wat is de zin van het leven', 'Daar heb ik geen product voor. Zal ik je vraag bij een collega neerleggen?', 'ja graag', 'nee'],
    ['what is the meaning of life', 'I have no product for that. Shall I put your question to a colleague?', 'yes please', 'no thanks'],
  ])('is said so kindly, and a person is offered: %s', (question, offer, yes, no) => {
    const chat = new Simulator(all);
    expect(chat.say(question).text).toBe(offer);
    expect(chat.cases()).toEqual([]);
    chat.say(yes);
    expect(chat.only()).toMatchObject({ product: null, team: 'desk', state: 'queued', text: question });

    const other = new Simulator(all);
    other.say(question);
    other.say(no);
    expect(other.cases()).toEqual([]);
    expect(other.open).toEqual([]);
  });
});

describe('a case until it is finished', () => {
  it('is received, claimed, asked about, ready and confirmed, and says so each time', () => {
    const chat = new Simulator(all);
    const it = chat.say('de lift in gebouw B doet het niet').opened[0];
    if (!it) throw new Error('no case was opened');
    expect(chat.act(it, { action: 'claim' }).text).toBe(
      `Sanne van Gebouwbeheer is bezig met ${it.reference}. Verwacht klaar vandaag voor 15.00 uur.`,
    );
    expect(chat.act(it, { action: 'ask', text: 'Op welke verdieping staat hij?' }).text).toContain('Op welke verdieping staat hij?');
    expect(chat.say('op de derde, de deuren staan open').text).toBe('Dank je, ik geef het door aan Sanne.');
    expect(chat.case(it.id)).toMatchObject({ state: 'claimed', worker: expect.any(String) });
    const ready = chat.act(it, { action: 'ready', text: 'De lift doet het weer.' });
    expect(ready.text).toContain('De lift doet het weer.');
    expect(ready.replies[0]?.card?.state).toBe('ready');
    expect(chat.say('ja, dank je wel').text).toBe(`Fijn. ${it.reference} is afgesloten.`);
    expect(chat.history(it.id)).toEqual(['opened', 'queued', 'claimed', 'waiting', 'resumed', 'ready', 'closed']);
    expect(chat.timers.size).toBe(0);
    expect(chat.cases()).toHaveLength(1);
  });
});
