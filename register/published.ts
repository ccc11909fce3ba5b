import { sql } from 'kysely';
import type { Database } from './database.ts';

/** A budget as the organisation's list gives it. */
export interface BudgetRow {
  /** As people write it. */
  readonly number: string;
  readonly name: string;
  readonly holder: string;
  readonly open: boolean;
}

/** What every process decides by: the published catalogue, its model, and the organisation's budgets. */
export class PublishedStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Stores a version and makes it the one in force; known versions are only made so again. */
  async publish(version: string, body: unknown): Promise<void> {
    await this.#db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(hashtext('loket publish'))`.execute(tx);
      await tx
        .insertInto('catalogue_versions')
        .values({ version, body: JSON.stringify(body), active: false })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      await tx
        .updateTable('catalogue_versions')
        .set({ active: false })
        .where('active', '=', true)
        .where('version', '<>', version)
        .execute();
      await tx.updateTable('catalogue_versions').set({ active: true }).where('version', '=', version).where('active', '=', false).execute();
    });
  }

  /** The stored body of a version. */
  async version(version: string): Promise<unknown> {
    const row = await this.#db.selectFrom('catalogue_versions').select('body').where('version', '=', version).executeTakeFirst();
    return row?.body ?? null;
  }

  /** The body in force, null before the first. */
  async active(): Promise<unknown> {
    const row = await this.#db.selectFrom('catalogue_versions').select('body').where('active', '=', true).executeTakeFirst();
    return row?.body ?? null;
  }

  async model(id: string): Promise<Buffer | null> {
    const row = await this.#db.selectFrom('models').select('body').where('id', '=', id).executeTakeFirst();
    return row?.body ?? null;
  }

  async saveModel(id: string, catalogueVersion: string, body: Buffer): Promise<void> {
    await this.#db
      .insertInto('models')
      .values({ id, catalogue_version: catalogueVersion, body })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  /** Makes the list of budgets what it is given. @param normalise the number's form by which it is found */
  async replaceBudgets(budgets: readonly BudgetRow[], normalise: (number: string) => string): Promise<void> {
    const rows = JSON.stringify(budgets.map((it) => ({ ...it, key: normalise(it.number) })));
    await this.#db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(hashtext('loket budgets'))`.execute(tx);
      await sql`
        insert into budgets (key, number, name, holder, open)
        select key, number, name, holder, open from jsonb_to_recordset(${rows}::jsonb) as b(key text, number text, name text, holder text, open boolean)
        on conflict (key) do update set number = excluded.number, name = excluded.name, holder = excluded.holder, open = excluded.open
      `.execute(tx);
      await sql`delete from budgets where key not in (select key from jsonb_to_recordset(${rows}::jsonb) as b(key text))`.execute(tx);
    });
  }

  /** The budgets with these normalised numbers, by that number. */
  async budgets(keys: readonly string[]): Promise<ReadonlyMap<string, { readonly number: string; readonly open: boolean }>> {
    if (keys.length === 0) return new Map();
    const rows = await this.#db.selectFrom('budgets').select(['key', 'number', 'open']).where('key', 'in', keys).execute();
    return new Map(rows.map((row) => [row.key, { number: row.number, open: row.open }]));
  }
}
