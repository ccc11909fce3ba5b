/** How long `npm start` takes and what the desk holds in memory when nobody asks anything. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { temporaryFolder } from './children.ts';
import { startDesk } from './desk.ts';
import { rounded } from './figures.ts';
import { postgresMB, residentMB } from './memory.ts';

export interface StartUp {
  readonly listeningSeconds: number;
  readonly readySeconds: number;
  readonly rssMB: number | null;
  readonly postgresMB: number | null;
}

/** Starts the desk by `npm start` on an empty data folder, and once more on what that left. */
export async function measureStarts(redis: string, idleMs: number): Promise<{ readonly first: StartUp; readonly second: StartUp }> {
  const folder = join(temporaryFolder(), 'data');
  const measure = async (): Promise<StartUp> => {
    const desk = await startDesk(folder, redis, { by: 'npm' });
    await sleep(idleMs);
    // npm is its parent; the lock of the data folder names the desk itself.
    const { pid } = z.object({ pid: z.number() }).parse(JSON.parse(readFileSync(join(folder, 'embedded.lock'), 'utf8')));
    const memory = { rssMB: residentMB(pid), postgresMB: postgresMB(desk.postmaster) };
    await desk.stop();
    return { listeningSeconds: rounded(desk.listeningSeconds), readySeconds: rounded(desk.readySeconds), ...memory };
  };
  return { first: await measure(), second: await measure() };
}
