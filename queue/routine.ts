import { messageOf } from './errors.ts';
import type { Log } from './types.ts';

/** Does something at once and again and again, never twice at the same time. What fails is said once and tried again. */
export class Routine {
  readonly #name: string;
  readonly #everyMs: number;
  readonly #log: Log;
  readonly #work: () => Promise<unknown>;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void>;
  #stopped = false;
  #failing = false;

  constructor(name: string, everyMs: number, log: Log, work: () => Promise<unknown>) {
    this.#name = name;
    this.#everyMs = everyMs;
    this.#log = log;
    this.#work = work;
    this.#running = this.#run();
  }

  /** Waits for the one that is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      await this.#work();
      if (this.#failing) this.#log.info({}, `${this.#name} goes on`);
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) this.#log.warn({ error: messageOf(error) }, `${this.#name} failed; it is tried again`);
      this.#failing = true;
    }
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#running = this.#run();
    }, this.#everyMs);
  }
}
