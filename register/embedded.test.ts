import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createConnection } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { type Holder, heldBy, hold } from '../test/setup/embedded-holder.ts';
import { type EmbeddedServer, findEmbedded, startEmbedded } from './embedded.ts';
import { canPass } from './embedded-account.ts';
import { postmasterOf } from './embedded-leftover.ts';
import { isAlive } from './embedded-lock.ts';

const isRoot = process.getuid?.() === 0;
const folders: string[] = [];
const running: { stop(): Promise<void> }[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'loket-embedded-'));
  chmodSync(folder, 0o711);
  folders.push(folder);
  return join(folder, 'data');
}

async function start(folder: string): Promise<EmbeddedServer> {
  const server = await startEmbedded({ folder });
  running.push(server);
  return server;
}

function holdIn(folder: string, options?: Parameters<typeof hold>[1]): Holder {
  const holder = hold(folder, options);
  running.push(holder);
  return holder;
}

async function ask(url: string, sql: string): Promise<unknown[][]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

/** This very clone may stand under a root-only home; then every start says so. */
const unusual = (notes: readonly string[]): string[] => notes.filter((note) => !note.startsWith('PostgreSQL runs from a copy'));

const postmaster = (folder: string): number => postmasterOf(join(folder, 'postgres'))?.pid ?? 0;

async function until(what: string, condition: () => boolean): Promise<void> {
  for (const end = Date.now() + 20_000; !condition(); await sleep(2)) {
    if (Date.now() > end) throw new Error(`never: ${what}`);
  }
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('the first start', () => {
  it('makes a database with two roles that only its passwords open, on this machine alone', async () => {
    const folder = newFolder();
    const { ownerUrl, applicationUrl, notes } = await start(folder);
    const settings = [
      'server_encoding',
      'TimeZone',
      'fsync',
      'full_page_writes',
      'synchronous_commit',
      'shared_buffers',
      'max_connections',
    ];
    const shown = await ask(applicationUrl, `SELECT ${settings.map((name) => `current_setting('${name}')`).join()}`);
    expect(shown).toEqual([['UTF8', 'UTC', 'on', 'on', 'on', '128MB', '200']]);
    expect(
      await ask(applicationUrl, 'SELECT rolname, rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user'),
    ).toEqual([['loket_app', false, false, false]]);
    expect(await ask(ownerUrl, `SELECT datdba::regrole::text FROM pg_database WHERE datname = 'loket'`)).toEqual([['loket_owner']]);
    expect(await ask(ownerUrl, `SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = 'queue'`)).toEqual([['loket_app']]);
    const wrong = Object.assign(new URL(ownerUrl), { password: 'wrong' }).href;
    await expect(ask(wrong, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    expect(statSync(join(folder, 'postgres-secrets.json')).mode & 0o777).toBe(0o600);
    expect(unusual(notes)).toEqual([]);
    for (const { address, internal, family } of Object.values(networkInterfaces()).flatMap((list) => list ?? [])) {
      if (!internal && family === 'IPv4') await expect(reach(address, Number(new URL(ownerUrl).port))).rejects.toThrow();
    }
  });

  it('knows letters, Dutch and English the same way on every machine', async () => {
    const { ownerUrl } = await start(newFolder());
    await ask(ownerUrl, 'CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent');
    expect(
      await ask(ownerUrl, `SELECT lower('ÉÉN'), to_tsvector('dutch', 'Geïnstalleerde ÉNERGIE')::text, similarity('koffie', 'kofie') > 0.4`),
    ).toEqual([['één', `'energie':2 'geinstalleerd':1`, true]]);
  });

  it('can be killed at any moment; the next start makes it whole', async () => {
    const cluster = (folder: string): string => join(folder, 'postgres');
    const moments: Record<string, (folder: string) => boolean> = {
      'the folder is locked': (folder) => existsSync(join(folder, 'embedded.lock')),
      'initdb begins': (folder) => existsSync(join(folder, 'embedded.json')),
      'the cluster is made': (folder) => existsSync(join(cluster(folder), 'PG_VERSION')),
      'the server starts': (folder) => existsSync(join(cluster(folder), 'postmaster.pid')),
      'the server answers': (folder) => postmasterOf(cluster(folder))?.ready ?? false,
    };
    for (const [moment, condition] of Object.entries(moments)) {
      const folder = newFolder();
      const holder = hold(folder);
      await until(moment, () => condition(folder));
      await holder.kill();
      const { applicationUrl, stop } = await start(folder);
      expect(await ask(applicationUrl, `SELECT nspname FROM pg_namespace WHERE nspname = 'queue'`), moment).toEqual([['queue']]);
      await stop();
      expect(existsSync(join(folder, 'embedded.lock')), moment).toBe(false);
    }
  }, 60_000);
});

function reach(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host, port }, () => {
      socket.destroy();
      resolve();
    });
    socket.on('error', reject);
  });
}

