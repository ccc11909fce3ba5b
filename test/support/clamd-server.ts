import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { clamav, findProgram } from '../setup/parts.ts';

/** What our own signature finds. */
export const INFECTED = 'LOKET-TEST-VIRUS-SIGNATURE';

/** ClamAV's daemon of a test's own, on a socket, that knows one signature. It may be stopped and started again. */
export class ClamdServer {
  readonly #program: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'loket-clamd-'));
  #child: ChildProcess | null = null;

  constructor() {
    const program = findProgram(clamav);
    if (!program) throw new Error('clamd is not installed');
    this.#program = program;
    const database = join(this.#folder, 'db');
    mkdirSync(database);
    writeFileSync(join(database, 'own.ndb'), `Loket.Test:0:*:${Buffer.from(INFECTED).toString('hex')}\n`);
    const settings = [
      `DatabaseDirectory ${database}`,
      `LocalSocket ${this.path}`,
      'Foreground yes',
      `User ${userInfo().username}`,
      'StreamMaxLength 1M',
      'MaxThreads 2',
      'ConcurrentDatabaseReload no',
    ];
    writeFileSync(join(this.#folder, 'clamd.conf'), `${settings.join('\n')}\n`);
  }

  /** Of its socket. */
  get path(): string {
    return join(this.#folder, 'clamd.sock');
  }

  /** Resolves when it listens: it says what it is set to once it does. */
  async start(): Promise<void> {
    const child = spawn(this.#program, ['-c', join(this.#folder, 'clamd.conf')], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    await new Promise<void>((resolve, reject) => {
      let said = '';
      const hear = (data: Buffer) => {
        said += data.toString();
        if (said.includes('Self checking')) resolve();
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('error', reject);
      child.once('exit', () => reject(new Error(`clamd ended: ${said}`)));
    });
  }

  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  }

  /** Also its folder. */
  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
