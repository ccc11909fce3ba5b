import { sql } from 'kysely';
import { type Case, type PersonId, parseReference } from '../domain/index.ts';
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

/** @property next what the next page goes before; null at the end */
export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  readonly next: string | null;
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
   * @param filter.subject the id of what it was done to, or a case's reference
   * @param filter.before `next` of the page before
   */
  async list(filter: {
    readonly action?: string | undefined;
    readonly subject?: string | undefined;
    readonly before?: string | undefined;
  }): Promise<AuditPage> {
    let query = this.#db
      .selectFrom('audit as a')
      .leftJoin('people as p', 'p.id', 'a.actor_id')
      .select(['a.id', 'a.at', 'a.actor_id', 'p.name', 'a.action', 'a.subject', 'a.data']);
    if (filter.action) query = query.where('a.action', '=', filter.action);
    if (filter.subject) query = query.where('a.subject', '=', await this.#idOf(filter.subject));
    if (filter.before) query = query.where(sql<boolean>`a.id < ${filter.before}::bigint`);
    const rows = await query
      .orderBy('a.id', 'desc')
      .limit(PAGE + 1)
      .execute();
    const entries = rows.slice(0, PAGE).map(({ actor_id, name, id, ...row }) => ({
      ...row,
      id: String(id),
      actor: actor_id === null ? null : { id: actor_id, name: name ?? '' },
    }));
    return { entries, next: rows.length > PAGE ? (entries.at(-1)?.id ?? null) : null };
  }

  /** People know a case by its reference; whatever else is asked for is the id itself. */
  async #idOf(subject: string): Promise<string> {
    const reference = parseReference(subject);
    if (!reference) return subject;
    const found = await this.#db.selectFrom('cases').select('id').where('reference', '=', reference).executeTakeFirst();
    return found?.id ?? subject;
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
