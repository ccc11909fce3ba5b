/** One PostgreSQL and one Redis for the whole run of the tests; each test file makes a database of its own (`database.ts`). */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../register/embedded.ts';
import { holderOf } from '../../register/embedded-lock.ts';
import { chromium, findProgram, type Part, redis } from './parts.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The maintenance database `loket` of the run's cluster; use `createDatabase()` for one of your own. */
    ownerUrl: string;
    applicationUrl: string;
    /** null when redis-server is not installed: skip by name with `describe.skipIf(inject('redisUrl') === null)`. */
    redisUrl: string | null;
    /** The program, or null when it is not installed. */
    chromiumPath: string | null;
  }
}

const prefix = 'loket-test-';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const redisProgram = findOrSay(redis);
  const chromiumPath = findOrSay(chromium);
  await sweep();
  const folder = mkdtempSync(join(realpathSync(tmpdir()), prefix));
  // As root, PostgreSQL runs as another user, who must be able to pass through.
  chmodSync(folder, 0o711);
  const started: { stop(): Promise<void> }[] = [];
  const teardown = async (): Promise<void> => {
    await Promise.all(started.map((server) => server.stop()));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const postgres = await startEmbedded({ folder, durable: false });
    started.push(postgres);
    project.provide('ownerUrl', postgres.ownerUrl);
    project.provide('applicationUrl', postgres.applicationUrl);
    const server = redisProgram ? await startRedis(redisProgram, folder) : null;
    if (server) started.push(server);
    project.provide('redisUrl', server?.url ?? null);
    project.provide('chromiumPath', chromiumPath);
    return teardown;
  } catch (error) {
    await teardown();
    throw error;
  }
}

function findOrSay(part: Part): string | null {
  const found = findProgram(part);
  if (found) return found;
  const message = `${part.name} is not installed: ${part.tests} are skipped (install ${part.debianPackage}, or run npm run test:setup).`;
  if (process.env.CI === 'true') throw new Error(message);
  console.warn(message);
  return null;
}

interface RunningRedis {
  readonly url: string;
  stop(): Promise<void>;
}

async function startRedis(program: string, folder: string): Promise<RunningRedis> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const port = await freePort();
    const settings = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--maxmemory-policy',
      'noeviction',
    ];
    const files = ['--dir', folder, '--pidfile', join(folder, 'redis.pid'), '--logfile', join(folder, 'redis.log')];
    const child = spawn(program, [...settings, ...files], { cwd: folder, detached: true, stdio: 'ignore' });
    child.unref();
    if (await answers(port, child)) return { url: `redis://127.0.0.1:${port}`, stop: async () => await end(child) };
  }
  throw new Error(`redis-server does not start; see ${join(folder, 'redis.log')}`);
}

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

/** Whether this child, not somebody else on the same port, answers. */
async function answers(port: number, child: ChildProcess): Promise<boolean> {
  const client = new Redis({ port, host: '127.0.0.1', lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
  client.on('error', () => {});
  try {
    while (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
      try {
        await client.connect();
        return (await client.info('server')).includes(`process_id:${child.pid}\r\n`);
      } catch {
        await sleep(10);
      }
    }
    return false;
  } finally {
    client.disconnect();
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.ref();
  child.kill('SIGTERM');
  await gone;
}

/** Stops and removes what a killed run left behind. */
async function sweep(): Promise<void> {
  const root = realpathSync(tmpdir());
  for (const name of readdirSync(root)) {
    const folder = join(root, name);
    if (!name.startsWith(prefix) || !existsSync(join(folder, 'embedded.lock')) || holderOf(folder) !== null) continue;
    try {
      const server = await startEmbedded({ folder, durable: false });
      stopLeftRedis(folder);
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another run is sweeping it, or it is not ours to remove.
    }
  }
}

function stopLeftRedis(folder: string): void {
  try {
    const pid = Number(readFileSync(join(folder, 'redis.pid'), 'utf8'));
    if (readlinkSync(`/proc/${pid}/cwd`) === folder) process.kill(pid, 'SIGTERM');
  } catch {
    // None is running.
  }
}
