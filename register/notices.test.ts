import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Case, type ConversationId, type MessageId, type NoticeKind, type NoticeTo, newId, type PersonId } from '../domain/index.ts';
import { createDatabase, type TestDatabase } from '../test/setup/database.ts';
import { openRegister, type Register } from './index.ts';
import { aCase, aColleague, aConversation, carryOut, registered } from './test/builders.ts';

let made: TestDatabase;
let register: Register;
beforeAll(async () => {
  made = await createDatabase();
  register = await openRegister(made);
});
afterAll(async () => {
  await register.close();
  await made.drop();
});

async function noticed(it: Case, to: NoticeTo, kind: NoticeKind = 'complete-late', at?: Date): Promise<void> {
  const notice = { id: newId<PersonId>(), case: it.id, kind, team: it.team, to };
  await carryOut(register, it.conversation, [{ kind: 'notice', notice }], at);
}

async function stored(conversation: ConversationId, given: Partial<Case>): Promise<Case> {
  const it = aCase(conversation, given);
  await carryOut(register, conversation, [registered(it)]);
  return it;
}

describe('a notice', () => {
  it('is for the one it names, found by his address, or for everybody of the team; seen by each for himself', async () => {
    const conversation = await aConversation(register);
    const it = await stored(conversation, { team: 'facilities' });
    const [one, other] = [await aColleague(register, { teams: ['facilities'] }), await aColleague(register, { teams: ['facilities'] })];
    const address = (await register.people.byId(one.id))?.address ?? '';
    await noticed(it, { role: 'team' });
    await noticed(it, { role: 'coordinator', address: address.toUpperCase() });
    expect((await register.notices.list(one)).map(({ role }) => role).sort()).toEqual(['coordinator', 'team']);
    const [forAll, ...more] = await register.notices.list(other);
    expect(more).toEqual([]);
    expect(forAll).toMatchObject({ role: 'team', case: it.id, title: it.title, seen: false, readable: true });
    await register.notices.seen(
      (await register.notices.list(one)).map(({ id }) => id),
      other,
    );
    expect((await register.notices.list(other)).map(({ seen }) => seen)).toEqual([true]);
    expect((await register.notices.list(one)).map(({ seen }) => seen)).toEqual([false, false]);
  });

  it('says nothing of a restricted case that one may not read, and what is restricted does not travel', async () => {
    const conversation = await aConversation(register);
    const it = await stored(conversation, { team: 'hr', restricted: true, title: 'Ziekmelding' });
    const manager = await aColleague(register, { role: 'admin' });
    const address = (await register.people.byId(manager.id))?.address ?? '';
    await noticed(it, { role: 'manager', address });
    expect(await register.notices.list(manager)).toEqual([]);
    const unsent = await register.notices.takeUnsent(100);
    expect(unsent.find((notice) => notice.case === it.id)).toMatchObject({ title: null, address, person: manager.id });
  });
});

describe('a notice of a chat that was taken over', () => {
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

  it('goes out only when it stays unanswered for two minutes', async () => {
    const conversation = await aConversation(register);
    const [fresh, old, answered] = [await stored(conversation, {}), await stored(conversation, {}), await stored(conversation, {})];
    const { id: person } = await aColleague(register);
    const to = { role: 'worker', person } as const;
    await noticed(fresh, to, 'chat', minutesAgo(0));
    await noticed(old, to, 'chat', minutesAgo(3));
    await noticed(answered, to, 'chat', minutesAgo(3));
    const message = { id: newId<MessageId>(), author: person, reply: { text: 'Ik ben er.' }, cases: [answered.id] };
    await carryOut(register, conversation, [{ kind: 'say', message }], minutesAgo(1));
    expect(await register.notices.list({ id: person, name: '', role: 'worker', teams: [] })).toHaveLength(3);
    const taken = await register.notices.takeUnsent(100);
    expect(taken.map((notice) => notice.case)).toContain(old.id);
    expect(taken.map((notice) => notice.case)).not.toContain(fresh.id);
    expect(taken.map((notice) => notice.case)).not.toContain(answered.id);
  });
});

describe('what last happened with a case', () => {
  it('is its last event, message or note; a reminder is none', async () => {
    const conversation = await aConversation(register);
    const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 10, minute));
    const it = aCase(conversation, { state: 'claimed', openedAt: at(0) });
    await carryOut(register, conversation, [registered(it)], at(0));
    expect(await register.cases.activeAt(it.id)).toEqual(at(0));
    const author = await aColleague(register);
    await carryOut(
      register,
      conversation,
      [{ kind: 'note', id: newId<PersonId>(), case: it.id, author: author.id, text: 'besteld' }],
      at(5),
    );
    expect(await register.cases.activeAt(it.id)).toEqual(at(5));
    const event = { name: 'reminded', actor: { kind: 'desk' }, at: at(9), data: { about: 'idle', step: 'warn' } } as const;
    await carryOut(register, conversation, [{ kind: 'case', case: { ...it, events: 2 }, event }], at(9));
    expect(await register.cases.activeAt(it.id)).toEqual(at(5));
    expect(await register.cases.clockEvents(it.id)).toMatchObject([{ name: 'opened' }, { name: 'reminded', at: at(9) }]);
  });
});
