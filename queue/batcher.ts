import { setTimeout as wait } from 'node:timers/promises';

/**
 * Gathers what arrives within a few milliseconds and works on it together, one batch at a time: under load the batches
 * grow by themselves, because things gather while the one before is under way.
 */
export class Batcher<Item> {
  readonly #gatherMs: number;
  readonly #limit: number;
  readonly #work: (batch: readonly Item[]) => Promise<void>;
  #waiting: Item[] = [];
  #running: Promise<void> | null = null;

  /** @param work must not throw: there is nobody to tell */
  constructor(gatherMs: number, limit: number, work: (batch: readonly Item[]) => Promise<void>) {
    this.#gatherMs = gatherMs;
    this.#limit = limit;
    this.#work = work;
  }

  /** How many wait. */
  get size(): number {
    return this.#waiting.length;
  }

  add(items: readonly Item[]): void {
    if (items.length === 0) return;
    this.#waiting.push(...items);
    this.#running ??= this.#run();
  }

  /** Resolves when all that was added is done. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    await wait(this.#gatherMs);
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, this.#limit);
      this.#waiting = this.#waiting.slice(this.#limit);
      await this.#work(batch);
    }
    this.#running = null;
  }
}
