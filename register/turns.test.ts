import { afterAll, describe, expect, it } from 'vitest';
import { type ConversationId, type IntakeId, type MessageId, newId, type PersonId } from '../domain/index.ts';
import { createDatabase } from '../test/setup/database.ts';
import {
  aCase,
  aColleague,
  aConversation,
  aPerson,
  aQuestion,
  carryOut,
  happened,
  hours,
  openForTest,
  registered,
  stateWith,
} from './test/builders.ts';

const { register, ask, close } = await openForTest(await createDatabase());
afterAll(close);

function arrival(conversation: ConversationId, externalId: string = newId<IntakeId>(), text = 'hallo') {
  return { id: newId<IntakeId>(), channel: 'web', source: 'web', externalId, conversation, payload: { text, answer: null } };
}

describe('receiving', () => {
  it('keeps a message once, however often and at whatever moment it is delivered', async () => {
    const conversation = await aConversation(register);
    const answers = await Promise.all(Array.from({ length: 10 }, () => register.turns.receive(arrival(conversation, 'same'))));
    const first = answers.filter((it) => !it.duplicate);
    expect(first).toHaveLength(1);
    expect(new Set(answers.map((it) => it.id))).toEqual(new Set([first[0]?.id]));
    expect(await ask('select payload from intake where conversation_id = $1', [conversation])).toEqual([[{ text: 'hallo', answer: null }]]);
  });

  it('is the same message only by channel, source and id together', async () => {
    const conversation = await aConversation(register);
    const it = arrival(conversation, 'twin');
    for (const other of [{}, { source: 'tab' }, { channel: 'email' }]) {
      expect(await register.turns.receive({ ...it, id: newId<IntakeId>(), ...other })).toMatchObject({ duplicate: false });
    }
  });

  it('tells of a duplicate what became of it', async () => {
    const conversation = await aConversation(register);
    const it = arrival(conversation, 'once');
    const again = { ...it, id: newId<IntakeId>() };
    expect(await register.turns.receive(it)).toMatchObject({ id: it.id, status: 'pending', duplicate: false });
    expect(await register.turns.receive(again)).toEqual({ id: it.id, status: 'pending', duplicate: true, view: null });
    await register.ledger.park(it.id, 'it broke');
    expect(await register.turns.receive(again)).toEqual({ id: it.id, status: 'parked', duplicate: true, view: null });
  });

  it('gives what a turn finds along with a new message', async () => {
    const conversation = await aConversation(register);
    const { view } = await register.turns.receive(arrival(conversation, 'seen'));
    expect(view?.intake?.payload.text).toBeTypeOf('string');
    expect(view).toEqual(await register.turns.next(conversation));
  });

  it('gives 20 messages of one moment each a place of their own, and the next turn the first', async () => {
    const conversation = await aConversation(register);
    await Promise.all(Array.from({ length: 20 }, (_, i) => register.turns.receive(arrival(conversation, `at-once-${i}`))));
    const rows = await ask('select id, seq from intake where conversation_id = $1 order by seq', [conversation]);
    expect(rows.map(([, seq]) => seq)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    for (const [id] of rows) {
      const view = await register.turns.next(conversation);
      expect(view?.intake?.id).toBe(id);
      if (view?.intake) await register.ledger.park(view.intake.id, 'next, please');
    }
    expect((await register.turns.next(conversation))?.intake).toBeNull();
  });
});

describe('the view of a turn', () => {
  it('is the conversation as it is, its person, its oldest message', async () => {
    const person = await aPerson(register, 'Sanne de Vries', 'view@example.org');
    const conversation = await aConversation(register, { person, channel: 'teams', state: stateWith() });
    const first = arrival(conversation, 'v1', 'een');
    await register.turns.receive(first);
    await register.turns.receive(arrival(conversation, 'v2', 'twee'));
    await register.ledger.failed(first.id, 'a hiccup');
    expect(await register.turns.next(conversation)).toEqual({
      claimant: null,
      conversation: {
        id: conversation,
        channel: 'teams',
        person: { id: person, name: 'Sanne de Vries', address: 'view@example.org', verified: true, department: null },
        state: stateWith(),
        version: 0,
      },
      intake: { id: first.id, payload: first.payload, attempts: 1, external_id: 'v1' },
      cases: [],
      workers: new Map(),
      histories: new Map(),
      held: null,
    });
    expect(await register.turns.next(newId<ConversationId>())).toBeNull();
  });

  it('has a case exactly as it was stored', async () => {
    const worker = await aColleague(register, { name: 'Bas  van Dam' });
    const conversation = await aConversation(register);
    const it = aCase(conversation, { state: 'waiting', worker: worker.id, restricted: true, readyAt: hours(2), closedAt: hours(3) });
    await carryOut(register, conversation, [registered(it)]);
    const view = await register.turns.next(conversation);
    expect(view?.cases).toEqual([it]);
    expect(view?.workers).toEqual(new Map([[it.id, 'Bas']]));
  });

  it('has the cases of the conversation and of a verified person elsewhere, the newest first', async () => {
    const person = await aPerson(register);
    const [here, there] = [await aConversation(register, { person }), await aConversation(register, { person })];
    const old = aCase(here, { person, openedAt: hours(-9) });
    const nobodys = aCase(here, { openedAt: hours(-5) });
    const elsewhere = aCase(there, { person, openedAt: hours(-7) });
    await carryOut(register, here, [registered(old), registered(nobodys)]);
    await carryOut(register, there, [registered(elsewhere)]);
    expect((await register.turns.next(here))?.cases.map((it) => it.id)).toEqual([nobodys.id, elsewhere.id, old.id]);
    expect((await register.turns.next(there))?.cases.map((it) => it.id)).toEqual([elsewhere.id, old.id]);
  });

  it('has nothing of an unverified person from elsewhere', async () => {
    const [here, there] = [await aConversation(register), await aConversation(register)];
    const person = newId<PersonId>();
    await carryOut(register, there, [{ kind: 'introduce', person, name: 'Iemand', address: 'anna@example.org' }]);
    await carryOut(register, there, [registered(aCase(there, { person }))]);
    await ask('update conversations set person_id = $1 where id = $2', [person, here]);
    expect((await register.turns.next(here))?.conversation.person).toMatchObject({ id: person, verified: false });
    expect((await register.turns.next(here))?.cases).toEqual([]);
    expect((await register.turns.next(there))?.cases).toHaveLength(1);
  });

  it('has the case that an open question is about, also when it is past the newest twenty', async () => {
    const conversation = await aConversation(register);
    const old = aCase(conversation, { openedAt: hours(-99) });
    const newer = Array.from({ length: 25 }, (_, i) => aCase(conversation, { openedAt: hours(i) }));
    await carryOut(register, conversation, [old, ...newer].map(registered));
    expect((await register.turns.next(conversation))?.cases.map((it) => it.openedAt)).toEqual(
      Array.from({ length: 20 }, (_, i) => hours(24 - i)),
    );
    await carryOut(register, conversation, [{ kind: 'state', state: stateWith(aQuestion(old)) }]);
    const asked = await register.turns.next(conversation);
    expect(asked?.cases).toHaveLength(21);
    expect(asked?.cases.at(-1)?.id).toBe(old.id);
  });

  it('of a case has that case, also when it is past the newest twenty', async () => {
    const conversation = await aConversation(register);
    const old = aCase(conversation, { openedAt: hours(-99) });
    await carryOut(register, conversation, [old, ...Array.from({ length: 20 }, () => aCase(conversation))].map(registered));
    const view = await register.turns.viewOfCase(old.id);
    expect(view?.conversation.id).toBe(conversation);
    expect(view?.cases.map((it) => it.id)).toContain(old.id);
    expect(await register.turns.viewOfCase(aCase(conversation).id)).toBeNull();
  });
});

describe('the end of a turn that somebody else overtook', () => {
  it('is a conflict, and writes nothing at all', async () => {
    const conversation = await aConversation(register);
    const message = arrival(conversation, 'overtaken');
    await register.turns.receive(message);
    const seen = await register.turns.next(conversation);
    await carryOut(register, conversation, []);
    const before = await everything(conversation);
    const person = newId<PersonId>();
    const it = aCase(conversation, { person });
    const change = {
      conversation,
      version: seen?.conversation.version ?? -1,
      at: hours(1),
      incoming: { intake: message.id, message: newId<MessageId>(), text: 'hallo' },
      effects: [{ kind: 'introduce', person, name: 'Iemand', address: 'x@example.org' } as const, registered(it), happened(it, 'queued')],
    };
    expect(await register.turns.commit(change)).toEqual({ kind: 'conflict' });
    expect(await everything(conversation)).toEqual(before);
    expect(await register.people.byId(person)).toBeNull();
    expect(await register.turns.commit({ ...change, version: change.version + 1 })).toMatchObject({ kind: 'committed' });
    expect(await register.people.byId(person)).toMatchObject({ name: 'Iemand', verified: false });
  });
});

const everything = (conversation: ConversationId) =>
  ask(
    `select to_jsonb(c), (select jsonb_agg(i order by seq) from intake i where i.conversation_id = c.id),
       (select jsonb_agg(m order by seq) from messages m where m.conversation_id = c.id), (select jsonb_agg(k order by id) from cases k where k.conversation_id = c.id),
       (select count(*) from people), (select count(*) from case_events), (select count(*) from outbox)
     from conversations c where c.id = $1`,
    [conversation],
  );
