import { createHash, createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { SignJWT } from 'jose';
import { z } from 'zod';

/** How the app proves who it is (RFC 6749, 4.4; with a certificate RFC 7523, 2.2). PEM texts, not paths. */
export type Credential =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly certificate: string; readonly key: string };

export interface TokenOptions {
  readonly appId: string;
  readonly tenantId: string;
  readonly credential: Credential;
  /** Without a slash at the end. */
  readonly loginUrl: string;
  readonly fetch?: typeof fetch;
  readonly now?: () => number;
}

/** The login endpoint did not give a token, in its own words. */
export class TokenError extends Error {
  /** Microsoft's number of what is wrong, such as AADSTS7000215. */
  readonly aadCode: string | null;

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.aadCode = /AADSTS\d+/.exec(message)?.[0] ?? null;
  }
}

const SCOPE = 'https://api.botframework.com/.default';
const granted = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });
const refused = z.object({ error: z.string(), error_description: z.string().optional() });
/** A token is renewed before it ends, so that one in use does not. */
const MARGIN_MS = 5 * 60_000;
const PATIENCE_MS = 10_000;

/** Tokens for the connector service; one request at a time, and the same token until shortly before it ends. */
export class Tokens {
  readonly #options: TokenOptions;
  #token: { readonly value: string; readonly until: number } | null = null;
  #asking: Promise<string> | null = null;

  constructor(options: TokenOptions) {
    this.#options = options;
  }

  /** @throws TokenError */
  async get(): Promise<string> {
    const now = (this.#options.now ?? Date.now)();
    if (this.#token && this.#token.until > now) return this.#token.value;
    this.#asking ??= this.#ask(now).finally(() => {
      this.#asking = null;
    });
    return await this.#asking;
  }

  /** The token was refused: the next one is asked for anew. */
  forget(): void {
    this.#token = null;
  }

  async #ask(now: number): Promise<string> {
    const { appId, tenantId, loginUrl } = this.#options;
    const url = `${loginUrl}/${tenantId}/oauth2/v2.0/token`;
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: appId,
      scope: SCOPE,
      ...(await this.#proof(url, now)),
    });
    let answer: unknown;
    try {
      const response = await (this.#options.fetch ?? fetch)(url, { method: 'POST', body, signal: AbortSignal.timeout(PATIENCE_MS) });
      answer = await response.json();
    } catch (error) {
      throw new TokenError(`${new URL(url).host} gave no token: ${error instanceof Error ? error.message : String(error)}`, error);
    }
    const parsed = granted.safeParse(answer);
    if (!parsed.success) {
      const why = refused.safeParse(answer);
      throw new TokenError(
        why.success ? `${why.data.error}: ${(why.data.error_description ?? '').split('\n')[0]}` : 'the answer is no token',
      );
    }
    const { access_token: value, expires_in: seconds } = parsed.data;
    this.#token = { value, until: now + Math.max(seconds * 1000 - MARGIN_MS, (seconds * 1000) / 2) };
    return value;
  }

  async #proof(audience: string, now: number): Promise<Record<string, string>> {
    const { credential, appId } = this.#options;
    if (credential.kind === 'secret') return { client_secret: credential.secret };
    const { der, key } = readPair(credential);
    const seconds = Math.floor(now / 1000);
    const assertion = await new SignJWT({})
      .setProtectedHeader({ alg: 'PS256', typ: 'JWT', 'x5t#S256': createHash('sha256').update(der).digest('base64url') })
      .setIssuer(appId)
      .setSubject(appId)
      .setAudience(audience)
      .setJti(crypto.randomUUID())
      .setNotBefore(seconds - 60)
      .setExpirationTime(seconds + 600)
      .sign(key);
    return { client_assertion: assertion, client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' };
  }
}

/** @throws TokenError when the files are no certificate and its key */
function readPair({ certificate, key }: Extract<Credential, { kind: 'certificate' }>): { readonly der: Buffer; readonly key: KeyObject } {
  try {
    const parsed = new X509Certificate(certificate);
    const secret = createPrivateKey(key);
    if (!parsed.checkPrivateKey(secret)) throw new Error('the key belongs to another certificate');
    if (secret.asymmetricKeyType !== 'rsa') throw new Error(`its key is ${secret.asymmetricKeyType}, and Entra takes RSA keys only`);
    return { der: parsed.raw, key: secret };
  } catch (error) {
    throw new TokenError(`the certificate cannot be used: ${error instanceof Error ? error.message : String(error)}`, error);
  }
}
