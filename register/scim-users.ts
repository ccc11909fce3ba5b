import { sql } from 'kysely';
import { type Language, newId, type PersonId, parseId } from '../domain/index.ts';
import { amongPeople } from './among-people.ts';
import { type Database, SQLSTATE, sqlState } from './database.ts';
import { giveRole } from './directory-roles.ts';

/** What the directory says of somebody. A column that is left out is not the directory's to say, and stays as it is. */
export interface Provisioned {
  readonly userName: string;
  readonly externalId: string | null;
  /** All that it said, to be given back. */
  readonly resource: Readonly<Record<string, unknown>>;
  readonly person: {
    readonly name: string;
    readonly active: boolean;
    readonly address?: string | null;
    readonly department?: string | null;
    /** Their id here, or what else the directory names them by. */
    readonly manager?: string | null;
    readonly phone?: string | null;
    readonly language?: Language | null;
  };
}

export interface ProvisionedUser {
  readonly id: PersonId;
  readonly resource: Readonly<Record<string, unknown>>;
  readonly active: boolean;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  readonly groups: readonly { readonly id: string; readonly name: string }[];
}

/** It is somebody else's. */
export interface Taken {
  readonly kind: 'taken';
  readonly what: 'userName' | 'externalId' | 'emails';
}

/** What users are looked for by: all of it must be so. */
export interface UserSearch {
  /** Null: no id is of that form, and nobody is found. */
  readonly id?: PersonId | null;
  readonly userName?: string;
  readonly externalId?: string;
  readonly address?: string;
  readonly active?: boolean;
}

/** People as the organisation's directory sends them by SCIM. Who is known by directory id, else by proven address, is that person. */
export class ScimUsers {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async create(it: Provisioned): Promise<ProvisionedUser | Taken> {
    return await this.#alone(async (tx) => {
      const found = await whoIs(tx, it);
      if (found && 'kind' in found) return found;
      const id = found?.id ?? newId<PersonId>();
      const taken = await takenBy(tx, id, it);
      if (taken) return taken;
      if (!found) await tx.insertInto('people').values({ id, name: it.person.name, address: null, verified: false, role: null }).execute();
      const { userName: user_name, externalId: external_id } = it;
      await tx
        .insertInto('scim_users')
        .values({ person_id: id, user_name, external_id, resource: JSON.stringify(it.resource) })
        .execute();
      await write(tx, id, it);
      return await read(tx, id);
    });
  }

  async find(id: PersonId): Promise<ProvisionedUser | null> {
    const [user] = await users(this.#db, [id]);
    return user ?? null;
  }

  /** @param page `from` counts from 0 */
  async list(
    search: UserSearch,
    page: { readonly from: number; readonly limit: number },
  ): Promise<{ readonly total: number; readonly users: readonly ProvisionedUser[] }> {
    const which = matching(search);
    const all = this.#db.selectFrom('scim_users as s').innerJoin('people as p', 'p.id', 's.person_id').where(which);
    const { total } = await all.select(sql<number>`count(*)`.as('total')).executeTakeFirstOrThrow();
    if (page.limit === 0) return { total, users: [] };
    const ordered = all.select('s.person_id').orderBy('s.created_at').orderBy('s.person_id');
    const rows = await ordered.offset(page.from).limit(page.limit).execute();
    const ids = rows.map((row) => row.person_id);
    return { total, users: await users(this.#db, ids) };
  }

  /** @param changed what the user becomes. @returns null when there is no such user */
  async change(id: PersonId, changed: (now: ProvisionedUser) => Provisioned): Promise<ProvisionedUser | Taken | null> {
    return await this.#alone(async (tx) => {
      const [now] = await users(tx, [id]);
      if (!now) return null;
      const it = changed(now);
      const taken = await takenBy(tx, id, it);
      if (taken) return taken;
      const { userName: user_name, externalId: external_id } = it;
      await tx
        .updateTable('scim_users')
        .set({ user_name, external_id, resource: JSON.stringify(it.resource), modified_at: sql<Date>`now()` })
        .where('person_id', '=', id)
        .execute();
      await write(tx, id, it);
      return await read(tx, id);
    });
  }

  /** The directory knows them no longer: they stay with all they asked, inactive. @returns whether there was such a user */
  async remove(id: PersonId): Promise<boolean> {
    const removed = await this.#alone(async (tx) => {
      const row = await tx.deleteFrom('scim_users').where('person_id', '=', id).returning('person_id').executeTakeFirst();
      if (!row) return null;
      await giveRole(tx, [id], null);
      await setActive(tx, id, false);
      return row;
    });
    return removed !== null;
  }

  /** Two who exchange an address do not pass each other by. */
  async #alone<Result>(work: (tx: Database) => Promise<Result>): Promise<Result> {
    const once = () => amongPeople(this.#db, work);
    // A first mail may make somebody known at this very moment: the second look sees them.
    return await once().catch((error: unknown) => {
      if (sqlState(error) === SQLSTATE.uniqueViolation) return once();
      throw error;
    });
  }
}

function matching({ id, userName, externalId, address, active }: UserSearch) {
  const all = [
    sql`true`,
    ...(id === undefined ? [] : [sql`s.person_id = ${id}`]),
    ...(userName === undefined ? [] : [sql`lower(s.user_name) = lower(${userName})`]),
    ...(externalId === undefined ? [] : [sql`lower(s.external_id) = lower(${externalId})`]),
    ...(address === undefined ? [] : [sql`p.verified and lower(p.address) = lower(${address})`]),
    ...(active === undefined ? [] : [sql`p.active = ${active}`]),
  ];
  return sql<boolean>`${sql.join(all, sql` and `)}`;
}

