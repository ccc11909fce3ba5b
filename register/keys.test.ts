import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../test/setup/database.ts';
import { openRegister, type Register } from './index.ts';

let database: TestDatabase;
let one: Register;
let other: Register;
beforeAll(async () => {
  database = await createDatabase();
  one = await openRegister(database);
  other = await openRegister(database);
});
afterAll(async () => {
  await Promise.all([one.close(), other.close()]);
  await database.drop();
});

it('a key is made once, and is the same for every process that asks', async () => {
  const all = await Promise.all([one, other, one, other].map(({ keys }) => keys.get('links')));
  expect(new Set(all.map((key) => key.toString('hex'))).size).toBe(1);
  expect(all[0]).toHaveLength(32);
  expect(await one.keys.get('others')).not.toEqual(all[0]);
});
