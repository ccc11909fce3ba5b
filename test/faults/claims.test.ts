/** Fifty workers empty one team's queue of 20,000 cases: nobody holds the same case, nobody goes short, and what is due first is taken first. */
import { afterEach, describe, expect, inject, it } from 'vitest';
import { openClaiming } from '../../bench/parts/claiming.ts';
import { fillQueue } from '../../bench/parts/fill.ts';
import { openRegister } from '../../register/index.ts';
import { createDatabase } from '../setup/database.ts';
import { RedisServer } from '../support/redis-server.ts';
import { ask } from '../support/register-check.ts';

const TEAM = 'facilities';
const WORKERS = 50;
const CASES = 20_000;
/** A queue knows deadlines in steps of ten minutes. */
const STEP_MS = 600_000;
/** So many are in hands at once, before and after the moment that is written down. */
const SIDE_BY_SIDE = 2 * WORKERS;

const closings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
});

describe.each([
  ['PostgreSQL', false],
  ['Redis', true],
] as const)('queues in %s', (_, redis) => {
  it.skipIf(redis && inject('redisUrl') === null)('fifty workers take 20,000 cases, each once, the most pressing first', async () => {
    const database = await createDatabase();
    closings.push(() => database.drop());
    const register = await openRegister(database, { connections: 10 });
    closings.push(() => register.close());
    const server = redis ? new RedisServer() : null;
    if (server) {
      closings.push(() => server.remove());
      await server.start();
    }
    await fillQueue(database.ownerUrl, TEAM, CASES);
    const claiming = await openClaiming(register, { team: TEAM, workers: WORKERS, redisUrl: server?.url ?? null });
    closings.push(() => claiming.close());

    const taken = await Promise.all(
      Array.from({ length: WORKERS }, async (_, worker) => {
        const mine: string[] = [];
        for (let id = await claiming.next(worker); id !== null; id = await claiming.next(worker)) mine.push(id);
        return mine;
      }),
    );

    const all = taken.flat();
    expect(all).toHaveLength(CASES);
    expect(new Set(all).size).toBe(CASES);
    const rows = await ask<{ id: string; worker: string; due: Date }>(
      database.ownerUrl,
      `select c.id, e.actor_id as worker, c.respond_by as due from cases c join case_events e on e.case_id = c.id and e.name = 'claimed'
       where c.state = 'claimed' and c.worker_id = e.actor_id order by e.at, e.case_id`,
      [],
    );
    expect(rows).toHaveLength(CASES);
    // Everybody who asked got a fair part.
    const parts = Object.values(Object.groupBy(rows, ({ worker }) => worker)).map((mine) => mine?.length ?? 0);
    expect(parts).toHaveLength(WORKERS);
    expect(Math.min(...parts)).toBeGreaterThan(CASES / WORKERS / 4);
    expect(outOfOrder(rows.map(({ due }) => Math.floor(due.getTime() / STEP_MS)))).toEqual([]);
  });
});

/** The places at which something was taken although something more pressing waited longer than all that were in hands at once. */
function outOfOrder(steps: readonly number[]): number[] {
  const least = [...steps];
  for (let at = least.length - 2; at >= 0; at--) least[at] = Math.min(least[at] ?? 0, least[at + 1] ?? Infinity);
  return steps.flatMap((step, at) => ((least[at + SIDE_BY_SIDE] ?? Infinity) < step ? [at] : []));
}
