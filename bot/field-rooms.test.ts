import { describe, expect, it } from 'vitest';
import type { Room } from '../domain/index.ts';
import { context, field } from './field-fixture.ts';
import { roomTokens } from './field-rooms.ts';
import { findInText, type ReadContext, readAnswer } from './fields.ts';

const ROOMS: readonly Room[] = [
  { number: '3.14', building: 'A', floor: '3', name: null },
  { number: '0.02', building: 'A', floor: '0', name: 'Rembrandt' },
  { number: '2.20', building: 'A', floor: '2', name: null },
  { number: '2.20', building: 'B', floor: '2', name: null },
];
const BUILDINGS = [
  { id: 'A', name: { nl: 'gebouw A', en: 'building A' }, words: ['oudbouw'] },
  { id: 'B', name: { nl: 'gebouw B', en: 'building B' }, words: [] },
];

/** The context that a turn makes of a message: only the rooms that it may name. */
function knowing(text: string, language: 'nl' | 'en' = 'nl'): ReadContext {
  const tokens = roomTokens(text);
  const found = (token: string) => ROOMS.filter(({ number, name }) => number === token || name?.toUpperCase() === token);
  const rooms = new Map(tokens.map((token) => [token, found(token)] as const).filter(([, rooms]) => rooms.length > 0));
  return { ...context(language), rooms, buildings: BUILDINGS };
}
const answered = (text: string, language: 'nl' | 'en' = 'nl') => readAnswer(field('place'), text, knowing(text, language));

describe('a room of the list', () => {
  it.each([
    ['kamer 3.14', 'kamer 3.14 (gebouw A, 3e verdieping)'],
    ['3.14', '3.14 (gebouw A, 3e verdieping)'],
    ['in kamer 3-14', 'kamer 3-14 (gebouw A, 3e verdieping)'],
    ['zaal Rembrandt', 'zaal Rembrandt (gebouw A, begane grond)'],
    ['2.20 in gebouw B', '2.20 in gebouw B (2e verdieping)'],
    ['2.20, oudbouw', '2.20, oudbouw (2e verdieping)'],
  ])('gets its building and floor: %s', (text, value) => {
    expect(answered(text)).toEqual({ kind: 'taken', value });
  });

  it('is said in the asker’s language', () => {
    expect(answered('room 3.14', 'en')).toEqual({ kind: 'taken', value: 'room 3.14 (building A, floor 3)' });
  });

  it('that comes back as it was shown stays as it is', () => {
    expect(answered('kamer 3.14 (gebouw A, 3e verdieping)')).toEqual({ kind: 'taken', value: 'kamer 3.14 (gebouw A, 3e verdieping)' });
  });

  it('is found in a message', () => {
    const text = 'het is bloedheet in kamer 3.14';
    expect(findInText(field('place'), text, knowing(text))).toEqual({ kind: 'taken', value: 'kamer 3.14 (gebouw A, 3e verdieping)' });
  });
});

describe('a room that is not in the list', () => {
  it.each(['kamer 9.99', '3.14 in gebouw B'])('is asked again: %s', (text) => {
    expect(answered(text)).toEqual({ kind: 'refused', reason: 'unknown-room' });
  });

  it('is asked for when only a message named it', () => {
    const text = 'het is bloedheet in kamer 9.99';
    expect(findInText(field('place'), text, knowing(text))).toEqual({ kind: 'absent' });
  });

  it('by a number of two buildings is asked for with its building', () => {
    expect(answered('kamer 2.20')).toEqual({ kind: 'refused', reason: 'which-building' });
  });
});

describe('a place that is no room', () => {
  it.each(['bij de receptie', 'op de derde verdieping', 'gebouw B', 'parkeerplaats 12', 'lift 2', 'zaal De Waal'])(
    'stays as it is: %s',
    (text) => {
      const reading = answered(text);
      expect(reading.kind).toBe('taken');
      expect(reading.kind === 'taken' && reading.value).not.toContain('(');
    },
  );

  it('is every place while there is no list', () => {
    expect(readAnswer(field('place'), 'kamer 9.99', context())).toEqual({ kind: 'taken', value: 'kamer 9.99' });
  });
});
