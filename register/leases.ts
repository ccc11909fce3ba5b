import { sql } from 'kysely';
import type { Database } from './database.ts';

/**
 * Leases: what only one process does at a time (reconciling, training). The database's clock decides, so that processes
 * whose clocks differ agree; a holder that dies loses its lease when it expires.
 */
export class Leases {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Takes the lease when nobody else holds it. A holder that asks again gets it anew. */
  async acquire(name: string, holder: string, forMs: number): Promise<boolean> {
    const { rows } = await sql`
      insert into leases (name, holder, until) values (${name}, ${holder}, now() + ${forMs} * interval '1 millisecond')
      on conflict (name) do update set holder = excluded.holder, until = excluded.until
      where leases.holder = excluded.holder or leases.until <= now()
      returning name`.execute(this.#db);
    return rows.length > 0;
  }

  /** @returns false when it was lost: expired, or somebody else's by now */
  async renew(name: string, holder: string, forMs: number): Promise<boolean> {
    const { rows } = await sql`
      update leases set until = now() + ${forMs} * interval '1 millisecond'
      where name = ${name} and holder = ${holder} and until > now() returning name`.execute(this.#db);
    return rows.length > 0;
  }

  /** Lets go of it, if it is still held. */
  async release(name: string, holder: string): Promise<void> {
    await sql`delete from leases where name = ${name} and holder = ${holder}`.execute(this.#db);
  }
}
