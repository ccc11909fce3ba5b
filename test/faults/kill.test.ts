/**
 * The process ends hard at each step of a turn and of a claim; people try again as their page would, and after a restart nothing is lost and
 * nothing is doubled.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CHECKPOINTS, type Checkpoint } from '../../domain/index.ts';
import type { TestDatabase } from '../setup/database.ts';
import { ChatClient, type ChatMessage } from '../support/chat-client.ts';
import { type DeskTemplate, deskTemplate } from '../support/desk-template.ts';
import { eventually } from '../support/eventually.ts';
import { RedisServer } from '../support/redis-server.ts';
import { ask, problemsOf } from '../support/register-check.ts';
import { RunningDesk } from '../support/running-desk.ts';
import { expectTicketOfEveryCase, waitingTickets } from '../support/tickets.ts';
import { WorkbenchClient } from '../support/workbench-client.ts';

/** A fault: the coffee machine's team gets a case at once, without questions. */
const QUESTION = 'de koffieautomaat op verdieping 2 is leeg';
const TEAM = 'catering';
/** Cases that wait in the template's queue. */
const QUEUED = 2;

/** What only mail passes is crashed at in mail.test.ts. */
const HERE: readonly Checkpoint[] = CHECKPOINTS.filter((it) => !/^(?:mail|handler):/.test(it));
/** Steps of a turn, and then of the claim that follows: all but those of a message's arrival. */
const OF_A_MESSAGE: readonly Checkpoint[] = HERE.filter((it) => !it.startsWith('claim:') && !it.startsWith('deliver:'));
const OF_A_CLAIM: readonly Checkpoint[] = HERE.filter((it) => !it.startsWith('intake:'));
/** A pick from the list takes no ticket. */
const OF_A_PICK: readonly Checkpoint[] = OF_A_CLAIM.filter((it) => it !== 'claim:after-take' && it !== 'claim:after-complete');

const template: { it: DeskTemplate | null } = { it: null };
beforeAll(async () => {
  template.it = await deskTemplate(2, async (desk) => {
    for (let i = 0; i < QUEUED; i++) await (await ChatClient.start(() => desk.url)).say(QUESTION);
  });
});
afterAll(() => template.it?.database.drop());

type BackendKind = 'postgres' | 'redis';
const crashedAt: Record<BackendKind, Set<Checkpoint>> = { postgres: new Set(), redis: new Set() };

describe('on PostgreSQL', () => crashes('postgres', null));

describe.skipIf(inject('redisUrl') === null)('on Redis', () => {
  const server = new RedisServer();
  beforeAll(() => server.start());
  afterAll(() => server.remove());
  crashes('redis', server);
});

it('every checkpoint was crashed at', () => {
  expect([...crashedAt.postgres].sort()).toEqual([...HERE].sort());
  if (inject('redisUrl') !== null) expect([...crashedAt.redis].sort()).toEqual([...HERE].sort());
});

