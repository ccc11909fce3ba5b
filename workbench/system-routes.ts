import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { newWebhookSecret, type PersonId, parseId, readScope, unknownScope, WEBHOOK_EVENTS } from '../domain/index.ts';
import { whyNotPosted } from '../queue/index.ts';
import type { ApiToken, Register, WebhookSubscription } from '../register/index.ts';
import { WorkbenchError } from './errors.ts';
import type { MadeToken, MadeWebhook, TokenList, TokenRow, WebhookList, WebhookLog, WebhookRow } from './protocol.ts';
import { read } from './read.ts';
import type { Sessions } from './session.ts';

const DAY_MS = 24 * 3_600_000;
const tokenRequest = z.object({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(z.string().max(120)).min(1).max(50),
  days: z.number().int().min(1).max(3650),
});
const webhookRequest = z.object({ url: z.string().trim().max(2000), events: z.array(z.enum(WEBHOOK_EVENTS)).min(1) });

interface SystemRouteOptions {
  readonly register: Pick<Register, 'apiTokens' | 'webhooks'>;
  readonly sessions: Sessions;
  /** Whether webhooks may go to loopback and private addresses. */
  readonly webhooksInside: boolean;
}

interface ById {
  Params: { id: string };
}

/** Other systems, for administrators: their tokens, and what they are told. */
export async function systemRoutes(app: FastifyInstance, { register, sessions, webhooksInside }: SystemRouteOptions): Promise<void> {
  const { apiTokens, webhooks } = register;

  app.get('/tokens', async (request): Promise<TokenList> => {
    await sessions.administrator(request);
    return { tokens: (await apiTokens.list()).map(renderToken) };
  });
  app.post('/tokens', async (request): Promise<MadeToken> => {
    const admin = await sessions.administrator(request);
    const { name, scopes, days } = read(tokenRequest, request.body);
    const problem = unknownScope(scopes);
    if (problem !== null) throw new WorkbenchError('invalid', undefined, problem);
    const { secret, token } = await apiTokens.create({
      name,
      scopes: scopes.flatMap((scope) => readScope(scope) ?? []),
      expiresAt: new Date(Date.now() + days * DAY_MS),
      by: admin.id,
    });
    return { token: renderToken(token), secret };
  });
  app.post<ById>('/tokens/:id/revoke', async (request): Promise<TokenList> => {
    const admin = await sessions.administrator(request);
    const id = parseId<PersonId>(request.params.id);
    if (!id || !(await apiTokens.revoke(id, admin.id))) throw new WorkbenchError('not-now');
    return { tokens: (await apiTokens.list()).map(renderToken) };
  });

  const list = async (): Promise<WebhookList> => ({ webhooks: (await webhooks.list()).map(renderWebhook) });
  app.get('/webhooks', async (request): Promise<WebhookList> => {
    await sessions.administrator(request);
    return await list();
  });
  app.post('/webhooks', async (request): Promise<MadeWebhook> => {
    const admin = await sessions.administrator(request);
    const { url, events } = read(webhookRequest, request.body);
    const problem = whyNotPosted(url, webhooksInside);
    if (problem !== null) throw new WorkbenchError('invalid', undefined, problem);
    const secret = newWebhookSecret();
    return { webhook: renderWebhook(await webhooks.subscribe({ url, events, secret, by: admin.id })), secret };
  });
  app.post<ById>('/webhooks/:id/resume', async (request): Promise<WebhookList> => {
    const admin = await sessions.administrator(request);
    if (!(await webhooks.switchOn(idOf(request.params.id), admin.id))) throw new WorkbenchError('not-now');
    return await list();
  });
  app.post<ById>('/webhooks/:id/remove', async (request): Promise<WebhookList> => {
    const admin = await sessions.administrator(request);
    if (!(await webhooks.remove(idOf(request.params.id), admin.id))) throw new WorkbenchError('not-now');
    return await list();
  });
  const log = async (id: string): Promise<WebhookLog> => ({
    deliveries: (await webhooks.log(id)).map(({ dueAt, doneAt, createdAt, case: about, ...it }) => ({
      ...it,
      case: about,
      at: (doneAt ?? createdAt).toISOString(),
      again: it.state === 'pending' ? dueAt.toISOString() : null,
    })),
  });
  app.get<ById>('/webhooks/:id/deliveries', async (request): Promise<WebhookLog> => {
    await sessions.administrator(request);
    return await log(idOf(request.params.id));
  });
  app.post<{ Params: { id: string; delivery: string } }>(
    '/webhooks/:id/deliveries/:delivery/replay',
    async (request): Promise<WebhookLog> => {
      await sessions.administrator(request);
      const id = idOf(request.params.id);
      if (!(await webhooks.replay(id, idOf(request.params.delivery)))) throw new WorkbenchError('not-now');
      return await log(id);
    },
  );
}

function idOf(text: string): string {
  const id = z.uuid().safeParse(text);
  if (!id.success) throw new WorkbenchError('not-now');
  return id.data;
}

function renderToken({ createdAt, expiresAt, lastUsedAt, revokedAt, ...token }: ApiToken): TokenRow {
  return {
    ...token,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
  };
}

function renderWebhook({ createdAt, failingSince, ...it }: WebhookSubscription): WebhookRow {
  return { ...it, createdAt: createdAt.toISOString(), failingSince: failingSince?.toISOString() ?? null };
}
