import { sql } from 'kysely';
import { amongPeople } from './among-people.ts';
import type { Database } from './database.ts';
import { counted, type List, type ListReport, refuseRows, refuseShrinking, stage } from './staging.ts';

interface ListOptions {
  /** Also when most of what is known would end. */
  readonly force?: boolean;
}

const BUDGET_TYPES = { number: 'text', name: 'text', holder: 'text', limit: 'numeric', open: 'boolean' } as const;
const PERSON_TYPES = {
  name: 'text',
  address: 'text',
  department: 'text',
  manager: 'text',
  deputy: 'text',
  room: 'text',
  phone: 'text',
  language: 'text',
  active: 'boolean',
} as const;

/** The organisation's long lists, as its other systems give them. Each import is the whole list: who is not in it any more becomes inactive. */
export class Lists {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Budgets by their key. From the first list on the catalogue's own budgets are no longer used. */
  async importBudgets({ columns, rows }: List, { force = false }: ListOptions = {}): Promise<ListReport> {
    const given = Object.keys(BUDGET_TYPES).filter((name) => columns.includes(name));
    const withOpen = [...new Set([...given, 'open'])];
    const { theirs, ours, differs } = comparison(given, 'b');
    return await this.#db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(hashtext('loket budgets'))`.execute(tx);
      const refusals = await stage(tx, BUDGET_TYPES, rows);
      const counts = await counted<'added' | 'changed' | 'unchanged'>(
        tx,
        sql`select count(*) filter (where b.key is null) as added, count(*) filter (where b.key is not null and (not b.active or ${differs})) as changed,
              count(*) filter (where b.key is not null and b.active and not (${differs})) as unchanged
            from staged s left join budgets b on b.key = s.key where s.usable`,
      );
      const { active, ending } = await counted<'active' | 'ending'>(
        tx,
        sql`select count(*) as active, count(*) filter (where not exists (select from staged s where s.key = b.key)) as ending
            from budgets b where b.active and b.source = 'list'`,
      );
      refuseShrinking(active, ending, force);
      await sql`
        insert into budgets (key, source, ${names(withOpen)})
        select s.key, 'list', ${inserted(withOpen)} from staged s
        where s.usable and not exists (select from budgets b where b.key = s.key)`.execute(tx);
      await sql`
        update budgets b set (${ours}, active, source) = row(${theirs}, true, 'list') from staged s
        where s.usable and s.key = b.key and (not b.active or b.source <> 'list' or ${differs})`.execute(tx);
      const gone = await sql`
        update budgets b set active = false, source = 'list'
        where (b.active or b.source <> 'list') and not exists (select from staged s where s.key = b.key)`.execute(tx);
      return { ...counts, deactivated: Number(gone.numAffectedRows ?? 0), ...refusals.report };
    });
  }

  /**
   * People by their directory id, else by an address that is verified; never by a likeness. The directory vouches for the addresses it gives.
   * Sessions of who became inactive end at once.
   */
  async importPeople({ columns, rows }: List, { force = false }: ListOptions = {}): Promise<ListReport> {
    const given = Object.keys(PERSON_TYPES).filter((name) => columns.includes(name));
    const { theirs, ours, differs } = comparison(given, 'p');
    return await amongPeople(this.#db, async (tx) => {
      const refusals = await stage(tx, PERSON_TYPES, rows);
      await matchPeople(tx);
      await refuseRows(tx, refusals, SAME_ADDRESS);
      // Who is refused keeps the old address, which another row may have counted on.
      while ((await refuseRows(tx, refusals, OTHERS_ADDRESS)) > 0);
      const counts = await counted<'added' | 'changed' | 'unchanged'>(
        tx,
        sql`select count(*) filter (where p.id is null) as added,
              count(*) filter (where p.id is not null and (p.directory_id is null or ${differs})) as changed,
              count(*) filter (where p.directory_id is not null and not (${differs})) as unchanged
            from staged s left join people p on p.id = s.person where s.usable`,
      );
      const { active, ending } = await counted<'active' | 'ending'>(
        tx,
        sql`select count(*) as active, count(*) filter (where not exists (select from staged s where s.key = p.directory_id)) as ending
            from people p where p.active and p.directory_id is not null`,
      );
      refuseShrinking(active, ending, force);
      // Two who exchange addresses: each must let go of the old one before the other takes it.
      if (columns.includes('address'))
        await sql`
          update people p set address = null, verified = false from staged s
          where s.usable and s.person = p.id and p.address is not null and lower(p.address) is distinct from lower(s.address)`.execute(tx);
      const verified = columns.includes('address') ? sql`s.address is not null` : sql`p.verified`;
      await sql`
        update people p set (${ours}, directory_id, verified) = row(${theirs}, s.key, ${verified}) from staged s
        where s.usable and s.person = p.id and (p.directory_id is null or ${differs})`.execute(tx);
      await sql`
        insert into people (id, directory_id, verified, ${ours})
        select gen_random_uuid(), s.key, s.address is not null, ${inserted(given)} from staged s where s.usable and s.person is null`.execute(
        tx,
      );
      const gone = await sql`
        update people p set active = false
        where p.active and p.directory_id is not null and not exists (select from staged s where s.key = p.directory_id)`.execute(tx);
      await sql`
        update sessions x set revoked_at = now() from people p
        where p.id = x.person_id and not p.active and x.revoked_at is null`.execute(tx);
      return { ...counts, deactivated: Number(gone.numAffectedRows ?? 0), ...refusals.report };
    });
  }

  /** How many there are, and whether the budgets come from a list. */
  async counts(): Promise<{ readonly people: number; readonly budgets: number; readonly openBudgets: number; readonly listed: boolean }> {
    return await counted<'people' | 'budgets' | 'openBudgets'>(
      this.#db,
      sql`select (select count(*) from people where active and directory_id is not null) as people, count(*) filter (where active) as budgets,
            count(*) filter (where active and open) as "openBudgets" from budgets`,
    ).then(async (counts) => ({ ...counts, listed: await hasList(this.#db) }));
  }
}

/** Whether a list of budgets has been imported: then the catalogue's own make way. */
export async function hasList(db: Database): Promise<boolean> {
  const row = await db.selectFrom('budgets').select('key').where('source', '=', 'list').limit(1).executeTakeFirst();
  return row !== undefined;
}

/** The columns that a list has: their names, its values, and whether they differ from those of the table under that name. */
function comparison(columns: readonly string[], table: string) {
  const list = (of: (name: string) => string) => sql.raw(columns.map((name) => of(`"${name}"`)).join(', '));
  return {
    ours: list((name) => name),
    theirs: list((name) => `s.${name}`),
    differs: sql`(${list((name) => `${table}.${name}`)}) is distinct from (${list((name) => `s.${name}`)})`,
  };
}

function names(columns: readonly string[]) {
  return sql.raw(columns.map((name) => `"${name}"`).join(', '));
}

/** What is new is active and open, unless the list says otherwise. */
function inserted(columns: readonly string[]) {
  const yes = ['active', 'open'];
  return sql.raw(columns.map((name) => (yes.includes(name) ? `coalesce(s."${name}", true)` : `s."${name}"`)).join(', '));
}

async function matchPeople(tx: Database): Promise<void> {
  await sql`alter table staged add column person uuid`.execute(tx);
  await sql`update staged s set person = p.id from people p where s.usable and p.directory_id = s.key`.execute(tx);
  await sql`
    update staged s set person = p.id from people p
    where s.usable and s.person is null and p.verified and p.directory_id is null and lower(p.address) = lower(s.address)`.execute(tx);
}

const SAME_ADDRESS = sql`
  select row, 'the address ' || address || ' stands in row ' || first || ' already' as reason from (
    select row, address, min(row) over (partition by lower(address)) as first from staged where usable and address is not null) s
  where row <> first`;

/** Somebody else has it and keeps it: who that is, is not for a list to guess. */
const OTHERS_ADDRESS = sql`
  select s.row, 'the address ' || s.address || ' is of another person' || coalesce(', ' || p.directory_id, '') as reason
  from staged s join people p on p.verified and lower(p.address) = lower(s.address) and p.id is distinct from s.person
  where s.usable and not exists (
    select from staged o where o.usable and o.person = p.id and o.address is not null and lower(o.address) <> lower(s.address))`;