function crashes(kind: BackendKind, server: RedisServer | null): void {
  let opened = 0;
  const open = async (): Promise<Scene> => {
    if (!template.it) throw new Error('there is no template');
    opened += 1;
    const redisUrl = server?.database(opened) ?? null;
    return new Scene(kind, template.it, await template.it.copy(), redisUrl);
  };

  describe.concurrent('during a message', () => {
    it.each(OF_A_MESSAGE)('at %s: it is handled once, and its case waits once', async (checkpoint) => {
      const scene = await open();
      const { desk } = scene;
      await desk.start({ LOKET_TEST_CRASH_AT: checkpoint });
      const chat = await ChatClient.start(() => desk.url);
      const id = randomUUID();
      // Whether it was answered or not: the process dies at this message.
      await Promise.allSettled([chat.post({ id, text: QUESTION }), scene.crash(checkpoint)]);
      const before = await saidIn(scene.database, chat);

      await desk.start();
      const answer = await chat.say(QUESTION, id);
      await scene.settled();
      const timeline = await chat.timeline();
      expect(timeline.map(({ from }) => from)).toEqual(['visitor', 'desk']);
      expect(timeline[0]).toMatchObject({ clientId: id, text: QUESTION });
      expect(answer.map(identity)).toEqual(timeline.map(identity));
      // What was committed before the crash is what is there after it.
      if (before.length > 0) expect(timeline.map(({ id: message }) => message)).toEqual(before);
      const cases = await ask<{ id: string }>(scene.database.ownerUrl, `select id from cases where conversation_id = $1`, [
        chat.conversation,
      ]);
      expect(cases).toHaveLength(1);
      await scene.close();
    });
  });

  describe.concurrent('during "give me the next"', () => {
    it.each(OF_A_CLAIM)('at %s: every case is claimed once', async (checkpoint) => {
      const scene = await open();
      const { desk } = scene;
      const [first, second] = scene.workers;
      await desk.start({ LOKET_TEST_CRASH_AT: checkpoint });
      await scene.untilGone(() => first.next(TEAM), checkpoint);

      await desk.start();
      const mine = await first.list('mine');
      expect(mine.length).toBeLessThanOrEqual(1);
      // Both ask for the next until nothing waits.
      const taken: string[] = mine.map(({ id }) => id);
      await eventually(async () => {
        const got = await Promise.all([first.next(TEAM), second.next(TEAM)]);
        taken.push(...got.flatMap((it) => it?.id ?? []));
        expect(taken.length).toBeGreaterThanOrEqual(QUEUED);
      }, 120_000);
      expect(new Set(taken).size).toBe(QUEUED);
      expect(taken).toHaveLength(QUEUED);
      await scene.settled();
      await scene.eachToldOnce();
      await scene.close();
    });
  });

  describe.concurrent('during a pick from the list', () => {
    it.each(OF_A_PICK)('at %s: it is claimed once, and by nobody else', async (checkpoint) => {
      const scene = await open();
      const { desk } = scene;
      const [first, second] = scene.workers;
      await desk.start({ LOKET_TEST_CRASH_AT: checkpoint });
      const picked = (await first.list(`team.${TEAM}`))[0]?.id ?? '';
      await scene.untilGone(() => first.act(picked, { action: 'claim' }), checkpoint);

      await desk.start();
      expect((await first.act(picked, { action: 'claim' })).status).toBe(200);
      const refused = await second.act(picked, { action: 'claim' });
      expect(refused.status).toBe(409);
      expect(await refused.json()).toMatchObject({ error: { code: 'already-claimed', message: expect.stringMatching(/Worker/) } });
      // The ticket of the picked case gives nobody anything; the other case's does.
      const other = await eventually(async () => {
        const it = await second.next(TEAM);
        expect(it).not.toBeNull();
        return it;
      }, 120_000);
      expect(other?.id).not.toBe(picked);
      expect(await second.next(TEAM)).toBeNull();
      await scene.settled();
      await scene.eachToldOnce();
      await scene.close();
    });
  });

  /** One desk with its database, from the crash to the reckoning. */
  class Scene {
    readonly desk: RunningDesk;
    readonly database: TestDatabase;
    readonly workers: readonly [WorkbenchClient, WorkbenchClient];
    readonly #kind: BackendKind;
    readonly #redisUrl: string | null;

    constructor(kindOf: BackendKind, from: DeskTemplate, database: TestDatabase, redisUrl: string | null) {
      const [first, second] = from.workers;
      if (!first || !second) throw new Error('the template has two workers');
      this.#kind = kindOf;
      this.#redisUrl = redisUrl;
      this.database = database;
      this.desk = new RunningDesk({ database, redisUrl });
      const base = () => this.desk.url;
      this.workers = [new WorkbenchClient(base, first), new WorkbenchClient(base, second)];
    }

    /** Waits for the crash and books it. */
    async crash(checkpoint: Checkpoint): Promise<void> {
      expect(await this.desk.ended()).toEqual({ code: null, signal: 'SIGKILL' });
      crashedAt[this.#kind].add(checkpoint);
    }

    /** Does something once the tickets are there, and waits for the process to die of it. */
    async untilGone(act: () => Promise<unknown>, checkpoint: Checkpoint): Promise<void> {
      // On Redis the tickets come with the reconciler, right after the start.
      const redisUrl = this.#redisUrl;
      if (redisUrl) await eventually(async () => expect(await waitingTickets(redisUrl, TEAM)).toBe(QUEUED));
      await act().catch(() => {});
      await this.crash(checkpoint);
    }

    /** Nothing is left to be done. */
    async settled(): Promise<void> {
      await eventually(async () => expect(await problemsOf(this.database.ownerUrl)).toEqual([]), 120_000);
    }

    /** A requester hears of a claim once. */
    async eachToldOnce(): Promise<void> {
      const said = await ask<{ count: string }>(
        this.database.ownerUrl,
        `select count(*) from messages m where m.direction = 'out' and m.seq > 2 group by m.conversation_id`,
      );
      expect(said).toEqual(Array.from({ length: QUEUED }, () => ({ count: 1 })));
      const claims = await ask<{ case_id: string }>(this.database.ownerUrl, 'select case_id from claims');
      expect(claims).toHaveLength(QUEUED);
    }

    /** Stops, and compares what waits with the tickets that can be taken. */
    async close(): Promise<void> {
      const redisUrl = this.#redisUrl;
      // On Redis the copy's tickets are made by the reconciler, once the dead process's lease is over.
      if (redisUrl)
        await eventually(async () => {
          const [queued] = await ask<{ count: number }>(
            this.database.ownerUrl,
            `select count(*)::int as count from cases where state = 'queued'`,
          );
          expect(await waitingTickets(redisUrl, TEAM)).toBeGreaterThanOrEqual(queued?.count ?? 0);
        });
      await this.desk.stop();
      await expectTicketOfEveryCase(this.database, this.#redisUrl);
      expect(await problemsOf(this.database.ownerUrl)).toEqual([]);
      await this.database.drop();
    }
  }
}

/** A line of the timeline as it must not change: who, what, where. */
function identity({ seq, id, from, text }: ChatMessage): object {
  return { seq, id, from, text };
}

/** The ids of what was committed in a conversation. */
async function saidIn(database: TestDatabase, chat: ChatClient): Promise<string[]> {
  const rows = await ask<{ id: string }>(database.ownerUrl, 'select id from messages where conversation_id = $1 order by seq', [
    chat.conversation,
  ]);
  return rows.map(({ id }) => id);
}
