import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DESKTOP, expectAccessible, NO_BROWSER, PHONE } from './test/browser.ts';
import { inChromium } from './test/in-chromium.ts';

/** What helps somebody who replies: taking it back, texts kept ready, how it was solved before. */
describe.skipIf(NO_BROWSER)('replying (apt-get install chromium)', () => {
  const at = inChromium();
  const field = (page: Page) => page.getByRole('textbox', { name: /^Schrijf aan / });
  const picture = async (page: Page, name: string) => {
    if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png` });
  };
  const open = async (size = DESKTOP) => {
    const page = await at.open('/workbench/case/warm', size);
    await page.getByRole('heading', { level: 1, name: 'Te warm' }).waitFor();
    await page.getByRole('button', { name: 'Pak op', exact: true }).click();
    return page;
  };

  it('can be undone for a while: nothing was sent, and what was written stands in its field again', async () => {
    const page = await open();
    at.api.holds = true;
    await field(page).fill('De monteur komt om twee uur.');
    await page.keyboard.press('Control+Enter');
    const bar = page.getByRole('region', { name: 'Ongedaan maken' });
    await bar.filter({ hasText: /Antwoord: gaat over \d+ s de deur uit/ }).waitFor();
    await expectAccessible(page, 'a reply that can be undone');
    await picture(page, 'undo');
    expect(await field(page).inputValue()).toBe('');
    await page.locator('.fui-Toast').getByRole('button', { name: 'Ongedaan maken' }).waitFor();
    await bar.getByRole('button', { name: 'Ongedaan maken' }).click();
    await expect.poll(() => field(page).inputValue()).toBe('De monteur komt om twee uur.');
    await bar.waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'Verloop' }).click();
    await page.getByText('Ongedaan gemaakt · Antwoord').waitFor();
  });

  it('takes a text that is kept ready, by / and the keyboard alone, and leaves a slash within a line alone', async () => {
    const page = await open();
    await field(page).click();
    await page.keyboard.type('en/of ');
    expect(await field(page).inputValue()).toBe('en/of ');
    await field(page).fill('');
    await page.keyboard.press('/');
    await page.getByRole('menuitem', { name: /Besteld/ }).waitFor();
    await page.getByText('Suggesties: lees en pas aan').waitFor();
    await expectAccessible(page, 'the texts to insert');
    await picture(page, 'insert');
    await page.getByRole('menuitem', { name: /Besteld/ }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => field(page).inputValue()).toMatch(/^Dag .+, het onderdeel is besteld\.$/);
    await expect.poll(() => field(page).evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.type(' Groet');
    expect(await field(page).inputValue()).toMatch(/besteld\. Groet$/);
  });

  it('shows who else looks or writes, on the case and in the list, and lets them know the same', async () => {
    const person = { person: 'omar', name: 'Omar' };
    at.api.present = [
      { ...person, case: 'warm', doing: 'types' },
      { ...person, case: 'lift', doing: 'looks' },
    ];
    const page = await open();
    await page.getByRole('status').filter({ hasText: 'Omar schrijft' }).waitFor();
    await page.getByRole('link', { name: 'Lift B staat stil' }).filter({ hasText: 'Omar kijkt ook' }).waitFor();
    await expectAccessible(page, 'others at a case');
    await picture(page, 'others');
    await field(page).fill('Ik kom.');
    await expect.poll(() => at.api.told).toContainEqual({ doing: 'types' });
    await page.getByRole('link', { name: 'Lift B staat stil' }).click();
    await expect.poll(() => at.api.told).toContainEqual({ doing: 'left' });
  });

  it('shows how it was solved before, and takes the answer over to be changed', async () => {
    const page = await open();
    await page.getByRole('tab', { name: /Eerder/ }).click();
    await page.getByRole('heading', { name: 'Zo is het eerder opgelost' }).waitFor();
    await expectAccessible(page, 'how it was solved before');
    await picture(page, 'similar');
    await page.getByRole('button', { name: 'Neem over: het antwoord van SD-9SLV-DXX2' }).click();
    await expect.poll(() => field(page).inputValue()).toBe('De regelaar is vervangen.');
    await page.getByText('Voorstel van Loket, nog ongewijzigd').waitFor();
    await expectAccessible(page, 'a suggestion in the field');
    await picture(page, 'suggested');
    await field(page).fill('De regelaar is vernieuwd.');
    await page.getByText('Voorstel van Loket, nog ongewijzigd').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Neem over: het antwoord uit de catalogus' }).click();
    await expect.poll(() => field(page).inputValue()).toBe('Zet de knop op 3 en sluit de ramen.\n\nDe regelaar is vernieuwd.');
  });

  it('does not send what is still to be filled in, and shows where it stands', async () => {
    const page = await open();
    await field(page).fill('Dag Eva, de monteur komt naar [plaats].');
    await page.keyboard.press('Control+Enter');
    await page.locator('.fui-ToastTitle', { hasText: 'Vul [plaats] nog in, of haal het weg' }).waitFor();
    await page.keyboard.type('kamer 3.14');
    expect(await field(page).inputValue()).toBe('Dag Eva, de monteur komt naar kamer 3.14.');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => field(page).inputValue()).toBe('');
    await page.getByText('Dag Eva, de monteur komt naar kamer 3.14.').waitFor();
  });

  it.each([
    ['1280 px', DESKTOP],
    ['360 px', PHONE],
  ] as const)('keeps the texts on a page of their own (%s)', async (_, size) => {
    const page = await at.open('/workbench/canned', size);
    await page.getByRole('button', { name: 'Nieuwe tekst' }).click();
    await page.getByLabel('Naam').waitFor();
    await page.getByText('{naam} {referentie} {plaats} {product} {ik}').waitFor();
    await expectAccessible(page, 'canned texts');
    await picture(page, `canned-${size.viewport.width}`);
  });
});
