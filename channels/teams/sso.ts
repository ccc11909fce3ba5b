import { createRemoteJWKSet, decodeJwt, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';

/** Somebody whom the organisation's directory vouches for. */
export interface DirectoryPerson {
  readonly tenantId: string;
  /** The directory's object id (`oid`), the same in every app of the tenant; a bot's activities carry it as `aadObjectId`. */
  readonly objectId: string;
  readonly name: string;
  /** The sign-in name when it is an address of the tenant's own; a guest's is another organisation's word. */
  readonly address: string | null;
}

export const SSO_REFUSALS = {
  forged: 'the token is not one of Microsoft Entra for this app',
  expired: 'the token has expired',
  tenant: 'the token is of a tenant that may not use this desk',
  'no-person': 'the token is not a person’s',
  unreachable: 'the login endpoint’s keys cannot be fetched',
} as const;
export type SsoRefusalCode = keyof typeof SSO_REFUSALS;

/** A token of single sign-on that is not taken; the message says what exactly was wrong, for the log. */
export class SsoRefusal extends Error {
  readonly code: SsoRefusalCode;
  constructor(code: SsoRefusalCode, cause?: unknown) {
    super(SSO_REFUSALS[code], { cause });
    this.code = code;
  }
}

export interface SsoSettings {
  readonly appId: string;
  readonly applicationIdUri: string;
  readonly allowedTenants: readonly string[];
  /** Such as https://login.microsoftonline.com. */
  readonly loginUrl: string;
}

const guid = z.guid().transform((text) => text.toLowerCase());
const claims = z.object({
  oid: guid,
  tid: guid,
  scp: z.string().refine((text) => text.split(' ').includes('access_as_user')),
  name: z.string().trim().min(1).max(200).optional(),
  preferred_username: z.string().max(254).optional(),
  upn: z.string().max(254).optional(),
  idp: z.string().optional(),
});
const CLOCK_SECONDS = 60;

/**
 * Verifies the tokens that a tab gets from Teams (`authentication.getAuthToken`): access tokens of Microsoft Entra, version 1 or 2, for this app,
 * signed by the tenant's keys, which are fetched and remembered.
 */
export class SsoVerifier {
  readonly #settings: SsoSettings;
  readonly #keys = new Map<string, JWTVerifyGetKey>();

  constructor(settings: SsoSettings) {
    this.#settings = settings;
  }

  /** @throws SsoRefusal */
  async verify(token: string): Promise<DirectoryPerson> {
    const { appId, applicationIdUri, loginUrl } = this.#settings;
    const tenant = this.#tenantOf(token);
    try {
      const { payload } = await jwtVerify(token, this.#keysOf(tenant), {
        algorithms: ['RS256'],
        audience: [appId, applicationIdUri],
        issuer: [`${loginUrl}/${tenant}/v2.0`, `https://sts.windows.net/${tenant}/`],
        requiredClaims: ['exp', 'iat', 'oid', 'tid'],
        clockTolerance: CLOCK_SECONDS,
      });
      const person = claims.safeParse(payload);
      if (!person.success) throw new SsoRefusal('no-person', person.error);
      const { oid, tid, name } = person.data;
      if (tid !== tenant) throw new SsoRefusal('forged');
      const address = addressOf(person.data);
      return { tenantId: tid, objectId: oid, name: name ?? address ?? oid, address };
    } catch (error) {
      throw error instanceof SsoRefusal ? error : refusalOf(error);
    }
  }

  /** Which tenant a token says it is of: decides whose keys are asked, so it is looked up before anything is believed. */
  #tenantOf(token: string): string {
    let tid: unknown;
    try {
      ({ tid } = decodeJwt(token));
    } catch (error) {
      throw new SsoRefusal('forged', error);
    }
    const tenant = guid.safeParse(tid);
    if (!tenant.success) throw new SsoRefusal('forged', tenant.error);
    if (!this.#settings.allowedTenants.includes(tenant.data)) throw new SsoRefusal('tenant');
    return tenant.data;
  }

  #keysOf(tenant: string): JWTVerifyGetKey {
    const known = this.#keys.get(tenant);
    if (known) return known;
    const keys = createRemoteJWKSet(new URL(`${this.#settings.loginUrl}/${tenant}/discovery/v2.0/keys`));
    this.#keys.set(tenant, keys);
    return keys;
  }
}

function addressOf({ preferred_username, upn, idp }: z.output<typeof claims>): string | null {
  const name = preferred_username ?? upn;
  if (name === undefined || idp !== undefined || name.includes('#')) return null;
  return z.email().safeParse(name).success ? name : null;
}

/** The one place where jose's errors become refusals. */
function refusalOf(error: unknown): SsoRefusal {
  if (error instanceof errors.JWTExpired) return new SsoRefusal('expired', error);
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return new SsoRefusal('unreachable', error);
  // A fetch that failed is a TypeError; an answer other than 200 is jose's plain error.
  if (!(error instanceof errors.JOSEError) || error.code === 'ERR_JOSE_GENERIC') return new SsoRefusal('unreachable', error);
  return new SsoRefusal('forged', error);
}
