import { expect, it } from 'vitest';
import { firstGap } from './gaps.ts';

it.each([
  ['Dag [naam], de monteur komt naar [plaats].', '[naam]'],
  ['Dag Eva, de monteur komt naar [Plaats].', '[Plaats]'],
  ['Groet, {ik}', '{ik}'],
  ['{}[place', null],
  ['Zie [1] en {iets}', null],
  ['', null],
])('what is left open in %j is %j', (text, gap) => {
  const found = firstGap(text);
  expect(found?.words ?? null).toBe(gap);
  if (found) expect(text.slice(found.from, found.to)).toBe(gap);
});
