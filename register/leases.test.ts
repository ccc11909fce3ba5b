import { afterAll, describe, expect, it } from 'vitest';
import { createDatabase } from '../test/setup/database.ts';
import { openDatabase } from './database.ts';
import { Leases } from './leases.ts';
import { migrate } from './migrate.ts';

const made = await createDatabase();
await migrate(made.ownerUrl);
const database = openDatabase(made.applicationUrl, { max: 2 });
const leases = new Leases(database.db);
afterAll(async () => {
  await database.close();
  await made.drop();
});

describe('a lease', () => {
  it('has one holder, who may ask again and renew', async () => {
    expect(await leases.acquire('train', 'ann', 60_000)).toBe(true);
    expect(await leases.acquire('train', 'bob', 60_000)).toBe(false);
    expect(await leases.acquire('train', 'ann', 60_000)).toBe(true);
    expect(await leases.renew('train', 'ann', 60_000)).toBe(true);
    expect(await leases.renew('train', 'bob', 60_000)).toBe(false);
    expect(await leases.acquire('watch', 'bob', 60_000)).toBe(true);
  });

  it('is free again when it is released by its holder, and by nobody else', async () => {
    await leases.acquire('reconcile', 'ann', 60_000);
    await leases.release('reconcile', 'bob');
    expect(await leases.acquire('reconcile', 'bob', 60_000)).toBe(false);
    await leases.release('reconcile', 'ann');
    expect(await leases.acquire('reconcile', 'bob', 60_000)).toBe(true);
  });

  it('is lost when it expires', async () => {
    await leases.acquire('sweep', 'ann', 0);
    expect(await leases.renew('sweep', 'ann', 60_000)).toBe(false);
    expect(await leases.acquire('sweep', 'bob', 60_000)).toBe(true);
    expect(await leases.renew('sweep', 'ann', 60_000)).toBe(false);
  });

  it('goes to one of many who ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => leases.acquire('rush', `holder ${i}`, 60_000)));
    expect(answers.filter(Boolean)).toHaveLength(1);
  });
});
