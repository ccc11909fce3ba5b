/** Training beside the running desk: a process of its own, so that nobody waits for an answer meanwhile and its memory goes with it. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { EvaluationRow } from './evaluate.ts';
import type { Example } from './examples.ts';
import { type Judgement, judgementSchema } from './gate.ts';
import type { TrainOptions } from './train.ts';

const WORKER = fileURLToPath(new URL('./train-worker.ts', import.meta.url));

/** What the worker is told. */
export type WorkerRequest =
  | { readonly kind: 'train'; readonly examples: readonly Example[]; readonly options: TrainOptions }
  | ({ readonly kind: 'judge' } & JudgeRequest);

/** Two lists of examples, without the rows that both are judged by. */
export interface JudgeRequest {
  /** The model in force, for which `inForce` stands. */
  readonly against: string;
  readonly candidate: readonly Example[];
  readonly inForce: readonly Example[];
  readonly rows: readonly EvaluationRow[];
}

const running = new Set<ChildProcess>();

/** Ends what is being trained: who stops does not wait for a model that nobody will use. What waits for it fails. */
export function stopTraining(): void {
  for (const worker of running) worker.kill('SIGKILL');
}

/**
 * Trains in a process of its own; resolves to the serialised model.
 * @throws Error when the process ends without one
 */
export async function trainInWorker(examples: readonly Example[], options: TrainOptions = {}): Promise<Buffer> {
  const bytes = await inWorker({ kind: 'train', examples, options });
  if (bytes instanceof Uint8Array) return Buffer.from(bytes);
  throw new Error('The training process returned no model.');
}

/** Learns both lists in a process of its own and compares what comes of them. @throws Error when the process ends before */
export async function judgeInWorker(request: JudgeRequest): Promise<Judgement> {
  return judgementSchema.parse(await inWorker({ kind: 'judge', ...request }));
}

function inWorker(request: WorkerRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const worker = fork(WORKER, [], { serialization: 'advanced', execArgv: [] });
    running.add(worker);
    worker.send({ ...request });
    worker.once('message', (answer: unknown) => {
      resolve(answer);
      worker.disconnect();
    });
    worker.once('error', reject);
    worker.once('exit', (code) => {
      running.delete(worker);
      reject(new Error(`The training process ended with ${code} before it was done.`));
    });
  });
}
