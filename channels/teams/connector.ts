import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { ConnectorClient } from 'botframework-connector';
import { z } from 'zod';
import { problemOf, SendError, TeamsError } from './errors.ts';
import { TokenError, type Tokens } from './tokens.ts';
import type { OutgoingActivity } from './types.ts';

/**
 * The one door to the Bot Framework SDK: nothing else of Loket imports it. What a successor must provide is `Connector` (README.md).
 */
export interface Connector {
  /** Who sent a request. @throws TeamsError `not-signed` */
  authenticate(activity: { readonly channelId: string; readonly serviceUrl: string }, authorization: string): Promise<void>;
  /** @returns the activity's id @throws SendError */
  send(to: Address, activity: OutgoingActivity): Promise<string>;
  /** Replaces an activity that was sent. @throws SendError */
  update(to: Address, id: string, activity: OutgoingActivity): Promise<void>;
  /** Begins the private chat of the bot with a member. @returns the conversation's id @throws SendError */
  begin(to: Address, member: { readonly id: string; readonly tenantId: string }): Promise<string>;
  /** A member of a conversation, as its roster knows them; null when it does not. @throws SendError */
  member(to: Address, id: string): Promise<Member | null>;
  /** A file that came with an activity, in pieces. The bot's token goes to the service alone. @throws SendError */
  download(from: Address, url: string): Promise<AsyncIterable<Uint8Array>>;
}

/** Where an activity goes. */
export interface Address {
  readonly serviceUrl: string;
  readonly conversation: string;
  /** The bot's own id on the channel. */
  readonly bot: string;
}

export interface Member {
  readonly name: string | null;
  readonly address: string | null;
  readonly objectId: string | null;
  readonly guest: boolean;
}

export interface ConnectorOptions {
  /** Null: no credentials, for the Playground. */
  readonly app: { readonly appId: string; readonly tokens: Tokens } | null;
  /** Where the keys of the Bot Framework's tokens are published; its own when left out. */
  readonly keysUrl?: string | undefined;
  readonly timeoutMs?: number;
}

const CHANNEL = 'msteams';
/** Who signs what comes from the channel (Bot Framework, connector authentication 3.2). */
const ISSUER = 'https://api.botframework.com';
/** The service answers within seconds, or has taken the message although it does not say so. */
const TIMEOUT_MS = 20_000;
/** Teams sends a message again when it is not acknowledged within some fifteen seconds. */
const DOWNLOAD_MS = 8_000;
const MOST_CLIENTS = 50;
const MOST_WAITING = 10_000;

const member = z.object({
  name: z.string().nullish(),
  email: z.email().nullish().catch(null),
  userPrincipalName: z.string().nullish(),
  aadObjectId: z.string().nullish(),
  objectId: z.string().nullish(),
  userRole: z.string().nullish(),
});
const failure = z.object({ error: z.object({ code: z.string().optional(), message: z.string().optional() }) });

