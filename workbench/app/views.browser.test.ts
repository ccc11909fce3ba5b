import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DESKTOP, expectAccessible, NO_BROWSER, PHONE } from './test/browser.ts';
import { newCase } from './test/fake-data.ts';
import { inChromium } from './test/in-chromium.ts';

/** A list narrowed, and kept that way under a name. */
describe.skipIf(NO_BROWSER)('views of a list (apt-get install chromium)', () => {
  const at = inChromium();
  const row = (page: Page, text: string) => page.getByRole('link', { name: text });
  const toast = (page: Page, text: string) => page.locator('.fui-ToastTitle', { hasText: text });
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const picture = async (page: Page, name: string) => {
    if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png` });
  };
  const open = async (options = DESKTOP) => {
    const wish = newCase({ id: 'wish', reference: 'SD-W2SH-W2SH', title: 'Fietsenstalling met dak', text: 'x', requester: 'Ann' });
    at.api.cases.set('wish', { ...wish, kind: 'wish', priority: 'low' });
    const page = await at.open('/workbench/queue/team.facilities', options);
    await row(page, 'Lift B staat stil').waitFor();
    return page;
  };

  it('narrows the list with the keyboard, says to what, and widens it again', async () => {
    const page = await open();
    await page.keyboard.press('f');
    await page.getByLabel('Soort').selectOption('wens');
    await page.getByLabel('Voorrang').selectOption('Laag');
    await expectAccessible(page, 'the filters');
    await picture(page, 'filters');
    await button(page, 'Toon').press('Enter');
    await row(page, 'Lift B staat stil').waitFor({ state: 'detached' });
    await row(page, 'Fietsenstalling').waitFor();
    await expectAccessible(page, 'a narrowed list');
    await picture(page, 'narrowed');
    await button(page, 'Laag, haal weg').click();
    await button(page, 'wens, haal weg').click();
    await row(page, 'Lift B staat stil').waitFor();
    await page.keyboard.press('f');
    await page.getByLabel('Behandelaar').selectOption('Van mij');
    await button(page, 'Toon').click();
    await page.getByText('Niets in deze lijst past bij de filters.').waitFor();
  });

  it('is kept under a name with its count, found again by V, and for the team when one may', async () => {
    const page = await open();
    await page.keyboard.press('v');
    await page.getByRole('menuitem', { name: 'Bewaar deze weergave…' }).and(page.locator('[aria-disabled=true]')).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('f');
    await page.getByLabel('Soort').selectOption('wens');
    await page.getByLabel('Volgorde').selectOption('Nieuwste eerst');
    await button(page, 'Toon').click();
    await row(page, 'Lift B staat stil').waitFor({ state: 'detached' });
    await page.keyboard.press('v');
    await page.getByRole('menuitem', { name: 'Bewaar deze weergave…' }).click();
    await page.getByRole('textbox', { name: 'Naam' }).fill('Wensen');
    await page.getByLabel('Voor wie').selectOption('Iedereen in Gebouwbeheer');
    await expectAccessible(page, 'keeping a view');
    await picture(page, 'save-view');
    await page.keyboard.press('Enter');
    await toast(page, 'Weergave “Wensen” bewaard').waitFor();
    await button(page, 'Wensen').click();
    await page
      .getByRole('menuitemradio', { name: /^Wensen 1/ })
      .and(page.locator('[aria-checked=true]'))
      .waitFor();
    await expectAccessible(page, 'the views');
    await picture(page, 'views');
    await page.getByRole('menuitemradio', { name: 'Alles in deze lijst' }).click();
    await row(page, 'Lift B staat stil').waitFor();
    await page.getByRole('link', { name: /^Alle zaken/ }).click();
    await page.keyboard.press('v');
    await page.getByRole('menuitemradio', { name: /^Wensen/ }).click();
    await row(page, 'Fietsenstalling').waitFor();
    await row(page, 'Lift B staat stil').waitFor({ state: 'detached' });
    expect(new URL(page.url()).pathname).toBe('/workbench/queue/team.facilities');
  });

  it.each([
    ['1280 px', DESKTOP],
    ['360 px', PHONE],
  ] as const)('is renamed and deleted, and a slip is put back (%s)', async (_, size) => {
    const team = { id: 'b', team: 'cleaning', name: 'Van een ander', place: 'team.cleaning' } as const;
    at.api.views.save({ ...team, filter: {}, search: '', order: 'new' });
    at.api.views.save({
      id: 'a',
      team: null,
      name: 'Wensen',
      place: 'team.facilities',
      filter: { kind: 'wish' },
      search: '',
      order: 'due',
    });
    const page = await open(size);
    await button(page, 'Weergaven').click();
    await page.getByRole('menuitem', { name: 'Beheer weergaven…' }).click();
    const name = page.getByRole('textbox', { name: /^Hernoem / });
    await name.waitFor();
    expect(await name.count()).toBe(1);
    await expectAccessible(page, 'managing views');
    await picture(page, `manage-views-${size.viewport.width}`);
    await name.fill('Alle wensen');
    await page.keyboard.press('Enter');
    await button(page, 'Verwijder Alle wensen').click();
    await page.getByText('Nog geen bewaarde weergaven.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Sluiten' }).click();
    await page.locator('.fui-Toast').getByRole('button', { name: 'Zet terug' }).click();
    await button(page, 'Weergaven').click();
    await page.getByRole('menuitemradio', { name: /^Alle wensen/ }).click();
    await row(page, 'Lift B staat stil').waitFor({ state: 'detached' });
    await expectAccessible(page, 'a view');
    await picture(page, `view-${size.viewport.width}`);
  });
});
