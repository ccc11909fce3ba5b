/** A database of its own for a test file, in the cluster that `global-setup.ts` started. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { prepareDatabase } from '../../register/embedded.ts';

export interface TestDatabase {
  readonly name: string;
  readonly ownerUrl: string;
  readonly applicationUrl: string;
  /** Also ends the sessions that are still open. */
  drop(): Promise<void>;
}

/** Empty but for the schema `queue`, or a copy of the database `template` (to which nobody may be connected then). */
export async function createDatabase(options: { readonly template?: string } = {}): Promise<TestDatabase> {
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`;
  const maintenance = inject('ownerUrl');
  const ownerUrl = at(maintenance, name);
  await withClient(maintenance, async (client) => {
    const template = client.escapeIdentifier(options.template ?? 'template1');
    await client.query(`CREATE DATABASE ${name} OWNER loket_owner TEMPLATE ${template} STRATEGY file_copy`);
  });
  await withClient(ownerUrl, prepareDatabase);
  return {
    name,
    ownerUrl,
    applicationUrl: at(inject('applicationUrl'), name),
    drop: async () => {
      await withClient(maintenance, async (client) => {
        await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      });
    },
  };
}

const at = (url: string, name: string): string => Object.assign(new URL(url), { pathname: `/${name}` }).href;

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