/** Users in the order of their ids as given. */
async function users(db: Database, ids: readonly PersonId[]): Promise<ProvisionedUser[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('scim_users as s')
    .innerJoin('people as p', 'p.id', 's.person_id')
    .select(['p.id', 's.resource', 'p.active', 's.created_at as createdAt', 's.modified_at as modifiedAt'])
    .where('p.id', 'in', ids)
    .execute();
  const members = await db
    .selectFrom('scim_members as m')
    .innerJoin('scim_groups as g', 'g.id', 'm.group_id')
    .select(['m.person_id', 'g.id', 'g.display_name as name'])
    .where('m.person_id', 'in', ids)
    .orderBy('g.display_name')
    .execute();
  const byPerson = Map.groupBy(members, (row) => row.person_id);
  const found = new Map(
    rows.map((row) => [row.id, { ...row, groups: (byPerson.get(row.id) ?? []).map(({ id, name }) => ({ id, name })) }]),
  );
  return ids.flatMap((id) => found.get(id) ?? []);
}

async function read(tx: Database, id: PersonId): Promise<ProvisionedUser> {
  const [user] = await users(tx, [id]);
  if (!user) throw new Error('a user that was just written is not there');
  return user;
}

/** Whom the desk knows already: by directory id, else by a proven address, unless the directory tells the two apart. */
async function whoIs(tx: Database, { externalId, person }: Provisioned): Promise<{ readonly id: PersonId } | Taken | null> {
  const byId = externalId === null ? undefined : await withDirectoryId(tx, externalId);
  if (byId) return (await isUser(tx, byId.id)) ? { kind: 'taken', what: 'externalId' } : byId;
  const byAddress = person.address ? await withAddress(tx, person.address) : undefined;
  if (!byAddress) return null;
  const another = externalId !== null && byAddress.directory_id !== null;
  return another || (await isUser(tx, byAddress.id)) ? { kind: 'taken', what: 'emails' } : { id: byAddress.id };
}

/** What of this user is another's. */
async function takenBy(tx: Database, id: PersonId, { userName, externalId, person }: Provisioned): Promise<Taken | null> {
  const others = tx.selectFrom('scim_users').select('person_id').where('person_id', '<>', id);
  if (await others.where(sql<boolean>`lower(user_name) = lower(${userName})`).executeTakeFirst())
    return { kind: 'taken', what: 'userName' };
  const sameId = externalId === null ? undefined : await withDirectoryId(tx, externalId);
  if (sameId && sameId.id !== id) return { kind: 'taken', what: 'externalId' };
  const byExternalId = others.where(sql<boolean>`lower(external_id) = lower(${externalId})`);
  if (externalId !== null && (await byExternalId.executeTakeFirst())) return { kind: 'taken', what: 'externalId' };
  const sameAddress = person.address ? await withAddress(tx, person.address) : undefined;
  return sameAddress && sameAddress.id !== id ? { kind: 'taken', what: 'emails' } : null;
}

async function withDirectoryId(tx: Database, directoryId: string): Promise<{ readonly id: PersonId } | undefined> {
  const same = sql<boolean>`lower(directory_id) = lower(${directoryId})`;
  return await tx.selectFrom('people').select('id').where(same).executeTakeFirst();
}

async function withAddress(
  tx: Database,
  address: string,
): Promise<{ readonly id: PersonId; readonly directory_id: string | null } | undefined> {
  const same = sql<boolean>`lower(address) = lower(${address})`;
  return await tx.selectFrom('people').select(['id', 'directory_id']).where('verified', '=', true).where(same).executeTakeFirst();
}

async function isUser(tx: Database, id: PersonId): Promise<boolean> {
  return (await tx.selectFrom('scim_users').select('person_id').where('person_id', '=', id).executeTakeFirst()) !== undefined;
}

/** The directory vouches for the addresses that it gives. */
async function write(tx: Database, id: PersonId, { externalId, person }: Provisioned): Promise<void> {
  const { active, address, manager, ...columns } = person;
  await tx
    .updateTable('people')
    .set({
      ...columns,
      ...(address === undefined ? {} : { address, verified: address !== null }),
      ...(manager === undefined ? {} : { manager: await named(tx, manager) }),
      ...(externalId === null ? {} : { directory_id: externalId }),
    })
    .where('id', '=', id)
    .execute();
  await setActive(tx, id, active);
}

/** Sessions of who became inactive end at once. */
async function setActive(tx: Database, id: PersonId, active: boolean): Promise<void> {
  await tx.updateTable('people').set({ active }).where('id', '=', id).execute();
  if (active) return;
  const ended = { revoked_at: sql<Date>`now()` };
  await tx.updateTable('sessions').set(ended).where('person_id', '=', id).where('revoked_at', 'is', null).execute();
}

/** A manager as the register's lists name one: by directory id, else by proven address. */
async function named(tx: Database, manager: string | null): Promise<string | null> {
  const id = manager === null ? null : parseId<PersonId>(manager.toLowerCase());
  const known = id && (await tx.selectFrom('people').select(['directory_id', 'address']).where('id', '=', id).executeTakeFirst());
  return known ? (known.directory_id ?? known.address) : manager;
}
