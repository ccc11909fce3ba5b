import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DESKTOP, expectAccessible, NO_BROWSER, PHONE } from './test/browser.ts';
import { inChromium } from './test/in-chromium.ts';

describe.skipIf(NO_BROWSER)('an agent at the desk, in Chromium (apt-get install chromium)', () => {
  const at = inChromium();

  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

  it('registers by keyboard alone: who, what, Enter; the number is read aloud, Enter goes on', async () => {
    const page = await at.open('/workbench/queue/team.facilities');
    await page.getByRole('link', { name: 'Lift B staat stil' }).waitFor();
    await page.keyboard.press('m');
    await page.getByRole('heading', { level: 1, name: 'Meld voor iemand' }).waitFor();
    await page.getByRole('combobox', { name: 'Wie' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.type('fat');
    await page.getByRole('option', { name: 'Fatima El Idrissi' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await button(page, 'Iemand anders').waitFor();
    await page.getByText('Loopt al voor deze persoon').waitFor();
    const story = page.getByRole('textbox', { name: 'Wat is er' });
    await story.focus();
    await page.keyboard.type('de lift staat stil');
    await page.getByText('Gaat naar Gebouwbeheer').waitFor();
    await page.getByRole('textbox', { name: 'Waar' }).and(page.locator('[value="lift B"]')).waitFor();
    await page.getByText('Bel 0800-1234 bij een storing.').waitFor();
    await expectAccessible(page, 'a story with a proposal');
    await page.keyboard.press('Enter');
    await page.getByText('SD-2BCD-FG4K', { exact: true }).waitFor();
    await expectAccessible(page, 'a number to read aloud');
    expect(at.api.desk.registrations).toEqual([
      expect.objectContaining({ means: 'phone', text: 'de lift staat stil', requester: { id: 'person-fatima' }, values: {} }),
    ]);
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'Wie' }).and(page.locator(':focus')).waitFor();
    expect(await story.inputValue()).toBe('');
  });

  it('takes somebody new by name alone, at 360 px; what is not known is left so, and a scan goes along', async () => {
    const page = await at.open('/workbench/register', PHONE);
    await button(page, 'Meld').click();
    await page.getByText('Wie meldt dit?').waitFor();
    await page.getByRole('combobox', { name: 'Wie' }).fill('Opa Jansen');
    await page.getByRole('textbox', { name: 'Telefoon' }).fill('06 12345678');
    await page.getByRole('textbox', { name: 'Wat is er' }).fill('de lift staat stil');
    await page.getByRole('checkbox', { name: 'Waar: weet ik niet' }).check();
    await page.getByRole('radio', { name: 'post' }).check();
    const scan = { name: 'brief.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-') };
    await page.locator('[data-files=any]').setInputFiles(scan);
    await page.getByText('brief.pdf').waitFor();
    await expectAccessible(page, 'registering on a phone');
    await page.getByRole('combobox', { name: 'Product' }).selectOption({ label: 'Klimaat' });
    await button(page, 'Meld').and(page.locator(':not([aria-disabled=true])')).click();
    await page.getByText('SD-2BCD-FG4K', { exact: true }).waitFor();
    await expectAccessible(page, 'a number on a phone');
    expect(at.api.desk.registrations).toEqual([
      expect.objectContaining({
        means: 'post',
        product: 'heating-cooling',
        requester: { name: 'Opa Jansen', phone: '06 12345678' },
        attachments: ['file-0'],
      }),
    ]);
  });

  it('shows danger before all else', async () => {
    const page = await at.open('/workbench/register');
    await page.getByRole('textbox', { name: 'Wat is er' }).fill('er is brand');
    await page.getByRole('alert').filter({ hasText: 'Bel 112' }).waitFor();
    await expectAccessible(page, 'danger');
  });

  it('calls back: what to say, what was answered, and it is gone', async () => {
    const page = await at.open('/workbench/call-backs');
    const call = page.getByRole('group', { name: 'Bel terug: Greet de Boer' });
    await call.getByRole('link', { name: '020 555 1234' }).waitFor();
    await call.getByText('Brandt de andere lamp nog?').waitFor();
    await expectAccessible(page, 'somebody to call');
    await call.getByRole('button', { name: 'Niet bereikt' }).click();
    await call.getByText('1 keer niet bereikt').waitFor();
    await call.getByRole('textbox', { name: 'Wat zei de melder?' }).fill('Ja');
    await call.getByRole('button', { name: 'Verteld' }).click();
    await page.getByText('Er is niemand om terug te bellen.').waitFor();
    expect(at.api.desk.called.map(({ reached, answer }) => [reached, answer?.value])).toEqual([
      [false, undefined],
      [true, 'Ja'],
    ]);
  });

  it('shows somebody with all that is his, joins two after a look, and parts them again', async () => {
    const page = await at.open('/workbench/persons', PHONE);
    await page.getByRole('searchbox', { name: 'Zoek iemand' }).fill('fat');
    await page.getByRole('link', { name: 'Fatima El Idrissi' }).click();
    await page.getByRole('heading', { level: 1, name: 'Fatima El Idrissi' }).waitFor();
    await page.getByText('webchat · fatima').waitFor();
    await page.getByRole('link', { name: 'Lift B staat stil' }).waitFor();
    await expectAccessible(page, 'somebody');
    await button(page, 'Voeg samen met…').click();
    await page.getByRole('textbox', { name: 'Zoek iemand' }).fill('idrissi');
    await page.getByRole('radio', { name: 'Mevrouw Idrissi' }).check();
    await expectAccessible(page, 'joining');
    await button(page, 'Dit is dezelfde: Mevrouw Idrissi').click();
    await button(page, 'Maak los').click();
    await button(page, 'Maak los').waitFor({ state: 'detached' });
    expect(at.api.desk.joined).toBe(false);
  });

  it('speaks English', async () => {
    const page = await at.open('/workbench/register', { ...DESKTOP, locale: 'en-GB' });
    await page.getByRole('heading', { level: 1, name: 'Register for somebody' }).waitFor();
    await page.getByRole('combobox', { name: 'Who' }).waitFor();
    await expectAccessible(page, 'in English');
  });
});
