import { sql } from 'kysely';
import { newId, newSecret, type PersonId, type Role } from '../domain/index.ts';
import { ensureVerified, hashSecret } from './conversations.ts';
import type { Database } from './database.ts';
import { type DirectoryGroup, giveRole, provisionedGroups, roleIn } from './directory-roles.ts';

/** Somebody who works at the desk, as the workbench knows them. */
export interface Colleague {
  readonly id: PersonId;
  readonly name: string;
  readonly role: Role;
  readonly teams: readonly string[];
}

export interface SignInLink {
  readonly token: string;
  readonly expiresAt: Date;
}

const LINK_MINUTES = 15;
const SESSION_HOURS = 12;

/** Who may enter the workbench: one-time links and sessions. Only hashes are stored. */
export class SignIn {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Whether somebody has ever signed in as administrator: an unused link makes none. */
  async hasAdministrator(): Promise<boolean> {
    const row = await this.#db
      .selectFrom('people as p')
      .innerJoin('sessions as s', 's.person_id', 'p.id')
      .select('p.id')
      .where('p.role', '=', 'admin')
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  /**
   * Makes a link for somebody, who is made known with this role; a team is added to the teams they have.
   * @throws DirectoryIdTaken when the directory id is another person's
   */
  async invite(it: {
    readonly address: string;
    readonly name: string | null;
    readonly role: Role;
    readonly team: string | null;
    readonly by: PersonId | null;
    /** Their id in the organisation's directory: what lets the role count where the directory vouches for them (Teams). */
    readonly directoryId?: string | null;
  }): Promise<SignInLink> {
    const token = newSecret();
    const expiresAt = new Date(Date.now() + LINK_MINUTES * 60_000);
    await this.#db.transaction().execute(async (tx) => {
      const person = await ensureVerified(tx, { id: newId(), name: it.name ?? nameFrom(it.address), address: it.address });
      await tx
        .updateTable('people')
        .set({
          role: it.role,
          role_by_directory: false,
          ...(it.name ? { name: it.name } : {}),
          ...(it.team ? { teams: sql<string[]>`(select array_agg(distinct t) from unnest(teams || ${it.team}::text) t)` } : {}),
        })
        .where('id', '=', person)
        .execute();
      if (it.directoryId) await setDirectoryId(tx, person, it.directoryId);
      await tx
        .insertInto('sign_in_links')
        .values({ token_hash: hashSecret(token), person_id: person, expires_at: expiresAt, used_at: null })
        .execute();
      await tx
        .insertInto('audit')
        .values({ actor_id: it.by, action: 'invited', subject: person, data: JSON.stringify({ role: it.role, team: it.team }) })
        .execute();
    });
    return { token, expiresAt };
  }

  /** Who a link would sign in, without spending it; null when it is used, expired or unknown. */
  async peek(token: string): Promise<Colleague | null> {
    const row = await this.#db
      .selectFrom('sign_in_links as l')
      .innerJoin('people as p', 'p.id', 'l.person_id')
      .select(['p.id', 'p.name', 'p.role', 'p.teams'])
      .where('l.token_hash', '=', hashSecret(token))
      .where('l.used_at', 'is', null)
      .where('l.expires_at', '>', sql<Date>`now()`)
      .where('p.active', '=', true)
      .executeTakeFirst();
    return row?.role ? { id: row.id, name: row.name, role: row.role, teams: row.teams } : null;
  }

  /** Spends a link, once, for a session. @returns the session's secret, null when the link is used, expired or unknown */
  async spend(token: string): Promise<{ readonly session: string; readonly expiresAt: Date; readonly colleague: Colleague } | null> {
    return this.#db.transaction().execute(async (tx) => {
      const link = await tx
        .updateTable('sign_in_links')
        .set({ used_at: sql<Date>`now()` })
        .where('token_hash', '=', hashSecret(token))
        .where('used_at', 'is', null)
        .where('expires_at', '>', sql<Date>`now()`)
        .returning('person_id')
        .executeTakeFirst();
      if (!link) return null;
      const person = await tx
        .selectFrom('people')
        .select(['id', 'name', 'role', 'teams'])
        .where('id', '=', link.person_id)
        .where('active', '=', true)
        .executeTakeFirst();
      if (!person?.role) return null;
      const session = newSecret();
      const expiresAt = new Date(Date.now() + SESSION_HOURS * 3_600_000);
      await tx
        .insertInto('sessions')
        .values({ token_hash: hashSecret(session), person_id: person.id, expires_at: expiresAt, revoked_at: null })
        .execute();
      await tx.insertInto('audit').values({ actor_id: person.id, action: 'signed-in', subject: person.id, data: '{}' }).execute();
      return { session, expiresAt, colleague: { id: person.id, name: person.name, role: person.role, teams: person.teams } };
    });
  }

  /** The colleague behind a session that is neither ended nor revoked. */
  async colleague(session: string): Promise<Colleague | null> {
    const row = await this.#db
      .selectFrom('sessions as s')
      .innerJoin('people as p', 'p.id', 's.person_id')
      .select(['p.id', 'p.name', 'p.role', 'p.teams'])
      .where('s.token_hash', '=', hashSecret(session))
      .where('s.carrier', '=', 'cookie')
      .where('s.revoked_at', 'is', null)
      .where('s.expires_at', '>', sql<Date>`now()`)
      .where('p.active', '=', true)
      .executeTakeFirst();
    return row?.role ? { id: row.id, name: row.name, role: row.role, teams: row.teams } : null;
  }

  /** The colleague whom the directory vouches for right now, without a session: a role counts only for the directory's id that the desk knows. */
  async ofDirectory(person: PersonId, directoryId: string): Promise<Colleague | null> {
    const row = await this.#db
      .selectFrom('people')
      .select(['id', 'name', 'role', 'teams'])
      .where('id', '=', person)
      .where('active', '=', true)
      .where(sql<boolean>`lower(directory_id) = lower(${directoryId})`)
      .executeTakeFirst();
    return row?.role ? { id: row.id, name: row.name, role: row.role, teams: row.teams } : null;
  }

  /**
   * Begins a session for somebody whom the organisation's provider vouches for: known by directory id, else by verified address, else new.
   * The role follows the groups at each sign-in, those of the id token and those of SCIM; who is in none of them keeps a role that was given here,
   * and loses one that groups gave.
   */
  async enter(it: Vouched, groups: readonly DirectoryGroup[]): Promise<Entered> {
    return await this.#db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(hashtext('loket enter'))`.execute(tx);
      const known = await knownAs(tx, it);
      if (known === 'other-person') return { kind: 'other-person' };
      const provisioned = known ? (await provisionedGroups(tx, [known])).get(known) : null;
      const given = roleIn(new Set([...it.groups, ...(provisioned ?? [])]), groups);
      if (!known && !given) return { kind: 'no-role' };
      const person = known ?? (await made(tx, it));
      await tx.updateTable('people').set({ directory_id: it.directoryId }).where('id', '=', person).execute();
      await giveRole(tx, [person], given);
      const row = await tx
        .selectFrom('people')
        .select(['id', 'name', 'role', 'teams'])
        .where('id', '=', person)
        .where('active', '=', true)
        .executeTakeFirst();
      if (!row?.role) return { kind: 'no-role' };
      const session = newSecret();
      const expiresAt = new Date(Date.now() + SESSION_HOURS * 3_600_000);
      await tx
        .insertInto('sessions')
        .values({ token_hash: hashSecret(session), person_id: person, expires_at: expiresAt, revoked_at: null, by_openid: true })
        .execute();
      const data = JSON.stringify({ carrier: 'openid', role: row.role });
      await tx.insertInto('audit').values({ actor_id: person, action: 'signed-in', subject: person, data }).execute();
      return { kind: 'entered', session, expiresAt, colleague: { id: row.id, name: row.name, role: row.role, teams: row.teams } };
    });
  }

  /** Who it is that the organisation's provider vouches for, whatever their role; null for somebody whom the desk does not know, or who left. */
  async known(it: Vouched): Promise<PersonId | null> {
    const person = await knownAs(this.#db, it);
    if (person === null || person === 'other-person') return null;
    const active = this.#db.selectFrom('people').select('id').where('id', '=', person).where('active', '=', true);
    return (await active.executeTakeFirst())?.id ?? null;
  }

  /** @returns whether it was begun by the organisation's provider, whose session is to end too */
  async signOut(session: string): Promise<boolean> {
    const row = await this.#db
      .updateTable('sessions')
      .set({ revoked_at: sql<Date>`now()` })
      .where('token_hash', '=', hashSecret(session))
      .where('revoked_at', 'is', null)
      .returning('by_openid')
      .executeTakeFirst();
    return row?.by_openid ?? false;
  }
}

