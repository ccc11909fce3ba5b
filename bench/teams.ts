/**
 * Teams: activities that are answered in a second, from a message to its answer at the connector service, with the turn committed in between; beside
 * a bare botbuilder bot that echoes, in the same run. docs/benchmarks.md says how to read it.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { environment, freePort, runApart, startChild, temporaryFolder } from './parts/children.ts';
import { startDesk } from './parts/desk.ts';
import { median, percentile, rounded } from './parts/figures.ts';
import { processorSeconds } from './parts/memory.ts';
import { startRedis } from './parts/redis.ts';
import type { BenchOptions, BenchReport } from './parts/report.ts';
import type { TeamsOrder } from './parts/teams-load.ts';

const CHATS = 128;
const ROUNDS = 4;
const SECONDS = 8;
const WARM_UP_SECONDS = 4;

const outcome = z.object({
  good: z.number(),
  errors: z.number(),
  firstError: z.string().nullable(),
  seconds: z.number(),
  latencies: z.array(z.number()),
});
type Outcome = z.infer<typeof outcome> & { readonly cpuSeconds: number };

interface Bot {
  readonly name: string;
  readonly pid: number;
  readonly url: string;
  readonly answer: string;
}

export async function run({ quick, redis, say }: BenchOptions): Promise<BenchReport> {
  const [rounds, seconds] = quick ? [2, 3] : [ROUNDS, SECONDS];
  const redisUrl = redis ? await startRedis() : '';
  const desk = await startDesk(join(temporaryFolder(), 'ours'), redisUrl, { settings: { TEAMS_PLAYGROUND: '1' } });
  const port = await freePort();
  const echo = startChild(
    process.execPath,
    [fileURLToPath(new URL('./parts/echo-bot.ts', import.meta.url))],
    environment({ ECHO_PORT: String(port) }),
  );
  await echo.line(/^Ready/, 60_000);
  const bots: readonly [Bot, Bot] = [
    { name: 'ours', pid: desk.pid, url: desk.url, answer: 'SD-[A-Z2-9]{4}-[A-Z2-9]{4}' },
    { name: 'echo', pid: echo.pid, url: `http://127.0.0.1:${port}`, answer: 'echo: ' },
  ];
  say(`${CHATS} chats, ours and the echo bot in turn`);
  for (const bot of bots) await round(bot, WARM_UP_SECONDS);
  const [ours, theirs]: readonly [Outcome[], Outcome[]] = [[], []];
  for (let i = 0; i < rounds; i++) {
    ours.push(await round(bots[0], seconds, say));
    theirs.push(await round(bots[1], seconds, say));
  }
  await desk.stop();
  await echo.stop();
  const ratio = median(ours.map((it, i) => perSecond(it) / perSecond(theirs[i] ?? it)));
  return {
    name: 'teams',
    ours: { ...figures(ours), queues: redis ? 'redis' : 'postgres' },
    floor: figures(theirs),
    peers: null,
    ratio: rounded(ratio),
    growth: null,
    rssMB: null,
  };
}

async function round({ name, pid, url, answer }: Bot, seconds: number, say: (line: string) => void = () => {}): Promise<Outcome> {
  const before = processorSeconds(pid);
  const order: TeamsOrder = { url, chats: CHATS, seconds, answer };
  const result = outcome.parse(await runApart(new URL('./parts/teams-load.ts', import.meta.url), order));
  const { good, errors, firstError } = result;
  say(`  ${name}: ${Math.round(good / result.seconds)} a second${errors > 0 ? `, ${errors} errors (${firstError})` : ''}`);
  if (good === 0) throw new Error(`${name} answered nothing; the first thing heard was ${firstError}`);
  return { ...result, cpuSeconds: processorSeconds(pid) - before };
}

function perSecond({ good, seconds }: Outcome): number {
  return good / seconds;
}

function figures(rounds: readonly Outcome[]) {
  const over = (of: (it: Outcome) => number) => rounded(median(rounds.map(of)));
  return {
    perSecond: over(perSecond),
    p50Ms: over(({ latencies }) => percentile(latencies, 50)),
    p99Ms: over(({ latencies }) => percentile(latencies, 99)),
    activities: rounds.reduce((sum, { good }) => sum + good, 0),
    errors: rounds.reduce((sum, { errors }) => sum + errors, 0),
    nodeCpuMs: over(({ cpuSeconds, good }) => (1000 * cpuSeconds) / good),
  };
}
