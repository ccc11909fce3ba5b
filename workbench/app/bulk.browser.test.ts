import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DESKTOP, expectAccessible, NO_BROWSER, PHONE } from './test/browser.ts';
import { inChromium } from './test/in-chromium.ts';

/** One thing done with several cases of a list. */
describe.skipIf(NO_BROWSER)('several cases at once (apt-get install chromium)', () => {
  const at = inChromium();
  const row = (page: Page, text: string) => page.getByRole('link', { name: text });
  const box = (page: Page, text: string) => page.getByRole('checkbox', { name: new RegExp(`^Kies SD-\\S+ ${text}`) });
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const status = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text });
  const picture = async (page: Page, name: string) => {
    if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png` });
  };
  const open = async (options: Parameters<typeof at.open>[1] = DESKTOP) => {
    const page = await at.open('/workbench/queue/team.facilities', options);
    await row(page, 'Lift B staat stil').waitFor();
    return page;
  };
  const state = (id: string) => at.api.cases.get(id)?.state;

  it('are chosen and claimed by the keyboard alone, and what a colleague has is told', async () => {
    const page = await open();
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await status(page, '1 zaak gekozen').waitFor();
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+J');
    await status(page, '3 zaken gekozen').waitFor();
    await expectAccessible(page, 'chosen cases');
    await picture(page, 'bulk-chosen');
    await page.keyboard.press('Escape');
    await status(page, '3 zaken gekozen').waitFor({ state: 'detached' });
    await row(page, 'Lift B staat stil').focus();
    await page.keyboard.press('x');
    await page.keyboard.press('Shift+ArrowDown');
    const [first, second] = await page
      .getByRole('checkbox', { checked: true })
      .evaluateAll((boxes) => boxes.map((one) => one.closest('li')?.querySelector('[data-case-row]')?.getAttribute('data-case-row') ?? ''));
    const taken = at.api.cases.get(second ?? '');
    if (!taken) throw new Error('there is no second case');
    at.api.cases.set(taken.id, { ...taken, state: 'claimed', worker: { id: 'omar', name: 'Omar' } });
    await page.getByRole('region', { name: 'Met de gekozen zaken' }).getByRole('button', { name: 'Pak op' }).click();
    await status(page, '1 klaar, 1 niet: inmiddels van Omar').waitFor();
    await expectAccessible(page, 'what became of it');
    await picture(page, 'bulk-done');
    expect(state(first ?? '')).toBe('claimed');
    await button(page, 'Geef terug').click();
    await status(page, '1 ongedaan gemaakt').waitFor();
    expect(state(first ?? '')).toBe('queued');
  });

  it('get the same reply, each its own, and the lot can be taken back; shift chooses all between', async () => {
    const page = await open();
    await row(page, 'Raam 1 sluit niet').hover();
    await box(page, 'Raam 1 sluit niet').check();
    await row(page, 'Raam 3 sluit niet').click({ modifiers: ['Shift'] });
    await status(page, '3 zaken gekozen').waitFor();
    await page.getByRole('region', { name: 'Met de gekozen zaken' }).getByRole('button', { name: 'Pak op' }).click();
    await status(page, '3 klaar').waitFor();
    await row(page, 'Raam 1 sluit niet').hover();
    await box(page, 'Raam 1 sluit niet').check();
    await box(page, 'Raam 3 sluit niet').click({ modifiers: ['Shift'] });
    at.api.holds = true;
    await button(page, 'Antwoord…').click();
    await page.getByRole('textbox', { name: 'Tekst' }).fill('Dag {naam}, we kijken ernaar.');
    await expectAccessible(page, 'the same reply to several');
    await picture(page, 'bulk-reply');
    await button(page, 'Verstuur naar 3 melders').click();
    await status(page, '3 klaar').waitFor();
    await page.getByRole('button', { name: /^Ongedaan maken \(\d+ s\)$/ }).click();
    await status(page, '3 ongedaan gemaakt').waitFor();
    expect([...at.api.cases.values()].filter(({ held }) => held)).toEqual([]);
  });

  it.each([
    ['light', 'nl-NL', 'Ander team…'],
    ['dark', 'en-GB', 'Another team…'],
  ] as const)('are chosen on a phone, by a long press or the button (%s, %s)', async (colorScheme, locale, move) => {
    const page = await open({ ...PHONE, colorScheme, locale });
    const english = locale === 'en-GB';
    await button(page, english ? 'Choose' : 'Kies').click();
    await row(page, 'Lift B staat stil').click();
    await status(page, english ? '1 case chosen' : '1 zaak gekozen').waitFor();
    await expectAccessible(page, 'choosing on a phone');
    await picture(page, `bulk-phone-${colorScheme}`);
    await button(page, english ? 'Choose none' : 'Niets kiezen').click();
    const there = await row(page, 'Lift B staat stil').boundingBox();
    if (!there) throw new Error('the row is not on the screen');
    const session = await page.context().newCDPSession(page);
    const touchPoints = [{ x: there.x + 100, y: there.y + 30 }];
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
    await status(page, english ? '1 case chosen' : '1 zaak gekozen').waitFor();
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await button(page, english ? 'More with the chosen cases' : 'Meer met de gekozen zaken').click();
    await page.getByRole('menuitem', { name: move }).click();
    await page.getByLabel('Team', { exact: true }).selectOption(english ? 'Cleaning' : 'Schoonmaak');
    await expectAccessible(page, 'another team');
    await button(page, english ? 'Move' : 'Zet door').click();
    await status(page, english ? '1 done' : '1 klaar').waitFor();
    await expectAccessible(page, 'done on a phone');
    await picture(page, `bulk-phone-done-${colorScheme}`);
    expect(at.api.cases.get('lift')?.team).toBe('cleaning');
  });

  it('are printed, each with what was said', async () => {
    const page = await open();
    await page.evaluate(() => {
      window.print = () => {
        document.title = 'printed';
      };
    });
    await row(page, 'Te warm').focus();
    await page.keyboard.press('x');
    await button(page, 'Meer met de gekozen zaken').click();
    await page.getByRole('menuitem', { name: 'Afdrukken' }).click();
    await expect.poll(() => page.title()).toBe('printed');
    await page.emulateMedia({ media: 'print' });
    await page.getByRole('heading', { name: /SD-7K3Q-MX2P · Te warm/ }).waitFor();
    expect(await page.locator('#root').isVisible()).toBe(false);
    await picture(page, 'bulk-print');
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
    await page.emulateMedia({ media: 'screen' });
    await status(page, '1 zaak gekozen').waitFor();
  });
});
