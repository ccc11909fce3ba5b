import { sql } from 'kysely';
import type { CaseId } from '../domain/index.ts';
import type { Database } from './database.ts';

/** A timer that has not gone off yet. */
export interface OpenTimer {
  readonly case: CaseId;
  readonly kind: string;
  readonly due: Date;
}

/** Timers as the register knows them. Setting and finishing one is part of a turn (`commit_turns`). */
export class Timers {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** @returns null when there is none that is open: never set, done, or its case is gone */
  async open(id: CaseId, kind: string): Promise<OpenTimer | null> {
    const { rows } = await sql<OpenTimer>`
      select case_id as case, kind, due from timers where case_id = ${id} and kind = ${kind} and done_at is null`.execute(this.#db);
    return rows[0] ?? null;
  }

  /** Open timers that are due by `until` (all when null), soonest first, after the last of the page before; a page at a time. */
  async openTimers(after: OpenTimer | null, limit: number, until: Date | null = null): Promise<OpenTimer[]> {
    const { rows } = await sql<OpenTimer>`
      select case_id as case, kind, due from timers
      where done_at is null and due <= coalesce(${until}::timestamptz, 'infinity')
        and (${after === null} or (due, case_id, kind) > (${after?.due ?? null}::timestamptz, ${after?.case ?? null}::uuid, ${after?.kind ?? null}::text))
      order by due, case_id, kind limit ${limit}`.execute(this.#db);
    return rows;
  }
}
