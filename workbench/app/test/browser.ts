import { existsSync } from 'node:fs';
import axe, { type AxeResults } from 'axe-core';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

declare global {
  interface Window {
    /** As axe puts itself in a page. */
    axe: { run(context: { exclude: readonly string[] }, options: { resultTypes: readonly 'violations'[] }): Promise<AxeResults> };
  }
}

const CHROMIUM = '/usr/bin/chromium';

/** Without a browser these tests are left out by name, except where everything must run. */
export const NO_BROWSER = !existsSync(CHROMIUM) && process.env.CI !== 'true';

export function launch(): Promise<Browser> {
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return chromium.launch({ executablePath: CHROMIUM, args });
}

export const DESKTOP = { viewport: { width: 1280, height: 800 } } satisfies BrowserContextOptions;
export const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true } satisfies BrowserContextOptions;

/** Somebody's own browser: Dutch, in Amsterdam, signed in, nothing moving. */
export async function signedIn(browser: Browser, base: string, options: BrowserContextOptions): Promise<BrowserContext> {
  const context = await browser.newContext({
    locale: 'nl-NL',
    timezoneId: 'Europe/Amsterdam',
    reducedMotion: 'reduce',
    baseURL: base,
    ...options,
  });
  await context.addCookies([{ name: 'session', value: 'sanne', url: base }]);
  context.setDefaultTimeout(10_000);
  return context;
}

/** What the page complained of: errors of its own and refusals of the content security policy. */
export function complaints(page: Page): string[] {
  const found: string[] = [];
  page.on('pageerror', (error) => found.push(String(error)));
  page.on('console', (line) => {
    if (line.type() === 'error' && !line.text().startsWith('Failed to load resource')) found.push(line.text());
  });
  return found;
}

/**
 * No violation of WCAG that axe can see, and nothing wider than the screen. Left out: the stops that Fluent's focus manager
 * puts around its groups; they pass the focus on at once, so nobody ever stands on one (its maintainer in microsoft/tabster#288).
 */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  await page.evaluate(axe.source);
  // What is half faded lacks contrast for a moment; a toast's own clock runs much longer and is no matter.
  await page.evaluate(async () => {
    const fading = document.getAnimations().filter((one) => Number(one.effect?.getComputedTiming().endTime) < 1000);
    await Promise.allSettled(fading.map((one) => one.finished));
  });
  const violations = await page.evaluate(async () => {
    const { violations: found } = await window.axe.run({ exclude: ['[data-tabster-dummy]'] }, { resultTypes: ['violations'] });
    return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join('\n')}`);
  });
  expect(violations, what).toEqual([]);
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
    `${what}: wider than the screen`,
  ).toBeLessThanOrEqual(0);
}
