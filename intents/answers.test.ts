import { describe, expect, it } from 'vitest';
import type { Answer } from '../catalogue/index.ts';
import { bestAnswer } from './answers.ts';

const answer = (id: string, nl: readonly string[], en: readonly string[]): Answer => ({
  id,
  questions: { nl, en },
  text: { nl: `Antwoord ${id}.`, en: `Answer ${id}.` },
  source: { nl: 'Huisregels', en: 'House rules' },
});

const ANSWERS = [
  answer(
    'hours',
    ['hoe laat is het restaurant open', 'wat zijn de openingstijden'],
    ['when is the restaurant open', 'what are the opening hours'],
  ),
  answer('menu', ['wat eten we vandaag', 'waar staat het menu'], ['what is for lunch today', 'where is the menu']),
  answer('price', ['wat kost de lunch', 'kan ik met pin betalen'], ['what does lunch cost', 'can I pay by card']),
];

describe('the best first-line answer', () => {
  it('is the one whose questions are most alike, in either language', () => {
    expect(bestAnswer(ANSWERS, 'tot hoe laat is het restaurant open?', 'nl')?.answer.id).toBe('hours');
    expect(bestAnswer(ANSWERS, 'can i pay with my card', 'en')?.answer.id).toBe('price');
    expect(bestAnswer(ANSWERS, 'waar vind ik het menu', 'nl')?.answer.id).toBe('menu');
  });

  it('is none when none fits', () => {
    expect(bestAnswer(ANSWERS, 'mag mijn hond mee naar binnen', 'nl')).toBeNull();
    expect(bestAnswer([], 'wat kost de lunch', 'nl')).toBeNull();
  });
});
