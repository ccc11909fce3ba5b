import { sql } from 'kysely';
import type { Database } from './database.ts';

/**
 * Changes who the organisation's people are, or what their groups give them: one such change at a time, in a transaction, so that lists and the
 * directory do not pass each other by.
 */
export async function amongPeople<Result>(db: Database, work: (tx: Database) => Promise<Result>): Promise<Result> {
  return await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('loket people'))`.execute(tx);
    return await work(tx);
  });
}
