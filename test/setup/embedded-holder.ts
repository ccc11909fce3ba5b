/** A process of its own that holds an embedded PostgreSQL, as `loket start` does, so that tests can kill it. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Held {
  readonly ownerUrl: string;
  readonly applicationUrl: string;
  readonly notes: readonly string[];
}

export interface Holder {
  readonly pid: number;
  /** What the start gave, or the error that it ended with. */
  readonly started: Promise<Held | { readonly code: string; readonly message: string }>;
  readonly ended: Promise<void>;
  /** SIGTERM: stops the server in order. */
  stop(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

const script = `
  const { startEmbedded } = await import(process.argv[1]);
  process.on('SIGINT', () => {});
  try {
    const server = await startEmbedded({ folder: process.argv[2] });
    process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)));
    setInterval(() => {}, 1e6);
    console.log(JSON.stringify(server));
  } catch (error) {
    console.log(JSON.stringify({ code: error.code ?? '', message: error.message }));
  }
`;

export function hold(
  folder: string,
  options: { readonly uid?: number; readonly gid?: number; readonly cwd?: string; readonly module?: string } = {},
): Holder {
  const module = options.module ?? fileURLToPath(new URL('../../register/embedded.ts', import.meta.url));
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, module, folder], {
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.gid ?? options.uid }),
    cwd: options.cwd ?? '/',
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const started = new Promise<Held | { code: string; message: string }>((resolve) => {
    createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line)));
    void ended.then(() => resolve({ code: 'ENDED', message: 'ended without a word' }));
  });
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  return { pid: child.pid ?? 0, started, ended, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

export async function heldBy(holder: Holder): Promise<Held> {
  const answer = await holder.started;
  if ('code' in answer) throw new Error(`${answer.code}: ${answer.message}`);
  return answer;
}
