import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { createDatabase, type TestDatabase } from './setup/database.ts';
import { RunningDesk } from './support/running-desk.ts';

/**
 * The whole way, as a newcomer goes it: the real desk, two real browsers, one for who asks and one for who works. With SCREENSHOTS
 * naming a folder, the pictures of the README are taken on the way.
 */
const CHROMIUM_ARGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const PATIENT = { timeout: 15_000 };
const REFERENCE = /SD-\w{4}-\w{4}/;
const pictures = process.env.SCREENSHOTS;

const program = inject('chromiumPath');

describe.skipIf(program === null)(
  'a question in the web chat becomes an answer, or a case that a worker finishes (needs chromium)',
  { timeout: 90_000 },
  () => {
    let database: TestDatabase;
    let desk: RunningDesk;
    let browser: Browser;
    let asker: Page;
    let worker: Page;
    let complaints: string[];

    beforeAll(async () => {
      database = await createDatabase();
      desk = new RunningDesk({ database, settings: { LOKET_CHAT_KEY: '' } });
      await desk.start();
      browser = await chromium.launch({ executablePath: program ?? '', args: CHROMIUM_ARGS.split(' ') });
      complaints = [];
      asker = await open(await newContext());
      worker = await open(await newContext());
    }, 180_000);

    afterAll(async () => {
      await browser?.close();
      await desk?.stop();
      await database?.drop();
    });

    async function newContext(): Promise<BrowserContext> {
      const context = await browser.newContext({ viewport: { width: 1180, height: 860 }, locale: 'nl-NL', timezoneId: 'Europe/Amsterdam' });
      context.setDefaultTimeout(PATIENT.timeout);
      return context;
    }

    async function open(context: BrowserContext): Promise<Page> {
      const page = await context.newPage();
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) complaints.push(message.text());
      });
      return page;
    }

    async function say(text: string): Promise<void> {
      await asker.getByLabel('Je bericht').fill(text);
      await asker.keyboard.press('Enter');
    }

    const heard = (text: string | RegExp) => asker.locator('.bubble').filter({ hasText: text }).last().waitFor();
    const press = (name: string) => asker.getByRole('button', { name, exact: true }).last().click();

    async function picture(page: Page, name: string): Promise<void> {
      if (!pictures) return;
      mkdirSync(pictures, { recursive: true });
      await page.screenshot({ path: join(pictures, `${name}.png`) });
    }

    test('two questions in one message become two cases, once the visitor has said who he is', async () => {
      await asker.goto(desk.url);
      await say('het is bloedheet in kamer 3.14 en de koffieautomaat is leeg');
      await asker.getByLabel(/Je naam/).fill('Jan de Vries');
      await asker.getByLabel(/Je e-mailadres/).fill('jan@example.org');
      await press('Verder');
      await heard(/Gemeld bij Gebouwbeheer: SD-/);
      await heard(/Gemeld bij Catering: SD-/);
      expect(await asker.locator('.card').count()).toBe(2);
      await say('naast de trap op de tweede verdieping');
      await heard('Dank je, dat staat erbij.');
      await picture(asker, 'chat');
    });

    test('a question that the desk knows the answer to is answered with its source', async () => {
      await say('hoe laat gaat het bedrijfsrestaurant open?');
      await heard(/11[.:]30/);
      await asker.locator('.sources, [class*=source]').last().waitFor();
      await asker.getByRole('button', { name: 'Ik wil een collega' }).waitFor();
      await press('Ja, dank je');
      await heard('Mooi.');
    });

    test('a request asks only for what was not said, and refuses a budget number that does not exist', async () => {
      await say('ik wil morgen een taxi naar Utrecht');
      await heard('Personenvervoer. Ik heb nog dit nodig:');
      expect(await asker.getByLabel(/Bestemming/).count()).toBe(0);
      await asker.getByLabel(/Vertrektijd/).fill('14:30');
      await asker.getByLabel(/Budgetnummer/).fill('4410-32');
      await press('Verder');
      await heard('Budgetnummer 4410-32 bestaat niet');
      await asker
        .getByLabel(/Budgetnummer/)
        .last()
        .fill('4410-23');
      await press('Verder');
      await heard('Klopt dat?');
      await press('Klopt');
      await heard(/doorgegeven aan Post en logistiek: SD-/);
    });

    test('what no product fits is said kindly, with a person one tap away', async () => {
      await say('wat is de zin van het leven');
      await heard('Daar heb ik geen product voor. Zal ik je vraag bij een collega neerleggen?');
      await press('Nee, laat maar');
      await heard('Goed. Vertel het me als ik iets anders kan doen.');
    });

    test('the administrator signs in with the link of the first start and makes one for a worker', async () => {
      await worker.goto(desk.administratorLink ?? '');
      await worker.getByRole('button', { name: /Aanmelden/ }).click();
      await worker.getByText('Gebouwbeheer').first().waitFor();
      await worker.goto(`${desk.url}/workbench/people`);
      await worker.getByRole('textbox', { name: /E-mailadres/i }).waitFor();
      const me = worker.context();
      await me.clearCookies();
    });

    test('a worker sees the case, claims it, asks, and reports it ready; the requester sees each step and confirms', async () => {
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
      await worker.goto('about:blank');
      await worker.goto(z.object({ url: z.string() }).parse(JSON.parse(made)).url);
      await worker.getByRole('button', { name: /Aanmelden/ }).click();
      await worker.getByText('Het is bloedheet in kamer 3.14').first().waitFor();

      await say('de deur van kamer 1.02 klemt, gebouw A');
      await heard(/Gemeld bij Gebouwbeheer: SD-/);
      // Without reloading.
      await worker
        .getByText(/De deur van kamer 1.02 klemt/)
        .first()
        .waitFor();

      await worker.getByText('Het is bloedheet in kamer 3.14').first().click();
      await worker.getByRole('button', { name: 'Pak op' }).first().waitFor();
      await worker.keyboard.press('c');
      await heard(/Sanne van Gebouwbeheer is bezig met SD-/);
      await worker.getByRole('button', { name: 'Gereed' }).first().waitFor();
      await picture(worker, 'workbench');

      await worker.keyboard.press('a');
      await worker.keyboard.type('Hoe warm is het precies?');
      await worker
        .getByRole('button', { name: /Jan de Vries/ })
        .last()
        .click();
      await heard('Hoe warm is het precies?');
      await say('29 graden op mijn bureau');
      await heard('Dank je, ik geef het door aan Sanne.');
      await worker.getByText('29 graden op mijn bureau').first().waitFor();

      await worker.keyboard.press('Escape');
      await worker.keyboard.press('g');
      await worker.keyboard.type('De regelaar is vervangen.');
      await worker
        .getByRole('button', { name: /Jan de Vries/ })
        .last()
        .click();
      await heard(/is gereed. De regelaar is vervangen.[\s\S]*Is het nu goed\?/);
      await press('Nog niet');
      await heard(/Dan is het nog niet klaar/);
      await say('het is nog steeds 28 graden');
      await heard(/ik geef het door/);

      await worker.getByText('Het is bloedheet in kamer 3.14').first().waitFor();
      await worker.getByText('Het is bloedheet in kamer 3.14').first().click();
      await worker.getByRole('button', { name: 'Pak op' }).first().waitFor();
      await worker.keyboard.press('c');
      await worker.getByRole('button', { name: 'Gereed' }).first().waitFor();
      await worker.keyboard.press('g');
      await worker.keyboard.type('De klep stond dicht; nu is het 21 graden.');
      await worker
        .getByRole('button', { name: /Jan de Vries/ })
        .last()
        .click();
      await heard('De klep stond dicht');
      await press('Ja');
      await heard(/Fijn. SD-.* is afgesloten/);
    });

    test('everything is there again after a hard stop', async () => {
      const before = await asker.locator('.bubble').allInnerTexts();
      await desk.kill();
      await desk.start();
      await asker.reload();
      await heard(/Fijn. SD-/);
      const after = await asker.locator('.bubble').allInnerTexts();
      expect(after.filter((text) => REFERENCE.test(text))).toEqual(before.filter((text) => REFERENCE.test(text)));
      await say('status');
      await heard('Zo staat het ervoor:');
      expect(complaints).toEqual([]);
    });
  },
);
