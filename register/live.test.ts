import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type CaseId, type ConversationId, newId } from '../domain/index.ts';
import { createDatabase } from '../test/setup/database.ts';
import { openDatabase } from './database.ts';
import { Live, type News } from './live.ts';
import { connect } from './test/builders.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function desk() {
  const made = await createDatabase();
  const owner = await connect(made.ownerUrl);
  closing.push(made.drop, owner.end);
  const listeners = `from pg_stat_activity where datname = current_database() and application_name = 'loket live'`;
  return {
    applicationUrl: made.applicationUrl,
    listening: async () => (await owner.ask(`select count(*) ${listeners}`)).flat()[0],
    cut: () => owner.ask(`select pg_terminate_backend(pid) ${listeners}`),
    shout: (payload: string) => owner.ask('select pg_notify($1, $2)', ['loket_news', payload]),
  };
}

/** A process's news, and all that it heard. */
async function aProcess(applicationUrl: string, through: string = applicationUrl) {
  const database = openDatabase(applicationUrl, { max: 2 });
  const live = new Live(database.pool, through);
  await live.start();
  closing.push(database.close, () => live.close());
  const heard: News[] = [];
  const stop = live.listen((news) => heard.push(news));
  return { live, heard, stop };
}

function said(seq = 1): News {
  return { kind: 'said', conversation: newId<ConversationId>(), seq };
}

const has = (heard: readonly News[], news: News) => heard.some((it) => JSON.stringify(it) === JSON.stringify(news));

/** Publishes until it is heard: then the way is open, and what was sent before has arrived or never will. */
async function untilHeard(from: Live, heard: readonly News[]): Promise<void> {
  const marks: News[] = [];
  await vi.waitFor(
    () => {
      const mark = said(marks.length);
      marks.push(mark);
      from.publish([mark]);
      if (!marks.some((it) => has(heard, it))) throw new Error('not heard yet');
    },
    { timeout: 20_000, interval: 50 },
  );
}

describe('news', () => {
  it('reaches every listener of this process at once, and those of others', async () => {
    const { applicationUrl } = await desk();
    const [here, there] = [await aProcess(applicationUrl), await aProcess(applicationUrl)];
    const second: News[] = [];
    here.live.listen((news) => second.push(news));
    const news: News[] = [
      said(7),
      { kind: 'case', id: newId<CaseId>(), team: 'facilities', from: 'catering' },
      { kind: 'published', version: 'v2' },
    ];
    here.live.publish(news);
    expect(here.heard).toEqual(news);
    expect(second).toEqual(news);
    await vi.waitFor(() => expect(there.heard).toEqual(news));
  });

  it('of its own a process hears once', async () => {
    const { applicationUrl } = await desk();
    const [here, there] = [await aProcess(applicationUrl), await aProcess(applicationUrl)];
    const [mine, theirs] = [said(), said()];
    here.live.publish([mine]);
    await vi.waitFor(() => expect(there.heard).toEqual([mine]));
    // Notifications come in order: once this one is here, an echo of the first would be too.
    there.live.publish([theirs]);
    await vi.waitFor(() => expect(has(here.heard, theirs)).toBe(true));
    expect(here.heard).toEqual([mine, theirs]);
  });

  it('is not told to who stopped listening', async () => {
    const { applicationUrl } = await desk();
    const [here, there] = [await aProcess(applicationUrl), await aProcess(applicationUrl)];
    there.stop();
    const others: News[] = [];
    there.live.listen((news) => others.push(news));
    here.live.publish([said()]);
    await vi.waitFor(() => expect(others).toHaveLength(1));
    expect(there.heard).toEqual([]);
  });

  it('may be more than a notification holds, in letters of several bytes too', async () => {
    const { applicationUrl } = await desk();
    const [here, there] = [await aProcess(applicationUrl), await aProcess(applicationUrl)];
    const many: News[] = Array.from({ length: 500 }, (_, i) => ({
      kind: 'case',
      id: newId<CaseId>(),
      team: `één-${i}-${'é'.repeat(60)}`,
      from: null,
    }));
    here.live.publish(many);
    await vi.waitFor(() => expect(there.heard).toHaveLength(500));
    expect(there.heard.map((it) => JSON.stringify(it)).toSorted()).toEqual(many.map((it) => JSON.stringify(it)).toSorted());
  });

  it('that was given just before closing still goes out', async () => {
    const { applicationUrl } = await desk();
    const there = await aProcess(applicationUrl);
    const database = openDatabase(applicationUrl, { max: 2 });
    const live = new Live(database.pool, applicationUrl);
    await live.start();
    const last = said();
    live.publish([last]);
    await live.close();
    await database.close();
    await vi.waitFor(() => expect(there.heard).toEqual([last]));
  });
});

describe('a connection that breaks', () => {
  it('is made anew, once', async () => {
    const { applicationUrl, cut, listening } = await desk();
    const [here, there] = [await aProcess(applicationUrl), await aProcess(applicationUrl)];
    await cut();
    await untilHeard(here.live, there.heard);
    await untilHeard(there.live, here.heard);
    expect(await listening()).toBe(2);
    const after = said();
    here.live.publish([after]);
    await vi.waitFor(() => expect(has(there.heard, after)).toBe(true));
    expect(there.heard.filter((it) => JSON.stringify(it) === JSON.stringify(after))).toHaveLength(1);
  });

  it('is made anew once, also when the server is away for several attempts', async () => {
    const { applicationUrl, cut, listening } = await desk();
    const gate = await aGate(applicationUrl);
    const here = await aProcess(applicationUrl);
    const there = await aProcess(applicationUrl, gate.url);
    gate.shut();
    await cut();
    await vi.waitFor(() => expect(gate.refused()).toBeGreaterThanOrEqual(2), { timeout: 20_000 });
    gate.open();
    await untilHeard(here.live, there.heard);
    await untilHeard(there.live, here.heard);
    expect(await listening()).toBe(2);
  });

  it('that is closed stays closed', async () => {
    const { applicationUrl, listening } = await desk();
    const database = openDatabase(applicationUrl, { max: 1 });
    const live = new Live(database.pool, applicationUrl);
    await live.start();
    expect(await listening()).toBe(1);
    await live.close();
    await database.close();
    await vi.waitFor(async () => expect(await listening()).toBe(0));
  });

  it('that cannot be made at all is said', async () => {
    const { applicationUrl } = await desk();
    const gate = await aGate(applicationUrl);
    gate.shut();
    const database = openDatabase(applicationUrl, { max: 1 });
    closing.push(database.close);
    await expect(new Live(database.pool, gate.url).start()).rejects.toThrow();
    expect(gate.refused()).toBe(1);
  });
});

/** A way to the server that can be shut. */
async function aGate(url: string) {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let isOpen = true;
  let refused = 0;
  const server = createServer((socket) => {
    socket.on('error', () => {});
    if (!isOpen) {
      refused += 1;
      socket.destroy();
      return;
    }
    const onward = dial(Number(target.port), target.hostname);
    for (const end of [socket, onward]) sockets.add(end.on('error', () => {}));
    socket.pipe(onward).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the gate has no port');
  closing.unshift(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    url: Object.assign(new URL(url), { port: String(address.port) }).href,
    shut: () => {
      isOpen = false;
    },
    open: () => {
      isOpen = true;
    },
    refused: () => refused,
  };
}
