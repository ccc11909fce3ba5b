/** A case of several parts on the running desk: real queues of several teams, and a process that is killed in the midst of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseParts } from '../workbench/protocol-parts.ts';
import { createDatabase } from './setup/database.ts';
import { ChatClient, type ChatMessage } from './support/chat-client.ts';
import { newWorker } from './support/desk-template.ts';
import { eventually } from './support/eventually.ts';
import { RunningDesk } from './support/running-desk.ts';
import { type CaseDetail, WorkbenchClient } from './support/workbench-client.ts';

const database = await createDatabase();
const desk = new RunningDesk({ database });
let admin: WorkbenchClient;
const teams = new Map<string, WorkbenchClient>();

beforeAll(async () => {
  await desk.start();
  admin = await WorkbenchClient.signIn(() => desk.url, desk.administratorLink ?? '');
  for (const team of ['hr', 'security', 'ict', 'facilities']) teams.set(team, await newWorker(desk, admin, `${team}@example.org`, [team]));
}, 240_000);
afterAll(async () => {
  await desk.stop();
  await database.drop();
});

function worker(team: string): WorkbenchClient {
  const it = teams.get(team);
  if (!it) throw new Error(`nobody works in ${team}`);
  return it;
}

async function json<T>(answer: Response): Promise<T> {
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  return JSON.parse(await answer.text());
}

/** Somebody asks for a new colleague until it is registered. @returns what was said last */
async function newEmployee(chat: ChatClient): Promise<ChatMessage> {
  const said = await chat.say('Ik wil een nieuwe medewerker aanmelden, Piet de Vries begint op 1 februari 2027');
  const asked = said.at(-1)?.reply?.ask;
  if (asked?.kind !== 'form') throw new Error(`no form was asked: ${said.at(-1)?.text}`);
  const values: Record<string, string> = { change: 'starts', employee: 'Piet de Vries', 'start-date': '2027-02-01' };
  const form = Object.fromEntries((asked.fields ?? []).map(({ id }) => [id, values[id] ?? '']));
  const last = (await chat.press(asked.id, form)).at(-1);
  if (!last) throw new Error('nothing was said');
  return last;
}

/** The next of a team's queue, once it is there. */
const next = (team: string): Promise<CaseDetail> =>
  eventually(async () => {
    const it = await worker(team).next(team);
    if (!it) throw new Error(`nothing waits for ${team}`);
    return it;
  });

/** A team's queue is empty; a ticket that came late for what its worker holds is worth nothing. */
async function nothingWaits(team: string): Promise<void> {
  expect(await worker(team).next(team)).toBeNull();
}

const ready = (team: string, it: CaseDetail, text = 'Gedaan.') => worker(team).act(it.id, { action: 'ready', text });
const partsOf = async (id: string, who = admin): Promise<CaseParts> => json(await who.request('GET', `/cases/${id}/parts`));
const texts = async (chat: ChatClient): Promise<string> => (await chat.timeline()).map(({ text }) => text).join('\n');

