import { sql } from 'kysely';
import { newSecret, type Person, type PersonId } from '../domain/index.ts';
import { hashSecret } from './conversations.ts';
import type { Database } from './database.ts';
import type { Colleague } from './sign-in.ts';

const SESSION_MINUTES = 60;

/** A session that a page carries in its own memory (RFC 6750), begun. */
export interface BearerSession {
  /** `loket.<person>.<secret>`: the page tells whose it is, to keep two people on one computer apart. */
  readonly session: string;
  readonly expiresAt: Date;
  readonly person: Person;
  /** Whether it opens the workbench too. */
  readonly colleague: Colleague | null;
}

/** Sessions without a cookie: of pages in a frame, and of "My cases". Short, and only their hashes are stored. */
export class BearerSessions {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * Begins a session for somebody whom a sign-in vouches for.
   * @param directoryId what the directory itself says is their id, null when it was not asked: a role counts only for the one that the desk knows
   * @returns null for somebody who is no longer there
   */
  async begin(person: PersonId, directoryId: string | null): Promise<BearerSession | null> {
    const row = await this.#db
      .selectFrom('people')
      .select(['id', 'name', 'address', 'verified', 'role', 'teams', 'directory_id'])
      .where('id', '=', person)
      .where('active', '=', true)
      .executeTakeFirst();
    if (!row) return null;
    const { id, name, address, verified, role, teams } = row;
    const known = directoryId !== null && row.directory_id?.toLowerCase() === directoryId.toLowerCase();
    const colleague = known && role ? { id, name, role, teams } : null;
    const session = `loket.${id}.${newSecret()}`;
    const expiresAt = new Date(Date.now() + SESSION_MINUTES * 60_000);
    await this.#db
      .insertInto('sessions')
      .values({
        token_hash: hashSecret(session),
        person_id: id,
        expires_at: expiresAt,
        revoked_at: null,
        carrier: 'bearer',
        with_role: colleague !== null,
      })
      .execute();
    if (colleague)
      await this.#db
        .insertInto('audit')
        .values({ actor_id: id, action: 'signed-in', subject: id, data: JSON.stringify({ carrier: 'bearer' }) })
        .execute();
    return { session, expiresAt, person: { id, name, address, verified }, colleague };
  }

  /** Whose session it is; null when it has ended. */
  async person(session: string): Promise<Person | null> {
    const row = await this.#live(session).executeTakeFirst();
    return row ? { id: row.id, name: row.name, address: row.address, verified: row.verified } : null;
  }

  /** The colleague behind a session that carries a role. */
  async colleague(session: string): Promise<Colleague | null> {
    const row = await this.#live(session).where('s.with_role', '=', true).executeTakeFirst();
    return row?.role ? { id: row.id, name: row.name, role: row.role, teams: row.teams } : null;
  }

  #live(session: string) {
    return this.#db
      .selectFrom('sessions as s')
      .innerJoin('people as p', 'p.id', 's.person_id')
      .select(['p.id', 'p.name', 'p.address', 'p.verified', 'p.role', 'p.teams'])
      .where('s.token_hash', '=', hashSecret(session))
      .where('s.carrier', '=', 'bearer')
      .where('s.revoked_at', 'is', null)
      .where('s.expires_at', '>', sql<Date>`now()`)
      .where('p.active', '=', true);
  }
}
