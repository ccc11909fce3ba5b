/** The process that `load` starts: it gets a LoadOrder by its channel and sends a LoadResult back. */
import { randomBytes, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import autocannon from 'autocannon';
import { SignJWT } from 'jose';
import { z } from 'zod';
import type { LoadOrder, LoadResult } from './load.ts';

interface Conversation {
  readonly id: string;
  readonly secret: string;
}

const REFERENCE = /\bSD-[A-Z2-9]{4}-[A-Z2-9]{4}\b/;
const started = z.object({ conversation: z.string(), secret: z.string() });
/** How many conversations are opened at once. */
const AT_ONCE = 8;

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
  const conversations = await open(order);
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

async function open({ url, key, visitors, conversations, from }: LoadOrder): Promise<Conversation[]> {
  if (key === null)
    return Array.from({ length: conversations }, () => ({ id: randomUUID(), secret: randomBytes(32).toString('base64url') }));
  const opened: Conversation[] = [];
  const tokens = await Promise.all(visitors.map((visitor) => tokenOf(visitor, key)));
  let next = 0;
  const opening = async () => {
    while (next < conversations) {
      const token = tokens[next % tokens.length];
      next += 1;
      const { conversation, secret } = started.parse(await post(`${url}/chat/conversations`, { language: 'nl', token }, from));
      opened.push({ id: conversation, secret });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, opening));
  return opened;
}

function tokenOf({ sub, name, email }: LoadOrder['visitors'][number], key: string): Promise<string> {
  return new SignJWT({ name, email })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(key));
}

function post(url: string, body: object, localAddress: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const sending = request(url, { method: 'POST', localAddress, headers: { 'content-type': 'application/json' } }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.once('error', reject);
      response.once('end', () =>
        response.statusCode === 200 ? resolve(JSON.parse(text)) : reject(new Error(`${response.statusCode} ${text}`)),
      );
    });
    sending.once('error', reject);
    sending.end(JSON.stringify(body));
  });
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
