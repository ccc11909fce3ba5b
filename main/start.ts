import { join, resolve } from 'node:path';
import { type Logger, pino } from 'pino';
import { restApi, scimApi } from '../api/index.ts';
import { Desk } from '../bot/index.ts';
import { DeskIntake, deskDelivery } from '../channels/desk/index.ts';
import { webChat, webDelivery } from '../channels/web/index.ts';
import type { Channel, MessageId, OutgoingReplies } from '../domain/index.ts';
import { openQueues, type Queues } from '../queue/index.ts';
import { openRegister, type Reach, type Register, startEmbedded } from '../register/index.ts';
import { myApi, SignedApprover, signInUrl, workbenchApi } from '../workbench/index.ts';
import { checkpoints } from './checkpoints.ts';
import type { Config } from './config.ts';
import { RunningDisruptions } from './disruptions.ts';
import { openHandlers } from './handlers.ts';
import { FrontDoor, servePages } from './http.ts';
import { openMail } from './mail.ts';
import { openAssistant } from './open-assistant.ts';
import { openCatalogue } from './open-catalogue.ts';
import { openFiles } from './open-files.ts';
import { ensurePages } from './pages.ts';
import { repeat } from './repeat.ts';
import type { ProcessRole } from './roles.ts';
import { Summaries } from './summaries.ts';
import { openTeams } from './teams.ts';
import { vouching } from './vouch.ts';

/** A running desk. */
export interface RunningDesk {
  readonly url: string;
  /** Set while there is no administrator: the one-time link that makes one. */
  readonly administratorLink: string | null;
  /** What whoever starts it should know. */
  readonly notes: readonly string[];
  readonly seconds: { readonly listening: number; readonly ready: number };
  stop(): Promise<void>;
}

/** Called as the start goes on. */
export interface StartReport {
  listening(url: string): void;
}

const SWEEP_MS = 5_000;
/** So long after a change it is found by a search, at most. */
const INDEX_MS = 1_000;
/** Writing down that somebody is to be called fails only while the register does. */
const DESK_PATIENCE = { maxAttempts: 62, retryMs: 1_000, longestRetryMs: 3_600_000 } as const;
/** A message that waits longer than this is not in anybody's hands: a crash left it. */
const LEFTOVER_MS = 5_000;

/**
 * The composition root: opens the parts, wires them, and gives back how to stop them, in the opposite order. The port listens first; parts that
 * do not need each other open side by side.
 */
