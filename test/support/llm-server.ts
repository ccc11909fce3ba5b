/** A server that speaks the chat completions of OpenAI's API, on a port of its own, and behaves as a test tells it to. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';

const requestShape = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.enum(['system', 'user']), content: z.string() })).length(2),
  response_format: z.object({
    type: z.literal('json_schema'),
    json_schema: z.object({ name: z.string(), strict: z.literal(true), schema: z.record(z.string(), z.unknown()) }),
  }),
  max_completion_tokens: z.number().int().positive(),
});

/** A question as it arrived. */
export interface AskedLlm {
  readonly path: string;
  readonly authorization: string;
  readonly model: string;
  readonly name: string;
  readonly instructions: string;
  /** The JSON of the user message. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The user message itself. */
  readonly text: string;
}

/** What it answers with. */
export type LlmBehaviour =
  /** A JSON value, as the model's answer. */
  | { readonly kind: 'json'; readonly value: unknown; readonly tokens?: number }
  /** Any text, as the model's answer. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refusal' }
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly code?: string }
  /** This body, whatever it is, with status 200. */
  | { readonly kind: 'body'; readonly body: string }
  /** Headers and half a body, and then nothing more. */
  | { readonly kind: 'half' }
  /** Nothing at all. */
  | { readonly kind: 'silence' }
  | { readonly kind: 'hang-up' };

export class LlmServer {
  readonly asked: AskedLlm[] = [];
  answer: (asked: AskedLlm) => LlmBehaviour = () => ({ kind: 'silence' });
  readonly #server = createServer((request, response) => void this.#handle(request, response));
  readonly #waiting = new Set<() => void>();

  static async start(): Promise<LlmServer> {
    const made = new LlmServer();
    made.#server.listen(0, '127.0.0.1');
    await once(made.#server, 'listening');
    return made;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the server does not listen');
    return `http://127.0.0.1:${address.port}/v1`;
  }

  /** Resolves at the next question. */
  next(): Promise<void> {
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const piece of request) body += String(piece);
    const parsed = requestShape.safeParse(JSON.parse(body));
    if (!parsed.success) return reply(response, 400, { error: { message: z.prettifyError(parsed.error), code: 'invalid_request' } });
    const { model, messages, response_format } = parsed.data;
    const [system, user] = messages;
    const asked: AskedLlm = {
      path: request.url ?? '',
      authorization: request.headers.authorization ?? String(request.headers['api-key'] ?? ''),
      model,
      name: response_format.json_schema.name,
      instructions: system?.content ?? '',
      data: z.record(z.string(), z.unknown()).parse(JSON.parse(user?.content ?? '{}')),
      text: user?.content ?? '',
    };
    this.asked.push(asked);
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
    this.#behave(response, this.answer(asked));
  }

  #behave(response: ServerResponse, behaviour: LlmBehaviour): void {
    switch (behaviour.kind) {
      case 'json':
        return reply(response, 200, completion({ content: JSON.stringify(behaviour.value) }, 'stop', behaviour.tokens));
      case 'text':
        return reply(response, 200, completion({ content: behaviour.text }, 'stop'));
      case 'refusal':
        return reply(response, 200, completion({ content: null, refusal: 'I cannot help with that.' }, 'stop'));
      case 'status':
        return reply(response, behaviour.status, { error: { message: 'no', code: behaviour.code ?? null } }, behaviour.headers);
      case 'body':
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(behaviour.body);
        return;
      case 'half':
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
        response.write('{"choices": [');
        return;
      case 'silence':
        return;
      case 'hang-up':
        response.destroy();
    }
  }
}

function completion(message: object, finish_reason: string, tokens = 50): object {
  return {
    id: 'completion-1',
    object: 'chat.completion',
    created: 1,
    model: 'test',
    choices: [{ index: 0, finish_reason, message: { role: 'assistant', ...message } }],
    usage: { prompt_tokens: tokens - 10, completion_tokens: 10, total_tokens: tokens },
  };
}

function reply(response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
