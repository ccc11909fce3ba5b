import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ownMessageId, parseOwnMessageId, replyAddress, replyTokenIn } from './ids.ts';

const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,60}$/);

test('an own Message-ID gives back its id and domain', () => {
  fc.assert(
    fc.property(id, (value) => {
      expect(parseOwnMessageId(ownMessageId(value, 'example.org'))).toEqual({ id: value, domain: 'example.org' });
    }),
  );
});

test('a reply address gives back its token, whatever the case of the rest', () => {
  fc.assert(
    fc.property(id, (token) => {
      expect(replyTokenIn(replyAddress('Desk@Example.org', token), ['desk@example.org'])).toBe(token);
    }),
  );
});

test.each(['<abc@example.org>', '<loket.@example.org>', '<loket.a b@example.org>', ''])('%j is no Message-ID of ours', (text) => {
  expect(parseOwnMessageId(text)).toBeNull();
});

test('a token counts only in an address of the desk', () => {
  expect(replyTokenIn('jan+token@example.com', ['desk@example.org'])).toBeNull();
  expect(replyTokenIn('desk@example.org', ['desk@example.org'])).toBeNull();
});

test('what would not come back is refused', () => {
  expect(() => ownMessageId('a b', 'example.org')).toThrow(TypeError);
  expect(() => replyAddress('desk@example.org', 'a@b')).toThrow(TypeError);
});
