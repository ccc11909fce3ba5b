import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CaseId, type Effect, newId, type PersonId } from '../domain/index.ts';
import { createDatabase } from '../test/setup/database.ts';
import type { Register } from './index.ts';
import { aCase, aConversation, aPerson, carryOut, happened, type Opened, openForTest, registered, said } from './test/builders.ts';

/** Where the requester of a case last wrote about it. */

let opened: Opened;
let register: Register;
beforeAll(async () => {
  opened = await openForTest(await createDatabase());
  register = opened.register;
});
afterAll(() => opened?.close());

/** A case of somebody's, and another conversation, his own unless it is given whose. */
async function twoPlaces(given: { readonly other?: PersonId | null } = {}) {
  const person = await aPerson(register);
  const begun = await aConversation(register, { channel: 'teams', person });
  const elsewhere = await aConversation(register, { channel: 'email', person: given.other === undefined ? person : given.other });
  const it = aCase(begun, { person, channel: 'teams' });
  await carryOut(register, begun, [registered(it)]);
  return { begun, elsewhere, it };
}
const spokenHere = (id: CaseId): Effect => ({ kind: 'spoken-here', case: id });
const placeOf = async (id: CaseId) => (await register.turns.viewOfCase(id))?.conversation.id;

it('is where news about it goes; written about where it was opened it is there again', async () => {
  const { begun, elsewhere, it } = await twoPlaces();
  expect(await placeOf(it.id)).toBe(begun);
  await carryOut(register, elsewhere, [spokenHere(it.id)]);
  expect(await placeOf(it.id)).toBe(elsewhere);
  const view = await register.turns.next(elsewhere);
  expect(view?.cases.map(({ id, conversation }) => [id, conversation])).toEqual([[it.id, elsewhere]]);
  await carryOut(register, begun, [spokenHere(it.id)]);
  expect(await placeOf(it.id)).toBe(begun);
});

it.each([{ other: null }, { other: newId<PersonId>() }])('moves by nobody else ($other)', async ({ other }) => {
  const somebody = other && (await aPerson(register, 'Iemand anders'));
  const { begun, elsewhere, it } = await twoPlaces({ other: somebody });
  await carryOut(register, elsewhere, [spokenHere(it.id)]);
  expect(await placeOf(it.id)).toBe(begun);
});

it('stays where a colleague talks about it, until he is done', async () => {
  const { begun, elsewhere, it } = await twoPlaces();
  const talk = { by: newId<PersonId>(), name: 'Anna', case: it.id, since: '', active: '', unread: false };
  const state = { language: 'nl', open: [], lastProduct: null } as const;
  await carryOut(register, begun, [{ kind: 'state', state: { ...state, takeOver: talk } }]);
  await carryOut(register, elsewhere, [spokenHere(it.id)]);
  expect(await placeOf(it.id)).toBe(begun);
  await carryOut(register, begun, [{ kind: 'state', state }]);
  await carryOut(register, elsewhere, [spokenHere(it.id)]);
  expect(await placeOf(it.id)).toBe(elsewhere);
});

it('lets two conversations decide on a case at once: one is first, the other is decided again', async () => {
  const { begun, elsewhere, it } = await twoPlaces();
  const effects = [happened(it, 'added', { kind: 'requester' })];
  const change = { version: 0, at: it.openedAt, incoming: null, effects };
  const both = await Promise.all([
    register.turns.commit({ ...change, conversation: begun, version: 1 }),
    register.turns.commit({ ...change, conversation: elsewhere }),
  ]);
  expect(both.map(({ kind }) => kind).sort()).toEqual(['committed', 'conflict']);
  expect((await register.cases.history(it.id)).map(({ name }) => name)).toEqual(['opened', 'added']);
});

it('is one timeline: what was said in each, in order, with its channel', async () => {
  const { begun, elsewhere, it } = await twoPlaces();
  const at = (minutes: number) => new Date(it.openedAt.getTime() + minutes * 60_000);
  for (const [i, place] of [begun, elsewhere, begun].entries()) await carryOut(register, place, [said(`regel ${i}`, [it])], at(i));
  expect((await register.conversations.ofCase(it.id)).map(({ text, channel }) => [text, channel])).toEqual([
    ['regel 0', 'teams'],
    ['regel 1', 'email'],
    ['regel 2', 'teams'],
  ]);
});
