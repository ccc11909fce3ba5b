import { beforeAll, describe, expect, it } from 'vitest';
import type { Case, Language } from '../domain/index.ts';
import { EVA, OMAR, SANNE, Simulator, type Turn } from './test/simulator.ts';
import { understoodAs } from './test/understood.ts';
import { type World, world } from './test/world.ts';

/** What the desk does with a message of its own accord: registering, moves, references, language, and what workers do. */

let all: World;
beforeAll(async () => {
  all = await world();
});

const LIFT = 'de lift in gebouw B doet het niet';
const COFFEE = 'de koffieautomaat in kamer 2.10 is leeg';
const UNKNOWN_REFERENCE = 'SD-BBBB-BBBB';

function opened(turn: Turn): Case {
  const [it] = turn.opened;
  if (!it) throw new Error(`no case was opened, but: ${turn.text}`);
  return it;
}

function chat(language: Language = 'nl'): Simulator {
  return new Simulator(all, { language });
}

describe('a fault that costs nothing', () => {
  it('is registered at once, with who reacts and when, and can be undone', () => {
    const it = chat();
    const turn = it.say(COFFEE);
    const registered = opened(turn);
    expect(turn.text).toBe(`Gemeld bij Catering: ${registered.reference}. Reactie vandaag voor 13.00 uur. Ik laat het je weten.`);
    expect(turn.replies[0]?.card).toMatchObject({ state: 'queued', team: 'Catering', title: 'De koffieautomaat in kamer 2.10 is leeg' });
    expect(it.press('Ongedaan maken').text).toBe(`${registered.reference} is ingetrokken; er gebeurt niets mee.`);
    expect(it.only().state).toBe('withdrawn');
    expect(it.open).toEqual([]);
  });

  it('can not be undone any more when somebody works on it, and says what can be done', () => {
    const it = chat();
    const registered = opened(it.say(COFFEE));
    it.act(registered, { action: 'claim' });
    expect(it.press('undo').text).toContain('zeg dan "intrekken"');
    it.say('intrekken');
    it.say('ja');
    expect(it.only().state).toBe('withdrawn');
  });

  it('shows what did not reach the requester, and says nothing more to them', () => {
    const it = chat();
    const registered = opened(it.say(COFFEE));
    const message = [...(it.links.get(registered.id) ?? [])].at(-1);
    if (!message) throw new Error('nothing was said about the case');
    expect(it.undelivered(registered, message).replies).toEqual([]);
    expect(it.lines.at(-1)).toEqual({ case: registered.id, name: 'undelivered', actor: 'desk', data: { message } });
    expect(it.only().state).toBe('queued');
    it.press('undo');
    expect(it.undelivered(registered, message).effects).toEqual([]);
  });

  it('says why it went where it went', () => {
    const { why } = opened(chat().say(COFFEE));
    expect(why).toMatchObject({ rule: 'classified', catalogue: all.catalogue.version, model: expect.stringMatching(/^local-/) });
    expect(why.confidence).toBeGreaterThan(0.5);
    expect(why.words.length).toBeGreaterThan(0);
  });

  it('is promised for the next working day when the team has gone home', () => {
    const it = new Simulator(all, { now: new Date('2026-11-27T17:00:00Z') });
    expect(it.say(COFFEE).text).toMatch(/Reactie (?:maandag|ma) /);
  });
});

describe('complaints and wishes', () => {
  it.each([
    [
      'Ik dien een klacht in: de toiletten op de derde zijn alweer niet schoongemaakt, schandalig',
      'Dank je dat je dit laat weten. Je klacht: "',
    ],
    [
      'I want to complain: the toilets on the third floor have not been cleaned again, this is unacceptable',
      'Thank you for telling us. Your complaint: "',
    ],
  ])('are thanked for and go to people: %s', (text, thanks) => {
    const script = { [text]: { product: 'cleaning-request', kind: 'complaint', confidence: 0.9 } as const };
    const it = new Simulator(understoodAs(all, script), { language: text.startsWith('Ik') ? 'nl' : 'en' });
    const turn = it.say(text);
    expect(turn.text).toContain(thanks);
    expect(opened(turn)).toMatchObject({ kind: 'complaint', team: 'cleaning', state: 'queued' });
    expect(it.waitsFor).toEqual([]);
  });

  it('about the desk itself are never answered as information', () => {
    const it = chat();
    const turn = it.say('ik ben erg ontevreden over de servicedesk, dit is een klacht');
    expect(opened(turn)).toMatchObject({ kind: 'complaint', team: 'desk', state: 'queued' });
    expect(turn.text).toContain('Dank je dat je dit laat weten.');
  });

  it('about a product that has answers are not answered with them', () => {
    const text = 'het eten in het bedrijfsrestaurant was alweer koud';
    const it = new Simulator(understoodAs(all, { [text]: { product: 'canteen', kind: 'complaint', confidence: 0.9 } }));
    expect(opened(it.say(text))).toMatchObject({ kind: 'complaint', team: 'catering', state: 'queued' });
  });

  it('of a wish go to who decides about the product', () => {
    const it = chat();
    expect(opened(it.say('het zou mooi zijn als er meer laadpalen kwamen in de parkeergarage'))).toMatchObject({
      kind: 'wish',
      team: 'account-management',
    });
  });
});

