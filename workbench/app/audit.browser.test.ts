import { describe, expect, it } from 'vitest';
import { DESKTOP, expectAccessible, NO_BROWSER, PHONE } from './test/browser.ts';
import { auditRows } from './test/fake-audit.ts';
import { inChromium } from './test/in-chromium.ts';

describe.skipIf(NO_BROWSER)('the page for auditors, in Chromium (apt-get install chromium)', () => {
  const at = inChromium();

  it.each([
    ['on a wide screen', DESKTOP],
    ['on a phone', PHONE],
  ])('%s: who did what, page by page, by action and by subject', async (_, size) => {
    at.api.role = 'auditor';
    at.api.audit = auditRows(60);
    const page = await at.open('/workbench/audit', size);
    const rows = page.getByRole('main').getByRole('listitem');
    await expect.poll(() => rows.count()).toBe(50);
    expect(await rows.first().textContent()).toMatch(/^Catalogus gepubliceerdLoket zelf · .*2026-11-25/);
    await expectAccessible(page, 'the audit log');
    if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/audit-${size.viewport.width}.png` });
    await page.getByRole('button', { name: 'Meer', exact: true }).click();
    await expect.poll(() => rows.count()).toBe(60);
    await page.getByRole('button', { name: 'Meer', exact: true }).waitFor({ state: 'detached' });
    await page.getByLabel('Wat', { exact: true }).selectOption('Aangemeld');
    await expect.poll(() => rows.count()).toBe(29);
    await page.getByLabel('Wat', { exact: true }).selectOption('Alles');
    await page.getByRole('button', { name: 'Alleen hiervan: SD-9SLV-DXX2' }).first().click();
    await expect.poll(() => rows.count()).toBe(30);
    expect(await page.getByLabel('Waarvan').inputValue()).toBe('SD-9SLV-DXX2');
    await page.getByLabel('Waarvan').fill('iets anders');
    await page.keyboard.press('Enter');
    await page.getByText('Niets gevonden.').waitFor();
  });

  it('is for auditors alone, and says the same in English', async () => {
    const page = await at.open('/workbench/audit');
    await page.getByText('Deze pagina bestaat niet.').waitFor();
    at.api.role = 'auditor';
    at.api.audit = auditRows(2);
    const english = await at.open('/workbench/audit', { ...DESKTOP, locale: 'en-GB' });
    await english.getByText('Confidential case read', { exact: true }).last().waitFor();
    expect(await english.getByRole('link', { name: 'SD-9SLV-DXX2' }).count()).toBe(1);
  });
});
