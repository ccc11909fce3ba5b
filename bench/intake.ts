/**
 * Intake: what a question costs from request to committed reply, over HTTP, beside a floor in the same run; whether that cost stays the same in a
 * register of a million cases; how fast the desk starts and what it holds in memory. docs/benchmarks.md says how to read it.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findEmbedded } from '../register/index.ts';
import { atTheEnd, temporaryFolder } from './parts/children.ts';
import { newVisitors, type Server } from './parts/conversations.ts';
import { CHAT_KEY, type Desk, startDesk } from './parts/desk.ts';
import { rounded } from './parts/figures.ts';
import { employees, fill } from './parts/fill.ts';
import { startFloor } from './parts/floor.ts';
import { startRedis } from './parts/redis.ts';
import type { BenchOptions, BenchReport } from './parts/report.ts';
import { interleave, type Outcome, type Pace, type Target, throughputRatio } from './parts/rounds.ts';
import { measureStarts } from './parts/start-up.ts';

interface Sizes {
  readonly small: number;
  readonly large: number;
  readonly idleMs: number;
  readonly warmUpSeconds: number;
  readonly intake: Pace;
  /** One at a time: what a turn costs by itself. */
  readonly alone: Pace;
  readonly crowded: Pace;
}

const CONNECTIONS = 32;

const FULL: Sizes = {
  small: 1_000,
  large: 1_000_000,
  idleMs: 10_000,
  warmUpSeconds: 3,
  intake: { connections: CONNECTIONS, seconds: 5, rounds: 6, conversations: 256 },
  alone: { connections: 1, seconds: 2, rounds: 8, conversations: 40 },
  crowded: { connections: CONNECTIONS, seconds: 4, rounds: 4, conversations: 256 },
};

const QUICK: Sizes = {
  small: 1_000,
  large: 20_000,
  idleMs: 2_000,
  warmUpSeconds: 1,
  intake: { ...FULL.intake, seconds: 3, rounds: 2 },
  alone: { ...FULL.alone, seconds: 1, rounds: 3 },
  crowded: { ...FULL.crowded, seconds: 2, rounds: 2 },
};

export async function run({ quick, redis, say }: BenchOptions): Promise<BenchReport> {
  const sizes = quick ? QUICK : FULL;
  const redisUrl = redis ? await startRedis() : '';
  say('starting by npm, twice');
  const { first, second } = await measureStarts(redisUrl, sizes.idleMs);
  const [ours, floor] = await measureIntake(sizes, redisUrl, say);
  const { alone, crowded, growth } = await measureGrowth(sizes, redisUrl, say);
  const resident = [first.rssMB, second.rssMB].filter((value) => value !== null);
  return {
    name: 'intake',
    ours: {
      ...ours.measured,
      queues: redis ? 'redis' : 'postgres',
      turnMsSmall: alone.small.measured.p50Ms,
      turnMsLarge: alone.large.measured.p50Ms,
      perSecondSmall: crowded.small.measured.perSecond,
      perSecondLarge: crowded.large.measured.perSecond,
      casesSmall: sizes.small,
      casesLarge: sizes.large,
      firstListeningSeconds: first.listeningSeconds,
      firstReadySeconds: first.readySeconds,
      listeningSeconds: second.listeningSeconds,
      readySeconds: second.readySeconds,
      firstRssMB: first.rssMB,
      rssMB: second.rssMB,
      postgresMB: first.postgresMB,
    },
    floor: { ...floor.measured },
    peers: null,
    ratio: rounded(throughputRatio(ours, floor)),
    growth,
    rssMB: resident.length > 0 ? Math.max(...resident) : null,
  };
}

/** A new register; every conversation is another visitor's. */
async function measureIntake(sizes: Sizes, redis: string, say: BenchOptions['say']): Promise<[ours: Outcome, floor: Outcome]> {
  const folder = temporaryFolder();
  const [desk, floor] = [await startDesk(join(folder, 'ours'), redis), await startFloor(join(folder, 'floor'), redis)];
  say(`${CONNECTIONS} connections, ours and the floor in turn`);
  const targets: Target[] = [
    await deskTarget('ours', desk, join(folder, 'ours'), newVisitors()),
    { ...floor, name: 'floor', server: { url: floor.url, key: null, visitors: () => [] }, settled: async () => 0 },
  ];
  const [ours, theirs] = await interleave(targets, sizes.intake, sizes.warmUpSeconds, say);
  await desk.stop();
  await floor.stop();
  if (!ours || !theirs) throw new Error('nothing was measured');
  return [ours, theirs];
}

interface Pair {
  readonly small: Outcome;
  readonly large: Outcome;
}

/** Two registers, small and large, with employees who asked as much before in both. */
async function measureGrowth(
  sizes: Sizes,
  redis: string,
  say: BenchOptions['say'],
): Promise<{ readonly alone: Pair; readonly crowded: Pair; readonly growth: number }> {
  const targets: Target[] = [];
  const desks: Desk[] = [];
  for (const cases of [sizes.small, sizes.large]) {
    const folder = join(temporaryFolder(), 'data');
    const name = `${cases.toLocaleString('en')} cases`;
    say(`filling a register: ${name}`);
    await fill(folder, cases);
    const desk = await startDesk(folder, redis);
    desks.push(desk);
    targets.push(await deskTarget(name, desk, folder, (count) => employees(cases, Math.min(count, EMPLOYEES))));
  }
  const pair = async (pace: Pace): Promise<Pair> => {
    const [small, large] = await interleave(targets, pace, sizes.warmUpSeconds, say);
    if (!small || !large) throw new Error('nothing was measured');
    return { small, large };
  };
  say('one at a time, in both');
  const alone = await pair(sizes.alone);
  say(`${CONNECTIONS} connections, in both`);
  const crowded = await pair(sizes.crowded);
  for (const desk of desks) await desk.stop();
  const growth = Math.max(alone.large.measured.p50Ms / alone.small.measured.p50Ms, throughputRatio(crowded.small, crowded.large));
  return { alone, crowded, growth: rounded(growth) };
}

/** A desk is at rest when what was committed is in the queues. */
async function deskTarget(name: string, desk: Desk, folder: string, visitors: Server['visitors']): Promise<Target> {
  const database = await findEmbedded({ folder });
  if (!database) throw new Error('the desk has no database');
  const client = new pg.Client({ connectionString: database.applicationUrl });
  client.on('error', () => {});
  await client.connect();
  atTheEnd(() => client.end());
  const waiting = async (): Promise<number> => {
    const { rows } = await client.query<{ count: string }>(`select count(*) from outbox where status = 'pending'`);
    return Number(rows[0]?.count ?? 0);
  };
  const settled = async () => {
    const begin = performance.now();
    while ((await waiting()) > 0 && performance.now() - begin < SETTLE_MS) await sleep(50);
    return performance.now() - begin;
  };
  return { name, pid: desk.pid, postmaster: desk.postmaster, server: { url: desk.url, key: CHAT_KEY, visitors }, settled };
}

/** As many as there are in the small register. */
const EMPLOYEES = 40;
const SETTLE_MS = 60_000;
