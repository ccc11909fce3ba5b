import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DESKTOP, expectAccessible, NO_BROWSER, PHONE } from './test/browser.ts';
import { hours, message, newCase } from './test/fake-data.ts';
import { inChromium } from './test/in-chromium.ts';

describe.skipIf(NO_BROWSER)('the workbench in Chromium (apt-get install chromium)', () => {
  const at = inChromium();

  const row = (page: Page, name: string) => page.getByRole('link', { name });
  const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
  const toast = (page: Page, text: string) => page.locator('.fui-ToastTitle', { hasText: text });
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

  it('shows the queue: what is late first, in words, with counts; further pages while scrolling; searching', async () => {
    const page = await at.open('/workbench/');
    await row(page, 'Lift B staat stil').waitFor();
    expect(new URL(page.url()).pathname).toBe('/workbench/queue/team.facilities');
    const first = await page.getByRole('list', { name: 'Gebouwbeheer' }).getByRole('link').first().textContent();
    expect(first).toContain('te laat 2u');
    expect(first).toContain('Lift · storing · Fatima El Idrissi');
    await page.getByRole('status').filter({ hasText: '33 open · 1 te laat' }).waitFor();
    await row(page, 'Deur 1.02 klemt').filter({ hasText: 'Omar' }).waitFor();
    for (const index of [15, 30]) await row(page, `Raam ${index} sluit niet`).scrollIntoViewIfNeeded();
    await page.keyboard.press('/');
    await page.keyboard.type('bloed');
    await page.getByText('Niets gevonden voor “bloed”.').waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('kamer 3');
    await row(page, 'Te warm, kamer 3.14').waitFor();
    expect(await page.getByRole('list', { name: 'Gebouwbeheer' }).getByRole('link').count()).toBe(1);
  });

  it('makes an alarm impossible to miss: a banner, the tab’s title, red on top of the list; until it is claimed', async () => {
    const page = await at.open('/workbench/case/warm');
    await heading(page, 'Te warm').waitFor();
    await page.getByRole('alert').filter({ hasText: 'Spoed' }).waitFor({ state: 'detached' });
    const fire = { id: 'fire', reference: 'SD-2BCD-FG4K', title: 'SPOED: brand · meterkast', text: 'rook', requester: 'Jan de Vries' };
    at.api.put(newCase({ ...fire, product: null, urgent: true, respondBy: hours(0), completeBy: hours(0) }));
    await page.getByRole('alert').filter({ hasText: 'SPOED: brand · meterkast (SD-2BCD-FG4K)' }).waitFor();
    await expect.poll(() => page.title()).toMatch(/^\(1\) SPOED · /);
    const first = await page.getByRole('list', { name: 'Gebouwbeheer' }).getByRole('link').first().textContent();
    expect(first).toContain('Spoed');
    await expectAccessible(page, 'an alarm');
    await page.getByRole('alert').getByRole('link').click();
    await heading(page, 'SPOED: brand').waitFor();
    await expect.poll(() => page.title()).toBe('(1) SPOED · SD-2BCD-FG4K · Loket');
    await button(page, 'Pak op').click();
    await page.getByRole('alert').filter({ hasText: 'Spoed' }).waitFor({ state: 'detached' });
    await expect.poll(() => page.title()).toBe('SD-2BCD-FG4K · Loket');
  });

  it('shows on a case which open ones may be the same question, and why; one press goes there', async () => {
    const again = newCase({ id: 'again', reference: 'SD-6XYZ-BC2D', title: 'Benauwd in 3.14', text: 'benauwd', requester: 'Jan de Vries' });
    at.api.put(again);
    const given = { id: 'twice', reference: 'SD-7XYZ-BC2D', title: 'Kamer 3.14 bloedheet', text: 'bloedheet', requester: 'Jan de Vries' };
    at.api.put(newCase({ ...given, duplicates: [{ ...again, because: 'requester' }] }));
    for (const size of [DESKTOP, PHONE]) {
      const page = await at.open('/workbench/case/twice', size);
      const found = page.getByRole('navigation', { name: 'Misschien dezelfde vraag' });
      await found.getByRole('link', { name: 'SD-6XYZ-BC2D · zelfde melder · Benauwd in 3.14' }).waitFor();
      await expectAccessible(page, 'likely duplicates');
      await found.getByRole('link').click();
      await heading(page, 'Benauwd in 3.14').waitFor();
      await found.waitFor({ state: 'detached' });
    }
  });

  it('splits a case with two questions: what is left of the text becomes a case of its own', async () => {
    const page = await at.open('/workbench/case/warm');
    await heading(page, 'Te warm').waitFor();
    await button(page, 'Splitsen').click();
    const dialog = page.getByRole('dialog', { name: 'Wat is de tweede vraag?' });
    await dialog.getByLabel('De tweede vraag').fill('het licht knippert');
    await expectAccessible(page, 'splitting');
    await dialog.getByRole('button', { name: 'Maak er een eigen zaak van' }).click();
    await toast(page, 'is gesplitst').waitFor();
    await dialog.waitFor({ state: 'detached' });
  });

  it('claims, asks, hears the answer live and reports ready', async () => {
    const page = await at.open('/workbench/queue/team.facilities');
    await row(page, 'Te warm, kamer 3.14').click();
    await heading(page, 'Te warm').waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Te warm, kamer 3.14');
    await button(page, 'Pak op').click();
    await toast(page, 'SD-7K3Q-MX2P is van jou').waitFor();
    await page.getByRole('tab', { name: 'Vraag' }).click();
    await page.keyboard.type('Staat het raam open?');
    await button(page, 'Vraag het Jan de Vries').click();
    await toast(page, 'Vraag verstuurd naar Jan de Vries').waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Wacht op melder 1' }).waitFor();
    const waiting = at.api.cases.get('warm');
    if (!waiting) throw new Error('the case is gone');
    at.api.put({
      ...waiting,
      state: 'claimed',
      messages: [...waiting.messages, message('requester', 'Jan de Vries', 0, 'Nee, dicht.', [], 'email')],
    });
    await page.getByText('Nee, dicht.').waitFor();
    // He answers by mail what was asked in the chat: one timeline, that says by which channel each line came.
    await page.getByRole('listitem').filter({ hasText: 'Nee, dicht.' }).filter({ hasText: 'e-mail' }).waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Staat het raam open?' }).filter({ hasText: 'webchat' }).waitFor();
    await page.getByRole('banner').filter({ hasText: 'In behandeling' }).or(page.getByText('In behandeling')).first().waitFor();
    await button(page, 'Gereed').click();
    await page.keyboard.type('De regelaar is vervangen.');
    await page.keyboard.press('Control+Enter');
    await toast(page, 'is gereed gemeld aan Jan de Vries').waitFor();
    expect(at.api.cases.get('warm')?.state).toBe('ready');
    await row(page, 'Te warm, kamer 3.14').waitFor({ state: 'detached' });
  });

  it('keeps a note apart from a reply, and a draft per case', async () => {
    const page = await at.open('/workbench/case/warm');
    await heading(page, 'Te warm').waitFor();
    await page.keyboard.press('c');
    await toast(page, 'is van jou').waitFor();
    await page.keyboard.press('r');
    await page.keyboard.type('Ik kom zo');
    await page.keyboard.press('Escape');
    await page.keyboard.press('i');
    await page.getByText('Alleen collega’s lezen dit').waitFor();
    await page.keyboard.type('Regelaar besteld');
    await button(page, 'Bewaar notitie (alleen collega’s)').click();
    await toast(page, 'Notitie bewaard').waitFor();
    expect(at.api.cases.get('warm')?.notes.map(({ text }) => text)).toEqual(['Regelaar besteld']);
    await row(page, 'Lift B staat stil').click();
    await heading(page, 'Lift B').waitFor();
    await row(page, 'Te warm, kamer 3.14').click();
    await heading(page, 'Te warm').waitFor();
    expect(await page.getByRole('textbox', { name: 'Schrijf aan Jan de Vries' }).inputValue()).toBe('Ik kom zo');
    await page.reload();
    await heading(page, 'Te warm').waitFor();
    expect(await page.getByRole('textbox', { name: 'Schrijf aan Jan de Vries' }).inputValue()).toBe('Ik kom zo');
  });

  it('says who was first, and shows the case as it now stands', async () => {
    const page = await at.open('/workbench/case/warm');
    await heading(page, 'Te warm').waitFor();
    at.api.rival = 'Omar';
    await button(page, 'Pak op').click();
    await toast(page, 'Omar was je net voor. De zaak is ververst.').waitFor();
    await button(page, 'Pak op').waitFor({ state: 'detached' });
    await page.getByText('Gebouwbeheer · Omar').waitFor();
  });

  it('goes by keyboard alone: next, walking, opening, help', async () => {
    const page = await at.open('/workbench/');
    await row(page, 'Lift B staat stil').waitFor();
    await page.keyboard.press('n');
    await heading(page, 'Lift B').waitFor();
    expect(at.api.cases.get('lift')?.worker?.id).toBe('person-sanne');
    await row(page, 'Lift B staat stil').filter({ hasText: 'Sanne Bakker' }).waitFor();
    await page.keyboard.press('k');
    await page.keyboard.press('k');
    await page.keyboard.press('k');
    await page.keyboard.press('k');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Te warm, kamer 3.14');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await heading(page, 'Te warm').waitFor();
    await page.keyboard.press('g');
    await toast(page, 'Pak de zaak eerst op (C)').waitFor();
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Sneltoetsen' });
    await help.getByText('Geef mij de volgende').waitFor();
    await page.keyboard.press('n');
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
    expect(new URL(page.url()).pathname).toBe('/workbench/case/warm');
  });

  it('moves a case to another product, and lets one wait for a reason', async () => {
    const page = await at.open('/workbench/case/warm');
    await button(page, 'Ander team').click();
    await page.getByRole('combobox', { name: 'Product' }).pressSequentially('koffie');
    await page.getByRole('option', { name: 'Koffieautomaat' }).click();
    await button(page, 'Zet door naar Catering').click();
    await toast(page, 'is doorgezet naar Catering').waitFor();
    expect(at.api.cases.get('warm')).toMatchObject({ product: 'coffee-machine', team: 'catering' });
    await row(page, 'Lift B staat stil').click();
    await heading(page, 'Lift B').waitFor();
    await button(page, 'Pak op').click();
    await button(page, 'Wacht op…').click();
    await button(page, 'Leverancier').click();
    await button(page, 'Laat wachten en zeg het Fatima El Idrissi').click();
    await button(page, 'Verder').click();
    await button(page, 'Geef terug').click();
    await toast(page, 'staat weer in de wachtrij').waitFor();
    expect(at.api.cases.get('lift')?.worker).toBeNull();
  });

  it('shows a new case without reloading, also after the stream broke, in every tab', async () => {
    const page = await at.open('/workbench/');
    await row(page, 'Lift B staat stil').waitFor();
    const second = await page.context().newPage();
    await second.goto('/workbench/queue/team.facilities');
    await row(second, 'Lift B staat stil').waitFor();
    at.api.put(
      newCase({ id: 'new', reference: 'SD-NWNW-NWN2', title: 'Kraan lekt', text: 'kraan lekt', requester: 'Ann', respondBy: hours(-4) }),
    );
    for (const tab of [page, second]) await row(tab, 'Kraan lekt').waitFor();
    at.api.hangUp();
    at.api.cases.set(
      'later',
      newCase({ id: 'later', reference: 'SD-NWNW-NWN3', title: 'Kraan lekt nog', text: 'x', requester: 'Ann', respondBy: hours(-5) }),
    );
    for (const tab of [page, second]) await row(tab, 'Kraan lekt nog').waitFor();
  });

  it('signs in by a link that works once, and says how to get another', async () => {
    const page = await at.open('/workbench/sign-in#good');
    await page.context().clearCookies();
    await button(page, 'Aanmelden als Sanne Bakker (beheerder)').waitFor();
    expect(page.url()).toBe(`${at.base}/workbench/sign-in`);
    await expectAccessible(page, 'sign-in');
    await button(page, 'Aanmelden als Sanne Bakker (beheerder)').click();
    await row(page, 'Lift B staat stil').waitFor();
    await page.context().clearCookies();
    at.api.hangUp();
    await heading(page, 'Je bent niet aangemeld').waitFor();
    await page.goto('/workbench/sign-in#good');
    await heading(page, 'Deze link werkt niet meer').waitFor();
    await page.getByText('npx loket sign-in').waitFor();
    await expectAccessible(page, 'used link');
  });

  it('gives the administrator a link for a colleague, and a parked message another chance', async () => {
    const page = await at.open('/workbench/people');
    await page.getByLabel('Naam').fill('Omar');
    await page.getByLabel('E-mailadres').fill('omar@example.org');
    await page.getByRole('combobox', { name: 'Team' }).click();
    await page.getByRole('option', { name: 'Schoonmaak' }).click();
    await button(page, 'Maak link').click();
    expect(await page.getByRole('textbox', { name: 'Link voor Omar' }).inputValue()).toContain('/workbench/sign-in#secret');
    await expectAccessible(page, 'people');
    await page.getByRole('link', { name: 'Binnengekomen' }).click();
    await page.getByRole('tab', { name: 'Geparkeerd' }).click();
    await page.getByText('Het bericht is langer dan 8.000 tekens').waitFor();
    await expectAccessible(page, 'intake');
    await button(page, 'Opnieuw verwerken').click();
    await toast(page, 'Opnieuw verwerkt: Verwerkt').waitFor();
  });

  it('lets the administrator decide what is learned, and go back to an earlier model', async () => {
    const page = await at.open('/workbench/learning');
    await page.getByText('hangt tussen twee verdiepingen').waitFor();
    await expectAccessible(page, 'learning');
    const [first, second] = [
      page.getByRole('listitem').filter({ hasText: 'hangt' }),
      page.getByRole('listitem').filter({ hasText: 'Schoonmaak' }),
    ];
    expect(await second.getByRole('button', { name: 'Neem aan' }).getAttribute('aria-disabled')).toBe('true');
    await second.getByRole('combobox', { name: 'Hoort bij' }).click();
    await page.getByRole('option', { name: 'Geen enkel product' }).click();
    await second.getByRole('button', { name: 'Neem aan' }).click();
    await toast(page, 'Aangenomen').waitFor();
    await first.getByRole('button', { name: 'Wijs af' }).click();
    await page.getByText('Niets in deze lijst').waitFor();
    expect(at.api.accepted).toEqual([{ text: 'er ligt water in de gang', product: null, kind: 'fault' }]);
    await page.getByRole('tab', { name: 'Modellen' }).click();
    await page.getByText('Lift: 4 van 6 goed, was 6.').waitFor();
    await expectAccessible(page, 'models');
    await button(page, 'Ga hiernaar terug').click();
    await toast(page, 'Model 1 beslist weer').waitFor();
  });

  it('works on a phone: list, case, one big button', async () => {
    const page = await at.open('/workbench/', PHONE);
    await row(page, 'Te warm, kamer 3.14').waitFor();
    await button(page, 'Menu').click();
    await page.getByRole('dialog').getByRole('link', { name: 'Schoonmaak 1' }).click();
    await heading(page, 'Schoonmaak').waitFor();
    await page.goBack();
    await row(page, 'Te warm, kamer 3.14').click();
    await heading(page, 'Te warm').waitFor();
    await button(page, 'Pak op').click();
    await button(page, 'Gereed').click();
    await page.getByRole('textbox', { name: /Wat is er gedaan/ }).fill('Gerepareerd');
    await button(page, 'Meld gereed aan Jan de Vries').click();
    await toast(page, 'is gereed gemeld').waitFor();
    await button(page, 'Terug naar de lijst').click();
    await button(page, 'Geef mij de volgende').click();
    await heading(page, 'Lift B').waitFor();
  });

  it('explains why a moment is what it is, and tells the requester another one with the reason', async () => {
    const page = await at.open('/workbench/case/warm');
    await heading(page, 'Te warm').waitFor();
    await page.getByRole('tab', { name: 'Waarom dit product?' }).click();
    await page.getByText('Afgesproken 4u, gebruikt 2u, nog 2u.').waitFor();
    await page.getByText('Op de melder gewacht: 30m.').waitFor();
    await page.getByText('Toon wat telde').click();
    await page.getByRole('listitem').filter({ hasText: 'dicht: Koningsdag' }).waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Gebouwbeheer was dicht' }).waitFor();
    await expectAccessible(page, 'the clock');
    await button(page, 'Vertraagd').click();
    await page.getByLabel('Reden').fill('Het onderdeel komt vrijdag.');
    await page.getByLabel('Nieuw moment').fill('2000-01-01T12:00');
    await page.getByText('Dat moment is al geweest.').waitFor();
    await page.getByLabel('Nieuw moment').fill('2099-01-01T12:00');
    await expectAccessible(page, 'a delay');
    await button(page, 'Zeg het Jan de Vries').click();
    await toast(page, 'Jan de Vries weet het nieuwe moment van SD-7K3Q-MX2P').waitFor();
    expect(new Date(at.api.cases.get('warm')?.expectedBy ?? 0).getFullYear()).toBe(2099);
    await button(page, 'Voorrang').click();
    await page.getByRole('radio', { name: 'Hoog' }).click();
    await expectAccessible(page, 'a priority');
    await button(page, 'Pas aan').click();
    await toast(page, 'Voorrang van SD-7K3Q-MX2P aangepast').waitFor();
    expect(at.api.cases.get('warm')?.priority).toBe('high');
  });

  it('rings the bell for what is late; what was looked at is no longer new, and what is not yours stays closed', async () => {
    const page = await at.open('/workbench/queue/team.facilities');
    await button(page, 'Berichten, 1 nieuw').click();
    await page.getByText('Niet op tijd opgepakt').waitFor();
    await page.getByText('SD-6XYZ-BC2D · Niet voor jou te lezen').waitFor();
    await expectAccessible(page, 'the notifications');
    await page.getByRole('link', { name: 'SD-4K7M-PQ2X · Lift B staat stil' }).click();
    await heading(page, 'Lift B').waitFor();
    await button(page, 'Berichten').waitFor();
  });

  it('speaks English when the browser does, and keeps to what is chosen', async () => {
    const page = await at.open('/workbench/', { ...DESKTOP, locale: 'en-GB' });
    await row(page, 'Lift B staat stil').filter({ hasText: '2h late' }).waitFor();
    await button(page, 'Sanne Bakker, Settings').click();
    await page.getByRole('menuitemradio', { name: 'Nederlands' }).click();
    await page.getByText('te laat 2u').waitFor();
    await page.reload();
    await page.getByText('te laat 2u').waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('nl');
  });

  const LOOKS = (['light', 'dark'] as const).flatMap((scheme) =>
    [DESKTOP, PHONE].map((size) => [scheme, size.viewport.width, size] as const),
  );
  it.each(LOOKS)('has nothing that axe objects to: %s, %i px', async (colorScheme, _, size) => {
    const page = await at.open('/workbench/', { ...size, colorScheme });
    await row(page, 'Lift B staat stil').waitFor();
    await expectAccessible(page, 'list');
    await row(page, 'Lift B staat stil').click();
    await heading(page, 'Lift B').waitFor();
    await expectAccessible(page, 'case');
    await button(page, 'Pak op').click();
    await button(page, 'Gereed').click();
    await toast(page, 'is van jou').waitFor();
    await expectAccessible(page, 'writing to the requester');
    await page.getByRole('tab', { name: 'Notitie' }).click();
    await page.keyboard.type('Monteur komt om 15.00');
    await expectAccessible(page, 'writing a note');
    await button(page, 'Bewaar notitie (alleen collega’s)').click();
    await page.getByRole('listitem').filter({ hasText: 'Monteur komt' }).waitFor();
    await expectAccessible(page, 'a note');
    for (const tab of ['Gegevens', 'Waarom dit product?', 'Verloop', 'Eerder']) {
      await page.getByRole('tab', { name: tab }).click();
      await expectAccessible(page, tab);
    }
  });
});
