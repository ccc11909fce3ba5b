import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type FrameLocator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Opened, openForTest } from '../register/test/builders.ts';
import { createDatabase } from './setup/database.ts';
import { ChatClient, newVisitor, visitorToken } from './support/chat-client.ts';
import { RunningDesk } from './support/running-desk.ts';
import { APP_ID, DESK, freePort, STRANGER, TEAMS, TENANT, TeamsHost, type Told } from './support/teams-host.ts';

/** The tabs as they stand in Teams: the real desk behind https, in a host page of our own under one of Microsoft's names. */
const CHROMIUM_ARGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const WORKER = '3b2c3d4e-5f60-4711-8a9b-0c1d2e3f4a5b';
const EMPLOYEE = '4b2c3d4e-5f60-4711-8a9b-0c1d2e3f4a5b';
const WIDE = { viewport: { width: 1280, height: 800 } } satisfies BrowserContextOptions;
const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true } satisfies BrowserContextOptions;
const pictures = process.env.SCREENSHOTS;
const program = inject('chromiumPath');

describe.skipIf(program === null)('the tabs in Teams (needs chromium)', { timeout: 90_000 }, () => {
  const host = new TeamsHost();
  const desk = { url: '' };
  let running: RunningDesk;
  let opened: Opened;
  let browser: Browser;
  const complaints: string[] = [];
  /** Somebody's case, and another's. */
  let mine: string;
  let others: string;
  let mineId: string;

  beforeAll(async () => {
    await host.start();
    const database = await createDatabase();
    opened = await openForTest(database);
    host.deskPort = await freePort();
    desk.url = `http://127.0.0.1:${host.deskPort}`;
    const settings = {
      LOKET_PUBLIC_URL: `https://${DESK}`,
      TEAMS_APP_ID: APP_ID,
      TEAMS_TENANT_ID: TENANT,
      TEAMS_APP_PASSWORD: 'not used here',
      TEAMS_LOGIN_URL: host.loginUrl,
    };
    running = new RunningDesk({ database, settings });
    await running.start({ LOKET_PORT: String(host.deskPort) });
    const by = { name: 'Sanne Wit', role: 'worker', team: 'facilities', by: null } as const;
    await opened.register.signIn.invite({ ...by, address: 'sanne@example.org', directoryId: WORKER });
    mine = await report('anna@example.org', 'het is bloedheet in kamer 3.14');
    others = await report('omar@example.org', 'het is ijskoud in kamer 2.01');
    [[mineId]] = (await opened.ask('select id from cases where reference = $1', [mine])) as [[string]];
    browser = await chromium.launch({ executablePath: program ?? '', args: [...CHROMIUM_ARGS.split(' '), ...host.browserArguments] });
  }, 180_000);
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    expect(complaints.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await running?.stop();
    await opened?.close();
    await host.stop();
  });

  /** Somebody reports something in the chat. @returns the reference */
  async function report(email: string, text: string): Promise<string> {
    const chat = await ChatClient.start(() => desk.url, {
      ...newVisitor(),
      name: email === 'anna@example.org' ? 'Anna Bakker' : 'Omar',
      email,
    });
    const said = await chat.say(text);
    const reference = /SD-\w{4}-\w{4}/.exec(JSON.stringify(said))?.[0];
    if (!reference) throw new Error(`no case: ${JSON.stringify(said)}`);
    return reference;
  }

  const worker = () => host.token({ oid: WORKER, name: 'Sanne Wit', preferred_username: 'sanne@example.org' });
  const employee = () => host.token({ oid: EMPLOYEE, name: 'Anna Bakker', preferred_username: 'anna@example.org' });

  async function openPage(options: BrowserContextOptions = WIDE): Promise<Page> {
    const context = await browser.newContext({ locale: 'nl-NL', timezoneId: 'Europe/Amsterdam', reducedMotion: 'reduce', ...options });
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (line) => {
      if (line.type() === 'error' && !/Failed to load resource/.test(line.text())) complaints.push(line.text());
    });
    return page;
  }

  async function openTab(tab: string, told: Told, options: BrowserContextOptions = WIDE): Promise<{ page: Page; frame: FrameLocator }> {
    const page = await openPage(options);
    await page.goto(host.page(TEAMS, tab, told));
    return { page, frame: page.frameLocator('iframe') };
  }

  async function picture(page: Page, name: string): Promise<void> {
    if (!pictures) return;
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `tab-${name}.png`) });
  }

  const background = (frame: FrameLocator) =>
    frame.locator('html').evaluate((html) => html.ownerDocument.defaultView?.getComputedStyle(html).backgroundColor);
  const setTheme = (page: Page, theme: string) => page.evaluate(`setTheme(${JSON.stringify(theme)})`);

  test('the workbench signs in by Teams, sets no cookie, follows look and language, and is live', async () => {
    const { page, frame } = await openTab('/tabs/workbench/', { token: await worker(), locale: 'en-us', theme: 'dark' });
    await frame.getByRole('link', { name: /3\.14/ }).waitFor();
    expect(await frame.locator('html').getAttribute('lang')).toBe('en');
    const dark = await background(frame);
    await picture(page, 'workbench-dark');
    for (const theme of ['contrast', 'default'] as const) {
      await setTheme(page, theme);
      await expect.poll(() => background(frame), { timeout: 10_000 }).not.toBe(dark);
      await picture(page, `workbench-${theme}`);
    }
    expect(await page.context().cookies()).toEqual([]);
    expect(await page.evaluate('heard')).toEqual(expect.arrayContaining(['initialize', 'getContext', 'appInitialization.success']));
    await frame.getByRole('link', { name: /3\.14/ }).click();
    await frame.getByRole('button', { name: /Claim/ }).first().click();
    await frame.getByText(`${mine} is yours`).first().waitFor();
    const later = await report('petra@example.org', 'de deur van kamer 1.02 klemt');
    await frame
      .getByRole('link', { name: new RegExp(later.slice(-4)) })
      .or(frame.getByRole('link', { name: /1\.02/ }))
      .first()
      .waitFor();
    await frame.getByRole('button', { name: /Sanne Wit/ }).click();
    expect(await frame.getByRole('menuitem').count()).toBe(0);
  });

  test('a deep link opens the case; anything else that it names opens the queue', async () => {
    const { frame } = await openTab('/tabs/workbench/', { token: await worker(), subPage: `case/${mineId}` }, PHONE);
    await frame.getByRole('heading', { level: 1 }).first().waitFor();
    await frame.getByText(mine).first().waitFor();
    const { frame: other } = await openTab('/tabs/workbench/', { token: await worker(), subPage: '../../my' });
    await other.getByRole('link', { name: /3\.14/ }).waitFor();
  });

  test('a role comes only through a directory id that the desk knows', async () => {
    const sameAddress = await host.token({ oid: EMPLOYEE, name: 'Sanne Wit', preferred_username: 'sanne@example.org' });
    const { page, frame } = await openTab('/tabs/workbench/', { token: sameAddress });
    await frame.getByRole('heading', { name: 'De werkplek is voor behandelaars' }).waitFor();
    await frame.getByText(`--directory-id ${EMPLOYEE}`).waitFor();
    await picture(page, 'no-role');
    await opened.ask(`delete from identities where channel = 'teams' and external_id = $1`, [EMPLOYEE]);
  });

  test.each<[string, (t: TeamsHost) => Promise<Told['token']>, RegExp]>([
    [
      'one that has expired',
      (t) => t.token({ oid: WORKER, name: 'Sanne' }, Math.floor(Date.now() / 1000) - 120),
      /niet geldig of verlopen/,
    ],
    ['one of another tenant', (t) => t.token({ oid: WORKER, tid: EMPLOYEE }), /Mensen van jouw organisatie/],
    ['a forged one', async () => 'eyJhbGciOiJub25lIn0.e30.', /niet geldig of verlopen/],
    ['none, for want of consent', async () => ({ refused: 'resourceRequiresConsent' }), /om toestemming te geven/],
    ['none at all', async () => ({ refused: 'CancelledByUser' }), /Teams zei niet wie je bent/],
  ])('a token that does not do is explained: %s', async (_, token, words) => {
    for (const tab of ['/tabs/workbench/', '/tabs/my']) {
      const { frame } = await openTab(tab, { token: await token(host) });
      await frame.getByText(words).waitFor();
      await frame.getByRole('button', { name: 'Opnieuw proberen' }).waitFor();
    }
  });

  test('My cases shows one’s own, how far they are and what was said; nobody else’s, whoever knows the reference', async () => {
    const { page, frame } = await openTab('/tabs/my', { token: await employee() });
    await frame.getByRole('link', { name: new RegExp(mine) }).waitFor();
    expect(await frame.getByRole('link').count()).toBe(1);
    await picture(page, 'my-default');
    await setTheme(page, 'dark');
    await picture(page, 'my-dark');
    await setTheme(page, 'contrast');
    await picture(page, 'my-contrast');
    await frame.getByRole('link', { name: new RegExp(mine) }).click();
    await frame.getByText('het is bloedheet in kamer 3.14').first().waitFor();
    await frame.getByText('In behandeling (Sanne)').waitFor();
    await picture(page, 'my-case');
    const { frame: foreign } = await openTab('/tabs/my', { token: await employee(), subPage: others });
    await foreign.getByText('Deze zaak bestaat niet, of is niet van jou.').waitFor();
    const { frame: own, page: phone } = await openTab('/tabs/my', { token: await employee(), subPage: mine }, PHONE);
    await own.getByText('In behandeling (Sanne)').waitFor();
    await picture(phone, 'my-case-phone');
  });

  test('a new question is asked in the tab, as this person; a product begins one', async () => {
    const { page, frame } = await openTab('/tabs/my', { token: await employee(), theme: 'dark' }, PHONE);
    await frame.getByRole('tab', { name: 'Wat we doen' }).click();
    await picture(page, 'catalogue-phone');
    await frame.getByLabel('Zoek in wat we doen').fill('koffie');
    await picture(page, 'catalogue-search-phone');
    await frame
      .getByRole('button', { name: /^Vraag dit/ })
      .first()
      .click();
    const field = frame.getByLabel('Je bericht');
    await expect.poll(() => field.inputValue(), { timeout: 10_000 }).toMatch(/^Ik heb een vraag over .+: $/);
    await field.fill('de koffieautomaat op de tweede verdieping is leeg');
    await field.press('Enter');
    await frame
      .locator('.bubble')
      .filter({ hasText: /SD-\w{4}-\w{4}/ })
      .last()
      .waitFor();
    await picture(page, 'ask-phone');
    await frame.getByRole('tab', { name: 'Mijn zaken' }).click();
    await expect.poll(() => frame.getByRole('link').count(), { timeout: 10_000 }).toBe(2);
    await picture(page, 'my-phone');
    const over = await frame.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
    expect(over, 'wider than the screen').toBe(0);
    const [[people]] = (await opened.ask(`select count(*) from people where address = 'anna@example.org'`)) as [[number]];
    expect(people).toBe(1);
  });

  test('outside Teams My cases opens by the intranet’s token, and a tab’s address goes to the page outside', async () => {
    const token = await visitorToken({ sub: 'anna', name: 'Anna Bakker', email: 'anna@example.org' });
    const page = await openPage();
    await page.goto(`https://${DESK}/my#token=${token}`);
    await page.getByRole('link', { name: new RegExp(mine) }).waitFor();
    expect(page.url()).toBe(`https://${DESK}/my`);
    await page.reload();
    await page.getByRole('link', { name: new RegExp(mine) }).waitFor();
    await picture(page, 'my-outside');
    const stranger = await openPage();
    await stranger.goto(`https://${DESK}/tabs/my`);
    await stranger.getByRole('heading', { name: 'Open Mijn zaken vanaf het intranet' }).waitFor();
    expect(stranger.url()).toBe(`https://${DESK}/my`);
    await stranger.goto(`https://${DESK}/my/case/${mine}`);
    await stranger.getByRole('heading', { name: 'Open Mijn zaken vanaf het intranet' }).waitFor();
  });

  test('only the tabs may be framed, and only by Microsoft', async () => {
    const framed = async (by: string, path: string): Promise<boolean> => {
      const page = await (await browser.newContext()).newPage();
      const refused = page
        .waitForEvent('console', { predicate: (line) => /frame-ancestors|X-Frame-Options/i.test(line.text()) })
        .then(() => false);
      const shown = page.waitForEvent('frameattached').then(async (frame) => {
        await frame.locator('#root, main, header, p').first().waitFor({ state: 'attached' });
        return true;
      });
      const first = Promise.race([refused, shown]);
      refused.catch(() => {});
      shown.catch(() => {});
      await page.goto(host.page(by, path, { token: { refused: 'no' } }));
      return await first;
    };
    for (const path of ['/tabs/my', '/tabs/workbench/', '/tabs/workbench/case/1']) {
      expect(await framed(TEAMS, path), `Teams frames ${path}`).toBe(true);
      expect(await framed(STRANGER, path), `a stranger frames ${path}`).toBe(false);
    }
    for (const path of ['/', '/my', '/workbench/', '/workbench/my.html', '/tabs', '/health'])
      expect(await framed(TEAMS, path), `Teams frames ${path}`).toBe(false);
  });
});
