import { createHash, randomUUID, X509Certificate } from 'node:crypto';
import { createServer } from 'node:http';
import { decodeProtectedHeader, importX509, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { certificate } from '../../test/support/certificate.ts';
import { type Credential, TokenError, Tokens } from './tokens.ts';

const APP = randomUUID();
const TENANT = randomUUID();
const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const own = certificate('desk.example.org', 'rsa');
const other = certificate('other.example.org', 'rsa');

/** A login endpoint that knows the app by one certificate, and checks what it is shown as RFC 7523, 3 says. */
const asked: URLSearchParams[] = [];
let expires = 3600;
const login = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
    asked.push(body);
    const url = `${loginUrl()}${request.url}`;
    proven(body, url).then(
      () => response.end(JSON.stringify({ token_type: 'Bearer', expires_in: expires, access_token: `token-${asked.length}` })),
      (error: unknown) =>
        response
          .writeHead(401)
          .end(JSON.stringify({ error: 'invalid_client', error_description: `AADSTS700027: ${error}\r\nTrace ID: 0` })),
    );
  });
});
const loginUrl = (): string => {
  const address = login.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
};

async function proven(body: URLSearchParams, url: string): Promise<void> {
  const assertion = body.get('client_assertion') ?? '';
  const thumbprint = createHash('sha256').update(new X509Certificate(own.cert).raw).digest('base64url');
  if (body.get('client_assertion_type') !== TYPE) throw new Error('no assertion of the type that is taken');
  if (decodeProtectedHeader(assertion)['x5t#S256'] !== thumbprint)
    throw new Error('the certificate with this thumbprint is not registered');
  const { payload } = await jwtVerify(assertion, await importX509(own.cert, 'PS256'), {
    algorithms: ['PS256'],
    audience: url,
    issuer: APP,
    subject: APP,
    requiredClaims: ['jti', 'nbf', 'exp'],
  });
  if ((payload.exp ?? 0) > Date.now() / 1000 + 24 * 3600) throw new Error('it is valid for too long');
}

beforeAll(() => new Promise<void>((resolve) => login.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise<unknown>((resolve) => login.close(resolve)));
beforeEach(() => {
  asked.length = 0;
  expires = 3600;
});

const tokens = (credential: Credential, now?: () => number): Tokens =>
  new Tokens({ appId: APP, tenantId: TENANT, loginUrl: loginUrl(), credential, ...(now ? { now } : {}) });
const withCertificate = (pair: { readonly cert: string; readonly key: string }): Credential => ({
  kind: 'certificate',
  certificate: pair.cert,
  key: pair.key,
});

describe('sign-in with a certificate', () => {
  test('the login endpoint is shown an assertion that the certificate’s key has signed, and no secret', async () => {
    expect(await tokens(withCertificate(own)).get()).toBe('token-1');
    const [body] = asked;
    expect(body?.get('grant_type')).toBe('client_credentials');
    expect(body?.get('client_id')).toBe(APP);
    expect(body?.get('scope')).toBe('https://api.botframework.com/.default');
    expect(body?.has('client_secret')).toBe(false);
    expect(body?.toString()).not.toContain('PRIVATE');
  });

  test('each assertion is another', async () => {
    const it = tokens(withCertificate(own));
    await it.get();
    it.forget();
    expect(await it.get()).toBe('token-2');
    expect(asked[0]?.get('client_assertion')).not.toBe(asked[1]?.get('client_assertion'));
  });

  test('a certificate that is not registered is refused with Microsoft’s own number', async () => {
    const refused = await tokens(withCertificate(other))
      .get()
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(TokenError);
    expect(refused).toMatchObject({ aadCode: 'AADSTS700027', message: expect.not.stringContaining('Trace') });
  });

  test.each([
    ['the key of another certificate', { cert: own.cert, key: other.key }],
    ['no certificate', { cert: 'hello', key: own.key }],
    ['no key', { cert: own.cert, key: '' }],
    ['a key that Entra does not take', certificate('desk.example.org', 'ec')],
  ])('%s is said before anybody is asked', async (_, pair) => {
    await expect(tokens(withCertificate(pair)).get()).rejects.toBeInstanceOf(TokenError);
    expect(asked).toEqual([]);
  });
});

describe('tokens', () => {
  test('calls at once share one request, and a token is used until shortly before it ends', async () => {
    let now = Date.now();
    const it = tokens(withCertificate(own), () => now);
    expect(new Set(await Promise.all([it.get(), it.get(), it.get()]))).toEqual(new Set(['token-1']));
    now += 54 * 60_000;
    expect(await it.get()).toBe('token-1');
    now += 2 * 60_000;
    expect(await it.get().catch(String)).not.toBe('token-1');
  });
});
