/** Lists that are kept under a name, at the running desk: whose they are, who sees them, and what they do not say to whom. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { SavedViewRequest } from '../workbench/protocol.ts';
import { createDatabase, type TestDatabase } from './setup/database.ts';
import { ChatClient } from './support/chat-client.ts';
import { eventually } from './support/eventually.ts';
import { RunningDesk } from './support/running-desk.ts';
import { WorkbenchClient } from './support/workbench-client.ts';

const views = z.object({
  views: z.array(
    z.object({
      id: z.string(),
      team: z.string().nullable(),
      name: z.string(),
      place: z.string(),
      filter: z.record(z.string(), z.string()),
      search: z.string(),
      order: z.string(),
      mayChange: z.boolean(),
      count: z.number().nullable(),
    }),
  ),
});
const rows = z.object({ cases: z.array(z.object({ title: z.string(), kind: z.string(), state: z.string() })) });

describe('a list that is kept under a name', { timeout: 120_000 }, () => {
  let database: TestDatabase;
  let desk: RunningDesk;
  let admin: WorkbenchClient;
  beforeAll(async () => {
    database = await createDatabase();
    desk = new RunningDesk({ database });
    await desk.start();
    admin = await WorkbenchClient.signIn(() => desk.url, desk.administratorLink ?? '');
    for (const text of ['de koffieautomaat op verdieping 2 is leeg', 'de koffieautomaat op verdieping 3 is stuk'])
      await (await ChatClient.start(() => desk.url)).say(text);
    const ill = await ChatClient.start(() => desk.url, { sub: 'stella', name: 'Stella Stille', email: 'stella@example.org' });
    await ill.say('Ik meld me ziek vandaag, ik ben grieperig en blijf thuis');
  }, 240_000);
  afterAll(async () => {
    await desk?.stop();
    await database?.drop();
  });

  const signedIn = async (role: string, team: string, name = role) => {
    const answer = await admin.request('POST', '/links', { address: `${name}.${team}@example.org`, role, team });
    return await WorkbenchClient.signIn(() => desk.url, z.object({ url: z.string() }).parse(await answer.json()).url);
  };
  const request = (given: Partial<SavedViewRequest> = {}): SavedViewRequest => ({
    ...{ id: randomUUID(), team: null, name: 'Mijn koffie', place: 'team.catering', filter: {}, search: '', order: 'due' },
    ...given,
  });
  const save = (who: WorkbenchClient, given: Partial<SavedViewRequest> = {}) => who.request('POST', '/views', request(given));
  const seenBy = async (who: WorkbenchClient) => views.parse(await (await who.request('GET', '/views')).json()).views;
  const listed = async (who: WorkbenchClient, query: string) =>
    rows.parse(await (await who.request('GET', `/cases?${query}`)).json()).cases;

  test('is one’s own: with its count, changed and taken away, and nobody else knows of it', async () => {
    const sanne = await signedIn('worker', 'catering', 'sanne');
    const omar = await signedIn('worker', 'catering', 'omar');
    const mine = request({ filter: { worker: 'nobody' } });
    expect((await sanne.request('POST', '/views', mine)).status).toBe(200);
    expect(await seenBy(sanne)).toEqual([{ ...mine, mayChange: true, count: 2 }]);
    expect(await seenBy(omar)).toEqual([]);
    expect((await omar.request('POST', '/views', { ...mine, name: 'Van Omar' })).status).toBe(403);
    expect((await omar.request('POST', `/views/${mine.id}/remove`)).status).toBe(404);
    await sanne.request('POST', '/views', { ...mine, name: 'Nieuwste', search: 'stuk', order: 'new' });
    expect(await seenBy(sanne)).toMatchObject([{ name: 'Nieuwste', search: 'stuk', order: 'new', count: null }]);
    expect((await sanne.request('POST', `/views/${mine.id}/remove`)).status).toBe(200);
    expect(await seenBy(sanne)).toEqual([]);
  });

  test('is for a team when its coordinator or manager keeps it; the others use it', async () => {
    const [worker, coordinator, elsewhere] = [
      await signedIn('worker', 'catering'),
      await signedIn('coordinator', 'catering'),
      await signedIn('worker', 'ict'),
    ];
    const manager = await signedIn('manager', 'catering');
    expect((await save(worker, { team: 'catering' })).status).toBe(403);
    expect((await save(coordinator, { team: 'ict' })).status).toBe(403);
    expect((await save(await signedIn('auditor', 'catering'), { team: 'catering' })).status).toBe(403);
    const shared = request({ team: 'catering', name: 'Vandaag eerst' });
    expect((await coordinator.request('POST', '/views', shared)).status).toBe(200);
    expect(await seenBy(worker)).toMatchObject([{ name: 'Vandaag eerst', team: 'catering', mayChange: false, count: 2 }]);
    expect(await seenBy(elsewhere)).toEqual([]);
    expect((await worker.request('POST', `/views/${shared.id}/remove`)).status).toBe(404);
    await manager.request('POST', '/views', { ...shared, name: 'Wat vandaag moet' });
    expect(await seenBy(worker)).toMatchObject([{ name: 'Wat vandaag moet' }]);
    await manager.request('POST', `/views/${shared.id}/remove`);
    expect(await seenBy(worker)).toEqual([]);
  });

  test('says nothing of what is restricted to who may not read it: neither that it is there, nor how much there is', async () => {
    const [inside, manager] = [await signedIn('coordinator', 'hr'), await signedIn('manager', 'hr')];
    await save(inside, { team: 'hr', name: 'Ziek vandaag', place: 'team.hr', filter: { product: 'sickness' } });
    await save(inside, { team: 'hr', name: 'Alles van HR', place: 'team.hr' });
    expect((await seenBy(inside)).map(({ name, count }) => [name, count])).toEqual([
      ['Alles van HR', 1],
      ['Ziek vandaag', 1],
    ]);
    for (const stranger of [manager, admin]) {
      const seen = (await seenBy(stranger)).filter(({ team }) => team === 'hr');
      expect(seen.map(({ name, count }) => [name, count])).toEqual([['Alles van HR', 0]]);
    }
  });

  test('narrows a list by everything that it names, and refuses what is no such thing', async () => {
    const worker = await signedIn('worker', 'catering');
    expect(await listed(worker, 'view=team.catering&kind=fault&worker=nobody')).toHaveLength(2);
    expect(await listed(worker, 'view=team.catering&kind=complaint')).toEqual([]);
    const newest = await listed(worker, 'view=team.catering&state=queued&order=new');
    expect(newest.map(({ title }) => /verdieping \d/.exec(title)?.[0])).toEqual(['verdieping 3', 'verdieping 2']);
    expect(await listed(worker, 'view=team.catering&due=late')).toEqual([]);
    // What is searched is brought up to date a moment later.
    await eventually(async () => expect(await listed(worker, 'view=team.catering&search=stuk&product=coffee-machine')).toHaveLength(1));
    expect(await listed(worker, 'view=all&team=ict')).toEqual([]);
    expect((await worker.request('GET', '/cases?view=all&kind=nonsense')).status).toBe(422);
    expect((await save(worker, { place: 'nowhere' })).status).toBe(422);
    expect((await save(worker, { name: ' ' })).status).toBe(422);
  });
});
