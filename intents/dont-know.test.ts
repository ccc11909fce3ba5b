import { describe, expect, it } from 'vitest';
import { FIXTURE } from './examples-fixture.ts';
import { doesNotKnow, train, understand } from './index.ts';

const SAID = [
  'weet ik niet',
  'Geen idee',
  'geen flauw idee...',
  'ik heb echt geen idee hoor',
  'zou het echt niet weten',
  'dat weet ik helaas niet',
  'joost mag het weten',
  'no idea',
  "I really don't know, sorry",
  'not a clue',
  "haven't the faintest idea",
  'I have absolutely no clue',
  "I couldn't tell you",
  'idk',
];

const QUESTIONS = [
  'ik weet mijn wachtwoord niet',
  'ik weet niet hoe ik een taxi bestel',
  "I don't know my password",
  "I don't know the password",
  'geen idee waarom de koffieautomaat leeg is',
  'no idea how to book a taxi',
  'is er iets bekend over de lift?',
];

const model = train(FIXTURE);

describe('not knowing', () => {
  it.each(SAID)('is heard in "%s", which asks nothing', (text) => {
    expect(doesNotKnow(text)).toBe(true);
    expect(understand(model, text).questions).toEqual([]);
  });

  it.each(QUESTIONS)('is not all of "%s"', (text) => {
    expect(doesNotKnow(text)).toBe(false);
  });

  it('leaves the question that stands beside it', () => {
    expect(understand(model, 'Geen idee. De koffieautomaat is leeg.').questions.map(({ product, text }) => [product, text])).toEqual([
      ['coffee', 'De koffieautomaat is leeg.'],
    ]);
  });
});
