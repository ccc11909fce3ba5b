import type { FastifyRequest } from 'fastify';
import { type ConversationId, parseId } from '../../domain/index.ts';
import type { Register } from '../../register/index.ts';
import { ChatError } from './errors.ts';

const REMEMBERED_SECRETS = 10_000;

export interface ConversationRoute {
  Params: { id: string };
  Querystring: { after?: string };
}

/** Who may enter which conversation; what a secret opens does not change, so an opened door is remembered. */
export class Doors {
  readonly #register: Pick<Register, 'conversations'>;
  readonly #opened = new Map<string, ConversationId>();

  constructor(register: Pick<Register, 'conversations'>) {
    this.#register = register;
  }

  /** @throws ChatError `unknown-conversation`, `not-signed-in` or `forbidden` */
  async enter(request: FastifyRequest<ConversationRoute>): Promise<ConversationId> {
    const id = parseId<ConversationId>(request.params.id);
    if (!id) throw new ChatError('unknown-conversation');
    const secret = /^Bearer ([\w-]{20,100})$/.exec(request.headers.authorization ?? '')?.[1];
    if (!secret) throw new ChatError('not-signed-in');
    const key = `${id} ${secret}`;
    if (this.#opened.has(key)) return id;
    const opens = await this.#register.conversations.opens(id, secret);
    if (opens === null) throw new ChatError('unknown-conversation');
    if (!opens) throw new ChatError('forbidden');
    if (this.#opened.size >= REMEMBERED_SECRETS) this.#opened.clear();
    this.#opened.set(key, id);
    return id;
  }
}

/** The limit is counted per conversation and secret: a stranger who only knows the id cannot use up its room. */
export function conversationKey(request: FastifyRequest): string {
  return `${request.url.split('?')[0]} ${request.headers.authorization ?? request.ip}`;
}
