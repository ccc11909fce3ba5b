import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type Desk, suggestDisruptions } from '../bot/index.ts';
import type { Catalogue } from '../catalogue/index.ts';
import {
  type AttachmentStore,
  type CaseId,
  type Channel,
  type Checkpoint,
  type Disruption,
  isAllowedWith,
  ROLES,
  scopeOf,
} from '../domain/index.ts';
import type { Queues } from '../queue/index.ts';
import type { Colleague, ListedCase, Register } from '../register/index.ts';
import { actRoutes } from './act-routes.ts';
import { approvalRoutes, approvalsOf } from './approval-routes.ts';
import { attachmentRoutes } from './attachment-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import { bulkRoutes } from './bulk-routes.ts';
import { cannedRoutes } from './canned-routes.ts';
import { NextCase } from './claims.ts';
import { type RegistrationPort, registerRoutes } from './desk-routes.ts';
import { answerError, tooMany, WorkbenchError } from './errors.ts';
import { fitFor } from './fit.ts';
import { intakeRoutes } from './intake-routes.ts';
import { learningRoutes } from './learning-routes.ts';
import { listQuery, readView } from './list-query.ts';
import { LiveCases } from './live-cases.ts';
import { mailRoutes } from './mail-routes.ts';
import { mayRegister } from './may-register.ts';
import { mergeRoutes } from './merge-routes.ts';
import type { OpenIdSettings } from './openid.ts';
import { openIdRoutes } from './openid-routes.ts';
import { partsRoutes } from './parts-routes.ts';
import { peopleRoutes } from './people-routes.ts';
import { presenceRoutes } from './presence-routes.ts';
import type { CaseDetail, CaseList, DisruptionList, Link, Me, NoticeList, Queues as QueueCounts, SignedOut } from './protocol.ts';
import { read, readId } from './read.ts';
import { renderDetail, renderRow } from './render.ts';
import { requireOwnPage, Sessions } from './session.ts';
import type { SignedApprover } from './signed-approver.ts';
import { suggestionRoutes } from './suggestion-routes.ts';
import { systemRoutes } from './system-routes.ts';
import { undoRoutes } from './undo-routes.ts';
import { sharedViewsOf, viewRoutes } from './view-routes.ts';
import { workerRoutes } from './worker-routes.ts';

export interface WorkbenchOptions {
  readonly desk: Desk;
  readonly register: Register;
  readonly files: AttachmentStore;
  /** Takes in again, from its source, what was set aside before it belonged to anything. @returns false when nothing can take it in */
  readonly retake: (it: {
    readonly channel: Channel;
    readonly source: string;
    readonly raw: Buffer;
    readonly arrivedAt: Date;
  }) => Promise<boolean>;
  /** Where the sources of mails are kept. */
  readonly sources: { open(key: string): Promise<AsyncIterable<Uint8Array>> };
  /** The desk's own mail addresses. */
  readonly ownAddresses: readonly string[];
  readonly queues: Pick<Queues, 'take' | 'remove'>;
  readonly catalogue: () => Catalogue;
  /** The known disruptions that run. */
  readonly disruptions: { current(): readonly Disruption[]; refresh(): Promise<void> };
  /** The organisation's OpenID provider; null: one-time links alone. */
  readonly openid: OpenIdSettings | null;
  /** For who signs in to approve by the link in a mail; null where that asks no sign-in. */
  readonly approver: SignedApprover | null;
  /** The channels in which people talk to and fro: there a colleague can take the conversation over. */
  readonly chats: ReadonlySet<Channel>;
  /** Whether webhooks may go to loopback and private addresses. */
  readonly webhooksInside: boolean;
  /** Where people reach this desk, without a slash at the end. */
  readonly publicUrl: string;
  /** Takes in what is registered for somebody else. */
  readonly registration: RegistrationPort;
  /** For how long what goes out can be taken back. */
  readonly undoSeconds: number;
  readonly checkpoint: (checkpoint: Checkpoint) => void;
}

/** Reports of this long ago may still have one cause. */
const SUGGEST_FROM_MS = 3_600_000;
const token = z.object({ token: z.string().min(20).max(200) });
const seenRequest = z.object({ ids: z.array(z.uuid()).max(200) });

const linkRequest = z.object({
  address: z.email().max(254),
  name: z.string().trim().min(1).max(120).optional(),
  role: z.enum(ROLES),
  team: z.string().max(100).optional(),
});

