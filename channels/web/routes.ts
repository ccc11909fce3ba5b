import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Desk, within } from '../../bot/index.ts';
import {
  type AttachmentStore,
  type ConversationId,
  type Disruption,
  type Language,
  type MessageId,
  newId,
  newSecret,
  type PersonId,
} from '../../domain/index.ts';
import type { Register } from '../../register/index.ts';
import { attachmentRoutes } from './attachment-routes.ts';
import { type ConversationRoute, conversationKey, Doors } from './doors.ts';
import { ChatError, errorBody } from './errors.ts';
import type { KnownList, Sent, Started, Timeline } from './protocol.ts';
import { readRefused, readSend, readStart } from './receive.ts';
import { renderSaid, renderTimeline } from './render.ts';
import { Streams } from './stream.ts';
import { readVisitorToken } from './visitor.ts';

export interface WebChatOptions {
  readonly desk: Desk;
  readonly register: Pick<Register, 'conversations' | 'people' | 'ledger' | 'live' | 'bearers' | 'attachments'>;
  readonly files: AttachmentStore;
  /** The largest file that is taken, in bytes. */
  readonly largestFile: number;
  /** The organisation's name, as the chat shows it. */
  readonly organisation: () => string;
  /** The known disruptions that run. */
  readonly disruptions: () => readonly Disruption[];
  /** Origins of pages, besides the desk's own, that may take the chat in. */
  readonly origins: readonly string[];
  /** The secret that the intranet signs visitors' tokens with. */
  readonly key: string | null;
  readonly messagesPerMinute: number;
  /** Replies that went back in the response: they need no delivery. */
  readonly returned: (messages: readonly MessageId[]) => void;
}

/** The longest that a response waits for the answer; past that it comes by the stream. */
const ANSWER_WITHIN_MS = 10_000;
const BODY_LIMIT = 256 * 1024;
const STARTS_PER_MINUTE = 600;
/** How a session of one of the desk's own pages begins (`register/bearer-sessions.ts`). */
const SESSION_PREFIX = 'loket.';

/** The routes under `/chat`. */
export async function webChat(app: FastifyInstance, options: WebChatOptions): Promise<void> {
  const { desk, register } = options;
  const streams = new Streams(register);
  const doors = new Doors(register);
  app.addHook('preClose', async () => streams.close());
  app.addHook('onRequest', async (request, reply) => allowOrigin(request, reply, options.origins));
  app.setErrorHandler((error, request, reply) => answerError(asChatError(error, request), request, reply));
  // Everything here is JSON: a plain text is none, rather than a string.
  app.removeContentTypeParser('text/plain');
  app.options('/*', async (_, reply) => reply.status(204).send());
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_, { ttl }) => new ChatError('too-many', { retryAfter: Math.ceil(ttl / 1000) }),
  });

  app.get(
    '/known',
    async (): Promise<KnownList> => ({
      known: options
        .disruptions()
        .filter(({ announced }) => announced)
        .map(({ title, expectedBy }) => ({ title, expectedBy: expectedBy?.toISOString() ?? null })),
    }),
  );

  app.post(
    '/conversations',
    { config: { rateLimit: { max: STARTS_PER_MINUTE, timeWindow: '1 minute' } }, bodyLimit: BODY_LIMIT },
    async (request): Promise<Started> => {
      const { language, token } = readStart(request.body);
      const person = token === undefined ? null : await whose(token, options);
      const id: ConversationId = newId();
      const secret = newSecret();
      const state = { language: language ?? languageOf(request), open: [], lastProduct: null };
      await register.conversations.create({ id, channel: 'web', person, secret, state });
      return { conversation: id, secret, desk: { name: options.organisation() }, messages: [] };
    },
  );

  app.post<ConversationRoute>(
    '/conversations/:id/messages',
    {
      bodyLimit: BODY_LIMIT,
      config: {
        rateLimit: {
          max: options.messagesPerMinute,
          timeWindow: '1 minute',
          keyGenerator: (request: FastifyRequest) => conversationKey(request),
        },
      },
    },
    async (request, reply): Promise<Sent> => {
      const conversation = await doors.enter(request);
      const { id, incoming } = await readOrRefuse(request.body, conversation, register);
      const { attachments = [] } = incoming;
      if (!(await register.attachments.maySend(conversation, attachments))) throw new ChatError('file-gone');
      const received = await desk.receive({
        id: newId(),
        channel: 'web',
        source: conversation,
        externalId: id,
        conversation,
        payload: incoming,
      });
      if (received.status === 'handled' || received.status === 'parked')
        return { messages: await since(register, conversation, id), done: true };
      const handling = desk.handle(conversation, received.id, received.view).then((handled) => {
        if (handled.kind === 'handled') options.returned(handled.said.filter((line) => line.from !== 'requester').map((line) => line.id));
        return handled;
      });
      const handled = await within(handling, ANSWER_WITHIN_MS);
      if (handled === 'late') {
        reply.status(202);
        return { messages: [], done: false };
      }
      if (handled.kind === 'handled' && attachments.length === 0) return { messages: renderSaid(handled.said, id), done: true };
      return { messages: await since(register, conversation, id), done: true };
    },
  );

  app.get<ConversationRoute>('/conversations/:id/messages', async (request): Promise<Timeline> => {
    const conversation = await doors.enter(request);
    const entries = await register.conversations.timeline(conversation, placeOf(request.query.after));
    return { messages: renderTimeline(entries, await register.conversations.openQuestions(conversation)) };
  });

  const { files, largestFile, messagesPerMinute } = options;
  await app.register(attachmentRoutes, { register, files, doors, largestFile, messagesPerMinute });

  app.get<ConversationRoute>('/conversations/:id/events', async (request, reply) => {
    const conversation = await doors.enter(request);
    const after = placeOf(request.query.after) ?? (await register.conversations.lastSeq(conversation));
    streams.open(conversation, after, reply);
  });
}

