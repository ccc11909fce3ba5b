import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createDatabase, type TestDatabase } from './setup/database.ts';
import { ChatClient } from './support/chat-client.ts';
import { RunningDesk } from './support/running-desk.ts';

/** The real desk and a browser: a case of several parts, and cases that are merged, as who works on them sees them. */
const CHROMIUM_ARGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const pictures = process.env.SCREENSHOTS;
const program = inject('chromiumPath');

describe.skipIf(program === null)('several cases at once in the workbench (needs chromium)', { timeout: 120_000 }, () => {
  let database: TestDatabase;
  let desk: RunningDesk;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    database = await createDatabase();
    desk = new RunningDesk({ database });
    await desk.start();
    browser = await chromium.launch({ executablePath: program ?? '', args: CHROMIUM_ARGS.split(' ') });
    const context = await browser.newContext({ viewport: { width: 1180, height: 860 }, locale: 'nl-NL', timezoneId: 'Europe/Amsterdam' });
    context.setDefaultTimeout(20_000);
    page = await context.newPage();
    await page.goto(desk.administratorLink ?? '');
    await page.getByRole('button', { name: /Aanmelden/ }).click();
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await desk?.stop();
    await database?.drop();
  });

  async function picture(name: string): Promise<void> {
    if (!pictures) return;
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `${name}.png`) });
  }

  test('a part says of which case it is, in the list and opened; from the one a link leads to the other', async () => {
    const chat = await ChatClient.start(() => desk.url);
    const asked = (await chat.say('Ik wil een nieuwe medewerker aanmelden, Piet de Vries begint op 1 februari 2027')).at(-1)?.reply?.ask;
    const values: Record<string, string> = { change: 'starts', employee: 'Piet de Vries', 'start-date': '2027-02-01' };
    const form = Object.fromEntries((asked?.fields ?? []).map(({ id }) => [id, values[id] ?? '']));
    const said = (await chat.press(asked?.id ?? '', form)).at(-1)?.text ?? '';
    const whole = /SD-[\w-]{9}/.exec(said)?.[0] ?? '';

    // What waits for other parts is in nobody's list yet.
    await page.getByRole('link', { name: /^Beveiliging/ }).click();
    await page.getByText(`deel van ${whole}`).first().click();
    const parts = page.getByRole('region', { name: 'Onderdelen' });
    await parts.getByText('Wacht op Accounts').waitFor();
    await picture('parts-part');
    await parts.getByRole('link', { name: whole }).click();
    await page.getByRole('article', { name: /nieuwe medewerker/ }).waitFor();
    await parts.getByText('Toegangspas').waitFor();
    await picture('parts-whole');
    expect(await parts.getByRole('listitem').count()).toBe(4);
    expect(await parts.getByRole('checkbox').count()).toBe(0);
  });

  test('a suggestion is merged with one press, and shows on both', async () => {
    const references: string[] = [];
    for (const text of ['het is bloedheet in kamer 3.14', 'de airco in kamer 3.14 koelt niet']) {
      const said = (await (await ChatClient.start(() => desk.url)).say(text)).map((it) => it.text).join('\n');
      references.push(/SD-[\w-]{9}/.exec(said)?.[0] ?? '');
    }
    const [first = '', second = ''] = references;
    await page.getByRole('link', { name: /^Gebouwbeheer/ }).click();
    await page.getByText('De airco in kamer 3.14 koelt niet').first().click();
    await page.getByRole('button', { name: `Samenvoegen met ${first}` }).click();
    await page.getByText('Samengevoegd met', { exact: true }).waitFor();
    await picture('merge-merged');
    await page.getByRole('link', { name: new RegExp(`^${first} · `) }).click();
    await page.getByText('Hiermee samengevoegd: 1.').waitFor();
    await page.getByRole('link', { name: new RegExp(`^${second} · `) }).waitFor();
    await picture('merge-gathered');
  });
});
