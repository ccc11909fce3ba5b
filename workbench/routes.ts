import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type CaseAction, type Desk, suggestDisruptions } from '../bot/index.ts';
import type { Catalogue } from '../catalogue/index.ts';
import {
  type AttachmentId,
  type AttachmentStore,
  type CaseId,
  type Channel,
  type Checkpoint,
  type Disruption,
  type DisruptionId,
  isAllowedWith,
  KINDS,
  MAX_ATTACHMENTS,
  type PersonId,
  PRIORITIES,
  parseId,
  ROLES,
  scopeOf,
} from '../domain/index.ts';
import type { Queues } from '../queue/index.ts';
import type { Colleague, ListedCase, Register } from '../register/index.ts';
import { approvalRoutes, approvalsOf } from './approval-routes.ts';
import { attachmentRoutes } from './attachment-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import { cannedRoutes } from './canned-routes.ts';
import { NextCase } from './claims.ts';
import { type RegistrationPort, registerRoutes } from './desk-routes.ts';
import { answerError, WorkbenchError, type WorkbenchErrorCode } from './errors.ts';
import { fitFor } from './fit.ts';
import { intakeRoutes } from './intake-routes.ts';
import { learningRoutes } from './learning-routes.ts';
import { listQuery, readView } from './list-query.ts';
import { LiveCases } from './live-cases.ts';
import { choosingRequester, goOnWith, mailRoutes } from './mail-routes.ts';
import { mayRegister } from './may-register.ts';
import { mergeRoutes } from './merge-routes.ts';
import type { OpenIdSettings } from './openid.ts';
import { openIdRoutes } from './openid-routes.ts';
import { partsRoutes } from './parts-routes.ts';
import { peopleRoutes } from './people-routes.ts';
import { presenceRoutes } from './presence-routes.ts';
import type { CaseDetail, CaseList, DisruptionList, Link, Me, NoticeList, Queues as QueueCounts, SignedOut } from './protocol.ts';
import { read } from './read.ts';
import { mayAct, renderDetail, renderRow } from './render.ts';
import { requireOwnPage, Sessions } from './session.ts';
import { suggestionRoutes } from './suggestion-routes.ts';
import { systemRoutes } from './system-routes.ts';
import { holdFor, undoRoutes } from './undo-routes.ts';
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

const MAX_TEXT = 8_000;
/** Reports of this long ago may still have one cause. */
const SUGGEST_FROM_MS = 3_600_000;
const BODY_LIMIT = 128 * 1024;
const token = z.object({ token: z.string().min(20).max(200) });
const words = z
  .string()
  .trim()
  .min(1)
  .max(MAX_TEXT)
  .transform((text) => text.toWellFormed().replaceAll('\u0000', '\uFFFD'));

const attachments = z
  .array(z.uuid())
  .max(MAX_ATTACHMENTS)
  .transform((ids) => [...new Set(ids)].flatMap((id) => parseId<AttachmentId>(id.toLowerCase()) ?? []))
  .optional();
const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

