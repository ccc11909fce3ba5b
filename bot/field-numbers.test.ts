import { describe, expect, it } from 'vitest';
import { context, field } from './field-fixture.ts';
import { findInText, readAnswer } from './fields.ts';

const PEOPLE = field('number', { min: 1, max: 200, label: { nl: 'Aantal personen', en: 'Number of people' } });
const DESKS = field('number', { label: { nl: 'Aantal werkplekken', en: 'Number of desks' } });
const COUNT = field('number', { label: { nl: 'Aantal', en: 'Quantity' } });
const AMOUNT = field('amount', { max: 5000 });
const taken = (value: string | number) => ({ kind: 'taken', value: String(value) });
const refused = (reason: string) => ({ kind: 'refused', reason });

describe('a number as an answer', () => {
  it.each([
    ['8', 8],
    ['8 personen', 8],
    ['acht', 8],
    ['ongeveer 8', 8],
    ['een stuk of 8', 8],
    ["met z'n zessen", 6],
    ['met z’n tweeën', 2],
    ['vijfentwintig', 25],
    ['twenty-five', 25],
    ['we are with 6', 6],
    ['8 à 10', 10],
    ['8-10 personen', 10],
    ['eight or nine', 9],
    ['één', 1],
    ['honderd', 100],
  ])('%s', (text, number) => {
    expect(readAnswer(PEOPLE, text, context())).toEqual(taken(number));
  });

  it.each([
    ['geen idee', 'not-a-number'],
    ['-3', 'not-a-number'],
    ['2,5', 'not-a-number'],
    ['3 mannen en 4 vrouwen', 'not-a-number'],
    ['0', 'too-small'],
    ['1.000', 'too-large'],
    ['99999999999999999999', 'too-large'],
    ['', 'empty'],
  ])('%s is refused: %s', (text, reason) => {
    expect(readAnswer(PEOPLE, text, context())).toEqual(refused(reason));
  });
});

describe('a number in a longer message', () => {
  it.each([
    ['broodjes voor 12 man donderdag om half 1', 12],
    ['Graag koffie en thee voor acht personen morgen om 10 uur in zaal B1.04', 8],
    ["zaal morgen, we zijn met z'n zessen", 6],
    ['thee & koffie, 4 pers, 9:30, kamer 0.12', 4],
    ['Meeting met 10 externen volgende week', 10],
    ['lunch for twelve on Thursday', 12],
    ['lunch voor 8 morgen', 8],
    ["6 lunchpakketten, voor 6 collega's", 6],
    ['room for 25 people', 25],
    ['touringcar voor een man of 45', 45],
    ['a group of ten interns', 10],
    ['voor een persoon', 1],
  ])('%s', (text, number) => {
    expect(findInText(PEOPLE, text, context())).toEqual(taken(number));
  });

  it.each([
    'lunch voor 8 uur',
    'kamer 3 is te warm',
    'voor 3 december graag',
    'ik heb 2 dozen',
    'zaal voor 500 personen',
    'hoe meld ik een bezoeker aan',
  ])('counts no people in: %s', (text) => {
    expect(findInText(PEOPLE, text, context())).toEqual({ kind: 'absent' });
  });

  it('counts what the label counts', () => {
    expect(findInText(DESKS, '3 mensen en 4 werkplekken verhuizen', context())).toEqual(taken(4));
    expect(findInText(DESKS, '3 mensen verhuizen', context())).toEqual({ kind: 'absent' });
  });

  it('takes the only count when the label names nothing', () => {
    expect(findInText(COUNT, 'graag 12 pennen naar kamer 3.14', context())).toEqual(taken(12));
    expect(findInText(COUNT, 'twee dozen papier graag', context())).toEqual(taken(2));
    expect(findInText(COUNT, '12 pennen en 3 schriften', context())).toEqual({ kind: 'absent' });
    expect(findInText(COUNT, 'een doos papier voor verdieping 3 graag, over 2 dagen', context())).toEqual({ kind: 'absent' });
  });
});

describe('an amount', () => {
  it.each([
    ['45.00', '45.00'],
    ['45', '45.00'],
    ['45,5', '45.50'],
    ['€ 45,00', '45.00'],
    ['€45', '45.00'],
    ['45 euro', '45.00'],
    ['45,-', '45.00'],
    ['EUR 1.250,50', '1250.50'],
    ['1,250.50', '1250.50'],
    ['ongeveer 300 euro', '300.00'],
    ['het kostte € 12,95 met bon', '12.95'],
  ])('%s', (text, value) => {
    expect(readAnswer(AMOUNT, text, context())).toEqual(taken(value));
  });

  it('is refused when it is none or out of bounds', () => {
    expect(readAnswer(AMOUNT, 'veel', context())).toEqual(refused('not-an-amount'));
    expect(readAnswer(AMOUNT, '1.2.3', context())).toEqual(refused('not-an-amount'));
    expect(readAnswer(AMOUNT, '6000', context())).toEqual(refused('too-large'));
  });

  it('is found in a longer message by its euro', () => {
    expect(findInText(AMOUNT, 'bon van 12,95 euro voor de parkeergarage op 3-12-2026', context())).toEqual(taken('12.95'));
    expect(findInText(AMOUNT, 'cursus van €1.200', context())).toEqual(taken('1200.00'));
    expect(findInText(AMOUNT, 'bon van 12,95', context())).toEqual({ kind: 'absent' });
  });
});
