import { sql } from 'kysely';
import { newId, type PersonId, parseId } from '../domain/index.ts';
import { amongPeople } from './among-people.ts';
import { type Database, SQLSTATE, sqlState } from './database.ts';
import { type DirectoryGroup, followGroups } from './directory-roles.ts';

/** A group of the directory, as SCIM sends it. */
export interface ProvisionedGroup {
  readonly id: string;
  readonly name: string;
  readonly externalId: string | null;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  /** Empty when they were not asked for. */
  readonly members: readonly { readonly id: PersonId; readonly name: string }[];
}

export type GroupChange =
  | { readonly kind: 'rename'; readonly name: string }
  | { readonly kind: 'external-id'; readonly externalId: string | null }
  | { readonly kind: 'add' | 'remove' | 'replace'; readonly members: readonly string[] };

/** Why a group is not as was asked: its external id is another's, or a member is no user. */
export type GroupRefusal = { readonly kind: 'taken' } | { readonly kind: 'no-user'; readonly id: string };

export interface GroupSearch {
  readonly id?: string;
  readonly name?: string;
  readonly externalId?: string;
  readonly member?: string;
}

/** Groups by SCIM. Their members' roles and teams follow at once, as at a sign-in by OpenID Connect. */
export class ScimGroups {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async create(
    it: { readonly name: string; readonly externalId: string | null; readonly members: readonly string[] },
    known: readonly DirectoryGroup[],
  ): Promise<ProvisionedGroup | GroupRefusal> {
    return await this.#alone(async (tx) => {
      const id: string = newId<PersonId>();
      await tx.insertInto('scim_groups').values({ id, display_name: it.name, external_id: it.externalId }).execute();
      return await changed(tx, id, [{ kind: 'add', members: it.members }], known);
    });
  }

  async find(id: string, withMembers: boolean): Promise<ProvisionedGroup | null> {
    const [group] = await read(this.#db, sql<boolean>`g.id = ${id}`, withMembers, { from: 0, limit: 1 });
    return group ?? null;
  }

  /** @param page `from` counts from 0 */
  async list(
    search: GroupSearch,
    withMembers: boolean,
    page: { readonly from: number; readonly limit: number },
  ): Promise<{ readonly total: number; readonly groups: readonly ProvisionedGroup[] }> {
    const which = matching(search);
    const count = this.#db.selectFrom('scim_groups as g').select(sql<number>`count(*)`.as('total'));
    const { total } = await count.where(which).executeTakeFirstOrThrow();
    return { total, groups: page.limit === 0 ? [] : await read(this.#db, which, withMembers, page) };
  }

  /** All of the changes or none. @returns null when there is no such group */
  async change(
    id: string,
    changes: readonly GroupChange[],
    known: readonly DirectoryGroup[],
  ): Promise<ProvisionedGroup | GroupRefusal | null> {
    return await this.#alone(async (tx) => {
      const there = await tx.selectFrom('scim_groups').select('id').where('id', '=', id).executeTakeFirst();
      return there ? await changed(tx, id, changes, known) : null;
    });
  }

  /** @returns whether there was such a group */
  async remove(id: string, known: readonly DirectoryGroup[]): Promise<boolean> {
    return await amongPeople(this.#db, async (tx) => {
      const members = (await matters(tx, id, known)) ? await membersOf(tx, id) : [];
      const row = await tx.deleteFrom('scim_groups').where('id', '=', id).returning('id').executeTakeFirst();
      await followGroups(tx, members, known);
      return row !== undefined;
    });
  }

  async #alone<Result>(work: (tx: Database) => Promise<Result>): Promise<Result | GroupRefusal> {
    try {
      return await amongPeople(this.#db, work);
    } catch (error) {
      if (error instanceof NoUser) return { kind: 'no-user', id: error.message };
      if (sqlState(error) === SQLSTATE.uniqueViolation) return { kind: 'taken' };
      throw error;
    }
  }
}

/** Undoes what was changed so far. */
class NoUser extends Error {}

async function changed(
  tx: Database,
  id: string,
  changes: readonly GroupChange[],
  known: readonly DirectoryGroup[],
): Promise<ProvisionedGroup> {
  const before = await membersOf(tx, id);
  const matteredBefore = await matters(tx, id, known);
  for (const change of changes) await apply(tx, id, change);
  await tx.updateTable('scim_groups').set({ modified_at: sql<Date>`now()` }).where('id', '=', id).execute();
  if (matteredBefore || (await matters(tx, id, known)))
    await followGroups(tx, [...new Set([...before, ...(await membersOf(tx, id))])], known);
  const [group] = await read(tx, sql<boolean>`g.id = ${id}`, true, { from: 0, limit: 1 });
  if (!group) throw new Error('a group that was just written is not there');
  return group;
}

