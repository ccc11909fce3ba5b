import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../domain/index.ts';
import { choice, context, field, NOW, ZONE } from './field-fixture.ts';
import { budgetTokens, FIELD_PROBLEMS, findInText, readAnswer, showMoment, showValue } from './fields.ts';
import { textsIn } from './texts.ts';

const taken = (value: string) => ({ kind: 'taken', value });
const refused = (reason: string) => ({ kind: 'refused', reason });
const ABSENT = { kind: 'absent' };
const VEHICLE = field('choice', {
  choices: [
    choice('car', 'Auto', 'Car', 'personenauto'),
    choice('van', 'Bestelbus', 'Van', 'busje', 'bus'),
    choice('big-van', 'Grote bus', 'Large van', 'grote bus'),
  ],
});

describe('a place', () => {
  it.each([
    ['het is te warm in kamer 3.14', 'kamer 3.14'],
    ['in 4.02 is de lamp stuk', '4.02'],
    ['lamp kapot, B1.04', 'B1.04'],
    ['lift in gebouw B doet het niet', 'gebouw B'],
    ['te koud op de 2e verdieping', '2e verdieping'],
    ['2e verdieping te koud', '2e verdieping'],
    ['de koffieautomaat bij de receptie op de derde is leeg', 'bij de receptie op de derde'],
    ['de lift in het stadhuis doet het niet', 'stadhuis'],
    ['kamer 3.14 in het gemeentehuis is ijskoud', 'kamer 3.14 in het gemeentehuis'],
    ['the light in room 3.14 is broken', 'room 3.14'],
    ['water leaks on the second floor', 'second floor'],
    ['kamer 3.14 in gebouw A, 3e verdieping, is te warm', 'kamer 3.14 in gebouw A, 3e verdieping'],
    ['beamer in zaal De Waal doet niks', 'zaal De Waal'],
    ['lekkage op de begane grond', 'begane grond'],
    ['morgen om 10.30 in zaal 2', 'zaal 2'],
    ['markers in room B2.10 have dried up', 'room B2.10'],
    ['gevonden op het toilet 1e verdieping, gouden ring', 'op het toilet 1e verdieping'],
    ['vast tussen de tweede en derde verdieping', 'tweede en derde verdieping'],
    ['projector in the entrance hall', 'in the entrance hall'],
  ])('is found: %s', (text, place) => {
    expect(findInText(field('place'), text, context())).toEqual(taken(place));
  });

  it.each([
    'om 10.30 graag',
    'van 10.00 tot 12.00',
    'het kost 3.14 euro',
    'de lamp is stuk',
    'op de derde dag',
    'I was first',
    'hoe koppel ik mijn pas aan de printer',
    'please switch on the lift',
  ])('is not in: %s', (text) => {
    expect(findInText(field('place'), text, context())).toEqual(ABSENT);
  });

  it('is the one that the field announces', () => {
    const text = 'bureau verhuizen van kamer 3.14 naar 4.02';
    expect(findInText(field('place', { find: ['van', 'from'] }), text, context())).toEqual(taken('kamer 3.14'));
    expect(findInText(field('place', { find: ['naar', 'to'] }), text, context())).toEqual(taken('4.02'));
    expect(findInText(field('place', { find: ['bij'] }), 'ophalen bij de receptie', context())).toEqual(taken('bij de receptie'));
    expect(findInText(field('place', { find: ['naar'] }), 'van de begane grond naar de vierde', context())).toEqual(taken('de vierde'));
  });

  it('as an answer is kept as written, without what leads to it', () => {
    expect(readAnswer(field('place'), ' in kamer 3.14. ', context())).toEqual(taken('kamer 3.14'));
    expect(readAnswer(field('place'), 'bij de receptie  op de derde', context())).toEqual(taken('bij de receptie op de derde'));
    expect(readAnswer(field('place'), 'x'.repeat(300), context())).toEqual(refused('too-long'));
  });
});

