/** From a colleague's correction to what every process understands, and back, by the workbench and by command. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createDatabase } from './setup/database.ts';
import { catalogueFolder } from './support/catalogue-folder.ts';
import { ChatClient } from './support/chat-client.ts';
import { newWorker } from './support/desk-template.ts';
import { eventually } from './support/eventually.ts';
import { ask } from './support/register-check.ts';
import { RunningDesk } from './support/running-desk.ts';
import { WorkbenchClient } from './support/workbench-client.ts';

const database = await createDatabase();
const files = await catalogueFolder();
const settings = { LOKET_CATALOGUE: files.folder };
const desks = [new RunningDesk({ database, settings }), new RunningDesk({ database, settings })] as const;
let admin: WorkbenchClient;
let worker: WorkbenchClient;

beforeAll(async () => {
  await desks[0].start();
  await desks[1].start();
  admin = await WorkbenchClient.signIn(() => desks[0].url, desks[0].administratorLink ?? '');
  worker = await newWorker(desks[0], admin, 'worker@example.org', ['desk']);
}, 240_000);
afterAll(async () => {
  for (const desk of desks) await desk.stop();
  await database.drop();
  await files.remove();
});

const TEXT = 'de zwieberbak van Jan de Vries is omgevallen';
const models = z.object({
  rows: z.array(z.object({ id: z.string(), number: z.number(), inForce: z.boolean(), canRollBack: z.boolean() })),
});
const examples = z.object({
  rows: z.array(z.object({ id: z.string(), text: z.string(), product: z.string().nullable(), kind: z.string() })),
});

/** The product that a desk takes the text for; null when it knows none. */
async function productAt(desk: RunningDesk): Promise<string | null> {
  const chat = await ChatClient.start(() => desk.url);
  await chat.say(TEXT);
  const [row] = await ask<{ product: string | null }>(
    database.ownerUrl,
    `select coalesce((select product from cases where conversation_id = c.id), c.state #>> '{open,0,draft,product}') as product from conversations c where id = $1`,
    [chat.conversation],
  );
  return row?.product ?? null;
}

const both = async (product: string | null) => {
  for (const desk of desks) await eventually(async () => expect(await productAt(desk)).toBe(product), 120_000);
};

describe('a correction', () => {
  it('is learned once an administrator accepts it, by all processes; a worker may not decide', async () => {
    await both(null);
    const chat = await ChatClient.start(() => desks[0].url);
    const offer = (await chat.say(TEXT)).at(-1)?.reply?.ask;
    await chat.press(offer?.id ?? '', 'yes');
    const [it] = await worker.list('team.desk');
    expect((await worker.act(it?.id ?? '', { action: 'move', product: 'pool-car', kind: 'fault' })).status).toBe(200);
    const list = async () => examples.parse(await (await admin.request('GET', '/learning?state=proposed')).json()).rows;
    await eventually(async () => expect(await list()).toHaveLength(1), 60_000);
    const [proposal] = await list();
    expect(proposal).toMatchObject({ text: 'de zwieberbak van … is omgevallen', product: 'pool-car', kind: 'fault' });
    const path = `/learning/${proposal?.id}/accept`;
    const body = { text: 'de zwieberbak is omgevallen', product: 'pool-car', kind: 'fault' };
    expect((await worker.request('GET', '/learning')).status).toBe(403);
    expect((await worker.request('POST', path, body)).status).toBe(403);
    expect((await admin.request('POST', path, { ...body, product: 'nothing' })).status).toBe(422);
    expect((await admin.request('POST', path, { ...body, text: ' ' })).status).toBe(422);
    expect((await admin.request('POST', '/learning/no-id/accept', body)).status).toBe(404);
    expect((await admin.request('POST', path, body)).status).toBe(200);
    expect((await admin.request('POST', path, body)).status).toBe(409);
    await both('pool-car');
  }, 240_000);

  it('is undone in all processes by going back to the model before it; by command it comes again', async () => {
    const list = async () => models.parse(await (await admin.request('GET', '/models')).json()).rows;
    const [learned, first] = await list();
    expect([learned?.inForce, first?.canRollBack]).toEqual([true, true]);
    expect((await worker.request('POST', `/models/${first?.id}/roll-back`)).status).toBe(403);
    expect((await admin.request('POST', '/models/none/roll-back')).status).toBe(404);
    expect((await admin.request('POST', `/models/${first?.id}/roll-back`)).status).toBe(200);
    expect((await admin.request('POST', `/models/${first?.id}/roll-back`)).status).toBe(409);
    await both(null);
    expect(await desks[0].command('models', 'list')).toContain('rolled-back');
    expect(await desks[0].command('models', 'roll-back', String(learned?.number))).toContain('decides again');
    await both('pool-car');
    const compared = JSON.parse(await desks[0].command('models', 'compare', String(first?.number), '--json'));
    expect(compared).toMatchObject({ one: first?.id, other: learned?.id, candidate: { rows: expect.any(Number) } });
  }, 240_000);

  it('can be taken back by command', async () => {
    const [it] = JSON.parse(await desks[0].command('learning', 'list', '--state', 'accepted', '--json'));
    expect(await desks[0].command('learning', 'reject', it.id)).toContain('Rejected');
    await both(null);
    await expect(desks[0].command('learning', 'accept', it.id)).rejects.toThrow(/there is no proposed correction/);
  }, 240_000);
});
