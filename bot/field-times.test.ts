import { describe, expect, it } from 'vitest';
import { context, field } from './field-fixture.ts';
import { findInText, readAnswer } from './fields.ts';

const TIME = field('time');
const END = field('time', { find: ['tot', 'until', 'to'] });

describe('a time as an answer', () => {
  it.each([
    ['14:30', '14:30'],
    ['00:00', '00:00'],
    ['06:30', '06:30'],
    ['02:15', '02:15'],
    ['half drie', '14:30'],
    ['om half drie', '14:30'],
    ['half 1', '12:30'],
    ['half tien', '09:30'],
    ['kwart voor tien', '09:45'],
    ['kwart over 2', '14:15'],
    ['kwart voor een', '12:45'],
    ['tien voor half drie', '14:20'],
    ['vijf over half 9', '08:35'],
    ['14.30 uur', '14:30'],
    ['14.30', '14:30'],
    ['9.00 uur', '09:00'],
    ['2.30 uur', '14:30'],
    ['6.30 uur', '06:30'],
    ['14u30', '14:30'],
    ['1430', '14:30'],
    ['14 uur 30', '14:30'],
    ['om 10', '10:00'],
    ['10', '10:00'],
    ['10 uur', '10:00'],
    ['tien uur', '10:00'],
    ['twee uur', '14:00'],
    ['om 12 uur', '12:00'],
    ['7 uur', '07:00'],
    ["8 uur 's avonds", '20:00'],
    ['vanavond om 8 uur', '20:00'],
    ['morgenochtend om 6 uur', '06:00'],
    ['morgenmiddag om 1', '13:00'],
    ['over een uur', '12:00'],
    ['over een half uur', '11:30'],
    ['over een kwartier', '11:15'],
    ['over 20 minuten', '11:20'],
    ['donderdag om half 1', '12:30'],
    ['quarter to ten', '09:45'],
    ['quarter past two', '14:15'],
    ['half past two', '14:30'],
    ['half ten', '10:30'],
    ['tomorrow at half past two', '14:30'],
    ['2pm', '14:00'],
    ['2.30 pm', '14:30'],
    ['8 p.m.', '20:00'],
    ['6 am', '06:00'],
    ['12 am', '00:00'],
    ["ten o'clock", '10:00'],
    ['at 10', '10:00'],
    ['at two', '14:00'],
    ['noon', '12:00'],
    ['in an hour', '12:00'],
    ['van 10 tot 12', '10:00'],
    ['10.00-12.00', '10:00'],
    ['10-12 uur', '10:00'],
  ])('%s', (text, time) => {
    expect(readAnswer(TIME, text, context('nl'))).toEqual({ kind: 'taken', value: time });
  });

  it('takes "half 3" as its language does', () => {
    expect(readAnswer(TIME, 'half 3', context('nl'))).toEqual({ kind: 'taken', value: '14:30' });
    expect(readAnswer(TIME, 'half 3', context('en'))).toEqual({ kind: 'taken', value: '15:30' });
  });

  it.each(['weet ik niet', '25:00', '10:75', 'zo snel mogelijk', 'morgen', '99'])('refuses %s', (text) => {
    expect(readAnswer(TIME, text, context())).toEqual({ kind: 'refused', reason: 'not-a-time' });
  });

  it('counts "over een uur" through the clock changes', () => {
    const beforeSummer = context('nl', new Date('2027-03-28T00:30:00Z'));
    expect(readAnswer(TIME, 'over een uur', beforeSummer)).toEqual({ kind: 'taken', value: '03:30' });
    const beforeWinter = context('nl', new Date('2026-10-25T00:30:00Z'));
    expect(readAnswer(TIME, 'over een uur', beforeWinter)).toEqual({ kind: 'taken', value: '02:30' });
  });
});

describe('a time in a longer message', () => {
  it.each([
    ['zaal voor 8 personen morgen van 10 tot 12', '10:00', '12:00'],
    ['Graag een zaal morgen 10.00-12.00 uur in gebouw B', '10:00', '12:00'],
    ['ruimte nodig van 9.30 tot 11.00', '09:30', '11:00'],
    ['room from 1 to 3 tomorrow', '13:00', '15:00'],
    ['room from 9 until 5 pm', '09:00', '17:00'],
    ['vergadering van half tien tot kwart over elf', '09:30', '11:15'],
    ['tussen 2 en 4 uur', '14:00', '16:00'],
    ['lunch voor 12 man donderdag om half 1', '12:30', null],
    ['Koffie en thee voor acht personen morgen om 10 uur in zaal B1.04', '10:00', null],
    ['thee & koffie, 4 pers, 9:30, kamer 0.12', '09:30', null],
    ['sandwiches for twelve on Thursday, half past twelve', '12:30', null],
    ['tot 12 uur kan het', null, '12:00'],
    ['coffee for eight people tomorrow at ten in B1.04', '10:00', null],
    ['taxi om 14.30 naar het station', '14:30', null],
    ['room for eight tomorrow from ten to twelve', '10:00', '12:00'],
    ['pool car for tomorrow 9 to 1', '09:00', '13:00'],
    ['pendelbus van kwart over acht', '08:15', null],
  ])('%s', (text, begin, end) => {
    const reading = (value: string | null) => (value === null ? { kind: 'absent' } : { kind: 'taken', value });
    expect(findInText(TIME, text, context())).toEqual(reading(begin));
    expect(findInText(END, text, context())).toEqual(reading(end));
  });

  it.each([
    'het is te warm in kamer 3.14',
    'in 4.02 is de lamp stuk',
    'ik wacht al 2 uur',
    'om 10 stoelen gevraagd',
    'het duurt 3 uur voordat er iemand komt',
    'budget 4410-23, bedrag 12.50',
    'Half werk is dit',
    'een statafel of vijf voor een feestelijk moment',
    'op 3 december',
    'lunch voor 10 voor 3 december',
    'een uur geleden viel de lift uit',
    'at 10 Downing Street',
    'printer 2 op verdieping 3',
    'verhuizen van 3.14 naar 4.02',
  ])('is not in: %s', (text) => {
    expect(findInText(TIME, text, context())).toEqual({ kind: 'absent' });
  });
});
