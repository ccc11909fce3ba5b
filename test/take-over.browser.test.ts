import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { createDatabase, type TestDatabase } from './setup/database.ts';
import { RunningDesk } from './support/running-desk.ts';

/** The real desk and two browsers: a colleague takes the web chat over from the desk, and hands it back. */
const CHROMIUM_ARGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const pictures = process.env.SCREENSHOTS;
const program = inject('chromiumPath');

describe.skipIf(program === null)('a web chat that a colleague takes over (needs chromium)', { timeout: 120_000 }, () => {
  let database: TestDatabase;
  let desk: RunningDesk;
  let browser: Browser;
  let asker: Page;
  let worker: Page;

  beforeAll(async () => {
    database = await createDatabase();
    desk = new RunningDesk({ database, settings: { LOKET_CHAT_KEY: '' } });
    await desk.start();
    browser = await chromium.launch({ executablePath: program ?? '', args: CHROMIUM_ARGS.split(' ') });
    asker = await open();
    worker = await open();
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await desk?.stop();
    await database?.drop();
  });

  async function open(): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1180, height: 860 }, locale: 'nl-NL', timezoneId: 'Europe/Amsterdam' });
    context.setDefaultTimeout(20_000);
    return await context.newPage();
  }

  async function picture(page: Page, name: string): Promise<void> {
    if (!pictures) return;
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `${name}.png`) });
  }

  const say = async (text: string) => {
    await asker.getByLabel('Je bericht').fill(text);
    await asker.keyboard.press('Enter');
  };
  const heard = (text: string | RegExp) => asker.locator('.bubble').filter({ hasText: text }).last().waitFor();
  const chat = async (text: string) => {
    await worker.getByRole('textbox', { name: /Schrijf .* in de chat/ }).fill(text);
    await worker.keyboard.press('Control+Enter');
  };

  test('shows who talks, brings each the other’s words at once, and is the desk’s again when handed back', async () => {
    await asker.goto(desk.url);
    await say('het is bloedheet in kamer 3.14');
    await asker.getByLabel(/Je naam/).fill('Jan de Vries');
    await asker.getByLabel(/Je e-mailadres/).fill('jan@example.org');
    await asker.getByRole('button', { name: 'Verder', exact: true }).last().click();
    await heard(/Gemeld bij Gebouwbeheer: SD-/);

    const made = await desk.command(
      'sign-in',
      'sanne@example.org',
      '--role',
      'worker',
      '--team',
      'facilities',
      '--name',
      'Sanne Bakker',
      '--json',
    );
    await worker.goto(z.object({ url: z.string() }).parse(JSON.parse(made)).url);
    await worker.getByRole('button', { name: /Aanmelden/ }).click();
    await worker.getByText('Het is bloedheet in kamer 3.14').first().click();
    await worker.getByRole('button', { name: 'Overnemen' }).first().click();
    await chat('Hoi Jan, staat het raam open?');

    await heard('Hoi Jan, staat het raam open?');
    await asker.getByText('Je praat nu met Sanne, een collega van de servicedesk').waitFor();
    await worker.getByText('Jij bent in gesprek met Jan de Vries').waitFor();
    const before = await asker.locator('.message.desk').count();
    await say('nee, en hoe laat gaat het bedrijfsrestaurant open?');
    await worker.locator('main, article').getByText('hoe laat gaat het bedrijfsrestaurant open?').first().waitFor();
    await picture(asker, 'take-over-chat');
    await picture(worker, 'take-over-workbench');
    expect(await asker.locator('.message.desk').count()).toBe(before);
    await chat('Half twaalf. Ik kom zo langs.');
    await heard('Ik kom zo langs.');
    expect(await asker.locator('.message.desk').count()).toBe(before + 1);

    await worker.getByRole('button', { name: 'Geef gesprek terug' }).first().click();
    await heard('Sanne heeft het gesprek teruggegeven; ik ben er weer.');
    await asker.getByText('Je praat nu met Sanne').waitFor({ state: 'hidden' });
    await say('hoe laat gaat het bedrijfsrestaurant open?');
    await heard(/11[.:]30/);
  });
});