async function apply(tx: Database, id: string, change: GroupChange): Promise<void> {
  switch (change.kind) {
    case 'rename':
      await tx.updateTable('scim_groups').set({ display_name: change.name }).where('id', '=', id).execute();
      return;
    case 'external-id':
      await tx.updateTable('scim_groups').set({ external_id: change.externalId }).where('id', '=', id).execute();
      return;
    case 'replace':
      await tx.deleteFrom('scim_members').where('group_id', '=', id).execute();
      return await add(tx, id, change.members);
    case 'add':
      return await add(tx, id, change.members);
    case 'remove': {
      const ids = change.members.flatMap((member) => parseId<PersonId>(member.toLowerCase()) ?? []);
      await sql`delete from scim_members where group_id = ${id} and person_id = any(${ids}::uuid[])`.execute(tx);
      return;
    }
    default:
      change satisfies never;
  }
}

/** @throws NoUser */
async function add(tx: Database, id: string, members: readonly string[]): Promise<void> {
  const ids = members.map((member) => {
    const person = parseId<PersonId>(member.toLowerCase());
    if (!person) throw new NoUser(member);
    return person;
  });
  const { rows } = await sql<{ id: string }>`
    select m.id from unnest(${ids}::uuid[]) m (id) where not exists (select from scim_users s where s.person_id = m.id) limit 1`.execute(
    tx,
  );
  const [unknown] = rows;
  if (unknown) throw new NoUser(unknown.id);
  await sql`
    insert into scim_members (group_id, person_id) select distinct ${id}::uuid, m.id from unnest(${ids}::uuid[]) m (id) on conflict do nothing`.execute(
    tx,
  );
}

/** Whether it is anything at this desk. The members of one that is nothing keep the role that an id token's groups gave them. */
async function matters(tx: Database, id: string, known: readonly DirectoryGroup[]): Promise<boolean> {
  const row = await tx.selectFrom('scim_groups').select(['display_name', 'external_id']).where('id', '=', id).executeTakeFirst();
  return known.some(({ group }) => group === row?.display_name || group === row?.external_id);
}

async function membersOf(tx: Database, id: string): Promise<PersonId[]> {
  const rows = await tx.selectFrom('scim_members').select('person_id').where('group_id', '=', id).execute();
  return rows.map((row) => row.person_id);
}

function matching({ id, name, externalId, member }: GroupSearch) {
  const person = member === undefined ? null : parseId<PersonId>(member.toLowerCase());
  const all = [
    sql`true`,
    ...(id === undefined ? [] : [sql`g.id::text = lower(${id})`]),
    ...(name === undefined ? [] : [sql`lower(g.display_name) = lower(${name})`]),
    ...(externalId === undefined ? [] : [sql`lower(g.external_id) = lower(${externalId})`]),
    ...(member === undefined ? [] : [sql`exists (select from scim_members m where m.group_id = g.id and m.person_id = ${person})`]),
  ];
  return sql<boolean>`${sql.join(all, sql` and `)}`;
}

async function read(
  db: Database,
  which: ReturnType<typeof matching>,
  withMembers: boolean,
  page: { readonly from: number; readonly limit: number },
): Promise<ProvisionedGroup[]> {
  const groups = await db
    .selectFrom('scim_groups as g')
    .select(['g.id', 'g.display_name as name', 'g.external_id as externalId', 'g.created_at as createdAt', 'g.modified_at as modifiedAt'])
    .where(which)
    .orderBy('g.created_at')
    .orderBy('g.id')
    .offset(page.from)
    .limit(page.limit)
    .execute();
  const ids = groups.map((group) => group.id);
  const members =
    withMembers && ids.length > 0
      ? await db
          .selectFrom('scim_members as m')
          .innerJoin('people as p', 'p.id', 'm.person_id')
          .select(['m.group_id', 'p.id', 'p.name'])
          .where('m.group_id', 'in', ids)
          .orderBy('p.name')
          .orderBy('p.id')
          .execute()
      : [];
  const byGroup = Map.groupBy(members, (row) => row.group_id);
  return groups.map((group) => ({ ...group, members: (byGroup.get(group.id) ?? []).map(({ id, name }) => ({ id, name })) }));
}
