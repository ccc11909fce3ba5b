import { expect, test } from 'vitest';
import { bubble, composer, context, desk, inChromium, open, PATIENT, useContext, visit } from './browser-harness.ts';

/** The smallest picture that a browser shows. */
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const picture = { name: 'lekkage.png', mimeType: 'image/png', buffer: PNG };
const letter = { name: 'offerte & <b>bijlage</b>.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 x') };

/** As somebody drags files out of a folder, or pastes them. */
async function handOver(page: Awaited<ReturnType<typeof visit>>, event: 'drop' | 'paste', name: string): Promise<void> {
  await page.locator('loket-chat').evaluate(
    (host, [kind, file, bytes]) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(bytes ?? ''), (letter) => letter.charCodeAt(0))], file ?? '', { type: 'image/png' }));
      const place = host.shadowRoot?.querySelector(kind === 'drop' ? '.panel' : 'textarea');
      const given =
        kind === 'drop'
          ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
          : new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
      place?.dispatchEvent(given);
    },
    [event, name, PNG.toString('base64')],
  );
}

inChromium('files in the widget', () => {
  test('are chosen, shown with their size, taken away, and sent with the words', async () => {
    const page = await visit();
    await open(page);
    await page.getByLabel('Bestand toevoegen').locator('input').setInputFiles([picture, letter]);
    const tray = page.getByRole('list', { name: 'Bestanden' });
    await tray.getByText('offerte & <b>bijlage</b>.pdf').waitFor();
    await page.getByRole('button', { name: 'offerte & <b>bijlage</b>.pdf weghalen' }).click();
    await composer(page).fill('het lekt hier');
    await composer(page).press('Enter');
    await bubble(page, 'Ontvangen: het lekt hier').waitFor();
    expect(desk.posts.map(({ attachments }) => attachments)).toEqual([[desk.uploads[0]?.id]]);
    expect(desk.uploads.map(({ name, type }) => [name, type])).toEqual([
      ['lekkage.png', 'image/png'],
      ['offerte & <b>bijlage</b>.pdf', 'application/pdf'],
    ]);
    await page.locator('.message.own img[alt="lekkage.png"]').waitFor();
    await page.reload();
    await page.locator('.message.own img[alt="lekkage.png"]').waitFor();
  });

  test('are dropped and pasted, and go without words', async () => {
    const page = await visit();
    await open(page);
    await handOver(page, 'drop', 'gesleept.png');
    await handOver(page, 'paste', 'geplakt.png');
    await page.getByRole('button', { name: 'geplakt.png weghalen' }).waitFor();
    await expect.poll(() => desk.uploads.map(({ name }) => name), PATIENT).toEqual(['gesleept.png', 'geplakt.png']);
    await composer(page).press('Enter');
    await expect.poll(() => desk.posts.map(({ text, attachments }) => [text, attachments?.length]), PATIENT).toEqual([['', 2]]);
    await page.getByRole('button', { name: 'geplakt.png weghalen' }).waitFor({ state: 'detached' });
  });

  test('that are on their way when Enter is pressed go along once they are there', async () => {
    const page = await visit();
    await open(page);
    desk.holdUploads();
    await page.getByLabel('Bestand toevoegen').locator('input').setInputFiles(picture);
    await page.getByRole('progressbar', { name: 'Wordt toegevoegd' }).waitFor();
    await composer(page).fill('kijk');
    await composer(page).press('Enter');
    expect(desk.posts).toEqual([]);
    desk.releaseUploads();
    await bubble(page, 'Ontvangen: kijk').waitFor();
    expect(desk.posts[0]?.attachments).toHaveLength(1);
  });

  test('that are refused say why, and hold nothing up', async () => {
    const page = await visit();
    await open(page);
    desk.uploadFailures.push({ status: 413, message: 'Dit bestand is te groot: maximaal 25 MB.' });
    await page.getByLabel('Bestand toevoegen').locator('input').setInputFiles(picture);
    await page.getByText('Dit bestand is te groot: maximaal 25 MB.').waitFor();
    await composer(page).fill('dan zonder');
    await composer(page).press('Enter');
    await bubble(page, 'Ontvangen: dan zonder').waitFor();
    expect(desk.posts[0]?.attachments).toBeUndefined();
  });

  test('of a colleague are kept by a press; one that is not checked yet says so', async () => {
    const page = await visit();
    await open(page);
    const plan = desk.keep('plattegrond.pdf', 'application/pdf', Buffer.from('%PDF-1.7 plan'));
    const attachments = [
      plan,
      { ...plan, id: 'held', name: 'nieuw.pdf', state: 'held' as const },
      { ...plan, id: 'bad', name: 'fout.pdf', state: 'infected' as const },
    ];
    desk.say(desk.only, { text: 'Zie de plattegrond' }, { from: 'worker', name: 'Sanne', attachments });
    const button = page.getByRole('button', { name: /plattegrond\.pdf/ });
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
    expect(download.suggestedFilename()).toBe('plattegrond.pdf');
    const held = page.getByRole('listitem').filter({ hasText: 'nieuw.pdf' });
    await held.getByText('Wordt gecontroleerd').waitFor();
    await page.getByText('Bevat een virus, niet te openen').waitFor();
    expect(await page.getByRole('button', { name: /fout\.pdf/ }).count()).toBe(0);
  });

  test('can be photographed on a phone, and the field keeps its room', async () => {
    await useContext({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
    const page = await visit();
    await open(page);
    const camera = page.getByLabel('Foto maken').locator('input');
    expect(await camera.getAttribute('capture')).toBe('environment');
    await camera.setInputFiles(picture);
    await page.getByRole('button', { name: 'lekkage.png weghalen' }).waitFor();
    expect((await composer(page).boundingBox())?.width).toBeGreaterThan(150);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    const shot = process.env.SHOT;
    if (shot) await page.screenshot({ path: `${shot}/phone-tray.png` });
    await composer(page).fill('het lekt');
    await page.getByRole('button', { name: 'Versturen' }).click();
    await page.locator('.message.own img[alt="lekkage.png"]').waitFor();
    if (shot) await page.screenshot({ path: `${shot}/phone-sent.png` });
    expect(context.pages()).toHaveLength(1);
  });
});
