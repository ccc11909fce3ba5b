import { describe, expect, it } from 'vitest';
import { context, field } from './field-fixture.ts';
import { findInText, readAnswer } from './fields.ts';

const DATE = field('date');
const PAST = field('date', { past: true });

describe('a day as an answer', () => {
  it.each([
    ['2026-12-03', '2026-12-03'],
    ['vandaag', '2026-11-24'],
    ['morgen', '2026-11-25'],
    ['Morgen.', '2026-11-25'],
    ['morgenochtend', '2026-11-25'],
    ['overmorgen', '2026-11-26'],
    ['volgende week dinsdag', '2026-12-01'],
    ['dinsdag volgende week', '2026-12-01'],
    ['volgende week donderdag om 10 uur', '2026-12-03'],
    ['volgende dinsdag', '2026-12-01'],
    ['volgende vrijdag', '2026-12-04'],
    ['aanstaande vrijdag', '2026-11-27'],
    ['a.s. vrijdag', '2026-11-27'],
    ['vrijdag a.s.', '2026-11-27'],
    ['komende maandag', '2026-11-30'],
    ['vrijdag', '2026-11-27'],
    ['vrijdagmiddag', '2026-11-27'],
    ['dinsdag', '2026-12-01'],
    ['deze dinsdag', '2026-11-24'],
    ['vrijdag over een week', '2026-12-04'],
    ['over een week', '2026-12-01'],
    ['over twee weken', '2026-12-08'],
    ['over 3 dagen', '2026-11-27'],
    ['over een maand', '2026-12-24'],
    ['over 14 uur', '2026-11-25'],
    ['do', '2026-11-26'],
    ['do 3 dec', '2026-12-03'],
    ['do. 3 dec.', '2026-12-03'],
    ['donderdag 3 december', '2026-12-03'],
    ['donderdag, 3/12', '2026-12-03'],
    ['3 december', '2026-12-03'],
    ['3 december 2027', '2027-12-03'],
    ['3 maart', '2027-03-03'],
    ['15/3', '2027-03-15'],
    ['15-3', '2027-03-15'],
    ['15-3-2027', '2027-03-15'],
    ['15.03.2027', '2027-03-15'],
    ['15/3/27', '2027-03-15'],
    ['24/11', '2026-11-24'],
    ['de 3e', '2026-12-03'],
    ['29 februari', '2028-02-29'],
    ['tomorrow', '2026-11-25'],
    ['tomorrow at half past two', '2026-11-25'],
    ['the day after tomorrow', '2026-11-26'],
    ['next Tuesday', '2026-12-01'],
    ['next week Tuesday', '2026-12-01'],
    ['Tuesday next week', '2026-12-01'],
    ['this Friday', '2026-11-27'],
    ['Friday', '2026-11-27'],
    ['December 3rd', '2026-12-03'],
    ['3rd of December', '2026-12-03'],
    ['eerste maart', '2027-03-01'],
    ['twenty-third of March', '2027-03-23'],
    ['Thursday 3 December', '2026-12-03'],
    ['March 15, 2027', '2027-03-15'],
    ['in two weeks', '2026-12-08'],
    ['in 3 days', '2026-11-27'],
  ])('%s', (text, day) => {
    expect(readAnswer(DATE, text, context('nl'))).toEqual({ kind: 'taken', value: day });
    expect(readAnswer(DATE, text, context('en'))).toEqual({ kind: 'taken', value: day });
  });

  it.each([
    ['gisteren', 'in-the-past'],
    ['15-3-2026', 'in-the-past'],
    ['2026-11-23', 'in-the-past'],
    ['yesterday', 'in-the-past'],
    ['afgelopen vrijdag', 'in-the-past'],
    ['zo snel mogelijk', 'not-a-date'],
    ['weet ik nog niet', 'not-a-date'],
    ['31 februari', 'not-a-date'],
    ['32/1', 'not-a-date'],
    ['volgende week', 'not-a-date'],
    ['2026-02-30', 'not-a-date'],
    ['mei', 'not-a-date'],
    ['  ', 'empty'],
  ])('%s is refused: %s', (text, reason) => {
    expect(readAnswer(DATE, text, context())).toEqual({ kind: 'refused', reason });
  });

  it('lies behind us where the field says so', () => {
    const days = ['dinsdag', 'vrijdag', '15/3', 'gisteren', '3 december', 'vandaag', 'last Friday', '2 weken geleden', 'two days ago'];
    expect(days.map((text) => readAnswer(PAST, text, context()))).toEqual(
      ['2026-11-17', '2026-11-20', '2026-03-15', '2026-11-23', '2025-12-03', '2026-11-24', '2026-11-20', '2026-11-10', '2026-11-22'].map(
        (value) => ({ kind: 'taken', value }),
      ),
    );
  });

  it('is the local day around midnight and the clock changes', () => {
    const beforeMidnight = context('nl', new Date('2026-11-24T22:30:00Z'));
    const afterMidnight = context('nl', new Date('2026-11-24T23:30:00Z'));
    expect(readAnswer(DATE, 'morgen', beforeMidnight)).toEqual({ kind: 'taken', value: '2026-11-25' });
    expect(readAnswer(DATE, 'morgen', afterMidnight)).toEqual({ kind: 'taken', value: '2026-11-26' });
    const summerEnds = context('nl', new Date('2026-10-24T22:30:00Z'));
    expect(readAnswer(DATE, 'morgen', summerEnds)).toEqual({ kind: 'taken', value: '2026-10-26' });
    const summerBegins = context('nl', new Date('2027-03-27T22:30:00Z'));
    expect(readAnswer(DATE, 'over 2 dagen', summerBegins)).toEqual({ kind: 'taken', value: '2027-03-29' });
  });
});

