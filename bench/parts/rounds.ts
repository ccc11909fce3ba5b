/** Rounds of load on two servers in turn: what disturbs the machine meanwhile disturbs both. */
import { openConversations, type Server } from './conversations.ts';
import { median, percentile, rounded } from './figures.ts';
import { type LoadResult, load } from './load.ts';
import { processorSeconds } from './memory.ts';

export interface Target {
  readonly name: string;
  readonly pid: number;
  readonly postmaster: number;
  readonly server: Server;
  /** Waits until what a round left behind is done. @returns after how many milliseconds */
  settled(): Promise<number>;
}

export interface Pace {
  readonly connections: number;
  readonly seconds: number;
  readonly rounds: number;
  /** Conversations per round. */
  readonly conversations: number;
}

interface Round {
  readonly result: LoadResult;
  readonly nodeSeconds: number;
  readonly postgresSeconds: number;
  readonly settledMs: number;
}

export interface Measured {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Questions that were counted, and requests that were not answered as they should. */
  readonly questions: number;
  readonly errors: number;
  /** Processor time per question. */
  readonly nodeCpuMs: number;
  readonly postgresCpuMs: number;
  /** How long after a round the last thing that it caused was done, at most. */
  readonly settledMs: number;
}

/** A target's figures over all rounds, and its throughput in each of them. */
export interface Outcome {
  readonly measured: Measured;
  readonly perSecondByRound: readonly number[];
}

/** What two targets' throughput is to each other: compared round by round, because neighbours in time had the same machine. */
export function throughputRatio(one: Outcome, other: Outcome): number {
  return median(one.perSecondByRound.map((perSecond, i) => perSecond / (other.perSecondByRound[i] ?? Number.NaN)));
}

/** More than this in one round is a fault of the benchmark. */
const MOST_REQUESTS = 200_000;

async function round({ pid, postmaster, server, settled }: Target, pace: Pace): Promise<Round> {
  const { connections, seconds } = pace;
  const conversations = await openConversations(server, pace.conversations);
  const node = processorSeconds(pid);
  const postgres = processorSeconds(postmaster, true);
  const result = await load({ url: server.url, connections, seconds, conversations, atMost: MOST_REQUESTS });
  const settledMs = await settled();
  return { result, settledMs, nodeSeconds: processorSeconds(pid) - node, postgresSeconds: processorSeconds(postmaster, true) - postgres };
}

/**
 * Measures targets in turn, after a warm-up of each: A B A B ...
 * @throws Error when a target answers nothing as it should
 */
export async function interleave(
  targets: readonly Target[],
  pace: Pace,
  warmUpSeconds: number,
  say: (line: string) => void,
): Promise<Outcome[]> {
  const rounds: Round[][] = targets.map(() => []);
  for (const target of targets) await round(target, { ...pace, seconds: warmUpSeconds });
  for (let i = 0; i < pace.rounds; i++)
    for (const [t, target] of targets.entries()) {
      const done = await round(target, pace);
      const { good, seconds, errors, firstError } = done.result;
      say(
        `  ${target.name}, round ${i + 1}: ${Math.round(good / seconds)} a second${errors > 0 ? `, ${errors} errors (${firstError})` : ''}`,
      );
      if (good === 0) throw new Error(`${target.name} registered nothing; the first answer was ${firstError}`);
      rounds[t]?.push(done);
    }
  return rounds.map((of) => ({ measured: summary(of), perSecondByRound: of.map(({ result }) => result.good / result.seconds) }));
}

function summary(rounds: readonly Round[]): Measured {
  const over = (of: (round: Round) => number) => rounded(median(rounds.map(of)));
  return {
    perSecond: over(({ result }) => result.good / result.seconds),
    p50Ms: over(({ result }) => percentile(result.latencies, 50)),
    p99Ms: over(({ result }) => percentile(result.latencies, 99)),
    questions: rounds.reduce((sum, { result }) => sum + result.good, 0),
    errors: rounds.reduce((sum, { result }) => sum + result.errors, 0),
    nodeCpuMs: over(({ nodeSeconds, result }) => (1000 * nodeSeconds) / result.good),
    postgresCpuMs: over(({ postgresSeconds, result }) => (1000 * postgresSeconds) / result.good),
    settledMs: Math.round(Math.max(...rounds.map(({ settledMs }) => settledMs))),
  };
}
