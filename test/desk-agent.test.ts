/** An agent at the desk on the running desk: registering for others, calling back, and saying that two are one. */
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCatalogue } from '../catalogue/index.ts';
import type { CallBackList, PersonDetail, PersonList, Proposal, RegisteredCase, RegisterRequest } from '../workbench/protocol.ts';
import { createDatabase } from './setup/database.ts';
import { ChatClient } from './support/chat-client.ts';
import { newWorker } from './support/desk-template.ts';
import { eventually } from './support/eventually.ts';
import { ask } from './support/register-check.ts';
import { RunningDesk } from './support/running-desk.ts';
import { WorkbenchClient } from './support/workbench-client.ts';

const database = await createDatabase();
const desk = new RunningDesk({ database });
let admin: WorkbenchClient;
let agent: WorkbenchClient;
let facilities: WorkbenchClient;

beforeAll(async () => {
  await desk.start();
  admin = await WorkbenchClient.signIn(() => desk.url, desk.administratorLink ?? '');
  agent = await newWorker(desk, admin, 'agent@example.org', ['desk']);
  facilities = await newWorker(desk, admin, 'facilities@example.org', ['facilities']);
}, 240_000);
afterAll(async () => {
  await desk.stop();
  await database.drop();
});

async function get<T>(who: WorkbenchClient, path: string): Promise<T> {
  const answer = await who.request('GET', path);
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  return JSON.parse(await answer.text());
}

async function post<T>(who: WorkbenchClient, path: string, body: unknown): Promise<T> {
  const answer = await who.request('POST', path, body);
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  return JSON.parse(await answer.text());
}

const LAMP = 'De lamp in kamer 2.10 is kapot';

function request(given: Partial<RegisterRequest> = {}): RegisterRequest {
  return {
    id: randomUUID(),
    means: 'phone',
    requester: { name: 'Wim Janssen', phone: '06 1234 5678' },
    language: 'nl',
    text: LAMP,
    values: {},
    ...given,
  };
}

const registered = (given: Partial<RegisterRequest> = {}) => post<RegisteredCase>(agent, '/register', request(given));
const look = (text: string, more: object = {}) => post<Proposal>(agent, '/register/look', { text, language: 'nl', values: {}, ...more });

interface CaseRow {
  readonly id: string;
  readonly product: string | null;
  readonly kind: string;
  readonly team: string;
  readonly state: string;
  readonly values: Readonly<Record<string, string>>;
  readonly channel: string;
  readonly disruption_id: string | null;
}

async function caseOf({ reference }: RegisteredCase): Promise<CaseRow> {
  const [row] = await ask<CaseRow>(database.ownerUrl, 'select * from cases where reference = $1', [reference]);
  if (!row) throw new Error(`there is no case ${reference}`);
  return row;
}

