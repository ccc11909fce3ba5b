/** The worker process of `train-in-worker.ts`: examples in, a serialised model or a judgement out. */
import { judge } from './gate.ts';
import { serialise } from './serialise.ts';
import { train } from './train.ts';
import type { WorkerRequest } from './train-in-worker.ts';

process.once('disconnect', () => process.exit());
process.once('message', (request: WorkerRequest) => {
  // Nobody may be there to hear it any more.
  process.send?.(answerTo(request), undefined, undefined, () => {});
});

function answerTo(request: WorkerRequest): unknown {
  if (request.kind === 'train') return serialise(train(request.examples, request.options));
  return judge(request.against, train(request.candidate), train(request.inForce), request.rows);
}
