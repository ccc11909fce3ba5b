import pg from 'pg';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { createDatabase } from './database.ts';

const made = await createDatabase();
afterAll(made.drop);

async function ask(url: string, sql: string): Promise<unknown[][]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

describe('a database for a test file', () => {
  it('is empty, apart from the others, and has the schema of the queue', async () => {
    const other = await createDatabase();
    await ask(made.ownerUrl, 'CREATE TABLE mine (id int)');
    expect(await ask(other.ownerUrl, `SELECT count(*)::int FROM pg_tables WHERE schemaname = 'public'`)).toEqual([[0]]);
    expect(await ask(other.applicationUrl, `SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = 'queue'`)).toEqual([
      ['loket_app'],
    ]);
    await other.drop();
    await expect(ask(other.ownerUrl, 'SELECT 1')).rejects.toThrow(/does not exist/);
  });

  it('lets the application make tables in its own schema alone', async () => {
    await ask(made.applicationUrl, 'CREATE TABLE queue.job (id int)');
    await expect(ask(made.applicationUrl, 'CREATE TABLE public.job (id int)')).rejects.toThrow(/permission denied/);
  });

  it('can be a copy of another', async () => {
    const template = await createDatabase();
    await ask(template.ownerUrl, 'CREATE TABLE migrated (id int); GRANT SELECT ON migrated TO loket_app; INSERT INTO migrated VALUES (7)');
    const copy = await createDatabase({ template: template.name });
    expect(await ask(copy.applicationUrl, 'SELECT id FROM migrated')).toEqual([[7]]);
    await copy.drop();
    await template.drop();
  });
});

describe.skipIf(inject('redisUrl') === null)('Redis of the run', () => {
  it('has an address', () => {
    expect(inject('redisUrl')).toMatch(/^redis:\/\/127\.0\.0\.1:\d+$/);
  });
});
