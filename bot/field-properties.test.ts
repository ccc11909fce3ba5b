import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIELD_TYPES } from '../catalogue/index.ts';
import { LANGUAGES, type Language, localDate, shiftDay } from '../domain/index.ts';
import { choice, context, field, NOW, ZONE } from './field-fixture.ts';
import { budgetTokens, findInText, normaliseBudget, readAnswer, showValue } from './fields.ts';

const taken = (value: string) => ({ kind: 'taken', value });
const CHOICES = [choice('car', 'Auto', 'Car', 'personenauto'), choice('van', 'Bestelbus', 'Van', 'busje')];

describe('whatever people write', () => {
  const language = fc.constantFrom(...LANGUAGES);
  const days = fc.integer({ min: 0, max: 3000 }).map((distance) => shiftDay(localDate(NOW, ZONE), distance));
  const times = fc
    .integer({ min: 0, max: 1439 })
    .map((minutes) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`);
  const amounts = fc.integer({ min: 0, max: 99_999_999 }).map((cents) => (cents / 100).toFixed(2));
  /** Any field, also with `find` words. */
  const anyField = fc
    .record({ type: fc.constantFrom(...FIELD_TYPES), find: fc.constantFrom(undefined, ['naar', 'to'], ['voor']) })
    .map(({ type, find }) => field(type, { find, choices: CHOICES }));
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc
      .array(
        fc.constantFrom(
          ...'morgen om half 3 10.00 - 12 tot uur kwart voor over naar kamer 3.14 € 45,00 een de dinsdag dec 15/3 budget 4410-23 Jan'.split(
            ' ',
          ),
        ),
        { maxLength: 25 },
      )
      .map((words) => words.join(' ')),
  );

  it('a canonical value is read as itself', () => {
    fc.assert(
      fc.property(days, language, (day, l) => {
        expect(readAnswer(field('date'), day, context(l))).toEqual(taken(day));
      }),
    );
    fc.assert(
      fc.property(times, language, (time, l) => {
        expect(readAnswer(field('time'), time, context(l))).toEqual(taken(time));
      }),
    );
    fc.assert(
      fc.property(amounts, language, (amount, l) => {
        expect(readAnswer(field('amount'), amount, context(l))).toEqual(taken(amount));
      }),
    );
  });

  it('what is shown is read back as the same', () => {
    const back = (type: 'date' | 'time' | 'amount', value: string, l: Language): void => {
      const shown = showValue(field(type), value, l, NOW, ZONE);
      expect(readAnswer(field(type), shown, context(l)), shown).toEqual(taken(value));
    };
    fc.assert(fc.property(days, language, (day, l) => back('date', day, l)));
    fc.assert(fc.property(amounts, language, (amount, l) => back('amount', amount, l)));
    // Before six, digits without a leading zero are the afternoon's; nobody books that early.
    const booked = times.filter((time) => time < '01:00' || time >= '06:00');
    fc.assert(fc.property(booked, language, (time, l) => back('time', time, l)));
  });

  it('never throws, and a taken value is taken again and can be shown', () => {
    fc.assert(
      fc.property(anyField, texts, language, (any, text, l) => {
        const found = findInText(any, text, context(l));
        expect(found.kind).not.toBe('refused');
        const read = readAnswer(any, text, context(l));
        expect(read.kind).not.toBe('absent');
        for (const reading of [found, read]) {
          if (reading.kind !== 'taken') continue;
          expect(showValue(any, reading.value, l, NOW, ZONE)).not.toBe('');
          if (any.type !== 'place' && any.type !== 'person') expect(readAnswer(any, reading.value, context(l))).toEqual(reading);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('a normalised budget number is normal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(normaliseBudget(normaliseBudget(text))).toBe(normaliseBudget(text));
      }),
    );
  });

  it('is read fast, however long and hostile', () => {
    const hostile = [
      ' ',
      '1',
      '1.',
      'a ',
      '-',
      'om ',
      '1 ',
      'van 1 tot ',
      'kamer ',
      'budget 1',
      '3 dec ',
      'ma di ',
      '€ 1.',
      'naar De ',
      'half ',
      '\u0301',
      '\n',
      'van de ',
      '1/',
      '12:',
    ].map((part) => part.repeat(Math.ceil(8000 / part.length)));
    const began = performance.now();
    for (const text of hostile) {
      for (const type of FIELD_TYPES) {
        const any = field(type, { find: ['naar', 'van', 'tot'], choices: CHOICES });
        findInText(any, text, context('nl'));
        readAnswer(any, text, context('en'));
      }
      budgetTokens(text);
    }
    expect((performance.now() - began) / hostile.length).toBeLessThan(500);
  });
});