describe('a day in a longer message', () => {
  it.each([
    ['ik wil morgen een taxi naar Utrecht', '2026-11-25'],
    ['Graag een zaal voor 8 personen op donderdag 3 december van 10 tot 12', '2026-12-03'],
    ['lunch voor 12 man donderdag om half 1', '2026-11-26'],
    ['Kan er volgende week vrijdag een koerier komen?', '2026-12-04'],
    ['Goedemorgen, kan het overmorgen?', '2026-11-26'],
    ['I need a room on the 15th, please', '2026-12-15'],
    ['could you do this by next Monday', '2026-11-30'],
    ['we are moving on the first of March', '2027-03-01'],
    ['per de 1e graag', '2026-12-01'],
    ['gisteren stuk gegaan, morgen graag maken', '2026-11-25'],
  ])('%s', (text, day) => {
    expect(findInText(DATE, text, context())).toEqual({ kind: 'taken', value: day });
  });

  it.each([
    'Goede morgen, de lamp in kamer 3.14 is stuk',
    "'s morgens is het hier koud",
    'zo snel mogelijk graag, we doen het niet zelf',
    'de 2e verdieping is koud',
    'budget 4410-23, 8-10 personen',
    'wij zijn 24/7 bereikbaar',
    'may I have a new chair',
    'het is mij een raadsel wat we hier doen',
    'gisteren viel de lift uit',
    'graag doorsturen naar de 2e',
    'papiersnijmachine op de 1e is stuk',
    'toilets should be cleaned twice a day, we waited three weeks',
    'elke dinsdag hetzelfde',
  ])('is not in: %s', (text) => {
    expect(findInText(DATE, text, context('nl'))).toEqual({ kind: 'absent' });
    expect(findInText(DATE, text, context('en'))).toEqual({ kind: 'absent' });
  });

  it('is the one that the field announces', () => {
    const until = field('date', { find: ['tot', 'until'] });
    expect(findInText(until, 'van maandag tot vrijdag', context())).toEqual({ kind: 'taken', value: '2026-11-27' });
    expect(findInText(until, 'op maandag', context())).toEqual({ kind: 'absent' });
  });
});