export async function startDesk(config: Config, roles: ReadonlySet<ProcessRole>, report: StartReport): Promise<RunningDesk> {
  const log = pino({ level: config.log });
  const checkpoint = checkpoints(config.crashAt);
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const step of stops.splice(0).reverse()) await step();
  };
  try {
    const door = new FrontDoor();
    const port = await door.listen(config.port, config.host);
    const url = config.publicUrl ?? `http://${config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host}:${port}`;
    const listening = process.uptime();
    report.listening(url);
    stops.push(() => door.close());

    const pagesBuilt = roles.has('web') ? ensurePages(join(resolve(config.dataFolder), 'pages')) : null;
    pagesBuilt?.catch(() => {});
    const { register, notes } = await openTheRegister(config, stops);
    const { published, said, close } = await openCatalogue(config, register, log);
    stops.push(close);
    const kept = openFiles(config, register, roles.has('jobs'), log);
    stops.push(() => kept.close());

    const assistant = config.llm && (await openAssistant(config.llm, register, () => published.current().catalogue.organisation.timeZone));
    const summaries =
      assistant &&
      new Summaries({ assistant, register, published, failed: (error) => log.error({ err: error }, 'a summary could not be made') });
    stops.push(async () => summaries?.stop());
    const organisation = () => published.current().catalogue.organisation.name;
    const mail = await openMail(config.mail, {
      register,
      files: kept.files,
      blobs: kept.blobs,
      catalogue: () => published.current().catalogue,
      url,
      checkpoint,
      log,
    });
    if (mail) stops.push(() => mail.close());
    const disruptions = new RunningDisruptions(register);
    await disruptions.refresh();
    stops.push(disruptions.follow((error) => log.error({ err: error }, 'the known disruptions could not be read')));
    const teams = await openTeams(config.teams, { register, published, files: kept.files, mail: mail?.deliver ?? null, log, url });
    let queues: Queues | null = null;
    const desk: Desk = new Desk({
      register: turnRegister(register, { teams: teams !== null, email: mail !== null }),
      published,
      now: () => new Date(),
      disruptions: () => disruptions.current(),
      assistant,
      approvingSignsIn: config.oidc !== null,
      checkpoint,
      report: (problem, error) => log.error({ err: error }, problem),
      afterCommit: (commit) => {
        queues?.project(commit.outbox.filter((entry) => !(commit.awaited && entry.kind === 'reply')));
        for (const { case: it } of commit.cases) teams?.changed(it, desk);
        for (const { case: it } of commit.cases) summaries?.changed(it);
        register.live.publish([
          ...(commit.disruption ? [{ kind: 'disruption' } as const] : []),
          ...(commit.lastSeq > 0 ? [{ kind: 'said', conversation: commit.conversation, seq: commit.lastSeq } as const] : []),
          ...commit.cases.map(({ case: it, from }) => ({ kind: 'case', id: it.id, team: it.team, from }) as const),
        ]);
      },
    });
    const handlers = openHandlers({
      settings: () => published.current().catalogue.organisation.handlers,
      secrets: config.handlerSecrets,
      url,
      mail: mail?.suppliers ?? null,
      register,
      desk,
    });
    queues = await openQueues({
      backend: config.redisUrl
        ? { kind: 'redis', url: config.redisUrl }
        : { kind: 'postgres', url: register.applicationUrl, schema: 'queue' },
      register,
      deliver: {
        web: webDelivery(register.live),
        desk: {
          together: deskDelivery({ register, byMail: mail ? (replies: OutgoingReplies) => mail.deliver.together(replies) : null }),
          patience: mail?.deliver.patience ?? DESK_PATIENCE,
        },
        ...(teams ? { teams: teams.deliver } : {}),
        ...(mail ? { email: mail.deliver } : {}),
      },
      onTimer: (id, kind) => desk.timer(id, kind),
      handlers: handlers.work,
      webhooks: { store: register.webhooks, allowInside: config.webhooksInside },
      notify: [...(teams ? [teams.notify(desk)] : []), ...(mail ? [mail.notify] : [])],
      onParked: (_, messages) => tellOfParked(register, desk, messages),
      checkpoint,
      log,
      jobs: roles.has('jobs'),
    });
    const opened = queues;
    stops.push(() => opened.close());
    stops.push(() => desk.settled());
    if (mail && roles.has('email')) stops.push(mail.read(desk));
    if (roles.has('jobs')) stops.push(...lookAfter(desk, register, log));

    const approver = config.oidc && new SignedApprover(await register.keys.get('openid'), url);
    const app = await door.application(log, url.startsWith('https:'));
    if (roles.has('web')) {
      await app.register(webChat, {
        prefix: '/chat',
        desk,
        register,
        organisation,
        disruptions: () => disruptions.current(),
        origins: config.chatOrigins,
        key: config.chatKey,
        messagesPerMinute: config.messagesPerMinute,
        files: kept.files,
        largestFile: config.files.largest,
        returned: (messages) => opened.delivered(messages),
      });
      await mail?.serve(app, desk, approver);
      await handlers.serve(app);
      await app.register(workbenchApi, {
        prefix: '/api/workbench',
        desk,
        register,
        files: kept.files,
        sources: kept.blobs,
        retake: async ({ channel, ...it }) => (channel === 'email' && mail ? await mail.retake(it, desk) : false),
        ownAddresses: config.mail.mailboxes.flatMap(({ address, aliases }) => [address, ...aliases]),
        queues: opened,
        catalogue: () => published.current().catalogue,
        disruptions,
        registration: new DeskIntake({ desk, register }),
        openid: config.oidc,
        approver,
        chats: new Set<Channel>(['web', 'teams']),
        webhooksInside: config.webhooksInside,
        undoSeconds: config.undoSeconds,
        publicUrl: url,
        checkpoint,
      });
      await app.register(restApi, {
        prefix: '/api/v1',
        desk,
        intake: new DeskIntake({ desk, register }),
        register,
        catalogue: () => published.current().catalogue,
        publicUrl: url,
        webhooksInside: config.webhooksInside,
      });
      await app.register(scimApi, {
        prefix: '/scim/v2',
        register,
        groups: () => published.current().catalogue.organisation.directoryGroups ?? [],
        publicUrl: url,
      });
      await app.register(myApi, {
        prefix: '/api/my',
        register,
        catalogue: () => published.current().catalogue,
        publicUrl: url,
        vouch: vouching(config, url, log),
      });
      if (pagesBuilt) await servePages(app, await pagesBuilt, { tabs: config.teams.kind === 'on' });
    }
    if (roles.has('teams')) await teams?.serve(app, desk, (messages) => opened.delivered(messages));
    app.get('/health', async () => ({ status: 'ready', ...(await register.ping()) }));
    await door.open(app);
    stops.push(() => app.close());
    return {
      url,
      administratorLink: roles.has('web') ? await administratorLink(register, url) : null,
      notes: [...notes, ...said],
      seconds: { listening, ready: process.uptime() },
      stop,
    };
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  }
}