/** The connector by `botbuilder`. */
export function botbuilderConnector(options: ConnectorOptions): Connector {
  const { app, timeoutMs: patience = TIMEOUT_MS } = options;
  const authentication = new ConfigurationBotFrameworkAuthentication(
    options.keysUrl ? { ToBotFromChannelOpenIdMetadataUrl: options.keysUrl, ToBotFromChannelTokenIssuer: ISSUER } : {},
    {
      isValidAppId: async (id) => id === app?.appId,
      isAuthenticationDisabled: async () => app === null,
      createCredentials: async () => credentials(app?.tokens ?? null),
    },
  );
  const clients = new Map<string, ConnectorClient>();
  const clientOf = (serviceUrl: string): ConnectorClient => {
    const known = clients.get(serviceUrl);
    if (known) return known;
    const client = new ConnectorClient(credentials(app?.tokens ?? null), { baseUri: serviceUrl, httpClient: httpClient(patience) });
    if (clients.size >= MOST_CLIENTS) clients.clear();
    clients.set(serviceUrl, client);
    return client;
  };
  /** Until when a chat is to be left alone, as a 429 said: whoever sends there next, and for whatever reason. */
  const notBefore = new Map<string, number>();
  const call = async <Result>(to: Address, work: (client: ConnectorClient) => Promise<Result>): Promise<Result> => {
    const chat = `${to.serviceUrl} ${to.conversation}`;
    const wait = (notBefore.get(chat) ?? 0) - Date.now();
    if (wait > 0) throw new SendError({ kind: 'again', reason: '429 the service asked to wait', afterMs: wait });
    notBefore.delete(chat);
    try {
      return await withToken(to, work);
    } catch (error) {
      const failed = asSendError(error);
      const { problem } = failed;
      if (problem.kind === 'again' && problem.afterMs !== null) {
        if (notBefore.size >= MOST_WAITING) notBefore.clear();
        notBefore.set(chat, Date.now() + problem.afterMs);
      }
      throw failed;
    }
  };
  /** A token can be withdrawn before it ends: the next one is asked for anew, once. */
  const withToken = async <Result>(to: Address, work: (client: ConnectorClient) => Promise<Result>): Promise<Result> => {
    try {
      return await work(clientOf(to.serviceUrl));
    } catch (error) {
      if (!app || !(error instanceof SendError) || !error.message.startsWith('401')) throw error;
      app.tokens.forget();
      return await work(clientOf(to.serviceUrl));
    }
  };
  return {
    authenticate: async (activity, authorization) => {
      if (app === null) return;
      try {
        const { claimsIdentity } = await authentication.authenticateRequest(
          { ...activity, type: 'message' } as Parameters<typeof authentication.authenticateRequest>[0],
          authorization,
        );
        // The SDK would also let in the Emulator's tokens and those of other bots.
        if (claimsIdentity.getClaimValue('iss') !== ISSUER) throw new Error('signed by another issuer');
      } catch (error) {
        throw new TeamsError('not-signed', error instanceof Error ? error.message : String(error));
      }
    },
    send: async (to, activity) => {
      const { id } = await call(to, (client) => client.conversations.sendToConversation(to.conversation, wire(to, activity)));
      return id ?? '';
    },
    update: async (to, id, activity) => {
      await call(to, (client) => client.conversations.updateActivity(to.conversation, id, { ...wire(to, activity), id }));
    },
    begin: async (to, { id, tenantId }) => {
      const begun = await call(to, (client) =>
        client.conversations.createConversation({
          isGroup: false,
          bot: { id: to.bot, name: '' },
          members: [{ id, name: '' }],
          tenantId,
          channelData: { tenant: { id: tenantId } },
          activity: undefined as never,
        }),
      );
      return begun.id;
    },
    download: async ({ serviceUrl }, url) => {
      const own = app !== null && new URL(url).origin === new URL(serviceUrl).origin;
      try {
        const headers: Record<string, string> = own ? { authorization: `Bearer ${await app.tokens.get()}` } : {};
        const response = await fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(DOWNLOAD_MS) });
        if (!response.ok || !response.body)
          throw new SendError(problemOf({ status: response.status, code: '', message: 'no file', retryAfter: null }));
        return response.body;
      } catch (error) {
        throw asSendError(error);
      }
    },
    member: async (to, id) => {
      const found = member.safeParse(await call(to, (client) => client.conversations.getConversationMember(to.conversation, id)));
      if (!found.success) return null;
      const it = found.data;
      const principal = z.email().safeParse(it.userPrincipalName ?? '');
      const guest = it.userRole === 'guest' || (it.userPrincipalName ?? '').includes('#EXT#');
      return {
        name: it.name ?? null,
        address: it.email ?? (principal.success ? principal.data : null),
        objectId: it.aadObjectId ?? it.objectId ?? null,
        guest,
      };
    },
  };
}

function wire(to: Address, activity: OutgoingActivity): Parameters<ConnectorClient['conversations']['sendToConversation']>[1] {
  return {
    ...activity,
    channelId: CHANNEL,
    from: { id: to.bot, name: '' },
    conversation: { id: to.conversation },
    serviceUrl: to.serviceUrl,
  } as Parameters<ConnectorClient['conversations']['sendToConversation']>[1];
}

type Credentials = ConstructorParameters<typeof ConnectorClient>[0];

function credentials(tokens: Tokens | null): Credentials {
  return {
    signRequest: async (request) => {
      if (tokens) request.headers.set('authorization', `Bearer ${await tokens.get()}`);
      return request;
    },
  };
}

type HttpClient = NonNullable<NonNullable<ConstructorParameters<typeof ConnectorClient>[1]>['httpClient']>;

/**
 * What carries the SDK's requests. Its own client tries again by itself and sleeps as long as a 429 says: here a failure comes out at once, with
 * what the far side said, and the outbox tries again.
 */
function httpClient(patience: number): HttpClient {
  return {
    sendRequest: async (request) => {
      let response: Response;
      let bodyAsText: string;
      try {
        response = await fetch(request.url, {
          method: request.method,
          headers: request.headers.rawHeaders(),
          body: typeof request.body === 'string' ? request.body : null,
          signal: AbortSignal.timeout(patience),
          redirect: 'error',
        });
        bodyAsText = await response.text();
      } catch (error) {
        const message =
          error instanceof Error ? `${error.message} ${error.cause instanceof Error ? error.cause.message : ''}`.trim() : String(error);
        throw new SendError(problemOf({ status: null, code: '', message, retryAfter: null }), error);
      }
      if (response.ok) return { request, status: response.status, headers: request.headers.clone(), bodyAsText };
      const { code = '', message = bodyAsText.slice(0, 200) } = errorIn(bodyAsText);
      throw new SendError(problemOf({ status: response.status, code, message, retryAfter: response.headers.get('retry-after') }));
    },
  };
}

function errorIn(text: string): { readonly code?: string | undefined; readonly message?: string | undefined } {
  try {
    return failure.parse(JSON.parse(text)).error;
  } catch {
    return {};
  }
}

function asSendError(error: unknown): SendError {
  if (error instanceof SendError) return error;
  const message = error instanceof Error ? error.message : String(error);
  // Without a token nothing can be sent, until somebody mends the credentials.
  if (error instanceof TokenError) return new SendError({ kind: 'again', reason: message, afterMs: null }, error);
  return new SendError(problemOf({ status: null, code: '', message, retryAfter: null }), error);
}
