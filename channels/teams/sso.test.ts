import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SsoVerifier } from './sso.ts';

const APP = '8c2b7a5e-0f4d-4e0a-9a51-3b1c2d3e4f50';
const TENANT = '1b2c3d4e-5f60-4711-8a9b-0c1d2e3f4a5b';
const OTHER = '2b2c3d4e-5f60-4711-8a9b-0c1d2e3f4a5b';
const OID = '3b2c3d4e-5f60-4711-8a9b-0c1d2e3f4a5b';
const URI = `api://desk.example.org/botid-${APP}`;

const ours = await generateKeyPair('RS256', { extractable: true });
const stranger = await generateKeyPair('RS256');
let server: Server;
let loginUrl = '';
let broken = false;
const asked: string[] = [];

beforeAll(async () => {
  const keys = [{ ...(await exportJWK(ours.publicKey)), kid: 'ours', use: 'sig' }];
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(broken ? 503 : 200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  loginUrl = `http://127.0.0.1:${port}`;
});
afterAll(() => server.close());

const verifier = () => new SsoVerifier({ appId: APP, applicationIdUri: URI, allowedTenants: [TENANT], loginUrl });
const PERSON: JWTPayload = { oid: OID, tid: TENANT, scp: 'access_as_user', name: 'Anna Bakker', preferred_username: 'anna@example.org' };

interface Making {
  readonly claims?: JWTPayload;
  readonly issuer?: string;
  readonly audience?: string;
  readonly expires?: string | number;
  readonly key?: CryptoKey;
  readonly kid?: string;
}

function token({ claims = {}, issuer, audience = APP, expires = '5m', key = ours.privateKey, kid = 'ours' }: Making = {}): Promise<string> {
  return new SignJWT({ ...PERSON, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid })
    .setIssuedAt()
    .setIssuer(issuer ?? `${loginUrl}/${TENANT}/v2.0`)
    .setAudience(audience)
    .setExpirationTime(expires)
    .sign(key);
}

describe('a token of single sign-on', () => {
  it('is taken in both of its versions, and says who it is', async () => {
    const anna = { tenantId: TENANT, objectId: OID, name: 'Anna Bakker', address: 'anna@example.org' };
    expect(await verifier().verify(await token())).toEqual(anna);
    const first = { preferred_username: undefined, upn: 'anna@example.org', scp: 'other access_as_user' };
    expect(await verifier().verify(await token({ claims: first, audience: URI, issuer: `https://sts.windows.net/${TENANT}/` }))).toEqual(
      anna,
    );
  });

  it('asks for the tenant’s keys once', async () => {
    asked.length = 0;
    const one = verifier();
    for (let n = 0; n < 5; n++) await one.verify(await token());
    expect(asked).toEqual([`/${TENANT}/discovery/v2.0/keys`]);
  });

  it('of a guest says nothing of an address', async () => {
    for (const claims of [
      { idp: 'https://sts.windows.net/other/' },
      { preferred_username: 'eve_gmail.com#EXT#@example.org' },
      { preferred_username: 'Anna' },
    ])
      expect(await verifier().verify(await token({ claims }))).toMatchObject({ objectId: OID, address: null });
  });

  it.each<[string, string, () => Promise<string>]>([
    ['of another app', 'forged', () => token({ audience: OTHER })],
    ['of another issuer', 'forged', () => token({ issuer: `https://login.example.org/${TENANT}/v2.0` })],
    ['whose issuer is another tenant', 'forged', () => token({ issuer: `${loginUrl}/${OTHER}/v2.0` })],
    ['of another tenant', 'tenant', () => token({ claims: { tid: OTHER }, issuer: `${loginUrl}/${OTHER}/v2.0` })],
    ['that has expired', 'expired', () => token({ expires: Math.floor(Date.now() / 1000) - 61 })],
    ['signed by somebody else', 'forged', () => token({ key: stranger.privateKey })],
    ['of a key that the tenant has not', 'forged', () => token({ kid: 'unknown' })],
    ['that nobody signed', 'forged', async () => new UnsecuredJWT({ ...PERSON, aud: APP, iss: `${loginUrl}/${TENANT}/v2.0` }).encode()],
    [
      'signed with the public key as a secret',
      'forged',
      async () =>
        new SignJWT({ ...PERSON, aud: APP, iss: `${loginUrl}/${TENANT}/v2.0` })
          .setProtectedHeader({ alg: 'HS256', kid: 'ours' })
          .setIssuedAt()
          .setExpirationTime('5m')
          .sign(new TextEncoder().encode(JSON.stringify(await exportJWK(ours.publicKey)))),
    ],
    [
      'changed on the way',
      'forged',
      async () => (await token()).replace(/\.[^.]+\./, `.${Buffer.from(JSON.stringify({ ...PERSON, oid: OTHER })).toString('base64url')}.`),
    ],
    ['of an app, not a person', 'no-person', () => token({ claims: { scp: undefined, roles: ['all'] } })],
    ['with another permission', 'no-person', () => token({ claims: { scp: 'User.Read' } })],
    ['with an oid that is none', 'no-person', () => token({ claims: { oid: "' or true" } })],
    ['without an oid', 'forged', () => token({ claims: { oid: undefined } })],
    ['without a tenant', 'forged', () => token({ claims: { tid: undefined } })],
    ['with a tenant that is a path', 'forged', () => token({ claims: { tid: '../common' } })],
    ['that is no token', 'forged', async () => 'nonsense'],
    ['that is empty', 'forged', async () => ''],
    ['that is huge', 'forged', async () => 'x.'.repeat(50_000)],
  ])('%s is refused', async (_, code, make) => {
    await expect(verifier().verify(await make())).rejects.toMatchObject({ code });
  });

  it('cannot be judged while the keys are out of reach, and can be when they are back', async () => {
    const one = verifier();
    broken = true;
    await expect(one.verify(await token())).rejects.toMatchObject({ code: 'unreachable' });
    broken = false;
    expect(await one.verify(await token())).toMatchObject({ objectId: OID });
    const nowhere = new SsoVerifier({ appId: APP, applicationIdUri: URI, allowedTenants: [TENANT], loginUrl: 'http://127.0.0.1:1' });
    await expect(nowhere.verify(await token())).rejects.toMatchObject({ code: 'unreachable' });
  });
});
