import { readdir, readFile } from 'node:fs/promises';
import { type Kysely, type Migration, type MigrationProvider, Migrator, sql } from 'kysely';
import { APPLICATION_ROLE, type Database, openDatabase } from './database.ts';

const MIGRATIONS = new URL('./migrations/', import.meta.url);
const FUNCTIONS = new URL('./functions/', import.meta.url);

/** What the application may only add to. */
const APPEND_ONLY = ['case_events', 'audit'];

/** Brings the register to the newest shape, or to `target` (a migration's name, for tests). Safe to run by many processes at once. */
export async function migrate(ownerUrl: string, target?: string): Promise<void> {
  const { db, close } = openDatabase(ownerUrl, { max: 2 });
  try {
    await ensureRole(db);
    const migrator = new Migrator({ db, provider: new SqlFiles() });
    const { error, results } = target ? await migrator.migrateTo(target) : await migrator.migrateToLatest();
    if (error) {
      const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'the first';
      throw new Error(`migration ${failed} failed: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
    if (!target) await installFunctions(db);
    await grant(db);
  } finally {
    await close();
  }
}

/** The migrations' names, oldest first. */
export async function migrationNames(): Promise<string[]> {
  return (await readdir(MIGRATIONS))
    .filter((name) => name.endsWith('.sql'))
    .map((name) => name.slice(0, -4))
    .sort();
}

/** Numbered SQL files: the database's own language, readable beside the dumped schema. There is no way down: a backup is. */
class SqlFiles implements MigrationProvider {
  async getMigrations(): Promise<Record<string, Migration>> {
    const names = await migrationNames();
    return Object.fromEntries(
      names.map((name) => [
        name,
        {
          up: async (db: Kysely<unknown>) => {
            await sql.raw(await readFile(new URL(`${name}.sql`, MIGRATIONS), 'utf8')).execute(db);
          },
        },
      ]),
    );
  }
}

/** Functions belong to the code, not to history: they are laid anew at every start, in one transaction. */
async function installFunctions(db: Database): Promise<void> {
  const names = (await readdir(FUNCTIONS)).filter((name) => name.endsWith('.sql')).sort();
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('loket functions'))`.execute(tx);
    for (const name of names) await sql.raw(await readFile(new URL(name, FUNCTIONS), 'utf8')).execute(tx);
  });
}

/** On a server of the organisation's own the role may not be there yet; another process may make it at this moment. */
async function ensureRole(db: Database): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('loket role'))`.execute(tx);
    const exists = await sql<{ ok: boolean }>`select exists (select 1 from pg_roles where rolname = ${APPLICATION_ROLE}) as ok`.execute(tx);
    if (exists.rows[0]?.ok) return;
    await sql.raw(`create role ${APPLICATION_ROLE} nologin; grant ${APPLICATION_ROLE} to current_user`).execute(tx);
  });
}

/** CREATE on the database is for BullMQ, whose migration says CREATE SCHEMA IF NOT EXISTS: that asks for the right first. */
async function grant(db: Database): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('loket grants'))`.execute(tx);
    await sql
      .raw(
        `do $$ begin
           execute format('grant create on database %I to ${APPLICATION_ROLE}', current_database());
         exception when insufficient_privilege then null;
         end $$;
         create schema if not exists queue;
         grant usage, create on schema queue to ${APPLICATION_ROLE};
         grant usage on schema public to ${APPLICATION_ROLE};
         grant select, insert, update, delete on all tables in schema public to ${APPLICATION_ROLE};
         grant usage on all sequences in schema public to ${APPLICATION_ROLE};
         revoke update, delete, truncate on ${APPEND_ONLY.join(', ')} from ${APPLICATION_ROLE};`,
      )
      .execute(tx);
  });
}
