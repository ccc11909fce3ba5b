import { afterAll, describe, expect, it } from 'vitest';
import { type ConversationId, type IntakeId, type MessageId, newId } from '../domain/index.ts';
import { createDatabase } from '../test/setup/database.ts';
import type { Colleague } from './sign-in.ts';
import { aConversation, hours, openForTest } from './test/builders.ts';

/** Who looks into the intake ledger. */
const VIEWER: Colleague = { id: newId(), name: 'Beheer', role: 'admin', teams: [] };

const { register, ask, close } = await openForTest(await createDatabase());
afterAll(close);
const { ledger, turns } = register;

async function received(conversation: ConversationId, text = 'hallo'): Promise<IntakeId> {
  const id = newId<IntakeId>();
  await turns.receive({ id, channel: 'web', source: 'web', externalId: id, conversation, payload: { text, answer: null } });
  return id;
}

const refusal = (given: { readonly externalId?: string; readonly text?: string; readonly conversation?: ConversationId } = {}) => ({
  id: newId<IntakeId>(),
  channel: 'web' as const,
  source: 'web',
  externalId: newId<IntakeId>(),
  conversation: null,
  text: 'te lang',
  reason: 'too-long',
  ...given,
});

const line = (id: IntakeId) => ask('select status, reason, attempts, done_at is not null from intake where id = $1', [id]);

describe('a message that is refused', () => {
  it('is one line with the reason, however often it comes', async () => {
    const externalId = newId<IntakeId>();
    const [first, second] = [refusal({ externalId }), refusal({ externalId })];
    await Promise.all([ledger.refuse(first), ledger.refuse(second), ledger.refuse(first)]);
    const lines = (await ledger.list('refused', VIEWER)).filter((it) => [first.id, second.id].includes(it.id));
    expect(lines).toEqual([
      {
        id: lines[0]?.id,
        channel: 'web',
        hasSource: false,
        receivedAt: expect.any(Date),
        status: 'refused',
        reason: 'too-long',
        text: 'te lang',
      },
    ]);
  });

  it('does not undo that it was taken in before', async () => {
    const id = await received(await aConversation(register));
    await ledger.refuse(refusal({ externalId: id }));
    expect(await line(id)).toEqual([['pending', null, 0, false]]);
  });

  it('is no work for a turn', async () => {
    const conversation = await aConversation(register);
    await ledger.refuse(refusal({ conversation }));
    expect((await turns.next(conversation))?.intake).toBeNull();
  });

  it.each([
    ['zero bytes', 'a\u0000b', 'a\uFFFDb'],
    ['half a character', 'a\uD83Db', 'a\uFFFDb'],
    ['markup', '<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['nothing', '', ''],
  ])('may hold %s', async (_, text, shown) => {
    const it = refusal({ text });
    await ledger.refuse(it);
    expect((await ledger.list('refused', VIEWER)).find(({ id }) => id === it.id)?.text).toBe(shown);
  });

  it('is kept up to 16,000 characters and shown up to 500, also when an emoji stands at the end', async () => {
    const it = refusal({ text: `${'x'.repeat(15_999)}😀${'y'.repeat(100_000)}` });
    await ledger.refuse(it);
    expect(await ask(`select length(payload ->> 'text') from intake where id = $1`, [it.id])).toEqual([[16_000]]);
    expect((await ledger.list('refused', VIEWER)).find(({ id }) => id === it.id)?.text).toBe('x'.repeat(500));
  });
});

describe('a message that is not handled', () => {
  it('waits with what went wrong and how often, until it is parked', async () => {
    const conversation = await aConversation(register);
    const id = await received(conversation);
    await ledger.failed(id, 'a hiccup');
    await ledger.failed(id, 'again');
    expect(await line(id)).toEqual([['pending', 'again', 2, false]]);
    await ledger.park(id, 'given up');
    expect(await line(id)).toEqual([['parked', 'given up', 2, true]]);
    expect((await turns.next(conversation))?.intake).toBeNull();
    expect(await ledger.list('parked', VIEWER)).toMatchObject([{ id, reason: 'given up', text: 'hallo' }]);
  });

  it('that is replayed is taken in as the newest of its conversation', async () => {
    const conversation = await aConversation(register);
    const [first, second] = [await received(conversation), await received(conversation)];
    await ledger.park(first, 'given up');
    expect(await ledger.replay(first)).toBe(conversation);
    expect(await line(first)).toEqual([['pending', null, 0, false]]);
    expect((await turns.next(conversation))?.intake?.id).toBe(second);
    await ledger.park(second, 'away');
    expect((await turns.next(conversation))?.intake?.id).toBe(first);
  });

  it('is replayed once by two at once', async () => {
    const conversation = await aConversation(register);
    const id = await received(conversation);
    await ledger.park(id, 'given up');
    const answers = await Promise.all([ledger.replay(id), ledger.replay(id)]);
    expect(answers.filter(Boolean)).toEqual([conversation]);
  });

  it('is left as it is when it was handled meanwhile', async () => {
    const conversation = await aConversation(register);
    const id = await received(conversation);
    const incoming = { intake: id, message: newId<MessageId>(), text: 'hallo' };
    await turns.commit({ conversation, version: 0, at: hours(1), incoming, effects: [] });
    await ledger.failed(id, 'too late');
    await ledger.park(id, 'too late');
    expect(await ledger.replay(id)).toBeNull();
    expect(await line(id)).toEqual([['handled', null, 0, true]]);
    expect((await ledger.list('handled', VIEWER)).map((it) => it.id)).toContain(id);
  });

  it('cannot be replayed when it was refused, or never came', async () => {
    const it = refusal();
    await ledger.refuse(it);
    expect(await ledger.replay(it.id)).toBeNull();
    expect(await ledger.replay(newId<IntakeId>())).toBeNull();
  });
});

describe('leftovers', () => {
  it('are the conversations, each once, in which something waits too long', async () => {
    const [old, fresh, done] = [await aConversation(register), await aConversation(register), await aConversation(register)];
    const [first, second] = [await received(old), await received(old), await received(fresh)];
    await ask(`update intake set received_at = now() - interval '1 minute' where id = any($1)`, [[first, second]]);
    await ledger.park(await received(done), 'away');
    const leftovers = await ledger.leftovers(30_000);
    expect(leftovers.filter((id) => [old, fresh, done].includes(id))).toEqual([old]);
    expect(await ledger.leftovers(0)).toEqual(expect.arrayContaining([old, fresh]));
    expect(await ledger.leftovers(0)).not.toContain(done);
  });
});

describe('the ledger', () => {
  it('shows the newest first, as many as asked', async () => {
    const conversation = await aConversation(register);
    const ids: IntakeId[] = [];
    for (const text of ['een', 'twee', 'drie']) ids.push(await received(conversation, text));
    expect((await ledger.list('pending', VIEWER, 3)).map((it) => it.id)).toEqual(ids.reverse());
    expect(await ledger.list('pending', VIEWER, 1)).toMatchObject([{ text: 'drie' }]);
  });

  it('outlives its conversation', async () => {
    const conversation = await aConversation(register);
    const id = await received(conversation);
    await ask('delete from conversations where id = $1', [conversation]);
    expect(await line(id)).toEqual([['pending', null, 0, false]]);
    expect(await turns.next(conversation)).toBeNull();
    await ledger.park(id, 'no conversation');
    expect(await ledger.replay(id)).toBeNull();
    expect((await ledger.list('parked', VIEWER)).map((it) => it.id)).toContain(id);
  });
});
