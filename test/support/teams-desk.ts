/** A desk with Teams in this process: a real register and queues, the shipped catalogue and classifier, and the simulated service at the other end. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { Desk } from '../../bot/index.ts';
import { world } from '../../bot/test/world.ts';
import { botbuilderConnector, ColleagueNews, Tokens, teamsBot, teamsDelivery } from '../../channels/teams/index.ts';
import { webChat, webDelivery } from '../../channels/web/index.ts';
import { findReferences, type PersonId } from '../../domain/index.ts';
import { DiskBlobs, Files } from '../../files/index.ts';
import { turnRegister } from '../../main/start.ts';
import { readings } from '../../main/teams.ts';
import { type NoticeMeans, openQueues, type Queues } from '../../queue/index.ts';
import { openRegister, type Register } from '../../register/index.ts';
import { createDatabase, type TestDatabase } from '../setup/database.ts';
import { eventually } from './eventually.ts';
import { CHAT_KEY } from './running-desk.ts';
import { APP_ID, type SentActivity, TENANT, TeamsService } from './teams-service.ts';
import type { TestMailbox } from './test-mailbox.ts';

export interface TeamsDesk {
  readonly app: FastifyInstance;
  readonly desk: Desk;
  readonly register: Register;
  readonly queues: Queues;
  readonly files: Files;
  readonly service: TeamsService;
  /** How the queue of deliveries sends. */
  readonly deliver: ReturnType<typeof teamsDelivery>;
  /** What colleagues are told in their chats. */
  readonly news: ColleagueNews;
  /** The teams that alarms go to. */
  readonly alarmTeams: readonly string[];
  /** What was logged as an error. */
  readonly errors: string[];
  /** What was brought another way, because Teams did not reach its person. */
  readonly instead: string[];
  close(): Promise<void>;
}

