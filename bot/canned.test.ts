import { describe, expect, it } from 'vitest';
import { newReference } from '../domain/index.ts';
import { fillCanned, ownWords } from './canned.ts';
import { textsIn } from './texts.ts';

const reference = newReference(() => 3);
const CASE = { reference, text: 'te warm in kamer 3.14', values: {} };

describe('a canned text', () => {
  it('is filled in for the case, in either language', () => {
    const text = 'Dag {naam}, over {product} in {plaats} ({Referentie}). Hi {name}: {place}. Groet, {ik}/{me}';
    expect(fillCanned(text, CASE, { name: 'Eva Jansen', product: 'Klimaat', colleague: 'Sanne Bakker' })).toBe(
      `Dag Eva, over Klimaat in kamer 3.14 (${reference}). Hi Eva: kamer 3.14. Groet, Sanne Bakker/Sanne Bakker`,
    );
  });

  it('shows what is not known, and leaves alone what is no placeholder', () => {
    const about = { name: null, product: null, colleague: 'Sanne' };
    expect(fillCanned('{naam} {plaats} {iets} {} {{naam}}', { ...CASE, text: 'stuk' }, about)).toBe('[naam] [plaats] {iets} {} {[naam]}');
  });

  it('takes no placeholder from what it filled in', () => {
    expect(fillCanned('{product}', CASE, { name: 'x', product: '{naam} $& $1', colleague: 'Sanne' })).toBe('{naam} $& $1');
  });
});

it.each(['nl', 'en'] as const)('a colleague’s own words are found in a ready report (%s)', (language) => {
  const { ready, readyAsk } = textsIn(language);
  expect(ownWords(`${ready(reference, 'De regelaar is vervangen.')}\n\n${readyAsk}`, reference, language)).toBe(
    'De regelaar is vervangen.',
  );
  expect(ownWords('Ik kom zo.', reference, language)).toBe('Ik kom zo.');
});
