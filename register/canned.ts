import { sql } from 'kysely';
import type { PersonId } from '../domain/index.ts';
import type { Database } from './database.ts';

/** A text that is written often. @property team whose it is; null: the one colleague's who wrote it */
export interface CannedText {
  readonly id: string;
  readonly team: string | null;
  readonly name: string;
  readonly text: string;
}

/** Whose texts somebody may use, or change. */
export interface CannedScope {
  readonly owner: PersonId;
  readonly teams: readonly string[];
}

/** The texts that colleagues keep ready. */
export class Canned {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Own ones and those of the teams, by name. */
  async list({ owner, teams }: CannedScope): Promise<CannedText[]> {
    const { rows } = await sql<CannedText>`
      select id, team, name, text from canned_texts where owner_id = ${owner} or team = any(${[...teams]}::text[])
      order by lower(name), id limit 500`.execute(this.#db);
    return rows;
  }

  /** Writes one anew or over. @returns false when another of this id is none of theirs */
  async save({ id, team, name, text }: CannedText, { owner, teams }: CannedScope): Promise<boolean> {
    const { numAffectedRows } = await sql`
      insert into canned_texts as t (id, team, owner_id, name, text) values (${id}, ${team}, ${team === null ? owner : null}, ${name}, ${text})
      on conflict (id) do update set team = excluded.team, owner_id = excluded.owner_id, name = excluded.name, text = excluded.text, changed_at = now()
        where t.owner_id = ${owner} or t.team = any(${[...teams]}::text[])`.execute(this.#db);
    return (numAffectedRows ?? 0n) > 0n;
  }

  /** @returns whether there was one that is theirs */
  async remove(id: string, { owner, teams }: CannedScope): Promise<boolean> {
    const { numAffectedRows } = await sql`
      delete from canned_texts where id = ${id} and (owner_id = ${owner} or team = any(${[...teams]}::text[]))`.execute(this.#db);
    return (numAffectedRows ?? 0n) > 0n;
  }
}
