/** Redis is wiped, and goes away, in mid-use: the register knows everything, and the queues are what it says again. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import type { TestDatabase } from '../setup/database.ts';
import { ChatClient } from '../support/chat-client.ts';
import { type DeskTemplate, deskTemplate, TEAMS } from '../support/desk-template.ts';
import { eventually } from '../support/eventually.ts';
import { RedisServer } from '../support/redis-server.ts';
import { ask, problemsOf } from '../support/register-check.ts';
import { RunningDesk } from '../support/running-desk.ts';
import { expectTicketOfEveryCase, waitingTickets } from '../support/tickets.ts';
import { WorkbenchClient } from '../support/workbench-client.ts';

const WORKERS = 4;
const PER_TEAM = 50;
const QUESTIONS = [
  'ik wil een medewerker spreken',
  'de koffieautomaat op verdieping 2 is leeg',
  'mijn laptop start niet meer op',
  'de kraan in de wc op de eerste verdieping lekt',
];
/** The reconciler looks every minute. */
const RECONCILED_WITHIN = 120_000;

const report = z.object({ mode: z.string(), added: z.object({ tickets: z.number() }), removed: z.object({ tickets: z.number() }) });

describe.skipIf(inject('redisUrl') === null)('with some 200 cases waiting', () => {
  const template: { it: DeskTemplate | null } = { it: null };
  let redis: RedisServer;
  let database: TestDatabase;
  let desk: RunningDesk;
  let workers: WorkbenchClient[];
  const base = () => desk.url;

  beforeAll(async () => {
    template.it = await deskTemplate(WORKERS, async (filling) => {
      for (let i = 0; i < PER_TEAM; i++) await Promise.all(QUESTIONS.map((text) => asked(() => filling.url, text)));
    });
  });
  afterAll(() => template.it?.database.drop());

  beforeEach(async () => {
    if (!template.it) throw new Error('there is no template');
    redis = new RedisServer();
    await redis.start();
    database = await template.it.copy();
    desk = new RunningDesk({ database, redisUrl: redis.url });
    await desk.start();
    workers = template.it.workers.map((it) => new WorkbenchClient(base, it));
    expect((await queued()).length).toBe(PER_TEAM * QUESTIONS.length);
    await eventually(async () => expect(await tickets()).toBe(PER_TEAM * QUESTIONS.length));
  });
  afterEach(async () => {
    await desk.kill();
    await database.drop();
    await redis.remove();
  });

  it('wiped: "loket reconcile" rebuilds the queues at once, and several workers take every case once', async () => {
    const taken = await Promise.all(workers.map((worker, i) => worker.next(TEAMS[i] ?? 'desk')));
    const inHand = taken.flatMap((it) => it?.id ?? []);
    expect(inHand).toHaveLength(WORKERS);
    await redis.wipe();
    expect(await tickets()).toBe(0);
    const left = (await queued()).length;
    const said = report.parse(JSON.parse(await desk.command('reconcile', '--json')));
    expect(said).toMatchObject({ mode: 'whole', added: { tickets: left }, removed: { tickets: 0 } });
    expect(await tickets()).toBe(left);
    // Again there is nothing to do.
    expect(report.parse(JSON.parse(await desk.command('reconcile', '--json')))).toMatchObject({
      added: { tickets: 0 },
      removed: { tickets: 0 },
    });
    const all = [...inHand, ...(await takeAll())];
    expect(new Set(all).size).toBe(all.length);
    expect(all).toHaveLength(PER_TEAM * QUESTIONS.length);
    await settled();
    expect(await ask(database.ownerUrl, 'select case_id from claims group by case_id having count(*) > 1')).toEqual([]);
  });

  it('wiped while people ask and work: the desk puts it right by itself', async () => {
    const busy = Promise.all([...QUESTIONS.map((text) => asked(base, text)), ...workers.map((worker) => worker.next('desk'))]);
    await redis.wipe();
    await busy;
    await Promise.all(QUESTIONS.map((text) => asked(base, text)));
    await eventually(async () => expect(await tickets()).toBe((await queued()).length), RECONCILED_WITHIN);
    await settled();
    await desk.stop();
    await expectTicketOfEveryCase(database, redis.url);
  });

  it('away for a while: the desk answers, workers go on by the register, and afterwards all is as it should be', async () => {
    await redis.stop();
    await Promise.all(QUESTIONS.map((text) => asked(base, text)));
    const first = await Promise.all(workers.map((worker) => worker.next('catering')));
    const claimed = first.flatMap((it) => it?.id ?? []);
    expect(new Set(claimed).size).toBe(WORKERS);
    const [worker] = workers;
    expect((await worker?.act(claimed[0] ?? '', { action: 'ready', text: 'Er is weer koffie.' }))?.status).toBe(200);
    expect((await worker?.act((await queued())[0] ?? '', { action: 'claim' }))?.status).toBe(200);
    // What waits for the queues waits in the outbox.
    expect(await ask(database.ownerUrl, `select id from outbox where status = 'pending'`)).not.toEqual([]);
    // Away also means that a new process starts without it.
    await desk.kill();
    await desk.start();
    await asked(base, QUESTIONS[0] ?? '');
    await redis.start();
    await eventually(async () => expect(await tickets()).toBe((await queued()).length), RECONCILED_WITHIN);
    await settled();
    await desk.stop();
    await expectTicketOfEveryCase(database, redis.url);
  });

  /** A question that becomes a case in one turn. */
  async function asked(where: () => string, text: string): Promise<void> {
    await (await ChatClient.start(where)).say(text);
  }

  async function queued(): Promise<string[]> {
    return (await ask<{ id: string }>(database.ownerUrl, `select id from cases where state = 'queued' order by id`)).map(({ id }) => id);
  }

  async function tickets(): Promise<number> {
    const counts = await Promise.all(TEAMS.map((team) => waitingTickets(redis.url, team)));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  async function settled(): Promise<void> {
    await eventually(async () => expect(await problemsOf(database.ownerUrl)).toEqual([]), RECONCILED_WITHIN);
  }

  /** All workers at once, each through all queues, until nothing waits. */
  async function takeAll(): Promise<string[]> {
    const all = await Promise.all(
      workers.map(async (worker, i) => {
        const mine: string[] = [];
        for (let j = 0; j < TEAMS.length; j++) {
          const team = TEAMS[(i + j) % TEAMS.length] ?? 'desk';
          for (let it = await worker.next(team); it; it = await worker.next(team)) mine.push(it.id);
        }
        return mine;
      }),
    );
    return all.flat();
  }
});
