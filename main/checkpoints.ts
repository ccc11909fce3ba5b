import { CHECKPOINTS, type PassCheckpoint } from '../domain/index.ts';
import { ConfigError } from './config.ts';

/**
 * The checkpoints of this process: nothing in normal use. For the fault tests `NAME` or `NAME#N` ends it hard at the Nth time past one.
 * @throws ConfigError for a name that is none
 */
export function checkpoints(crashAt: string | null): PassCheckpoint {
  if (crashAt === null) return () => {};
  const [name, count] = crashAt.split('#');
  if (!CHECKPOINTS.some((it) => it === name)) throw new ConfigError([`LOKET_TEST_CRASH_AT must be one of ${CHECKPOINTS.join(', ')}`]);
  let left = Number(count ?? 1);
  return (checkpoint) => {
    if (checkpoint !== name) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  };
}
