/** What a benchmark starts and must not leave behind: child processes, PostgreSQL servers and temporary folders. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startEmbedded } from '../../register/index.ts';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** How long a child has to stop by itself. */
const STOP_MS = 25_000;

const cleanups: (() => Promise<void>)[] = [];
let stopping: Promise<void> | null = null;

/** Undoes all that was started, last first; one that fails does not keep the others from it. */
export function stopEverything(): Promise<void> {
  stopping ??= (async () => {
    for (const cleanup of cleanups.splice(0).reverse())
      await cleanup().catch((error: unknown) => console.error('bench: cleaning up:', error));
    stopping = null;
  })();
  return stopping;
}

export function atTheEnd(cleanup: () => Promise<void>): void {
  cleanups.push(cleanup);
}

/** A folder that is removed in the end. PostgreSQL, which runs as another user under root, may pass through it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'loket-bench-'));
  chmodSync(folder, 0o711);
  atTheEnd(async () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
  return folder;
}

/** Stops the PostgreSQL that a killed desk may have left on a data folder. */
export function stopDatabaseAtTheEnd(folder: string): void {
  atTheEnd(async () => {
    const server = await startEmbedded({ folder });
    await server.stop();
  });
}

/** The environment without settings of Loket or PostgreSQL, plus those given. An empty one also hides what a `.env` says. */
export function environment(settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(LOKET_|TEAMS_|PG|DATABASE_|REDIS_|NODE_OPTIONS$)/.test(name));
  return { ...Object.fromEntries(own), DATABASE_URL: '', DATABASE_OWNER_URL: '', REDIS_URL: '', ...settings };
}

export interface Child {
  readonly pid: number;
  /** Resolves with the first line on stdout that matches, and the seconds since the start. */
  line(pattern: RegExp, withinMs: number): Promise<{ readonly seconds: number }>;
  /** SIGTERM, and SIGKILL when that does not help. */
  stop(): Promise<void>;
}

/** Starts a program in a process group of its own, so that what it starts (npm does) hears the signals too. */
export function startChild(program: string, args: readonly string[], env: NodeJS.ProcessEnv, cwd = ROOT): Child {
  const begin = performance.now();
  const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${program} could not be started`);
  const said = linesOf(child);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const signal = (name: NodeJS.Signals) => {
    try {
      process.kill(-pid, name);
    } catch {
      // It has ended already.
    }
  };
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) signal('SIGTERM');
    const gone = await Promise.race([ended.then(() => true), sleep(STOP_MS, false, { ref: false })]);
    if (!gone) signal('SIGKILL');
  };
  atTheEnd(stop);
  return {
    pid,
    stop,
    line: async (pattern, withinMs) => {
      const seconds = async (): Promise<{ seconds: number }> => {
        for (;;) {
          const at = said.find(pattern);
          if (at !== null) return { seconds: (at - begin) / 1000 };
          if (said.ended()) throw new Error(`${program} ${args.join(' ')} ended early:\n${said.tail()}`);
          if (performance.now() - begin > withinMs)
            throw new Error(`${program} ${args.join(' ')} did not say ${pattern} in time:\n${said.tail()}`);
          await sleep(5);
        }
      };
      return seconds();
    },
  };
}

interface Lines {
  /** When the first line that matches came, null when none has. */
  find(pattern: RegExp): number | null;
  ended(): boolean;
  tail(): string;
}

function linesOf(child: ChildProcess): Lines {
  const lines: { readonly text: string; readonly at: number }[] = [];
  let closed = false;
  child.once('error', (error) => lines.push({ text: error.message, at: performance.now() }));
  child.once('close', () => {
    closed = true;
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      const at = performance.now();
      for (const text of chunk.toString('utf8').split('\n')) if (text) lines.push({ text, at });
      if (lines.length > 1_000) lines.splice(100, 500);
    });
  return {
    find: (pattern) => lines.find((line) => pattern.test(line.text))?.at ?? null,
    ended: () => closed,
    tail: () =>
      lines
        .slice(-15)
        .map((line) => line.text)
        .join('\n'),
  };
}

/** Runs a file of ours in a process of its own, hands it one value and resolves with the value that it sends back. */
export function runApart(file: URL, input: object): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = fork(file, { env: environment({}), stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child.once('message', resolve);
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`${file.pathname} ended with ${signal ?? code} before it had a result`)));
    child.send(input);
  });
}

/** A port that nobody has at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no free port'))));
    });
  });
}
