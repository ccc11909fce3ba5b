import { expect, test } from 'vitest';
import { parseRetryAfter, retryDelay } from './backoff.ts';
import { errorMessage, isMessages, isTimelineMessage } from './guards.ts';
import { failure } from './outcome.ts';
import { readConversation } from './storage.ts';
import { pickLanguage } from './texts.ts';
import { subject } from './token.ts';

test('a status says whether to try again, to begin anew or to give up', () => {
  for (const status of [408, 425, 429, 500, 502, 503]) expect(failure(status, undefined, 7)).toEqual({ kind: 'later', after: 7 });
  for (const status of [401, 403, 404]) expect(failure(status, 'weg', undefined)).toEqual({ kind: 'gone', message: 'weg' });
  for (const status of [400, 409, 413, 422]) expect(failure(status, 'nee', undefined)).toEqual({ kind: 'refused', message: 'nee' });
});

test('waits longer after each failure, never longer than half a minute, and not all at once', () => {
  expect([0, 1, 2, 3].map((attempt) => retryDelay(attempt, 1))).toEqual([1000, 2000, 4000, 8000]);
  expect(retryDelay(1000, 1)).toBe(30_000);
  expect(retryDelay(0, 0)).toBe(500);
});

test('reads Retry-After as seconds or as a date', () => {
  const now = Date.parse('2026-12-03T10:00:00Z');
  expect(parseRetryAfter('3', now)).toBe(3000);
  expect(parseRetryAfter('Thu, 03 Dec 2026 10:00:05 GMT', now)).toBe(5000);
  expect(parseRetryAfter('Thu, 03 Dec 2026 09:00:00 GMT', now)).toBe(0);
  expect(parseRetryAfter('soon', now)).toBeUndefined();
  expect(parseRetryAfter(null, now)).toBeUndefined();
});

test('takes from outside only what it can use', () => {
  const good = { seq: 1, id: 'a', from: 'desk', at: '', text: '' };
  expect(isTimelineMessage({ ...good, reply: { text: 'x' } })).toBe(true);
  for (const bad of [null, [], 'x', { ...good, seq: '1' }, { ...good, from: 'x' }, { ...good, reply: {} }])
    expect(isTimelineMessage(bad)).toBe(false);
  expect(isMessages([good, 1])).toBe(false);
  expect(errorMessage({ error: { code: 'x', message: 'Zo niet.' } })).toBe('Zo niet.');
  for (const bad of [undefined, 'x', {}, { error: 'x' }, { error: { message: '' } }]) expect(errorMessage(bad)).toBeUndefined();
  expect(readConversation('{"conversation":"c","secret":"s","desk":"d","who":""}')?.conversation).toBe('c');
  for (const bad of [null, '', '[]', '{"conversation":"c"}']) expect(readConversation(bad)).toBeNull();
});

test('knows whose token it is, and never keeps the token for it', () => {
  const token = (payload: object): string => `e30.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.sig`;
  expect(subject(undefined)).toBe('');
  expect(subject(token({ sub: 'anna' }))).toBe('anna');
  expect(subject(token({}))).toBe('?');
  expect(subject('loket.0191-anna.secret')).toBe('0191-anna');
  expect(subject('nonsense')).toBe('?');
});

test('speaks the first language that it knows, else English', () => {
  expect(pickLanguage(undefined, '', 'nl-NL', 'en')).toBe('nl');
  expect(pickLanguage('en', 'nl')).toBe('en');
  expect(pickLanguage('de', 'fr-FR')).toBe('en');
});
