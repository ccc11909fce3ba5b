import { sql } from 'kysely';
import type { PersonId, SavedView } from '../domain/index.ts';
import type { Database } from './database.ts';
import { mayReadProduct } from './may-read.ts';
import type { Colleague } from './sign-in.ts';

/** Which views somebody may change: his own, and those of these teams. */
export interface ViewScope {
  readonly owner: PersonId;
  readonly teams: readonly string[];
}

const MOST = 100;

/** Lists of cases as colleagues and teams keep them. */
export class SavedViews {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * Own ones and those of the teams, by name. What names a product of which the colleague may read nothing that is restricted is not there for him.
   * @param teams whose views he sees
   */
  async list(colleague: Colleague, teams: readonly string[]): Promise<SavedView[]> {
    const { rows } = await sql<SavedView>`
      select v.id, v.team, v.name, v.place, v.filter, v.search, v.ordered as "order" from saved_views v
      where (v.owner_id = ${colleague.id} or v.team = any(${[...teams]}::text[])) and ${mayReadProduct(colleague, sql`v.filter ->> 'product'`)}
      order by lower(v.name), v.id limit ${MOST}`.execute(this.#db);
    return rows;
  }

  /** Keeps one anew or over. @returns false when another of this id is none of theirs */
  async save({ id, team, name, place, filter, search, order }: SavedView, { owner, teams }: ViewScope): Promise<boolean> {
    const { numAffectedRows } = await sql`
      insert into saved_views as v (id, team, owner_id, name, place, filter, search, ordered)
      values (${id}, ${team}, ${team === null ? owner : null}, ${name}, ${place}, ${JSON.stringify(filter)}::jsonb, ${search}, ${order})
      on conflict (id) do update set team = excluded.team, owner_id = excluded.owner_id, name = excluded.name, place = excluded.place,
        filter = excluded.filter, search = excluded.search, ordered = excluded.ordered, changed_at = now()
        where v.owner_id = ${owner} or v.team = any(${[...teams]}::text[])`.execute(this.#db);
    return (numAffectedRows ?? 0n) > 0n;
  }

  /** @returns whether there was one that is theirs */
  async remove(id: string, { owner, teams }: ViewScope): Promise<boolean> {
    const { numAffectedRows } = await sql`
      delete from saved_views where id = ${id} and (owner_id = ${owner} or team = any(${[...teams]}::text[]))`.execute(this.#db);
    return (numAffectedRows ?? 0n) > 0n;
  }
}
