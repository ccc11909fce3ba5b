/** The worker thread of `trainInWorker`: examples in, a serialised model out. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Example } from './examples.ts';
import { serialise } from './serialise.ts';
import { type TrainOptions, train } from './train.ts';

const { examples, options }: { examples: readonly Example[]; options: TrainOptions } = workerData;
parentPort?.postMessage(serialise(train(examples, options)));
