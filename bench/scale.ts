/**
 * Scale: what the workbench's pages and a turn cost with 1,000, 100,000 and 1,000,000 cases in the register, over HTTP, one request at a time.
 * docs/benchmarks.md says how to read it.
 */
import { join } from 'node:path';
import pg from 'pg';
import { findEmbedded, openRegister } from '../register/index.ts';
import { temporaryFolder } from './parts/children.ts';
import { openConversations } from './parts/conversations.ts';
import { CHAT_KEY, type Desk, startDesk } from './parts/desk.ts';
import { median, percentile, rounded } from './parts/figures.ts';
import { employees, fill, fillSearch } from './parts/fill.ts';
import { load } from './parts/load.ts';
import type { BenchOptions, BenchReport } from './parts/report.ts';

const SIZES = [1_000, 100_000, 1_000_000];
const QUICK_SIZES = [1_000, 20_000];
/** Requests of a kind that are counted, after as many that are not. */
const REQUESTS = 20;

/** What people open, and what they type. */
const PAGES = {
  counts: () => '/queues',
  teamList: () => '/cases?view=team.facilities',
  allList: () => '/cases?view=all',
  doneList: () => '/cases?view=done',
  searchCommon: () => '/cases?view=done&search=kamer',
  searchTwoWords: () => '/cases?view=done&search=warm%20kamer',
  searchMistyped: () => '/cases?view=done&search=kaemr',
  searchName: () => '/cases?view=done&search=medewerker-17',
  searchNothing: () => '/cases?view=done&search=zwembad',
  casePage: (id: string) => `/cases/${id}`,
} as const satisfies Record<string, (id: string) => string>;

export async function run({ quick, redis, say }: BenchOptions): Promise<BenchReport> {
  if (redis) throw new Error('this one looks at the register: there is no --redis');
  const figures: Record<string, number> = {};
  const growths: number[] = [];
  const sizes = quick ? QUICK_SIZES : SIZES;
  let smallest: Readonly<Record<string, number>> | null = null;
  for (const cases of sizes) {
    const measured = await measure(cases, say);
    for (const [name, ms] of Object.entries(measured)) figures[`${name}Ms${short(cases)}`] = rounded(ms);
    // Below some milliseconds it is the request and not the register that is measured.
    if (smallest)
      for (const [name, ms] of Object.entries(measured)) growths.push(Math.max(ms, FLOOR_MS) / Math.max(smallest[name] ?? ms, FLOOR_MS));
    smallest ??= measured;
  }
  return { name: 'scale', ours: figures, floor: null, peers: null, ratio: null, growth: rounded(Math.max(...growths)), rssMB: null };
}

const FLOOR_MS = 5;

function short(cases: number): string {
  return cases >= 1_000_000 ? `${cases / 1_000_000}M` : `${cases / 1_000}k`;
}

async function measure(cases: number, say: BenchOptions['say']): Promise<Record<string, number>> {
  const folder = join(temporaryFolder(), 'data');
  say(`filling a register: ${cases.toLocaleString('en')} cases`);
  await fill(folder, cases);
  await fillSearch(folder);
  const desk = await startDesk(folder, '');
  const { cookie, id } = await signedIn(folder, desk);
  const medians: Record<string, number> = {};
  for (const [name, path] of Object.entries(PAGES)) {
    const times = await timesOf(`${desk.url}/api/workbench${path(id)}`, cookie);
    medians[name] = median(times);
    say(`  ${name}: ${rounded(median(times))} ms, at most ${rounded(percentile(times, 100))}`);
  }
  const conversations = await openConversations({ url: desk.url, key: CHAT_KEY, visitors: (count) => employees(cases, count) }, 10);
  const { latencies } = await load({ url: desk.url, connections: 1, seconds: 3, conversations, atMost: 1_000 });
  medians.turn = median(latencies);
  say(`  turn: ${rounded(median(latencies))} ms`);
  await desk.stop();
  return medians;
}

async function timesOf(url: string, cookie: string): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < 2 * REQUESTS; i++) {
    const from = performance.now();
    const answer = await fetch(url, { headers: { cookie } });
    await answer.text();
    if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
    if (i >= REQUESTS) times.push(performance.now() - from);
  }
  return times;
}

/** An administrator's session, and a case that is done. */
async function signedIn(folder: string, desk: Desk): Promise<{ readonly cookie: string; readonly id: string }> {
  const urls = await findEmbedded({ folder });
  if (!urls) throw new Error('the desk has no database');
  const register = await openRegister(urls, { connections: 2 });
  try {
    const { token } = await register.signIn.invite({ address: 'bench@example.org', name: 'Bench', role: 'admin', team: null, by: null });
    const answer = await fetch(`${desk.url}/api/workbench/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-loket': 'workbench', origin: desk.url },
      body: JSON.stringify({ token }),
    });
    if (!answer.ok) throw new Error(`signing in: ${answer.status} ${await answer.text()}`);
    const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
    return { cookie, id: await aCase(urls.applicationUrl) };
  } finally {
    await register.close();
  }
}

async function aCase(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ id: string }>(`select id from cases where state = 'closed' order by opened_at desc limit 1`);
  await client.end();
  const [row] = rows;
  if (!row) throw new Error('there is no case');
  return row.id;
}
