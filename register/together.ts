import type { Pool } from 'pg';

/** A statement that takes longer waits for somebody's lock: a second lane opens, so that not everybody waits with it. */
const SLOW_MS = 100;
const LANES = 4;
/** In one transaction at most. */
const LIMIT = 32;

interface Waiting {
  readonly json: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Calls one of our functions for many arguments in one statement and one transaction. Nothing waits for company: a call that comes while
 * nothing is under way goes at once, alone; under load the calls that come meanwhile go together, and share what a statement and a commit
 * cost. Where a call fails, all of its company are tried again one by one, so that each gets its own answer.
 */
export class Together {
  readonly #pool: Pool;
  readonly #name: string;
  readonly #text: string;
  #waiting: Waiting[] = [];
  #running = 0;
  /** When the latest statement began. */
  #since = 0;

  /** @param text a statement that takes the arguments as a JSON array and gives a row for each, in their order, with one column: `value` */
  constructor(pool: Pool, name: string, text: string) {
    this.#pool = pool;
    this.#name = name;
    this.#text = text;
  }

  /**
   * @param json the argument, as JSON
   * @returns once it is committed, the function's value
   */
  call(json: string): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#waiting.push({ json, resolve, reject });
    const stuck = this.#running < LANES && performance.now() - this.#since > SLOW_MS;
    if (this.#running === 0 || stuck) void this.#run();
    return promise;
  }

  async #run(): Promise<void> {
    this.#running += 1;
    while (this.#waiting.length > 0) {
      this.#since = performance.now();
      const batch = this.#waiting.slice(0, LIMIT);
      this.#waiting = this.#waiting.slice(LIMIT);
      await this.#together(batch);
    }
    this.#running -= 1;
  }

  async #together(batch: readonly Waiting[]): Promise<void> {
    try {
      const values = await this.#query(batch);
      for (const [i, { resolve }] of batch.entries()) resolve(values[i]);
    } catch (error) {
      const [only] = batch;
      if (batch.length === 1) only?.reject(error);
      else for (const one of batch) await this.#together([one]);
    }
  }

  async #query(batch: readonly Waiting[]): Promise<unknown[]> {
    const argument = `[${batch.map(({ json }) => json).join(',')}]`;
    const { rows } = await this.#pool.query<{ value: unknown }>({ name: this.#name, text: this.#text, values: [argument] });
    return rows.map(({ value }) => value);
  }
}