/** The routes under `/api/workbench`; what they take and give stands in `protocol.ts`. */
export async function workbenchApi(app: FastifyInstance, options: WorkbenchOptions): Promise<void> {
  const { desk, register } = options;
  const sessions = new Sessions(register, options.publicUrl);
  const nextCase = new NextCase(options);
  const live = new LiveCases(register.live);
  app.addHook('preClose', async () => live.close());
  app.addHook('onRequest', async (request) => {
    if (request.method !== 'GET') requireOwnPage(request);
  });
  app.addHook('onSend', async (_, reply) => {
    reply.header('cache-control', 'no-store');
  });
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply));

  app.post('/session/peek', async (request): Promise<{ name: string; role: string }> => {
    const colleague = await register.signIn.peek(read(token, request.body).token);
    if (!colleague) throw new WorkbenchError('link-spent');
    return { name: colleague.name, role: colleague.role };
  });
  app.post('/session', async (request, reply): Promise<Me> => {
    const spent = await register.signIn.spend(read(token, request.body).token);
    if (!spent) throw new WorkbenchError('link-spent');
    sessions.begin(reply, spent.session, spent.expiresAt);
    return me(spent.colleague, options.catalogue());
  });
  const endAtProvider = await openIdRoutes(app, {
    register,
    sessions,
    openid: options.openid,
    approver: options.approver,
    groups: () => options.catalogue().organisation.directoryGroups ?? [],
    publicUrl: options.publicUrl,
  });
  app.post('/sign-out', async (request, reply): Promise<SignedOut> => {
    const byOpenId = await sessions.end(request, reply);
    return { continueAt: byOpenId ? await endAtProvider() : null };
  });
  app.get('/me', async (request): Promise<Me> => me(await sessions.colleague(request), options.catalogue()));

  app.get('/queues', async (request): Promise<QueueCounts> => {
    const colleague = await sessions.colleague(request);
    const counts = await register.cases.counts(colleague);
    const teams = teamsOf(colleague, options.catalogue());
    const approvals = (await approvalsOf(register, colleague.id)).length;
    return { ...counts, approvals, teams: teams.map((team) => counts.teams.find((it) => it.team === team) ?? { team, open: 0, late: 0 }) };
  });

  app.get('/cases', async (request): Promise<CaseList> => {
    const colleague = await sessions.colleague(request);
    const { view, search, order, after, ...filter } = read(listQuery, request.query);
    const page = await register.cases.list(readView(view), colleague, { filter, order, search, after });
    const fit = await fitFor(colleague, register, options.catalogue());
    return { cases: page.cases.map((it) => ({ ...renderRow(it), ...fit(it.case) })), next: page.next };
  });

  const foundBy = (id: string, colleague: Colleague): Promise<ListedCase> => found(register, readId(id), colleague);
  const detail = async (id: CaseId, colleague: Colleague): Promise<CaseDetail> => rendered(await found(register, id, colleague), colleague);
  const rendered = async (it: ListedCase, colleague: Colleague): Promise<CaseDetail> => ({
    ...(await renderDetail(it, colleague, register, options.catalogue(), options.chats)),
    ...(await fitFor(colleague, register, options.catalogue()))(it.case),
  });

  app.get<{ Params: { id: string } }>('/cases/:id', async (request): Promise<CaseDetail> => {
    const colleague = await sessions.colleague(request);
    return detail(readId(request.params.id), colleague);
  });

  app.post<{ Params: { team: string } }>('/teams/:team/next', async (request, reply): Promise<CaseDetail | undefined> => {
    const colleague = await sessions.colleague(request);
    const { team } = request.params;
    if (!isAllowedWith(colleague, 'work', { team, worker: null }) || !teamsOf(colleague, options.catalogue()).includes(team))
      throw new WorkbenchError('not-allowed');
    const given = await nextCase.next(team, colleague);
    if (given.kind === 'too-many') throw tooMany(given);
    if (given.kind === 'claimed') return detail(given.case, colleague);
    return reply.status(204).send();
  });

  await actRoutes(app, { ...options, sessions, found: foundBy, rendered });
  await bulkRoutes(app, { ...options, sessions, found: foundBy });

  app.get('/notices', async (request): Promise<NoticeList> => {
    const notices = await register.notices.list(await sessions.colleague(request));
    return { notices: notices.map(({ role: _, ...notice }) => ({ ...notice, at: notice.at.toISOString() })) };
  });
  app.post('/notices/seen', async (request): Promise<Record<string, never>> => {
    const colleague = await sessions.colleague(request);
    await register.notices.seen(read(seenRequest, request.body).ids, colleague);
    return {};
  });

  await app.register(attachmentRoutes, {
    register,
    files: options.files,
    sessions,
    found: foundBy,
  });

  app.get('/disruptions', async (request): Promise<DisruptionList> => {
    const colleague = await sessions.colleague(request);
    const teams = new Set(teamsOf(colleague, options.catalogue()));
    const recent = await register.disruptions.recent(new Date(Date.now() - SUGGEST_FROM_MS));
    return {
      running: (await register.disruptions.running()).flatMap(({ announced, product, ...it }) =>
        announced && product !== null
          ? [{ ...it, product, expectedBy: it.expectedBy?.toISOString() ?? null, declaredAt: it.declaredAt.toISOString() }]
          : [],
      ),
      suggested: suggestDisruptions(recent.filter(({ team }) => teams.has(team))).map(({ product, place, reports }) => ({
        product,
        place,
        cases: reports.map(({ id, reference, title }) => ({ id, reference, title })),
      })),
    };
  });

  app.post('/links', async (request): Promise<Link> => {
    const admin = await sessions.administrator(request);
    const { address, name, role, team } = read(linkRequest, request.body);
    if (team !== undefined && !options.catalogue().organisation.teams.some((it) => it.id === team))
      throw new WorkbenchError('unknown-team');
    const link = await register.signIn.invite({ address, name: name ?? null, role, team: team ?? null, by: admin.id });
    return { url: signInUrl(options.publicUrl, link.token), expiresAt: link.expiresAt.toISOString() };
  });

  await intakeRoutes(app, options, sessions);
  await app.register(registerRoutes, { desk, register, files: options.files, sessions, registration: options.registration });
  await peopleRoutes(app, { register, sessions });
  await mergeRoutes(app, {
    ...{ desk, register, sessions },
    queues: options.queues,
    disruptions: options.disruptions,
    found: foundBy,
  });
  await partsRoutes(app, {
    desk,
    register,
    sessions,
    catalogue: options.catalogue,
    found: foundBy,
  });
  await approvalRoutes(app, { desk, register, sessions, catalogue: options.catalogue });

  await mailRoutes(app, {
    register,
    sessions,
    sources: options.sources,
    ownAddresses: options.ownAddresses,
    found: foundBy,
  });
  const withCase = {
    register,
    sessions,
    catalogue: options.catalogue,
    found: foundBy,
  };
  await cannedRoutes(app, { ...withCase, teamsOf: (colleague) => teamsOf(colleague, options.catalogue()) });
  await viewRoutes(app, { register, sessions, catalogue: options.catalogue });
  await suggestionRoutes(app, withCase);
  await workerRoutes(app, withCase);
  await presenceRoutes(app, {
    register,
    sessions,
    presence: live.presence,
    teamsOf: (colleague) => teamsOf(colleague, options.catalogue()),
    readId,
  });
  await undoRoutes(app, { desk, sessions, found: foundBy, detail });
  await auditRoutes(app, { register, sessions });
  await systemRoutes(app, { register, sessions, webhooksInside: options.webhooksInside });
  await learningRoutes(app, { register, sessions, catalogue: options.catalogue });

  app.get('/events', async (request, reply) => {
    const colleague = await sessions.colleague(request);
    live.open(new Set(teamsOf(colleague, options.catalogue())), reply);
  });
}

/** The link's token stands behind the #: a browser sends it to nobody, so that it is in no log. */
export function signInUrl(publicUrl: string, secret: string): string {
  return `${publicUrl}/workbench/sign-in#${secret}`;
}

async function found(register: Register, id: CaseId, colleague: Colleague): Promise<ListedCase> {
  const it = await register.cases.find(id, colleague);
  if (!it) throw new WorkbenchError('not-found');
  return it;
}

function me(colleague: Colleague, catalogue: Catalogue): Me {
  return {
    id: colleague.id,
    name: colleague.name,
    role: colleague.role,
    teams: teamsOf(colleague, catalogue),
    organisation: catalogue.organisation.name,
    agent: mayRegister(colleague),
    sharesViews: sharedViewsOf(colleague, catalogue),
    allTeams: catalogue.organisation.teams.map(({ id, name }) => ({ id, name })),
    products: catalogue.products.map(({ id, name, team }) => ({ id, name, team })),
  };
}

/** Whose queues somebody sees. */
function teamsOf(colleague: Colleague, catalogue: Catalogue): string[] {
  return scopeOf(colleague.role, 'read') === 'all' ? catalogue.organisation.teams.map(({ id }) => id) : [...colleague.teams];
}
