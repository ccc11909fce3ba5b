import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Case,
  type CaseId,
  type ConversationId,
  type Effect,
  type IntakeId,
  type MessageId,
  newId,
  type PersonId,
} from '../domain/index.ts';
import { createDatabase } from '../test/setup/database.ts';
import type { Colleague } from './index.ts';
import {
  aCase,
  aColleague,
  aConversation,
  aQuestion,
  carryOut,
  happened,
  hours,
  NOW,
  openForTest,
  registered,
  said,
  stateWith,
} from './test/builders.ts';

const { register, ask, close } = await openForTest(await createDatabase());
afterAll(close);
const worker = await aColleague(register, { name: 'Anna Bakker' });
const WORKER = { kind: 'worker', id: worker.id } as const;

let conversation: ConversationId;
beforeEach(async () => {
  conversation = await aConversation(register);
});

/** A message of the requester is received and answered with these effects. */
async function turn(effects: readonly Effect[], text = 'hallo', at = NOW) {
  const intake = newId<IntakeId>();
  const payload = { text, answer: null };
  await register.turns.receive({ id: intake, channel: 'web', source: 'web', externalId: `client-${intake}`, conversation, payload });
  return await answer({ intake, message: newId<MessageId>(), text }, effects, at);
}

async function answer(incoming: { intake: IntakeId; message: MessageId; text: string }, effects: readonly Effect[], at = NOW) {
  const view = await register.turns.next(conversation);
  return await register.turns.commit({ conversation, version: view?.conversation.version ?? -1, at, incoming, effects });
}

const claimsOf = (id: CaseId) => ask('select worker_id, claimed_at, ended_at, ended_by from claims where case_id = $1 order by id', [id]);
const ticketsOf = (id: CaseId) => ask(`select data from outbox where case_id = $1 and kind = 'ticket' order by id`, [id]);

describe('a turn', () => {
  it('writes the message and the replies in order, one place after the other', async () => {
    const [first, second] = [said('een'), said('twee')];
    const committed = await turn([first, second], 'vraag');
    expect(committed).toMatchObject({ kind: 'committed', more: false, messages: [{ seq: 1 }, { seq: 2 }, { seq: 3 }] });
    await turn([said('drie')], 'nog een');
    const timeline = await register.conversations.timeline(conversation, null);
    expect(timeline.map(({ seq, from, text }) => [seq, from, text])).toEqual([
      [1, 'requester', 'vraag'],
      [2, 'desk', 'een'],
      [3, 'desk', 'twee'],
      [4, 'requester', 'nog een'],
      [5, 'desk', 'drie'],
    ]);
    expect(timeline[0]?.clientId).toMatch(/^client-/);
    expect(timeline[1]).toMatchObject({ id: first.message.id, clientId: null, reply: { text: 'een' }, at: NOW });
  });

  it('handles its message, and says whether others wait', async () => {
    const intake = newId<IntakeId>();
    for (const id of [intake, newId<IntakeId>()]) {
      await register.turns.receive({
        id,
        channel: 'web',
        source: 'web',
        externalId: id,
        conversation,
        payload: { text: 'x', answer: null },
      });
    }
    expect(await answer({ intake, message: newId<MessageId>(), text: 'x' }, [], hours(1))).toMatchObject({ kind: 'committed', more: true });
    expect(await ask('select status, done_at from intake where id = $1', [intake])).toEqual([['handled', hours(1)]]);
  });

  it('that is carried out twice is a conflict, and happened once', async () => {
    const incoming = { intake: newId<IntakeId>(), message: newId<MessageId>(), text: 'een keer' };
    const payload = { text: 'een keer', answer: null };
    await register.turns.receive({
      id: incoming.intake,
      channel: 'web',
      source: 'web',
      externalId: incoming.intake,
      conversation,
      payload,
    });
    const it = aCase(conversation);
    expect(await answer(incoming, [registered(it)])).toMatchObject({ kind: 'committed' });
    expect(await answer({ ...incoming, message: newId<MessageId>() }, [registered(aCase(conversation))])).toEqual({ kind: 'conflict' });
    expect((await register.turns.next(conversation))?.cases.map(({ id }) => id)).toEqual([it.id]);
    expect(await register.conversations.lastSeq(conversation)).toBe(1);
  });

  it('of which five are decided upon the same view is carried out once', async () => {
    const view = await register.turns.next(conversation);
    const version = view?.conversation.version ?? -1;
    const change = { conversation, version, at: NOW, incoming: null };
    const all = await Promise.all([1, 2, 3, 4, 5].map(() => register.turns.commit({ ...change, effects: [said('hoi')] })));
    expect(all.map((it) => it.kind).sort()).toEqual(['committed', 'conflict', 'conflict', 'conflict', 'conflict']);
    expect(await register.conversations.lastSeq(conversation)).toBe(1);
  });

  it('keeps the state, or changes it, and raises the version', async () => {
    const state = stateWith(aQuestion(aCase(conversation)));
    await turn([{ kind: 'state', state }], 'x', hours(2));
    await turn([]);
    expect((await register.turns.next(conversation))?.conversation).toMatchObject({ state, version: 2 });
  });

  it('makes the visitor known as somebody unverified', async () => {
    const person = newId<PersonId>();
    await turn([{ kind: 'introduce', person, name: 'Jan Smit', address: 'jan@example.org' }]);
    await turn([]);
    const expected = { id: person, name: 'Jan Smit', address: 'jan@example.org', verified: false, department: null };
    expect((await register.turns.next(conversation))?.conversation.person).toEqual(expected);
  });

  it('with a reference that is taken is a conflict, and writes nothing', async () => {
    const it = aCase(conversation);
    await turn([registered(it)]);
    expect(await turn([said('hoi'), registered(aCase(conversation, { reference: it.reference }))])).toEqual({ kind: 'conflict' });
    expect(await register.conversations.lastSeq(conversation)).toBe(1);
  });

  it('that cannot be written for another reason throws, and writes nothing', async () => {
    const nobodys = aCase(newId<ConversationId>());
    await expect(turn([said('hoi'), registered(nobodys)])).rejects.toThrow(/foreign key/);
    expect(await register.conversations.lastSeq(conversation)).toBe(0);
  });
});

