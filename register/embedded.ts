/**
 * PostgreSQL that comes along with loket: made, started, found again after a hard kill, and stopped. One process holds a data folder at a time;
 * other commands on the same machine connect to the server that it runs.
 */
import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { isServerOf, postmasterOf, runsOurBinary, shutDown, stopLeftover } from './embedded-leftover.ts';
import { codeOf, EmbeddedError, holderOf, lockFolder } from './embedded-lock.ts';
import { findPlace, makeSecrets, openFolder, type Place, readSecrets, readState, type Secrets, writeState } from './embedded-place.ts';
import { checkVersion, choosePort, connect, createCluster, launch, owner, resetPassword, syncToDisk } from './embedded-server.ts';

export { EmbeddedError, type EmbeddedErrorCode } from './embedded-lock.ts';

export const application = 'loket_app';
const database = 'loket';

export interface EmbeddedServer {
  /** As the cluster's owner: migrations, backup. */
  readonly ownerUrl: string;
  /** As the application, which may not change what only grows. */
  readonly applicationUrl: string;
  /** What the person who starts loket should know, in whole sentences. */
  readonly notes: readonly string[];
  /** Stops the server and lets go of the folder. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  readonly folder: string;
  /** false: faster and not safe against loss of power; for tests alone. */
  readonly durable?: boolean;
}

interface Urls {
  readonly ownerUrl: string;
  readonly applicationUrl: string;
}

function urlsOf(port: number, secrets: Secrets): Urls {
  const url = (role: string, password: string): string => `postgres://${role}:${password}@127.0.0.1:${port}/${database}`;
  return { ownerUrl: url(owner, secrets.owner), applicationUrl: url(application, secrets.application) };
}

const withDatabase = (url: string, name: string): string => Object.assign(new URL(url), { pathname: `/${name}` }).href;