describe('registering for somebody else', () => {
  it('shows product, form, team and answer while one types, and stores nothing', async () => {
    const count = async () => (await ask<{ n: number }>(database.ownerUrl, 'select count(*)::integer as n from intake', []))[0]?.n;
    const before = await count();
    const proposal = await look(LAMP);
    expect(proposal).toMatchObject({ kind: 'fault', team: 'facilities', danger: null });
    expect(proposal.fields.map(({ value }) => value)).toContain('kamer 2.10');
    expect(await look('')).toMatchObject({ product: null, answer: null });
    expect((await look('er is brand in de meterkast')).danger).toMatch(/112|BHV|\d{3}/);
    expect(await count()).toBe(before);
  });

  it('is one case with the agent as its writer and the means on it, however often it is sent', async () => {
    const wanted = request({ means: 'counter' });
    const [one, two] = await Promise.all([
      post<RegisteredCase>(agent, '/register', wanted),
      post<RegisteredCase>(agent, '/register', wanted),
    ]);
    const again = await post<RegisteredCase>(agent, '/register', wanted);
    expect(one.reference).toMatch(/^SD-/);
    expect([two.reference, again.reference]).toEqual([one.reference, one.reference]);
    expect(one.said).toContain(one.reference);
    const it = await caseOf(one);
    expect(it).toMatchObject({ channel: 'desk', team: 'facilities', state: 'queued' });
    const detail = await facilities.detail(it.id);
    expect(detail.messages[0]).toMatchObject({ from: 'requester', text: LAMP });
    const [opened] = await ask<{ actor: string; means: string }>(
      database.ownerUrl,
      `select p.address as actor, e.data ->> 'means' as means from case_events e join people p on p.id = e.actor_id where e.case_id = $1 and e.name = 'opened'`,
      [it.id],
    );
    expect(opened).toEqual({ actor: 'agent@example.org', means: 'counter' });
    expect(
      await ask(database.ownerUrl, `select id from people where name = 'Wim Janssen' and phone = '06 1234 5678'`, []),
    ).not.toHaveLength(0);
  });

  it('takes what the agent settled, also what is not known', async () => {
    const proposal = await look(LAMP);
    const room = proposal.fields.find(({ value }) => value === 'kamer 2.10');
    const it = await caseOf(await registered({ values: { [room?.id ?? '']: '' }, kind: 'complaint' }));
    expect(it.kind).toBe('complaint');
    expect(Object.values(it.values)).not.toContain('kamer 2.10');
    expect(await caseOf(await registered({ product: null }))).toMatchObject({ product: null, team: 'desk', state: 'queued' });
    // A request that lacks what it needs is asked for nothing: it goes to people as it is.
    expect((await caseOf(await registered({ text: 'Ik wil graag een parkeerplaats reserveren voor een bezoeker' }))).state).toBe('queued');
  });

  it('finds people by every word, and a phone by its digits', async () => {
    const found = async (text: string) => (await get<PersonList>(agent, `/people?search=${encodeURIComponent(text)}`)).people;
    await registered({ requester: { name: 'Fenna Zijlstra', phone: '+31 (0)20-765 43 21' } });
    for (const text of ['fenna zijl', 'Zijlstra', 'zijlsta', '020 7654321', '7654321'])
      expect(
        (await found(text)).map(({ name }) => name),
        text,
      ).toContain('Fenna Zijlstra');
    expect(await found('fenna %')).toEqual([]);
    expect(await found('   ')).toEqual([]);
  });

  it('names open cases of the same person', async () => {
    const { person } = await registered({ product: null, requester: { name: 'Piet Dubbel' } });
    const { reference } = await registered({ product: null, requester: { id: person } });
    const { open } = await look(LAMP, { person });
    expect(open).toHaveLength(2);
    expect(open.map((it) => it.reference)).toContain(reference);
  });

  it('is for agents of the desk alone', async () => {
    expect((await facilities.request('POST', '/register', request())).status).toBe(403);
    expect((await facilities.request('POST', '/register/look', { text: LAMP, language: 'nl', values: {} })).status).toBe(403);
    expect((await facilities.request('GET', '/people?search=wim')).status).toBe(403);
    for (const wrong of [{ text: '  ' }, { means: 'pigeon' }, { requester: { name: ' ' } }, { requester: { id: randomUUID() } }])
      expect((await agent.request('POST', '/register', { ...request(), ...wrong })).status, JSON.stringify(wrong)).toBe(422);
  });

  it('goes before everything when there is danger, and is told as such', async () => {
    const done = await registered({ text: 'er is brand in de meterkast van gebouw A' });
    expect(done).toMatchObject({ alarm: true });
    expect((await caseOf(done)).state).toBe('queued');
  });

  it('asks where the danger is when the story did not say so, and takes the answer once', async () => {
    const wanted = request({ text: 'er ligt iemand bewusteloos op de grond', requester: { name: 'Kees Haast' } });
    const done = await post<RegisteredCase>(agent, '/register', wanted);
    expect(done.alarm).toBe(true);
    const answer = { id: randomUUID(), question: done.asks ?? '', value: 'kamer 3.14', text: 'kamer 3.14' };
    for (let i = 0; i < 2; i++) await post(agent, `/register/${wanted.id}/answer`, answer);
    const said = await ask<{ text: string }>(
      database.ownerUrl,
      `select m.text from messages m join case_messages l on l.message_id = m.id where l.case_id = $1 and m.direction = 'in' order by m.seq`,
      [(await caseOf(done)).id],
    );
    expect(said.map(({ text }) => text)).toEqual([wanted.text, 'kamer 3.14']);
    expect((await facilities.request('POST', `/register/${wanted.id}/answer`, answer)).status).toBe(403);
  });
});

