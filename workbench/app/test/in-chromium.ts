import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { buildApp } from '../../build-app.ts';
import { complaints, DESKTOP, launch, signedIn } from './browser.ts';
import { FakeApi } from './fake-api.ts';

/** The workbench's page in Chromium, for the tests of the `describe` that asks for it. */
export interface InChromium {
  /** The test's own. */
  readonly api: FakeApi;
  readonly base: string;
  /** A page of somebody who is signed in; what it complains of fails the test. */
  open(path: string, options?: BrowserContextOptions): Promise<Page>;
}

/** Builds the page and starts the browser once, and an API for each test. */
export function inChromium(): InChromium {
  let pages: string;
  let browser: Browser;
  let api: FakeApi;
  let base: string;
  let complained: string[] = [];
  beforeAll(async () => {
    pages = await mkdtemp(join(tmpdir(), 'loket-workbench-'));
    await buildApp(pages);
    browser = await launch();
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await rm(pages, { recursive: true, force: true });
  });
  beforeEach(async () => {
    api = new FakeApi(pages);
    base = await api.start();
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await api.stop();
    expect(complained).toEqual([]);
  });
  return {
    get api() {
      return api;
    },
    get base() {
      return base;
    },
    open: async (path, options = DESKTOP) => {
      const page = await (await signedIn(browser, base, options)).newPage();
      complained = complaints(page);
      await page.goto(path);
      return page;
    },
  };
}
