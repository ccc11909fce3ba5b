import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mask, maskForLearning } from './mask.ts';

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((it) => it.join(''));
const word = fc.stringMatching(/^[a-z]{1,10}$/);
const around = fc.array(fc.constantFrom('de', 'printer', 'in', 'kamer', '3.14', 'doet', 'het', 'niet', 'please', 'help,', 'morgen'), {
  maxLength: 6,
});

/** What must never leave the house, each with the core that would point at somebody. */
const personal: Record<string, fc.Arbitrary<string>> = {
  mail: fc.tuple(word, word, fc.constantFrom('nl', 'example.org', 'com')).map(([a, b, c]) => `${a}.${b}@${b}.${c}`),
  'Dutch mobile number': digits(8).map((it) => `06-${it}`),
  'number with spaces': digits(8).map((it) => `06 ${it.slice(0, 2)} ${it.slice(2, 4)} ${it.slice(4, 6)} ${it.slice(6)}`),
  'number abroad': digits(9).map((it) => `+31 ${it}`),
  'long number': fc.integer({ min: 5, max: 18 }).chain((length) => digits(length)),
  'budget number': digits(6).map((it) => `K-${it.slice(0, 3)} ${it.slice(3)}`),
  IBAN: fc.tuple(digits(2), digits(10)).map(([check, it]) => `NL${check} ABNA ${it.slice(0, 4)} ${it.slice(4, 8)} ${it.slice(8)}`),
  postcode: fc.tuple(fc.integer({ min: 1000, max: 9999 }), fc.stringMatching(/^[A-Z]{2}$/)).map(([a, b]) => `${a} ${b}`),
  'reference of a case': fc.stringMatching(/^SD-[2-9B-DF-H]{4}-[2-9]{4}$/),
};

describe('personal data', () => {
  for (const [what, data] of Object.entries(personal)) {
    it(`a ${what} never stays, wherever it stands, and comes back as it was`, () => {
      fc.assert(
        fc.property(around, data, around, (before, it, after) => {
          const text = [...before, it, ...after].join(' ');
          const { text: masked, restore } = mask(text);
          expect(masked).not.toContain(it);
          expect(masked.replace(/\[\w+ \d+\]/g, '')).not.toMatch(/\d{3}/);
          expect(restore(masked)).toBe(text);
        }),
      );
    });
  }

  it('known names never stay, whole or in part, however they are written', () => {
    const names = ['Sanne van Wijngaarden', 'O.W. Achterberg'];
    fc.assert(
      fc.property(around, fc.constantFrom('Sanne', 'wijngaarden', 'SANNE VAN WIJNGAARDEN', 'achterberg'), around, (before, it, after) => {
        expect(mask([...before, it, ...after].join(' '), { names }).text.toLowerCase()).not.toContain(it.toLowerCase());
      }),
    );
  });

  it.each([
    ['ik ben Jan de Vries uit kamer 3.14', 'ik ben [name 1] uit kamer 3.14'],
    ['mijn naam is piet van den berg en ik zoek een kast', 'mijn naam is [name 1] en ik zoek een kast'],
    ['Kan collega Achterberg er ook bij?', 'Kan collega [name 1] er ook bij?'],
    ['my laptop is broken. Kind regards,\nPriya Sharma', 'my laptop is broken. Kind regards,\n[name 1]'],
    ['graag een pas voor Fatima', 'graag een pas voor [name 1]'],
    ['dit is voor Wubbo Ockelsen bedoeld', 'dit is voor [name 1] bedoeld'],
    ['ik woon aan de Lange Dijkstraat 12', 'ik woon aan de [address 1]'],
    ['geboren op 12-03-1980', 'geboren op [number 1]'],
    ['bel toestel 1100', 'bel toestel [number 1]'],
    ['Jan belde, Jan komt', '[name 1] belde, [name 1] komt'],
  ])('"%s"', (text, expected) => expect(mask(text).text).toBe(expected));

  it.each([
    'Graag Outlook en Microsoft Teams herstellen in kamer 3.14',
    'een taxi naar Utrecht op 24-11-2026 om 10:30 voor 12 personen',
    'Ik ben ziek en kom niet',
    'De printer op de tweede verdieping is kapot. Kan iemand komen?',
    'the meeting is on Tuesday from 14.00 to 15.30, 45.50 euro',
    '',
  ])('leaves "%s" as it is', (text) => expect(mask(text).text).toBe(text));
});

describe('masking', () => {
  it('of any text can be undone, is the same twice, and takes out what looks like a placeholder too', () => {
    const pieces = fc.array(fc.oneof(fc.string(), fc.constantFrom('[name 1]', '[phone 2]', 'jan@x.nl', '06-12345678', ' ')), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join('');
        const once = mask(text);
        expect(once.restore(once.text)).toBe(text);
        expect(mask(text).text).toBe(once.text);
      }),
    );
  });

  it('gives back nothing that was not in the text', () => {
    const { restore } = mask('bel 06-12345678');
    expect(restore('[phone 1] [phone 2] [name 1]')).toBe('06-12345678 [phone 2] [name 1]');
  });

  it('for learning leaves no word of its own', () => {
    expect(maskForLearning('bel me op 06-12345678, groet Jan', { names: [] })).toBe('bel me op …, groet …');
  });
});
