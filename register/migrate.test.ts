import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { type ConversationId, parseId } from '../domain/index.ts';
import { createDatabase } from '../test/setup/database.ts';
import { dumpOf, SCHEMA_FILE } from './dump-schema.ts';
import { openRegister } from './index.ts';
import { migrate, migrationNames } from './migrate.ts';
import { type Connection, connect } from './test/builders.ts';

const names = await migrationNames();
const drops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const drop of drops) await drop();
});

async function database() {
  const made = await createDatabase();
  const owner = await connect(made.ownerUrl);
  drops.push(owner.end, made.drop);
  return { ...made, ask: owner.ask };
}

/** Goes through the versions up to `name`, and at each writes the rows of its time. */
async function liveUntil(ownerUrl: string, ask: Connection['ask'], name: string): Promise<void> {
  for (const version of names.slice(0, names.indexOf(name) + 1)) {
    await migrate(ownerUrl, version);
    const rows = new URL(`./test/rows/${version}.sql`, import.meta.url);
    if (existsSync(rows)) await ask(await readFile(rows, 'utf8'));
  }
}

/** The keys of all rows, by table. */
async function keys(ask: Connection['ask']): Promise<ReadonlyMap<string, readonly string[]>> {
  const tables = await ask(
    `select c.relname, string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_class c
     join pg_index i on i.indrelid = c.oid and i.indisprimary join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
     where c.relnamespace = 'public'::regnamespace and c.relname not like 'kysely%' group by 1 order by 1`,
  );
  const found = new Map<string, string[]>();
  for (const [table, columns] of tables) {
    const rows = await ask(`select row(${String(columns)})::text from ${String(table)} order by 1`);
    found.set(String(table), rows.map(String));
  }
  return found;
}

describe.each(names)('from %s to now', (name) => {
  it('every row is still there, and the register works on them', async () => {
    const { ownerUrl, applicationUrl, ask } = await database();
    await liveUntil(ownerUrl, ask, name);
    const before = await keys(ask);
    const empty = [...before].filter(([, rows]) => rows.length === 0).map(([table]) => table);
    expect(empty, `tables without a row: write some in register/test/rows/${name}.sql`).toEqual([]);

    await migrate(ownerUrl);
    const after = await keys(ask);
    for (const [table, rows] of before) expect(after.get(table), table).toEqual(expect.arrayContaining([...rows]));

    const register = await openRegister({ ownerUrl, applicationUrl });
    const conversation = parseId<ConversationId>('00000000-0000-7000-9000-000000000001');
    const view = conversation && (await register.turns.next(conversation));
    expect(view?.cases.map((it) => it.reference)).toEqual(['SD-7K3Q-MX2P']);
    expect(view?.intake?.payload.text).toBe('hallo');
    await register.close();
  });

  it('the shape is that of schema.sql', async () => {
    const { ownerUrl, ask } = await database();
    await liveUntil(ownerUrl, ask, name);
    await expectNoDrift(await dumpOf(ownerUrl));
  });
});

async function expectNoDrift(dump: string): Promise<void> {
  const file = await readFile(SCHEMA_FILE, 'utf8');
  expect(dump, 'the migrations and register/schema.sql differ: `npm run dump-schema`, and look at what changed').toBe(file);
}

describe('migrating', () => {
  it('a second time changes nothing', async () => {
    const { ownerUrl, ask } = await database();
    await migrate(ownerUrl);
    const first = await ask('select * from kysely_migration order by name');
    await migrate(ownerUrl);
    expect(await ask('select * from kysely_migration order by name')).toEqual(first);
    expect(first.map(([name]) => name)).toEqual(names);
    await expectNoDrift(await dumpOf(ownerUrl));
  });

  it('by several at once is done once', async () => {
    const { ownerUrl, ask } = await database();
    await Promise.all([1, 2, 3, 4].map(() => migrate(ownerUrl)));
    expect((await ask('select name from kysely_migration order by name')).flat()).toEqual(names);
    await expectNoDrift(await dumpOf(ownerUrl));
  });

  it('says which one failed, and leaves nothing of it', async () => {
    const { ownerUrl, ask } = await database();
    await ask('create table leases (mine int)');
    await expect(migrate(ownerUrl)).rejects.toThrow(/^migration 0001-first failed: .*leases/);
    expect(await ask(`select tablename from pg_tables where schemaname = 'public' and tablename not like 'kysely%'`)).toEqual([['leases']]);
  });

  it('drift is seen', async () => {
    const { ownerUrl, ask } = await database();
    const before = await dumpOf(ownerUrl);
    await ask('alter table cases add column colour text; create index cases_colour on cases (colour)');
    const after = (await dumpOf(ownerUrl)).split('\n');
    expect(after.filter((line) => !before.split('\n').includes(line))).toEqual([
      '  colour text,',
      'CREATE INDEX cases_colour ON public.cases USING btree (colour);',
    ]);
  });
});
