import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { cardOf } from './cards.ts';
import { registerForm } from './register-form.ts';
import { CONTEXT, READING, SAMPLES } from './test/samples.ts';

/** Cards as the published renderer draws them, in the width of a chat and of a phone. With SCREENSHOTS naming a folder, pictures are taken. */
const program = inject('chromiumPath');
const pictures = process.env.SCREENSHOTS;
const RENDERER = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.js');

describe.skipIf(program === null)('cards in a browser (needs chromium)', { timeout: 60_000 }, () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: program ?? '', args: ['--no-sandbox', '--disable-gpu'] });
    page = await browser.newPage();
    await page.setContent('<!doctype html><body style="font:14px sans-serif;margin:12px"><div id="card"></div>');
    await page.addScriptTag({ content: readFileSync(RENDERER, 'utf8') });
  }, 60_000);
  afterAll(() => browser?.close());

  const cards = [
    ...Object.entries(SAMPLES).map(([name, parts]) => ({
      name,
      card: cardOf(parts, CONTEXT),
      says: parts.at(-1)?.reply.text.split('\n')[0] ?? '',
    })),
    { name: 'register', card: registerForm('het is te koud', READING, READING.candidates, 'nl'), says: 'Geen van deze' },
  ];

  test.each(cards.flatMap((it) => [520, 320].map((width) => ({ ...it, width }))))(
    '$name is drawn, $width wide',
    async ({ name, card, says, width }) => {
      await page.setViewportSize({ width, height: 800 });
      const drawn = await page.evaluate(`(() => {
      const card = new AdaptiveCards.AdaptiveCard();
      card.parse(${JSON.stringify(card)});
      document.querySelector('#card').replaceChildren(card.render());
      return { text: document.body.innerText, wide: document.documentElement.scrollWidth };
    })()`);
      const { text, wide } = drawn as { readonly text: string; readonly wide: number };
      expect(text).toContain(says);
      expect(wide).toBeLessThanOrEqual(width);
      if (!pictures) return;
      mkdirSync(pictures, { recursive: true });
      await page.screenshot({ path: join(pictures, `card-${name}-${width}.png`), fullPage: true });
    },
  );
});
