import type { FastifyInstance, FastifyReply } from 'fastify';
import type { DirectoryGroup, Register } from '../register/index.ts';
import { OpenId, OpenIdError, type OpenIdSettings } from './openid.ts';
import type { WaysIn } from './protocol.ts';
import type { Sessions } from './session.ts';
import { APPROVAL_LINK, type SignedApprover } from './signed-approver.ts';

export interface OpenIdOptions {
  readonly register: Pick<Register, 'signIn' | 'keys'>;
  readonly sessions: Sessions;
  /** Null: one-time links alone. */
  readonly openid: OpenIdSettings | null;
  /** What the directory's groups are at this desk. */
  readonly groups: () => readonly DirectoryGroup[];
  /** For who signs in to approve by the link in a mail; null where that asks no sign-in. */
  readonly approver: SignedApprover | null;
  readonly publicUrl: string;
}

const BACK = '/api/workbench/openid/back';

/** Why somebody comes back to the sign-in page. */
type Problem = 'no-role' | 'other-person' | OpenIdError['code'];

/** Sign-in by the organisation's provider; the way to begin, and where the browser comes back. @returns how such a session ends at the provider */
export async function openIdRoutes(app: FastifyInstance, options: OpenIdOptions): Promise<() => Promise<string | null>> {
  const { register, sessions, publicUrl, approver } = options;
  const openid = options.openid && new OpenId(options.openid, `${publicUrl}${BACK}`, await register.keys.get('openid'));
  app.get('/sign-in', async (): Promise<WaysIn> => ({ openid: openid !== null }));
  if (!openid) return async () => null;

  const turnAway = (reply: FastifyReply, problem: Problem) => reply.redirect(`${publicUrl}/workbench/sign-in?problem=${problem}`);
  const problemOf = (error: unknown): Problem => {
    if (!(error instanceof OpenIdError)) throw error;
    app.log.warn({ err: error }, 'a sign-in by OpenID Connect failed');
    return error.code;
  };

  app.get<{ Querystring: { approval?: unknown } }>('/openid/start', async ({ query }, reply) => {
    const approval = typeof query.approval === 'string' && APPROVAL_LINK.test(query.approval) ? query.approval : undefined;
    try {
      const { url, ticket, seconds } = await openid.begin(approval);
      sessions.askProvider(reply, ticket, seconds);
      return await reply.redirect(url);
    } catch (error) {
      return await turnAway(reply, problemOf(error));
    }
  });

  app.get('/openid/back', async (request, reply) => {
    const ticket = sessions.askedProvider(request, reply);
    try {
      if (!ticket) return await turnAway(reply, 'not-valid');
      const [, query = ''] = request.url.split('?');
      const { person, approval } = await openid.finish(`?${query}`, ticket);
      if (approval !== null && approver) {
        const known = await register.signIn.known(person);
        return await reply.redirect(known ? await approver.begin(reply, approval, known) : `${approver.pageOf(approval)}?unknown`);
      }
      const entered = await register.signIn.enter(person, options.groups());
      if (entered.kind !== 'entered') return await turnAway(reply, entered.kind);
      sessions.begin(reply, entered.session, entered.expiresAt);
      return await reply.redirect(`${publicUrl}/workbench/`);
    } catch (error) {
      return await turnAway(reply, problemOf(error));
    }
  });

  return async () => await openid.end(`${publicUrl}/workbench/sign-in`);
}
