/**
 * `npm run teams:try`: the desk with the Microsoft 365 Agents Playground beside it, a Teams-like client in the browser. No account and no network:
 * the desk lets in only what comes from this machine (`TEAMS_PLAYGROUND=1`), on a data folder of its own.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const PLAYGROUND_PORT = 56_150;

const port = await freePort(Number(process.env.LOKET_PORT ?? 3978));
const desk = start('loket.ts', ['start'], {
  LOKET_PORT: String(port),
  LOKET_DATA: './data/teams-try',
  TEAMS_PLAYGROUND: '1',
  LOKET_PUBLIC_URL: '',
});
const children: ChildProcess[] = [desk];
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
desk.once('exit', (code) => {
  stop();
  process.exitCode = code ?? 1;
});

await said(desk, 'Ready in');
const playground = createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js');
const playgroundPort = await freePort(PLAYGROUND_PORT);
const endpoint = `http://127.0.0.1:${port}/api/messages`;
const client = start(playground, ['-e', endpoint, '-c', 'msteams', '-p', String(playgroundPort), '--dt'], { BROWSER: 'none' });
children.push(client);
client.once('exit', stop);
await said(client, 'Listening');
console.log(
  `\n  Teams           http://localhost:${playgroundPort}/   (the Playground: type to the desk as in Teams; Ctrl-C stops both)\n`,
);

function start(file: string, args: readonly string[], settings: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, [file, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Passes on what a program says; resolves when it has said these words. */
function said(child: ChildProcess, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (text: Buffer) => {
      if (child === desk) process.stdout.write(text);
      if (text.includes(words)) resolve();
    });
    child.once('exit', (code) => reject(new Error(`it ended (${code}) before it said "${words}"`)));
  });
}

function stop(): void {
  for (const child of children) if (child.exitCode === null) child.kill('SIGTERM');
}

/** The wanted port, or any other when somebody has it. */
function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', () => (wanted === 0 ? reject(new Error('there is no free port')) : freePort(0).then(resolve, reject)));
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : wanted));
    });
  });
}
