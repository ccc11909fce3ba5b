import { afterAll, describe, expect, it } from 'vitest';
import { createDatabase } from '../test/setup/database.ts';
import { openForTest } from './test/builders.ts';

const { register, ask, close } = await openForTest(await createDatabase());
afterAll(close);
const { published } = register;

const active = () => ask('select version from catalogue_versions where active');

describe('the published catalogue', () => {
  it('is nothing before the first, then the last that was published, and an earlier one again when that is', async () => {
    expect(await published.active()).toBeNull();
    await published.publish('v1', { products: ['a'] });
    await published.publish('v2', { products: ['b'] });
    expect(await published.active()).toEqual({ products: ['b'] });
    await published.publish('v1', { products: 'known already: not stored anew' });
    expect(await published.active()).toEqual({ products: ['a'] });
    expect(await published.version('v2')).toEqual({ products: ['b'] });
    expect(await published.version('v9')).toBeNull();
    expect(await active()).toEqual([['v1']]);
  });

  it('is one, when many publish at once', async () => {
    const versions = Array.from({ length: 12 }, (_, i) => `at-once-${i % 6}`);
    await Promise.all(versions.map((version) => published.publish(version, { version })));
    expect(await active()).toHaveLength(1);
    const [version] = (await active()).flat();
    expect(await published.active()).toEqual({ version });
    expect(await ask(`select count(*) from catalogue_versions where version like 'at-once-%'`)).toEqual([[6]]);
  });
});

describe('a model', () => {
  it('is kept byte for byte, as it was first saved, for a version that is known', async () => {
    await published.publish('m', {});
    const body = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
    await published.saveModel('local-1', 'm', body);
    await published.saveModel('local-1', 'm', Buffer.from('other'));
    expect(await published.model('local-1')).toEqual(body);
    expect(await published.model('local-2')).toBeNull();
    await expect(published.saveModel('local-3', 'no such version', body)).rejects.toThrow(/foreign key/);
  });
});

describe('budgets', () => {
  const normalise = (number: string) => number.toLowerCase().replace(/[\s-]/g, '');
  const budget = (number: string, open = true) => ({ number, name: `Budget ${number}`, holder: 'Sanne de Vries', open });

  it('are found by their key, and are the last list alone', async () => {
    await published.replaceBudgets([budget('K-100 200'), budget('K-300', false)], normalise);
    expect(await published.budgets(['k100200', 'k300', 'k999'])).toEqual(
      new Map([
        ['k100200', { number: 'K-100 200', open: true }],
        ['k300', { number: 'K-300', open: false }],
      ]),
    );
    await published.replaceBudgets([budget('K 300'), budget('K-400')], normalise);
    expect(await published.budgets(['k100200', 'k300', 'k400'])).toEqual(
      new Map([
        ['k300', { number: 'K 300', open: true }],
        ['k400', { number: 'K-400', open: true }],
      ]),
    );
    expect(await published.budgets([])).toEqual(new Map());
    await published.replaceBudgets([], normalise);
    expect(await published.budgets(['k300'])).toEqual(new Map());
  });

  it('are one whole list, when several replace them at once', async () => {
    const lists = ['a', 'b', 'c'].map((letter) => Array.from({ length: 30 }, (_, i) => budget(`${letter}${i}`)));
    await Promise.all(lists.map((list) => published.replaceBudgets(list, normalise)));
    const kept = (await ask('select key from budgets order by key')).flat().map(String);
    expect(kept).toHaveLength(30);
    expect(new Set(kept.map((key) => key[0])).size).toBe(1);
  });

  it('with a number twice are refused as a whole', async () => {
    await published.replaceBudgets([budget('K-1')], normalise);
    await expect(published.replaceBudgets([budget('K-2'), budget('k 2')], normalise)).rejects.toThrow();
    expect(await ask('select key from budgets')).toEqual([['k1']]);
  });
});
