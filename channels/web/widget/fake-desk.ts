import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Attached, KnownList, SendRequest, TimelineMessage } from '../protocol.ts';
import { isAnswer, isObject, parseJson } from './guards.ts';
import type { Reply } from './reply.ts';

/** What the fake says to a message; nothing: it stays silent. */
export type Answerer = (request: SendRequest, desk: FakeDesk, conversation: FakeConversation) => readonly Reply[];

export interface FakeConversation {
  readonly id: string;
  readonly secret: string;
  readonly messages: TimelineMessage[];
  readonly streams: Set<ServerResponse>;
}

/** A desk that follows `protocol.ts` and nothing more: the fake at the outermost edge, behind a real HTTP server. */
export class FakeDesk {
  /** What is known to be wrong. */
  known: KnownList['known'] = [];
  readonly conversations = new Map<string, FakeConversation>();
  /** Every message that was posted, also the ones that were posted twice. */
  readonly posts: SendRequest[] = [];
  /** How the next posts of a message fail: a status each, used up from the front. */
  readonly failures: { readonly status: number; readonly message?: string; readonly retryAfter?: number }[] = [];
  /** What each conversation was begun with. */
  readonly starts: unknown[] = [];
  /** Every file that was taken, in order. */
  readonly uploads: Attached[] = [];
  readonly uploadFailures: { readonly status: number; readonly message: string }[] = [];
  readonly #contents = new Map<string, Buffer>();
  #uploading: Promise<void> = Promise.resolve();
  #release: () => void = () => undefined;
  streamsOpened = 0;
  answerer: Answerer = (request) => [{ text: `Ontvangen: ${request.text ?? ''}` }];
  /** Answers the next message with 202; it is handled when the test says so. */
  slow = false;
  finish: () => void = () => undefined;
  greeting: Reply | null = { text: 'Hallo, waar kan ik je mee helpen?' };
  html = '';
  /** What the intranet's own address for tokens answers. */
  tokenAnswer = '';
  origin = '';
  readonly #folder: string;
  readonly #server = createServer((request, response) => void this.#handle(request, response));