describe('cases that are not everyone’s to read', () => {
  it('are restricted from the start, and stay or become so when they are moved', () => {
    const it = chat();
    const pay = opened(it.say('mijn salaris klopt niet, ik heb te weinig gekregen'));
    expect(pay).toMatchObject({ product: 'payslip', restricted: true });
    const lift = opened(it.say(LIFT));
    expect(lift.restricted).toBe(false);
    it.act(lift, { action: 'move', product: 'payslip' });
    expect(it.case(lift.id)).toMatchObject({ product: 'payslip', team: 'hr', restricted: true, why: { rule: 'moved' } });
  });
});

describe('small talk', () => {
  it.each([
    ['hoi', 'Hoi Eva. Waar kan ik je mee helpen?'],
    ['bedankt', 'Graag gedaan.'],
    ['doei', 'Fijne dag nog.'],
    ['hello', 'Hi Eva. How can I help?'],
    ['thank you', 'You’re welcome.'],
    ['bye', 'Have a good day.'],
  ])('"%s" is met in kind and is no case', (text, reply) => {
    const it = chat();
    expect(it.say(text).text).toBe(reply);
    expect(it.cases()).toEqual([]);
  });

  it('does not know the name of who did not say it', () => {
    expect(new Simulator(all, { person: null }).say('hoi').text).toBe('Hoi. Waar kan ik je mee helpen?');
  });

  it('tells what the desk can do, in words that it understands itself', () => {
    for (const [language, ask] of [
      ['nl', 'help'],
      ['en', 'what can you do'],
    ] as const) {
      const { text } = chat(language).say(ask);
      for (const [, quoted = ''] of text.matchAll(/"([^"]+)"/g)) {
        const understood = all.understand(quoted, { language, lastProduct: null });
        expect([understood.move, understood.questions[0]?.product ?? null], quoted).not.toEqual([null, null]);
      }
    }
  });
});

describe('the status', () => {
  it.each([
    ['nl', 'status', 'Er staat niets van je open.'],
    ['en', 'status', 'You have nothing open.'],
  ] as const)('of nothing is said to be nothing (%s)', (language, text, reply) => {
    expect(chat(language).say(text).text).toBe(reply);
  });

  it('of several names each with who has it', () => {
    const it = chat();
    const lift = opened(it.say(LIFT));
    const coffee = opened(it.say(COFFEE));
    it.act(lift, { action: 'claim' });
    const { text, replies } = it.say('hoe staat het met mijn meldingen');
    expect(text).toContain(`${lift.reference} · De lift in gebouw B doet het niet\nSanne van Gebouwbeheer is ermee bezig.`);
    expect(text).toContain(
      `${coffee.reference} · De koffieautomaat in kamer 2.10 is leeg\nLigt bij Catering. Reactie vandaag voor 13.00 uur.`,
    );
    expect(replies[0]?.card).toBeUndefined();
  });

  it('of one is asked by its reference, however it is written', () => {
    const it = chat();
    const lift = opened(it.say(LIFT));
    it.say(COFFEE);
    for (const text of [lift.reference, lift.reference.toLowerCase().replaceAll('-', ' '), `hoe staat het met ${lift.reference}?`]) {
      const { replies } = it.say(text);
      expect(replies.map(({ card }) => card?.reference)).toEqual([lift.reference]);
    }
  });

  it('of somebody else is not given, and does not say that there is one', () => {
    const it = chat();
    it.say(LIFT);
    expect(it.say(`hoe staat het met ${UNKNOWN_REFERENCE}?`).text).toBe(`${UNKNOWN_REFERENCE} ken ik niet als een melding van jou.`);
  });

  it('of what is finished is given when it is named, and left out when it is not', () => {
    const it = chat();
    const lift = opened(it.say(LIFT));
    it.press('undo');
    expect(it.say('status').text).toBe('Er staat niets van je open.');
    expect(it.say(lift.reference).text).toContain('Ingetrokken.');
  });
});

