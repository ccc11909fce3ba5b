/** What processes hold in memory, as Linux accounts for it; null elsewhere. */
import { readdirSync, readFileSync } from 'node:fs';
import { rounded } from './figures.ts';

/** A process's resident memory in MB (of 2^20 bytes). */
export function residentMB(pid: number): number | null {
  return megabytes(`/proc/${pid}/status`, 'VmRSS');
}

/** A PostgreSQL server with its children, shared pages counted once. */
export function postgresMB(postmaster: number): number | null {
  const shares = [postmaster, ...childrenOf(postmaster)].map((pid) => megabytes(`/proc/${pid}/smaps_rollup`, 'Pss'));
  return shares.some((share) => share === null) ? null : rounded(shares.reduce<number>((sum, share) => sum + (share ?? 0), 0));
}

/** Seconds of processor time that a process, and with `children` those it started, have used. */
export function processorSeconds(pid: number, children = false): number {
  const pids = children ? [pid, ...childrenOf(pid)] : [pid];
  return pids.reduce((sum, it) => sum + ticksOf(it), 0) / TICKS_PER_SECOND;
}

const TICKS_PER_SECOND = 100;

function ticksOf(pid: number): number {
  const stat = read(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // utime and stime; of a postmaster also those of children that have ended.
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const stat = read(`/proc/${pid}/stat`);
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent;
    });
}

function megabytes(file: string, name: string): number | null {
  const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(read(file))?.[1];
  return kilobytes === undefined ? null : rounded(Number(kilobytes) / 1024);
}

/** Processes come and go while they are looked at. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
