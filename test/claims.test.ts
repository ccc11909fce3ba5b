/** What "give me the next" gives whom: skills, what somebody would rather have, how many claims each, whoever presses when. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { type Claiming, openClaiming } from '../bench/parts/claiming.ts';
import { fillQueue } from '../bench/parts/fill.ts';
import { type CaseId, PLAIN_PROFILE, parseId, type WorkProfile } from '../domain/index.ts';
import { type Colleague, openRegister, type Register } from '../register/index.ts';
import { createDatabase, type TestDatabase } from './setup/database.ts';
import { eventually } from './support/eventually.ts';
import { RedisServer } from './support/redis-server.ts';
import { ask } from './support/register-check.ts';

const TEAM = 'facilities';
const WORKERS = 6;
const CASES = 24;
const STEP_MS = 600_000;
/** Products of this team in the shipped catalogue, and one of another. */
const [LIFT, LIGHTING, CLEANING] = ['lift', 'lighting', 'cleaning-request'] as const;

const closings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
});

describe.each([
  ['PostgreSQL', false],
  ['Redis', true],
] as const)('queues in %s', (_, redis) => {
  const suite = it.skipIf(redis && inject('redisUrl') === null);
  let database: TestDatabase;
  let register: Register;
  let claiming: Claiming;

  beforeEach(async () => {
    database = await createDatabase();
    closings.push(() => database.drop());
    register = await openRegister(database, { connections: 8 });
    closings.push(() => register.close());
  });

  /** Opens the desk on what waits by then. */
  async function open(): Promise<void> {
    const server = redis ? new RedisServer() : null;
    if (server) {
      closings.push(() => server.remove());
      await server.start();
    }
    claiming = await openClaiming(register, { team: TEAM, workers: WORKERS, redisUrl: server?.url ?? null });
    closings.push(() => claiming.close());
  }

  const workerOf = (n: number): Colleague => claiming.workers[n] ?? expect.fail('there is no such worker');
  const profile = (n: number, changes: Partial<WorkProfile>): Promise<void> =>
    register.workProfiles.save(workerOf(n).id, { ...PLAIN_PROFILE, ...changes }, workerOf(n).id);
  const sql = <Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
    ask<Row>(database.ownerUrl, text, values);
  const productOf = async (id: string | null): Promise<string | null> =>
    (await sql<{ product: string | null }>('select product from cases where id = $1', [id]))[0]?.product ?? null;
  const held = async (n: number): Promise<number> =>
    Number(
      (await sql<{ n: string }>('select count(*) as n from claims where worker_id = $1 and ended_at is null', [workerOf(n).id]))[0]?.n,
    );
  const everything = async (n: number): Promise<CaseId[]> => {
    const taken: CaseId[] = [];
    for (let id = await claiming.next(n); id !== null; id = await claiming.next(n)) taken.push(id);
    return taken;
  };

  suite('at the maximum nobody gets more, however many times he presses at the same moment, and nothing is lost by it', async () => {
    await fillQueue(database.ownerUrl, TEAM, CASES);
    await open();
    await profile(0, { most: 3 });
    const pressed = await Promise.all(Array.from({ length: 8 }, () => claiming.ask(0)));
    expect(pressed.filter(({ kind }) => kind === 'claimed')).toHaveLength(3);
    expect(pressed.filter(({ kind }) => kind === 'too-many')).toEqual(Array(5).fill({ kind: 'too-many', holds: 3, most: 3 }));
    expect(await held(0)).toBe(3);

    const free = parseId<CaseId>((await sql<{ id: string }>(`select id from cases where state = 'queued' limit 1`))[0]?.id);
    if (!free) expect.fail('nothing waits');
    expect(await claiming.desk.act(free, { action: 'claim' }, workerOf(0))).toEqual({
      ...{ kind: 'refused', code: 'too-many', by: null },
      ...{ holds: 3, most: 3 },
    });
    expect(await claiming.desk.act(free, { action: 'claim', beyond: true }, workerOf(0))).toMatchObject({ kind: 'done' });
    expect(await held(0)).toBe(4);

    // What he has given back makes room, and a ticket that came back is somebody else's.
    await claiming.desk.act(free, { action: 'release' }, workerOf(0));
    expect(await claiming.ask(0)).toMatchObject({ kind: 'too-many' });
    await eventually(async () => {
      await everything(1);
      expect((await held(0)) + (await held(1))).toBe(CASES);
    });
  });

  suite('two presses for the last one he may have: one gets it, the other is told how many he has', async () => {
    await fillQueue(database.ownerUrl, TEAM, CASES);
    await open();
    for (const [n, most] of [
      [0, 1],
      [1, 2],
      [2, 3],
    ] as const) {
      await profile(n, { most, ...(n === 1 ? { products: [LIFT] } : {}) });
      for (let i = 1; i < most; i++) expect(await claiming.ask(n)).toMatchObject({ kind: 'claimed' });
      const both = await Promise.all([claiming.ask(n), claiming.ask(n)]);
      expect(both.map(({ kind }) => kind).sort()).toEqual(['claimed', 'too-many']);
      expect(both.find(({ kind }) => kind === 'too-many')).toEqual({ kind: 'too-many', holds: most, most });
    }
  });

  suite('nobody is given what he has no skill for, and what has no product is everybody’s', async () => {
    await fillQueue(database.ownerUrl, TEAM, CASES);
    await sql(`update cases set product = (array[$1, $2, null])[1 + substr(reference, 12)::int % 3]`, [LIFT, LIGHTING]);
    await open();
    await profile(0, { skills: [LIFT] });
    await profile(1, { skills: [LIGHTING] });
    // Of another team: it says nothing about this one.
    await profile(2, { skills: [CLEANING] });
    const [lifts, lights] = await Promise.all([everything(0), everything(1)]);
    for (const id of lifts) expect([LIFT, null]).toContain(await productOf(id));
    for (const id of lights) expect([LIGHTING, null]).toContain(await productOf(id));
    expect(new Set([...lifts, ...lights]).size).toBe(CASES);
    expect(lifts.length + lights.length).toBe(CASES);
    const [first] = lifts;
    if (!first) expect.fail('nobody took a lift');
    await claiming.desk.act(first, { action: 'release' }, workerOf(0));
    expect(await claiming.next(2)).toBe(first);
  });

  suite('a skill that was taken away counts at once, also where this process still believes it', async () => {
    await fillQueue(database.ownerUrl, TEAM, 2);
    await sql('update cases set product = $1', [LIFT]);
    await open();
    expect(await claiming.next(0)).not.toBeNull();
    // By another process: nothing here heard of it.
    await sql(`insert into work_profiles (person_id, skills) values ($1, array[$2])`, [workerOf(0).id, LIGHTING]);
    expect(await claiming.ask(0)).toEqual({ kind: 'none' });
    expect(await claiming.next(1)).not.toBeNull();
  });

  suite('what is kept for named readers is given to them alone', async () => {
    await fillQueue(database.ownerUrl, TEAM, 2);
    await sql(`update cases set product = $1, restricted = true`, [LIFT]);
    await sql(`insert into product_readers (product, reader) values ($1, 'worker-1@example.org')`, [LIFT]);
    await open();
    expect(await claiming.ask(0)).toEqual({ kind: 'none' });
    expect(await everything(1)).toHaveLength(2);
  });

  suite('with and without wishes side by side, each case is taken once', async () => {
    await fillQueue(database.ownerUrl, TEAM, CASES);
    await sql(`update cases set product = (array[$1, $2])[1 + substr(reference, 12)::int % 2]`, [LIFT, LIGHTING]);
    await open();
    await profile(0, { products: [LIFT] });
    await profile(1, { products: [LIFT], skills: [LIFT] });
    await profile(2, { places: ['town-hall'] });
    const taken = (await Promise.all(Array.from({ length: WORKERS }, (_, n) => everything(n)))).flat();
    expect(taken).toHaveLength(CASES);
    expect(new Set(taken).size).toBe(CASES);
  });

  suite('whatever waits: the most pressing of what he knows comes first, and what he would rather have among its equals', async () => {
    await open();
    await profile(0, { skills: [LIFT, LIGHTING], products: [LIGHTING], places: ['town-hall/A'] });
    const waiting = fc.record({
      urgent: fc.boolean(),
      step: fc.integer({ min: 0, max: 2 }),
      second: fc.integer({ min: 0, max: 599 }),
      product: fc.constantFrom(LIFT, LIGHTING, 'doors-windows', null),
      text: fc.constantFrom('de lamp is kapot', 'de lamp in gebouw A is kapot', 'de lamp in gebouw B is kapot'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(waiting, { minLength: 1, maxLength: 8 }), async (given) => {
        await sql(`update cases set state = 'closed' where state = 'queued'`);
        await fillQueue(database.ownerUrl, TEAM, given.length);
        const base = Math.ceil(Date.now() / STEP_MS) * STEP_MS;
        for (const [i, one] of given.entries())
          await sql(
            `update cases set reference = 'SD-' || gen_random_uuid(), urgent = $2, respond_by = $3, complete_by = $3, product = $4, title = '', text = $5,
               round = $6 where reference = $1`,
            [`SD-WAITING-${i + 1}`, one.urgent, new Date(base + one.step * STEP_MS + one.second * 1000), one.product, one.text, 100 + i],
          );
        const order = await everything(0);
        const rounds = await sql<{ id: string; round: number }>(`select id, round from cases where id = any($1)`, [order]);
        const taken = order.map((id) => given[(rounds.find((row) => row.id === id)?.round ?? 0) - 100]);
        const keys = taken.map((one) => (one ? keyOf(one) : expect.fail('something else was given')));
        expect(keys).toEqual(keys.toSorted((a, b) => compare(a, b)));
        expect(taken).toHaveLength(given.filter(({ product }) => product !== 'doors-windows').length);
      }),
      { numRuns: 15 },
    );
  });
});

interface Waiting {
  readonly urgent: boolean;
  readonly step: number;
  readonly second: number;
  readonly product: string | null;
  readonly text: string;
}

/** Urgency, then ten minutes, then how much he would rather have it, then the very moment. */
function keyOf({ urgent, step, second, product, text }: Waiting): readonly number[] {
  return [urgent ? 0 : 1, step, -(Number(product === LIGHTING) + Number(text.includes('gebouw A'))), second];
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [i, value] of a.entries()) if (value !== b[i]) return value - (b[i] ?? 0);
  return 0;
}
