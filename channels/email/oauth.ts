import { z } from 'zod';
import type { OAuth2Settings, TokenOf } from './settings.ts';

/** A token was not given. `permanent`: asking again gives the same, until an administrator mends it. */
export class TokenError extends Error {
  readonly code = 'MAIL_TOKEN';
  readonly permanent: boolean;

  constructor(message: string, options: ErrorOptions & { readonly permanent: boolean }) {
    super(message, options);
    this.name = 'TokenError';
    this.permanent = options.permanent;
  }
}

interface Held {
  readonly token: string;
  /** By the monotonic clock. */
  readonly renewAt: number;
}

/** So long before it expires a token is renewed. */
const EARLY_MS = 5 * 60_000;
const TIMEOUT_MS = 15_000;

const given = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive().default(3600) });
const refusal = z.object({ error: z.string(), error_description: z.string().optional() });

/**
 * Tokens of Microsoft 365 and Google (RFC 6749, 4.4 and 6), one per set of settings for all who need it: receiving and sending, and all connections.
 * Several who ask at once cause one request.
 * @param clock monotonic, in milliseconds
 */
export function openTokens(clock: () => number = () => performance.now()): TokenOf {
  const held = new Map<string, Held>();
  const underWay = new Map<string, Promise<string>>();
  return async (settings, refused) => {
    const key = JSON.stringify(settings);
    const known = held.get(key);
    if (known && known.token !== refused && clock() < known.renewAt) return known.token;
    const asked = underWay.get(key);
    if (asked) return await asked;
    const asking = request(settings).then(({ token, lifetimeMs }) => {
      // A token that lives shorter than that is used for half its life.
      held.set(key, { token, renewAt: clock() + Math.max(lifetimeMs - EARLY_MS, lifetimeMs / 2) });
      return token;
    });
    underWay.set(key, asking);
    try {
      return await asking;
    } finally {
      underWay.delete(key);
    }
  };
}

async function request(settings: OAuth2Settings): Promise<{ readonly token: string; readonly lifetimeMs: number }> {
  const { response, body } = await post(settings);
  const parsed = given.safeParse(body);
  if (response.ok && parsed.success) return { token: parsed.data.access_token, lifetimeMs: parsed.data.expires_in * 1000 };
  const said = refusal.safeParse(body);
  const words = said.success ? [said.data.error, said.data.error_description].filter(Boolean).join(': ') : `HTTP ${response.status}`;
  // RFC 6749, 5.2: what is wrong with the request is 400 or 401; everything else may pass.
  throw new TokenError(`${new URL(settings.tokenUrl).host} gives no token: ${words}`, {
    permanent: response.status === 400 || response.status === 401,
  });
}

async function post(settings: OAuth2Settings): Promise<{ readonly response: Response; readonly body: unknown }> {
  const { tokenUrl, clientId, clientSecret } = settings;
  const grant =
    settings.grant === 'client-credentials'
      ? { grant_type: 'client_credentials', scope: settings.scope }
      : { grant_type: 'refresh_token', refresh_token: settings.refreshToken };
  try {
    const response = await fetch(tokenUrl, {
      method: 'POST',
      body: new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...grant }),
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body: unknown = await response.json().catch(() => null);
    return { response, body };
  } catch (error) {
    throw new TokenError(`${new URL(tokenUrl).host} does not answer`, { permanent: false, cause: error });
  }
}
