import { pino } from 'pino';
import { openQueues } from '../../queue/index.ts';
import type { Config } from '../config.ts';
import { withRegister } from '../register-access.ts';

/** `loket reconcile`: makes the queues what the register says, now, and says what it did. */
export async function reconcile(config: Config, options: { readonly json?: boolean }): Promise<void> {
  const report = await withRegister(config, async (register) => {
    const queues = await openQueues({
      backend: config.redisUrl
        ? { kind: 'redis', url: config.redisUrl }
        : { kind: 'postgres', url: register.applicationUrl, schema: 'queue' },
      register,
      deliver: {},
      onTimer: async () => {},
      checkpoint: () => {},
      log: pino({ level: 'warn' }),
      jobs: false,
    });
    try {
      return await queues.reconcile('whole');
    } finally {
      await queues.close();
    }
  });
  if (options.json) return console.log(JSON.stringify(report));
  const { added, removed, teams, ms } = report;
  console.log(
    `Compared ${teams.length} teams in ${ms} ms. Added ${added.tickets} tickets, ${added.timers} timers, ${added.conversations} deliveries; removed ${removed.tickets} tickets.`,
  );
}
