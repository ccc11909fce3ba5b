/** Who holds a data folder: a lock file with the holder's process, checked for being alive. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type EmbeddedErrorCode =
  | 'EMBEDDED_IN_USE'
  | 'EMBEDDED_NO_ACCESS'
  | 'EMBEDDED_NO_BINARIES'
  | 'EMBEDDED_NO_ACCOUNT'
  | 'EMBEDDED_VERSION'
  | 'EMBEDDED_GONE'
  | 'EMBEDDED_FAILED';

/** Its message is meant for the person who typed the command. */
export class EmbeddedError extends Error {
  readonly code: EmbeddedErrorCode;

  constructor(code: EmbeddedErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EmbeddedError';
    this.code = code;
  }
}

export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
  if (process.platform !== 'linux') return true;
  // A zombie answers to signals, yet is dead.
  return !/^\d+ \(.*\) [ZX] /s.test(readText(`/proc/${pid}/stat`) ?? '');
}

export function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Tells two processes apart that had the same number one after the other; empty where the system does not say. */
function birthOf(pid: number): string {
  const stat = readText(`/proc/${pid}/stat`);
  if (stat !== null) {
    // The program's name may hold spaces and brackets; after its last bracket, field 22 is the time it started, in ticks since boot.
    const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
    return `${readText('/proc/sys/kernel/random/boot_id')?.trim() ?? ''}/${started}`;
  }
  if (process.platform === 'win32') return '';
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}

interface Holder {
  readonly pid: number;
  readonly birth: string;
}

function holderIn(text: string): Holder | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('birth' in value)) return null;
    return typeof value.pid === 'number' && typeof value.birth === 'string' ? { pid: value.pid, birth: value.birth } : null;
  } catch {
    return null;
  }
}

const lockIn = (folder: string): string => join(folder, 'embedded.lock');

/** The live process that holds the folder, or null. */
export function holderOf(folder: string): number | null {
  const text = readText(lockIn(folder));
  const holder = text === null ? null : holderIn(text);
  if (!holder || !isAlive(holder.pid)) return null;
  return birthOf(holder.pid) === holder.birth ? holder.pid : null;
}

/** Takes the folder for this process and returns how to let go; refuses while a live process (also this one) holds it. */
export function lockFolder(folder: string): () => void {
  const lock = lockIn(folder);
  const own = JSON.stringify({ pid: process.pid, birth: birthOf(process.pid) });
  const aside = `${lock}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    writeFileSync(aside, own);
    for (let attempt = 0; attempt < 20; attempt += 1) {
      try {
        // A link appears at once with its content, and fails when the name is taken.
        linkSync(aside, lock);
        return () => {
          if (readText(lock) === own) rmSync(lock, { force: true });
        };
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error;
      }
      const seen = readText(lock);
      const holder = holderOf(folder);
      if (holder !== null) {
        throw new EmbeddedError(
          'EMBEDDED_IN_USE',
          `Another loket (process ${holder}) is running with the data in ${folder}. Stop that one first, or give this one a folder of its own.`,
        );
      }
      if (seen !== null) removeStale(lock, seen);
    }
    throw new EmbeddedError('EMBEDDED_IN_USE', `Several processes are starting with the data in ${folder} at the same moment. Try again.`);
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Moves a dead holder's lock away; what turns out to be somebody's fresh lock is put back. */
function removeStale(lock: string, seen: string): void {
  const moved = `${lock}.stale.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    renameSync(lock, moved);
    if (readText(moved) !== seen) linkSync(moved, lock);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes(codeOf(error))) throw error;
  } finally {
    rmSync(moved, { force: true });
  }
}
