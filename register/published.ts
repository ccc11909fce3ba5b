import { sql } from 'kysely';
import type { Database } from './database.ts';
import { hasList } from './lists.ts';

/** A budget as the organisation's list gives it. */
export interface BudgetRow {
  /** As people write it. */
  readonly number: string;
  readonly name: string;
  readonly holder: string;
  readonly open: boolean;
}

/** What every process decides by: the published catalogue, and the organisation's budgets. */
export class PublishedStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Keeps a version beside the others, not yet in force: its model refers to it. Known versions stay as they are. */
  async store(version: string, body: unknown, basedOn: string | null): Promise<void> {
    await this.#db
      .insertInto('catalogue_versions')
      .values({ version, body: JSON.stringify(body), active: false, based_on: basedOn })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  /**
   * Makes a stored version the one in force, unless another one is by now than its files were made from.
   * @param instead the version it takes the place of, null for the first; 'any' asks no questions
   * @param model what it decides by: both change at once
   * @returns the version in force after it: another one than asked for is a conflict
   */
  async activate(version: string, instead: string | null | 'any', model: string | null): Promise<string> {
    return await this.#db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(hashtext('loket publish'))`.execute(tx);
      const row = await tx.selectFrom('catalogue_versions').select('version').where('active', '=', true).executeTakeFirst();
      const active = row?.version ?? null;
      if (active === version) return version;
      if (active !== null && instead !== 'any' && active !== instead) return active;
      await tx.updateTable('catalogue_versions').set({ active: false }).where('active', '=', true).execute();
      const made = await tx
        .updateTable('catalogue_versions')
        .set({ active: true, model })
        .where('version', '=', version)
        .executeTakeFirst();
      if (made.numUpdatedRows === 0n) throw new Error(`there is no version ${version} to put in force`);
      await sql`delete from product_readers`.execute(tx);
      await sql`
        insert into product_readers (product, reader)
        select distinct p ->> 'id', lower(r)
        from catalogue_versions v, jsonb_array_elements(v.body -> 'products') p, jsonb_array_elements_text(p -> 'readers') r
        where v.version = ${version}
      `.execute(tx);
      await tx
        .insertInto('audit')
        .values({ actor_id: null, action: 'catalogue-published', subject: version, data: JSON.stringify({ from: active }) })
        .execute();
      return version;
    });
  }

  /** Which version is in force, null before the first. */
  async activeVersion(): Promise<string | null> {
    const row = await this.#db.selectFrom('catalogue_versions').select('version').where('active', '=', true).executeTakeFirst();
    return row?.version ?? null;
  }

  async knows(version: string): Promise<boolean> {
    const row = await this.#db.selectFrom('catalogue_versions').select('version').where('version', '=', version).executeTakeFirst();
    return row !== undefined;
  }

  /** The stored body of a version. */
  async version(version: string): Promise<unknown> {
    const row = await this.#db.selectFrom('catalogue_versions').select('body').where('version', '=', version).executeTakeFirst();
    return row?.body ?? null;
  }

  /** Makes the list of budgets what it is given, unless a csv list has taken its place. @param normalise the number's form by which it is found */
  async replaceBudgets(budgets: readonly BudgetRow[], normalise: (number: string) => string): Promise<void> {
    const rows = JSON.stringify(budgets.map((it) => ({ ...it, key: normalise(it.number) })));
    await this.#db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(hashtext('loket budgets'))`.execute(tx);
      if (await hasList(tx)) return;
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
    const rows = await this.#db
      .selectFrom('budgets')
      .select(['key', 'number', 'open'])
      .where('key', 'in', keys)
      .where('active', '=', true)
      .execute();
    return new Map(rows.map((row) => [row.key, { number: row.number, open: row.open }]));
  }
}
