/** The worker process of `trainInWorker`: examples in, a serialised model out. */
import { serialise } from './serialise.ts';
import { train } from './train.ts';
import type { TrainRequest } from './train-in-worker.ts';

process.once('disconnect', () => process.exit());
process.once('message', ({ examples, options }: TrainRequest) => {
  // Nobody may be there to hear it any more.
  process.send?.(serialise(train(examples, options)), undefined, undefined, () => {});
});
