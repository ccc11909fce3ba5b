import { expect } from 'vitest';
import { openBackend } from '../../queue/backend.ts';
import type { TestDatabase } from '../setup/database.ts';
import { eventually } from './eventually.ts';
import { ask } from './register-check.ts';

interface WaitingRun {
  readonly case_id: string;
  readonly round: number;
  readonly attempts: number;
}

/** What waits at a handler is due now: the undo window is over, or the pause before the next attempt. Resolves when that attempt was begun. */
export async function hurryHandler(database: Pick<TestDatabase, 'ownerUrl' | 'applicationUrl'>, handler: string): Promise<void> {
  const waiting = () =>
    ask<WaitingRun>(
      database.ownerUrl,
      `select case_id, round, attempts from handler_runs where handler = $1 and state in ('waiting', 'recalling') order by 1, 2`,
      [handler],
    );
  const before = await waiting();
  const url = database.applicationUrl;
  const backend = openBackend(
    { kind: 'postgres', url, schema: 'queue' },
    { lockMs: 1000, stalledMs: 1000 },
    { info() {}, warn() {}, error() {} },
  );
  await backend.ready(10_000);
  const queue = backend.queue(`handler.${handler}`);
  try {
    await ask(
      database.ownerUrl,
      `update handler_runs set due_at = now() - interval '1 second' where handler = $1 and state in ('waiting', 'recalling')`,
      [handler],
    );
    // Its job may not be there yet.
    await eventually(async () => {
      for (const job of await queue.getDelayed()) await job.promote();
      const left = await waiting();
      for (const run of before) expect(left).not.toContainEqual(run);
    }, 20_000);
  } finally {
    await queue.close();
    await backend.close();
  }
}
