import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadCatalogue } from '../../catalogue/index.ts';
import { dovecot, findProgram, redis as redisProgram } from '../../test/setup/parts.ts';
import { Dovecot, PASSWORD } from '../../test/support/dovecot.ts';
import { RedisServer } from '../../test/support/redis-server.ts';
import { SmtpReceiver } from '../../test/support/smtp-receiver.ts';
import { doctor } from '../commands/doctor.ts';
import { readConfig } from '../config.ts';
import { address } from './address.ts';
import type { Check } from './finding.ts';
import { mail } from './mail.ts';
import { redis } from './redis.ts';
import { teams } from './teams.ts';

const folder = mkdtempSync(join(tmpdir(), 'loket-doctor-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const files = await loadCatalogue('./catalogue');

/** What a check finds with these settings, a line each. */
async function found(check: Check, settings: Record<string, string> = {}): Promise<string[]> {
  const config = readConfig({ LOKET_DATA: folder, ...settings }, join(folder, 'no.env'));
  return (await check({ config, files })).map(({ part, ok, says }) => `${ok ? 'ok' : 'MEND'} ${part}: ${says}`);
}

describe('Teams', () => {
  const APP = '8c2b7a5e-0f4d-4e0a-9a51-3b1c2d3e4f50';
  const TENANT = '1b2c3d4e-5f60-4711-8a9b-0c1d2e3f4a5b';
  let server: Server;
  let loginUrl = '';
  /** What the endpoint says to the next request for a token. */
  let answer: { status: number; body: string };
  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.method === 'POST') return void response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
      response.writeHead(request.url?.startsWith(`/${TENANT}/`) ? 200 : 400).end('{"keys":[]}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    loginUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());
  const settings = () => ({
    TEAMS_APP_ID: APP,
    TEAMS_TENANT_ID: TENANT,
    TEAMS_APP_PASSWORD: 'hunter2',
    TEAMS_LOGIN_URL: loginUrl,
    LOKET_PUBLIC_URL: 'https://desk.example.org',
  });
  const refusal = (code: string) => ({
    status: 401,
    body: JSON.stringify({ error: 'invalid_client', error_description: `${code}: words of Microsoft.\r\nTrace ID: 1` }),
  });

  it('is fine when it is off, and when the login endpoint gives a token', async () => {
    expect(await found(teams)).toEqual([expect.stringMatching(/^ok Teams: off/)]);
    answer = { status: 200, body: JSON.stringify({ access_token: 't', expires_in: 3600 }) };
    expect(await found(teams, settings())).toEqual([
      expect.stringMatching(/^ok Teams: the app 8c2b7a5e.* signs in; messages come to https:\/\/desk\.example\.org\/api\/messages$/),
      expect.stringMatching(/^ok Teams SSO: people of 1b2c3d4e/),
    ]);
  });

  it.each([
    ['AADSTS7000215', /the secret's value, not its id \(AADSTS7000215\)/],
    ['AADSTS7000222', /has expired: make a new one/],
    ['AADSTS700016', /has no app 8c2b7a5e/],
    ['AADSTS90002', /there is no tenant 1b2c3d4e.*TEAMS_TENANT_ID/],
    ['AADSTS700027', /upload it there/],
    ['AADSTS123456', /invalid_client: AADSTS123456: words of Microsoft/],
  ])('says in plain words what %s means, and repeats no secret', async (code, words) => {
    answer = refusal(code);
    const [line] = await found(teams, settings());
    expect(line).toMatch(/^MEND Teams: /);
    expect(line).toMatch(words);
    expect(line).toContain('docs/teams.md');
    expect(line).not.toMatch(/hunter2|Trace/);
  });

  it('says that there is no network, that a tenant is unknown, and that the address must be https', async () => {
    answer = { status: 200, body: JSON.stringify({ access_token: 't', expires_in: 3600 }) };
    const away = await found(teams, { ...settings(), TEAMS_LOGIN_URL: 'http://127.0.0.1:1' });
    expect(away).toEqual([
      expect.stringMatching(/^MEND Teams: 127\.0\.0\.1:1 cannot be reached \(.+\): it needs outgoing https$/),
      expect.stringMatching(/^MEND Teams SSO: .*nobody can sign in to the tabs$/),
    ]);
    expect(await found(teams, { ...settings(), TEAMS_ALLOWED_TENANTS: APP })).toContainEqual(
      expect.stringMatching(/^MEND Teams SSO: .* gives no keys for the tenant 8c2b7a5e.* \(400\)/),
    );
    const plain = await found(teams, { ...settings(), LOKET_PUBLIC_URL: 'http://desk.example.org' });
    expect(plain[0]).toMatch(/^MEND Teams: LOKET_PUBLIC_URL must be an https address/);
    answer = { status: 502, body: '<html>proxy' };
    expect((await found(teams, settings()))[0]).toMatch(/^MEND Teams: /);
  });
});

describe.skipIf(findProgram(redisProgram) === null)('Redis', () => {
  const server = new RedisServer();
  beforeAll(() => server.start());
  afterAll(() => server.remove());

  it('must not throw jobs away, and may say whether it keeps them over a restart', async () => {
    expect(await found(redis)).toEqual([expect.stringMatching(/^ok Redis: off/)]);
    const settings = { REDIS_URL: server.url };
    expect(await found(redis, settings)).toEqual([expect.stringMatching(/^ok Redis: answers at .*, noeviction; appendonly is no/)]);
    const client = new Redis(server.url);
    await client.config('SET', 'appendonly', 'yes');
    expect(await found(redis, settings)).toEqual([expect.stringMatching(/^ok Redis: .*, noeviction, appendonly$/)]);
    // A rewrite of the file that is under way would hold up the server's end.
    await client.config('SET', 'appendonly', 'no');
    await client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    expect(await found(redis, settings)).toEqual([
      expect.stringMatching(/^MEND Redis: .*maxmemory-policy is allkeys-lru; it must be noeviction/),
    ]);
    client.disconnect();
    expect(await found(redis, { REDIS_URL: 'redis://127.0.0.1:1' })).toEqual([
      expect.stringMatching(/^MEND Redis: 127\.0\.0\.1:1: .*ECONNREFUSED/),
    ]);
  });
});

describe('suppliers who work by mail', () => {
  const supplier = {
    id: 'lifts',
    type: 'supplier',
    name: { nl: 'Liften', en: 'Lifts' },
    address: 'lifts@example.com',
    language: 'nl',
  } as const;
  it('need a mailbox that can send', async () => {
    if (files.kind !== 'ok') throw new Error('the shipped catalogue has problems');
    const { catalogue } = files;
    const withSupplier = { ...files, catalogue: { ...catalogue, organisation: { ...catalogue.organisation, handlers: [supplier] } } };
    const config = readConfig({ LOKET_DATA: folder }, join(folder, 'no.env'));
    expect((await mail({ config, files: withSupplier })).at(-1)).toEqual({
      part: 'suppliers',
      ok: false,
      says: expect.stringContaining('lifts: no mailbox can send'),
    });
  });
});

describe.skipIf(findProgram(dovecot) === null)('email', () => {
  const imap = new Dovecot();
  const smtp = new SmtpReceiver({
    tls: 'none',
    signIn: ({ password }, _, done) => (password === PASSWORD ? done(null, { user: 'desk' }) : done(new Error('no'))),
  });
  beforeAll(async () => {
    await imap.start();
    await smtp.start();
  });
  afterAll(async () => {
    await imap.remove();
    await smtp.stop();
  });
  const mailbox = (changes: Record<string, unknown> = {}) => ({
    LOKET_MAILBOXES: JSON.stringify([
      {
        address: 'desk@example.org',
        imap: `127.0.0.1:${imap.port}`,
        smtp: `127.0.0.1:${smtp.port}`,
        tls: false,
        password: PASSWORD,
        ...changes,
      },
    ]),
  });

  it('is fine when both servers let the desk in and the folder is there', async () => {
    expect(await found(mail)).toEqual([expect.stringMatching(/^ok email: off/)]);
    await imap.deliver('desk@example.org', ['Subject: one\n\nhello']);
    expect(await found(mail, mailbox())).toEqual([
      expect.stringMatching(
        /^ok IMAP desk@example\.org: 127\.0\.0\.1: signed in as desk@example\.org, reads INBOX .*; news comes at once \(IDLE\)$/,
      ),
      expect.stringMatching(/^ok SMTP desk@example\.org: .* takes mail from desk@example\.org$/),
    ]);
    expect(await imap.subjects('desk@example.org')).toEqual(['one']);
  });

  it('says what is refused, missing or away, and repeats no password', async () => {
    const refused = await found(mail, mailbox({ password: 'hunter2' }));
    expect(refused).toEqual([
      expect.stringMatching(/^MEND IMAP .*sign-in of desk@example\.org refused/),
      expect.stringMatching(/^MEND SMTP .*535/),
    ]);
    expect(refused.join()).not.toContain('hunter2');
    expect((await found(mail, mailbox({ folder: 'Servicedesk' })))[0]).toMatch(/^MEND IMAP .*Servicedesk and its folders cannot be used/);
    const away = await found(mail, mailbox({ imap: '127.0.0.1:1', smtp: '127.0.0.1:1' }));
    expect(away).toEqual([expect.stringMatching(/^MEND IMAP .*nothing listens/), expect.stringMatching(/^MEND SMTP .*ECONNREFUSED/)]);
  });
});

describe('the address', () => {
  it('is told to be what people can reach safely', async () => {
    expect((await found(address, { LOKET_PORT: '1' })).slice(0, 2)).toEqual([
      'ok address: http://127.0.0.1:1',
      'ok desk: does not run at http://127.0.0.1:1 now',
    ]);
    for (const [settings, line] of [
      [{ LOKET_PUBLIC_URL: 'http://desk.example.org' }, /^MEND address: .*without https/],
      [{ LOKET_PUBLIC_URL: 'https://127.0.0.1:1/loket' }, /^MEND address: .*take the path away/],
      [{ LOKET_HOST: '0.0.0.0', LOKET_PORT: '1' }, /^MEND address: .*LOKET_PUBLIC_URL is not set/],
    ] as const)
      expect((await found(address, settings))[0]).toMatch(line);
  });
});

describe('the doctor', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    process.exitCode = undefined;
  });

  it('says in JSON too what is wrong with the settings, and ends with 1', async () => {
    const said = vi.spyOn(console, 'log').mockImplementation(() => {});
    await doctor(() => readConfig({ LOKET_PORT: 'x', LOKET_LOG: 'loud' }, join(folder, 'no.env')), { json: true });
    expect(JSON.parse(String(said.mock.lastCall?.[0]))).toMatchObject({
      ok: false,
      findings: [{ part: 'settings' }, { part: 'settings' }],
    });
    expect(process.exitCode).toBe(1);
  });
});
