import { Agent as HttpAgent, type IncomingMessage, type OutgoingHttpHeaders, type RequestOptions, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { problemOf, SendError } from './errors.ts';

/** What the service answers is short. */
const MOST_BYTES = 1_000_000;
/** A file of some tens of megabytes. */
const UPLOAD_MS = 120_000;
const KEEP_ALIVE = { keepAlive: true, keepAliveMsecs: 10_000, maxFreeSockets: 256 } as const;

const failure = z.object({ error: z.object({ code: z.string().optional(), message: z.string().optional() }) });

/**
 * JSON to the connector service and back, over connections that stay open. It neither tries again nor sleeps as long as a 429 says, and follows
 * nobody elsewhere: a failure comes out at once, with what the far side said, and the outbox tries again.
 */
export class ServiceClient {
  readonly #patience: number;
  readonly #http = new HttpAgent(KEEP_ALIVE);
  readonly #https = new HttpsAgent(KEEP_ALIVE);

  /** @param patience how many milliseconds an answer may take */
  constructor(patience: number) {
    this.#patience = patience;
  }

  /**
   * @param token null for a service that asks for none
   * @param body left out for a request without one
   * @returns what the service answered; undefined where that is no JSON
   * @throws SendError
   */
  async call(method: 'GET' | 'POST' | 'PUT', url: URL, token: string | null, body?: object): Promise<unknown> {
    // Text, not bytes: Node then sends it with the head in one write.
    const json = body === undefined ? null : JSON.stringify(body);
    const { status, retryAfter, text } = await this.#request(
      method,
      url,
      this.#patience,
      {
        accept: 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(json === null ? {} : { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(json) }),
      },
      json,
    );
    const answer = parsed(text);
    if (status >= 200 && status < 300) return answer;
    const said = failure.safeParse(answer);
    const { code = '', message = text.slice(0, 200) } = said.success ? said.data.error : {};
    throw new SendError(problemOf({ status, code, message, retryAfter }));
  }

  /** One file in one request (Microsoft Graph, upload sessions). @throws SendError */
  async upload(url: URL, content: AsyncIterable<Uint8Array>, size: number): Promise<void> {
    const headers = { 'content-length': size, 'content-range': `bytes 0-${size - 1}/${size}`, 'content-type': 'application/octet-stream' };
    const { status, retryAfter, text } = await this.#request('PUT', url, UPLOAD_MS, headers, Readable.from(content));
    if (status < 200 || status >= 300) throw new SendError(problemOf({ status, code: '', message: text.slice(0, 200), retryAfter }));
  }

  async #request(
    method: string,
    url: URL,
    patience: number,
    headers: OutgoingHttpHeaders,
    body: string | Readable | null,
  ): Promise<Answer> {
    const secure = url.protocol === 'https:';
    const options: RequestOptions = { method, headers, agent: secure ? this.#https : this.#http };
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const sending = secure ? requestHttps(url, options) : requestHttp(url, options);
    const timer = setTimeout(() => sending.destroy(new Error(`no answer within ${patience} ms`)), patience);
    sending.once('error', reject);
    sending.once('response', (response) => void answerOf(response).then(resolve, reject));
    if (body instanceof Readable) pipeline(body, sending).catch(reject);
    else sending.end(body ?? undefined);
    try {
      return await promise;
    } catch (error) {
      const message = error instanceof Error ? error.message || error.name : String(error);
      throw new SendError(problemOf({ status: null, code: '', message, retryAfter: null }), error);
    } finally {
      clearTimeout(timer);
    }
  }
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly text: string;
}

async function answerOf(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    const piece: Buffer = chunk;
    bytes += piece.length;
    if (bytes > MOST_BYTES) throw new Error('the answer is too long');
    chunks.push(piece);
  }
  return {
    status: response.statusCode ?? 0,
    retryAfter: response.headers['retry-after'] ?? null,
    text: Buffer.concat(chunks).toString('utf8'),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
