/** A sample of a facility management system at the far side of a handler: it takes signed webhooks, and says how it goes by signed webhooks. */
import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

export interface Taken {
  readonly id: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What it does with the next request; `hang` never answers, `drop` takes it and cuts the line before answering. */
export type Behaviour = { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string } | 'hang' | 'drop';

export class FarSide {
  /** Every request whose signature is right. */
  readonly requests: Taken[] = [];
  /** Work orders, by idempotency key: the same again is the same. */
  readonly orders = new Map<string, unknown>();
  readonly #secret: string;
  readonly #behaviours: Behaviour[] = [];
  readonly #server: Server;

  constructor(secret: string) {
    this.#secret = secret;
    this.#server = createServer((request, response) => void this.#take(request, response));
  }

  /** @returns its address */
  async listen(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('it listens on a port');
    return `http://127.0.0.1:${address.port}/orders`;
  }

  /** The next requests are met with these, one each; after that all is well. */
  next(...behaviours: readonly Behaviour[]): void {
    this.#behaviours.push(...behaviours);
  }

  reset(): void {
    this.requests.length = 0;
    this.orders.clear();
    this.#behaviours.length = 0;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  /** The headers and body of a word to the desk. */
  say(message: object, options: { readonly id?: string; readonly at?: Date; readonly secret?: string } = {}) {
    const { id = randomUUID(), at = new Date(), secret = this.#secret } = options;
    const body = JSON.stringify(message);
    const timestamp = String(Math.floor(at.getTime() / 1000));
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${hmac(secret, `${id}.${timestamp}.${body}`)}`,
    };
    return { headers, body };
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    const id = String(request.headers['webhook-id']);
    const expected = `v1,${hmac(this.#secret, `${id}.${request.headers['webhook-timestamp']}.${body}`)}`;
    if (request.headers['webhook-signature'] !== expected) return void response.writeHead(401).end('the signature is wrong');
    this.requests.push({ id, headers: request.headers, body });
    const behaviour = this.#behaviours.shift();
    if (behaviour === 'hang') return;
    if (behaviour && behaviour !== 'drop') return void response.writeHead(behaviour.status, behaviour.headers).end(behaviour.body);
    if (!this.orders.has(id)) this.orders.set(id, JSON.parse(body));
    if (behaviour === 'drop') return void request.socket.destroy();
    const number = `W-${[...this.orders.keys()].indexOf(id) + 1}`;
    response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ number }));
  }
}

function hmac(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('base64');
}
