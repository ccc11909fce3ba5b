import { afterAll, describe, expect, inject, it } from 'vitest';
import { createDatabase } from '../test/setup/database.ts';
import { openRegister } from './index.ts';
import { type Connection, connect } from './test/builders.ts';

const TRUTH = ['case_events', 'audit'];
const drops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const drop of drops.reverse()) await drop();
});

async function opened(shared: boolean) {
  const made = await createDatabase();
  drops.push(made.drop);
  const urls = shared ? { ownerUrl: made.ownerUrl, applicationUrl: made.ownerUrl } : made;
  const register = await openRegister(urls);
  const owner = await connect(made.ownerUrl);
  const application = await connect(register.applicationUrl);
  drops.push(register.close, owner.end, application.end);
  return { register, owner, application };
}

const tablesOf = async ({ ask }: Connection): Promise<string[]> =>
  (await ask(`select tablename from pg_tables where schemaname = 'public' and tablename not like 'kysely%'`)).flat().map(String);

describe.each([
  ['a login of its own', false],
  ['one login for owner and application', true],
])('the application, with %s,', (_, shared) => {
  it('may only add to events and audit', async () => {
    const { application } = await opened(shared);
    expect(await application.ask('select current_user::text')).toEqual([['loket_app']]);
    await application.ask(`insert into audit (action) values ('tried')`);
    for (const table of TRUTH) {
      await expect(application.ask(`update ${table} set at = now()`)).rejects.toThrow(/permission denied/);
      await expect(application.ask(`delete from ${table}`)).rejects.toThrow(/permission denied/);
      await expect(application.ask(`truncate ${table}`)).rejects.toThrow(/permission denied/);
      await expect(application.ask(`drop table ${table}`)).rejects.toThrow(/must be owner/);
      await expect(application.ask(`alter table ${table} disable trigger all`)).rejects.toThrow(/must be owner/);
    }
    expect(await application.ask('select action from audit')).toEqual([['tried']]);
  });

  it('may work on everything else, and change no shape', async () => {
    const { owner, application } = await opened(shared);
    for (const table of (await tablesOf(owner)).filter((name) => !TRUTH.includes(name))) {
      const may = await application.ask(
        `select p from unnest(array['select', 'insert', 'update', 'delete']) p where not has_table_privilege('public.' || $1, p)`,
        [table],
      );
      expect(may, `what may not be done to ${table}`).toEqual([]);
      await application.ask(`delete from ${table} where false`);
      await expect(application.ask(`alter table ${table} add column mine text`)).rejects.toThrow(/must be owner/);
    }
    await expect(application.ask('create table mine (id int)')).rejects.toThrow(/permission denied/);
  });

  it('is who the register works as', async () => {
    const { register, owner } = await opened(shared);
    await owner.ask('alter table leases add column taken_by text default current_user');
    await register.leases.acquire('train', 'ann', 1000);
    expect(await owner.ask('select taken_by from leases')).toEqual([['loket_app']]);
  });
});

describe('on a server of the organisation', () => {
  it('the queues may make their schema, as BullMQ asks for it', async () => {
    const maintenance = await connect(inject('ownerUrl'));
    const name = `test_bare_${process.pid}`;
    await maintenance.ask(`create database ${name}`);
    drops.push(maintenance.end, async () => void (await maintenance.ask(`drop database ${name} with (force)`)));
    const url = Object.assign(new URL(inject('ownerUrl')), { pathname: `/${name}` }).href;
    const register = await openRegister({ ownerUrl: url, applicationUrl: url });
    const application = await connect(register.applicationUrl);
    await application.ask('create schema if not exists queue');
    await application.ask('create table queue.job (id int)');
    await application.end();
    await register.close();
  });
});