async function openTheRegister(
  config: Config,
  stops: (() => Promise<unknown>)[],
): Promise<{ register: Register; notes: readonly string[] }> {
  const { database } = config;
  const embedded = database.kind === 'embedded' ? await startEmbedded({ folder: config.dataFolder }) : null;
  if (embedded) stops.push(() => embedded.stop());
  const urls = embedded ?? (database.kind === 'server' ? database : null);
  if (!urls) throw new Error('there is no database');
  const register = await openRegister(urls);
  stops.push(() => register.close());
  return { register, notes: embedded?.notes ?? [] };
}

/** The register as a turn uses it, gathered from its subjects. */
export function turnRegister(
  { turns, cases, rooms, listedPeople, attachments, ledger, published, conversations, disruptions, approvals, handlerRuns }: Register,
  reach: Reach = { teams: false, email: false },
): ConstructorParameters<typeof Desk>[0]['register'] {
  return {
    receive: (arrival) => turns.receive(arrival),
    next: (conversation) => turns.next(conversation),
    viewOfCase: (id, claimant) => turns.viewOfCase(id, claimant),
    activeAt: (id) => cases.activeAt(id),
    commit: (change) => turns.commit(change),
    said: (message) => conversations.has(message),
    budgets: (numbers) => published.budgets(numbers),
    rooms: (tokens) => rooms.byToken(tokens),
    people: (wanted) => listedPeople.find(wanted),
    attachments: (ids) => attachments.named(ids),
    disruptionOf: (id) => disruptions.ofCase(id),
    awaits: (intake) => handlerRuns.awaits(intake),
    linkedTo: (id, after, limit) => disruptions.linked(id, after, limit),
    approvalOf: (id) => approvals.ofCase(id),
    conversationWith: (approver, about) => approvals.conversationWith(approver, about, reach),
    failed: (intake, reason) => ledger.failed(intake, reason),
    park: (intake, reason) => ledger.park(intake, reason),
    leftovers: (olderThanMs) => ledger.leftovers(olderThanMs),
  };
}

/** What was said and could not be delivered shows on its cases. */
async function tellOfParked({ mails }: Register, desk: Desk, messages: readonly MessageId[]): Promise<void> {
  for (const message of messages) for (const id of await mails.casesOf(message)) await desk.undelivered(id, message);
}

/** What has to be looked after all the time; processes that do it at once take different parts, or find it done. @returns how to end it */
function lookAfter(desk: Desk, register: Register, log: Logger): (() => Promise<void>)[] {
  const failed = (what: string) => (error: unknown) => log.error({ err: error }, what);
  let olderThanMs = 0;
  return [
    // Messages that a crash (of this process or another) left pending.
    repeat(
      SWEEP_MS,
      async () => {
        await desk.resumeLeftovers(olderThanMs);
        olderThanMs = LEFTOVER_MS;
      },
      failed('looking for what a crash left failed'),
    ),
    // Whoever said that they left: the directory, a list, an administrator.
    repeat(
      SWEEP_MS,
      async () => {
        for (const { id, worker } of await register.cases.leftBehind()) await desk.left(id, worker);
      },
      failed('what somebody who left had in hand could not be given back'),
    ),
    repeat(INDEX_MS, () => register.search.index(), failed('what is searched could not be brought up to date')),
  ];
}

/** While nobody is administrator the first start prints a link that makes one. */
async function administratorLink(register: Register, url: string): Promise<string | null> {
  if (await register.signIn.hasAdministrator()) return null;
  const { token } = await register.signIn.invite({
    address: 'admin@localhost.local',
    name: 'Beheerder',
    role: 'admin',
    team: null,
    by: null,
  });
  return signInUrl(url, token);
}
