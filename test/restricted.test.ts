/**
 * A case that not everybody may read, on the running desk: every page that the workbench can ask for is asked by people whose case it is not.
 * The routes are read from the code, so one that is added is walked too.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createDatabase } from './setup/database.ts';
import { ChatClient } from './support/chat-client.ts';
import { newWorker } from './support/desk-template.ts';
import { ask } from './support/register-check.ts';
import { RunningDesk } from './support/running-desk.ts';
import { WorkbenchClient } from './support/workbench-client.ts';

const WORKBENCH = new URL('../workbench/', import.meta.url);
/** Streams and the ways in give nothing of a case, or never end. */
const NOT_WALKED = new Set(['/events', '/openid/start', '/openid/back']);
/** What only the restricted case says. */
const SECRET = 'zwartgallig';
const SAID = `Ik meld me ziek vandaag, ik ben ${SECRET} en blijf thuis`;
const VISITOR = { sub: 'stille', name: 'Stella Stille', email: 'stella.stille@example.org' };

const database = await createDatabase();
const desk = new RunningDesk({ database });
let admin: WorkbenchClient;
let case_: { readonly id: string; readonly reference: string; readonly team: string };

beforeAll(async () => {
  await desk.start();
  admin = await WorkbenchClient.signIn(() => desk.url, desk.administratorLink ?? '');
  const visitor = await ChatClient.start(() => desk.url, VISITOR);
  await visitor.say(SAID);
  const [row] = await ask<{ id: string; reference: string; team: string; restricted: boolean }>(
    database.ownerUrl,
    'select id, reference, team, restricted from cases order by opened_at desc limit 1',
    [],
  );
  if (!row?.restricted) throw new Error('the report is no restricted case');
  case_ = row;
  // Something of it in every list that there is.
  await (await newWorker(desk, admin, 'own@example.org', [row.team])).act(row.id, { action: 'claim' });
}, 240_000);
afterAll(async () => {
  await desk.stop();
  await database.drop();
});

function routes(): string[] {
  const files = readdirSync(WORKBENCH).filter((name) => name.endsWith('routes.ts') && name !== 'my-routes.ts');
  const found = files.flatMap((name) =>
    [...readFileSync(new URL(name, WORKBENCH), 'utf8').matchAll(/\.get(?:<.*>)?\(\s*'(\/[^']*)'/g)].map(([, path = '']) => path),
  );
  return found.filter((path) => !NOT_WALKED.has(path));
}

async function signedIn(role: string, team: string): Promise<WorkbenchClient> {
  const answer = await admin.request('POST', '/links', { address: `${role}.${team}@example.org`, role, team });
  return await WorkbenchClient.signIn(() => desk.url, z.object({ url: z.string() }).parse(await answer.json()).url);
}

/** Every way to ask for a route: with what the case is, and with every filter by which it would be found. */
async function ways(path: string): Promise<string[]> {
  const [ids] = await ask<{ person: string; message: string; intake: string }>(
    database.ownerUrl,
    `select c.person_id as person, m.id as message, m.intake_id as intake from cases c
     join case_messages l on l.case_id = c.id join messages m on m.id = l.message_id where c.id = $1 and m.direction = 'in' limit 1`,
    [case_.id],
  );
  if (!ids) throw new Error('the case has no message');
  const of = path.startsWith('/people') ? ids.person : path.startsWith('/intake') ? ids.intake : case_.id;
  const filled = path.replace(':id', of).replace(/:(?:file|mail|message|run)/, ids.message);
  const queries = ['', `?search=${SECRET}`, `?search=${case_.reference}`, `?search=${encodeURIComponent(VISITOR.name)}`];
  const views = ['all', 'mine', 'waiting', 'done', `team.${case_.team}`].map((view) => `?view=${view}`);
  const states = ['handled', 'pending', 'parked', 'refused'].map((status) => `?status=${status}`);
  return [...queries, ...views, ...states].map((query) => `${filled}${query}`);
}

describe('a restricted case', () => {
  it.each([
    ['worker', 'facilities'],
    ['agent', 'desk'],
    ['coordinator', 'ict'],
    ['manager', 'facilities'],
    ['admin', 'desk'],
  ])('shows nothing of what it says to a %s of %s, wherever one looks', async (role, team) => {
    const stranger = await signedIn(role, team);
    const seen: string[] = [];
    let answered = 0;
    for (const path of routes())
      for (const way of await ways(path)) {
        const answer = await stranger.request('GET', way);
        if (answer.ok) answered += 1;
        expect(answer.status, way).toBeLessThan(500);
        if ((await answer.text()).includes(SECRET)) seen.push(way);
      }
    expect(answered).toBeGreaterThan(10);
    expect(seen).toEqual([]);
  });

  it('shows it to who works there', async () => {
    const colleague = await signedIn('worker', case_.team);
    expect((await colleague.detail(case_.id)).text).toContain(SECRET);
  });
});
