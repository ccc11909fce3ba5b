import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { z } from 'zod';
import { eventually } from './eventually.ts';
import { CHAT_KEY } from './running-desk.ts';

const reply = z.object({
  text: z.string(),
  card: z.object({ reference: z.string(), state: z.string() }).optional(),
  ask: z
    .object({
      id: z.string(),
      kind: z.string(),
      choices: z.array(z.object({ value: z.string() })).optional(),
      fields: z.array(z.object({ id: z.string(), error: z.string().optional() })).optional(),
    })
    .optional(),
});
const message = z.object({
  seq: z.number(),
  id: z.string(),
  from: z.enum(['visitor', 'desk', 'worker']),
  clientId: z.string().optional(),
  text: z.string(),
  reply: reply.optional(),
  answered: z.boolean().optional(),
});
const started = z.object({ conversation: z.string(), secret: z.string() });
const sent = z.object({ messages: z.array(message), done: z.boolean() });
const timeline = z.object({ messages: z.array(message) });

export type ChatMessage = z.infer<typeof message>;

export interface Visitor {
  readonly sub: string;
  readonly name: string;
  readonly email: string;
}

export interface Body {
  readonly id?: unknown;
  readonly text?: unknown;
  readonly answer?: unknown;
}

/** As the intranet signs it. */
export async function visitorToken(
  visitor: Visitor,
  options: { readonly key?: string; readonly expires?: string | number } = {},
): Promise<string> {
  const { sub, ...claims } = visitor;
  return await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .setExpirationTime(options.expires ?? '1h')
    .sign(new TextEncoder().encode(options.key ?? CHAT_KEY));
}

/** Somebody whom the intranet vouches for, another one each time. */
export function newVisitor(name = 'Femke Bos'): Visitor {
  const sub = randomUUID();
  return { sub, name, email: `${sub}@example.org` };
}

/** A conversation of the web chat, as the widget holds it. */
export class ChatClient {
  readonly conversation: string;
  readonly secret: string;
  readonly #base: () => string;

  private constructor(base: () => string, it: z.infer<typeof started>) {
    this.#base = base;
    this.conversation = it.conversation;
    this.secret = it.secret;
  }

  /** @param base asked at each request: the desk may have moved or be another of several */
  static async start(base: () => string, visitor: Visitor | null = newVisitor()): Promise<ChatClient> {
    const body = { language: 'nl', ...(visitor ? { token: await visitorToken(visitor) } : {}) };
    const answer = await patiently(() => post(`${base()}/chat/conversations`, body));
    return new ChatClient(base, started.parse(await answer.json()));
  }

  get path(): string {
    return `/chat/conversations/${this.conversation}/messages`;
  }

  /** One attempt, whatever comes of it. */
  async post(body: Body): Promise<Response> {
    return await post(`${this.#base()}${this.path}`, body, this.secret);
  }

  /** Whatever is in it. */
  async raw(body: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    const all = { 'content-type': 'application/json', authorization: `Bearer ${this.secret}`, ...headers };
    return await fetch(`${this.#base()}${this.path}`, { method: 'POST', headers: all, body });
  }

  /** Sends a message as the widget does: again and again with the same id, until the desk has answered it. @returns what was said in its turn */
  async say(text: string, id: string = randomUUID()): Promise<ChatMessage[]> {
    return await this.#send({ id, text });
  }

  async press(question: string, value: string | Readonly<Record<string, string>>, id: string = randomUUID()): Promise<ChatMessage[]> {
    return await this.#send({ id, answer: { question, value } });
  }

  async timeline(): Promise<ChatMessage[]> {
    const headers = { authorization: `Bearer ${this.secret}` };
    const answer = await patiently(() => fetch(`${this.#base()}${this.path}`, { headers }));
    return timeline.parse(await answer.json()).messages;
  }

  async #send(body: Body): Promise<ChatMessage[]> {
    return await eventually(async () => {
      const answer = sent.parse(await (await patiently(() => this.post(body))).json());
      // 202: the answer is still being made; asking again with the same id shows it when it is there.
      if (!answer.done) throw new Error('not answered yet');
      return answer.messages;
    });
  }
}

async function post(url: string, body: unknown, secret?: string): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...(secret ? { authorization: `Bearer ${secret}` } : {}) };
  return await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** Tries again while the network or the server is away, as the widget does; another refusal is an error. */
export async function patiently(request: () => Promise<Response>): Promise<Response> {
  const answer = await eventually(async () => {
    const response = await request();
    if (response.status >= 500 || response.status === 429) throw new Error(`${response.status}: ${await response.text()}`);
    return response;
  });
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  return answer;
}
