import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { z } from 'zod';
import { problemOf, SendError, TeamsError } from './errors.ts';
import { ServiceClient } from './service-client.ts';
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
  /** Puts a file where somebody allowed it, without the bot's token. @throws SendError */
  upload(url: string, content: AsyncIterable<Uint8Array>, size: number): Promise<void>;
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
const MOST_WAITING = 10_000;

const member = z.object({
  name: z.string().nullish(),
  email: z.email().nullish().catch(null),
  userPrincipalName: z.string().nullish(),
  aadObjectId: z.string().nullish(),
  objectId: z.string().nullish(),
  userRole: z.string().nullish(),
});
const taken = z.object({ id: z.string().optional().catch(undefined) }).catch({});
const begun = z.object({ id: z.string() });

/**
 * The connector: what comes in is checked by `botbuilder`, what goes out is the service's own protocol. The SDK takes some 60 MB of memory, so
 * it is read only here, where Teams is on.
 */
export async function botbuilderConnector(options: ConnectorOptions): Promise<Connector> {
  const { app, timeoutMs: patience = TIMEOUT_MS } = options;
  const { ConfigurationBotFrameworkAuthentication: Authentication } = await import('botbuilder');
  const authentication = new Authentication(
    options.keysUrl ? { ToBotFromChannelOpenIdMetadataUrl: options.keysUrl, ToBotFromChannelTokenIssuer: ISSUER } : {},
    {
      isValidAppId: async (id) => id === app?.appId,
      isAuthenticationDisabled: async () => app === null,
      // For what the SDK would send by itself: nothing.
      createCredentials: async () => ({ signRequest: async (request) => request }),
    },
  );
  const client = new ServiceClient(patience);
  /** Until when a chat is to be left alone, as a 429 said: whoever sends there next, and for whatever reason. */
  const notBefore = new Map<string, number>();
  const call = async (to: Address, method: 'GET' | 'POST' | 'PUT', path: readonly string[], body?: object): Promise<unknown> => {
    const chat = `${to.serviceUrl} ${to.conversation}`;
    const until = notBefore.get(chat);
    if (until !== undefined) {
      const wait = until - Date.now();
      if (wait > 0) throw new SendError({ kind: 'again', reason: '429 the service asked to wait', afterMs: wait });
      notBefore.delete(chat);
    }
    try {
      return await withToken((token) => client.call(method, urlOf(to, path), token, body));
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
  const withToken = async (work: (token: string | null) => Promise<unknown>): Promise<unknown> => {
    if (app === null) return await work(null);
    const token = await app.tokens.get();
    try {
      return await work(token);
    } catch (error) {
      if (!(error instanceof SendError) || !error.message.startsWith('401')) throw error;
      app.tokens.forget();
      return await work(await app.tokens.get());
    }
  };
  return {
    authenticate: async (activity, authorization) => {
      if (app === null) return;
      try {
        const { claimsIdentity } = await authentication.authenticateRequest(asSdkActivity(activity), authorization);
        // The SDK would also let in the Emulator's tokens and those of other bots.
        if (claimsIdentity.getClaimValue('iss') !== ISSUER) throw new Error('signed by another issuer');
      } catch (error) {
        throw new TeamsError('not-signed', error instanceof Error ? error.message : String(error));
      }
    },
    send: async (to, activity) => taken.parse(await call(to, 'POST', [to.conversation, 'activities'], wire(to, activity))).id ?? '',
    update: async (to, id, activity) => {
      await call(to, 'PUT', [to.conversation, 'activities', id], { ...wire(to, activity), id });
    },
    begin: async (to, { id, tenantId }) => {
      const answer = await call(to, 'POST', [], {
        isGroup: false,
        bot: { id: to.bot, name: '' },
        members: [{ id, name: '' }],
        tenantId,
        channelData: { tenant: { id: tenantId } },
      });
      const conversation = begun.safeParse(answer);
      if (!conversation.success) throw new SendError({ kind: 'again', reason: 'the service began no conversation', afterMs: null });
      return conversation.data.id;
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
    upload: async (url, content, size) => await client.upload(new URL(url), content, size),
    member: async (to, id) => {
      const found = member.safeParse(await call(to, 'GET', [to.conversation, 'members', id]));
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

/** `{serviceUrl}/v3/conversations/...`, each part encoded. */
function urlOf({ serviceUrl }: Address, path: readonly string[]): URL {
  return new URL([`${serviceUrl.replace(/\/+$/, '')}/v3/conversations`, ...path.map(encodeURIComponent)].join('/'));
}

function wire(to: Address, activity: OutgoingActivity): object {
  return {
    ...activity,
    channelId: CHANNEL,
    from: { id: to.bot, name: '' },
    conversation: { id: to.conversation },
    serviceUrl: to.serviceUrl,
  };
}

type SdkActivity = Parameters<ConfigurationBotFrameworkAuthentication['authenticateRequest']>[0];

/** The SDK compares the token with the channel and the service address, and reads nothing else of an activity. */
function asSdkActivity({ channelId, serviceUrl }: { readonly channelId: string; readonly serviceUrl: string }): SdkActivity {
  const nobody = { id: '', name: '' };
  const conversation = { id: '', name: '', isGroup: false, conversationType: '' };
  const texts = { text: '', label: '', valueType: '', callerId: '', localTimezone: '', listenFor: [] };
  return { type: 'message', channelId, serviceUrl, from: nobody, recipient: nobody, conversation, ...texts };
}

function asSendError(error: unknown): SendError {
  if (error instanceof SendError) return error;
  const message = error instanceof Error ? error.message : String(error);
  // Without a token nothing can be sent, until somebody mends the credentials.
  if (error instanceof TokenError) return new SendError({ kind: 'again', reason: message, afterMs: null }, error);
  return new SendError(problemOf({ status: null, code: '', message, retryAfter: null }), error);
}
