import { describe, expect, it } from 'vitest';
import { Desk, inMinutes } from './test/desk.ts';

describe('the queues in PostgreSQL', () => {
  const desk = new Desk('postgres');

  it('are made and used by the role that the address names', async () => {
    const url = new URL(desk.ownerUrl);
    url.searchParams.set('options', '-c role=loket_app');
    const queues = await desk.open({ backend: { kind: 'postgres', url: url.href, schema: 'queue' }, jobs: true });
    const { entries, case: it } = await desk.queued('facilities', inMinutes(60));
    queues.project(entries);
    await queues.flushed();
    expect(await queues.take('facilities')).toMatchObject({ case: it.id });
    expect(await desk.look(`select distinct tableowner from pg_tables where schemaname = 'queue'`)).toEqual([{ tableowner: 'loket_app' }]);
  });

  it('share a few connections over all teams', async () => {
    const queues = await desk.open({ jobs: true });
    for (let i = 0; i < 20; i++) await queues.take(`team-${i}`);
    const [row] = await desk.look<{ count: number }>(
      `select count(*)::int from pg_stat_activity where datname = current_database() and application_name in ('loket-queue', 'deliver', 'timers')`,
    );
    // The root's four, and of each of the two workers two and the one that listens.
    expect(row?.count).toBeLessThanOrEqual(10);
  });

  it('refuse to open when the database cannot be reached', async () => {
    const backend = { kind: 'postgres', url: 'postgres://loket_app:x@127.0.0.1:1/loket', schema: 'queue' } as const;
    await expect(desk.open({ backend })).rejects.toThrow(/ECONNREFUSED/);
  });
});
