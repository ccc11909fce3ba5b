import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Signed webhooks as "Standard Webhooks" describes them (standardwebhooks.com): the headers `webhook-id` (the idempotency key),
 * `webhook-timestamp` (seconds) and `webhook-signature` (`v1,` and the HMAC-SHA256 of `id.timestamp.body` in base64; several, separated by blanks,
 * while a secret is being changed).
 */
export interface SignedHeaders {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

/** What was signed longer ago, or later, is a replay or a wrong clock. */
const TOLERANCE_S = 5 * 60;
const LONGEST_ID = 200;

export function sign(secret: string, id: string, body: string, at: Date): SignedHeaders {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${macOf(secret, id, timestamp, body).toString('base64')}`,
  };
}

/** Whether a message is from who knows the secret, and of now. */
export function verify(
  secret: string,
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  body: string | Buffer,
  now: Date,
): { readonly kind: 'genuine'; readonly id: string } | { readonly kind: 'refused'; readonly reason: string } {
  const read = (name: string): string => {
    const value = headers[name];
    return typeof value === 'string' ? value : '';
  };
  const id = read('webhook-id');
  const timestamp = read('webhook-timestamp');
  if (id === '' || id.length > LONGEST_ID || !/^\d{1,12}$/.test(timestamp)) return { kind: 'refused', reason: 'it is not signed' };
  const expected = macOf(secret, id, timestamp, body);
  const given = read('webhook-signature')
    .split(' ')
    .filter((part) => part.startsWith('v1,'));
  const right = given.some((part) => {
    const mac = Buffer.from(part.slice('v1,'.length), 'base64');
    return mac.length === expected.length && timingSafeEqual(mac, expected);
  });
  if (!right) return { kind: 'refused', reason: 'the signature is wrong' };
  const age = Math.abs(now.getTime() / 1000 - Number(timestamp));
  if (age > TOLERANCE_S) return { kind: 'refused', reason: 'it was signed too long ago, or by a clock that is wrong' };
  return { kind: 'genuine', id };
}

/** A secret is text, or bytes as `whsec_` and base64. */
function macOf(secret: string, id: string, timestamp: string, body: string | Buffer): Buffer {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret);
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
}
