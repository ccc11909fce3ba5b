/** A Redis of the benchmark's own, with the persistence that the desk's documentation asks for. */
import { join } from 'node:path';
import { environment, freePort, startChild, temporaryFolder } from './children.ts';

/** @returns its address */
export async function startRedis(): Promise<string> {
  const port = await freePort();
  const folder = temporaryFolder();
  const args = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--appendonly',
    'yes',
    '--appendfsync',
    'everysec',
    '--save',
    '',
  ];
  const child = startChild('redis-server', [...args, '--pidfile', join(folder, 'redis.pid')], environment({}), folder);
  await child.line(/Ready to accept connections/, 20_000);
  return `redis://127.0.0.1:${port}`;
}
