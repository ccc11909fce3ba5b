import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressOf, readAddress, readReference } from './place.ts';
import type { TeamsReference } from './types.ts';

const aReference = (conversation: string, user: string): TeamsReference => ({
  serviceUrl: 'https://smba.example.org/emea/',
  conversation,
  kind: 'channel',
  tenant: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
  bot: '28:bot',
  user,
});

test('an address says the chat and the person, whatever is in their ids', () => {
  const id = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.isWellFormed());
  fc.assert(
    fc.property(id, id, (conversation, user) => {
      expect(readAddress(addressOf(aReference(conversation, user)))).toEqual({ conversation, user });
    }),
  );
});

test.each(['', 'one', 'one two three', '% %', ' two'])('"%s" is no address', (text) => {
  expect(readAddress(text)).toBeNull();
});

test('a reference is read as it was stored, and one of another shape is none', () => {
  const reference = aReference('19:a@thread.tacv2;messageid=1', '29:b');
  expect(readReference(JSON.parse(JSON.stringify(reference)))).toEqual(reference);
  expect(readReference({ ...reference, kind: 'meeting' })).toBeNull();
  expect(readReference(null)).toBeNull();
});
