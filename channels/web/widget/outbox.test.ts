import { expect, test } from 'vitest';
import type { Sent } from '../protocol.ts';
import { drain, Outbox, type OutboxItem } from './outbox.ts';
import type { Outcome } from './outcome.ts';
import { memoryStore } from './storage.ts';

const SENT: Sent = { messages: [], done: true };

function outbox(...texts: string[]): Outbox {
  const box = new Outbox(memoryStore(), 'out:');
  for (const text of texts) box.add({ id: text, at: 1, text });
  return box;
}

function script(...outcomes: Outcome<Sent>[]): { posted: string[]; post: (item: OutboxItem) => Promise<Outcome<Sent>> } {
  const posted: string[] = [];
  return {
    posted,
    post: async ({ id }) => {
      posted.push(id);
      return outcomes.shift() ?? { kind: 'ok', value: SENT };
    },
  };
}

test('sends in the order of typing, also within one millisecond', async () => {
  const box = outbox('c', 'a', 'b');
  const { posted, post } = script();
  expect(await drain(box, post, () => undefined)).toEqual({ kind: 'empty' });
  expect(posted).toEqual(['c', 'a', 'b']);
  expect(box.list()).toEqual([]);
});

test('stops at a network that fails and keeps everything, to be sent under the same ids', async () => {
  const box = outbox('a', 'b');
  const first = script({ kind: 'ok', value: SENT }, { kind: 'later', after: 5000 });
  expect(await drain(box, first.post, () => undefined)).toEqual({ kind: 'later', after: 5000 });
  const second = script();
  await drain(box, second.post, () => undefined);
  expect([first.posted, second.posted]).toEqual([['a', 'b'], ['b']]);
});

test('a refused message steps aside with the reason and does not hold up the rest', async () => {
  const box = outbox('a', 'b');
  const { posted, post } = script({ kind: 'refused', message: 'Te lang.' });
  await drain(box, post, () => undefined);
  expect(posted).toEqual(['a', 'b']);
  expect(box.list()).toEqual([{ id: 'a', at: 1, text: 'a', failed: 'Te lang.' }]);
  box.retry('a');
  expect(box.list()).toEqual([{ id: 'a', at: 1, text: 'a' }]);
});

test('stops when the conversation is gone and keeps what was typed', async () => {
  const box = outbox('a');
  expect(await drain(box, script({ kind: 'gone' }).post, () => undefined)).toEqual({ kind: 'gone' });
  expect(box.list().map(({ id }) => id)).toEqual(['a']);
});

test('sees what another tab added or removed meanwhile', async () => {
  const store = memoryStore();
  const [mine, other] = [new Outbox(store, 'out:'), new Outbox(store, 'out:')];
  mine.add({ id: 'a', at: 1, text: 'a' });
  mine.add({ id: 'b', at: 2, text: 'b' });
  const posted: string[] = [];
  await drain(
    mine,
    async ({ id }) => {
      posted.push(id);
      other.remove('b');
      if (id === 'a') other.add({ id: 'c', at: 3, text: 'c' });
      return { kind: 'ok', value: SENT };
    },
    () => undefined,
  );
  expect(posted).toEqual(['a', 'c']);
});

test('passes over what is no message of ours', () => {
  const store = memoryStore();
  store.set('out:x', '{"id":1}');
  store.set('out:y', 'nonsense');
  store.set('other:z', '{"id":"z","at":1,"text":"z"}');
  expect(new Outbox(store, 'out:').list()).toEqual([]);
});
