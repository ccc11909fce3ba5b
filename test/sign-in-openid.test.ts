/** Sign-in to the workbench by OpenID Connect, at a desk that runs and a provider that is real. */
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EncryptJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createDatabase } from './setup/database.ts';
import { type Account, CLIENT, OpenIdProvider } from './support/openid-provider.ts';
import { ask } from './support/register-check.ts';
import { RunningDesk } from './support/running-desk.ts';
import { WorkbenchClient } from './support/workbench-client.ts';

const catalogue = mkdtempSync(join(tmpdir(), 'loket-groups-'));
cpSync(join(import.meta.dirname, '../catalogue'), catalogue, { recursive: true });
appendFileSync(
  join(catalogue, 'organisation.yaml'),
  '\ndirectoryGroups:\n  - { group: beheer, role: admin }\n  - { group: gebouw, role: worker, teams: [facilities] }\n  - { group: post, role: worker, teams: [logistics] }\n',
);
const database = await createDatabase();
const provider = await OpenIdProvider.listen();
const desk = new RunningDesk({
  database,
  settings: { LOKET_CATALOGUE: catalogue, OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: CLIENT.id, OIDC_CLIENT_SECRET: CLIENT.secret },
});

beforeAll(async () => {
  await desk.start();
  provider.serve(desk.url);
}, 120_000);

afterAll(async () => {
  await desk.stop();
  await provider.stop();
  await database.drop();
  rmSync(catalogue, { recursive: true });
});

/** Goes where it is sent, with a cookie jar per origin, as a browser does. */
class Browser {
  readonly #jar = new Map<string, Map<string, string>>();

  cookies(url: string): Map<string, string> {
    const { origin } = new URL(url);
    const jar = this.#jar.get(origin) ?? new Map<string, string>();
    this.#jar.set(origin, jar);
    return jar;
  }

  async get(url: string): Promise<{ readonly status: number; readonly to: string; readonly body: string }> {
    const jar = this.cookies(url);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    const location = answer.headers.get('location');
    return { status: answer.status, to: location ? new URL(location, url).href : '', body: await answer.text() };
  }

  /** Follows until the next address is a page of the desk, or the one asked for. @returns that address */
  async follow(url: string, until: `/${string}` = '/workbench/'): Promise<string> {
    for (let to = url, steps = 0; steps < 12; steps++) {
      const answer = await this.get(to);
      if (answer.to === '') throw new Error(`${to} answers ${answer.status}: ${answer.body.slice(0, 300)}`);
      if (new URL(answer.to).pathname.startsWith(until)) return answer.to;
      to = answer.to;
    }
    throw new Error('sent around in circles');
  }

  async me(): Promise<{ readonly status: number; readonly me: unknown }> {
    const { status, body } = await this.get(`${desk.url}/api/workbench/me`);
    return { status, me: JSON.parse(body) };
  }
}

const BACK = '/api/workbench/openid/back';
const start = () => `${desk.url}/api/workbench/openid/start`;
const problem = (code: string) => `${desk.url}/workbench/sign-in?problem=${code}`;
const people = () => ask(database.ownerUrl, 'select name, address, role, teams, directory_id from people order by id');

let made = 0;
const account = (given: Partial<Account> = {}): Account => {
  made += 1;
  return {
    sub: `dir-${made}`,
    name: `Fleur de Wit ${made}`,
    email: `fleur${made}@example.org`,
    email_verified: true,
    groups: ['gebouw'],
    ...given,
  };
};

async function signIn(as: Account): Promise<{ readonly browser: Browser; readonly at: string }> {
  provider.becomes(as);
  const browser = new Browser();
  return { browser, at: await browser.follow(start()) };
}

