/** A coordinator says who is given what and how much at a time; the worker sees it, and "give me the next" keeps to it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { WorkerList, WorkProfileRequest } from '../workbench/protocol-workers.ts';
import { createDatabase } from './setup/database.ts';
import { ChatClient } from './support/chat-client.ts';
import { ask } from './support/register-check.ts';
import { RunningDesk } from './support/running-desk.ts';
import { WorkbenchClient } from './support/workbench-client.ts';

const database = await createDatabase();
const desk = new RunningDesk({ database });
let admin: WorkbenchClient;
let coordinator: WorkbenchClient;
let worker: WorkbenchClient;
const PLAIN: WorkProfileRequest = { skills: [], places: [], products: [], most: null };

beforeAll(async () => {
  await desk.start();
  admin = await WorkbenchClient.signIn(() => desk.url, desk.administratorLink ?? '');
  coordinator = await signedIn('coordinator', 'facilities');
  worker = await signedIn('worker', 'facilities');
}, 240_000);
afterAll(async () => {
  await desk.stop();
  await database.drop();
});

async function signedIn(role: string, team: string): Promise<WorkbenchClient> {
  const answer = await admin.request('POST', '/links', { address: `${role}.${team}@example.org`, role, team });
  return await WorkbenchClient.signIn(() => desk.url, z.object({ url: z.string() }).parse(await answer.json()).url);
}

async function json<T>(answer: Response): Promise<T> {
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  return JSON.parse(await answer.text());
}

const say = (by: WorkbenchClient, whom: WorkbenchClient, changes: Partial<WorkProfileRequest>): Promise<Response> =>
  by.request('POST', `/workers/${whom.id}/profile`, { ...PLAIN, ...changes });
const workers = async (by: WorkbenchClient): Promise<WorkerList['workers']> =>
  (await json<WorkerList>(await by.request('GET', '/workers'))).workers;

async function asked(text: string): Promise<void> {
  await (await ChatClient.start(() => desk.url)).say(text);
}

describe('who is given what', { timeout: 120_000 }, () => {
  it('is said by who coordinates a team of his, and by nobody else', async () => {
    const elsewhere = await signedIn('coordinator', 'catering');
    for (const by of [worker, elsewhere]) {
      const refused = await say(by, worker, { most: 1 });
      expect(refused.status).toBe(403);
    }
    expect((await say(coordinator, worker, { most: 0 })).status).toBe(422);
    expect((await admin.request('POST', '/workers/nobody/profile', PLAIN)).status).toBe(422);
    const given = {
      skills: ['lift', 'group:workplace', 'no-such'],
      places: ['town-hall/A', 'moon'],
      products: ['lift', 'nothing'],
      most: 3,
    };
    await json(await say(coordinator, worker, given));
    const kept = { skills: ['lift', 'group:workplace'], places: ['town-hall/A'], products: ['lift'], most: 3 };
    expect(await workers(worker)).toEqual([expect.objectContaining({ id: worker.id, ...kept, mayChange: false })]);
    const seen = await workers(coordinator);
    expect(seen.map(({ id }) => id).sort()).toEqual([coordinator.id, worker.id].sort());
    expect(seen.find(({ id }) => id === worker.id)).toMatchObject({ ...kept, mayChange: true });
    expect((await workers(elsewhere)).map(({ id }) => id)).toEqual([elsewhere.id]);
    const audited = await ask<{ data: unknown }>(
      database.ownerUrl,
      `select data from audit where action = 'work-profile' and subject = $1`,
      [worker.id],
    );
    expect(audited).toEqual([{ data: kept }]);
  });

  it('holds for the next case, is seen in the list, and hinders nobody who picks one himself', async () => {
    await asked('de lift in gebouw B staat stil');
    await asked('de lamp in kamer 3.14 is kapot');
    await json(await say(coordinator, worker, { skills: ['lift'] }));
    const { cases } = await json<{ cases: { id: string; product: string; fit?: string }[] }>(
      await worker.request('GET', '/cases?view=team.facilities'),
    );
    expect(cases.map(({ product, fit }) => [product, fit])).toEqual(
      expect.arrayContaining([
        ['lift', undefined],
        ['lighting', 'other-skill'],
      ]),
    );
    const lift = await worker.next('facilities');
    expect(lift?.title).toMatch(/lift/i);
    expect(await worker.next('facilities')).toBeNull();
    const other = cases.find(({ product }) => product === 'lighting')?.id ?? '';
    expect(await json(await worker.act(other, { action: 'claim' }))).toMatchObject({ worker: { id: worker.id } });
  });

  it('above the maximum is refused with the number he has, for a pick of his own too; who coordinates may go beyond it', async () => {
    await asked('de lamp in kamer 3.15 is kapot');
    await json(await say(coordinator, worker, { most: 2 }));
    const full = { error: { code: 'too-many', values: { n: 2 } } };
    const refused = await worker.request('POST', '/teams/facilities/next');
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject(full);
    const free = (await worker.list('team.facilities')).find(({ worker: held }) => held === null)?.id ?? '';
    expect(await (await worker.act(free, { action: 'claim' })).json()).toMatchObject(full);
    expect((await worker.act(free, { action: 'claim', beyond: true })).status).toBe(403);

    await json(await say(admin, coordinator, { most: 1 }));
    await asked('de lamp in kamer 3.16 is kapot');
    expect(await coordinator.next('facilities')).not.toBeNull();
    const last = (await coordinator.list('team.facilities')).find(({ worker: held }) => held === null)?.id ?? '';
    expect((await coordinator.act(last, { action: 'claim' })).status).toBe(409);
    expect((await coordinator.act(last, { action: 'claim', beyond: true })).status).toBe(200);
  });
});
