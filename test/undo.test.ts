/** What goes out waits until it can no longer be taken back: also when the process ends hard meanwhile, and when taking back meets going out. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createDatabase, type TestDatabase } from './setup/database.ts';
import { ChatClient } from './support/chat-client.ts';
import { newWorker, TEAMS } from './support/desk-template.ts';
import { eventually } from './support/eventually.ts';
import { ask } from './support/register-check.ts';
import { RunningDesk } from './support/running-desk.ts';
import { WorkbenchClient } from './support/workbench-client.ts';

const QUESTION = 'de koffieautomaat op verdieping 2 is leeg';
const held = z.object({ held: z.object({ since: z.string(), until: z.string(), mine: z.boolean() }).nullable() });

describe('what a worker does that goes out', { timeout: 120_000 }, () => {
  let database: TestDatabase;
  let desk: RunningDesk;
  let worker: WorkbenchClient;
  let other: WorkbenchClient;
  beforeAll(async () => {
    database = await createDatabase();
    desk = new RunningDesk({ database, settings: { LOKET_UNDO_SECONDS: '3' } });
    await desk.start();
    const admin = await WorkbenchClient.signIn(() => desk.url, desk.administratorLink ?? '');
    worker = await newWorker(desk, admin, 'sanne@example.org', TEAMS);
    other = await newWorker(desk, admin, 'omar@example.org', TEAMS);
  }, 180_000);
  afterAll(async () => {
    await desk?.stop();
    await database?.drop();
  });

  const claimed = async () => {
    const chat = await ChatClient.start(() => desk.url);
    const reference = (await chat.say(QUESTION)).flatMap(({ reply }) => reply?.card?.reference ?? []).at(0);
    const it = (await worker.list('team.catering')).find((row) => row.reference === reference);
    if (!it) throw new Error('there is no case');
    await worker.act(it.id, { action: 'claim' });
    const heard = async (text: string) => (await chat.timeline()).filter((line) => line.text.includes(text)).length;
    return { id: it.id, heard };
  };
  const since = async (answer: Response) => held.parse(await answer.json()).held?.since ?? '';
  const undo = (who: WorkbenchClient, id: string, of: string) => who.request('POST', `/cases/${id}/undo`, { since: of });

  test('waits, then goes out once', async () => {
    const { id, heard } = await claimed();
    const answer = await worker.act(id, { action: 'reply', text: 'De bonen zijn besteld.' });
    expect(held.parse(await answer.json()).held).toMatchObject({ mine: true });
    expect(await heard('bonen')).toBe(0);
    expect((await worker.detail(id)).messages.map(({ text }) => text)).not.toContain('De bonen zijn besteld.');
    await eventually(async () => expect(await heard('bonen')).toBe(1));
  });

  test('is taken back by who did it, and never said', async () => {
    const { id, heard } = await claimed();
    const of = await since(await worker.act(id, { action: 'ready', text: 'Er zit weer koffie in.' }));
    expect((await undo(other, id, of)).status).toBe(409);
    expect((await undo(worker, id, of)).status).toBe(200);
    const after = await worker.detail(id);
    expect(after.state).toBe('claimed');
    expect(after.history.at(-1)?.event).toBe('undone');
    expect(await ask(database.ownerUrl, 'select count(*)::int as n from held_acts where case_id = $1', [id])).toEqual([{ n: 0 }]);
    // What is said later comes, and the other never did.
    await worker.act(id, { action: 'reply', text: 'De monteur komt vanmiddag.' });
    await eventually(async () => expect(await heard('monteur')).toBe(1));
    expect(await heard('weer koffie')).toBe(0);
  });

  test('is neither early nor lost when the process ends hard meanwhile', async () => {
    const { id, heard } = await claimed();
    await worker.act(id, { action: 'ready', text: 'De automaat is gevuld.' });
    await desk.kill();
    await desk.start();
    await eventually(async () => expect(await heard('gevuld')).toBe(1));
    expect((await worker.detail(id)).state).toBe('ready');
  });

  test('either goes out or is taken back when both come at once, and the worker is told which', async () => {
    for (let i = 0; i < 4; i++) {
      const { id, heard } = await claimed();
      const answer = await worker.act(id, { action: 'ready', text: `Ronde ${i} is klaar.` });
      const now = held.parse(await answer.json()).held;
      if (!now) throw new Error('nothing is held');
      // Another of the same kind, for the moment at which the timer of the first goes off.
      const results = await eventually(async () => {
        if (Date.now() < Date.parse(now.until) - 20) throw new Error('not yet');
        return await Promise.all([undo(worker, id, now.since), undo(worker, id, now.since), undo(worker, id, now.since)]);
      });
      const won = results.filter(({ status }) => status === 200).length;
      expect(won).toBeLessThanOrEqual(1);
      for (const { status } of results) expect([200, 409]).toContain(status);
      await eventually(async () => expect((await worker.detail(id)).state).toBe(won === 1 ? 'claimed' : 'ready'));
      expect(await heard(`Ronde ${i}`)).toBe(won === 1 ? 0 : 1);
    }
  });
});
