/** Workers at one team's queue in this process: the desk's turn, its queues and its register, without the pages around them. */
import { fileURLToPath } from 'node:url';
import { Desk } from '../../bot/index.ts';
import { loadCatalogue } from '../../catalogue/index.ts';
import type { CaseId } from '../../domain/index.ts';
import { turnRegister } from '../../main/start.ts';
import { openQueues, type Queues } from '../../queue/index.ts';
import type { Colleague, Register } from '../../register/index.ts';
import { type Next, NextCase } from '../../workbench/index.ts';

const SILENT = { info() {}, warn() {}, error() {} };

export interface Claiming {
  readonly desk: Desk;
  readonly workers: readonly Colleague[];
  /** The same, with why he got none. */
  ask(worker: number): Promise<Next>;
  /** "Give me the next", as the workbench's button does it. @returns null when nothing waits */
  next(worker: number): Promise<CaseId | null>;
  close(): Promise<void>;
}

/** What waits in the register is put in the queues first. */
export async function openClaiming(
  register: Register,
  { team, workers, redisUrl }: { readonly team: string; readonly workers: number; readonly redisUrl: string | null },
): Promise<Claiming> {
  const loaded = await loadCatalogue(fileURLToPath(new URL('../../catalogue', import.meta.url)));
  if (loaded.kind !== 'ok') throw new Error('the catalogue has mistakes');
  const { catalogue } = loaded;
  let queues: Queues | null = null;
  const understand = () => {
    throw new Error('nothing is asked here');
  };
  const desk = new Desk({
    register: turnRegister(register),
    published: { current: () => ({ catalogue, understand }), at: async () => catalogue },
    now: () => new Date(),
    disruptions: () => [],
    checkpoint: () => {},
    report: (problem, error) => console.error(problem, error),
    afterCommit: ({ outbox }) => queues?.project(outbox),
  });
  const opened = await openQueues({
    backend: redisUrl ? { kind: 'redis', url: redisUrl } : { kind: 'postgres', url: register.applicationUrl, schema: 'queue' },
    register,
    deliver: { web: async () => ({ kind: 'delivered' }) },
    onTimer: async () => {},
    checkpoint: () => {},
    log: SILENT,
    jobs: false,
  });
  queues = opened;
  await opened.reconcile('whole');
  const colleagues = await Promise.all(Array.from({ length: workers }, (_, n) => signedIn(register, team, n)));
  const nextCase = new NextCase({ desk, queues: opened, register, catalogue: () => catalogue, checkpoint: () => {} });
  const ask = async (n: number): Promise<Next> => {
    const worker = colleagues[n];
    if (!worker) throw new Error('there is no such worker');
    return await nextCase.next(team, worker);
  };
  return {
    desk,
    workers: colleagues,
    ask,
    next: async (n) => {
      const given = await ask(n);
      return given.kind === 'claimed' ? given.case : null;
    },
    close: () => opened.close(),
  };
}

async function signedIn(register: Register, team: string, n: number): Promise<Colleague> {
  const { token } = await register.signIn.invite({
    address: `worker-${n}@example.org`,
    name: `Behandelaar ${n}`,
    role: 'worker',
    team,
    by: null,
  });
  const spent = await register.signIn.spend(token);
  if (!spent) throw new Error('a link could not be spent');
  return spent.colleague;
}
