import { type Selectable, sql } from 'kysely';
import type { Case, PersonId, Reference } from '../domain/index.ts';
import { caseFromRow, firstName } from './case-row.ts';
import type { Database } from './database.ts';
import type { CasesTable } from './schema.ts';

/** One's own case, with who works on it. */
export interface OwnCase {
  readonly case: Case;
  /** First name. */
  readonly worker: string | null;
}

const PAGE = 100;

/** Cases as who asked looks at them: one's own and nobody else's, by the person that a sign-in vouched for. */
export class OwnCases {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The newest first, a hundred at most. */
  async list(person: PersonId): Promise<OwnCase[]> {
    const rows = await this.#of(person).orderBy('c.opened_at', 'desc').orderBy('c.id', 'desc').limit(PAGE).execute();
    return rows.map(own);
  }

  /** Somebody else's is as if it were not there. */
  async byReference(person: PersonId, reference: Reference): Promise<OwnCase | null> {
    const row = await this.#of(person).where('c.reference', '=', reference).executeTakeFirst();
    return row ? own(row) : null;
  }

  /** Those whose number, title or text has these words, the newest first; without words all. Restricted ones are left out: a list may be shown to others. */
  async search(person: PersonId, words: string, limit: number): Promise<OwnCase[]> {
    const pattern = `%${words.replaceAll('\u0000', '').replace(/[\\%_]/g, '\\$&')}%`;
    const rows = await this.#of(person)
      .where('c.restricted', '=', false)
      .where((eb) => eb.or([sql<boolean>`c.reference ilike ${pattern}`, eb('c.title', 'ilike', pattern), eb('c.text', 'ilike', pattern)]))
      .orderBy('c.opened_at', 'desc')
      .limit(limit)
      .execute();
    return rows.map(own);
  }

  #of(person: PersonId) {
    return (
      this.#db
        .selectFrom('cases as c')
        .leftJoin('people as w', 'w.id', 'c.worker_id')
        .selectAll('c')
        .select('w.name as worker_name')
        // Parts are the desk's own division of work.
        .where('c.part_of', 'is', null)
        .where('c.person_id', 'in', sql<PersonId>`(select same_people(${person}))`)
    );
  }
}

function own(row: Selectable<CasesTable> & { readonly worker_name: string | null }): OwnCase {
  return { case: caseFromRow(row), worker: row.worker_name === null ? null : firstName(row.worker_name) };
}