describe('news for who cannot be written to', () => {
  const calls = async (who: WorkbenchClient) => (await get<CallBackList>(who, '/call-backs')).calls;

  it('is a call-back: not for who is on it, but for what is said; done by a button, and seen on the case', async () => {
    const done = await registered({ requester: { name: 'Greet de Boer', phone: '020 555 1234' } });
    const it = await caseOf(done);
    const mine = async (who = agent) => (await calls(who)).find(({ person }) => person?.id === done.person);
    expect((await facilities.act(it.id, { action: 'claim' })).status).toBe(200);
    await eventually(async () =>
      expect(await ask(database.ownerUrl, 'select pressing from call_backs where case_id = $1', [it.id])).toEqual([{ pressing: false }]),
    );
    expect(await mine()).toBeUndefined();
    await facilities.act(it.id, { action: 'ask', text: 'Brandt de andere lamp nog wel?' });
    const call = await eventually(async () => {
      const found = await mine();
      if (!found) throw new Error('nobody is to be called yet');
      return found;
    });
    expect(call.person).toMatchObject({ name: 'Greet de Boer', phone: '020 555 1234' });
    expect(call.news).toHaveLength(2);
    expect(call.news.at(-1)?.text).toContain('Brandt de andere lamp nog wel?');
    const messages = call.news.map(({ message }) => message);
    await post(agent, `/call-backs/${call.conversation}`, { messages, reached: false });
    expect(await mine()).toMatchObject({ attempts: 1 });
    const answer = { id: randomUUID(), question: call.ask?.question ?? '', value: 'Ja, die brandt.', text: 'Ja, die brandt.' };
    await post(agent, `/call-backs/${call.conversation}`, { messages, reached: true, answer });
    expect(await mine()).toBeUndefined();
    const detail = await facilities.detail(it.id);
    expect(detail.state).toBe('claimed');
    expect(detail.messages.map(({ text }) => text)).toContain('Ja, die brandt.');
    expect(detail.history.filter(({ event }) => event === 'called')).toHaveLength(2);
    expect((await agent.request('POST', `/call-backs/${call.conversation}`, { messages, reached: true })).status).toBe(409);
  });
});

describe('news about what is restricted', () => {
  it('is for who may read the case, and is read there', async () => {
    const loaded = await loadCatalogue(fileURLToPath(new URL('../catalogue', import.meta.url)));
    const product = loaded.kind === 'ok' ? loaded.catalogue.products.find(({ restricted }) => restricted) : undefined;
    if (!product) throw new Error('the catalogue has nothing that is restricted');
    const done = await registered({ product: product.id, requester: { name: 'Ada Stil' } });
    const it = await caseOf(done);
    const colleague = await newWorker(desk, admin, 'restricted@example.org', [it.team]);
    expect((await colleague.act(it.id, { action: 'claim' })).status).toBe(200);
    expect((await colleague.act(it.id, { action: 'reply', text: 'Een geheim.' })).status).toBe(200);
    const mine = async (who: WorkbenchClient) =>
      (await get<CallBackList>(who, '/call-backs')).calls.find(({ person }) => person?.id === done.person);
    const call = await eventually(async () => {
      const found = await mine(colleague);
      if (!found) throw new Error('nobody is to be called yet');
      return found;
    });
    expect(call.news.at(-1)).toMatchObject({ case: it.id, text: null });
    expect(JSON.stringify(call)).not.toContain('geheim');
    expect(await mine(agent)).toBeUndefined();
    const messages = call.news.map(({ message }) => message);
    expect((await agent.request('POST', `/call-backs/${call.conversation}`, { messages, reached: true })).status).toBe(409);
    expect((await get<PersonDetail>(agent, `/people/${done.person}`)).cases).toEqual([]);
  });
});

describe('two who are one', () => {
  it('show as one person until that is undone; colleagues are never joined', async () => {
    const visitor = await ChatClient.start(() => desk.url, { sub: 'loes', name: 'Loes Vermeer', email: 'loes@example.org' });
    await visitor.say('de radiator in kamer 1.04 wordt niet warm');
    const [loes] = (await get<PersonList>(agent, '/people?search=loes@example.org')).people;
    const { person, reference } = await registered({ requester: { name: 'Mevrouw Vermeer' }, product: null });
    const page = () => get<PersonDetail>(admin, `/people/${loes?.id}`);
    const before = await page();
    expect(before.cases).toHaveLength(1);
    const joined = await post<PersonDetail>(agent, `/people/${person}/join`, { with: loes?.id });
    expect(joined.same.map(({ name }) => name)).toEqual(['Loes Vermeer']);
    const after = await page();
    expect(after.cases.map((it) => it.reference)).toContain(reference);
    expect(after.joins).toHaveLength(1);
    // She is told of it on her own channel too.
    expect((await visitor.say('hoe staat het met mijn meldingen?')).at(-1)?.text).toContain(reference);
    await post(agent, `/people/joins/${after.joins[0]?.id}/undo`, {});
    expect(await page()).toEqual(before);
    expect((await agent.request('POST', `/people/joins/${after.joins[0]?.id}/undo`, {})).status).toBe(409);
    const actions = await ask<{ action: string }>(
      database.ownerUrl,
      `select action from audit where action like 'people-%' order by id`,
      [],
    );
    expect(actions.map(({ action }) => action)).toEqual(['people-joined', 'people-parted']);
    for (const other of [agent.id, person, randomUUID()])
      expect((await agent.request('POST', `/people/${person}/join`, { with: other })).status).toBe(422);
  });
});
