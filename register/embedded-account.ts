/** Which account of the operating system PostgreSQL runs as: it refuses to run as root. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { EmbeddedError } from './embedded-lock.ts';

/** null: as the current user. */
export type Account = { readonly uid: number; readonly gid: number } | null;

export const isRoot = (): boolean => process.getuid?.() === 0;

function idOf(kind: '-u' | '-g', name: string): number | null {
  const answer = spawnSync('id', [kind, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return answer.status === 0 ? Number(answer.stdout) : null;
}

function find(name: string): Account {
  const uid = idOf('-u', name);
  const gid = idOf('-g', name);
  return uid === null || gid === null ? null : { uid, gid };
}

/** The account for a cluster that may exist already; one that belongs to somebody keeps its owner. */
export function accountFor(cluster: string, notes: string[], name = 'postgres'): Account {
  if (!isRoot()) return null;
  if (existsSync(cluster)) {
    const { uid, gid } = statSync(cluster);
    if (uid !== 0) return { uid, gid };
  }
  const found = find(name);
  if (found) return found;
  try {
    execFileSync(
      'useradd',
      ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', name],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
  } catch (error) {
    throw new EmbeddedError(
      'EMBEDDED_NO_ACCOUNT',
      `PostgreSQL refuses to run as root, and the user '${name}' to run it as could not be made (${error instanceof Error ? error.message.trim() : error}). Make that user, or run loket as an ordinary user.`,
      { cause: error },
    );
  }
  const made = find(name);
  if (!made)
    throw new EmbeddedError('EMBEDDED_NO_ACCOUNT', `The user '${name}' was made but cannot be found. Run loket as an ordinary user.`);
  notes.push(`Made the system user '${name}', because PostgreSQL refuses to run as root.`);
  return made;
}

/** Asks the kernel itself whether the account can read a file or enter a folder (modes, groups and access lists alike). */
export function canReach(account: Account, paths: readonly string[]): boolean {
  if (!account) return true;
  const script = 'for path; do test -r "$path" || exit 1; test ! -d "$path" || test -x "$path" || exit 1; done';
  return spawnSync('/bin/sh', ['-c', script, 'sh', ...paths], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;
}

/** Like {@link canReach} for a folder that need only be passed through. */
export function canPass(account: Account, folder: string): boolean {
  return !account || spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', folder], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;
}