describe('a case in a turn', () => {
  it('is stored as it stands at the end, with all its events', async () => {
    const it = aCase(conversation);
    const queued = happened(it, 'queued', { kind: 'desk' }, {}, hours(1));
    const claimed = happened(queued.case, 'claimed', WORKER, { title: 'Warmte' }, hours(2));
    await turn([registered(it), queued]);
    await turn([claimed]);
    expect((await register.turns.next(conversation))?.cases).toEqual([claimed.case]);
    expect(await ask('select n, name, actor_kind, actor_id, at, data from case_events where case_id = $1 order by n', [it.id])).toEqual([
      [1, 'opened', 'requester', null, NOW, {}],
      [2, 'queued', 'desk', null, hours(1), {}],
      [3, 'claimed', 'worker', worker.id, hours(2), {}],
    ]);
    expect((await register.cases.history(it.id)).map(({ name, actorName }) => [name, actorName])).toEqual([
      ['opened', null],
      ['queued', null],
      ['claimed', 'Anna Bakker'],
    ]);
  });

  it('may change in everything but how it began', async () => {
    const before = aCase(conversation);
    await turn([registered(before)]);
    const person = newId<PersonId>();
    await turn([{ kind: 'introduce', person, name: 'Jan Smit', address: 'jan@example.org' }]);
    const after: Case = {
      ...before,
      person,
      product: null,
      kind: 'request',
      team: 'catering',
      state: 'ready',
      round: 3,
      events: 2,
      title: 'Iets anders',
      values: { room: '2.01' },
      why: { ...before.why, rule: 'moved' },
      restricted: true,
      worker: worker.id,
      respondBy: null,
      completeBy: hours(48),
      readyAt: hours(5),
      closedAt: hours(6),
    };
    await turn([{ kind: 'case', case: after, event: { name: 'added', actor: { kind: 'desk' }, at: hours(1), data: {} } }]);
    expect((await register.turns.next(conversation))?.cases).toEqual([after]);
  });

  it('has the messages that were about it', async () => {
    const it = aCase(conversation);
    await turn(
      [registered(it), { kind: 'link', case: it.id }, { kind: 'link', case: it.id }, said('genoteerd', [it]), said('iets anders')],
      'te heet',
    );
    expect((await register.conversations.ofCase(it.id)).map(({ text }) => text)).toEqual(['te heet', 'genoteerd']);
  });

  it('has the notes of its workers, which are not in the conversation', async () => {
    const it = aCase(conversation);
    await turn([registered(it)]);
    const note = newId<CaseId>();
    await carryOut(register, conversation, [{ kind: 'note', id: note, case: it.id, author: worker.id, text: 'bij de receptie' }], hours(1));
    expect(await register.cases.notes(it.id)).toEqual([
      { id: note, author: 'Anna Bakker', handler: null, at: hours(1), text: 'bij de receptie' },
    ]);
    expect(await register.conversations.lastSeq(conversation)).toBe(1);
  });

  it('has one timer of a kind: set, set anew, done', async () => {
    const it = aCase(conversation);
    const timer = { case: it.id, timer: 'close-when-silent' } as const;
    await turn([registered(it), { kind: 'timer', ...timer, due: hours(1) }]);
    await turn([{ kind: 'timer-done', ...timer }]);
    expect(await register.timers.open(it.id, timer.timer)).toBeNull();
    await turn([{ kind: 'timer', ...timer, due: hours(2) }]);
    expect(await register.timers.open(it.id, timer.timer)).toMatchObject({ due: hours(2) });
    const rows = await ask(
      `select data ->> 'kind', (data ->> 'due')::timestamptz from outbox where case_id = $1 and kind = 'timer' order by id`,
      [it.id],
    );
    expect(rows).toEqual([
      ['close-when-silent', hours(1)],
      ['close-when-silent', hours(2)],
    ]);
  });
});

