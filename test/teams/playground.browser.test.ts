import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { createDatabase, type TestDatabase } from '../setup/database.ts';
import { newWorker } from '../support/desk-template.ts';
import { eventually } from '../support/eventually.ts';
import { RunningDesk } from '../support/running-desk.ts';
import { WorkbenchClient } from '../support/workbench-client.ts';

/**
 * The whole way with a Teams-like client: the real desk, the Microsoft 365 Agents Playground, a browser. With SCREENSHOTS naming a folder, pictures
 * are taken on the way.
 */
const PLAYGROUND = createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js');
const program = inject('chromiumPath');
const pictures = process.env.SCREENSHOTS;

describe.skipIf(program === null)('the desk in the Playground (needs chromium)', { timeout: 120_000 }, () => {
  let database: TestDatabase;
  let desk: RunningDesk;
  let playground: ChildProcess;
  let browser: Browser;
  let page: Page;
  let worker: WorkbenchClient;

  beforeAll(async () => {
    database = await createDatabase();
    desk = new RunningDesk({ database, settings: { TEAMS_PLAYGROUND: '1', LOKET_CHAT_KEY: '' } });
    await desk.start();
    const administrator = await WorkbenchClient.signIn(() => desk.url, desk.administratorLink ?? '');
    worker = await newWorker(desk, administrator, 'sanne@example.org');
    const port = await freePort();
    playground = spawn(process.execPath, [PLAYGROUND, '-e', `${desk.url}/api/messages`, '-c', 'msteams', '-p', String(port), '--dt'], {
      env: { ...process.env, BROWSER: 'none' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await new Promise<void>((resolve) => playground.stdout?.on('data', (text: Buffer) => text.includes('Listening') && resolve()));
    browser = await chromium.launch({ executablePath: program ?? '', args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] });
    const context = await browser.newContext({ viewport: { width: 1300, height: 1000 }, locale: 'nl-NL', timezoneId: 'Europe/Amsterdam' });
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(`http://127.0.0.1:${port}/`);
    await box().waitFor();
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    playground?.kill('SIGKILL');
    await desk?.stop();
    await database?.drop();
  });

  const box = () => page.locator('[contenteditable=true]').first();
  const heard = (text: string | RegExp) => page.getByText(text).last().waitFor();
  const press = (name: string) => page.getByRole('button', { name, exact: true }).last().click();
  const say = async (text: string) => {
    await box().fill(text);
    await page.keyboard.press('Enter');
  };
  const picture = async (name: string) => {
    if (!pictures) return;
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `teams-${name}.png`) });
  };

  test('installed, it says who it is', async () => {
    await heard(/I am the service desk of|ik ben de servicedesk van/);
  });

  test('a fault gets a card, which changes as a worker claims it and makes it ready', async () => {
    await say('het is te warm in kamer 3.14');
    await heard(/Gemeld bij Gebouwbeheer: SD-/);
    await heard('● Ontvangen');
    await picture('registered');
    const [row] = await eventually(async () => {
      const rows = await worker.list('all');
      expect(rows).toHaveLength(1);
      return rows;
    });
    expect((await worker.act(row?.id ?? '', { action: 'claim' })).status).toBe(200);
    await heard(/● In behandeling \(/);
    expect((await worker.act(row?.id ?? '', { action: 'ready', text: 'De regelaar is vervangen.' })).status).toBe(200);
    await heard('De regelaar is vervangen.');
    await heard('✓ Gereed');
    await picture('ready');
    await press('Ja');
    await heard(/is afgesloten/);
    expect((await worker.detail(row?.id ?? '')).state).toBe('closed');
  });

  test('a question is answered with its source', async () => {
    await say('hoe laat gaat het bedrijfsrestaurant open?');
    await heard(/Bron: /);
    await picture('answer');
    await press('Ja, dank je');
    await heard('Mooi.');
  });

  test('a form is filled in on its card', async () => {
    await say('ik wil morgen een taxi naar Utrecht');
    await heard('Personenvervoer. Ik heb nog dit nodig:');
    const time = page.getByRole('combobox').last();
    await time.click();
    await page.getByRole('option').nth(20).click();
    await page
      .getByLabel(/Budgetnummer/)
      .last()
      .fill('4410-23');
    await picture('form');
    await press('Verder');
    await heard(/Klopt dat\?/);
    await press('Klopt');
    await heard(/doorgegeven aan Post en logistiek: SD-/);
  });

  test('in a group chat it answers who calls it, and two people are two requesters', async () => {
    await page.getByText('Group Chat', { exact: true }).last().click();
    await box().click();
    await page.keyboard.type('@');
    await page.getByText('Test Bot', { exact: true }).last().click();
    await page.keyboard.type(' de lamp in kamer 2.10 is kapot');
    await page.keyboard.press('Enter');
    await heard(/Gemeld bij Gebouwbeheer: SD-/);
    const before = await requestersInGroups(database);
    expect(before).toHaveLength(1);
    await sayAsAnother(desk.url, before[0], 'de radiator in kamer 1.04 wordt niet warm');
    await eventually(async () => expect(await requestersInGroups(database)).toHaveLength(2));
    await eventually(async () => expect(await page.getByText(/Gemeld bij Gebouwbeheer: SD-/).count()).toBe(2));
    await picture('group');
  });
});

const groupReference = z.object({ conversation: z.string(), serviceUrl: z.string(), bot: z.string(), tenant: z.string() });
type GroupReference = z.infer<typeof groupReference>;

async function requestersInGroups(database: TestDatabase): Promise<GroupReference[]> {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ reference: unknown }>(
      'select r.reference from conversation_references r join conversations c on c.id = r.conversation_id join cases k on k.conversation_id = c.id where c.shared',
    );
    return rows.map(({ reference }) => groupReference.parse(reference));
  } finally {
    await client.end();
  }
}

/** The Playground has one person who types; another says something in the same chat as Teams would bring it. */
async function sayAsAnother(url: string, at: GroupReference | undefined, text: string): Promise<void> {
  if (!at) throw new Error('there is no group chat');
  const activity = {
    type: 'message',
    id: randomUUID(),
    channelId: 'msteams',
    serviceUrl: at.serviceUrl,
    from: { id: 'user-id-1', name: 'Megan Bowen', aadObjectId: randomUUID() },
    recipient: { id: at.bot, name: 'Test Bot' },
    conversation: { id: at.conversation, conversationType: 'groupChat', tenantId: at.tenant },
    text: `<at>Test Bot</at> ${text}`,
    entities: [{ type: 'mention', mentioned: { id: at.bot, name: 'Test Bot' }, text: '<at>Test Bot</at>' }],
    locale: 'nl-NL',
  };
  const answer = await fetch(`${url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(activity),
  });
  expect(answer.status).toBe(200);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no free port'))));
    });
  });
}