export async function startEmbedded({ folder: given, durable = true }: EmbeddedOptions): Promise<EmbeddedServer> {
  const folder = openFolder(given);
  const unlock = lockFolder(folder);
  try {
    const notes: string[] = [];
    const place = await findPlace(folder, notes, stopLeftover);
    const { pid, urls, settled } = await open(place, durable, notes);
    try {
      await provision(urls, readSecrets(folder));
      const state = readState(folder);
      if (state && !state.made) {
        await settled;
        writeState(folder, { ...state, made: true });
      }
    } catch (error) {
      await shutDown(pid, place.cluster);
      throw error;
    }
    let stopping: Promise<void> | null = null;
    const stop = async (): Promise<void> => {
      await settled;
      await shutDown(pid, place.cluster);
      unlock();
    };
    return {
      ...urls,
      notes,
      stop: () => {
        stopping ??= stop();
        return stopping;
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

interface Opened {
  readonly pid: number;
  readonly urls: Urls;
  /** Resolves when a new cluster is surely on disk. */
  readonly settled: Promise<void>;
}

async function open(place: Place, durable: boolean, notes: string[], patience = 100): Promise<Opened> {
  const remembered = readState(place.folder)?.port ?? null;
  const known = readSecrets(place.folder);
  const secrets = known ?? makeSecrets(place.folder);
  const fresh = !existsSync(place.cluster);
  const made = readState(place.folder)?.made ?? false;
  if (fresh && made) {
    throw new EmbeddedError(
      'EMBEDDED_GONE',
      `The database that stood in ${place.cluster} is gone. Restore a backup there; or, to begin empty, remove ${place.folder}/embedded.json.`,
    );
  }
  if (known && !fresh) {
    const adopted = await adopt(place, secrets);
    if (adopted) {
      writeState(place.folder, { cluster: place.cluster, port: adopted.port, made });
      notes.push(`PostgreSQL was still running after an earlier process was killed; it goes on (process ${adopted.pid}).`);
      return { pid: adopted.pid, urls: urlsOf(adopted.port, secrets), settled: Promise.resolve() };
    }
  }
  await stopLeftover(place.cluster);
  let port = await choosePort(remembered);
  writeState(place.folder, { cluster: place.cluster, port, made });
  if (fresh) {
    await createCluster(place, secrets.owner);
  } else {
    checkVersion(place);
    if (!known) {
      await resetPassword(place, secrets.owner);
      notes.push('The passwords of the database were lost; it has new ones.');
    }
  }
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const pid = await launch(place, { port, durable });
    if (pid === 'data taken') {
      if (patience === 0)
        throw new EmbeddedError('EMBEDDED_FAILED', `Another PostgreSQL holds ${place.cluster}; see ${place.folder}/postgres.log.`);
      await sleep(50);
      return await open(place, durable, notes, patience - 1);
    }
    if (pid !== 'port taken') {
      if (remembered !== null && remembered !== port)
        notes.push(`Port ${remembered} was taken by another program; the database listens on ${port}.`);
      return { pid, urls: urlsOf(port, secrets), settled: fresh && durable ? syncToDisk(place) : Promise.resolve() };
    }
    port = await choosePort(null);
    writeState(place.folder, { cluster: place.cluster, port, made });
  }
  throw new EmbeddedError('EMBEDDED_FAILED', 'PostgreSQL found every port that it tried taken.');
}

/** A server that is truly ours: at work in this folder, of this edition, and it knows our password. */
async function adopt(place: Place, secrets: Secrets): Promise<{ pid: number; port: number } | null> {
  for (;;) {
    const record = postmasterOf(place.cluster);
    if (!record || !isServerOf(record.pid, place.cluster) || !runsOurBinary(record.pid, place)) return null;
    try {
      if (await answersFrom(urlsOf(record.port, secrets).ownerUrl, place.cluster)) return record;
      return null;
    } catch (error) {
      // 57P03: it is starting up or shutting down; either comes to an end.
      if (codeOf(error) !== '57P03') return null;
    }
    await sleep(20);
  }
}

async function answersFrom(ownerUrl: string, cluster: string): Promise<boolean> {
  const client = await connect(withDatabase(ownerUrl, 'postgres'));
  try {
    const { rows } = await client.query<{ path: string }>(`SELECT current_setting('data_directory') AS path`);
    return rows[0]?.path === cluster;
  } finally {
    await client.end();
  }
}

/** Roles, database and the queue's schema; whatever is there already stays as it is. */
async function provision(urls: Urls, secrets: Secrets | null): Promise<void> {
  if (!secrets) throw new EmbeddedError('EMBEDDED_FAILED', 'The file with the passwords of the database disappeared.');
  const client = await connect(withDatabase(urls.ownerUrl, 'postgres'));
  try {
    const role = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [application]);
    if (role.rowCount === 0) {
      await client.query(`CREATE ROLE ${application} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '${secrets.application}'`);
    }
    const made = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
    if (made.rowCount === 0) await client.query(`CREATE DATABASE ${database} OWNER ${owner}`);
  } finally {
    await client.end();
  }
  const inside = await connect(urls.ownerUrl);
  try {
    await prepareDatabase(inside);
    try {
      await (await connect(urls.applicationUrl)).end();
    } catch (error) {
      if (codeOf(error) !== '28P01') throw error;
      await inside.query(`ALTER ROLE ${application} PASSWORD '${secrets.application}'`);
    }
  } finally {
    await inside.end();
  }
}

/** The schema in which BullMQ keeps its queues. CREATE on the database: its migration says CREATE SCHEMA IF NOT EXISTS, and that asks for the right first. */
export async function prepareDatabase(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string; schema: boolean; granted: boolean }>(
    `SELECT quote_ident(current_database()) AS name,
            EXISTS (SELECT FROM pg_namespace WHERE nspname = 'queue') AS schema,
            has_database_privilege($1, current_database(), 'CREATE') AS granted`,
    [application],
  );
  const found = rows[0];
  if (found && !found.granted) {
    await client.query(`REVOKE ALL ON DATABASE ${found.name} FROM PUBLIC`);
    await client.query(`GRANT CONNECT, TEMPORARY, CREATE ON DATABASE ${found.name} TO ${application}`);
  }
  if (found && !found.schema) await client.query(`CREATE SCHEMA queue AUTHORIZATION ${application}`);
}

/** Connects to the server that a running `loket start` holds (waits while that one is starting); null when none runs. */
export async function findEmbedded({ folder: given }: Pick<EmbeddedOptions, 'folder'>): Promise<Omit<EmbeddedServer, 'stop'> | null> {
  const path = resolve(given);
  if (!existsSync(path)) return null;
  const folder = realpathSync(path);
  const end = Date.now() + 30_000;
  for (let holder = holderOf(folder); holder !== null; holder = holderOf(folder)) {
    if (Date.now() > end) {
      throw new EmbeddedError(
        'EMBEDDED_FAILED',
        `The loket that runs here (process ${holder}) has no database that answers; see ${folder}/postgres.log.`,
      );
    }
    const state = readState(folder);
    const secrets = readSecrets(folder);
    if (state && secrets) {
      const urls = urlsOf(state.port, secrets);
      if (await isPrepared(urls, state.cluster)) return { ...urls, notes: [] };
    }
    await sleep(50);
  }
  return null;
}

async function isPrepared(urls: Urls, cluster: string): Promise<boolean> {
  try {
    if (!(await answersFrom(urls.ownerUrl, cluster))) return false;
    const client = await connect(urls.applicationUrl);
    try {
      return (await client.query(`SELECT FROM pg_namespace WHERE nspname = 'queue'`)).rowCount === 1;
    } finally {
      await client.end();
    }
  } catch {
    return false;
  }
}
