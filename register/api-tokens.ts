import { sql } from 'kysely';
import { type ApiScope, newId, newSecret, type PersonId, readScope } from '../domain/index.ts';
import { hashSecret } from './conversations.ts';
import type { Database } from './database.ts';

/** A token of the API. Its id is that of the person that it acts as. */
export interface ApiToken {
  readonly id: PersonId;
  readonly name: string;
  readonly scopes: readonly ApiScope[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** A token in use: how often in the minute that runs, and how many seconds are left of it. */
export interface UsedToken {
  readonly token: ApiToken;
  readonly calls: number;
  readonly secondsLeft: number;
}

const COLUMNS = [
  'id',
  'name',
  'scopes',
  'created_at as createdAt',
  'expires_at as expiresAt',
  'last_used_at as lastUsedAt',
  'revoked_at as revokedAt',
] as const;

/** Who may use the API: tokens that an administrator makes. Only their hashes are stored. */
export class ApiTokens {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** @returns the secret too, which nobody can be shown again */
  async create(it: {
    readonly name: string;
    readonly scopes: readonly ApiScope[];
    readonly expiresAt: Date;
    /** Null: from the command line. */
    readonly by: PersonId | null;
  }): Promise<{ readonly secret: string; readonly token: ApiToken }> {
    const id: PersonId = newId();
    const secret = `loket_${newSecret()}`;
    const { name, by } = it;
    const scopes = [...new Set(it.scopes)];
    const token = await this.#db.transaction().execute(async (tx) => {
      await tx.insertInto('people').values({ id, name, address: null, verified: false, role: null, active: false }).execute();
      const made = await tx
        .insertInto('api_tokens')
        .values({ id, name, token_hash: hashSecret(secret), scopes, created_by: by, expires_at: it.expiresAt })
        .returning(COLUMNS)
        .executeTakeFirstOrThrow();
      await record(tx, by, 'token-created', id, { name, scopes: scopes.join(' ') });
      return made;
    });
    return { secret, token: fromRow(token) };
  }

  /** All there were, the newest first. */
  async list(): Promise<ApiToken[]> {
    return (await this.#db.selectFrom('api_tokens').select(COLUMNS).orderBy('created_at', 'desc').orderBy('id').execute()).map(fromRow);
  }

  /** @returns whether it worked until now */
  async revoke(id: PersonId, by: PersonId | null): Promise<boolean> {
    return await this.#db.transaction().execute(async (tx) => {
      const revoked = await tx
        .updateTable('api_tokens')
        .set({ revoked_at: sql<Date>`now()` })
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .returning('name')
        .executeTakeFirst();
      if (revoked) await record(tx, by, 'token-revoked', id, { name: revoked.name });
      return revoked !== undefined;
    });
  }

  /** The token with this secret, which counts as used now, by whichever process; null when it is unknown, withdrawn or expired. */
  async use(secret: string): Promise<UsedToken | null> {
    const minuteOver = sql<boolean>`counting_since <= now() - interval '1 minute'`;
    const row = await this.#db
      .updateTable('api_tokens')
      .set({
        last_used_at: sql<Date>`now()`,
        calls: sql<number>`case when ${minuteOver} then 1 else calls + 1 end`,
        counting_since: sql<Date>`case when ${minuteOver} then now() else counting_since end`,
      })
      .where('token_hash', '=', hashSecret(secret))
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', sql<Date>`now()`)
      .returning([
        ...COLUMNS,
        'calls',
        sql<number>`greatest(1, ceil(extract(epoch from counting_since + interval '1 minute' - now())))::integer`.as('secondsLeft'),
      ])
      .executeTakeFirst();
    if (!row) return null;
    const { calls, secondsLeft, ...token } = row;
    return { token: fromRow(token), calls, secondsLeft };
  }

  /** What was done with a token: which call, and how it was answered. */
  async used(id: PersonId, call: { readonly method: string; readonly path: string; readonly status: number }): Promise<void> {
    await record(this.#db, id, 'token-used', id, call);
  }
}

function fromRow({ scopes, ...row }: Omit<ApiToken, 'scopes'> & { readonly scopes: readonly string[] }): ApiToken {
  return { ...row, scopes: scopes.flatMap((scope) => readScope(scope) ?? []) };
}

async function record(
  db: Database,
  actor: PersonId | null,
  action: string,
  subject: string,
  data: Readonly<Record<string, string | number>>,
): Promise<void> {
  await db
    .insertInto('audit')
    .values({ actor_id: actor, action, subject, data: JSON.stringify(data) })
    .execute();
}
