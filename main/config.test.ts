import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError, readConfig, SETTINGS } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'loket-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const NO_FILE = join(folder, 'missing');

function problems(environment: Record<string, string>, file = NO_FILE): readonly string[] {
  try {
    readConfig(environment, file);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('.env.example', () => {
  const example = readFileSync(fileURLToPath(new URL('../.env.example', import.meta.url)), 'utf8');
  const named = [...example.matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map((match) => match[1] ?? '');

  it('names every setting once, and nothing that is none', () => {
    expect([...named].sort()).toEqual(Object.keys(SETTINGS).sort());
  });

  it('explains each in the lines before it', () => {
    for (const name of named) expect(example, name).toMatch(new RegExp(`^# [^=\\n]*[a-z][^=\\n]*\\n# ?${name}=`, 'm'));
  });

  it('shows values that are taken, and for those with a default that default', () => {
    // As somebody takes the # away; a value between quotes may go on over several lines.
    const lines = [...example.matchAll(/^# [A-Z][A-Z0-9_]+=(?:'[^']*'|.+)$/gm)].map(([line]) => line.replace(/^# /gm, ''));
    const shown = Object.fromEntries(Object.entries(parseEnv(lines.join('\n'))).map(([name, value]) => [name, value ?? '']));
    expect(problems(shown)).toEqual([]);
    const {
      LOKET_PUBLIC_URL: _,
      LOKET_CHAT_ORIGINS: __,
      LOKET_TEST_CRASH_AT: ___,
      LOKET_MAILBOXES: ____,
      CLAMD_URL: _____,
      S3_URL: ______,
      S3_ACCESS_KEY_ID: _______,
      S3_SECRET_ACCESS_KEY: ________,
      LOKET_HANDLER_SECRETS: _________,
      DATABASE_URL,
      DATABASE_OWNER_URL,
      REDIS_URL,
      LLM_URL,
      LLM_MODEL,
      LLM_AZURE_VERSION,
      OIDC_ISSUER,
      OIDC_CLIENT_ID,
      OIDC_CLIENT_SECRET,
      ...rest
    } = shown;
    expect([
      DATABASE_URL,
      DATABASE_OWNER_URL,
      REDIS_URL,
      LLM_URL,
      LLM_MODEL,
      LLM_AZURE_VERSION,
      OIDC_ISSUER,
      OIDC_CLIENT_ID,
      OIDC_CLIENT_SECRET,
    ]).not.toContain(undefined);
    expect(readConfig(rest, NO_FILE)).toEqual(readConfig({}, NO_FILE));
  });
});

describe('the configuration', () => {
  it('needs nothing to be set', () => {
    expect(readConfig({}, NO_FILE)).toMatchObject({
      port: 3978,
      host: '127.0.0.1',
      database: { kind: 'embedded' },
      redisUrl: null,
      crashAt: null,
    });
  });

  it('takes an empty value for none', () => {
    expect(readConfig({ LOKET_CHAT_KEY: '', REDIS_URL: '' }, NO_FILE)).toMatchObject({ chatKey: null, redisUrl: null });
  });

  it('reads the file, and the environment before it', () => {
    const file = join(folder, 'both.env');
    writeFileSync(file, 'LOKET_PORT=4000\nLOKET_HOST=0.0.0.0\n');
    expect(readConfig({ LOKET_PORT: '4001' }, file)).toMatchObject({ port: 4001, host: '0.0.0.0' });
  });

  it('says in one line each what is unknown, in the environment and in the file, and what was probably meant', () => {
    const file = join(folder, 'unknown.env');
    writeFileSync(file, 'LOKET_PORTT=4000\nREDISURL=redis://localhost\n');
    const found = problems({ LOKET_REDIS_URL: 'redis://localhost', HOME: '/root' }, file);
    expect(found).toEqual([
      expect.stringMatching(/^LOKET_PORTT \(in .*unknown\.env\) is not a setting of Loket; did you mean LOKET_PORT\?$/),
      expect.stringMatching(/^REDISURL \(in .*unknown\.env\) is not a setting of Loket; /),
      'LOKET_REDIS_URL is not a setting of Loket; did you mean REDIS_URL?',
    ]);
  });

  it.each([
    ['LOKET_PORT', 'abc'],
    ['LOKET_PORT', '65536'],
    ['LOKET_PORT', '-1'],
    ['LOKET_PORT', '39.78'],
    ['LOKET_PUBLIC_URL', 'desk.example.org'],
    ['LOKET_CHAT_ORIGINS', 'https://intranet.example.org/path'],
    ['LOKET_MESSAGES_PER_MINUTE', '0'],
    ['LOKET_LOG', 'loud'],
    ['DATABASE_URL', 'mysql://localhost/loket'],
    ['REDIS_URL', 'localhost:6379'],
    ['LOKET_CHAT_KEY', 'short'],
  ])('says in one line that %s=%s is malformed', (name, value) => {
    const [line, ...others] = problems({ [name]: value });
    expect(line).toMatch(new RegExp(`^${name} .+`));
    expect(line).not.toContain('\n');
    expect(others).toEqual([]);
  });

  it('says all that is wrong at once', () => {
    expect(problems({ LOKET_PORT: 'x', LOKET_LOG: 'loud', LOKET_TYPO: '1' })).toHaveLength(3);
  });

  it('repeats no secret', () => {
    const said = problems({
      LOKET_CHAT_KEY: 'hunter2-too-short',
      DATABASE_URL: 'mysql://loket:geheim@db.example.org/loket',
      REDIS_URL: 'http://:wachtwoord@redis.example.org',
      LOKET_CHAT_ORIGINS: 'nonsense',
    }).join('\n');
    for (const secret of ['hunter2', 'geheim', 'wachtwoord']) expect(said).not.toContain(secret);
    expect(said).toContain('nonsense');
  });

  describe('of Teams', () => {
    const id = '8c2b7a5e-0f4d-4e0a-9a51-3b1c2d3e4f50';
    const tenant = '1B2c3d4e-5f60-4711-8a9b-0c1d2e3f4a5b';
    const app = { TEAMS_APP_ID: id, TEAMS_TENANT_ID: tenant };

    it('is off, and on with a secret or a certificate', () => {
      expect(readConfig({}, NO_FILE).teams).toEqual({ kind: 'off' });
      expect(readConfig({ ...app, TEAMS_APP_PASSWORD: 's' }, NO_FILE).teams).toEqual({
        kind: 'on',
        appId: id,
        tenantId: tenant.toLowerCase(),
        allowedTenants: [tenant.toLowerCase()],
        multiTenant: false,
        credential: { kind: 'secret', secret: 's' },
        loginUrl: 'https://login.microsoftonline.com',
      });
      const certificate = { TEAMS_CERTIFICATE: 'app.pem', TEAMS_CERTIFICATE_KEY: 'app.key' };
      expect(readConfig({ ...app, ...certificate, TEAMS_ALLOWED_TENANTS: `${id}, ${tenant}` }, NO_FILE).teams).toMatchObject({
        allowedTenants: [tenant.toLowerCase(), id],
        multiTenant: true,
        credential: { kind: 'certificate', certificateFile: 'app.pem', keyFile: 'app.key' },
      });
    });

    it.each([
      ['no tenant', { TEAMS_APP_ID: id, TEAMS_APP_PASSWORD: 's' }, /without TEAMS_TENANT_ID/],
      ['no app', { TEAMS_TENANT_ID: tenant }, /^TEAMS_TENANT_ID is set without TEAMS_APP_ID/],
      ['no credential', app, /without TEAMS_APP_PASSWORD/],
      ['two credentials', { ...app, TEAMS_APP_PASSWORD: 'hunter2', TEAMS_CERTIFICATE: 'a' }, /both set/],
      ['half a certificate', { ...app, TEAMS_CERTIFICATE: 'a' }, /belong together/],
      ['a name for an id', { ...app, TEAMS_APP_ID: 'loket' }, /^TEAMS_APP_ID must be a GUID/],
      ['a tenant by its name', { TEAMS_ALLOWED_TENANTS: 'example.org' }, /^TEAMS_ALLOWED_TENANTS must be a GUID/],
      ['plain http', { TEAMS_LOGIN_URL: 'http://login.example.org' }, /^TEAMS_LOGIN_URL must begin with https/],
      ['the playground with an app', { ...app, TEAMS_PLAYGROUND: '1' }, /without credentials/],
      ['the playground at a public address', { TEAMS_PLAYGROUND: '1', LOKET_PUBLIC_URL: 'https://desk.example.org' }, /this machine alone/],
      ['a setting that is none', { TEAMS_SECRET: 'hunter2' }, /^TEAMS_SECRET is not a setting of Loket/],
    ])('refuses %s, in one line', (_, settings, line) => {
      const found = problems(settings);
      expect(found).toEqual([expect.stringMatching(line)]);
      expect(found.join()).not.toContain('hunter2');
    });
  });

  describe('of files', () => {
    it('keeps them on disk, unchecked, up to 25 megabytes', () => {
      expect(readConfig({}, NO_FILE).files).toMatchObject({ place: { kind: 'disk' }, clamd: null, largest: 25 * 1024 * 1024 });
    });

    it('takes a store, a scanner by socket or port, and endings as people write them', () => {
      const { files } = readConfig(
        {
          S3_URL: 'https://s3.example.org/desk-files',
          S3_ACCESS_KEY_ID: 'desk',
          S3_SECRET_ACCESS_KEY: 's',
          CLAMD_URL: 'unix:///run/clamav/clamd.ctl',
          LOKET_FILE_REFUSED: '.EXE, docm',
        },
        NO_FILE,
      );
      expect(files.place).toEqual({
        kind: 's3',
        url: 'https://s3.example.org/desk-files',
        region: 'us-east-1',
        accessKeyId: 'desk',
        secretAccessKey: 's',
      });
      expect(files.clamd).toEqual({ kind: 'unix', path: '/run/clamav/clamd.ctl' });
      expect(files.refused).toEqual(['exe', 'docm']);
      expect(readConfig({ CLAMD_URL: 'tcp://[::1]' }, NO_FILE).files.clamd).toEqual({ kind: 'tcp', host: '::1', port: 3310 });
    });

    it.each([
      ['a store without its key', { S3_URL: 'https://s3.example.org/desk-files' }, /^S3_URL is set without/],
      ['a key without a store', { S3_SECRET_ACCESS_KEY: 'hunter2' }, /^S3_SECRET_ACCESS_KEY is set without S3_URL/],
      ['a scanner that is a path', { CLAMD_URL: '/run/clamav/clamd.ctl' }, /^CLAMD_URL must be such as tcp:/],
      ['files of no size', { LOKET_FILE_MAX_MB: '0' }, /^LOKET_FILE_MAX_MB/],
    ])('refuses %s, in one line', (_, settings, line) => {
      expect(problems(settings)).toEqual([expect.stringMatching(line)]);
    });
  });

  it('wants no owner of a database that is not given', () => {
    expect(problems({ DATABASE_OWNER_URL: 'postgres://owner@localhost/loket' })).toEqual([
      'DATABASE_OWNER_URL is set without DATABASE_URL',
    ]);
  });

  describe('of a language model', () => {
    it('needs an address and a model, and takes a key, a version of Azure and limits', () => {
      expect(readConfig({}, NO_FILE).llm).toBeNull();
      expect(readConfig({ LLM_URL: 'http://127.0.0.1:11434/v1/', LLM_MODEL: 'small' }, NO_FILE).llm).toEqual({
        url: 'http://127.0.0.1:11434/v1',
        model: 'small',
        key: null,
        azureVersion: null,
        timeLimitMs: 2_000,
        tokensPerDay: 500_000,
      });
    });
    it.each([
      ['no model', { LLM_URL: 'https://llm.example.org/v1' }, /^LLM_URL is set without LLM_MODEL/],
      ['no address', { LLM_KEY: 'secret' }, /^LLM_KEY is set without LLM_URL/],
      ['no version', { LLM_AZURE_VERSION: 'latest' }, /^LLM_AZURE_VERSION must be a version/],
      ['another protocol', { LLM_URL: 'ftp://llm.example.org', LLM_MODEL: 'm' }, /^LLM_URL must be an address/],
    ])('with %s is refused', (_, settings, reason) => expect(problems(settings)).toEqual([expect.stringMatching(reason)]));
  });
});

describe('sign-in by OpenID Connect', () => {
  const GIVEN = { OIDC_ISSUER: 'https://login.example.org', OIDC_CLIENT_ID: 'loket', OIDC_CLIENT_SECRET: 'hush' };

  it('is off without an issuer, and on with all three', () => {
    expect(readConfig({}, NO_FILE).oidc).toBeNull();
    expect(readConfig(GIVEN, NO_FILE).oidc).toEqual({
      issuer: 'https://login.example.org',
      clientId: 'loket',
      clientSecret: 'hush',
      groupsClaim: 'groups',
    });
  });

  it.each([
    ['no issuer', { ...GIVEN, OIDC_ISSUER: '' }, /^OIDC_CLIENT_ID is set without OIDC_ISSUER/],
    ['no client', { ...GIVEN, OIDC_CLIENT_ID: '' }, /^OIDC_ISSUER is set without OIDC_CLIENT_ID/],
    ['no secret', { ...GIVEN, OIDC_CLIENT_SECRET: '' }, /^OIDC_ISSUER is set without OIDC_CLIENT_SECRET/],
    ['plain http elsewhere', { ...GIVEN, OIDC_ISSUER: 'http://login.example.org' }, /^OIDC_ISSUER must begin with https/],
  ])('%s is a problem', (_, given, expected) => {
    expect(problems(given)[0]).toMatch(expected);
  });
});
