import { Redis } from 'ioredis';
import { attempt, type Check, fine } from './finding.ts';

/** Whether Redis answers, keeps everything when it is full, and keeps it over a restart. */
export const redis: Check = async ({ config: { redisUrl } }) => {
  if (redisUrl === null) return [fine('Redis', 'off; the queues are in PostgreSQL (REDIS_URL switches it on)')];
  const { host } = new URL(redisUrl);
  return [
    await attempt('Redis', async () => {
      const client = new Redis(redisUrl, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null });
      const refused = Promise.withResolvers<Error>();
      client.on('error', (error) => refused.resolve(error));
      try {
        await client.connect();
        // A service in the cloud may forbid CONFIG; then it says nothing about it.
        const setting = async (name: string) => {
          const answer: unknown = await client.config('GET', name).catch(() => null);
          return Array.isArray(answer) && answer.length > 1 ? String(answer[1]) : null;
        };
        const [policy, appending] = [await setting('maxmemory-policy'), await setting('appendonly')];
        if (policy !== null && policy !== 'noeviction')
          throw new Error(`maxmemory-policy is ${policy}; it must be noeviction, or Redis throws jobs away when it is full`);
        if (policy === null) return `answers at ${host}; it does not say whether maxmemory-policy is noeviction, which it must be`;
        if (appending === 'no') return `answers at ${host}, noeviction; appendonly is no: what it holds is built anew after a restart`;
        return `answers at ${host}, noeviction${appending === 'yes' ? ', appendonly' : ''}`;
      } catch (error) {
        const said = error instanceof Error && /Connection is closed/.test(error.message) ? await refused.promise : error;
        throw new Error(`${host}: ${said instanceof Error ? said.message : String(said)}`);
      } finally {
        client.disconnect();
      }
    }),
  ];
};
