import { sql } from 'kysely';
import { type Channel, idFrom, type Language, type PersonId } from '../domain/index.ts';
import type { Database } from './database.ts';

/** Somebody in a list of people, as a colleague tells them apart. */
export interface FoundPerson {
  readonly id: PersonId;
  readonly name: string;
  readonly address: string | null;
  readonly verified: boolean;
  readonly phone: string | null;
  readonly room: string | null;
  readonly department: string | null;
  readonly language: Language | null;
}

/** What a person's page shows besides the cases. */
export interface PersonPage extends FoundPerson {
  readonly identities: readonly { readonly channel: Channel; readonly externalId: string; readonly since: Date }[];
  /** Who a colleague says is the same person. */
  readonly same: readonly FoundPerson[];
  /** The joins that made it so, the newest first. */
  readonly joins: readonly PersonJoin[];
}

export interface PersonJoin {
  readonly id: string;
  readonly one: { readonly id: PersonId; readonly name: string };
  readonly other: { readonly id: PersonId; readonly name: string };
  readonly by: string;
  readonly at: Date;
}

/** Why two persons cannot be joined. */
export type JoinRefusal = 'same' | 'unknown' | 'two-in-directory' | 'colleague';

const FOUND = 12;
/** How alike a word must be to one of a person's, 0 to 1: a letter or two beside it. */
const ALIKE = 0.5;
const FOUND_COLUMNS = ['id', 'name', 'address', 'verified', 'phone', 'room', 'department', 'language'] as const;

/** People as colleagues at the desk look them up, add them, and join those who are one. */
export class PeoplePages {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Those of whom every word says something: name, address, room, department, or the digits of a phone. Who is in the directory first. */
  async search(text: string): Promise<FoundPerson[]> {
    const words = wordsOf(text);
    if (words.length === 0) return [];
    const exact = sql.join(
      words.map((word) => sql`p.found_by like ${`%${escaped(word)}%`}`),
      sql` and `,
    );
    const alike = sql.join(
      words.map((word) => sql`(p.found_by like ${`%${escaped(word)}%`} or ${word} <% p.found_by)`),
      sql` and `,
    );
    return await this.#db.transaction().execute(async (tx) => {
      await sql`select set_config('pg_trgm.word_similarity_threshold', ${String(ALIKE)}, true)`.execute(tx);
      const { rows } = await sql<FoundPerson>`
        select p.id, p.name, p.address, p.verified, p.phone, p.room, p.department, p.language from people p
        where p.active and ${alike}
        order by (${exact}) desc, p.directory_id is null, not p.verified, word_similarity(${words.join(' ')}, p.found_by) desc, p.name, p.id
        limit ${FOUND}`.execute(tx);
      return rows;
    });
  }

  /** Somebody who is known by name alone, and perhaps how to call him: nothing of it is proven. The same id again is the same person. */
  async add(it: {
    readonly id: PersonId;
    readonly name: string;
    readonly phone: string | null;
    readonly language: Language;
  }): Promise<void> {
    await this.#db
      .insertInto('people')
      .values({ ...it, address: null, verified: false, role: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  /** How to call somebody of whom no number was known; what the directory gives stays. */
  async addPhone(id: PersonId, phone: string): Promise<void> {
    await this.#db
      .updateTable('people')
      .set({ phone })
      .where('id', '=', id)
      .where('phone', 'is', null)
      .where('directory_id', 'is', null)
      .execute();
  }

  async page(id: PersonId): Promise<PersonPage | null> {
    const person = await this.#db.selectFrom('people').select(FOUND_COLUMNS).where('id', '=', id).executeTakeFirst();
    if (!person) return null;
    const group = sql<PersonId>`(select same_people(${id}))`;
    const [identities, same, joins] = await Promise.all([
      this.#db
        .selectFrom('identities')
        .select(['channel', 'external_id as externalId', 'created_at as since'])
        .where('person_id', 'in', group)
        .orderBy('created_at')
        .execute(),
      this.#db.selectFrom('people').select(FOUND_COLUMNS).where('id', 'in', group).where('id', '<>', id).orderBy('name').execute(),
      this.#db
        .selectFrom('person_joins as j')
        .innerJoin('people as o', 'o.id', 'j.one_id')
        .innerJoin('people as t', 't.id', 'j.other_id')
        .innerJoin('people as b', 'b.id', 'j.by_id')
        .select(['j.id', 'j.at', 'o.id as one_id', 'o.name as one_name', 't.id as other_id', 't.name as other_name', 'b.name as by'])
        .where('j.undone_at', 'is', null)
        .where('j.one_id', 'in', group)
        .orderBy('j.at', 'desc')
        .execute(),
    ]);
    return {
      ...person,
      identities,
      same,
      joins: joins.map(({ id: join, at, by, one_id, one_name, other_id, other_name }) => ({
        id: join,
        at,
        by,
        one: { id: one_id, name: one_name },
        other: { id: other_id, name: other_name },
      })),
    };
  }

  /**
   * Two are one from now on: their identities and cases are seen as those of one person. Nothing is moved, so that it can be undone.
   * @returns why not, or null when it is so
   */
  async join(a: PersonId, b: PersonId, by: PersonId): Promise<JoinRefusal | null> {
    const [one, other] = a < b ? [a, b] : [b, a];
    if (one === other) return 'same';
    return await this.#db.transaction().execute(async (tx) => {
      await lockJoins(tx);
      const { rows: both } = await sql<{ directory: string | null; role: string | null; wanted: boolean }>`
        select directory_id as directory, role, id in (${one}, ${other}) as wanted from people
        where id in (select same_people(${one}) union select same_people(${other}))`.execute(tx);
      if (both.filter(({ wanted }) => wanted).length < 2) return 'unknown';
      // The directory tells people apart better than anybody at the desk, and what a colleague may do is nobody else's.
      if (both.filter(({ directory }) => directory !== null).length > 1) return 'two-in-directory';
      if (both.some(({ role }) => role !== null)) return 'colleague';
      const id = idFrom('join', one, other, String(Date.now()));
      const made = await tx
        .insertInto('person_joins')
        .values({ id, one_id: one, other_id: other, by_id: by })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      if (!made) return null;
      await regroup(tx, [one, other]);
      await audit(tx, by, 'people-joined', id, { one, other });
      return null;
    });
  }

  /** Takes a join back: each has again what was his. @returns whether there was one */
  async undo(id: string, by: PersonId): Promise<boolean> {
    return await this.#db.transaction().execute(async (tx) => {
      await lockJoins(tx);
      const join = await tx
        .updateTable('person_joins')
        .set({ undone_at: sql<Date>`now()`, undone_by: by })
        .where('id', '=', id)
        .where('undone_at', 'is', null)
        .returning(['one_id', 'other_id'])
        .executeTakeFirst();
      if (!join) return false;
      await regroup(tx, [join.one_id, join.other_id]);
      await audit(tx, by, 'people-parted', id, { one: join.one_id, other: join.other_id });
      return true;
    });
  }
}

