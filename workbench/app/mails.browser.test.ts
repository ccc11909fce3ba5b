import { describe, expect, it } from 'vitest';
import { DESKTOP, expectAccessible, NO_BROWSER, PHONE } from './test/browser.ts';
import { newCase } from './test/fake-data.ts';
import { forwardedMails, sendRows } from './test/fake-mails.ts';
import { inChromium } from './test/in-chromium.ts';

describe.skipIf(NO_BROWSER)('what is known of mails, in Chromium (apt-get install chromium)', () => {
  const at = inChromium();

  const forwarded = () => {
    const it = { id: 'fw', reference: 'SD-8K3Q-MX2P', title: 'Te warm in de directiekamer', text: 'te warm', requester: 'Mirjam de Boer' };
    at.api.put(newCase({ ...it, channel: 'email', requesterAddress: 'mirjam@example.org' }));
    at.api.mails.set('fw', forwardedMails());
  };

  it.each([
    ['on a wide screen', DESKTOP],
    ['on a phone', PHONE],
  ])('%s: who else got it, its source, what was sent; who wrote what was forwarded is made the requester by one press', async (_, size) => {
    forwarded();
    const page = await at.open('/workbench/case/fw', size);
    await page.getByRole('tab', { name: 'Gegevens' }).click();
    const mail = page.getByRole('listitem').filter({ hasText: 'FW: te warm in de directiekamer' });
    await mail.getByText('p.jansen@example.org').waitFor();
    await mail.getByText('ict@example.org', { exact: true }).waitFor();
    await mail.getByText('Niet zeker dat het van dit adres komt').waitFor();
    await expectAccessible(page, 'the mails of a case');
    const download = page.waitForEvent('download');
    await mail.getByRole('button', { name: 'Bron (.eml) van “FW: te warm in de directiekamer”' }).click();
    expect((await download).suggestedFilename()).toBe('SD-8K3Q-MX2P.eml');
    await mail.getByRole('button', { name: 'Maak Dirk van der Heuvel de melder' }).click();
    await page.locator('.fui-ToastTitle', { hasText: 'Dirk van der Heuvel is nu de melder van SD-8K3Q-MX2P' }).waitFor();
    await mail.getByRole('button', { name: 'Maak Dirk' }).waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'Verloop' }).click();
    const sent = page.getByRole('listitem').filter({ hasText: 'mirjam@example.org' });
    expect(await sent.allTextContents()).toEqual([
      expect.stringMatching(/^Verstuurdaan mirjam@example\.orge-mail · poging 2 · .*250 2\.0\.0 taken as 4F2A$/),
      expect.stringMatching(/^Uitgesteldaan mirjam@example\.orge-mail · .*451 4\.7\.1 greylisted, come back later$/),
    ]);
    await expectAccessible(page, 'what was sent about a case');
  });

  it.each([
    ['on a wide screen', DESKTOP],
    ['on a phone', PHONE],
  ])('%s: the send log, by outcome, page by page, with the way to the case', async (_, size) => {
    at.api.sends = sendRows(60);
    const page = await at.open('/workbench/sends', size);
    const rows = page.getByRole('main').getByRole('listitem');
    await expect.poll(() => rows.count()).toBe(50);
    expect(await rows.nth(1).textContent()).toContain('Over een vertrouwelijke zaak');
    expect(await rows.nth(1).getByRole('link').count()).toBe(0);
    await expectAccessible(page, 'the send log');
    await page.getByRole('button', { name: 'Meer', exact: true }).click();
    await expect.poll(() => rows.count()).toBe(60);
    await page.getByRole('tab', { name: 'Geweigerd' }).click();
    await expect.poll(() => rows.count()).toBe(1);
    expect(await rows.first().textContent()).toContain('550 5.1.1 no such user here');
    await page.getByRole('tab', { name: 'Vastgehouden' }).click();
    await page.getByText('Niets in deze lijst.').waitFor();
    await page.getByRole('tab', { name: 'Geweigerd' }).click();
    await page.getByRole('link', { name: 'SD-7K3Q-MX2P' }).click();
    await page.getByRole('heading', { level: 1, name: 'Te warm' }).waitFor();
  });

  it('in English says the same', async () => {
    forwarded();
    const page = await at.open('/workbench/case/fw', { ...DESKTOP, locale: 'en-GB' });
    await page.getByRole('tab', { name: 'Details' }).click();
    await page.getByText('Also sent to').waitFor();
    await page.getByRole('button', { name: 'Make Dirk van der Heuvel the requester' }).waitFor();
  });
});
