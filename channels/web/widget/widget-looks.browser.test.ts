import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { bubble, composer, context, desk, EMBEDDED, inChromium, open, PATIENT, say, useContext, visit } from './browser-harness.ts';
import { card, choices, questionId } from './samples.ts';

inChromium('the looks of the widget', () => {
  test('shows markup as text and makes links of web addresses only', async () => {
    desk.answerer = () => [
      {
        text: '<img src=x onerror=alert(1)> https://example.org/a?b=1. javascript:alert(1)',
        sources: [{ title: 'Bron', url: 'javascript:alert(1)' }],
      },
    ];
    const page = await visit();
    await open(page);
    await say(page, '<b>vet</b>');
    await bubble(page, '<b>vet</b>').first().waitFor();
    await page.getByRole('link', { name: 'https://example.org/a?b=1' }).waitFor();
    expect(await page.getByRole('link').count()).toBe(1);
    expect(await page.locator('img').count()).toBe(0);
  });

  test('does not send empty or too long messages, and counts near the limit', async () => {
    const page = await visit();
    await open(page);
    await say(page, '   ');
    await composer(page).fill('x'.repeat(7990));
    await page.getByText('Nog 10 tekens').waitFor();
    await composer(page).fill('x'.repeat(8001));
    await page.getByText('1 teken te veel').waitFor();
    await page.keyboard.press('Enter');
    expect(desk.posts).toEqual([]);
    await composer(page).fill('x'.repeat(8000));
    await page.keyboard.press('Enter');
    await expect.poll(() => desk.posts.length, PATIENT).toBe(1);
  });

  test('a desk that has not spoken yet leaves a line of welcome, and an answer that takes long shows that it is coming', async () => {
    desk.greeting = null;
    desk.slow = true;
    const page = await visit();
    await page.getByRole('button', { name: 'Chat met de servicedesk' }).click();
    await page.getByText('Stel je vraag of meld wat er is.').waitFor();
    await say(page, 'moeilijke vraag');
    await page.getByText('Bezorgd').waitFor();
    await page.locator('.typing').waitFor();
    expect(await page.locator('.bubble').allInnerTexts()).toEqual(['moeilijke vraag']);
    desk.finish();
    await bubble(page, 'Ontvangen: moeilijke vraag').waitFor();
    await page.locator('.typing').waitFor({ state: 'detached' });
    expect(await page.locator('.bubble').allInnerTexts()).toEqual(['moeilijke vraag', 'Ontvangen: moeilijke vraag']);
    expect(await page.getByText('Stel je vraag of meld wat er is.').count()).toBe(0);
  });

  test('works on plain http and with blocked storage, where locks, UUIDs and local storage are missing', async () => {
    await context.addInitScript(`
      delete Navigator.prototype.locks;
      delete Crypto.prototype.randomUUID;
      Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('blocked', 'SecurityError'); } });
    `);
    const page = await visit();
    await open(page);
    await say(page, 'hallo');
    await bubble(page, 'Ontvangen: hallo').waitFor();
    await expect.poll(() => desk.openStreams, PATIENT).toBe(1);
    desk.say(desk.only, { text: 'en dag' });
    await bubble(page, 'en dag').waitFor();
    expect(desk.posts[0]?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [360, 1280]) {
      test(`axe finds nothing: ${colorScheme}, ${width} px, in a page and behind the launcher`, async () => {
        desk.greeting = { text: 'Hallo, waar kan ik je mee helpen?', ask: choices(1, 'Iets melden', 'Iets vragen') };
        await useContext({ colorScheme, viewport: { width, height: 740 } });
        for (const html of [EMBEDDED, await readFile(new URL('../page/index.html', import.meta.url), 'utf8')]) {
          desk.html = html;
          const page = await visit();
          expect(await violations(page)).toEqual([]);
          if (html === EMBEDDED) await open(page);
          await bubble(page, 'Hallo, waar kan ik je mee helpen?').first().waitFor();
          if (html === EMBEDDED) await fillTimeline(page);
          await page.getByText('Dit budgetnummer bestaat niet.').waitFor();
          expect(await violations(page)).toEqual([]);
          expect(
            await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
          ).toBeLessThanOrEqual(0);
          const name = html === EMBEDDED ? 'panel' : 'page';
          if (process.env.WIDGET_SHOTS) await page.screenshot({ path: `${process.env.WIDGET_SHOTS}/${name}-${colorScheme}-${width}.png` });
          await page.close();
        }
      }, 60_000);
    }
  }
});

/** A conversation with one of everything. */
async function fillTimeline(page: Page): Promise<void> {
  desk.answerer = () => [
    {
      text: 'Vergaderruimte voor 8 personen. Klopt dat?',
      summary: [
        { label: 'Wanneer', value: 'morgen 10.00-12.00' },
        { label: 'Waar', value: 'gebouw B' },
      ],
      sources: [{ title: 'Vergaderen in gebouw B', url: 'https://example.org/vergaderen' }, { title: 'Huisregels' }],
    },
    { text: 'Gemeld bij Gebouwbeheer. Ze reageren vandaag voor 14.00 uur.', card: card('queued') },
    { text: 'Sanne is ermee bezig.', card: { ...card('claimed'), worker: 'Sanne' } },
    {
      text: 'Nog één ding.',
      ask: {
        kind: 'form',
        id: questionId(7),
        submit: 'Aanvragen',
        fields: [
          { id: 'a', label: 'Budgetnummer', input: 'text', required: true, value: '999', error: 'Dit budgetnummer bestaat niet.' },
          { id: 'b', label: 'Soort', input: 'choice', required: false, choices: [{ value: 'x', label: 'Taxi' }] },
        ],
      },
    },
  ];
  await page.getByRole('button', { name: 'Iets melden' }).click();
  await page.getByText('Bezorgd').waitFor();
  await page.getByText('Dit budgetnummer bestaat niet.').waitFor();
}

async function violations(page: Page): Promise<unknown> {
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(
    'axe.run().then((r) => r.violations.map((v) => v.id + ": " + v.nodes.map((n) => n.target + " " + n.failureSummary).join("; ")))',
  );
}