describe('free text and names', () => {
  const destination = field('text', { find: ['naar', 'to'] });
  it.each([
    ['ik wil morgen een taxi naar Utrecht', 'Utrecht'],
    ['taxi naar utrecht morgen om 9 uur', 'utrecht'],
    ['graag een taxi naar Den Haag Centraal, voor 2 personen', 'Den Haag Centraal'],
    ['taxi naar het station om 14.30', 'het station'],
    ['I want to book a taxi to Utrecht tomorrow', 'Utrecht'],
    ['a courier to the airport please', 'the airport'],
    ['a box to the ministry before nine tomorrow', 'the ministry'],
  ])('is found after its words: %s', (text, value) => {
    expect(findInText(destination, text, context())).toEqual(taken(value));
  });

  it.each(['een taxi morgen', 'kun je naar mijn laptop kijken', 'I need to order a taxi', 'naar', 'naar aanleiding van je mail'])(
    'is not in: %s',
    (text) => {
      expect(findInText(destination, text, context())).toEqual(ABSENT);
    },
  );

  it('is never found without such words', () => {
    expect(findInText(field('text'), 'taxi naar Utrecht', context())).toEqual(ABSENT);
    expect(findInText(field('person'), 'pas voor Jan', context())).toEqual(ABSENT);
  });

  it('finds a name by its capitals', () => {
    const holder = field('person', { find: ['voor', 'for'] });
    expect(findInText(holder, 'nieuwe pas voor Jan de Vries graag', context())).toEqual(taken('Jan de Vries'));
    expect(findInText(holder, 'a badge for A. Yılmaz-van den Berg, thanks', context())).toEqual(taken('A. Yılmaz-van den Berg'));
    expect(findInText(holder, 'nieuwe pas voor Maandag graag', context())).toEqual(ABSENT);
    expect(findInText(holder, 'pas voor mijn collega', context())).toEqual(ABSENT);
    expect(findInText(field('person', { find: ['mevrouw', 'mw'] }), 'er komt mw. Jansen van de provincie', context())).toEqual(
      taken('Jansen'),
    );
  });

  it('as an answer is the text itself', () => {
    expect(readAnswer(field('person'), 'Het is voor Jan de Vries.', context())).toEqual(taken('Jan de Vries'));
    expect(readAnswer(field('text'), ' naar het station \n', context())).toEqual(taken('naar het station'));
    expect(readAnswer(field('text'), 'x'.repeat(8000), context())).toEqual(refused('too-long'));
  });
});

describe('a choice', () => {
  it.each([
    ['van', 'van'],
    ['Bestelbus', 'van'],
    ['doe maar een busje', 'van'],
    ['een grote bus graag', 'big-van'],
    ['the car, please', 'car'],
  ])('is read by id, label or word: %s', (text, id) => {
    expect(readAnswer(VEHICLE, text, context(text.includes('the ') ? 'en' : 'nl'))).toEqual(taken(id));
  });

  it('is refused when none or two are named', () => {
    expect(readAnswer(VEHICLE, 'een fiets', context())).toEqual(refused('not-a-choice'));
    expect(readAnswer(VEHICLE, 'auto of busje', context())).toEqual(refused('not-a-choice'));
  });

  it('is found in a longer message when it names just one', () => {
    expect(findInText(VEHICLE, 'kan ik morgen een busje lenen', context())).toEqual(taken('van'));
    expect(findInText(VEHICLE, 'auto of busje, maakt niet uit', context())).toEqual(ABSENT);
    expect(findInText(VEHICLE, 'automaat stuk', context())).toEqual(ABSENT);
    expect(findInText(VEHICLE, 'de sleutels van de wagens', context('nl'))).toEqual(ABSENT);
    expect(findInText(VEHICLE, 'can I take the van', context('en'))).toEqual(taken('van'));
  });
});

describe('yes or no', () => {
  it.each([
    ['ja', 'yes'],
    ['Ja hoor', 'yes'],
    ['klopt', 'yes'],
    ['yes', 'yes'],
    ['nee', 'no'],
    ['Nee, niemand', 'no'],
    ['no thanks', 'no'],
  ])('%s', (text, value) => {
    expect(readAnswer(field('yes-no'), text, context())).toEqual(taken(value));
  });

  it('is refused when it is neither, and not looked for', () => {
    expect(readAnswer(field('yes-no'), 'misschien', context())).toEqual(refused('not-yes-or-no'));
    expect(readAnswer(field('yes-no'), 'jammer', context())).toEqual(refused('not-yes-or-no'));
    expect(findInText(field('yes-no'), 'ja', context())).toEqual(ABSENT);
  });
});