describe('a new employee', { timeout: 120_000 }, () => {
  it('is done by four teams, each from its own queue and in order, and told ready once', async () => {
    const chat = await ChatClient.start(() => desk.url);
    const { text } = await newEmployee(chat);
    expect(text).toContain('Het bestaat uit: toegangspas, accounts, laptop en werkplek.');

    const badge = await next('security');
    const accounts = await next('ict');
    expect(accounts.title).toMatch(/^Accounts: /);
    // The laptop waits for the accounts, and the workplace for the laptop.
    await nothingWaits('ict');
    await nothingWaits('facilities');
    const listed = await json<{ cases: readonly unknown[] }>(await worker('facilities').request('GET', '/cases?view=team.facilities'));
    expect(listed.cases).toEqual([]);

    const { whole, parts } = await partsOf(badge.id, worker('security'));
    expect(text).toContain(whole.reference);
    expect(parts.map(({ title, state, readable }) => [title.nl, state, readable])).toEqual([
      ['Toegangspas', 'claimed', true],
      ['Accounts', 'claimed', false],
      ['Laptop', 'open', false],
      ['Werkplek', 'open', false],
    ]);
    expect(parts[2]?.waitsFor).toEqual([{ nl: 'Accounts', en: 'Accounts' }]);

    await json(await ready('ict', accounts));
    const laptop = await next('ict');
    expect(laptop.title).toMatch(/^Laptop: /);
    await json(await ready('security', badge));
    expect((await chat.say('status')).at(-1)?.text).toContain('- Werkplek: wacht op laptop');
    await json(await ready('ict', laptop));
    expect(await texts(chat)).not.toContain('Alles is klaar');
    await json(await ready('facilities', await next('facilities')));

    expect((await texts(chat)).match(/Alles is klaar/g)).toHaveLength(1);
    expect((await partsOf(whole.id)).whole.state).toBe('ready');
    expect((await texts(chat)).match(/SD-[\w-]{9}/g)?.every((reference) => reference === whole.reference)).toBe(true);
  });

  it('loses and doubles nothing when the desk is killed right after a part was ready', async () => {
    const chat = await ChatClient.start(() => desk.url);
    await newEmployee(chat);
    const accounts = await next('ict');
    await desk.kill();
    await desk.start({ LOKET_TEST_CRASH_AT: 'turn:after-commit' });
    await Promise.allSettled([ready('ict', accounts), desk.ended()]);
    await desk.start();
    // It was committed: made ready once more is refused, and the laptop is in its queue, once.
    expect((await ready('ict', accounts)).status).toBe(409);
    const laptop = await next('ict');
    expect(laptop.title).toMatch(/^Laptop: /);
    await nothingWaits('ict');
    const { parts } = await partsOf(laptop.id);
    expect(parts.map(({ state }) => state)).toEqual(['queued', 'ready', 'claimed', 'open']);
  });

  it('is withdrawn with its parts, and their tickets are worth nothing any more', async () => {
    const chat = await ChatClient.start(() => desk.url);
    const reference = /SD-[\w-]{9}/.exec((await newEmployee(chat)).text)?.[0] ?? '';
    const badge = await nextOf('security', reference);
    await json(await worker('security').act(badge.id, { action: 'release' }));
    const asked = (await chat.say('laat maar')).at(-1);
    expect(asked?.text).toContain('intrekken');
    expect((await chat.press(asked?.reply?.ask?.id ?? '', 'yes')).at(-1)?.text).toContain('is ingetrokken');
    const { parts, whole } = await partsOf(badge.id);
    expect([whole, ...parts].map(({ state }) => state)).toEqual(Array(5).fill('withdrawn'));
    for (let it = await worker('security').next('security'); it; it = await worker('security').next('security'))
      expect(it.id).not.toBe(badge.id);
  });

  it('is reopened in so far as who works on it chooses', async () => {
    const chat = await ChatClient.start(() => desk.url);
    const reference = /SD-[\w-]{9}/.exec((await newEmployee(chat)).text)?.[0] ?? '';
    for (const team of ['security', 'ict', 'ict', 'facilities']) await finishOne(team, reference);
    await chat.say('nee, de laptop doet het niet');
    const whole = await next('hr');
    expect(whole.reference).toBe(reference);
    const { parts, mayReopen } = await partsOf(whole.id, worker('hr'));
    expect(mayReopen).toBe(true);
    const laptop = parts.find(({ title }) => title.en === 'Laptop')?.id;
    const after: CaseParts = await json(await worker('hr').request('POST', `/cases/${whole.id}/parts/reopen`, { parts: [laptop] }));
    expect(after.parts.map(({ state }) => state)).toEqual(['ready', 'ready', 'queued', 'ready']);
    expect(after.whole.state).toBe('waiting');
    await finishOne('ict', reference);
    expect((await partsOf(whole.id)).whole.state).toBe('ready');
    expect((await worker('ict').request('POST', `/cases/${whole.id}/parts/reopen`, { parts: [laptop] })).status).toBe(404);
    expect((await worker('hr').request('POST', `/cases/${whole.id}/parts/reopen`, { parts: [laptop] })).status).toBe(409);
  });
});

/** Takes from a team's queue until the part of this whole comes. */
async function nextOf(team: string, whole: string): Promise<CaseDetail> {
  for (;;) {
    const it = await next(team);
    if ((await partsOf(it.id)).whole.reference === whole) return it;
  }
}

async function finishOne(team: string, whole: string): Promise<void> {
  await json(await ready(team, await nextOf(team, whole)));
}
