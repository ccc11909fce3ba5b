/**
 * Email: mails in a mailbox until all are cases with their answer queued, beside a floor in the same run; what the reading process holds in memory
 * meanwhile; and how long one mail takes from its arrival to its answer at the SMTP server. docs/benchmarks.md says how to read it.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { z } from 'zod';
import { findEmbedded, startEmbedded } from '../register/index.ts';
import { type Dovecot, PASSWORD } from '../test/support/dovecot.ts';
import { SmtpReceiver } from '../test/support/smtp-receiver.ts';
import { atTheEnd, runApart, temporaryFolder } from './parts/children.ts';
import { startDesk, startDeskProcess } from './parts/desk.ts';
import { median, percentile, rounded } from './parts/figures.ts';
import type { MailFloorOrder } from './parts/mail-floor.ts';
import { DESK_ADDRESS, mailboxSettings, newMail, release, stage, startDovecot } from './parts/mailbox.ts';
import { processorSeconds, residentMB } from './parts/memory.ts';
import { startRedis } from './parts/redis.ts';
import type { BenchOptions, BenchReport } from './parts/report.ts';

interface Sizes {
  readonly mails: number;
  readonly rounds: number;
  /** For memory: whatever the mailbox's size. */
  readonly large: number;
  readonly warmUp: number;
  /** Sent one at a time, each when the last was answered. */
  readonly single: number;
}

const FULL: Sizes = { mails: 2_000, rounds: 3, large: 8_000, warmUp: 300, single: 100 };
const QUICK: Sizes = { mails: 300, rounds: 2, large: 600, warmUp: 50, single: 20 };

const PATIENCE_MS = 300_000;
const READ_MS = 30_000;
const LOOK_MS = 50;

export async function run({ quick, redis, say }: BenchOptions): Promise<BenchReport> {
  const sizes = quick ? QUICK : FULL;
  const redisUrl = redis ? await startRedis() : '';
  const imap = await startDovecot();
  const backlog = await measureBacklog(sizes, imap, redisUrl, say);
  const single = await measureSingle(sizes.single, imap, redisUrl, say);
  return {
    name: 'email',
    ours: { ...backlog.ours, ...single, queues: redis ? 'redis' : 'postgres' },
    floor: backlog.floor,
    peers: null,
    ratio: backlog.ratio,
    growth: null,
    rssMB: backlog.idleMB,
  };
}

interface Round {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMB: number | null;
}

/** One process reads and answers; another would deliver, and does not run. It and the floor share the PostgreSQL server, in turn. */
async function measureBacklog({ mails, rounds, large, warmUp }: Sizes, imap: Dovecot, redis: string, say: BenchOptions['say']) {
  const folder = join(temporaryFolder(), 'backlog');
  const server = await startEmbedded({ folder });
  atTheEnd(() => server.stop());
  const look = lookInto(server.ownerUrl);
  const desk = await startDeskProcess(folder, redis, {
    settings: {
      ...mailboxSettings(imap, 9),
      DATABASE_URL: server.applicationUrl,
      DATABASE_OWNER_URL: server.ownerUrl,
    },
    args: ['--roles', 'web,email'],
  });
  await isRead(look);
  const idleMB = residentMB(desk.pid);
  let floors = 0;
  const floorRound = async (count: number): Promise<number> => {
    floors += 1;
    const user = `floor${floors}`;
    await stage(imap, user, newMails(count));
    await release(imap, user);
    const order: MailFloorOrder = { port: imap.port, user, password: PASSWORD, database: server.ownerUrl, redis };
    const result = floorResult.parse(await runApart(new URL('./parts/mail-floor.ts', import.meta.url), order));
    if (result.mails !== count) throw new Error(`the floor took ${result.mails} of ${count} mails`);
    return result.seconds;
  };
  await oursRound(desk.pid, imap, look, warmUp);
  await floorRound(warmUp);
  const ours: Round[] = [];
  const floor: number[] = [];
  for (let i = 1; i <= rounds; i++) {
    const it = await oursRound(desk.pid, imap, look, mails);
    ours.push(it);
    say(`  ours, round ${i}: ${Math.round(mails / it.seconds)} a second, at most ${it.peakMB} MB`);
    const seconds = await floorRound(mails);
    floor.push(seconds);
    say(`  floor, round ${i}: ${Math.round(mails / seconds)} a second`);
  }
  const most = await oursRound(desk.pid, imap, look, large);
  say(`  ${large} mails: ${Math.round(large / most.seconds)} a second, at most ${most.peakMB} MB`);
  await desk.stop();
  await look.end();
  const perSecond = median(ours.map(({ seconds }) => mails / seconds));
  return {
    ours: {
      mails,
      perSecond: rounded(perSecond),
      nodeCpuMs: rounded(median(ours.map(({ cpuSeconds }) => (1000 * cpuSeconds) / mails))),
      peakMB: highest(ours.map(({ peakMB }) => peakMB)),
      largeMails: large,
      largePerSecond: rounded(large / most.seconds),
      largePeakMB: most.peakMB,
    },
    floor: { mails, perSecond: rounded(median(floor.map((seconds) => mails / seconds))) },
    // Neighbours in time had the same machine.
    ratio: rounded(median(ours.map(({ seconds }, i) => (floor[i] ?? Number.NaN) / seconds))),
    idleMB,
  };
}

