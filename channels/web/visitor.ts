import { jwtVerify } from 'jose';
import { z } from 'zod';
import { ChatError } from './errors.ts';

const claims = z.object({
  sub: z.string().min(1).max(200),
  name: z.string().min(1).max(200),
  email: z.email().max(254).optional(),
  exp: z.number(),
});

/** Somebody the intranet vouches for. */
export interface Vouched {
  readonly externalId: string;
  readonly name: string;
  readonly address: string | null;
}

/**
 * Reads the token that the intranet signed (JWT, RFC 7519, HS256): sub, name, email, exp.
 * @param key the shared secret; null when none is configured, and then no token is accepted
 * @throws ChatError `bad-token` for a forged, expired or incomplete one
 */
export async function readVisitorToken(token: string, key: string | null): Promise<Vouched> {
  if (key === null) throw new ChatError('bad-token', { detail: 'no LOKET_CHAT_KEY is configured' });
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(key), { algorithms: ['HS256'] });
    const { sub, name, email } = claims.parse(payload);
    return { externalId: sub, name, address: email ?? null };
  } catch (error) {
    throw new ChatError('bad-token', {
      detail: error instanceof z.ZodError ? 'the token lacks sub, name or exp' : 'the token is forged or expired',
    });
  }
}
