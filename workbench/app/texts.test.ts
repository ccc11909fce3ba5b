import { describe, expect, it } from 'vitest';
import { say, TEXTS } from './texts.ts';

const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([found]) => found).sort();

describe('the texts', () => {
  it.each(Object.entries(TEXTS))('%s says the same in both languages, in our voice', (_, [dutch, english]) => {
    expect(placeholders(dutch)).toEqual(placeholders(english));
    for (const text of [dutch, english]) expect(text).not.toMatch(/!|helaas|unfortunately|\bu\b|^$/i);
  });

  it('fills in what it is given, and nothing else', () => {
    expect(say('nl', 'send.reply', { name: 'Jan {x} $1' })).toBe('Verstuur naar Jan {x} $1');
    expect(say('en', 'count.open', { n: 3 })).toBe('3 open');
  });
});
