/** The real desk, `loket start`, as a child process on a data folder of its own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Child, environment, freePort, ROOT, startChild, stopDatabaseAtTheEnd } from './children.ts';

/** The secret that signs the visitors' tokens. */
export const CHAT_KEY = 'a key of the benchmark, 32 or more characters';

export interface Desk {
  readonly pid: number;
  readonly url: string;
  /** The process number of its PostgreSQL. */
  readonly postmaster: number;
  /** Since the process was started. */
  readonly listeningSeconds: number;
  readonly readySeconds: number;
  stop(): Promise<void>;
}

const START_MS = 180_000;

/** How a desk is started, where it is not as a person starts it who has set nothing. */
export interface DeskOptions {
  /** The program itself, whose memory can be read, or `npm start` as a person does it. */
  readonly by?: 'node' | 'npm';
  /** Besides those that every benchmark has. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Of `loket start`. */
  readonly args?: readonly string[];
}

/** With a database of its own in the data folder. */
export async function startDesk(folder: string, redis: string, options: DeskOptions = {}): Promise<Desk> {
  stopDatabaseAtTheEnd(folder);
  return { ...(await startDeskProcess(folder, redis, options)), postmaster: postmasterOf(folder) };
}

/** With the database that its settings name. */
export async function startDeskProcess(
  folder: string,
  redis: string,
  { by = 'node', settings = {}, args = [] }: DeskOptions,
): Promise<Omit<Desk, 'postmaster'>> {
  const port = await freePort();
  const env = environment({
    LOKET_LOG: 'warn',
    LOKET_DATA: folder,
    LOKET_HOST: '127.0.0.1',
    LOKET_PORT: String(port),
    LOKET_CATALOGUE: join(ROOT, 'catalogue'),
    LOKET_CHAT_KEY: CHAT_KEY,
    LOKET_MESSAGES_PER_MINUTE: '1000000',
    REDIS_URL: redis,
    ...settings,
  });
  const child: Child =
    by === 'npm' ? startChild('npm', ['start'], env) : startChild(process.execPath, [...profiling(), 'loket.ts', 'start', ...args], env);
  const listening = await child.line(/Loket is starting on/, START_MS);
  const ready = await child.line(/^\s*Ready in/, START_MS);
  return {
    pid: child.pid,
    url: `http://127.0.0.1:${port}`,
    listeningSeconds: listening.seconds,
    readySeconds: ready.seconds,
    stop: child.stop,
  };
}

/** The server's own record says its process number in the first line. */
export function postmasterOf(folder: string): number {
  const { cluster } = z.object({ cluster: z.string() }).parse(JSON.parse(readFileSync(join(folder, 'embedded.json'), 'utf8')));
  return Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** BENCH_PROFILE names a folder for V8's processor profiles of the desk. */
function profiling(): string[] {
  const folder = process.env.BENCH_PROFILE;
  return folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [];
}