describe('the claim of a case', () => {
  const begun = async (by: Colleague = worker) => {
    const it = aCase(conversation);
    const queued = happened(it, 'queued');
    await turn([registered(it), queued]);
    const claimed = happened(queued.case, 'claimed', { kind: 'worker', id: by.id }, {}, hours(1));
    await carryOut(register, conversation, [claimed]);
    return claimed.case;
  };

  it.each(['released', 'waiting', 'ready', 'moved', 'withdrawn', 'merged'] as const)('ends with %s', async (name) => {
    const it = await begun();
    expect(await claimsOf(it.id)).toEqual([[worker.id, hours(1), null, null]]);
    await carryOut(register, conversation, [happened(it, name, WORKER, {}, hours(2))]);
    expect(await claimsOf(it.id)).toEqual([[worker.id, hours(1), hours(2), name]]);
  });

  it('goes on with resumed, as its own worker', async () => {
    const it = await begun();
    const waiting = happened(it, 'waiting', WORKER, {}, hours(2));
    await carryOut(register, conversation, [waiting]);
    await turn([happened(waiting.case, 'resumed', { kind: 'requester' }, {}, hours(3))]);
    expect(await claimsOf(it.id)).toEqual([
      [worker.id, hours(1), hours(2), 'waiting'],
      [worker.id, hours(3), null, null],
    ]);
  });

  it('is not touched by what is added meanwhile', async () => {
    const it = await begun();
    await turn([happened(it, 'added', { kind: 'requester' })]);
    expect(await claimsOf(it.id)).toEqual([[worker.id, hours(1), null, null]]);
  });

  it('can be one only', async () => {
    const it = await begun();
    await expect(ask('insert into claims (case_id, worker_id, claimed_at) values ($1, $2, now())', [it.id, worker.id])).rejects.toThrow(
      /claims_one_holder/,
    );
  });
});

