/** Training beside the running desk: a worker thread, so that nobody waits for an answer meanwhile. */
import { Worker } from 'node:worker_threads';
import type { Example } from './examples.ts';
import type { TrainOptions } from './train.ts';

/** Trains in a thread of its own; resolves to the serialised model. */
export function trainInWorker(examples: readonly Example[], options: TrainOptions = {}): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./train-worker.ts', import.meta.url), { workerData: { examples, options } });
    worker.once('message', (bytes: unknown) => {
      if (bytes instanceof Uint8Array) resolve(Buffer.from(bytes));
      else reject(new Error('The training thread returned no model.'));
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The training thread ended with ${code} before it had a model.`)));
  });
}