describe('taking a case back', () => {
  it('is asked about once when there is one', () => {
    const it = chat();
    const lift = opened(it.say(LIFT));
    expect(it.say('intrekken').text).toBe(`Zal ik ${lift.reference} (De lift in gebouw B doet het niet) intrekken?`);
    expect(it.only().state).toBe('queued');
    expect(it.say('ja').text).toBe(`${lift.reference} is ingetrokken.`);
    expect([it.only().state, it.open]).toEqual(['withdrawn', []]);
  });

  it('asks which when there are several, and leaves the others', () => {
    const it = chat();
    const [lift, coffee] = [opened(it.say(LIFT)), opened(it.say(COFFEE))];
    expect(it.say('intrekken').text).toBe('Welke wil je intrekken?');
    it.press(coffee.reference);
    expect([it.case(lift.id).state, it.case(coffee.id).state]).toEqual(['queued', 'withdrawn']);
  });

  it('needs no choice when the case is named', () => {
    const it = chat();
    const [lift, coffee] = [opened(it.say(LIFT)), opened(it.say(COFFEE))];
    it.say(`trek ${lift.reference} in`);
    it.say('ja');
    expect([it.case(lift.id).state, it.case(coffee.id).state]).toEqual(['withdrawn', 'queued']);
  });

  it('can be thought better of', () => {
    const it = chat();
    it.say(LIFT);
    it.say('intrekken');
    expect(it.say('nee').text).toBe('Goed, die blijft staan.');
    expect(it.only().state).toBe('queued');
  });

  it('says so when there is nothing to take back', () => {
    expect(chat().say('intrekken').text).toBe('Er staat niets van je open om in te trekken.');
    expect(chat('en').say('withdraw').text).toBe('You have nothing open to withdraw.');
  });
});

describe('a person', () => {
  it.each(['ik wil een medewerker spreken', 'kan ik een mens spreken', 'I want to talk to a person'])(
    'is one message away: "%s"',
    (text) => {
      const it = chat();
      expect(opened(it.say(text))).toMatchObject({ team: 'desk', product: null, state: 'queued', why: { rule: 'person' } });
    },
  );

  it('takes over what was being asked', () => {
    const it = chat();
    it.say('ik wil morgen een taxi naar Utrecht');
    expect(opened(it.say('ik wil een medewerker spreken'))).toMatchObject({ team: 'desk', text: 'ik wil morgen een taxi naar Utrecht' });
    expect(it.waitsFor).toEqual(['undo']);
  });

  it('hears from an anonymous visitor first who he is', () => {
    const it = new Simulator(all, { person: null });
    expect(it.say('ik wil een mens spreken').text).toContain('Met wie spreek ik?');
    expect(opened(it.say('Jan, jan@example.org'))).toMatchObject({ team: 'desk', person: it.conversation.person?.id });
  });
});

describe('a message that names a case', () => {
  it('is added to it', () => {
    const it = chat();
    const lift = opened(it.say(LIFT));
    const { text, cases } = it.say(`${lift.reference} de deuren staan nu open op de derde`);
    expect(text).toBe(`Toegevoegd aan ${lift.reference}.`);
    expect(cases.map(({ id, round }) => [id, round])).toEqual([[lift.id, 1]]);
    expect(it.history(lift.id)).toEqual(['opened', 'queued', 'added']);
  });

  it("adds nothing to somebody else's", () => {
    const it = chat();
    expect(it.say(`${UNKNOWN_REFERENCE} de deuren staan nu open`).text).toContain('ken ik niet als een melding van jou');
    expect(it.cases()).toEqual([]);
  });
});

describe('what was pressed', () => {
  it('a second time is said to be answered, and changes nothing', () => {
    const it = chat();
    it.say('hoe laat gaat het bedrijfsrestaurant open?');
    const id = it.open[0]?.id ?? '';
    it.answer({ question: id, value: 'yes' });
    const again = it.answer({ question: id, value: 'no' });
    expect(again.text).toContain('Die vraag was al beantwoord.');
    expect([again.cases, it.only().state]).toEqual([[], 'closed']);
  });

  it.each([
    ['nothing', ''],
    ['a word', 'nothing'],
    ['an id of nothing', '00000000-0000-7000-8000-000000000000'],
    ['markup', '<script>'],
    ['a control character', '\u0000'],
  ])('for a question that was never asked is answered calmly: %s', (_, question) => {
    expect(chat().answer({ question, value: 'yes' }).text).toContain('Die vraag was al beantwoord.');
  });
});

