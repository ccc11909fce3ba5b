import { describe, expect, it } from 'vitest';
import { DESKTOP, expectAccessible, NO_BROWSER, PHONE } from './test/browser.ts';
import { inChromium } from './test/in-chromium.ts';

describe.skipIf(NO_BROWSER)('who is given what, in Chromium (apt-get install chromium)', () => {
  const at = inChromium();

  it.each([
    ['a wide screen', DESKTOP],
    ['a phone', PHONE],
  ] as const)('is seen and changed on %s', async (_, options) => {
    const page = await at.open('/workbench/workers', options);
    await page.getByRole('heading', { level: 1, name: 'Werkverdeling' }).waitFor();
    await page.getByText('2 van 3 in handen').waitFor();
    await page.getByText('6, zoals het team Gebouwbeheer').waitFor();
    await expectAccessible(page, 'who is given what');
    await page.getByRole('button', { name: 'Wijzig Omar Haddad' }).click();
    await expectAccessible(page, 'changing what somebody is given');
    await page.getByRole('combobox', { name: 'Krijgt' }).click();
    await page
      .getByRole('menuitemcheckbox', { name: 'Gebouw: alles' })
      .or(page.getByRole('option', { name: 'Gebouw: alles' }))
      .click();
    await page.keyboard.press('Escape');
    await page.getByRole('textbox', { name: 'Tegelijk hoogstens' }).fill('0');
    await page.getByText('Een getal van 1 tot en met 99.').waitFor();
    await page.getByRole('textbox', { name: 'Tegelijk hoogstens' }).fill('4');
    await page.getByRole('button', { name: 'Bewaar' }).click();
    await page.getByText('2 van 4 in handen').waitFor();
    await page.getByText('Lift, Gebouw: alles').waitFor();
    expect(at.api.workers.list().workers[1]).toMatchObject({
      skills: ['lift', 'group:building-comfort'],
      places: ['town-hall/A'],
      most: 4,
    });
  });

  it('says in the list why a case stands where it does, and what somebody is not given', async () => {
    const lift = [...at.api.cases.values()].find(({ state }) => state === 'queued');
    if (!lift) expect.fail('nothing waits');
    at.api.put({ ...lift, fit: 'other-skill', urgent: false });
    const page = await at.open(`/workbench/queue/team.${lift.team}`);
    const row = page.getByRole('link', { name: lift.title });
    await row.getByText('Buiten je vaardigheden').waitFor();
    expect(await row.getAttribute('title')).toMatch(/^Staat hier: oppakken uiterlijk .*\. Voorrang: /);
  });

  it('offers who coordinates to go beyond what one may have', async () => {
    const one = [...at.api.cases.values()].find(({ state }) => state === 'queued');
    if (!one) expect.fail('nothing waits');
    at.api.full = 4;
    const page = await at.open(`/workbench/case/${one.id}`);
    await page.getByRole('button', { name: 'Pak op', exact: true }).click();
    await page.getByText('Je hebt er al 4; rond er eerst één af of geef er één terug.').first().waitFor();
    await page.getByRole('button', { name: 'Toch oppakken' }).click();
    await page.getByRole('button', { name: 'Geef terug', exact: true }).waitFor();
  });
});
