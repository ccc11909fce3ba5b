import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { findProgram, redis } from '../setup/parts.ts';
import { eventually } from './eventually.ts';

/** A Redis of a test's own, that it may wipe, stop and start again on the same port. */
export class RedisServer {
  readonly #program: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'loket-redis-'));
  #port = 0;
  #child: ChildProcess | null = null;

  constructor() {
    const program = findProgram(redis);
    if (!program) throw new Error('redis-server is not installed');
    this.#program = program;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.#port}`;
  }

  /** One of many databases in it, for a test of its own. */
  database(index: number): string {
    return `${this.url}/${index}`;
  }

  /** Resolves when it answers. */
  async start(): Promise<void> {
    this.#port ||= await freePort();
    const settings = ['--port', String(this.#port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--databases', '1000'];
    const child = spawn(this.#program, [...settings, '--maxmemory-policy', 'noeviction', '--dir', this.#folder], { stdio: 'ignore' });
    this.#child = child;
    await this.#ask(async (client) => await client.ping());
  }

  /** Nothing is kept: what it held is gone when it starts again. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  }

  async wipe(): Promise<void> {
    await this.#ask(async (client) => await client.flushall());
  }

  /** Also its folder. */
  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #ask(question: (client: Redis) => Promise<unknown>): Promise<void> {
    const client = new Redis(this.url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
    client.on('error', () => {});
    try {
      await eventually(async () => {
        if (client.status !== 'ready') await client.connect();
        await question(client);
      });
    } finally {
      client.disconnect();
    }
  }
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