describe('signing in', () => {
  it('gives the role of the first group that fits, and the teams of all', async () => {
    const who = account({ groups: ['elders', 'post', 'gebouw'] });
    const { browser, at } = await signIn(who);
    expect(at).toBe(`${desk.url}/workbench/`);
    expect(await browser.me()).toMatchObject({ status: 200, me: { name: who.name, role: 'worker', teams: ['facilities', 'logistics'] } });
    expect([...browser.cookies(desk.url).keys()]).toEqual(['loket']);
  });

  it('says kindly that somebody has no role, and makes nobody of them', async () => {
    const before = await people();
    const { browser, at } = await signIn(account({ groups: ['elders'] }));
    expect(at).toBe(problem('no-role'));
    expect((await browser.me()).status).toBe(401);
    expect(await people()).toEqual(before);
  });

  it('takes a role away that the groups no longer give, from running sessions too', async () => {
    const who = account();
    const { browser } = await signIn(who);
    expect((await browser.me()).status).toBe(200);
    expect((await signIn({ ...who, groups: [] })).at).toBe(problem('no-role'));
    expect((await browser.me()).status).toBe(401);
    expect((await signIn({ ...who, groups: ['beheer'] })).at).toBe(`${desk.url}/workbench/`);
    expect(await browser.me()).toMatchObject({ status: 200, me: { role: 'admin' } });
  });

  it('knows somebody by a verified address once, and after that by directory id alone', async () => {
    const who = account({ groups: [] });
    const administrator = await WorkbenchClient.signIn(() => desk.url, desk.administratorLink ?? '');
    await administrator.invite(who.email ?? '', 'catering');
    expect((await signIn({ ...who, email_verified: false })).at).toBe(problem('no-role'));
    const { browser } = await signIn(who);
    expect(await browser.me()).toMatchObject({ me: { role: 'worker', teams: ['catering'] } });
    expect((await signIn({ ...who, sub: 'somebody-else', groups: ['gebouw'] })).at).toBe(problem('other-person'));
    expect((await signIn({ ...who, email: 'new@example.org' })).at).toBe(`${desk.url}/workbench/`);
  });
});

describe('what comes back', () => {
  const answered = async () => {
    provider.becomes(account());
    const browser = new Browser();
    return { browser, back: await browser.follow(start(), BACK) };
  };

  it('with another state is no answer', async () => {
    const { browser, back } = await answered();
    const url = new URL(back);
    url.searchParams.set('state', 'another');
    expect((await browser.get(url.href)).to).toBe(problem('not-valid'));
    expect((await browser.me()).status).toBe(401);
  });

  it('in another browser is no answer', async () => {
    const { back } = await answered();
    expect((await new Browser().get(back)).to).toBe(problem('not-valid'));
  });

  it('a second time is no answer, also with the ticket kept', async () => {
    const { browser, back } = await answered();
    const kept = new Map(browser.cookies(desk.url));
    expect((await browser.get(back)).to).toBe(`${desk.url}/workbench/`);
    expect((await browser.get(back)).to).toBe(problem('not-valid'));
    const thief = new Browser();
    for (const [name, value] of kept) thief.cookies(desk.url).set(name, value);
    expect((await thief.get(back)).to).toBe(problem('not-valid'));
    expect((await thief.me()).status).toBe(401);
  });

  it('too late is no answer', async () => {
    const { browser, back } = await answered();
    const [key] = await ask<{ secret: Buffer }>(database.ownerUrl, `select secret from keys where name = 'openid'`);
    if (!key) throw new Error('there is no key');
    const old = new EncryptJWT({ state: new URL(back).searchParams.get('state') ?? '', nonce: 'n', verifier: 'v' });
    old.setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).setExpirationTime(Math.floor(Date.now() / 1000) - 1);
    browser.cookies(desk.url).set('loket-openid', await old.encrypt(key.secret));
    expect((await browser.get(back)).to).toBe(problem('not-valid'));
  });

  it('a refusal is said', async () => {
    const { browser, back } = await answered();
    const url = new URL(back);
    url.searchParams.delete('code');
    url.searchParams.set('error', 'access_denied');
    expect((await browser.get(url.href)).to).toBe(problem('not-valid'));
  });
});

describe('signing out', () => {
  it('ends the session here and at the provider', async () => {
    const { browser } = await signIn(account());
    const cookie = [...browser.cookies(desk.url)].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { 'content-type': 'application/json', 'x-loket': '1', cookie };
    const answer = await fetch(`${desk.url}/api/workbench/sign-out`, { method: 'POST', headers, body: '{}' });
    const { continueAt } = z.object({ continueAt: z.string() }).parse(await answer.json());
    const end = new URL(continueAt);
    expect(end.origin).toBe(provider.issuer);
    expect(end.searchParams.get('post_logout_redirect_uri')).toBe(`${desk.url}/workbench/sign-in`);
    expect((await browser.get(continueAt)).status).toBe(200);
    expect((await browser.me()).status).toBe(401);
  });
});

describe('a provider that is away', () => {
  it('is said, also when it goes in between; a one-time link works', async () => {
    provider.becomes(account());
    const browser = new Browser();
    const back = await browser.follow(start(), BACK);
    await desk.kill();
    provider.away();
    await desk.start();
    expect((await browser.get(back)).to).toBe(problem('provider-away'));
    expect((await new Browser().get(start())).to).toBe(problem('provider-away'));
    const link = await desk.command('sign-in', 'link@example.org', '--role', 'auditor', '--json');
    expect(JSON.stringify(link)).toContain('/workbench/sign-in#');
    provider.serve(desk.url);
    expect((await signIn(account())).at).toBe(`${desk.url}/workbench/`);
  });
});
