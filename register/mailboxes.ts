import { sql } from 'kysely';
import type { Database } from './database.ts';

/** How far a mailbox was read. */
export interface MailboxState {
  readonly name: string;
  /** Null before it was opened for the first time. */
  readonly uidValidity: number | null;
  /** Every mail up to this UID was taken in. */
  readonly lastUid: number;
  /** What arrived before this is not the desk's, unless it is asked for. */
  readonly begunAt: Date;
  /** When the server last answered. */
  readonly reachedAt: Date | null;
  /** What is wrong with it now, in words for an administrator. */
  readonly error: string | null;
  readonly failingSince: Date | null;
}

/** The desk's mailboxes: the cursor of each, and whether it can be reached. */
export class Mailboxes {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The state of a mailbox; made at its first sight. */
  async open(name: string): Promise<MailboxState> {
    await this.#db
      .insertInto('mailboxes')
      .values({ name, uid_validity: null, reached_at: null, error: null, failing_since: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return await this.#states().where('name', '=', name).executeTakeFirstOrThrow();
  }

  async list(): Promise<MailboxState[]> {
    return await this.#states().orderBy('name').execute();
  }

  /** Moves the cursor; within one UIDVALIDITY it never goes back. */
  async advance(name: string, uidValidity: number, lastUid: number): Promise<void> {
    await sql`
      update mailboxes set uid_validity = ${uidValidity},
        last_uid = case when uid_validity = ${uidValidity} then greatest(last_uid, ${lastUid}) else ${lastUid} end
      where name = ${name}`.execute(this.#db);
  }

  async reached(name: string): Promise<void> {
    await this.#db
      .updateTable('mailboxes')
      .set({ reached_at: sql<Date>`now()`, error: null, failing_since: null })
      .where('name', '=', name)
      .execute();
  }

  async failing(name: string, error: string): Promise<void> {
    await this.#db
      .updateTable('mailboxes')
      .set({ error, failing_since: sql<Date>`coalesce(failing_since, now())` })
      .where('name', '=', name)
      .execute();
  }

  #states() {
    return this.#db
      .selectFrom('mailboxes')
      .select([
        'name',
        'uid_validity as uidValidity',
        'last_uid as lastUid',
        'begun_at as begunAt',
        'reached_at as reachedAt',
        'error',
        'failing_since as failingSince',
      ]);
  }
}