describe('a later start', () => {
  it('finds the data, the passwords and the port as they were', async () => {
    const folder = newFolder();
    const first = await start(folder);
    await ask(first.ownerUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    const second = await start(folder);
    expect([second.ownerUrl, second.applicationUrl, unusual(second.notes)]).toEqual([first.ownerUrl, first.applicationUrl, []]);
    expect(await ask(second.ownerUrl, 'SELECT answer FROM kept')).toEqual([[42]]);
  });

  it('stops what it started, with the sessions that are open', async () => {
    const folder = newFolder();
    const { ownerUrl, stop } = await start(folder);
    const pid = postmaster(folder);
    const client = new pg.Client({ connectionString: ownerUrl });
    client.on('error', () => {});
    await client.connect();
    await Promise.all([stop(), stop()]);
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(join(folder, 'postgres', 'postmaster.pid'))).toBe(false);
  });

  it('adopts the server that a killed process left running, and stops it', async () => {
    const folder = newFolder();
    const holder = hold(folder);
    const { ownerUrl } = await heldBy(holder);
    await ask(ownerUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const pid = postmaster(folder);
    await holder.kill();
    expect(isAlive(pid)).toBe(true);
    expect(await findEmbedded({ folder })).toBeNull();
    const server = await start(folder);
    expect(postmaster(folder)).toBe(pid);
    expect(server.ownerUrl).toBe(ownerUrl);
    expect(server.notes.join()).toContain(`process ${pid}`);
    expect(await ask(ownerUrl, 'SELECT answer FROM kept')).toEqual([[42]]);
    await server.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it('recovers when the server was killed too', async () => {
    const folder = newFolder();
    const holder = hold(folder);
    const { ownerUrl } = await heldBy(holder);
    await ask(ownerUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const pid = postmaster(folder);
    const busy = new pg.Client({ connectionString: ownerUrl });
    busy.on('error', () => {});
    await busy.connect();
    const query = busy.query('SELECT count(*) FROM generate_series(1, 1e12::bigint) AS n').catch(() => 'ended');
    const running = `SELECT FROM pg_stat_activity WHERE query LIKE '%1e12%' AND state = 'active' AND pid <> pg_backend_pid()`;
    while ((await ask(ownerUrl, running)).length === 0) await sleep(5);
    process.kill(pid, 'SIGKILL');
    await holder.kill();
    await until('the server is dead', () => !isAlive(pid));
    expect(postmaster(folder)).toBe(pid);
    const server = await start(folder);
    expect(postmaster(folder)).not.toBe(pid);
    expect(await ask(server.ownerUrl, 'SELECT answer FROM kept')).toEqual([[42]]);
    expect(await query).toBe('ended');
  });

  it('is not misled by a stale record whose number another program has by now', async () => {
    const folder = newFolder();
    const first = await start(folder);
    const record = join(folder, 'postgres', 'postmaster.pid');
    const text = readFileSync(record, 'utf8');
    await first.stop();
    const { uid, gid } = statSync(join(folder, 'postgres'));
    const other = spawn('sleep', ['1000'], { stdio: 'ignore', ...(isRoot ? { uid, gid } : {}) });
    try {
      writeFileSync(record, text.replace(/^\d+/, String(other.pid)), { mode: 0o600 });
      chownSync(record, uid, gid);
      const second = await start(folder);
      expect(await ask(second.applicationUrl, 'SELECT 1')).toEqual([[1]]);
      expect(isAlive(other.pid ?? 0)).toBe(true);
    } finally {
      other.kill('SIGKILL');
    }
  });

  it("leaves somebody else's PostgreSQL on its port alone and takes another", async () => {
    const theirs = newFolder();
    const foreign = await start(theirs);
    const folder = newFolder();
    await (await start(folder)).stop();
    const taken = Number(new URL(foreign.ownerUrl).port);
    const state = join(folder, 'embedded.json');
    writeFileSync(state, JSON.stringify({ ...JSON.parse(readFileSync(state, 'utf8')), port: taken }));
    const server = await start(folder);
    expect(new URL(server.ownerUrl).port).not.toBe(String(taken));
    expect(server.notes.join()).toContain(`Port ${taken} was taken`);
    expect(await ask(foreign.ownerUrl, 'SELECT 1')).toEqual([[1]]);
  });

  it('gives new passwords when they were lost, also to a server that still runs', async () => {
    const folder = newFolder();
    const holder = hold(folder);
    const { ownerUrl } = await heldBy(holder);
    await ask(ownerUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await holder.kill();
    rmSync(join(folder, 'postgres-secrets.json'));
    const server = await start(folder);
    expect(await ask(server.ownerUrl, 'SELECT answer FROM kept')).toEqual([[42]]);
    expect(await ask(server.applicationUrl, 'SELECT 1')).toEqual([[1]]);
    await expect(ask(ownerUrl, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('refuses data of another PostgreSQL, and data that are gone, and says what to do', async () => {
    const folder = newFolder();
    await (await start(folder)).stop();
    writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '17\n');
    await expect(start(folder)).rejects.toMatchObject({ code: 'EMBEDDED_VERSION', message: expect.stringContaining('PostgreSQL 17') });
    rmSync(join(folder, 'postgres'), { recursive: true });
    await expect(start(folder)).rejects.toMatchObject({ code: 'EMBEDDED_GONE' });
    rmSync(join(folder, 'embedded.json'));
    expect(await ask((await start(folder)).ownerUrl, 'SELECT 1')).toEqual([[1]]);
  });
});

describe('several processes', () => {
  it('hold one folder one at a time; others find the running server', async () => {
    const folder = newFolder();
    expect(await findEmbedded({ folder })).toBeNull();
    const holder = holdIn(folder);
    const { ownerUrl, applicationUrl } = await heldBy(holder);
    await expect(startEmbedded({ folder })).rejects.toMatchObject({
      code: 'EMBEDDED_IN_USE',
      message: expect.stringContaining(`process ${holder.pid}`),
    });
    expect(await findEmbedded({ folder })).toMatchObject({ ownerUrl, applicationUrl });
    await holder.stop();
    expect(await findEmbedded({ folder })).toBeNull();
    const server = await start(folder);
    await expect(startEmbedded({ folder })).rejects.toMatchObject({ code: 'EMBEDDED_IN_USE' });
    await server.stop();
  });

  it.each(['at the first start', 'after a kill'])('that start at once: one gets it, %s', async (when) => {
    const folder = newFolder();
    if (when === 'after a kill') {
      const killed = hold(folder);
      await heldBy(killed);
      await killed.kill();
    }
    const holders = Array.from({ length: 4 }, () => holdIn(folder));
    const finding = until('the folder is locked', () => existsSync(join(folder, 'embedded.lock'))).then(() => findEmbedded({ folder }));
    const answers = await Promise.all(holders.map((holder) => holder.started));
    const codes = answers.map((answer) => ('code' in answer ? answer.code : 'started'));
    expect(codes.toSorted()).toEqual(['EMBEDDED_IN_USE', 'EMBEDDED_IN_USE', 'EMBEDDED_IN_USE', 'started']);
    if (when === 'at the first start') expect(answers).toContainEqual(expect.objectContaining({ ownerUrl: (await finding)?.ownerUrl }));
    await finding;
  });

  it("leave the server out of the terminal's Ctrl-C", async () => {
    const folder = newFolder();
    const holder = holdIn(folder);
    const { ownerUrl } = await heldBy(holder);
    process.kill(-holder.pid, 'SIGINT');
    expect(await ask(ownerUrl, 'SELECT 1')).toEqual([[1]]);
    expect(readFileSync(join(folder, 'postgres.log'), 'utf8')).not.toContain('shutdown request');
  });
});

describe('a folder that cannot be written', () => {
  it('is a clear error when something else stands there', async () => {
    const folder = newFolder();
    writeFileSync(folder, 'a file');
    await expect(startEmbedded({ folder })).rejects.toMatchObject({ code: 'EMBEDDED_NO_ACCESS', message: expect.stringContaining(folder) });
    await expect(startEmbedded({ folder: join(folder, 'below') })).rejects.toMatchObject({ code: 'EMBEDDED_NO_ACCESS' });
  });

  it.skipIf(isRoot && !canPass({ uid: 65534, gid: 65534 }, process.execPath))('is a clear error when it belongs to another', async () => {
    const folder = newFolder();
    mkdirSync(folder);
    chmodSync(folder, 0o555);
    const answer = isRoot ? await hold(folder, { uid: 65534 }).started : await startEmbedded({ folder }).catch((error: unknown) => error);
    expect(answer).toMatchObject({ code: 'EMBEDDED_NO_ACCESS', message: expect.stringContaining(folder) });
  });
});