/** Joins are rare: one at a time. */
async function lockJoins(tx: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('loket person joins'))`.execute(tx);
}

/** Says anew who is the same, from the joins that stand, for everybody who was or is joined to these. */
async function regroup(tx: Database, people: readonly PersonId[]): Promise<void> {
  const { rows: joins } = await sql<{ one: PersonId; other: PersonId }>`
    select one_id as one, other_id as other from person_joins where undone_at is null and (
      one_id in (select same_people(p) from unnest(${[...people]}::uuid[]) p) or other_id in (select same_people(p) from unnest(${[...people]}::uuid[]) p))`.execute(
    tx,
  );
  await sql`update people set same_as = null where same_as in (select same_as from people where id = any(${[...people]}::uuid[]))`.execute(
    tx,
  );
  for (const group of groupsOf(joins)) {
    const [first] = [...group].sort();
    await sql`update people set same_as = ${first} where id = any(${[...group]}::uuid[])`.execute(tx);
  }
}

/** Who hangs together by any way. */
export function groupsOf<Id>(pairs: readonly { readonly one: Id; readonly other: Id }[]): ReadonlySet<Id>[] {
  const groups = new Map<Id, Set<Id>>();
  for (const { one, other } of pairs) {
    const together = new Set([one, other, ...(groups.get(one) ?? []), ...(groups.get(other) ?? [])]);
    for (const id of together) groups.set(id, together);
  }
  return [...new Set(groups.values())];
}

async function audit(tx: Database, by: PersonId, action: string, subject: string, data: Record<string, unknown>): Promise<void> {
  await tx
    .insertInto('audit')
    .values({ actor_id: by, action, subject, data: JSON.stringify(data) })
    .execute();
}

/** A number is looked for by its digits, however it is written. */
function wordsOf(text: string): string[] {
  const clean = text.toWellFormed().replaceAll('\u0000', ' ').toLowerCase().slice(0, 200);
  const number = /^[\s+()\d.-]{4,}$/.test(clean) ? [clean.replace(/\D/g, '').replace(/^(?:0031|31|0)(?=\d{8})/, '')] : null;
  return (number ?? clean.split(/\s+/)).filter((word) => word !== '').slice(0, 8);
}

function escaped(word: string): string {
  return word.replace(/[\\%_]/g, '\\$&');
}