describe('the language', () => {
  it('follows who speaks, message by message', () => {
    const it = chat();
    expect(it.say('the printer in room 2.10 is broken').text).toContain('Reported to ICT');
    expect(it.say(COFFEE).text).toContain('Gemeld bij Catering');
    expect(it.cases().map(({ language }) => language)).toEqual(['en', 'nl']);
  });

  it('stays when a message does not tell', () => {
    const it = chat('en');
    it.say('I need a taxi to Utrecht tomorrow');
    expect(it.say('4410-23').text).toBe('What time do you want to leave?');
    expect(it.language).toBe('en');
  });

  it('of a worker’s act is that of the case', () => {
    const it = chat();
    const printer = opened(it.say('the printer in room 2.10 is broken'));
    it.say('dank je wel');
    expect(it.act(printer, { action: 'claim' }).text).toBe(
      `Sanne of ICT is working on ${printer.reference}. Expected to be ready tomorrow before 9:00.`,
    );
    expect(it.language).toBe('nl');
  });
});

describe('a worker', () => {
  it('is told who was first', () => {
    const it = chat();
    const lift = opened(it.say(LIFT));
    it.act(lift, { action: 'claim' });
    expect(it.act(lift, { action: 'claim' }).effects).toEqual([]);
    expect(it.tryAct(lift, { action: 'claim' }, OMAR)).toEqual({ kind: 'refused', code: 'already-claimed', by: SANNE.id });
    expect(it.tryAct(lift, { action: 'ready', text: 'x' }, OMAR)).toEqual({ kind: 'refused', code: 'not-yours', by: SANNE.id });
  });

  it('gives a case back without a word to the requester', () => {
    const it = chat();
    const lift = opened(it.say(LIFT));
    it.act(lift, { action: 'claim' });
    expect(it.act(lift, { action: 'release' }).replies).toEqual([]);
    expect(it.case(lift.id)).toMatchObject({ state: 'queued', round: 2, worker: null });
  });

  it('waits for something else with the reason, and goes on', () => {
    const it = chat();
    const lift = opened(it.say(LIFT));
    it.act(lift, { action: 'claim' });
    expect(it.act(lift, { action: 'wait', reason: 'het onderdeel komt vrijdag' }).text).toContain('het onderdeel komt vrijdag');
    expect(it.waitsFor).not.toContain('worker-question');
    it.act(lift, { action: 'resume' });
    expect(it.case(lift.id)).toMatchObject({ state: 'claimed', worker: SANNE.id });
  });

  it('writes a note that the requester never sees', () => {
    const it = chat();
    const lift = opened(it.say(LIFT));
    const turn = it.act(lift, { action: 'note', text: 'Monteur gebeld' });
    expect([turn.replies, it.notes]).toEqual([[], [{ case: lift.id, text: 'Monteur gebeld' }]]);
  });

  it('moves a case to another team or product, never to one that is not there', () => {
    const it = chat();
    const lift = opened(it.say(LIFT));
    expect(it.tryAct(lift, { action: 'move', team: 'nobody' })).toMatchObject({ kind: 'refused', code: 'unknown-team' });
    expect(it.tryAct(lift, { action: 'move', product: 'nothing' })).toMatchObject({ kind: 'refused', code: 'unknown-product' });
    expect(it.tryAct(lift, { action: 'move' })).toMatchObject({ kind: 'refused', code: 'unknown-team' });
    expect(it.act(lift, { action: 'move', product: 'electricity' }).text).toContain('ligt nu bij Gebouwbeheer');
    expect(it.case(lift.id)).toMatchObject({ product: 'electricity', state: 'queued', round: 2 });
  });

  it('corrects the kind where it is, and with a product on the way', () => {
    const it = chat();
    const lift = opened(it.say(LIFT));
    const turn = it.act(lift, { action: 'move', kind: 'complaint' });
    expect([turn.replies, it.case(lift.id)]).toMatchObject([[], { kind: 'complaint', state: 'queued', round: 1, product: lift.product }]);
    expect(it.lines.at(-1)).toMatchObject({ name: 'corrected', data: { kind: 'complaint' } });
    it.act(it.case(lift.id), { action: 'move', product: 'electricity', kind: 'fault' });
    expect(it.case(lift.id)).toMatchObject({ product: 'electricity', kind: 'fault', state: 'queued', round: 2 });
  });

  it('can do nothing but note once it is over', () => {
    const it = chat();
    const lift = opened(it.say(LIFT));
    it.press('undo');
    for (const action of ['claim', 'release', 'resume'] as const)
      expect(it.tryAct(lift, { action })).toMatchObject({ kind: 'refused', code: 'not-now' });
    expect(it.tryAct(lift, { action: 'note', text: 'x' }).kind).toBe('done');
  });
});

describe('a person who is known', () => {
  it('is on the case and is not asked who he is', () => {
    expect(opened(chat().say(LIFT)).person).toBe(EVA.id);
  });
});
