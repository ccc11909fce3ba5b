import { sql } from 'kysely';
import { type PersonId, PLAIN_PROFILE, type Role, type WorkProfile } from '../domain/index.ts';
import type { Database } from './database.ts';

/** Somebody who works on cases, with what is particular about him. */
export interface ProfiledWorker extends WorkProfile {
  readonly id: PersonId;
  readonly name: string;
  readonly role: Role;
  readonly teams: readonly string[];
  /** How many claims he has now. */
  readonly holds: number;
}

/** How long a profile is believed without a look: a claim looks again when it decides. */
const BELIEVED_MS = 30_000;
/** More than this are not remembered. */
const KNOWN = 10_000;

/** What workers are given, what they would rather have, and how much at a time. */
export class WorkProfiles {
  readonly #db: Database;
  readonly #known = new Map<PersonId, { readonly profile: WorkProfile; readonly until: number }>();

  constructor(db: Database) {
    this.#db = db;
  }

  /** Somebody's, as it was at most half a minute ago: the next case is chosen by it, and decided by what holds then. */
  async of(id: PersonId): Promise<WorkProfile> {
    const known = this.#known.get(id);
    if (known && performance.now() < known.until) return known.profile;
    const row = await this.#db
      .selectFrom('work_profiles')
      .select(['skills', 'places', 'products', 'most'])
      .where('person_id', '=', id)
      .executeTakeFirst();
    if (this.#known.size >= KNOWN) this.#known.clear();
    const profile = row ?? PLAIN_PROFILE;
    this.#known.set(id, { profile, until: performance.now() + BELIEVED_MS });
    return profile;
  }

  /** It was decided otherwise than this process believed. */
  forget(id: PersonId): void {
    this.#known.delete(id);
  }

  /** Who works in these teams, by name; without teams: everybody who works on cases. */
  async list(teams: readonly string[] | null): Promise<readonly ProfiledWorker[]> {
    return await this.#workers(teams === null ? sql<boolean>`true` : sql<boolean>`p.teams && ${[...teams]}::text[]`);
  }

  /** Somebody who works on cases; null for anybody else. */
  async find(id: PersonId): Promise<ProfiledWorker | null> {
    return (await this.#workers(sql<boolean>`p.id = ${id}`))[0] ?? null;
  }

  /** @param by who says so; it is written down */
  async save(id: PersonId, { skills, places, products, most }: WorkProfile, by: PersonId): Promise<void> {
    const profile = { skills: [...skills], places: [...places], products: [...products], most };
    await this.#db.transaction().execute(async (tx) => {
      await tx
        .insertInto('work_profiles')
        .values({ person_id: id, ...profile, changed_by: by })
        .onConflict((on) => on.column('person_id').doUpdateSet({ ...profile, changed_by: by, changed_at: sql<Date>`now()` }))
        .execute();
      await tx
        .insertInto('audit')
        .values({ actor_id: by, action: 'work-profile', subject: id, data: JSON.stringify(profile) })
        .execute();
    });
    this.forget(id);
  }

  async #workers(which: ReturnType<typeof sql<boolean>>): Promise<readonly ProfiledWorker[]> {
    const { rows } = await sql<ProfiledWorker>`
      select p.id, p.name, p.role, p.teams, coalesce(w.skills, '{}') as skills, coalesce(w.places, '{}') as places,
             coalesce(w.products, '{}') as products, w.most,
             (select count(*)::integer from claims k where k.worker_id = p.id and k.ended_at is null) as holds
      from people p left join work_profiles w on w.person_id = p.id
      where p.active and p.role in ('worker', 'agent', 'coordinator', 'admin') and ${which}
      order by lower(p.name), p.id limit 500`.execute(this.#db);
    return rows;
  }
}
