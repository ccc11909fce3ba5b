import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import { buildWidget } from '../build-widget.ts';
import { FakeDesk } from './fake-desk.ts';

/** Real Chromium against the fake desk: a fresh desk and a fresh browser profile for each test. */

const CHROMIUM = '/usr/bin/chromium';
const ARGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
export const PATIENT = { timeout: 15_000 };

/** A page of somebody's intranet, with the one script tag. */
export const EMBEDDED = `<!doctype html><html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Intranet</title>
  <script src="/chat/widget.js" async></script></head><body><main><h1>Intranet</h1></main></body></html>`;

let folder: string;
let browser: Browser;
let complaints: string[];
export let context: BrowserContext;
export let desk: FakeDesk;

/** Skipped by name where there is no Chromium, but never in CI. Fails a test whose page threw or broke its content security policy. */
export function inChromium(name: string, tests: () => void): void {
  describe.skipIf(!existsSync(CHROMIUM) && process.env.CI !== 'true')(`${name} (needs ${CHROMIUM})`, () => {
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'loket-widget-'));
      await buildWidget(folder);
      browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS.split(' ') });
    }, 60_000);
    afterAll(async () => {
      await browser?.close();
      await rm(folder, { recursive: true, force: true });
    });
    beforeEach(async () => {
      desk = new FakeDesk(folder);
      desk.html = EMBEDDED;
      await desk.start();
      complaints = [];
      await useContext({});
    });
    afterEach(async () => {
      await context.close();
      await desk.stop();
      expect(complaints).toEqual([]);
    });
    tests();
  });
}

/** A browser profile with other settings than the usual. */
export async function useContext(options: BrowserContextOptions): Promise<void> {
  await context?.close();
  context = await browser.newContext({ locale: 'nl-NL', reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(PATIENT.timeout);
}

export async function visit(): Promise<Page> {
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text());
  });
  await page.goto(desk.origin);
  await page.locator('loket-chat').waitFor({ state: 'attached' });
  return page;
}

export async function open(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Chat met de servicedesk' }).click();
  await page.locator('.bubble').first().waitFor();
}

export function composer(page: Page): Locator {
  return page.getByLabel('Je bericht');
}

export async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

export function bubble(page: Page, text: string): Locator {
  return page.locator('.bubble').filter({ hasText: text.replace(/\s+/g, ' ') });
}

/** The name of what has the focus, also inside the shadow root. */
export function focused(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() => {
    const inner = document.activeElement?.shadowRoot?.activeElement;
    return inner?.getAttribute('aria-label') ?? (inner instanceof HTMLInputElement ? inner.labels?.[0]?.textContent : undefined);
  });
}

export function described(field: Locator): Promise<string | null | undefined> {
  return field.evaluate((element) => {
    const id = element.getAttribute('aria-describedby');
    const root = element.getRootNode();
    return id && root instanceof ShadowRoot ? root.getElementById(id)?.textContent : undefined;
  });
}

export function texts(fake: FakeDesk, from: string): string[] {
  return fake.only.messages.filter((message) => message.from === from).map(({ text }) => text);
}
