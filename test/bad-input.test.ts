/** Whatever arrives gets a clear answer; nothing is lost, nothing crashes. One desk for all, as it stands on the network. */
import { randomUUID } from 'node:crypto';
import { UnsecuredJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase } from './setup/database.ts';
import { casesIn, expectError, ledgerOf } from './support/chat-checks.ts';
import { ChatClient, newVisitor, visitorToken } from './support/chat-client.ts';
import { newWorker } from './support/desk-template.ts';
import { eventually } from './support/eventually.ts';
import { ask, problemsOf } from './support/register-check.ts';
import { RunningDesk } from './support/running-desk.ts';
import { WorkbenchClient } from './support/workbench-client.ts';

const PER_MINUTE = 30;
const QUESTION = 'ik wil een medewerker spreken';
const database = await createDatabase();
const desk = new RunningDesk({ database, settings: { LOKET_MESSAGES_PER_MINUTE: String(PER_MINUTE) } });
const base = () => desk.url;
const chatting = () => ChatClient.start(base);
let administrator: WorkbenchClient;

beforeAll(async () => {
  await desk.start();
  administrator = await WorkbenchClient.signIn(base, desk.administratorLink ?? '');
}, 120_000);

afterEach(async () => {
  expect((await fetch(`${desk.url}/health`)).status).toBe(200);
});

afterAll(async () => {
  await eventually(async () => expect(await problemsOf(database.ownerUrl)).toEqual([]), 25_000);
  expect(desk.output).not.toMatch(/"level":50|Error:/);
  await desk.stop();
  await database.drop();
});

const workerOf = (team: string) => newWorker(desk, administrator, `${randomUUID()}@example.org`, [team]);
const ledger = (chat: ChatClient) => ledgerOf(database.ownerUrl, chat);
const casesOf = (chat: ChatClient) => casesIn(database.ownerUrl, chat);

describe('a message that cannot be taken', () => {
  it.each([
    ['nothing', ''],
    ['blanks', ' \n\t '],
    ['no text at all', undefined],
  ])('%s: says so', async (_, text) => {
    await expectError(await (await chatting()).post({ id: randomUUID(), text }), 422, 'empty');
  });

  it('8,001 characters: says how many it may be, and is on record', async () => {
    const chat = await chatting();
    const id = randomUUID();
    const text = 'a'.repeat(8_001);
    await expectError(await chat.post({ id, text }), 413, 'too-long');
    await expectError(await chat.post({ id, text }), 413, 'too-long');
    expect(await ledger(chat)).toEqual([{ status: 'refused', reason: 'too-long', external_id: id, text }]);
    expect(await (await administrator.request('GET', '/intake?status=refused')).json()).toMatchObject({
      rows: [{ status: 'refused', reason: 'too-long', text: expect.stringMatching(/^a{500}$/) }],
    });
  });

  it('8,000 characters are fine', async () => {
    const chat = await chatting();
    const text = `${QUESTION} ${'a'.repeat(8_000)}`.slice(0, 8_000);
    expect((await chat.say(text))[0]?.text).toBe(text);
  });

  it('a huge body is refused unread', async () => {
    const chat = await chatting();
    await expectError(await chat.post({ id: randomUUID(), text: 'a'.repeat(300_000) }), 413, 'too-long');
    // Of a larger one the connection may close before all is sent.
    const answer = await chat.post({ id: randomUUID(), text: 'a'.repeat(5_000_000) }).catch(() => null);
    if (answer) await expectError(answer, 413, 'too-long');
  });

  it.each([
    ['an empty body', '', {}],
    ['half of it', '{"text": "hal', {}],
    ['a form', 'text=hallo', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['plain text', 'hallo', { 'content-type': 'text/plain' }],
    ['bytes that are no UTF-8 JSON', '\u0000\u0001', {}],
  ])('%s is not JSON', async (_, body, headers) => {
    await expectError(await (await chatting()).raw(body, headers), 400, 'not-json');
  });

  it.each([
    ['null', null],
    ['a list', []],
    ['a number', 7],
    ['no id', { text: 'hallo' }],
    ['an id that is none', { id: '7', text: 'hallo' }],
    ['a number for text', { id: randomUUID(), text: 7 }],
    ['an object for text', { id: randomUUID(), text: { toString: 'x' } }],
    ['a word for an answer', { id: randomUUID(), answer: 'ja' }],
    ['a number for a value', { id: randomUUID(), answer: { question: 'q', value: 7 } }],
    ['a list of values', { id: randomUUID(), answer: { question: 'q', value: ['a'] } }],
    ['nested values', { id: randomUUID(), answer: { question: 'q', value: { a: { b: 'c' } } } }],
    ['a value of 4,001 characters', { id: randomUUID(), answer: { question: 'q', value: 'a'.repeat(4_001) } }],
    [
      '51 fields',
      { id: randomUUID(), answer: { question: 'q', value: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [i, 'x'])) } },
    ],
  ])('%s is of the wrong type', async (_, body) => {
    await expectError(await (await chatting()).raw(JSON.stringify(body)), 422, 'invalid');
  });

  it.each([
    ['beside the text', (id: string) => `{"id": "${id}", "text": "${QUESTION}", "__proto__": {"role": "admin"}}`],
    ['in a form', (id: string) => `{"id": "${id}", "answer": {"question": "q", "value": {"__proto__": "x"}}}`],
    ['by the constructor', (id: string) => `{"id": "${id}", "text": "hoi", "constructor": {"prototype": {"role": "admin"}}}`],
  ])('keys that would change every object, %s, are refused', async (_, body) => {
    const chat = await chatting();
    await expectError(await chat.raw(body(randomUUID())), 400, 'not-json');
    expect(await ledger(chat)).toEqual([]);
  });
});

