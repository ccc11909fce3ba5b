/** Training beside the running desk: a process of its own, so that nobody waits for an answer meanwhile and its memory goes with it. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Example } from './examples.ts';
import type { TrainOptions } from './train.ts';

const WORKER = fileURLToPath(new URL('./train-worker.ts', import.meta.url));

/** What the worker is told. */
export interface TrainRequest {
  readonly examples: readonly Example[];
  readonly options: TrainOptions;
}

const running = new Set<ChildProcess>();

/** Ends what is being trained: who stops does not wait for a model that nobody will use. Their `trainInWorker` fails. */
export function stopTraining(): void {
  for (const worker of running) worker.kill('SIGKILL');
}

/**
 * Trains in a process of its own; resolves to the serialised model.
 * @throws Error when the process ends without one
 */
export function trainInWorker(examples: readonly Example[], options: TrainOptions = {}): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const worker = fork(WORKER, [], { serialization: 'advanced', execArgv: [] });
    running.add(worker);
    const request: TrainRequest = { examples, options };
    worker.send({ ...request });
    worker.once('message', (bytes: unknown) => {
      if (bytes instanceof Uint8Array) resolve(Buffer.from(bytes));
      else reject(new Error('The training process returned no model.'));
      worker.disconnect();
    });
    worker.once('error', reject);
    worker.once('exit', (code) => {
      running.delete(worker);
      reject(new Error(`The training process ended with ${code} before it had a model.`));
    });
  });
}
