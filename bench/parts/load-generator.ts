/** The process that `load` starts: it gets a LoadOrder by its channel and sends a LoadResult back. */
import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import type { LoadOrder, LoadResult } from './load.ts';

const REFERENCE = /\bSD-[A-Z2-9]{4}-[A-Z2-9]{4}\b/;

process.once('message', (order: LoadOrder) => {
  run(order).then(
    (result) => process.send?.(result, () => process.exit(0)),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});

async function run(order: LoadOrder): Promise<LoadResult> {
  const { conversations } = order;
  const latencies: number[] = [];
  let good = 0;
  let errors = 0;
  let firstError: string | null = null;
  let client = 0;
  let begin = 0;
  let last = 0;
  const ended = Promise.withResolvers<number>();
  const options: autocannon.Options = {
    url: order.url,
    connections: order.connections,
    duration: order.seconds,
    timeout: 20,
    setupClient: (connection) => {
      const mine = conversations.filter((_, i) => i % order.connections === client % order.connections);
      client += 1;
      let turn = 0;
      let sentAt = 0;
      connection.setRequests([
        {
          method: 'POST',
          setupRequest: (draft) => {
            const { id, secret } = mine[turn % mine.length] ?? { id: randomUUID(), secret: '' };
            turn += 1;
            sentAt = turn === 1 ? 0 : performance.now();
            return {
              ...draft,
              path: `/chat/conversations/${id}/messages`,
              headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
              body: JSON.stringify({ id: randomUUID(), text: question() }),
            };
          },
          onResponse: (status, body) => {
            last = performance.now();
            if (status === 200 && REFERENCE.test(body)) {
              good += 1;
              // The first request is made before its connection is.
              if (sentAt > 0) latencies.push(last - sentAt);
            } else {
              errors += 1;
              firstError ??= `${status} ${body.slice(0, 500)}`;
            }
            if (good + errors >= order.atMost) instance.stop();
          },
        },
      ]);
    },
  };
  begin = performance.now();
  const instance = autocannon(options, (error, total) => (error ? ended.reject(error) : ended.resolve(total.errors)));
  errors += await ended.promise;
  return { good, latencies, seconds: (last - begin) / 1000, errors, firstError };
}

/** Faults that need nothing more than was said, in words that vary. */
function question(): string {
  const room = `${below(9) + 1}.${String(below(60)).padStart(2, '0')}`;
  return QUESTIONS[below(QUESTIONS.length)]?.replace('#', room) ?? '';
}

const QUESTIONS = [
  'het is te warm in kamer #',
  'de lamp in kamer # is kapot',
  'het is veel te koud in kamer #, de verwarming doet niets',
  'in kamer # knippert de verlichting de hele dag',
  'de radiator in kamer # wordt niet warm',
  'er branden twee lampen niet meer in kamer #',
];

function below(limit: number): number {
  return Math.floor(Math.random() * limit);
}