  constructor(folder: string) {
    this.#folder = folder;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address: AddressInfo | string | null = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the fake desk has no port');
    this.origin = `http://127.0.0.1:${address.port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get only(): FakeConversation {
    const [one, ...more] = this.conversations.values();
    if (!one || more.length > 0) throw new Error(`there are ${this.conversations.size} conversations`);
    return one;
  }

  get openStreams(): number {
    return [...this.conversations.values()].reduce((sum, { streams }) => sum + streams.size, 0);
  }

  say(conversation: FakeConversation, reply: Reply, more: Partial<TimelineMessage> = {}): void {
    this.#add(conversation, { from: 'desk', text: reply.text, reply, ...more });
  }

  /** Streams what was said last once more, as the register tells it: the same, its parts in another order. */
  repeat({ messages, streams }: FakeConversation): void {
    const message = JSON.parse(JSON.stringify(messages.at(-1)), (_, value) => backwards(value));
    for (const stream of streams) stream.write(event(message));
  }

  typing(conversation: FakeConversation, on: boolean): void {
    for (const stream of conversation.streams) stream.write(`event: typing\ndata: ${JSON.stringify({ on })}\n\n`);
  }

  /** A file that the desk has. */
  keep(name: string, type: string, content: Buffer): Attached {
    const file: Attached = { id: randomUUID(), name, type, size: content.byteLength, state: 'clean' };
    this.#contents.set(file.id, content);
    return file;
  }

  /** The answer to an upload waits until `releaseUploads`. */
  holdUploads(): void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#uploading = promise;
    this.#release = resolve;
  }

  releaseUploads(): void {
    this.#release();
  }

  /** Marks the question as answered, as the real desk does. */
  close(conversation: FakeConversation, question: string): void {
    const at = conversation.messages.findIndex(({ reply }) => reply?.ask?.id === question);
    const message = conversation.messages[at];
    if (message) conversation.messages[at] = { ...message, answered: true };
  }

  #add(conversation: FakeConversation, part: Pick<TimelineMessage, 'from' | 'text'> & Partial<TimelineMessage>): TimelineMessage {
    const message: TimelineMessage = { seq: conversation.messages.length + 1, id: randomUUID(), at: new Date().toISOString(), ...part };
    conversation.messages.push(message);
    for (const stream of conversation.streams) stream.write(event(message));
    return message;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.origin);
    const [, chat, kind, id, what, file] = url.pathname.split('/');
    if (chat === 'token') return void response.end(this.tokenAnswer);
    if (chat !== 'chat') return this.#html(response);
    if (kind === 'known') return void response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ known: this.known }));
    if (kind !== 'conversations') return this.#file(kind ?? '', response);
    if (what === 'attachments' && request.method === 'POST') return this.#upload(request, response);
    const content = this.#contents.get(file ?? '');
    if (content) return void response.end(content);
    const body = parseJson(await text(request));
    if (id === undefined) return this.#begin(body, response);
    const conversation = this.conversations.get(id);
    if (!conversation || request.headers.authorization !== `Bearer ${conversation.secret}`) {
      return json(response, 404, { error: { code: 'not_found', message: 'Dit gesprek bestaat niet.' } });
    }
    const after = url.searchParams.get('after');
    if (what === 'events') return this.#events(conversation, Number(after), response);
    if (request.method === 'POST') return this.#send(conversation, body, response);
    const messages = after === null ? conversation.messages.slice(-100) : conversation.messages.filter(({ seq }) => seq > Number(after));
    json(response, 200, { messages });
  }

  async #upload(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const content = await buffer(request);
    const failure = this.uploadFailures.shift();
    if (failure) return json(response, failure.status, { error: { code: 'refused', message: failure.message } });
    await this.#uploading;
    const name = decodeURIComponent(String(request.headers['x-file-name']));
    const file = this.keep(name, String(request.headers['content-type']), content);
    this.uploads.push(file);
    json(response, 201, file);
  }

  #begin(body: unknown, response: ServerResponse): void {
    this.starts.push(body);
    const conversation: FakeConversation = { id: randomUUID(), secret: randomUUID(), messages: [], streams: new Set() };
    this.conversations.set(conversation.id, conversation);
    if (this.greeting) this.say(conversation, this.greeting);
    const { id, secret, messages } = conversation;
    json(response, 201, { conversation: id, secret, desk: { name: 'Loket' }, messages });
  }

  #send(conversation: FakeConversation, body: unknown, response: ServerResponse): void {
    if (!isObject(body) || typeof body.id !== 'string') {
      json(response, 400, { error: { code: 'bad', message: 'Dat begrijp ik niet.' } });
      return;
    }
    const answer = isAnswer(body.answer) ? body.answer : undefined;
    const request: SendRequest = { id: body.id, text: String(body.text ?? ''), ...(answer && { answer }), ...attachmentsOf(body) };
    this.posts.push(request);
    const failure = this.failures.shift();
    if (failure) {
      if (failure.retryAfter !== undefined) response.setHeader('Retry-After', failure.retryAfter);
      json(response, failure.status, { error: { code: 'refused', message: failure.message ?? 'Nu even niet.' } });
      return;
    }
    if (this.slow) {
      this.slow = false;
      this.finish = (): void => this.#handleMessage(conversation, request);
      json(response, 202, { messages: [], done: false });
      return;
    }
    this.#handleMessage(conversation, request);
    const seq = conversation.messages.find(({ clientId }) => clientId === request.id)?.seq ?? 0;
    json(response, 200, { messages: conversation.messages.filter((message) => message.seq >= seq), done: true });
  }

  #handleMessage(conversation: FakeConversation, request: SendRequest): void {
    if (conversation.messages.some(({ clientId }) => clientId === request.id)) return;
    if (request.answer) this.close(conversation, request.answer.question);
    const attachments = this.uploads.filter(({ id }) => request.attachments?.includes(id));
    const files = attachments.length > 0 ? { attachments } : {};
    this.#add(conversation, { from: 'visitor', text: request.text ?? '', clientId: request.id, ...files });
    for (const reply of this.answerer(request, this, conversation)) this.say(conversation, reply);
  }

  #events(conversation: FakeConversation, after: number, response: ServerResponse): void {
    this.streamsOpened++;
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write('event: ping\ndata: {}\n\n');
    for (const message of conversation.messages) if (message.seq > after) response.write(event(message));
    conversation.streams.add(response);
    response.on('close', () => conversation.streams.delete(response));
  }

  #html(response: ServerResponse): void {
    response.writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': "default-src 'none'; img-src 'self' blob:; script-src 'self'; style-src 'self'; connect-src 'self'",
    });
    response.end(this.html);
  }

  async #file(name: string, response: ServerResponse): Promise<void> {
    const source = name === 'widget.js' ? `${this.#folder}/widget.js` : new URL(`../page/${name}`, import.meta.url);
    response.setHeader('Content-Type', name.endsWith('.js') ? 'text/javascript' : 'text/css');
    response.end(await readFile(source).catch(() => ''));
  }
}

function attachmentsOf({ attachments }: Readonly<Record<string, unknown>>): Pick<SendRequest, 'attachments'> {
  return Array.isArray(attachments) ? { attachments: attachments.map(String) } : {};
}

function event(message: TimelineMessage): string {
  return `event: message\nid: ${message.seq}\ndata: ${JSON.stringify(message)}\n\n`;
}

async function text(request: IncomingMessage): Promise<string> {
  let all = '';
  for await (const chunk of request.setEncoding('utf8')) all += chunk;
  return all;
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

function backwards(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).reverse());
}
