import { sql } from 'kysely';
import type { Database } from './database.ts';

/** A row of a list: what it says by column, or why it cannot be used. */
export type ListRow =
  | { readonly row: number; readonly key: string; readonly values: Readonly<Record<string, string | number | boolean | null>> }
  /** `key` when it is clear of whom or what it speaks: that one is then not taken for gone. */
  | { readonly row: number; readonly key: string | null; readonly reason: string };

/** A list as another system gives it. Columns that it does not have stay as they are in the register. */
export interface List {
  readonly columns: readonly string[];
  readonly rows: AsyncIterable<ListRow>;
}

export interface RefusedRow {
  readonly row: number;
  readonly reason: string;
}

/** What the import of a list did. */
export interface ListReport {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** In the register and no longer in the list. */
  readonly deactivated: number;
  readonly refused: number;
  /** The first of them. */
  readonly refusedRows: readonly RefusedRow[];
}

/** A list would end most of what is known: half a file looks just so. Nothing was changed. */
export class ListShrinksError extends Error {}

const BATCH = 2_000;
const SHOWN = 500;

/**
 * Puts a list's rows in a temporary table `staged` (key, row, usable and the columns given), a batch at a time: however long the list is, no more of
 * it is in memory. A key that stands twice is used once, the first time.
 */
export async function stage(tx: Database, columns: Readonly<Record<string, string>>, rows: AsyncIterable<ListRow>): Promise<Refusals> {
  const refusals = new Refusals();
  const names = Object.entries(columns).map(([name, type]) => `"${name}" ${type}`);
  await sql.raw(`create temporary table staged (key text, row integer, usable boolean, ${names.join(', ')}) on commit drop`).execute(tx);
  const fill = sql.raw(['key text', 'row integer', 'usable boolean', ...names].join(', '));
  const list = sql.raw(['key', 'row', 'usable', ...Object.keys(columns).map((name) => `"${name}"`)].join(', '));
  let batch: object[] = [];
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    await sql`insert into staged (${list}) select ${list} from jsonb_to_recordset(${JSON.stringify(batch)}::jsonb) as b(${fill})`.execute(
      tx,
    );
    batch = [];
  };
  for await (const it of rows) {
    if ('reason' in it) refusals.add(it);
    if (it.key !== null) batch.push({ ...('reason' in it ? {} : it.values), key: it.key, row: it.row, usable: !('reason' in it) });
    if (batch.length >= BATCH) await flush();
  }
  await flush();
  await sql`create index on staged (key)`.execute(tx);
  await sql`analyze staged`.execute(tx);
  await refuseRows(
    tx,
    refusals,
    sql`select row, key || ' stands in row ' || first || ' already' as reason from (
          select row, key, usable, min(row) filter (where usable) over (partition by key) as first from staged) s
        where usable and row <> first`,
  );
  return refusals;
}

/** Counts every row that was refused, and keeps the first of them for the report. */
export class Refusals {
  #count = 0;
  readonly #rows: RefusedRow[] = [];

  add({ row, reason }: RefusedRow): void {
    this.#count += 1;
    if (this.#rows.length < SHOWN) this.#rows.push({ row, reason });
  }

  get report(): Pick<ListReport, 'refused' | 'refusedRows'> {
    return { refused: this.#count, refusedRows: this.#rows.toSorted((a, b) => a.row - b.row) };
  }
}

/** Makes the staged rows that a query finds unusable. @param found gives `row` and `reason` @returns how many they were */
export async function refuseRows(tx: Database, refusals: Refusals, found: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await sql<RefusedRow>`
    with found as materialized (${found}), gone as (update staged s set usable = false from found f where s.row = f.row)
    select row, reason from found order by row`.execute(tx);
  for (const row of rows) refusals.add(row);
  return rows.length;
}

/** @throws ListShrinksError when more than half of what is known would end */
export function refuseShrinking(active: number, ending: number, force: boolean): void {
  if (force || active < 10 || ending * 2 <= active) return;
  throw new ListShrinksError(`the list would end ${ending} of the ${active} that are known: is it whole? --force ends them`);
}

/** The one number that a counting query gives, by name. */
export async function counted<Name extends string>(tx: Database, query: ReturnType<typeof sql>): Promise<Readonly<Record<Name, number>>> {
  const { rows } = await sql<Record<Name, number>>`${query}`.execute(tx);
  const [row] = rows;
  if (!row) throw new Error('a count without a row');
  return row;
}
