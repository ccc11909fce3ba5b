import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { PersonId } from '../domain/index.ts';
import type { Database } from './database.ts';

/** What a writing call finds under its key. */
export type Begun =
  /** Nothing: it is this caller's to do. */
  | { readonly kind: 'begun' }
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  | { readonly kind: 'under-way' }
  /** The key was given to another request. */
  | { readonly kind: 'another' };

const KEPT = sql`interval '24 hours'`;
/** What is under way for longer was left by a crash: whoever asks again does it. */
const LONGEST = sql`interval '1 minute'`;

/** What writing calls of the API were answered, by token and idempotency key. */
export class ApiAnswers {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** @param request all that says what is asked: method, path and body */
  async begin(token: PersonId, key: string, request: string): Promise<Begun> {
    const hash = createHash('sha256').update(request).digest();
    await sql`delete from api_answers where at < now() - ${KEPT}`.execute(this.#db);
    const { rows } = await sql`
      insert into api_answers as a (token_id, key, request_hash) values (${token}, ${key}, ${hash})
      on conflict (token_id, key) do update set at = now()
        where a.status is null and a.request_hash = excluded.request_hash and a.at < now() - ${LONGEST}
      returning key`.execute(this.#db);
    if (rows.length > 0) return { kind: 'begun' };
    const found = await this.#db
      .selectFrom('api_answers')
      .select(['request_hash', 'status', 'body'])
      .where('token_id', '=', token)
      .where('key', '=', key)
      .executeTakeFirst();
    if (!found) return { kind: 'under-way' };
    if (!found.request_hash.equals(hash)) return { kind: 'another' };
    const { status, body } = found;
    return status === null || body === null ? { kind: 'under-way' } : { kind: 'answered', status, body };
  }

  async answered(token: PersonId, key: string, status: number, body: string): Promise<void> {
    await this.#db.updateTable('api_answers').set({ status, body }).where('token_id', '=', token).where('key', '=', key).execute();
  }

  /** It failed: the same key may try again. */
  async forget(token: PersonId, key: string): Promise<void> {
    await this.#db.deleteFrom('api_answers').where('token_id', '=', token).where('key', '=', key).where('status', 'is', null).execute();
  }
}