describe('a conversation that is not yours', () => {
  it.each([randomUUID(), 'nonsense', '%00', `${randomUUID()}%27--`])('%s does not exist', async (id) => {
    const { secret } = await chatting();
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
    const url = `${desk.url}/chat/conversations/${id}/messages`;
    await expectError(await fetch(url, { headers }), 404, 'unknown-conversation');
    const body = JSON.stringify({ id: randomUUID(), text: 'hallo' });
    await expectError(await fetch(url, { method: 'POST', headers, body }), 404, 'unknown-conversation');
  });

  it("another's is forbidden, to read, to listen to and to write in", async () => {
    const mine = await chatting();
    const other = await chatting();
    const headers = { authorization: `Bearer ${mine.secret}` };
    await expectError(await fetch(`${desk.url}${other.path}`, { headers }), 403, 'forbidden');
    await expectError(await fetch(`${desk.url}/chat/conversations/${other.conversation}/events`, { headers }), 403, 'forbidden');
    await expectError(await other.raw(JSON.stringify({ id: randomUUID(), text: 'hallo' }), headers), 403, 'forbidden');
    expect(await other.timeline()).toEqual([]);
  });

  it.each([
    ['no secret', ''],
    ['a short one', 'Bearer abc'],
    ['another scheme', `Basic ${'a'.repeat(43)}`],
  ])('%s does not open it', async (_, authorization) => {
    await expectError(
      await (await chatting()).raw(JSON.stringify({ id: randomUUID(), text: 'hallo' }), { authorization }),
      401,
      'not-signed-in',
    );
  });

  it('a page of another origin may not use the chat', async () => {
    const answer = await (await chatting()).raw('{}', { origin: 'https://evil.example.com' });
    await expectError(answer, 403, 'origin-not-allowed');
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('a token that the intranet did not sign', () => {
  const visitor = newVisitor();
  it.each([
    ['forged', () => visitorToken(visitor, { key: 'another key, which is long enough for this' })],
    ['expired', () => visitorToken(visitor, { expires: Math.floor(Date.now() / 1000) - 60 })],
    ['unsigned', async () => new UnsecuredJWT({ sub: 'x', name: 'X' }).setExpirationTime('1h').encode()],
    ['changed', async () => (await visitorToken(visitor)).replace(/\.[^.]{5}/, '.AAAAA')],
    ['no token', async () => 'nonsense'],
  ])('%s: is refused', async (_, token) => {
    const body = JSON.stringify({ token: await token() });
    const headers = { 'content-type': 'application/json' };
    await expectError(await fetch(`${desk.url}/chat/conversations`, { method: 'POST', headers, body }), 401, 'bad-token');
    expect(await ask(database.ownerUrl, 'select 1 from people where address = $1', [visitor.email])).toEqual([]);
  });
});

describe('too much, or twice', () => {
  it('a flood is told to wait, and another conversation notices nothing', async () => {
    const flooding = await chatting();
    const other = await chatting();
    const answers = await Promise.all(Array.from({ length: PER_MINUTE + 10 }, () => flooding.post({ id: randomUUID(), text: 'bedankt' })));
    const refused = answers.filter((answer) => answer.status !== 200);
    expect(refused).toHaveLength(10);
    for (const answer of refused) {
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      await expectError(answer, 429, 'too-many');
    }
    expect((await other.post({ id: randomUUID(), text: 'bedankt' })).status).toBe(200);
    // Somebody who knows no more than its address cannot use up another's room.
    const guesses = Array.from({ length: PER_MINUTE + 5 }, () => other.raw('{}', { authorization: `Bearer ${'x'.repeat(43)}` }));
    expect(new Set((await Promise.all(guesses)).map((answer) => answer.status))).toEqual(new Set([403, 429]));
    expect((await other.post({ id: randomUUID(), text: 'bedankt' })).status).toBe(200);
  });

  it('the same message again is the same message', async () => {
    const chat = await chatting();
    const id = randomUUID();
    const first = await chat.say(QUESTION, id);
    const again = await chat.say(QUESTION, id);
    expect(again.map((line) => line.id)).toEqual(first.map((line) => line.id));
    await chat.say(QUESTION, id.toUpperCase());
    expect(await casesOf(chat)).toHaveLength(1);
    expect(await chat.timeline()).toHaveLength(first.length);
  });

  it('ten times at the same moment it is one case', async () => {
    const chat = await chatting();
    const id = randomUUID();
    const answers = await Promise.all(Array.from({ length: 10 }, () => chat.say(QUESTION, id)));
    for (const answer of answers) expect(answer[0]).toMatchObject({ clientId: id, seq: 1 });
    expect(await casesOf(chat)).toHaveLength(1);
    expect(await ledger(chat)).toMatchObject([{ status: 'handled', external_id: id }]);
    expect((await chat.timeline()).map(({ from }) => from)).toEqual(['visitor', 'desk']);
  });

  it('several at the same moment in one conversation are all handled, in the order in which they came', async () => {
    const chat = await chatting();
    await Promise.all(Array.from({ length: 6 }, () => chat.say(QUESTION)));
    expect(await casesOf(chat)).toHaveLength(6);
    const arrived = await ask<{ external_id: string }>(
      database.ownerUrl,
      'select external_id from intake where conversation_id = $1 order by seq',
      [chat.conversation],
    );
    const said = (await chat.timeline()).filter(({ from }) => from === 'visitor');
    expect(said.map(({ clientId }) => clientId)).toEqual(arrived.map((row) => row.external_id));
    expect((await chat.timeline()).map(({ seq }) => seq)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
  });
});

describe('strange text', () => {
  it.each([
    ['HTML', '<script>alert(1)</script><img src=x onerror=alert(1)> &amp; <b>vet</b>', null],
    ['SQL and templates', `'; drop table cases; -- \${7*7} {{7*7}} %s %n`, null],
    ['control characters', 'bel\u0007 escape\u001b[31mrood\u001b[0m tab\tregel\nterug\u0008 c1\u0085', null],
    ['direction marks', 'abc\u202egnp.exe\u202c nul\u200bbreedte \ufeffbom', null],
    ['emoji', 'Z\u0361a\u0335lgo 👩‍👩‍👧‍👦 \u{1F3F4}\u{E0067} é', null],
    ['NUL', 'voor\u0000na', 'voor\ufffdna'],
    ['half a surrogate pair', 'voor\ud83dna \udc00', 'voor\ufffdna \ufffd'],
  ])('%s is kept and shown as text', async (_, text, stored) => {
    const chat = await chatting();
    await chat.say(QUESTION);
    const id = (await casesOf(chat))[0]?.id ?? '';
    const asker = await workerOf('desk');
    await asker.act(id, { action: 'claim' });
    expect((await asker.act(id, { action: 'ask', text })).status).toBe(200);
    const expected = stored ?? text;
    const asked = (await chat.timeline()).at(-1);
    expect(asked).toMatchObject({ from: 'worker', text: expect.stringContaining(expected) });
    await chat.press(asked?.reply?.ask?.id ?? '', text);
    await chat.say(text);
    expect((await chat.timeline()).filter((line) => line.from === 'visitor').map((line) => line.text)).toEqual([
      QUESTION,
      expected,
      expected,
    ]);
    const { messages } = await asker.detail(id);
    expect(messages.filter((line) => line.text.includes(expected)).map(({ from }) => from)).toEqual(['worker', 'requester']);
    expect((await ledger(chat)).map((row) => [row.status, row.text]).slice(1)).toEqual([
      ['handled', expected],
      ['handled', expected],
    ]);
  });
});

describe('an answer that does not fit', () => {
  /** Opens the form of a taxi, whatever it asks. */
  async function taxi() {
    const chat = await chatting();
    const said = await chat.say('ik wil morgen om 10:00 een taxi naar Utrecht');
    const form = said.findLast((line) => line.reply?.ask?.kind === 'form')?.reply?.ask;
    expect(form, JSON.stringify(said)).toBeDefined();
    const budget = form?.fields?.find((field) => /budget/.test(field.id))?.id ?? '';
    expect(budget).not.toBe('');
    return { chat, form: form?.id ?? '', budget };
  }

  it('a budget number with a typo: says which number does not exist, keeps the rest and asks again', async () => {
    const { chat, form, budget } = await taxi();
    const said = await chat.press(form, { [budget]: '4410-32' });
    const again = said.findLast((line) => line.reply?.ask)?.reply;
    expect(again?.text).toContain('4410-32');
    expect(again?.ask?.fields?.find((field) => field.id === budget)?.error).toContain('4410-32');
    expect(await casesOf(chat)).toEqual([]);
    await chat.press(again?.ask?.id ?? '', { [budget]: '4410-23' });
    const stored = await ask<{ state: unknown }>(database.ownerUrl, 'select state from conversations where id = $1', [chat.conversation]);
    const kept = JSON.stringify([stored, await casesOf(chat)]);
    expect(kept).toContain('4410-23');
    expect(kept).not.toContain('4410-32');
  });

  it('fields that the form does not have are left out', async () => {
    const { chat, form, budget } = await taxi();
    const values = {
      [budget]: '4410-23',
      invented: 'x',
      team: 'security',
      state: 'closed',
      toString: 'x',
      hasOwnProperty: 'x',
      'contact.name': 'Iemand Anders',
    };
    await chat.press(form, values);
    const stored = await ask<{ state: unknown }>(database.ownerUrl, 'select state from conversations where id = $1', [chat.conversation]);
    const kept = JSON.stringify([stored, await casesOf(chat)]);
    for (const name of ['invented', 'security', 'toString', 'hasOwnProperty', 'Iemand Anders']) expect(kept).not.toContain(name);
  });

  it.each([randomUUID(), '', '__proto__', 'constructor', 'a'.repeat(64)])('a question "%s" that was never asked', async (question) => {
    const chat = await chatting();
    const said = await chat.press(question, 'yes');
    expect(said.map(({ from }) => from)).toEqual(['visitor', 'desk']);
    expect(said[1]?.text).toMatch(/\S{3,}/);
    expect(await casesOf(chat)).toEqual([]);
  });

  it('a question that was answered already changes nothing the second time', async () => {
    const chat = await chatting();
    const undo = (await chat.say(QUESTION)).findLast((line) => line.reply?.ask)?.reply?.ask;
    await chat.press(undo?.id ?? '', undo?.choices?.[0]?.value ?? '');
    const after = await casesOf(chat);
    const again = await chat.press(undo?.id ?? '', undo?.choices?.[0]?.value ?? '');
    expect(again.map(({ from }) => from)).toEqual(['visitor', 'desk']);
    expect(await casesOf(chat)).toEqual(after);
    expect((await chat.timeline()).find((line) => line.reply?.ask?.id === undo?.id)?.answered).toBe(true);
  });

  it("another conversation's question is none of this one's", async () => {
    const { form, budget } = await taxi();
    const stranger = await chatting();
    const said = await stranger.press(form, { [budget]: '4410-23' });
    expect(said.map(({ from }) => from)).toEqual(['visitor', 'desk']);
    expect(await casesOf(stranger)).toEqual([]);
  });
});

describe('at the workbench', () => {
  it('a request that another site could send is refused', async () => {
    const chat = await chatting();
    await chat.say(QUESTION);
    const worker = await workerOf('desk');
    const [it] = await casesOf(chat);
    const path = `/cases/${it?.id}/actions`;
    for (const headers of [
      { 'content-type': 'application/json' },
      { 'content-type': 'application/json', 'x-loket': '0' },
      { 'content-type': 'text/plain' },
    ]) {
      await expectError(await worker.request('POST', path, { action: 'claim' }, headers), 403, 'cross-site');
    }
    expect(await worker.detail(it?.id ?? '')).toMatchObject({ state: 'queued', worker: null });
    const preflight = await fetch(`${desk.url}/api/workbench${path}`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example.com', 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-loket' },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });

  it("another team's case can neither be seen nor touched", async () => {
    const chat = await chatting();
    await chat.say(QUESTION);
    const [it] = await casesOf(chat);
    const stranger = await workerOf('catering');
    await expectError(await stranger.request('GET', `/cases/${it?.id}`), 404, 'not-found');
    for (const action of [{ action: 'claim' }, { action: 'reply', text: 'x' }, { action: 'move', team: 'catering' }] as const)
      await expectError(await stranger.act(it?.id ?? '', action), 404, 'not-found');
    await expectError(await stranger.request('POST', '/teams/desk/next'), 403, 'not-allowed');
    expect((await stranger.list('team.desk')).map(({ id }) => id)).not.toContain(it?.id);
    expect((await administrator.detail(it?.id ?? '')).state).toBe('queued');
  });

  it('who is no administrator makes no links and reads no ledger', async () => {
    const worker = await workerOf('desk');
    await expectError(await worker.request('POST', '/links', { address: 'x@example.org', role: 'admin' }), 403, 'not-allowed');
    await expectError(await worker.request('GET', '/intake?status=refused'), 403, 'not-allowed');
    await expectError(await worker.request('POST', `/intake/${randomUUID()}/replay`), 403, 'not-allowed');
  });

  it('without a session, or with one that was made up, nothing opens', async () => {
    for (const cookie of ['', 'loket=nonsense', `loket=${'a'.repeat(43)}`]) {
      const nobody = new WorkbenchClient(base, { cookie, id: '' });
      await expectError(await nobody.request('GET', '/cases'), 401, 'not-signed-in');
      await expectError(await nobody.request('POST', '/teams/desk/next'), 401, 'not-signed-in');
    }
  });

  it('what makes no sense gets a sentence', async () => {
    const chat = await chatting();
    await chat.say(QUESTION);
    const id = (await casesOf(chat))[0]?.id ?? '';
    const worker = await workerOf('desk');
    await expectError(await worker.request('POST', `/cases/${id}/actions`, { action: 'destroy' }), 422, 'invalid');
    await expectError(await worker.request('POST', `/cases/${id}/actions`, { action: 'reply', text: 'a'.repeat(8_001) }), 422, 'invalid');
    await expectError(await worker.request('POST', `/cases/${id}/actions`, null), 422, 'invalid');
    await expectError(await worker.act(id, { action: 'ready', text: 'klaar' }), 409, 'not-now');
    await expectError(await worker.act('nonsense', { action: 'claim' }), 404, 'not-found');
    await expectError(await worker.act(randomUUID(), { action: 'claim' }), 404, 'not-found');
    await expectError(await worker.request('GET', '/cases?view=everything'), 422, 'invalid');
    expect((await worker.request('GET', '/cases?view=all&after=nonsense&search=%00%25')).status).toBe(200);
  });
});
