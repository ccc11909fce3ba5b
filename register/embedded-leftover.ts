/** A server that is running on a cluster, perhaps left behind by a process that was killed: whose it is, and how to stop it. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readlinkSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, EmbeddedError, isAlive, readText } from './embedded-lock.ts';
import type { Place } from './embedded-place.ts';

/** A server's own record of itself, in its data folder. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

const recordOf = (cluster: string): string => join(cluster, 'postmaster.pid');

export function postmasterOf(cluster: string): Postmaster | null {
  const lines = readText(recordOf(cluster))?.split('\n') ?? [];
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 1) return null;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/** A number in a stale record may belong to somebody else by now: only a postgres at work in this very folder counts. */
export function isServerOf(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform === 'linux') {
    try {
      return basename(readlinkSync(`/proc/${pid}/exe`)).startsWith('postgres') && readlinkSync(`/proc/${pid}/cwd`) === cluster;
    } catch {
      return false;
    }
  }
  if (process.platform === 'win32') return true;
  const { stdout } = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.includes('postgres') && stdout.includes(cluster);
}

/** The sessions of a server that was killed may go on with their queries, and no new server starts while they do. */
async function endOrphans(cluster: string): Promise<void> {
  const orphans = readdirSync('/proc').filter((name) => {
    try {
      return (
        /^\d+$/.test(name) &&
        readlinkSync(`/proc/${name}/cwd`) === cluster &&
        basename(readlinkSync(`/proc/${name}/exe`)).startsWith('postgres')
      );
    } catch {
      return false;
    }
  });
  for (const pid of orphans.map(Number)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (codeOf(error) !== 'ESRCH') throw error;
    }
    while (isAlive(pid)) await sleep(5);
  }
}

/**
 * Stops a server that runs on the cluster, ends what a killed one left, and clears its record: PostgreSQL would refuse to start while that number
 * belongs to another program, or to a dead process that nobody has reaped.
 */
export async function stopLeftover(cluster: string): Promise<void> {
  const record = postmasterOf(cluster);
  if (!record) return;
  if (isServerOf(record.pid, cluster)) await shutDown(record.pid, cluster);
  else if (process.platform === 'linux') await endOrphans(cluster);
  else if (!isAlive(record.pid)) return;
  if (postmasterOf(cluster)?.pid === record.pid) rmSync(recordOf(cluster), { force: true });
}

/** False when the server runs another edition than ours, or one whose files npm has replaced since. */
export function runsOurBinary(pid: number, place: Place): boolean {
  if (process.platform !== 'linux') return true;
  try {
    const args = readText(`/proc/${pid}/cmdline`)?.split('\0') ?? [];
    return readlinkSync(`/proc/${pid}/exe`) === join(place.binaries, 'bin', 'postgres') && args.includes(place.cluster);
  } catch {
    return false;
  }
}

/** Fast shutdown: sessions are ended, everything is written. A server that hangs is told to quit at once; it recovers at the next start. */
export async function shutDown(pid: number, cluster: string): Promise<void> {
  for (const [signal, seconds] of [['SIGINT', 30] as const, ['SIGQUIT', 10] as const]) {
    if (!isServerOf(pid, cluster)) return;
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (codeOf(error) === 'ESRCH') return;
      throw error;
    }
    for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
      if (!isAlive(pid)) return;
      await sleep(10);
    }
  }
  throw new EmbeddedError('EMBEDDED_FAILED', `PostgreSQL (process ${pid}) on ${cluster} does not stop.`);
}
