import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ApiToken, Register } from '../register/index.ts';

/** Why a call is not let in. */
export type TurnedAway = { readonly kind: 'no-token' | 'bad-token' } | { readonly kind: 'too-many'; readonly seconds: number };

/**
 * Lets in who carries a token of the API (RFC 6750), so often a minute: all processes of the desk count together.
 * @param refusal what is thrown, in the form of this interface
 * @returns whose token a request carries
 */
export function guard(
  app: FastifyInstance,
  apiTokens: Register['apiTokens'],
  perMinute: number,
  refusal: (why: TurnedAway) => Error,
): (request: FastifyRequest) => ApiToken {
  const tokens = new WeakMap<FastifyRequest, ApiToken>();
  app.addHook('onRequest', async (request, reply) => {
    const { authorization } = request.headers;
    if (authorization === undefined) throw refusal({ kind: 'no-token' });
    const secret = /^Bearer (loket_[\w-]{43})$/i.exec(authorization)?.[1];
    const used = secret === undefined ? null : await apiTokens.use(secret);
    if (!used) throw refusal({ kind: 'bad-token' });
    reply.header('x-ratelimit-limit', perMinute).header('x-ratelimit-remaining', Math.max(0, perMinute - used.calls));
    reply.header('x-ratelimit-reset', used.secondsLeft);
    if (used.calls > perMinute) {
      reply.header('retry-after', used.secondsLeft);
      throw refusal({ kind: 'too-many', seconds: used.secondsLeft });
    }
    tokens.set(request, used.token);
  });
  return (request) => {
    const token = tokens.get(request);
    if (!token) throw refusal({ kind: 'no-token' });
    return token;
  };
}
