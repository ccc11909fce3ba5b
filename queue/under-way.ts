import { setTimeout as wait } from 'node:timers/promises';
import type { JobWorker } from './backend.ts';

/** How long a worker that has nothing to do any more may take to close. */
const GRACE_MS = 1000;

/** Work that has begun and has to be waited for. */
export class UnderWay {
  readonly #all = new Set<Promise<unknown>>();

  /** @returns the same work */
  async track<Value>(work: Promise<Value>): Promise<Value> {
    this.#all.add(work);
    try {
      return await work;
    } finally {
      this.#all.delete(work);
    }
  }

  /** Never fails: what does is known where it was begun. */
  async idle(): Promise<void> {
    while (this.#all.size > 0) await Promise.allSettled(this.#all);
  }
}

/**
 * Closes a worker once its jobs are done. BullMQ's own closing waits for a connection to end that is just being made anew,
 * which it never does while Redis is away; so when no job is left, it is waited for only a little longer.
 */
export async function stopWorker(worker: JobWorker, jobs: UnderWay): Promise<void> {
  await Promise.race([worker.close(), jobs.idle().then(() => wait(GRACE_MS, undefined, { ref: false }))]);
}
