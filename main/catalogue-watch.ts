import { type FSWatcher, watch } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeLook, type Look, type Publisher } from './publisher.ts';

export interface WatchLog {
  info(message: string): void;
  warn(message: string): void;
  error(data: object, message: string): void;
}

export interface WatchParts {
  readonly folder: string;
  readonly publisher: Pick<Publisher, 'look'>;
  /** Takes or keeps the lease; only who has it looks. */
  readonly lead: () => Promise<boolean>;
  readonly log: WatchLog;
  readonly pace?: Partial<Pace>;
}

interface Pace {
  /** Between two looks when the file system says nothing: some (network folders, containers) never do. Also how often the lease is renewed. */
  readonly pollMs: number;
  /** Files must stand still for so long: an editor or a checkout writes them one by one, and half a list can be a valid one. */
  readonly stillMs: number;
}

const PACE: Pace = { pollMs: 4_000, stillMs: 250 };

/** Looks at the catalogue's files again whenever they change. One process does so for all: the one that leads. */
export class CatalogueWatch {
  readonly #parts: WatchParts;
  readonly #pace: Pace;
  #watcher: FSWatcher | null = null;
  #timer: NodeJS.Timeout | null = null;
  #due = 0;
  #working: Promise<void> = Promise.resolve();
  #stopped = false;
  /** The files as they were at the last look, and what was said of it. */
  #seen = '';
  #said = '';
  #failing = false;

  constructor(parts: WatchParts) {
    this.#parts = parts;
    this.#pace = { ...PACE, ...parts.pace };
  }

  /** Looks now, whoever leads. */
  async look(): Promise<Look> {
    const signature = await signatureOf(this.#parts.folder);
    const look = await this.#parts.publisher.look();
    // What changed while it was read is for the next time.
    this.#seen = signature;
    return look;
  }

  /** @param said what has been told of the files already */
  begin(said: readonly string[]): void {
    this.#said = said.join('\n');
    try {
      this.#watcher = watch(this.#parts.folder, { recursive: true }, () => this.#soon(this.#pace.stillMs));
      this.#watcher.on('error', () => {});
    } catch {
      // The poll sees it too, only later.
    }
    this.#soon(this.#pace.pollMs);
  }

  /** Waits for the look that is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#watcher?.close();
    if (this.#timer) clearTimeout(this.#timer);
    await this.#working;
  }

  /** Never later than it was going to be: files that change all the time must not keep it from looking. */
  #soon(afterMs: number): void {
    const due = performance.now() + afterMs;
    if (this.#stopped || (this.#timer && this.#due <= due)) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#working = this.#working.then(() => this.#step());
    }, afterMs);
  }

  async #step(): Promise<void> {
    try {
      if (await this.#parts.lead()) await this.#lookWhenChanged();
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) this.#parts.log.error({ err: error }, 'looking at the catalogue failed; it is tried again');
      this.#failing = true;
    }
    this.#soon(this.#pace.pollMs);
  }

  async #lookWhenChanged(): Promise<void> {
    if (await this.#changedAndStill()) this.#say(await this.look());
  }

  /** Whether the files are others than at the last look, once they stand still. */
  async #changedAndStill(): Promise<boolean> {
    let before = await signatureOf(this.#parts.folder);
    while (before !== this.#seen && !this.#stopped) {
      await sleep(this.#pace.stillMs);
      const after = await signatureOf(this.#parts.folder);
      if (after === before) return true;
      before = after;
    }
    return false;
  }

  /** The same thing is said once. */
  #say(look: Look): void {
    const lines = describeLook(look);
    const text = lines.join('\n');
    if (text === this.#said) return;
    const { log } = this.#parts;
    const good = look.kind === 'same' || look.kind === 'published';
    if (good && lines.length === 0 && this.#said !== '') log.info('the catalogue is in order again');
    for (const line of lines) good ? log.info(line) : log.warn(line);
    this.#said = text;
  }
}

/** Which YAML files there are and what they weigh, without reading them. */
async function signatureOf(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const files = names.filter((name) => name.endsWith('.yaml')).sort();
  const lines = files.map(async (name) => {
    const it = await stat(join(folder, name)).catch(() => null);
    return it ? `${name} ${it.ino} ${it.size} ${it.mtimeMs}` : `${name} is away`;
  });
  return (await Promise.all(lines)).join('\n');
}
