import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TimelineMessage } from '../protocol.ts';
import { card, choices } from './samples.ts';
import { chosenLabel, lastSeq, merge, placeCards, staleAsk, unread } from './timeline.ts';

function message(seq: number, more: Partial<TimelineMessage> = {}): TimelineMessage {
  return { seq, id: `m${seq}`, from: 'desk', at: '2026-12-03T10:00:00Z', text: `${seq}`, ...more };
}

test('whatever the order and the repeats, the timeline ends up the same', () => {
  const all = [1, 2, 3, 4, 5, 6, 7].map((seq) => message(seq));
  fc.assert(
    fc.property(fc.array(fc.subarray(all)), fc.shuffledSubarray(all, { minLength: all.length }), (batches, rest) => {
      const merged = [...batches, ...rest.map((one) => [one])].reduce<readonly TimelineMessage[]>(
        (known, batch) => merge(known, batch).messages,
        [],
      );
      expect(merged).toEqual(all);
    }),
  );
});

test('tells where the first hole is, and not that history begins later', () => {
  expect(merge([message(5)], [message(6)]).gapAfter).toBeNull();
  expect(merge([message(5)], [message(7), message(9)]).gapAfter).toBe(5);
  expect(merge([], []).gapAfter).toBeNull();
});

test('an old copy does not bring the buttons of an answered question back', () => {
  const { messages } = merge([message(1, { answered: true })], [message(1, { text: 'newer' })]);
  expect(messages).toEqual([message(1, { text: 'newer', answered: true })]);
});

test('one card per case, where it was first spoken of, as it is known last', () => {
  const messages = [message(1, { reply: { text: '', card: card('queued') } }), message(2, { reply: { text: '', card: card('claimed') } })];
  expect([...placeCards(messages).values()]).toEqual([{ seq: 1, card: card('claimed') }]);
});

test('a question looks stale once the visitor wrote and was answered, until the server says what became of it', () => {
  const asked = message(3, { reply: { text: '?', ask: choices(1, 'Ja', 'Nee') } });
  const written = message(4, { from: 'visitor', text: 'Nee' });
  expect(staleAsk([asked])).toBeNull();
  expect(staleAsk([asked, written])).toBeNull();
  expect(staleAsk([asked, written, message(5)])).toBe(2);
  expect(staleAsk([{ ...asked, answered: true }, written, message(5)])).toBeNull();
  expect(chosenLabel([asked, written], asked)).toBe('Nee');
  expect(chosenLabel([asked, { ...written, text: 'liever niet' }], asked)).toBeUndefined();
});

test('counts what others said after the visitor last looked', () => {
  const messages = [message(1), message(2, { from: 'visitor' }), message(3), message(4, { from: 'worker' })];
  expect(unread(messages, 1)).toBe(2);
  expect(lastSeq(messages)).toBe(4);
  expect(lastSeq([])).toBe(0);
});
