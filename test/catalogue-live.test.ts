/** A change in the catalogue's files reaches running desks within seconds, all of them, and only when it is sound. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase } from './setup/database.ts';
import { catalogueFolder, NEW_GROUP } from './support/catalogue-folder.ts';
import { ChatClient } from './support/chat-client.ts';
import { eventually } from './support/eventually.ts';
import { ask } from './support/register-check.ts';
import { RunningDesk } from './support/running-desk.ts';

const database = await createDatabase();
const files = await catalogueFolder();
const settings = { LOKET_CATALOGUE: files.folder, LOKET_LOG: 'info' };
const desks = [new RunningDesk({ database, settings }), new RunningDesk({ database, settings })] as const;

beforeAll(async () => {
  // At the same moment, on an empty register: both publish, and it comes to one version.
  await Promise.all(desks.map((desk) => desk.start()));
}, 120_000);
afterAll(async () => {
  for (const desk of desks) await desk.stop();
  await database.drop();
  await files.remove();
});

async function inForce(): Promise<string> {
  const [row] = await ask<{ version: string }>(database.ownerUrl, 'select version from catalogue_versions where active');
  return row?.version ?? '';
}

/** What a desk takes a message for, by the case it makes of it. */
async function caseOf(desk: RunningDesk, text: string): Promise<{ product: string | null; catalogue: string }> {
  const chat = await ChatClient.start(() => desk.url);
  await chat.say(text);
  const sql = `select product, why ->> 'catalogue' as catalogue from cases where conversation_id = $1`;
  const [row] = await ask<{ product: string | null; catalogue: string }>(database.ownerUrl, sql, [chat.conversation]);
  return row ?? { product: null, catalogue: '' };
}

describe('a running desk', () => {
  it('understands a product that was added to the files, in every process, by the same catalogue', async () => {
    const before = await inForce();
    for (const desk of desks) expect((await caseOf(desk, 'de bijenkast is omgewaaid')).product).not.toBe('beehive');
    await files.write('groups/garden.yaml', NEW_GROUP);
    for (const desk of desks) {
      await eventually(async () => expect((await caseOf(desk, 'de bijenkast is omgewaaid')).product).toBe('beehive'), 20_000);
      expect((await caseOf(desk, 'er zwermen bijen uit de bijenkast')).catalogue).toBe(await inForce());
    }
    expect(await inForce()).not.toBe(before);
  });

  it('lets a form that is open go on by the version it began with', async () => {
    const chat = await ChatClient.start(() => desks[0].url);
    const asked = await chat.say('ik wil een taxi');
    expect(asked.at(-1)?.reply?.ask, JSON.stringify(asked)).toBeDefined();
    const before = await inForce();
    await files.change('groups/garden.yaml', 'Bijenkast', 'Bijenkorf');
    await eventually(async () => expect((await caseOf(desks[0], 'de bijenkast is omgewaaid')).catalogue).not.toBe(before), 20_000);
    const said = await chat.say('naar Utrecht, morgen om 10 uur, met 2 personen');
    expect(said.at(-1)?.reply?.ask ?? said.at(-1)?.reply?.card, JSON.stringify(said)).toBeDefined();
  });

  it('refuses files with mistakes, says which once, and shows them in doctor', async () => {
    const before = await inForce();
    const good = await readFile(join(files.folder, 'groups/garden.yaml'), 'utf8');
    await files.change('groups/garden.yaml', 'team: facilities', 'team: facilites');
    const mistake =
      /groups\/garden\.yaml:5: products\[beehive\]\.team: unknown team \\?"facilites\\?" \(did you mean \\?"facilities\\?"\?\)/g;
    const said = () => desks.flatMap((desk) => desk.output.match(mistake) ?? []);
    await eventually(() => expect(said()).toHaveLength(1));
    await expect(desks[0].command('doctor')).rejects.toThrow();
    await files.write('groups/garden.yaml', good);
    await eventually(() => expect(desks.map((desk) => desk.output).join()).toContain('the catalogue is in order again'));
    expect(said()).toHaveLength(1);
    expect(await inForce()).toBe(before);
  });

  it('goes on publishing when the process that did so is gone', async () => {
    const [leader] = await ask<{ holder: string }>(database.ownerUrl, `select holder from leases where name = 'catalogue'`);
    await desks[0].stop();
    await files.change('groups/garden.yaml', 'Bijenkorf', 'Honingkorf');
    const now = () => ask<{ name: string }>(database.ownerUrl, `select body #>> '{products}' as name from catalogue_versions where active`);
    await eventually(async () => expect(JSON.stringify(await now())).toContain('Honingkorf'));
    await eventually(async () => expect((await caseOf(desks[1], 'de bijenkast is omgewaaid')).catalogue).toBe(await inForce()));
    const [next] = await ask<{ holder: string }>(database.ownerUrl, `select holder from leases where name = 'catalogue'`);
    expect([leader?.holder, next?.holder]).toEqual([expect.any(String), expect.any(String)]);
  });
});