export async function openTeamsDesk(
  given: {
    readonly access?: 'tenants' | 'playground';
    readonly mail?: boolean;
    readonly mailbox?: TestMailbox;
    /** How notices reach colleagues whom Teams does not. */
    readonly otherwise?: NoticeMeans;
    readonly slow?: () => Promise<void>;
  } = {},
): Promise<TeamsDesk> {
  const database: TestDatabase = await createDatabase();
  const register = await openRegister(database, { connections: 6 });
  const service = await TeamsService.start();
  const all = await world();
  const errors: string[] = [];
  const instead: string[] = [];
  const log = { info: () => {}, warn: () => {}, error: (_: object, message: string) => void errors.push(message) };
  const playground = given.access === 'playground';
  const credential = { kind: 'secret', secret: 'a secret of the tests' } as const;
  const tokens = new Tokens({ appId: APP_ID, tenantId: TENANT, credential, loginUrl: service.url });
  const connector = await botbuilderConnector({
    app: playground ? null : { appId: APP_ID, tokens },
    keysUrl: service.keysUrl,
    timeoutMs: 5_000,
  });
  const organisation = () => all.catalogue.organisation;
  const desks = {
    organisation: () => organisation().name,
    timeZone: () => organisation().timeZone,
    teamName: (team: string, language: 'nl' | 'en') => organisation().teams.find(({ id }) => id === team)?.name[language] ?? team,
    ...readings({ current: () => ({ catalogue: all.catalogue, understand: all.understand }) }),
    caseUrl: (id: string) => `https://desk.example.org/workbench/case/${id}`,
  };
  const folder = mkdtempSync(join(tmpdir(), 'loket-teams-'));
  const files = new Files({
    attachments: register.attachments,
    blobs: new DiskBlobs(folder),
    scanner: null,
    largest: 100_000,
    refused: ['exe'],
  });
  let queues: Queues | null = null;
  let news: ColleagueNews | null = null;
  const real = turnRegister(register);
  const desk = new Desk({
    register: {
      ...real,
      budgets: async () => all.budgets,
      commit: async (change) => {
        await given.slow?.();
        return await real.commit(change);
      },
    },
    published: { current: () => ({ catalogue: all.catalogue, understand: all.understand }), at: async () => all.catalogue },
    now: () => new Date(),
    disruptions: () => [],
    checkpoint: () => {},
    report: (problem) => errors.push(problem),
    afterCommit: (commit) => {
      queues?.project(commit.outbox.filter((entry) => !(commit.awaited && entry.kind === 'reply')));
      for (const { case: it } of commit.cases) if (it.urgent && it.state === 'queued') void news?.alarm(it);
    },
  });
  const colleagues = new ColleagueNews({ register, desk, desks, log });
  news = colleagues;
  const deliver = teamsDelivery({
    register,
    connector,
    desks,
    log,
    ...(given.mail
      ? {
          instead: async (replies) => {
            instead.push(...replies.map(({ text }) => text));
            return { kind: 'delivered' };
          },
        }
      : {}),
  });
  const opened = await openQueues({
    backend: { kind: 'postgres', url: register.applicationUrl, schema: 'queue' },
    register,
    deliver: {
      web: webDelivery(register.live),
      teams: { together: deliver, patience: { maxAttempts: 100, retryMs: 20, longestRetryMs: 100 } },
      ...(given.mailbox ? { email: await given.mailbox.open(register, files, desk) } : {}),
    },
    onTimer: (id, kind) => desk.timer(id, kind),
    notify: [{ name: 'teams', send: (notice) => colleagues.notice(notice) }, ...(given.otherwise ? [given.otherwise] : [])],
    checkpoint: () => {},
    log,
    pace: { gatherMs: 5, sweepMs: 100, leftoverMs: 3_000 },
  });
  queues = opened;
  const app = Fastify({ forceCloseConnections: true });
  await app.register(teamsBot, {
    prefix: '/api',
    desk,
    register,
    connector,
    access: playground ? { kind: 'playground' } : { kind: 'tenants', allowed: [TENANT] },
    desks,
    files,
    returned: (messages) => opened.delivered(messages),
    log,
  });
  await app.register(webChat, {
    prefix: '/chat',
    desk,
    register,
    files,
    largestFile: 100_000,
    organisation: () => organisation().name,
    disruptions: () => [],
    origins: [],
    key: CHAT_KEY,
    messagesPerMinute: 1_000_000,
    returned: (messages) => opened.delivered(messages),
  });
  return {
    app,
    desk,
    register,
    queues: opened,
    files,
    service,
    deliver,
    news: colleagues,
    alarmTeams: all.catalogue.organisation.dangers.flatMap(({ team }) => team ?? []),
    errors,
    instead,
    close: async () => {
      await app.close();
      await desk.settled();
      await opened.close();
      await register.close();
      await service.stop();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface Somebody {
  readonly id: string;
  readonly name: string;
  readonly objectId: string;
}

export function somebody(name = 'Femke Bos'): Somebody {
  return { id: `29:${randomUUID()}`, name, objectId: randomUUID() };
}

/** A chat with the bot, as Teams holds it for somebody. */
export class TeamsChat {
  readonly conversation: string;
  readonly who: Somebody;
  readonly #desk: TeamsDesk;
  readonly #type: 'personal' | 'groupChat' | 'channel';

  constructor(
    desk: TeamsDesk,
    who: Somebody = somebody(),
    given: { readonly type?: 'personal' | 'groupChat' | 'channel'; readonly id?: string } = {},
  ) {
    this.#desk = desk;
    this.who = who;
    this.#type = given.type ?? 'personal';
    this.conversation = given.id ?? `${this.#type === 'personal' ? 'a:' : '19:'}${randomUUID()}`;
    desk.service.members.set(who.id, {
      id: who.id,
      name: who.name,
      aadObjectId: who.objectId,
      email: `${who.objectId}@example.org`,
      userPrincipalName: `${who.objectId}@example.org`,
      userRole: 'user',
    });
  }

  /** An activity of this person in this chat. */
  activity(given: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
    return {
      type: 'message',
      id: randomUUID(),
      channelId: 'msteams',
      serviceUrl: this.#desk.service.url,
      from: { id: this.who.id, name: this.who.name, aadObjectId: this.who.objectId },
      recipient: { id: `28:${APP_ID}`, name: 'Servicedesk' },
      conversation: { id: this.conversation, conversationType: this.#type, tenantId: TENANT },
      channelData: { tenant: { id: TENANT } },
      locale: 'nl-NL',
      ...given,
    };
  }

  async post(activity: Readonly<Record<string, unknown>>, token?: string): Promise<{ readonly status: number; readonly body: unknown }> {
    const authorization = `Bearer ${token ?? (await this.#desk.service.token())}`;
    const answer = await this.#desk.app.inject({ method: 'POST', url: '/api/messages', headers: { authorization }, payload: activity });
    return { status: answer.statusCode, body: answer.body ? answer.json() : null };
  }

  /** Says something; in a group chat or channel to the bot by name. @returns the activity's id */
  async say(text: string, id: string = randomUUID()): Promise<string> {
    const called =
      this.#type === 'personal'
        ? { text }
        : {
            text: `<at>Servicedesk</at> ${text}`,
            entities: [{ type: 'mention', mentioned: { id: `28:${APP_ID}`, name: 'Servicedesk' }, text: '<at>Servicedesk</at>' }],
          };
    const { status, body } = await this.post(this.activity({ ...called, id }));
    if (status !== 200) throw new Error(`${status}: ${JSON.stringify(body)}`);
    return id;
  }

  /** Presses a button of a card, with what is filled in. @returns the answer's body */
  async press(
    on: SentActivity,
    title: string,
    inputs: Readonly<Record<string, unknown>> = {},
    id: string = randomUUID(),
  ): Promise<unknown> {
    const action = actionsIn(on).find((it) => it.title === title);
    if (!action) throw new Error(`there is no "${title}" on ${JSON.stringify(on.activity)}`);
    const value = { action: { type: 'Action.Execute', verb: action.verb, data: { ...action.data, ...inputs } } };
    const answer = await this.post(this.activity({ type: 'invoke', name: 'adaptiveCard/action', id, value, replyToId: on.id }));
    return answer.body;
  }

  /** The messages of this chat, once one of them says this. */
  async heard(words: string | RegExp): Promise<SentActivity> {
    return await eventually(() => {
      const found = this.messages.findLast((it) => matches(shownIn(it), words));
      if (!found)
        throw new Error(`not said: ${words}; but:\n${this.messages.map(shownIn).join('\n---\n')}\n${this.#desk.errors.join('\n')}`);
      return found;
    }, 50_000);
  }

  get messages(): readonly SentActivity[] {
    return this.#desk.service.in(this.conversation);
  }

  /** The reference of the case that was spoken of last. */
  get reference(): string {
    return this.messages.flatMap((it) => findReferences(shownIn(it))).at(-1) ?? '';
  }
}

interface CardAction {
  readonly title: string;
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** All that somebody reads on a message: its text, or the words of its card. */
export function shownIn({ activity }: Pick<SentActivity, 'activity'>): string {
  return JSON.stringify([activity.text ?? '', activity.attachments ?? []], (key, value: unknown) =>
    key === 'fallbackText' || key === 'speak' ? undefined : value,
  );
}

export function actionsIn({ activity }: Pick<SentActivity, 'activity'>): CardAction[] {
  const found: CardAction[] = [];
  JSON.stringify(activity, (key, value: unknown) => {
    if (key === 'refresh') return undefined;
    if (typeof value === 'object' && value !== null && 'type' in value && value.type === 'Action.Execute')
      found.push(value as unknown as CardAction);
    return value;
  });
  return found;
}

function matches(text: string, words: string | RegExp): boolean {
  return typeof words === 'string' ? text.includes(words) : words.test(text);
}

/** A colleague who works these teams' queues, as the workbench knows them. */
export async function colleague(register: Register, address: string, teams: readonly string[]): Promise<PersonId> {
  for (const team of teams) await register.signIn.invite({ address, name: 'Sanne de Vries', role: 'worker', team, by: null });
  const { token } = await register.signIn.invite({ address, name: 'Sanne de Vries', role: 'worker', team: null, by: null });
  const spent = await register.signIn.spend(token);
  if (!spent) throw new Error('the link was not taken');
  return spent.colleague.id;
}