describe('a budget number', () => {
  const budget = field('budget-number');
  it('is the registered one however it is written', () => {
    for (const text of ['4410-23', '4410 23', '441023', 'budget 4410-23', 'op budgetnummer 4410.23 graag', '4410–23']) {
      expect(readAnswer(budget, text, context())).toEqual(taken('4410-23'));
    }
    expect(findInText(budget, 'lunch voor 8, budget 4410 23', context())).toEqual(taken('4410-23'));
  });

  it('is refused when it is closed or unknown', () => {
    expect(readAnswer(budget, '4490-99', context())).toEqual(refused('closed-budget'));
    expect(readAnswer(budget, '9999-99', context())).toEqual(refused('unknown-budget'));
    expect(readAnswer(budget, 'weet ik niet', context())).toEqual(refused('unknown-budget'));
    expect(findInText(budget, 'budget 4490-99', context())).toEqual(ABSENT);
  });

  it('is not seen in dates, times, rooms, phone numbers, people or references', () => {
    const text =
      'op 2026-12-03 of 3-12-2026 om 14:30 in 3.14, bel 0100 200 1100 of +31 6 12345678, 8 personen, SD-7K3Q-MX2P, € 12500, 15/3, factuur 20240871, order 60112, 138.00 euro';
    expect(budgetTokens(text)).toEqual([]);
  });

  it('is looked for first where it is named', () => {
    expect(budgetTokens('12345 dus, of toch kostenplaats 4410-23')).toEqual(['441023', '12345']);
  });
});

describe('a refusal', () => {
  it('has a sentence in both languages', () => {
    for (const problem of FIELD_PROBLEMS)
      for (const language of LANGUAGES) expect(textsIn(language).problem(problem, '4410-99')).toMatch(/\w/);
  });
});

describe('shown to people', () => {
  it.each([
    [field('date'), '2026-11-24', 'vandaag', 'today'],
    [field('date'), '2026-11-25', 'morgen', 'tomorrow'],
    [field('date'), '2026-12-03', 'do 3 dec', 'Thu 3 Dec'],
    [field('date'), '2027-12-03', 'vr 3 dec 2027', 'Fri 3 Dec 2027'],
    [field('time'), '10:00', '10.00 uur', '10:00'],
    [field('time'), '09:05', '9.05 uur', '9:05'],
    [field('amount'), '45.00', '€ 45,00', '€45.00'],
    [field('amount'), '1250.50', '€ 1.250,50', '€1,250.50'],
    [field('yes-no'), 'yes', 'ja', 'yes'],
    [VEHICLE, 'van', 'Bestelbus', 'Van'],
    [VEHICLE, 'boat', 'boat', 'boat'],
    [field('number'), '8', '8', '8'],
    [field('place'), 'kamer 3.14', 'kamer 3.14', 'kamer 3.14'],
  ])('%# %s', (shown, value, nl, en) => {
    expect(showValue(shown, value, 'nl', NOW, ZONE)).toBe(nl);
    expect(showValue(shown, value, 'en', NOW, ZONE)).toBe(en);
  });

  it.each([
    ['2026-11-24T13:00:00Z', 'vandaag 14.00 uur', 'today 14:00'],
    ['2026-11-25T09:00:00Z', 'morgen 10.00 uur', 'tomorrow 10:00'],
    ['2026-12-03T08:00:00Z', 'do 3 dec 9.00 uur', 'Thu 3 Dec 9:00'],
    ['2026-11-23T23:30:00Z', 'vandaag 0.30 uur', 'today 0:30'],
  ])('the moment %s', (at, nl, en) => {
    expect(showMoment(new Date(at), NOW, 'nl', ZONE)).toBe(nl);
    expect(showMoment(new Date(at), NOW, 'en', ZONE)).toBe(en);
  });
});
