import { describe, expect, test } from 'vitest';
import { newId, type Person } from '../../domain/index.ts';
import { readAnswer } from './card-answer.ts';

const EVA = '0b0f5b1e-5c1d-4f0a-9d53-3b1c2d3e4f50';
const NOBODY = '11111111-5c1d-4f0a-9d53-3b1c2d3e4f50';
const eva: Person = { id: newId(), name: 'Eva Jansen', address: 'eva@example.org', verified: true };
const people = { byDirectoryId: async (id: string) => (id === EVA ? eva : null) };
const fieldsOf = async (data: Record<string, unknown>) => {
  const answer = await readAnswer({ loket: 1, question: 'q', ...data }, people);
  return answer === null || answer === 'unknown-person' ? answer : answer.incoming.answer?.value;
};

describe('a colleague who was picked', () => {
  test.each([
    ['is read back as the person of that directory id', { 'field:who': '', 'pick:who': EVA }, { who: 'Eva Jansen (eva@example.org)' }],
    ['goes before a name that stood there', { 'field:who': 'Jan', 'pick:who': EVA }, { who: 'Eva Jansen (eva@example.org)' }],
    ['whom the desk does not know is asked for by name', { 'field:who': ' ', 'pick:who': NOBODY }, 'unknown-person'],
    ['whom the desk does not know gives way to the name', { 'field:who': 'Jan', 'pick:who': NOBODY }, { who: 'Jan' }],
    ['with an id that is none is nobody', { 'field:who': 'Jan', 'pick:who': "x' or 1=1" }, { who: 'Jan' }],
    ['for a field that the card has not is left out', { 'field:who': 'Jan', 'pick:other': EVA }, { who: 'Jan' }],
  ])('%s', async (_, data, fields) => {
    expect(await fieldsOf(data)).toEqual(fields);
  });
});
