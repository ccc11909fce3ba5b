import { afterAll, describe, expect, it } from 'vitest';
import { createDatabase } from '../test/setup/database.ts';
import { openForTest } from './test/builders.ts';

const { register, ask, close } = await openForTest(await createDatabase());
afterAll(close);
const { published, models } = register;

const active = () => ask('select version from catalogue_versions where active');

describe('the published catalogue', () => {
  it('is nothing before the first, then the one that was put in force, and an earlier one again when that is', async () => {
    expect(await published.activeVersion()).toBeNull();
    await published.store('v1', { products: ['a'] }, null);
    expect(await published.activeVersion()).toBeNull();
    expect(await published.activate('v1', null, null)).toBe('v1');
    await published.store('v2', { products: ['b'] }, 'v1');
    expect(await published.activate('v2', 'v1', null)).toBe('v2');
    await published.store('v1', { products: 'known already: not stored anew' }, 'v2');
    expect(await published.activate('v1', 'v2', null)).toBe('v1');
    expect(await published.version('v1')).toEqual({ products: ['a'] });
    expect(await published.version('v9')).toBeNull();
    expect(await published.knows('v2')).toBe(true);
    expect(await published.knows('v9')).toBe(false);
    expect(await active()).toEqual([['v1']]);
    expect(await ask('select version, based_on from catalogue_versions order by 1')).toEqual([
      ['v1', null],
      ['v2', 'v1'],
    ]);
  });

  it('is never one that was made from another than is in force, unless it is forced; each change is in the audit', async () => {
    await published.store('v3', {}, 'v2');
    expect(await published.activate('v3', 'v2', null)).toBe('v1');
    expect(await published.activate('v3', null, null)).toBe('v1');
    expect(await published.activate('v3', 'any', null)).toBe('v3');
    expect(await published.activate('v3', 'v1', null)).toBe('v3');
    await expect(published.activate('unknown', 'v3', null)).rejects.toThrow(/no version unknown/);
    expect(await active()).toEqual([['v3']]);
    expect(await ask(`select subject, data from audit where action = 'catalogue-published' order by id`)).toEqual([
      ['v1', { from: null }],
      ['v2', { from: 'v1' }],
      ['v1', { from: 'v2' }],
      ['v3', { from: 'v1' }],
    ]);
  });

  it('is one, when many publish at once, and all but the first are told which', async () => {
    const versions = Array.from({ length: 6 }, (_, i) => `at-once-${i}`);
    for (const version of versions) await published.store(version, { version }, 'v3');
    const inForce = new Set(await Promise.all(versions.map((version) => published.activate(version, 'v3', null))));
    expect(await active()).toEqual([[...inForce]]);
  });
});

describe('a model', () => {
  const model = (id: string, catalogue: string, examples: readonly string[] = []) => ({ id, catalogue, examples, judged: null });
  const body = Buffer.from(Array.from({ length: 256 }, (_, i) => i));

  it('is kept byte for byte, as it was first saved, for a version that is known', async () => {
    await published.store('m', {}, null);
    await models.save(model('local-1', 'm'), body);
    await models.save(model('local-1', 'm'), Buffer.from('other'));
    expect(await models.body('local-1')).toEqual(body);
    expect(await models.body('local-2')).toBeNull();
    await expect(models.save(model('local-3', 'no such version'), body)).rejects.toThrow(/foreign key/);
  });

  it('changes with the catalogue at once, and after that only from the one that the caller saw, within its catalogue', async () => {
    await published.activate('m', 'any', 'local-1');
    expect(await models.inForce()).toEqual({ version: 'm', model: 'local-1' });
    const learned = ['00000000-0000-7000-e000-000000000001'];
    await models.save(model('local-4', 'm', learned), body);
    await models.save(model('local-5', 'v1'), body);
    expect(await models.putInForce('local-4', 'local-9', null)).toBe(false);
    expect(await models.putInForce('local-5', 'local-1', null)).toBe(false);
    expect(await models.putInForce('local-4', 'local-1', null)).toBe(true);
    expect(await models.find('local-4')).toMatchObject({ inForce: true, state: 'live', examples: learned, catalogue: 'm' });
    expect(await models.find('local-1')).toMatchObject({ inForce: false, state: 'live' });
  });

  it('goes back to an earlier one, which says what was taken out and why', async () => {
    expect(await models.rollBack('local-1', null, 'it knew less')).toBe(true);
    expect(await models.rollBack('local-1', null, 'again')).toBe(false);
    expect(await models.rollBack('local-5', null, 'of another catalogue')).toBe(false);
    expect(await models.find('local-4')).toMatchObject({ inForce: false, state: 'rolled-back', reason: 'it knew less' });
    const first = await models.find('local-1');
    expect(first).toMatchObject({ inForce: true });
    expect(await models.find(String(first?.number))).toEqual(first);
    expect(await models.find('999999')).toBeNull();
    expect(await ask(`select action, subject, data from audit where action like 'model-%' order by id`)).toEqual([
      ['model-published', 'local-4', { from: 'local-1' }],
      ['model-rolled-back', 'local-1', { from: 'local-4' }],
    ]);
  });

  it('that was refused keeps its reason and no body', async () => {
    await models.refuse({ ...model('local-6', 'm'), judged: { rows: 3 } }, 'parking 1 of 3 right, was 2');
    expect(await models.find('local-6')).toMatchObject({ state: 'refused', reason: 'parking 1 of 3 right, was 2', judged: { rows: 3 } });
    expect(await models.body('local-6')).toBeNull();
    expect((await models.list()).map(({ id }) => id).slice(0, 2)).toEqual(['local-6', 'local-5']);
  });

  it('of long ago loses its body, never the one that decides', async () => {
    let last = 'local-1';
    for (let i = 10; i < 26; i++) {
      await models.save(model(`local-${i}`, 'm'), body);
      if (i === 20) continue;
      expect(await models.putInForce(`local-${i}`, last, null)).toBe(true);
      last = `local-${i}`;
    }
    expect(await models.body('local-10')).toBeNull();
    expect(await models.body('local-4')).toBeNull();
    expect(await models.body(last)).toEqual(body);
    expect(await models.body('local-24')).toEqual(body);
    await models.save(model('local-10', 'm'), body);
    expect(await models.body('local-10')).toEqual(body);
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
