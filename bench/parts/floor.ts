/** The floor's process, on a data folder of its own. */
import { fileURLToPath } from 'node:url';
import { environment, freePort, startChild, stopDatabaseAtTheEnd } from './children.ts';
import { postmasterOf } from './desk.ts';

export interface Floor {
  readonly pid: number;
  readonly url: string;
  readonly postmaster: number;
  stop(): Promise<void>;
}

const START_MS = 120_000;

export async function startFloor(folder: string, redis: string): Promise<Floor> {
  const port = await freePort();
  stopDatabaseAtTheEnd(folder);
  const env = environment({ FLOOR_DATA: folder, FLOOR_PORT: String(port), REDIS_URL: redis });
  const child = startChild(process.execPath, [fileURLToPath(new URL('./floor-server.ts', import.meta.url))], env);
  await child.line(/^Ready/, START_MS);
  return { pid: child.pid, url: `http://127.0.0.1:${port}`, postmaster: postmasterOf(folder), stop: child.stop };
}
