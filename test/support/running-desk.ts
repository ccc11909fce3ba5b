/** The desk as people run it: `loket start` in a process of its own, which a test may kill at any moment and start again. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestDatabase } from '../setup/database.ts';
import { eventually } from './eventually.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** The key by which tests sign visitors. */
export const CHAT_KEY = 'a key of the tests, of at least 32 characters';
/** Where the built pages are kept from run to run; the register is in a database of the test's own. */
const SHARED_DATA = join(ROOT, 'node_modules/.cache/loket-test');
/** As the catalogue was when the tests began: one that is edited meanwhile would be published in the midst of them. */
const CATALOGUE = mkdtempSync(join(tmpdir(), 'loket-catalogue-'));
cpSync(join(ROOT, 'catalogue'), CATALOGUE, { recursive: true });

export interface DeskOptions {
  readonly database: Pick<TestDatabase, 'ownerUrl' | 'applicationUrl'>;
  /** Null or missing: the queues are in PostgreSQL. */
  readonly redisUrl?: string | null;
  readonly settings?: Readonly<Record<string, string>>;
  /** What this process does, as `--roles` takes it; without it everything. */
  readonly roles?: string;
}

/** How the process ended. */
export interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export class RunningDesk {
  readonly #options: DeskOptions;
  #child: ChildProcess | null = null;
  #ended: Promise<End> = Promise.resolve({ code: 0, signal: null });
  #url: string | null = null;
  #output = '';

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  /** The same at every start, as for somebody who has the page open. */
  get url(): string {
    if (!this.#url) throw new Error('the desk has not been started yet');
    return this.#url;
  }

  /** All that it printed since the last start. */
  get output(): string {
    return this.#output;
  }

  /** The link that the first start prints. */
  get administratorLink(): string | null {
    return /http:\S+\/workbench\/sign-in#\S+/.exec(this.#output)?.[0] ?? null;
  }

  get running(): boolean {
    return this.#child !== null;
  }

  /** Resolves when it is ready. */
  async start(settings: Readonly<Record<string, string>> = {}): Promise<void> {
    if (this.#child) throw new Error('the desk runs already');
    this.#output = '';
    const env = { ...this.#environment(), LOKET_PORT: this.#url ? new URL(this.#url).port : '0', ...settings };
    const roles = this.#options.roles ? ['--roles', this.#options.roles] : [];
    const child = spawn(process.execPath, [join(ROOT, 'loket.ts'), 'start', ...roles], {
      cwd: SHARED_DATA,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    running.add(child);
    const hear = (text: Buffer): void => {
      this.#output += text.toString();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    this.#ended = new Promise((resolve) => {
      child.once('close', (code, signal) => {
        running.delete(child);
        this.#child = null;
        resolve({ code, signal });
      });
    });
    await this.#ready();
  }

  /** As by a power cut. */
  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL');
    await this.#ended;
  }

  /** As by Ctrl-C. */
  async stop(): Promise<void> {
    if (!this.#child) return;
    this.#child.kill('SIGTERM');
    const { code } = await this.#ended;
    if (code !== 0) throw new Error(`the desk did not stop well:\n${this.#output}`);
  }

  /** Resolves when the process is gone, by itself or by `kill`. */
  async ended(): Promise<End> {
    return await this.#ended;
  }

  /** Runs another command of `loket` with the same settings. @returns what it printed */
  async command(...args: readonly string[]): Promise<string> {
    const env = { ...this.#environment(), LOKET_PUBLIC_URL: this.url };
    return await new Promise((resolve, reject) => {
      execFile(process.execPath, [join(ROOT, 'loket.ts'), ...args], { cwd: SHARED_DATA, env }, (error, stdout, stderr) =>
        error ? reject(new Error(`loket ${args.join(' ')}: ${stderr || error.message}`)) : resolve(stdout),
      );
    });
  }

  async #ready(): Promise<void> {
    await eventually(() => {
      if (!this.#output.includes('Ready in') && this.#child) throw new Error(`the desk is not ready:\n${this.#output}`);
    }, 120_000);
    this.#url ??= /Loket is starting on (http:\S+)/.exec(this.#output)?.[1] ?? null;
    if (!this.#output.includes('Ready in')) throw new Error(`the desk ended before it was ready:\n${this.#output}`);
  }

  #environment(): Record<string, string> {
    const { database, redisUrl, settings } = this.#options;
    mkdirSync(SHARED_DATA, { recursive: true });
    return {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '/',
      LOKET_DATA: SHARED_DATA,
      LOKET_CATALOGUE: CATALOGUE,
      LOKET_CHAT_KEY: CHAT_KEY,
      LOKET_MESSAGES_PER_MINUTE: '1000000',
      LOKET_LOG: 'warn',
      // What a test does happens at once, unless it is about taking it back.
      LOKET_UNDO_SECONDS: '0',
      DATABASE_URL: database.applicationUrl,
      DATABASE_OWNER_URL: database.ownerUrl,
      ...(redisUrl ? { REDIS_URL: redisUrl } : {}),
      ...settings,
    };
  }
}

const running = new Set<ChildProcess>();
/** Nothing outlives the tests, also when they are broken off. */
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(CATALOGUE, { recursive: true, force: true });
});
