import { EncryptJWT, jwtDecrypt } from 'jose';
import * as client from 'openid-client';
import { z } from 'zod';

/** An OpenID provider of the organisation, and this desk as its client. */
export interface OpenIdSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The claim of the id token that names somebody's groups. */
  readonly groupsClaim: string;
}

/** What the provider vouches for. */
export interface OpenIdPerson {
  readonly name: string | null;
  /** Only when the provider says that it is verified. */
  readonly address: string | null;
  /** In the organisation's directory: Entra's `oid`, elsewhere `sub`. */
  readonly directoryId: string;
  readonly groups: readonly string[];
}

/** Why somebody did not get in: the provider cannot be asked, or what came back is not an answer to what was asked. */
export class OpenIdError extends Error {
  readonly code: 'provider-away' | 'not-valid';
  constructor(code: OpenIdError['code'], cause: unknown) {
    super(`sign-in by OpenID Connect: ${code}`, { cause });
    this.code = code;
  }
}

const MINUTES = 10;
const SECONDS_TO_ANSWER = 10;
const asked = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), approval: z.string().optional() });
const claims = z.object({
  sub: z.string().min(1),
  oid: z.string().min(1).optional(),
  name: z.string().trim().min(1).optional(),
  email: z.string().optional(),
  email_verified: z.boolean().optional(),
});

/**
 * The desk as client of an OpenID provider: authorization code flow with PKCE (RFC 7636), state and nonce (OpenID Connect Core 1.0, 3.1).
 * What was asked travels in a sealed ticket, so that any process of the desk can take the answer.
 */
export class OpenId {
  readonly #settings: OpenIdSettings;
  readonly #redirectUri: string;
  readonly #key: Uint8Array;
  #found: Promise<client.Configuration> | null = null;

  /** @param key 32 bytes that all processes of the desk share */
  constructor(settings: OpenIdSettings, redirectUri: string, key: Uint8Array) {
    this.#settings = settings;
    this.#redirectUri = redirectUri;
    this.#key = key;
  }

  /**
   * @param approval the link of the approval that somebody signs in for; left out: he enters the workbench
   * @returns where the browser goes, and the ticket that it brings back
   * @throws OpenIdError `provider-away`
   */
  async begin(approval?: string): Promise<{ readonly url: string; readonly ticket: string; readonly seconds: number }> {
    const provider = await this.#provider();
    const question = { state: client.randomState(), nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier() };
    const url = client.buildAuthorizationUrl(provider, {
      redirect_uri: this.#redirectUri,
      scope: 'openid profile email',
      state: question.state,
      nonce: question.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(question.verifier),
      code_challenge_method: 'S256',
    });
    const ticket = await new EncryptJWT({ ...question, ...(approval === undefined ? {} : { approval }) })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setIssuedAt()
      .setExpirationTime(`${MINUTES}m`)
      .encrypt(this.#key);
    return { url: url.href, ticket, seconds: MINUTES * 60 };
  }

  /** @param query what the provider sent the browser back with, `?code=...&state=...`. @throws OpenIdError */
  async finish(query: string, ticket: string): Promise<{ readonly person: OpenIdPerson; readonly approval: string | null }> {
    const question = await this.#open(ticket);
    const provider = await this.#provider();
    const tokens = await client
      .authorizationCodeGrant(provider, new URL(`${this.#redirectUri}${query}`), {
        expectedState: question.state,
        expectedNonce: question.nonce,
        pkceCodeVerifier: question.verifier,
        idTokenExpected: true,
      })
      .catch((error: unknown) => {
        throw new OpenIdError(isAway(error) ? 'provider-away' : 'not-valid', error);
      });
    const said = claims.safeParse(tokens.claims());
    if (!said.success) throw new OpenIdError('not-valid', said.error);
    const { sub, oid, name, email, email_verified: verified } = said.data;
    const groups = z.array(z.string()).safeParse(tokens.claims()?.[this.#settings.groupsClaim]);
    const person = {
      name: name ?? null,
      address: verified === true && email && /^[^\s@]+@[^\s@]+$/.test(email) ? email : null,
      directoryId: oid ?? sub,
      groups: groups.success ? groups.data : [],
    };
    return { person, approval: question.approval ?? null };
  }

  /** Where the browser ends the provider's session too (RP-Initiated Logout 1.0); null when the provider has no such place, or is away. */
  async end(returnTo: string): Promise<string | null> {
    const provider = await this.#provider().catch(() => null);
    if (!provider?.serverMetadata().end_session_endpoint) return null;
    return client.buildEndSessionUrl(provider, { post_logout_redirect_uri: returnTo, client_id: this.#settings.clientId }).href;
  }

  /** Asks the provider for its metadata. @throws OpenIdError `provider-away` */
  async #provider(): Promise<client.Configuration> {
    this.#found ??= discover(this.#settings);
    try {
      return await this.#found;
    } catch (error) {
      this.#found = null;
      throw new OpenIdError('provider-away', error);
    }
  }

  async #open(ticket: string): Promise<z.infer<typeof asked>> {
    try {
      const { payload } = await jwtDecrypt(ticket, this.#key);
      return asked.parse(payload);
    } catch (error) {
      throw new OpenIdError('not-valid', error);
    }
  }
}

/** The provider's metadata. @throws when it does not answer, or not as a provider does */
export async function discover({ issuer, clientId, clientSecret }: OpenIdSettings): Promise<client.Configuration> {
  const server = new URL(issuer);
  return await client.discovery(server, clientId, undefined, client.ClientSecretPost(clientSecret), {
    timeout: SECONDS_TO_ANSWER,
    // Settings allow plain http for this machine alone.
    ...(server.protocol === 'http:' ? { execute: [client.allowInsecureRequests] } : {}),
  });
}

/** An answer that says no is an answer. */
function isAway(error: unknown): boolean {
  return (
    error instanceof TypeError ||
    (error instanceof client.ClientError && (error.code === 'OAUTH_TIMEOUT' || error.cause instanceof TypeError))
  );
}
