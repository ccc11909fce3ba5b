import { Redis } from 'ioredis';
import { expect } from 'vitest';
import { openQueues } from '../../queue/index.ts';
import { openRegister } from '../../register/index.ts';
import type { TestDatabase } from '../setup/database.ts';
import { TEAMS } from './desk-template.ts';
import { eventually } from './eventually.ts';
import { ask } from './register-check.ts';

type QueueOptions = Parameters<typeof openQueues>[0];

const SILENT: QueueOptions['log'] = { info() {}, warn() {}, error() {} };

/** A lock of a ticket in a dead process's hand lapses within half a minute, and a quarter later that is noticed. */
const BACK_WITHIN = 90_000;

/** Every case that is queued has one ticket, of this round, and it can be taken; by the side of desks that are stopped. */
export async function expectTicketOfEveryCase(
  database: Pick<TestDatabase, 'ownerUrl' | 'applicationUrl'>,
  redisUrl: string | null,
): Promise<void> {
  const rows = await ask<{ ticket: string }>(
    database.ownerUrl,
    `select id || '-' || round as ticket from cases where state = 'queued' order by 1`,
  );
  const queued = rows.map(({ ticket }) => ticket);
  const taken: string[] = [];
  await eventually(async () => {
    taken.push(...(await takeAllTickets(database, redisUrl)));
    // Others are stale: whoever takes one drops it.
    expect(taken.filter((ticket) => queued.includes(ticket)).sort()).toEqual(queued);
  }, BACK_WITHIN);
}

/** @returns case and round of each ticket, as often as there is one */
async function takeAllTickets(database: Pick<TestDatabase, 'ownerUrl' | 'applicationUrl'>, redisUrl: string | null): Promise<string[]> {
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
    const tickets: string[] = [];
    for (const team of TEAMS) {
      for (let ticket = await queues.take(team); ticket; ticket = await queues.take(team)) {
        tickets.push(`${ticket.case}-${ticket.round}`);
        await ticket.done();
      }
    }
    return tickets;
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