describe('the outbox after a turn', () => {
  it('has the replies in order, for this conversation, and none for what came in', async () => {
    const [first, second] = [said('een'), said('twee', [], worker.id)];
    const committed = await turn([first, second]);
    const expected = [first, second].map(({ message }) => ({ kind: 'reply', conversation, case: null, message: message.id, data: {} }));
    expect(committed).toMatchObject({ outbox: expected });
    const rows = await ask('select kind, message_id, status, attempts from outbox where conversation_id = $1 order by id', [conversation]);
    expect(rows).toEqual([first, second].map(({ message }) => ['reply', message.id, 'pending', 0]));
  });

  it('has one ticket for each time that a case is queued, with team and round', async () => {
    const it = aCase(conversation);
    const queued = happened(it, 'queued');
    await turn([registered(it), queued]);
    await turn([happened(queued.case, 'added')]);
    const claimed = happened({ ...queued.case, events: 3 }, 'claimed', WORKER);
    const released = happened(claimed.case, 'released', WORKER);
    const moved = happened(released.case, 'moved', WORKER, { team: 'catering' });
    const waiting = happened(moved.case, 'waiting', WORKER);
    const requeued = happened(waiting.case, 'requeued');
    for (const effect of [claimed, released, moved, waiting, requeued]) await carryOut(register, conversation, [effect]);
    const again = happened(requeued.case, 'claimed', WORKER);
    const ready = happened(again.case, 'ready', WORKER);
    const reopened = happened(ready.case, 'reopened', { kind: 'requester' });
    for (const effect of [again, ready, reopened]) await carryOut(register, conversation, [effect]);
    const tickets = (await ticketsOf(it.id)).flat();
    expect(tickets).toMatchObject([
      { team: 'facilities', round: 1 },
      { team: 'facilities', round: 2 },
      { team: 'catering', round: 3 },
      { team: 'catering', round: 4 },
      { team: 'catering', round: 5 },
    ]);
    expect(tickets.every((ticket) => typeof ticket === 'object' && ticket !== null && 'due' in ticket)).toBe(true);
  });

  it('has no ticket of a case that was queued and taken out again in the same turn', async () => {
    const it = aCase(conversation);
    const queued = happened(it, 'queued');
    await turn([registered(it), queued, happened(queued.case, 'withdrawn', { kind: 'requester' })]);
    expect(await ticketsOf(it.id)).toEqual([]);
  });

  it('has two tickets for two cases of one message', async () => {
    const both = [aCase(conversation), aCase(conversation, { team: 'catering' })];
    const committed = await turn(both.flatMap((it) => [registered(it), happened(it, 'queued')]));
    const tickets =
      committed.kind === 'committed' ? committed.outbox.map((row) => [row.kind, row.case, row.data.team, row.data.round]) : [];
    expect(tickets.sort()).toEqual(both.map((it) => ['ticket', it.id, it.team, 1]).sort());
  });
});

describe('decisions that are carried out together', () => {
  it('each get their own messages, tickets and answer, and one on an old view keeps none of the others back', async () => {
    const conversations = await Promise.all(Array.from({ length: 12 }, () => aConversation(register)));
    const cases = conversations.map((id) => aCase(id));
    const committed = await Promise.all(
      conversations.map((id, i) => {
        const it = cases[i];
        const effects = it ? [said(`antwoord ${i}`), registered(it), happened(it, 'queued'), said('nog iets')] : [];
        return register.turns.commit({ conversation: id, version: i % 4 === 3 ? 99 : 0, at: NOW, incoming: null, effects });
      }),
    );
    expect(committed.map(({ kind }) => kind)).toEqual(conversations.map((_, i) => (i % 4 === 3 ? 'conflict' : 'committed')));
    for (const [i, done] of committed.entries()) {
      if (done.kind === 'conflict') continue;
      expect(done.messages.map(({ seq }) => seq)).toEqual([1, 2]);
      expect(done.outbox.map((entry) => [entry.kind, entry.conversation ?? entry.case])).toEqual([
        ['reply', conversations[i]],
        ['reply', conversations[i]],
        ['ticket', cases[i]?.id],
      ]);
      const texts = await ask('select text from messages where conversation_id = $1 order by seq', [conversations[i]]);
      expect(texts).toEqual([[`antwoord ${i}`], ['nog iets']]);
    }
  });
});