const action = z.discriminatedUnion('action', [
  z.object({ action: z.literal('claim'), beyond: z.literal(true).optional() }),
  z.object({ action: z.literal('release') }),
  z.object({ action: z.literal('ask'), text: words, attachments }),
  z.object({ action: z.literal('reply'), text: words, attachments }),
  z.object({
    action: z.literal('chat'),
    text: words,
    from: z
      .uuid()
      .transform((id) => parseId<PersonId>(id) ?? undefined)
      .optional(),
    attachments,
  }),
  z.object({ action: z.literal('hand-back') }),
  z.object({ action: z.literal('wait'), reason: words }),
  z.object({ action: z.literal('resume') }),
  z.object({ action: z.literal('ready'), text: words, attachments }),
  z
    .object({
      action: z.literal('move'),
      team: z.string().max(100).optional(),
      product: z.string().max(100).optional(),
      kind: z.enum(KINDS).optional(),
    })
    .refine((it) => it.team !== undefined || it.product !== undefined || it.kind !== undefined, 'a team, a product or a kind'),
  z.object({ action: z.literal('split'), text: words, product: z.string().max(100).optional() }),
  z.object({ action: z.literal('set-requester'), mail: z.uuid() }),
  z.object({ action: z.literal('delay'), reason: words, until: moment }),
  z.object({ action: z.literal('prioritise'), priority: z.enum(PRIORITIES) }),
  z.object({
    action: z.literal('declare'),
    title: words.pipe(z.string().max(120)),
    place: words
      .pipe(z.string().max(120))
      .optional()
      .transform((place) => place ?? null),
    until: moment.optional().transform((until) => until ?? null),
    also: z.array(z.uuid().transform(readId)).max(200).default([]),
  }),
  z.object({ action: z.literal('link'), disruption: z.uuid().transform(readDisruption) }),
  z.object({ action: z.literal('to-handler') }),
  z.object({ action: z.literal('by-hand') }),
  z.object({ action: z.literal('unlink') }),
  z.object({ action: z.literal('note'), text: words, attachments }),
]);

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

  app.post<{ Params: { id: string } }>('/cases/:id/actions', { bodyLimit: BODY_LIMIT }, async (request): Promise<CaseDetail> => {
    const colleague = await sessions.colleague(request);
    const before = await foundBy(request.params.id, colleague);
    const asked = read(action, request.body);
    if (!mayAct(colleague, asked.action, before.case)) throw new WorkbenchError('not-allowed');
    if (asked.action === 'claim' && asked.beyond && !isAllowedWith(colleague, 'take-over', before.case))
      throw new WorkbenchError('not-allowed');
    const wanted = asked.action === 'set-requester' ? await choosingRequester(before.case, asked.mail, register) : asked;
    if (wanted.action === 'chat' && !options.chats.has(before.spokenBy)) throw new WorkbenchError('not-now');
    await mayAttach(wanted, before, colleague, register);
    options.checkpoint('claim:before-commit');
    const result = await desk.act(before.case.id, wanted, colleague, await holdFor(before, options));
    options.checkpoint('claim:after-commit');
    if (!result) throw new WorkbenchError('not-found');
    if (result.kind === 'refused' && result.code === 'too-many') throw tooMany(result);
    if (result.kind === 'refused') throw new WorkbenchError(result.code, await refusal(register, result.code, result.by));
    if (wanted.action === 'set-requester') await goOnWith(wanted.person, before.case.id, { register, desk });
    if (wanted.action === 'declare') await linkOthers(before.case.id, wanted.also, colleague, options);
    if (before.case.state === 'queued')
      void options.queues.remove({ team: before.case.team, case: before.case.id, round: before.case.round });
    // Moved to a team that is not one's own it can no longer be seen: the answer is how it was, with nothing to do.
    const after = await register.cases.find(before.case.id, colleague);
    return after ? rendered(after, colleague) : { ...(await rendered(before, colleague)), actions: [] };
  });

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

/** What a worker sends along, he has added to this case himself and not sent yet. @throws WorkbenchError `file-gone` */
async function mayAttach(wanted: CaseAction, { case: it }: ListedCase, { id: author }: Colleague, register: Register): Promise<void> {
  const ids = ('attachments' in wanted && wanted.attachments) || [];
  if (ids.length === 0) return;
  const unsent = new Set((await register.attachments.unsent({ conversation: it.conversation, author })).map(({ id }) => id));
  if (!ids.every((id) => unsent.has(id))) throw new WorkbenchError('file-gone');
}

/** What was reported before it was declared belongs to it too, as far as it may be seen and nobody works on it. */
async function linkOthers(
  declared: CaseId,
  others: readonly CaseId[],
  colleague: Colleague,
  { desk, register, queues, disruptions }: WorkbenchOptions,
): Promise<void> {
  await disruptions.refresh();
  const disruption = disruptions.current().find((it) => it.case === declared);
  if (!disruption) return;
  for (const id of others) {
    const other = await register.cases.find(id, colleague);
    if (!other || other.case.id === declared || !mayAct(colleague, 'link', other.case)) continue;
    const done = await desk.act(id, { action: 'link', disruption: disruption.id }, colleague);
    if (done?.kind === 'done' && other.case.state === 'queued')
      void queues.remove({ team: other.case.team, case: id, round: other.case.round });
  }
}

function readDisruption(text: string): DisruptionId {
  const id = parseId<DisruptionId>(text);
  if (!id) throw new WorkbenchError('unknown-disruption');
  return id;
}

async function found(register: Register, id: CaseId, colleague: Colleague): Promise<ListedCase> {
  const it = await register.cases.find(id, colleague);
  if (!it) throw new WorkbenchError('not-found');
  return it;
}

function tooMany({ holds, most }: { readonly holds: number; readonly most: number }): WorkbenchError {
  const message = `You have ${holds} already, and may have ${most}. Finish one first, or give one back.`;
  return new WorkbenchError('too-many', message, null, { n: holds });
}

async function refusal(register: Register, code: WorkbenchErrorCode, by: PersonId | null): Promise<string | undefined> {
  const who = by && (await register.people.byId(by));
  if (!who) return undefined;
  if (code === 'taken-over') return `${who.name} has this conversation.`;
  return code === 'already-claimed' ? `${who.name} was first and is working on this case.` : `${who.name} is working on this case.`;
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

function readId(text: string): CaseId {
  const id = parseId<CaseId>(text);
  if (!id) throw new WorkbenchError('not-found');
  return id;
}
