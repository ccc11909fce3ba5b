import { type RawBuilder, sql } from 'kysely';
import type { ListedPerson, PeopleWanted } from '../domain/index.ts';
import type { Database } from './database.ts';

/** How long it is believed whether there is a list: a turn without one costs no look. */
const BELIEVED_MS = 30_000;
/** So many of one name or room are given: more than anybody chooses among. */
const MOST = 12;
/** How alike a name must be to a part of one in the list, 0 to 1: a letter or two beside it. Who is meant of those is for the bot to say. */
const ALIKE = 0.5;
const WORDS = /[\p{L}\p{N}]+/gu;

/** The organisation's list of people, as it is looked in for whom somebody writes about. */
export class ListedPeople {
  readonly #db: Database;
  #listed: { readonly value: boolean; readonly until: number } = { value: false, until: 0 };

  constructor(db: Database) {
    this.#db = db;
  }

  /** Those who may be meant, each once; null while there is no list of people. */
  async find({ addresses, rooms, names }: PeopleWanted): Promise<ListedPerson[] | null> {
    if (!(await this.#hasList())) return null;
    const certain = [
      ...addresses.map((it) => matches(it, sql`p.verified and lower(p.address) = lower(${it})`)),
      ...rooms.map((it) => matches(it, sql`p.room is not null and room_key(p.room) = ${it}`)),
    ];
    const found = await foundBy(this.#db, certain);
    const named = await this.#named(names.filter((name) => wordsOf(name).length > 0));
    return [...new Map([...found, ...named].map(({ id, wanted: _, ...person }) => [id, person])).values()];
  }

  /** As the names stand; those of whom nobody is found so by their words, in any order; and else as they sound. */
  async #named(names: readonly string[]): Promise<Found[]> {
    const exact = names.map((name) => matches(name, sql`p.name_key = name_key(${name})`));
    const same = await foundBy(this.#db, exact);
    const others = names.filter((name) => !same.some(({ wanted }) => wanted === name));
    const byWords = await foundBy(this.#db, others.map(byEachWord));
    const unlike = others.filter((name) => !byWords.some(({ wanted }) => wanted === name));
    return [...same, ...byWords, ...(unlike.length > 0 ? await this.#alike(unlike) : [])];
  }

  async #alike(names: readonly string[]): Promise<Found[]> {
    return await this.#db.transaction().execute(async (tx) => {
      await sql`select set_config('pg_trgm.word_similarity_threshold', ${String(ALIKE)}, true)`.execute(tx);
      const alike = (name: string) =>
        matches(name, sql`p.name_key %> name_key(${name})`, sql`order by similarity(p.name_key, name_key(${name})) desc, p.name, p.id`);
      return await foundBy(tx, names.map(alike));
    });
  }

  async #hasList(): Promise<boolean> {
    if (Date.now() < this.#listed.until) return this.#listed.value;
    const row = await this.#db
      .selectFrom('people')
      .select('id')
      .where('active', '=', true)
      .where('directory_id', 'is not', null)
      .limit(1)
      .executeTakeFirst();
    this.#listed = { value: row !== undefined, until: Date.now() + BELIEVED_MS };
    return this.#listed.value;
  }
}

/** A person with what was looked for when he was found. */
type Found = ListedPerson & { readonly id: string; readonly wanted: string };

function matches(wanted: string, condition: RawBuilder<unknown>, order: RawBuilder<unknown> = sql``): RawBuilder<unknown> {
  return sql`(select ${wanted}::text as wanted, p.id from people p where p.active and p.directory_id is not null and ${condition} ${order} limit ${MOST})`;
}

/** "Vries, Jan de" and "J. de Vries": each word is one of the name, a letter the beginning of one. */
function byEachWord(name: string): RawBuilder<unknown> {
  const words = wordsOf(name).map((word) => sql`p.name_key ~ ${word.length === 1 ? `\\m${word}` : `\\m${word}\\M`}`);
  return matches(name, sql.join(words, sql` and `));
}

/** The words of a name, as `name_key` writes them: letters and digits only, fit for a pattern. */
function wordsOf(name: string): string[] {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().match(WORDS) ?? [];
}

async function foundBy(db: Database, queries: readonly RawBuilder<unknown>[]): Promise<Found[]> {
  if (queries.length === 0) return [];
  const { rows } = await sql<Found>`
    select f.wanted, p.id, p.name, p.address, p.department, p.room, exists (
        select from budgets b where b.active and lower(b.holder) in (lower(p.directory_id), lower(p.address))) as "holdsBudget"
    from (${sql.join(queries, sql` union all `)}) f join people p on p.id = f.id order by p.name, p.id`.execute(db);
  return rows;
}