const floorResult = z.object({ mails: z.number(), seconds: z.number() });

/** The desk stands still while the mails are put into its inbox, so that it begins with all of them. */
async function oursRound(pid: number, imap: Dovecot, look: pg.Pool, count: number): Promise<Round> {
  await stage(imap, DESK_ADDRESS, newMails(count));
  const before = await done(look);
  const cpu = processorSeconds(pid);
  process.kill(pid, 'SIGSTOP');
  try {
    await release(imap, DESK_ADDRESS);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  const begin = performance.now();
  let peakMB: number | null = null;
  for (;;) {
    const now = await done(look);
    peakMB = highest([peakMB, residentMB(pid)]);
    if (now.cases - before.cases >= count && now.answered - before.answered >= count) break;
    if (performance.now() - begin > PATIENCE_MS)
      throw new Error(
        `${now.cases - before.cases} of ${count} mails became a case, ${now.answered - before.answered} have an answer queued`,
      );
    await sleep(LOOK_MS);
  }
  return { seconds: (performance.now() - begin) / 1000, cpuSeconds: processorSeconds(pid) - cpu, peakMB };
}

/** Cases there are, and conversations whose answer is in the queue. */
async function done(look: pg.Pool): Promise<{ readonly cases: number; readonly answered: number }> {
  const { rows } = await look.query<{ cases: number; answered: number }>(
    `select (select count(*)::integer from cases) as cases,
       (select count(distinct conversation_id)::integer from outbox where kind = 'reply' and status <> 'pending') as answered`,
  );
  return rows[0] ?? { cases: 0, answered: 0 };
}

/** The whole desk in one process: a mail that arrives while nothing else does, until its answer was handed to the SMTP server. */
async function measureSingle(count: number, imap: Dovecot, redis: string, say: BenchOptions['say']) {
  const receiver = new SmtpReceiver();
  atTheEnd(() => receiver.remove());
  await receiver.start();
  const heard = new Map<string, () => void>();
  receiver.beforeTaking = async (raw) => {
    const to = /^To: .*?([^\s<]+@[^\s>]+)/m.exec(raw)?.[1];
    if (to) heard.get(to)?.();
  };
  const folder = join(temporaryFolder(), 'single');
  const desk = await startDesk(folder, redis, { settings: mailboxSettings(imap, receiver.port) });
  const place = await findEmbedded({ folder });
  if (!place) throw new Error('the desk has no database');
  const look = lookInto(place.ownerUrl);
  await isRead(look);
  await look.end();
  const reading = await imap.client(DESK_ADDRESS);
  const latencies: number[] = [];
  for (let i = 0; i < count; i++) {
    const { from, raw } = newMail();
    const { promise, resolve } = Promise.withResolvers<number>();
    heard.set(from, () => resolve(performance.now()));
    await reading.append('INBOX', raw.replace(/\n/g, '\r\n'));
    const at = performance.now();
    const answered = await Promise.race([promise, sleep(READ_MS, null, { ref: false })]);
    if (answered === null) throw new Error('a mail was not answered in time');
    latencies.push(answered - at);
  }
  await reading.logout();
  await desk.stop();
  await receiver.remove();
  const [p50, p95] = [percentile(latencies, 50), percentile(latencies, 95)];
  say(`  one at a time: p50 ${Math.round(p50)} ms, p95 ${Math.round(p95)} ms`);
  return { answeredP50Ms: rounded(p50), answeredP95Ms: rounded(p95), answered: count };
}

/** Resolves once the desk knows where its mailbox ends: what comes after that is new. */
async function isRead(look: pg.Pool): Promise<void> {
  const end = performance.now() + READ_MS;
  for (;;) {
    const { rows } = await look.query('select name from mailboxes where uid_validity is not null');
    if (rows.length > 0) return;
    if (performance.now() > end) throw new Error('the desk does not read its mailbox');
    await sleep(LOOK_MS);
  }
}

function lookInto(url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  // The server ends before the pool when the benchmark is broken off.
  pool.on('error', () => {});
  return pool;
}

function newMails(count: number): string[] {
  return Array.from({ length: count }, () => newMail().raw);
}

function highest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? Math.max(...known) : null;
}