/** Who a token is for: one of the intranet's, or the session of a page of the desk itself. @throws ChatError `bad-token` */
async function whose(token: string, { register, key }: WebChatOptions): Promise<PersonId> {
  if (!token.startsWith(SESSION_PREFIX)) return register.people.known({ channel: 'web', ...(await readVisitorToken(token, key)) }, newId());
  const person = await register.bearers.person(token);
  if (!person) throw new ChatError('bad-token', { detail: 'the session has ended' });
  return person.id;
}

/** Reads a message; one that is too long is on record in the ledger before it is refused. */
async function readOrRefuse(
  body: unknown,
  conversation: ConversationId,
  register: Pick<Register, 'ledger'>,
): Promise<ReturnType<typeof readSend>> {
  try {
    return readSend(body);
  } catch (error) {
    const refused = error instanceof ChatError && error.code === 'too-long' ? readRefused(body) : null;
    if (refused) {
      const { id, text } = refused;
      await register.ledger.refuse({
        id: newId(),
        channel: 'web',
        source: conversation,
        externalId: id,
        conversation,
        text,
        reason: 'too-long',
      });
    }
    throw error;
  }
}

/** The timeline from a message on that was handled before. */
async function since(register: Pick<Register, 'conversations'>, conversation: ConversationId, clientId: string): Promise<Sent['messages']> {
  const entries = await register.conversations.timeline(conversation, null);
  const from = entries.findIndex((entry) => entry.clientId === clientId);
  const open = await register.conversations.openQuestions(conversation);
  return renderTimeline(from < 0 ? entries : entries.slice(from), open);
}

function placeOf(after: string | undefined): number | null {
  return after !== undefined && /^\d{1,9}$/.test(after) ? Number(after) : null;
}

function languageOf(request: FastifyRequest): Language {
  return /^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'nl';
}

/** Cross-origin use is for the pages on the list alone (Fetch standard, CORS); no cookie plays a part. */
function allowOrigin(request: FastifyRequest, reply: FastifyReply, origins: readonly string[]): void {
  const { origin } = request.headers;
  if (origin === undefined || isOwn(origin, request)) return;
  if (!origins.includes(origin)) throw new ChatError('origin-not-allowed', { detail: `${origin} is not in LOKET_CHAT_ORIGINS` });
  reply.header('access-control-allow-origin', origin);
  reply.header('vary', 'origin');
  reply.header('access-control-allow-headers', 'authorization, content-type, x-file-name');
  reply.header('access-control-allow-methods', 'GET, POST');
  reply.header('access-control-expose-headers', 'retry-after');
  reply.header('access-control-max-age', '600');
}

function isOwn(origin: string, request: FastifyRequest): boolean {
  return URL.canParse(origin) && new URL(origin).host === request.host;
}

/** The one place where errors of the framework become the chat's own. */
function asChatError(error: unknown, request: FastifyRequest): ChatError {
  if (error instanceof ChatError) return error;
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new ChatError('too-long');
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE' || code === 'FST_ERR_CTP_EMPTY_JSON_BODY' || code === 'FST_ERR_CTP_INVALID_JSON_BODY')
    return new ChatError('not-json');
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : null;
  if (error instanceof SyntaxError || status === 400) return new ChatError('not-json');
  request.log.error({ err: error }, 'a chat request failed');
  return new ChatError('failed');
}

function answerError(error: ChatError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error.retryAfter !== null) reply.header('retry-after', String(error.retryAfter));
  return reply.status(error.status).send(errorBody(error, languageOf(request)));
}
