/**
 * Claims: how fast many workers take the next case of one team's queue, beside what nobody can do without in the same run: BullMQ's
 * `getNextJob`, one committed row, and the job completed. docs/benchmarks.md says how to read it.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createPostgresBackend, createRedisBackend, Queue, Worker } from 'bullmq';
import pg from 'pg';
import { openRegister, startEmbedded } from '../register/index.ts';
import { atTheEnd, temporaryFolder } from './parts/children.ts';
import { openClaiming } from './parts/claiming.ts';
import { median, percentile, rounded } from './parts/figures.ts';
import { fillQueue } from './parts/fill.ts';
import { startRedis } from './parts/redis.ts';
import type { BenchOptions, BenchReport, Figures } from './parts/report.ts';

const TEAM = 'facilities';
const WORKERS = 50;

/** How a worker takes the next one. @returns false when nothing waits */
type Claim = (worker: number) => Promise<boolean>;

interface Round {
  readonly perSecond: number;
  readonly latencies: readonly number[];
}

export async function run({ quick, redis, say }: BenchOptions): Promise<BenchReport> {
  const seconds = quick ? 2 : 5;
  const rounds = quick ? 2 : 5;
  const cases = quick ? 10_000 : 40_000;
  const redisUrl = redis ? await startRedis() : null;
  const folder = temporaryFolder();
  const server = await startEmbedded({ folder: join(folder, 'data') });
  atTheEnd(() => server.stop());
  const register = await openRegister(server);
  atTheEnd(() => register.close());

  say(`filling a queue: ${cases.toLocaleString('en')} cases`);
  await fillQueue(server.ownerUrl, TEAM, cases);
  const claiming = await openClaiming(register, { team: TEAM, workers: WORKERS, redisUrl });
  atTheEnd(() => claiming.close());
  const ours: Claim = async (worker) => (await claiming.next(worker)) !== null;
  const floor = await floorClaims(server, redisUrl, cases);

  say(`${WORKERS} workers, ours and the floor in turn`);
  const [mine, theirs]: [Round[], Round[]] = [[], []];
  for (let i = 0; i < rounds; i++) {
    mine.push(await round(ours, seconds));
    theirs.push(await round(floor, seconds));
    say(`  round ${i + 1}: ${Math.round(mine.at(-1)?.perSecond ?? 0)} and ${Math.round(theirs.at(-1)?.perSecond ?? 0)} a second`);
  }
  const held = await heldTwice(server.ownerUrl);
  if (held > 0) throw new Error(`${held} cases were claimed by two workers`);
  return {
    name: 'claims',
    ours: { ...figures(mine), queues: redis ? 'redis' : 'postgres', workers: WORKERS, waiting: cases },
    floor: figures(theirs),
    peers: null,
    ratio: rounded(median(mine.map(({ perSecond }, i) => perSecond / (theirs[i]?.perSecond ?? Number.NaN)))),
    growth: null,
    rssMB: null,
  };
}

/** What cannot be left out: the next job, one row, the job gone. */
async function floorClaims(
  { ownerUrl, applicationUrl }: { readonly ownerUrl: string; readonly applicationUrl: string },
  redisUrl: string | null,
  jobs: number,
): Promise<Claim> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query(
    'create table floor_claims (case_id uuid primary key, worker integer not null); grant insert on floor_claims to loket_app',
  );
  await owner.end();
  const pool = new pg.Pool({ connectionString: applicationUrl, max: 16 });
  // The server may go before its connections have said goodbye.
  pool.on('error', () => {});
  atTheEnd(() => pool.end());
  const connection = { connectionString: applicationUrl, schema: 'queue', max: 16, migrate: true };
  const defaultJobOptions = { removeOnComplete: true, removeOnFail: true };
  const by = { autorun: false, lockDuration: 30_000, stalledInterval: 15_000, maxStalledCount: 1_000_000 };
  const queue = redisUrl
    ? new Queue('floor', { connection: { url: redisUrl }, defaultJobOptions }, createRedisBackend)
    : new Queue('floor', { connection, defaultJobOptions }, createPostgresBackend);
  const taker = redisUrl
    ? new Worker('floor', null, { connection: { url: redisUrl }, ...by }, createRedisBackend)
    : new Worker('floor', null, { connection, ...by }, createPostgresBackend);
  atTheEnd(async () => {
    await taker.close();
    await queue.close();
  });
  for (let added = 0; added < jobs; added += 1000) {
    const chunk = Array.from({ length: Math.min(1000, jobs - added) }, (_, i) => ({
      name: 'ticket',
      data: { case: randomUUID(), round: 1 },
      opts: { jobId: `floor-${added + i}`, priority: 1 + (((added + i) * 7919) % 10_000) },
    }));
    await queue.addBulk(chunk);
  }
  return async (worker) => {
    const token = randomUUID();
    const job = await taker.getNextJob(token, { block: false });
    if (!job) return false;
    await pool.query({
      name: 'claim',
      text: 'insert into floor_claims (case_id, worker) values ($1, $2)',
      values: [job.data.case, worker],
    });
    await job.moveToCompleted(undefined, token, false);
    return true;
  };
}

async function round(claim: Claim, seconds: number): Promise<Round> {
  const latencies: number[] = [];
  const begin = performance.now();
  const until = begin + seconds * 1000;
  await Promise.all(
    Array.from({ length: WORKERS }, async (_, worker) => {
      while (performance.now() < until) {
        const from = performance.now();
        if (!(await claim(worker))) throw new Error('the queue ran empty: the round measures nothing');
        latencies.push(performance.now() - from);
      }
    }),
  );
  return { perSecond: latencies.length / ((performance.now() - begin) / 1000), latencies };
}

async function heldTwice(ownerUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const { rows } = await client.query<{ count: string }>(
    'select count(*) from (select case_id from claims group by case_id having count(*) > 1) twice',
  );
  await client.end();
  return Number(rows[0]?.count ?? 0);
}

function figures(rounds: readonly Round[]): Figures {
  return {
    perSecond: rounded(median(rounds.map(({ perSecond }) => perSecond))),
    p50Ms: rounded(median(rounds.map(({ latencies }) => percentile(latencies, 50)))),
    p99Ms: rounded(median(rounds.map(({ latencies }) => percentile(latencies, 99)))),
    claims: rounds.reduce((sum, { latencies }) => sum + latencies.length, 0),
  };
}
