/**
 * The process that plays Teams: it posts messages, and is the connector service that the answers come to. Each chat sends its next message when the
 * answer to the last has arrived, so what is counted is done: stored, decided, committed and delivered. It gets a TeamsOrder and sends a TeamsResult back.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

export interface TeamsOrder {
  readonly url: string;
  /** Chats that speak at once. */
  readonly chats: number;
  readonly seconds: number;
  /** What an answer says, as a regular expression: anything else is an error. */
  readonly answer: string;
}

export interface TeamsResult {
  readonly good: number;
  readonly errors: number;
  readonly firstError: string | null;
  readonly seconds: number;
  /** From a message to its answer, in milliseconds. */
  readonly latencies: readonly number[];
}

/** A chat that hears nothing for so long is counted as an error. */
const PATIENCE_MS = 20_000;

process.once('message', (order: TeamsOrder) => {
  run(order).then(
    (result) => process.send?.(result, () => process.exit(0)),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});

async function run({ url, chats, seconds, answer }: TeamsOrder): Promise<TeamsResult> {
  const waiting = new Map<string, (text: string) => void>();
  const wanted = new RegExp(answer);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      response.writeHead(200, { 'content-type': 'application/json' }).end(`{"id":"${randomUUID()}"}`);
      const [, , , conversation = ''] = (request.url ?? '').split('/');
      if (request.method === 'POST' && !text.includes('"type":"typing"')) waiting.get(decodeURIComponent(conversation))?.(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const serviceUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const latencies: number[] = [];
  let errors = 0;
  let firstError: string | null = null;
  const begin = performance.now();
  const end = begin + seconds * 1000;

  const ask = async (conversation: string, user: string): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<string>();
    waiting.set(conversation, resolve);
    const timer = setTimeout(resolve, PATIENCE_MS, 'nothing was heard');
    const at = performance.now();
    const posted = await fetch(`${url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message(serviceUrl, conversation, user)),
    });
    await posted.text();
    const heard = posted.ok ? await promise : `${posted.status}`;
    clearTimeout(timer);
    if (posted.ok && wanted.test(heard)) latencies.push(performance.now() - at);
    else {
      errors += 1;
      firstError ??= heard.slice(0, 500);
    }
  };
  await Promise.all(
    Array.from({ length: chats }, async () => {
      const conversation = `a:${randomUUID()}`;
      const user = randomUUID();
      while (performance.now() < end) await ask(conversation, user);
    }),
  );
  const took = (performance.now() - begin) / 1000;
  server.closeAllConnections();
  server.close();
  return { good: latencies.length, errors, firstError, seconds: took, latencies };
}

function message(serviceUrl: string, conversation: string, user: string): object {
  const room = `${1 + Math.floor(Math.random() * 9)}.${String(Math.floor(Math.random() * 60)).padStart(2, '0')}`;
  return {
    type: 'message',
    id: randomUUID(),
    channelId: 'msteams',
    serviceUrl,
    from: { id: user, name: 'Femke Bos', aadObjectId: user },
    recipient: { id: '28:bot', name: 'Servicedesk' },
    conversation: { id: conversation, conversationType: 'personal', tenantId: '00000000-0000-0000-0000-000000000001' },
    locale: 'nl-NL',
    text: `de lamp in kamer ${room} is kapot`,
  };
}
