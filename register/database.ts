import { Kysely, PostgresDialect } from 'kysely';
import { Pool, type PoolClient, types } from 'pg';
import type { Schema } from './schema.ts';

/** A database as the rest of this room uses it. */
export type Database = Kysely<Schema>;

export interface OpenDatabase {
  readonly db: Database;
  /** For the statements that are one function call on the hot path. */
  readonly pool: Pool;
  close(): Promise<void>;
}

/** The role that every process works as: it may not change or delete events and audit. */
export const APPLICATION_ROLE = 'loket_app';

const INT8 = 20;

/**
 * Opens a pool. @param role set on every connection, whatever the login is called
 */
export function openDatabase(url: string, options: { readonly role?: string; readonly max?: number } = {}): OpenDatabase {
  const pool = new Pool({
    connectionString: url,
    max: options.max ?? 16,
    application_name: 'loket',
    ...(options.role ? { options: `-c role=${options.role}` } : {}),
  });
  // A connection that breaks while idle is replaced at its next use; without a listener it would end the process.
  pool.on('error', () => {});
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return { db, pool, close: () => db.destroy() };
}

/** Counts come as numbers: none here outgrows 2^53. */
types.setTypeParser(INT8, (text) => Number(text));

/** PostgreSQL's codes that this room acts upon. */
export const SQLSTATE = {
  uniqueViolation: '23505',
  /** Raised by our own functions: decide again. */
  conflict: 'LK001',
} as const;

/** The SQLSTATE of an error, null when it is not the database's. */
export function sqlState(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** The name of the violated constraint, where there is one. */
export function violatedConstraint(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'constraint' in error && typeof error.constraint === 'string'
    ? error.constraint
    : null;
}

/**
 * Calls one of our functions that returns jsonb, as a named statement: parsed and planned once per connection.
 * @returns the JSON value, typed by the caller's reader
 */
export async function callFunction(pool: Pool | PoolClient, name: string, args: readonly unknown[]): Promise<unknown> {
  const places = args.map((_, i) => `$${i + 1}`).join(', ');
  const result = await pool.query<{ value: unknown }>({ name, text: `select ${name}(${places}) as value`, values: [...args] });
  return result.rows[0]?.value ?? null;
}
