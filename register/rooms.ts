import { sql } from 'kysely';
import { normaliseRoom, type Room } from '../domain/index.ts';
import type { Database } from './database.ts';
import { counted, type List, type ListReport, type ListRow, refuseShrinking, stage } from './staging.ts';

/** How long it is believed whether there is a list: a turn without one costs no look. */
const BELIEVED_MS = 30_000;

const TYPES = { number: 'text', building: 'text', floor: 'text', name: 'text', number_key: 'text', name_key: 'text' } as const;

/** The organisation's rooms, as a csv list gives them. */
export class Rooms {
  readonly #db: Database;
  #listed: { readonly value: boolean; readonly until: number } = { value: false, until: 0 };

  constructor(db: Database) {
    this.#db = db;
  }

  /** The rooms with these normalised numbers or names, by either; null while there is no list of rooms. */
  async byToken(tokens: readonly string[]): Promise<ReadonlyMap<string, readonly Room[]> | null> {
    if (!(await this.#hasList())) return null;
    const found = new Map<string, Room[]>();
    if (tokens.length === 0) return found;
    const rows = await this.#db
      .selectFrom('rooms')
      .select(['number', 'building', 'floor', 'name', 'number_key', 'name_key'])
      .where('active', '=', true)
      .where((eb) => eb.or([eb('number_key', 'in', [...tokens]), eb('name_key', 'in', [...tokens])]))
      .orderBy('key')
      .limit(200)
      .execute();
    for (const { number_key, name_key, ...room } of rows)
      for (const token of [number_key, name_key]) if (token !== null) found.set(token, [...(found.get(token) ?? []), room]);
    return found;
  }

  /** Rooms by building and number. Each import is the whole list: what is not in it any more becomes inactive. */
  async importList({ columns, rows }: List, { force = false }: { readonly force?: boolean } = {}): Promise<ListReport> {
    const given = [
      ...['number', 'building', 'number_key'],
      ...(columns.includes('floor') ? ['floor'] : []),
      ...(columns.includes('name') ? ['name', 'name_key'] : []),
    ];
    const list = (of: (name: string) => string) => sql.raw(given.map(of).join(', '));
    const fields = list((name) => name);
    const differs = sql`(${list((name) => `r.${name}`)}) is distinct from (${list((name) => `s.${name}`)})`;
    const report = await this.#db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(hashtext('loket rooms'))`.execute(tx);
      const refusals = await stage(tx, TYPES, withKeys(rows));
      const counts = await counted<'added' | 'changed' | 'unchanged'>(
        tx,
        sql`select count(*) filter (where r.key is null) as added, count(*) filter (where r.key is not null and (not r.active or ${differs})) as changed,
              count(*) filter (where r.key is not null and r.active and not (${differs})) as unchanged
            from staged s left join rooms r on r.key = s.key where s.usable`,
      );
      const { active, ending } = await counted<'active' | 'ending'>(
        tx,
        sql`select count(*) as active, count(*) filter (where not exists (select from staged s where s.key = r.key)) as ending from rooms r where r.active`,
      );
      refuseShrinking(active, ending, force);
      await sql`
        update rooms r set (${fields}, active) = row(${list((name) => `s.${name}`)}, true) from staged s
        where s.usable and s.key = r.key and (not r.active or ${differs})`.execute(tx);
      await sql`
        insert into rooms (key, ${fields}) select s.key, ${list((name) => `s.${name}`)} from staged s
        where s.usable and not exists (select from rooms r where r.key = s.key)`.execute(tx);
      const gone = await sql`
        update rooms r set active = false where r.active and not exists (select from staged s where s.key = r.key)`.execute(tx);
      return { ...counts, deactivated: Number(gone.numAffectedRows ?? 0), ...refusals.report };
    });
    this.#listed = { value: false, until: 0 };
    return report;
  }

  async #hasList(): Promise<boolean> {
    if (Date.now() < this.#listed.until) return this.#listed.value;
    const row = await this.#db.selectFrom('rooms').select('key').where('active', '=', true).limit(1).executeTakeFirst();
    this.#listed = { value: row !== undefined, until: Date.now() + BELIEVED_MS };
    return this.#listed.value;
  }
}

async function* withKeys(rows: List['rows']): AsyncGenerator<ListRow> {
  for await (const row of rows) {
    if ('reason' in row) yield row;
    else {
      const { number, name } = row.values;
      yield {
        ...row,
        values: { ...row.values, number_key: normaliseRoom(String(number)), name_key: name ? normaliseRoom(String(name)) : null },
      };
    }
  }
}
