import { sql } from 'kysely';
import type { Case, PersonId } from '../domain/index.ts';
import type { Database } from './database.ts';
import type { Colleague } from './sign-in.ts';

/** Something that was done or seen. It is never changed or taken away. */
export interface AuditEntry {
  readonly id: string;
  readonly at: Date;
  /** Null: the desk itself. */
  readonly actor: { readonly id: PersonId; readonly name: string } | null;
  readonly action: string;
  /** What it was done to: the id of a case, a person, a version. */
  readonly subject: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

const PAGE = 100;

/** Who did and saw what. */
export class Audit {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * One page, the newest first.
   * @param filter.before the `id` that the page before ended with
   */
  async list(filter: {
    readonly action?: string | undefined;
    readonly subject?: string | undefined;
    readonly before?: string | undefined;
  }): Promise<AuditEntry[]> {
    let query = this.#db
      .selectFrom('audit as a')
      .leftJoin('people as p', 'p.id', 'a.actor_id')
      .select(['a.id', 'a.at', 'a.actor_id', 'p.name', 'a.action', 'a.subject', 'a.data']);
    if (filter.action) query = query.where('a.action', '=', filter.action);
    if (filter.subject) query = query.where('a.subject', '=', filter.subject);
    if (filter.before) query = query.where(sql<boolean>`a.id < ${filter.before}::bigint`);
    const rows = await query.orderBy('a.id', 'desc').limit(PAGE).execute();
    return rows.map(({ actor_id, name, id, ...row }) => ({
      ...row,
      id: String(id),
      actor: actor_id === null ? null : { id: actor_id, name: name ?? '' },
    }));
  }
}

/** Every reading of a restricted case is written down: who, when, which. */
export async function recordRead(db: Database, { id, reference, restricted }: Case, colleague: Colleague): Promise<void> {
  if (!restricted) return;
  await db
    .insertInto('audit')
    .values({ actor_id: colleague.id, action: 'restricted-read', subject: id, data: JSON.stringify({ reference }) })
    .execute();
}
