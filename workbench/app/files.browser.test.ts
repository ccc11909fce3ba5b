import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DESKTOP, expectAccessible, NO_BROWSER, PHONE } from './test/browser.ts';
import { message, newCase, SANNE } from './test/fake-data.ts';
import { inChromium } from './test/in-chromium.ts';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

describe.skipIf(NO_BROWSER)('files in the workbench, in Chromium (apt-get install chromium)', () => {
  const at = inChromium();

  /** Her own case, with a photo, something that is not checked yet, and something bad. */
  const open = async (options: BrowserContextOptions): Promise<Page> => {
    const files = [
      at.api.keep('lekkage.png', 'image/png', PNG),
      at.api.keep('offerte.pdf', 'application/pdf', Buffer.from('%PDF-1.7'), 'held'),
      at.api.keep('factuur.doc', 'application/msword', Buffer.from('x'), 'infected'),
    ];
    const made = newCase({ id: 'leak', reference: 'SD-7K3Q-MX2P', title: 'Lekkage', requester: 'Femke Bos', text: 'Het lekt hier' });
    const worker = { id: SANNE.id, name: SANNE.name };
    at.api.cases.set('leak', {
      ...made,
      state: 'claimed',
      worker,
      messages: [message('requester', 'Femke Bos', -1, 'Het lekt hier', files)],
    });
    const page = await at.open('/workbench/case/leak', options);
    await page.getByRole('heading', { level: 1, name: 'Lekkage' }).waitFor();
    return page;
  };

  it('a case shows them: a photo as it is, what cannot be opened with why', async () => {
    const page = await open(DESKTOP);
    const photo = page.getByRole('button', { name: /lekkage\.png/ });
    await photo.locator('img').waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), photo.click()]);
    expect(download.suggestedFilename()).toBe('lekkage.png');
    await page.getByText('Wordt gecontroleerd, nog niet te openen').waitFor();
    await page.getByText('Bevat een virus, niet te openen').waitFor();
    expect(await page.getByRole('button', { name: /offerte|factuur/ }).count()).toBe(0);
    await expectAccessible(page, 'a case with files');
  });

  it('go to the requester with a reply, chosen or pasted; what is refused says why and is not sent', async () => {
    const page = await open(DESKTOP);
    await page.locator('input[data-files="any"]').setInputFiles([
      { name: 'plattegrond.png', mimeType: 'image/png', buffer: PNG },
      { name: 'virus.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('x') },
    ]);
    await page.getByText('Dit soort bestand nemen we niet aan.').waitFor();
    await page.getByRole('button', { name: 'virus.exe weghalen' }).click();
    const field = page.getByRole('textbox', { name: 'Schrijf aan' });
    await field.evaluate((element) => {
      const data = new DataTransfer();
      data.items.add(new File(['x'], 'geplakt.txt', { type: 'text/plain' }));
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    });
    await page.getByRole('button', { name: 'geplakt.txt weghalen' }).waitFor();
    await field.fill('Zie de plattegrond');
    await page.getByRole('button', { name: 'Verstuur naar Femke' }).click();
    await page.getByRole('button', { name: /plattegrond\.png/ }).waitFor();
    await page.getByRole('button', { name: /geplakt\.txt/ }).waitFor();
    expect(
      at.api.cases
        .get('leak')
        ?.messages.at(-1)
        ?.attachments.map(({ name }) => name),
    ).toEqual(['plattegrond.png', 'geplakt.txt']);
    expect(at.api.cases.get('leak')?.notes).toEqual([]);
  });

  it('stay inside with a note; on a phone from the camera, at 360 px', async () => {
    const page = await open(PHONE);
    await page.getByRole('button', { name: 'Meer' }).click();
    await page.getByRole('menuitem', { name: 'Notitie' }).click();
    const camera = page.locator('input[data-files="camera"]');
    expect(await camera.getAttribute('capture')).toBe('environment');
    await camera.setInputFiles({ name: 'monteur.png', mimeType: 'image/png', buffer: PNG });
    await page.getByRole('button', { name: 'monteur.png weghalen' }).waitFor();
    await page.getByText('Alleen collega’s lezen dit').waitFor();
    await expectAccessible(page, 'a note with a photo on a phone');
    if (process.env.SHOT) await page.screenshot({ path: `${process.env.SHOT}/note-phone.png` });
    await page.getByRole('textbox').fill('zo ziet het eruit');
    await page.getByRole('button', { name: 'Bewaar notitie' }).click();
    await page.getByRole('button', { name: /monteur\.png/ }).waitFor();
    expect(
      at.api.cases
        .get('leak')
        ?.notes.at(-1)
        ?.attachments.map(({ name }) => name),
    ).toEqual(['monteur.png']);
    if (process.env.SHOT) await page.screenshot({ path: `${process.env.SHOT}/case-phone.png` });
  });
});
