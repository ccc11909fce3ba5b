/** One thing done with several cases, at the running desk: each is decided on its own, says what became of it, and the lot can be taken back. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { BulkAction } from '../workbench/protocol.ts';
import { createDatabase, type TestDatabase } from './setup/database.ts';
import { ChatClient } from './support/chat-client.ts';
import { newWorker, TEAMS } from './support/desk-template.ts';
import { eventually } from './support/eventually.ts';
import { ask } from './support/register-check.ts';
import { RunningDesk } from './support/running-desk.ts';
import { WorkbenchClient } from './support/workbench-client.ts';

const results = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      reference: z.string(),
      done: z.boolean(),
      code: z.string().optional(),
      by: z.string().nullish(),
      held: z.object({ since: z.string(), until: z.string() }).nullish(),
    }),
  ),
});

describe('one thing done with several cases', { timeout: 120_000 }, () => {
  let database: TestDatabase;
  let desk: RunningDesk;
  let admin: WorkbenchClient;
  let sanne: WorkbenchClient;
  let omar: WorkbenchClient;
  beforeAll(async () => {
    database = await createDatabase();
    desk = new RunningDesk({ database, settings: { LOKET_UNDO_SECONDS: '5' } });
    await desk.start();
    admin = await WorkbenchClient.signIn(() => desk.url, desk.administratorLink ?? '');
    sanne = await newWorker(desk, admin, 'sanne@example.org', TEAMS);
    omar = await newWorker(desk, admin, 'omar@example.org', TEAMS);
  }, 240_000);
  afterAll(async () => {
    await desk?.stop();
    await database?.drop();
  });

  const newCase = async (name: string, text = 'de koffieautomaat op verdieping 2 is leeg') => {
    const chat = await ChatClient.start(() => desk.url, { sub: name, name: `${name} Bos`, email: `${name.toLowerCase()}@example.org` });
    const reference = (await chat.say(text)).flatMap(({ reply }) => reply?.card?.reference ?? []).at(0);
    const [it] = await ask<{ id: string }>(database.ownerUrl, 'select id from cases where reference = $1', [reference]);
    if (!it) throw new Error('there is no case');
    return { id: it.id, heard: async (words: string) => (await chat.timeline()).filter((line) => line.text.includes(words)).length };
  };
  const bulk = async (who: WorkbenchClient, ids: readonly string[], action: BulkAction) =>
    results.parse(await (await who.request('POST', '/cases/bulk', { ids, action })).json()).results;

  test('is done with each that it can be done with, and says of the others why not and who has them', async () => {
    const [free, taken, strange] = [
      await newCase('Femke'),
      await newCase('Gijs'),
      await newCase('Hanna', 'Ik meld me ziek vandaag, ik ben grieperig en blijf thuis'),
    ];
    await omar.act(taken.id, { action: 'claim' });
    const done = await bulk(sanne, [free.id, taken.id, strange.id, free.id], { action: 'claim' });
    expect(done).toMatchObject([
      { id: free.id, done: true, held: null },
      { id: taken.id, done: false, code: 'already-claimed', by: 'Omar' },
      { id: strange.id, reference: '', done: false, code: 'not-found', by: null },
    ]);
    expect((await sanne.detail(free.id)).worker?.id).toBe(sanne.id);
    expect(await bulk(sanne, [free.id, taken.id], { action: 'release' })).toMatchObject([
      { done: true },
      { code: 'not-yours', by: 'Omar' },
    ]);
    expect((await sanne.detail(free.id)).state).toBe('queued');
    const moved = await bulk(sanne, [free.id], { action: 'move', team: 'nowhere' });
    expect(moved).toMatchObject([{ done: false, code: 'unknown-team' }]);
  });

  test('replies to each with its own words, which can all be taken back', async () => {
    const cases = [await newCase('Iris'), await newCase('Joost')];
    const ids = cases.map(({ id }) => id);
    await bulk(sanne, ids, { action: 'claim' });
    const replied = await bulk(sanne, ids, { action: 'reply', text: 'Dag {naam}, de bonen zijn besteld.' });
    const acts = replied.flatMap(({ id, held }) => (held ? [{ id, since: held.since }] : []));
    expect(acts).toHaveLength(2);
    expect((await omar.request('POST', '/cases/bulk/undo', { acts })).status).toBe(200);
    const undone = results.parse(await (await sanne.request('POST', '/cases/bulk/undo', { acts })).json()).results;
    expect(undone).toMatchObject([{ done: true }, { done: true }]);
    await bulk(sanne, ids, { action: 'ready', text: 'Dag {naam}, er zit weer koffie in.' });
    await eventually(async () => {
      expect(await cases[0]?.heard('Dag Iris, er zit weer koffie in.')).toBe(1);
      expect(await cases[1]?.heard('Dag Joost, er zit weer koffie in.')).toBe(1);
    });
    for (const { heard } of cases) expect(await heard('bonen')).toBe(0);
    expect((await sanne.detail(cases[0]?.id ?? '')).state).toBe('ready');
  });

  test('leaves out what a text says nothing of, and goes no further than anybody’s rights', async () => {
    const { id } = await newCase('Kees');
    expect(await bulk(sanne, [id], { action: 'reply', text: 'De monteur komt naar {plaats}. {referentie}' })).toMatchObject([
      { done: true, held: { since: expect.any(String) } },
    ]);
    const nameless = await newCase('Lot', 'kan er iemand naar de koffieautomaat kijken, die is leeg');
    expect(await bulk(sanne, [nameless.id], { action: 'reply', text: 'Ik kom naar {plaats}.' })).toMatchObject([{ code: 'text-open' }]);
    const answer = await admin.request('POST', '/links', { address: 'mia@example.org', role: 'manager', team: 'catering' });
    const manager = await WorkbenchClient.signIn(() => desk.url, z.object({ url: z.string() }).parse(await answer.json()).url);
    for (const action of [{ action: 'claim' }, { action: 'note', text: 'x' }, { action: 'move', team: 'ict' }] as const)
      expect(await bulk(manager, [id], action)).toMatchObject([{ done: false, code: 'not-allowed' }]);
    expect((await sanne.request('POST', '/cases/bulk', { ids: [], action: { action: 'claim' } })).status).toBe(422);
    expect((await sanne.request('POST', '/cases/bulk', { ids: [id], action: { action: 'delay', reason: 'x' } })).status).toBe(422);
    const many = Array.from({ length: 101 }, (_, i) => `00000000-0000-7000-8000-${String(i).padStart(12, '0')}`);
    expect((await sanne.request('POST', '/cases/bulk', { ids: many, action: { action: 'claim' } })).status).toBe(422);
    expect(await bulk(sanne, many.slice(0, 100), { action: 'claim' })).toHaveLength(100);
  });
});
