import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Case, newId, type PersonId, ROLES } from '../domain/index.ts';
import { createDatabase } from '../test/setup/database.ts';
import type { Colleague } from './index.ts';
import { aCase, aColleague, aConversation, aPerson, carryOut, openForTest, registered } from './test/builders.ts';

const { register, ask, close } = await openForTest(await createDatabase());
afterAll(close);

let named: Colleague;
let person: PersonId;
/** Of the team hr: one that anybody there reads, one that is restricted without readers, one with readers. */
const made: { open: Case; restricted: Case; withReaders: Case }[] = [];

beforeAll(async () => {
  named = await aColleague(register, { teams: ['reception'] });
  const address = (await register.people.byId(named.id))?.address ?? '';
  const products = [{ id: 'sickness', readers: [address.toUpperCase(), 'team:confidential', 'role:auditor'] }, { id: 'climate' }];
  await register.published.store('v1', { products }, null);
  await register.published.activate('v1', null, null);
  person = await aPerson(register);
  const conversation = await aConversation(register, { person });
  const given = { team: 'hr', person, state: 'queued', urgent: true } as const;
  const it = {
    open: aCase(conversation, given),
    restricted: aCase(conversation, { ...given, restricted: true }),
    withReaders: aCase(conversation, { ...given, restricted: true, product: 'sickness' }),
  };
  await carryOut(register, conversation, Object.values(it).map(registered));
  await register.search.index();
  made.push(it);
});

/** What somebody sees, by every way there is; the ways must agree. */
async function seenBy(colleague: Colleague): Promise<string[]> {
  const [it] = made;
  if (!it) throw new Error('nothing was made');
  const names = Object.entries(it);
  const named = (ids: readonly string[]) => names.flatMap(([name, { id }]) => (ids.includes(id) ? [name] : []));
  const { cases } = register;
  const found = (await Promise.all(names.map(async ([, { id }]) => ((await cases.find(id, colleague)) ? [id] : [])))).flat();
  const ways = {
    list: (await cases.list({ kind: 'team', team: 'hr' }, colleague, {})).cases.map((row) => row.case.id),
    search: (await cases.list({ kind: 'all' }, colleague, { search: 'bloedheet' })).cases.map((row) => row.case.id),
    urgent: (await cases.counts(colleague)).urgent.map(({ id }) => id),
    earlier: (await cases.earlier(aCase(it.open.conversation, { person }), colleague)).map((row) => row.case.id),
  };
  for (const [way, ids] of Object.entries(ways)) expect({ way, seen: named(ids) }).toEqual({ way, seen: named(found) });
  expect((await cases.counts(colleague)).teams.find(({ team }) => team === 'hr')?.open ?? 0).toBe(found.length);
  return named(found);
}

const of = async (role: Colleague['role'], teams: readonly string[] = []) => await seenBy(await aColleague(register, { role, teams }));

describe('a case', () => {
  it.each([
    ['worker', ['open', 'restricted']],
    ['agent', ['open', 'restricted']],
    ['coordinator', ['open', 'restricted']],
    ['manager', ['open']],
    ['admin', ['open', 'restricted']],
    ['auditor', ['open', 'restricted', 'withReaders']],
  ] as const)('of the own team is for a %s', async (role, seen) => {
    expect(await of(role, ['hr'])).toEqual(seen);
  });

  it.each([
    ['worker', []],
    ['agent', ['open']],
    ['coordinator', []],
    ['manager', []],
    ['admin', ['open']],
    ['auditor', ['open', 'restricted', 'withReaders']],
  ] as const)('of another team is for a %s', async (role, seen) => {
    expect(await of(role, ['catering'])).toEqual(seen);
  });

  it('with readers is for who is named by address, in whatever letters, and for the team that is named', async () => {
    expect(await seenBy(named)).toEqual(['withReaders']);
    for (const role of ROLES) expect(await of(role, ['confidential'])).toContain('withReaders');
  });

  it('with readers stays theirs when somebody else holds it', async () => {
    const worker = await aColleague(register, { teams: ['hr'] });
    const conversation = await aConversation(register);
    const it = aCase(conversation, { team: 'hr', product: 'sickness', restricted: true, state: 'claimed', worker: worker.id });
    await carryOut(register, conversation, [registered(it)]);
    expect(await register.cases.find(it.id, worker)).toBeNull();
    expect((await register.cases.counts(worker)).mine).toBe(0);
    await ask(`update cases set state = 'withdrawn', worker_id = null where id = $1`, [it.id]);
  });
});

describe('reading what is restricted', () => {
  it('is written down: who, when and which; nothing else is', async () => {
    const [it] = made;
    const auditor = await aColleague(register, { role: 'auditor' });
    for (const one of Object.values(it ?? {})) await register.cases.find(one.id, auditor);
    const read = (await register.audit.list({ action: 'restricted-read' })).entries.filter(({ actor }) => actor?.id === auditor.id);
    expect(read).toMatchObject([
      { subject: it?.withReaders.id, data: { reference: it?.withReaders.reference }, actor: { name: auditor.name } },
      { subject: it?.restricted.id, data: { reference: it?.restricted.reference } },
    ]);
    expect((await register.audit.list({ action: 'restricted-read', subject: it?.restricted.id, before: read[1]?.id })).entries).not.toEqual(
      [],
    );
    const { entries } = await register.audit.list({ subject: it?.restricted.reference.toLowerCase() });
    expect(entries).toEqual((await register.audit.list({ subject: it?.restricted.id })).entries);
    expect(entries).not.toEqual([]);
    expect(await register.audit.list({ subject: it?.open.id })).toEqual({ entries: [], next: null });
  });

  it('of somebody who may not see it is no reading', async () => {
    const [it] = made;
    const stranger = await aColleague(register, { teams: ['catering'] });
    expect(await register.cases.find(it?.restricted.id ?? newId(), stranger)).toBeNull();
    expect((await register.audit.list({ action: 'restricted-read' })).entries.filter(({ actor }) => actor?.id === stranger.id)).toEqual([]);
  });
});

describe('the readers of a product', () => {
  it('are those of the catalogue in force', async () => {
    await register.published.store('v2', { products: [{ id: 'sickness', readers: ['role:admin'] }] }, 'v1');
    await register.published.activate('v2', 'v1', null);
    expect(await ask('select product, reader from product_readers')).toEqual([['sickness', 'role:admin']]);
    expect(await of('admin')).toEqual(['open', 'withReaders']);
    expect(await of('auditor')).toEqual(['open', 'restricted']);
  });
});
