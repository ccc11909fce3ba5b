/** Two colleagues ask the same on the running desk; a worker merges their cases, and one ready report reaches both. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MergedCases } from '../workbench/protocol-merge.ts';
import { createDatabase } from './setup/database.ts';
import { ChatClient } from './support/chat-client.ts';
import { newWorker } from './support/desk-template.ts';
import { eventually } from './support/eventually.ts';
import { RunningDesk } from './support/running-desk.ts';
import { WorkbenchClient } from './support/workbench-client.ts';

const database = await createDatabase();
const desk = new RunningDesk({ database });
let admin: WorkbenchClient;
let sanne: WorkbenchClient;

beforeAll(async () => {
  await desk.start();
  admin = await WorkbenchClient.signIn(() => desk.url, desk.administratorLink ?? '');
  sanne = await newWorker(desk, admin, 'sanne@example.org', ['facilities']);
}, 240_000);
afterAll(async () => {
  await desk.stop();
  await database.drop();
});

interface Asked {
  readonly chat: ChatClient;
  readonly reference: string;
  readonly id: string;
}

async function ask(text: string): Promise<Asked> {
  const chat = await ChatClient.start(() => desk.url);
  await chat.say(text);
  const reference = /SD-[\w-]{9}/.exec(await said(chat))?.[0] ?? '';
  const { cases } = await json<{ cases: readonly { id: string; reference: string }[] }>(await admin.request('GET', '/cases?view=all'));
  const id = cases.find((it) => it.reference === reference)?.id;
  if (!id) throw new Error(`nothing was registered: ${await said(chat)}`);
  return { chat, reference, id };
}

async function json<T>(answer: Response): Promise<T> {
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  return JSON.parse(await answer.text());
}

const said = async (chat: ChatClient): Promise<string> => (await chat.timeline()).map(({ text }) => text).join('\n');
const stateOf = async ({ id }: Asked): Promise<string> => (await json<{ state: string }>(await admin.request('GET', `/cases/${id}`))).state;
const merge = (it: Asked, into: string): Promise<Response> => sanne.request('POST', `/cases/${it.id}/merge`, { into });

describe('two cases that ask the same', { timeout: 120_000 }, () => {
  it('are one to work on, two to count, and both requesters hear that it is ready', async () => {
    const first = await ask('het is bloedheet in kamer 3.14');
    const second = await ask('de airco in kamer 3.14 koelt niet');
    const after = await json<MergedCases>(await merge(second, first.reference.toLowerCase()));
    expect(after.into?.reference).toBe(first.reference);
    expect(await stateOf(second)).toBe('waiting');
    const words = await said(second.chat);
    expect(words).toContain('we doen ze samen');
    expect(words).not.toContain(first.reference);
    const gathered = await json<MergedCases>(await sanne.request('GET', `/cases/${first.id}/merged`));
    expect(gathered.cases.map(({ reference }) => reference)).toEqual([second.reference]);

    // Nobody else is told of it, and it is no disruption.
    const known = await json<{ running: readonly unknown[] }>(await admin.request('GET', '/disruptions'));
    expect(known.running).toEqual([]);

    await json(await sanne.act(first.id, { action: 'claim' }));
    await json(await sanne.act(first.id, { action: 'ready', text: 'De klep is vervangen.' }));
    for (const { chat, reference } of [first, second])
      await eventually(async () => {
        const heard = await said(chat);
        expect(heard).toContain('De klep is vervangen.');
        expect(heard).toContain(reference);
      });
    expect([await stateOf(first), await stateOf(second)]).toEqual(['ready', 'ready']);

    // Each says for himself whether it is.
    await second.chat.say('nee, het is nog steeds warm');
    expect([await stateOf(first), await stateOf(second)]).toEqual(['ready', 'queued']);
  });

  it('are taken apart again, and refused where they do not fit', async () => {
    const first = await ask('het is bloedheet in kamer 4.20');
    const second = await ask('de airco in kamer 4.20 koelt niet');
    expect((await merge(first, first.id)).status).toBe(409);
    expect((await merge(first, 'SD-BBBB-BBBB')).status).toBe(404);
    await json(await merge(second, first.id));
    expect((await merge(first, second.id)).status).toBe(409);
    await json(await sanne.act(second.id, { action: 'unlink' }));
    expect(await stateOf(second)).toBe('queued');
    expect(await said(second.chat)).toContain('staat weer op zichzelf');
    const { cases } = await json<MergedCases>(await sanne.request('GET', `/cases/${first.id}/merged`));
    expect(cases).toEqual([]);
    // And together again after all.
    expect((await json<MergedCases>(await merge(second, first.id))).into?.id).toBe(first.id);
  });
});
