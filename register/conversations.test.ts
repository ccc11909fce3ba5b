import { afterAll, describe, expect, it } from 'vitest';
import { type ConversationId, newId, newSecret, type PersonId } from '../domain/index.ts';
import { createDatabase } from '../test/setup/database.ts';
import { aCase, aColleague, aConversation, aPerson, aQuestion, carryOut, openForTest, said, stateWith } from './test/builders.ts';

const { register, ask, close } = await openForTest(await createDatabase());
afterAll(close);
const { conversations, people } = register;

describe('a conversation', () => {
  it('is opened by its own secret alone', async () => {
    const secret = newSecret();
    const mine = await aConversation(register, { secret });
    const others = await aConversation(register, { secret: newSecret() });
    const without = await aConversation(register);
    expect(await conversations.opens(mine, secret)).toBe(true);
    expect(await conversations.opens(mine, newSecret())).toBe(false);
    expect(await conversations.opens(mine, '')).toBe(false);
    expect(await conversations.opens(others, secret)).toBe(false);
    expect(await conversations.opens(without, secret)).toBe(false);
    expect(await conversations.opens(newId<ConversationId>(), secret)).toBeNull();
    expect(JSON.stringify(await ask('select to_jsonb(c) from conversations c'))).not.toContain(secret);
  });

  it('is read from its end, or on from a place', async () => {
    const conversation = await aConversation(register);
    const texts = Array.from({ length: 12 }, (_, i) => `regel ${i + 1}`);
    await carryOut(
      register,
      conversation,
      texts.map((text) => said(text)),
    );
    const read = async (after: number | null, limit?: number) =>
      (await conversations.timeline(conversation, after, limit)).map((it) => it.seq);
    expect((await conversations.timeline(conversation, null)).map((it) => it.text)).toEqual(texts);
    expect(await read(null, 3)).toEqual([10, 11, 12]);
    expect(await read(0, 3)).toEqual([1, 2, 3]);
    expect(await read(3, 3)).toEqual([4, 5, 6]);
    expect(await read(11)).toEqual([12]);
    expect(await read(12)).toEqual([]);
    expect(await read(999)).toEqual([]);
    expect(await conversations.lastSeq(conversation)).toBe(12);
    expect(await conversations.lastSeq(newId<ConversationId>())).toBe(0);
    expect(await conversations.timeline(newId<ConversationId>(), null)).toEqual([]);
  });

  it('calls a worker by first name', async () => {
    const worker = await aColleague(register, { name: 'Anna Bakker' });
    const conversation = await aConversation(register);
    await carryOut(register, conversation, [said('we komen', [], worker.id), said('genoteerd')]);
    expect(await conversations.timeline(conversation, null)).toMatchObject([
      { from: 'worker', name: 'Anna' },
      { from: 'desk', name: null },
    ]);
  });

  it('knows its open questions', async () => {
    const conversation = await aConversation(register);
    const [first, second] = [aQuestion(aCase(conversation)), aQuestion(aCase(conversation))];
    expect(await conversations.openQuestions(conversation)).toEqual(new Set());
    await carryOut(register, conversation, [{ kind: 'state', state: stateWith(first, second) }]);
    expect(await conversations.openQuestions(conversation)).toEqual(new Set([first.id, second.id]));
    await carryOut(register, conversation, [{ kind: 'state', state: stateWith(second) }]);
    expect(await conversations.openQuestions(conversation)).toEqual(new Set([second.id]));
    expect(await conversations.openQuestions(newId<ConversationId>())).toEqual(new Set());
  });
});

let visitors = 0;
function visitor(given: { readonly channel?: 'web' | 'teams'; readonly externalId?: string; readonly address?: string | null } = {}) {
  visitors += 1;
  return { channel: 'web' as const, externalId: `visitor-${visitors}`, name: 'Sanne de Vries', address: null, ...given };
}
const known = (it: Parameters<typeof people.known>[0]) => people.known(it, newId<PersonId>());

describe('somebody whom a channel vouches for', () => {
  it('is the same person each time', async () => {
    const sanne = visitor();
    const first = await known(sanne);
    expect(await known({ ...sanne, name: 'S. de Vries', address: 'new@example.org' })).toBe(first);
    expect(await people.byId(first)).toEqual({ id: first, name: 'Sanne de Vries', address: null, verified: true });
    expect(await known({ ...sanne, channel: 'teams' })).not.toBe(first);
    expect(await people.byId(newId<PersonId>())).toBeNull();
  });

  it('is one person when ten come at once, by identity and by address', async () => {
    const sanne = visitor({ address: 'ten@example.org' });
    const byIdentity = await Promise.all(Array.from({ length: 10 }, () => known(sanne)));
    const byAddress = await Promise.all(Array.from({ length: 10 }, () => known(visitor({ address: 'Eleven@example.org' }))));
    expect(new Set(byIdentity).size).toBe(1);
    expect(new Set(byAddress).size).toBe(1);
    expect(await ask(`select count(*) from people where lower(address) in ('ten@example.org', 'eleven@example.org')`)).toEqual([[2]]);
  });

  it.each([
    ['sanne@example.org', 'SANNE@Example.ORG'],
    ['ÉLISE@example.org', 'ÉLISE@EXAMPLE.ORG'],
    ['İbo@example.org', 'İbo@Example.org'],
  ])('is who has the verified address %s, also written %s', async (one, other) => {
    const first = await known(visitor({ address: one }));
    expect(await known(visitor({ channel: 'teams', address: other }))).toBe(first);
  });

  it('is nobody else by likeness: not by name, not by a missing address', async () => {
    expect(await known(visitor())).not.toBe(await known(visitor()));
    const almost = await known(visitor({ address: 'jan@example.org' }));
    expect(await known(visitor({ address: 'jan@example.com' }))).not.toBe(almost);
  });

  it('is never joined with an anonymous visitor who said the same address', async () => {
    const conversation = await aConversation(register);
    const anonymous = newId<PersonId>();
    const address = 'director@example.org';
    await carryOut(register, conversation, [{ kind: 'introduce', person: anonymous, name: 'De directeur', address }]);
    const director = await known(visitor({ address }));
    expect(director).not.toBe(anonymous);
    const another = newId<PersonId>();
    const elsewhere = await aConversation(register);
    await carryOut(register, elsewhere, [{ kind: 'introduce', person: another, name: 'De directeur', address }]);
    expect(await people.byId(another)).toMatchObject({ verified: false });
    expect(await known(visitor({ address }))).toBe(director);
    expect(await aPerson(register, 'Nog iemand', address)).toBe(director);
  });
});
