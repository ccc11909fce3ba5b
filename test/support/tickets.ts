import { Redis } from 'ioredis';
import { openQueues } from '../../queue/index.ts';
import { openRegister } from '../../register/index.ts';
import type { TestDatabase } from '../setup/database.ts';
import { TEAMS } from './desk-template.ts';

type QueueOptions = Parameters<typeof openQueues>[0];

const SILENT: QueueOptions['log'] = { info() {}, warn() {}, error() {} };

/** Takes every ticket that can be taken, by the side of a desk that is stopped. @returns the case of each, as often as it has one */
export async function takeAllTickets(
  database: Pick<TestDatabase, 'ownerUrl' | 'applicationUrl'>,
  redisUrl: string | null,
): Promise<string[]> {
  const register = await openRegister(database, { connections: 2 });
  const backend: QueueOptions['backend'] = redisUrl
    ? { kind: 'redis', url: redisUrl }
    : { kind: 'postgres', url: register.applicationUrl, schema: 'queue' };
  const queues = await openQueues({
    backend,
    register,
    deliver: {},
    onTimer: async () => {},
    checkpoint: () => {},
    log: SILENT,
    jobs: false,
  });
  try {
    const cases: string[] = [];
    for (const team of TEAMS) {
      for (let ticket = await queues.take(team); ticket; ticket = await queues.take(team)) {
        cases.push(ticket.case);
        await ticket.done();
      }
    }
    return cases;
  } finally {
    await queues.close();
    await register.close();
  }
}

/** How many tickets wait in a team's queue on Redis. */
export async function waitingTickets(redisUrl: string, team: string): Promise<number> {
  const client = new Redis(redisUrl);
  try {
    return await client.zcard(`loket:team.${team}:prioritized`);
  } finally {
    client.disconnect();
  }
}
