import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { MOVES } from '../domain/index.ts';
import { FIXTURE } from './examples-fixture.ts';
import { train, understand } from './index.ts';
import { MOVE_EXAMPLES } from './move-examples.ts';
import { MOVE_PHRASES } from './moves-fixture.ts';

const model = train(FIXTURE);

const developed = readFileSync(new URL('../test/intents/development-moves.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => z.object({ text: z.string(), move: z.enum(MOVES).nullable() }).parse(JSON.parse(line)));

describe('moves by likeness', () => {
  it('hears nine in ten phrases that it was not taught', () => {
    const said = [...MOVES.flatMap((move) => MOVE_PHRASES[move].map((text) => ({ move, text }))), ...developed.filter(({ move }) => move)];
    const missed = said.filter(({ move, text }) => understand(model, text).move !== move);
    expect(missed.length, missed.map(({ move, text }) => `${move}: ${text}`).join('\n')).toBeLessThan(said.length / 10);
  });

  it('takes no question about a product for a move', () => {
    const questions = FIXTURE.filter(({ kind, product }) => kind !== undefined && product !== 'desk');
    expect(questions.filter(({ text }) => understand(model, text).questions.length === 0)).toEqual([]);
  });

  it('keeps the phrases it is developed by out of what it is taught', () => {
    const taught = new Set(MOVES.flatMap((move) => MOVE_EXAMPLES[move].split(' / ')));
    const phrases = [...MOVES.flatMap((move) => MOVE_PHRASES[move]), ...developed.map(({ text }) => text)];
    expect(phrases.filter((text) => taught.has(text))).toEqual([]);
  });
});