/** Whom an OpenID provider vouches for. */
export interface Vouched {
  readonly name: string | null;
  /** Null unless the provider verified it. */
  readonly address: string | null;
  readonly directoryId: string;
  readonly groups: readonly string[];
}

export type Entered =
  | { readonly kind: 'entered'; readonly session: string; readonly expiresAt: Date; readonly colleague: Colleague }
  /** None of their groups has a role here. */
  | { readonly kind: 'no-role' }
  /** The address is that of somebody with another directory id. */
  | { readonly kind: 'other-person' };

async function knownAs(db: Database, { directoryId, address }: Vouched): Promise<PersonId | 'other-person' | null> {
  const byId = await db
    .selectFrom('people')
    .select('id')
    .where(sql<boolean>`lower(directory_id) = lower(${directoryId})`)
    .executeTakeFirst();
  if (byId) return byId.id;
  if (address === null) return null;
  const byAddress = await db
    .selectFrom('people')
    .select(['id', 'directory_id'])
    .where('verified', '=', true)
    .where(sql<boolean>`lower(address) = lower(${address})`)
    .executeTakeFirst();
  if (!byAddress) return null;
  return byAddress.directory_id === null ? byAddress.id : 'other-person';
}

async function made(db: Database, { name, address, directoryId }: Vouched): Promise<PersonId> {
  return await ensureVerified(db, { id: newId(), name: name ?? (address ? nameFrom(address) : directoryId), address });
}

/** Two people cannot be one in the directory. */
export class DirectoryIdTaken extends Error {}

async function setDirectoryId(db: Database, person: PersonId, directoryId: string): Promise<void> {
  const other = await db
    .selectFrom('people')
    .select('name')
    .where('id', '<>', person)
    .where(sql<boolean>`lower(directory_id) = lower(${directoryId})`)
    .executeTakeFirst();
  if (other) throw new DirectoryIdTaken(`the directory id ${directoryId} is that of ${other.name}`);
  await db.updateTable('people').set({ directory_id: directoryId }).where('id', '=', person).execute();
}

/** "sanne.de.vries@example.org" is Sanne de Vries, until somebody says better. */
function nameFrom(address: string): string {
  const words = (address.split('@')[0] ?? address).split(/[._-]+/).filter(Boolean);
  return words.map((word, i) => (i > 0 && PARTICLES.has(word) ? word : word.charAt(0).toUpperCase() + word.slice(1))).join(' ') || address;
}

const PARTICLES: ReadonlySet<string> = new Set(['de', 'den', 'der', 'het', 'ten', 'ter', 'van', 'von', 'la', 'el']);
