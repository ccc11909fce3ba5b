import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase } from '../test/setup/database.ts';
import { type List, type ListRow, ListShrinksError } from './staging.ts';
import { openForTest } from './test/builders.ts';

const { register, ask, close } = await openForTest(await createDatabase());
afterAll(close);
const { lists, published, signIn } = register;

async function* given(rows: readonly ListRow[]): AsyncGenerator<ListRow> {
  yield* rows;
}

/** A list of rows, numbered as in a file with a header. */
function listOf(
  columns: readonly string[],
  rows: readonly (readonly [key: string, values: Extract<ListRow, { values: unknown }>['values'] | string])[],
): List {
  return {
    columns,
    rows: given(
      rows.map(([key, values], i) =>
        typeof values === 'string' ? { row: i + 2, key: key || null, reason: values } : { row: i + 2, key, values },
      ),
    ),
  };
}

const report = (it: Partial<Awaited<ReturnType<typeof lists.importBudgets>>>) => ({
  ...{ added: 0, changed: 0, unchanged: 0, deactivated: 0, refused: 0, refusedRows: [] },
  ...it,
});

describe('a list of budgets', () => {
  const columns = ['number', 'name', 'holder', 'limit', 'open'];
  const budget = (number: string, more: object = {}) => ({
    number,
    name: `Budget ${number}`,
    holder: 'Ans',
    limit: null,
    open: true,
    ...more,
  });
  const rows = () => ask('select key, name, "limit"::float, open, active from budgets order by key');
  const normalise = (number: string) => number.toLowerCase().replace(/[\s-]/g, '');
  beforeEach(() => ask('truncate budgets'));

  it('adds, changes and ends, and the same list again changes nothing', async () => {
    const first = () =>
      listOf(columns, [
        ['k1', budget('K-1')],
        ['k2', budget('K-2', { limit: 1500.5 })],
        ['k3', budget('K-3')],
      ]);
    expect(await lists.importBudgets(first())).toEqual(report({ added: 3 }));
    const stamps = await ask('select key, xmin::text from budgets order by key');
    expect(await lists.importBudgets(first())).toEqual(report({ unchanged: 3 }));
    expect(await ask('select key, xmin::text from budgets order by key')).toEqual(stamps);
    const second = listOf(columns, [
      ['k1', budget('K-1', { open: false })],
      ['k2', budget('K-2', { limit: 1500.5 })],
      ['k4', budget('K-4')],
    ]);
    expect(await lists.importBudgets(second)).toEqual(report({ added: 1, changed: 1, unchanged: 1, deactivated: 1 }));
    expect(await rows()).toEqual([
      ['k1', 'Budget K-1', null, false, true],
      ['k2', 'Budget K-2', 1500.5, true, true],
      ['k3', 'Budget K-3', null, true, false],
      ['k4', 'Budget K-4', null, true, true],
    ]);
    expect(await published.budgets(['k1', 'k3', 'k4'])).toEqual(
      new Map([
        ['k1', { number: 'K-1', open: false }],
        ['k4', { number: 'K-4', open: true }],
      ]),
    );
    expect(await lists.importBudgets(first())).toEqual(report({ changed: 2, unchanged: 1, deactivated: 1 }));
  });

  it('takes the place of those of the catalogue, which do not come back', async () => {
    await published.replaceBudgets(
      [
        { number: 'K-1', name: 'Oud', holder: 'Ans', open: true },
        { number: 'K-9', name: 'Weg', holder: 'Ans', open: true },
      ],
      normalise,
    );
    expect(await lists.counts()).toEqual({ people: 0, budgets: 2, openBudgets: 2, listed: false });
    expect(await lists.importBudgets(listOf(columns, [['k1', budget('K-1')]]))).toEqual(report({ changed: 1, deactivated: 1 }));
    await published.replaceBudgets([{ number: 'K-7', name: 'Nieuw', holder: 'Ans', open: true }], normalise);
    expect(await rows()).toEqual([
      ['k1', 'Budget K-1', null, true, true],
      ['k9', 'Weg', null, true, false],
    ]);
    expect(await lists.counts()).toEqual({ people: 0, budgets: 1, openBudgets: 1, listed: true });
  });

  it('keeps what it has no column for', async () => {
    await lists.importBudgets(listOf(columns, [['k1', budget('K-1', { limit: 10, open: false })]]));
    const short = listOf(
      ['number', 'name', 'holder'],
      [
        ['k1', { number: 'K-1', name: 'Anders', holder: 'Ans' }],
        ['k2', { number: 'K-2', name: 'Nieuw', holder: 'Ans' }],
      ],
    );
    expect(await lists.importBudgets(short)).toEqual(report({ added: 1, changed: 1 }));
    expect(await rows()).toEqual([
      ['k1', 'Anders', 10, false, true],
      ['k2', 'Nieuw', null, true, true],
    ]);
  });

  it('refuses rows that are wrong or stand twice, uses the others, and does not end whom a wrong row is about', async () => {
    await lists.importBudgets(
      listOf(columns, [
        ['k1', budget('K-1')],
        ['k2', budget('K-2')],
      ]),
    );
    const list = listOf(columns, [
      ['k1', 'limit: no amount'],
      ['k3', budget('K-3')],
      ['', 'number: must not be empty'],
      ['k3', budget('K 3', { name: 'Twee' })],
      ['k2', budget('K-2')],
    ]);
    expect(await lists.importBudgets(list)).toEqual(
      report({
        added: 1,
        unchanged: 1,
        refused: 3,
        refusedRows: [
          { row: 2, reason: 'limit: no amount' },
          { row: 4, reason: 'number: must not be empty' },
          { row: 5, reason: 'k3 stands in row 3 already' },
        ],
      }),
    );
    expect((await rows()).map(([key, name, , , active]) => [key, name, active])).toEqual([
      ['k1', 'Budget K-1', true],
      ['k2', 'Budget K-2', true],
      ['k3', 'Budget K-3', true],
    ]);
  });

  it('that is half a list is refused whole, unless it is meant', async () => {
    const many = Array.from({ length: 20 }, (_, i) => [`k${i}`, budget(`K-${i}`)] as const);
    await lists.importBudgets(listOf(columns, many));
    await expect(lists.importBudgets(listOf(columns, many.slice(0, 9)))).rejects.toThrow(ListShrinksError);
    await expect(lists.importBudgets(listOf(columns, []))).rejects.toThrow(/would end 20 of the 20/);
    expect((await lists.counts()).budgets).toBe(20);
    expect(await lists.importBudgets(listOf(columns, many.slice(0, 9)), { force: true })).toEqual(
      report({ unchanged: 9, deactivated: 11 }),
    );
  });

  it('that breaks off in the middle changes nothing', async () => {
    const broken: List = {
      columns,
      rows: (async function* () {
        yield { row: 2, key: 'k1', values: budget('K-1') };
        throw new Error('the file is away');
      })(),
    };
    await expect(lists.importBudgets(broken)).rejects.toThrow('the file is away');
    expect(await rows()).toEqual([]);
  });
});

describe('a list of people', () => {
  const columns = ['name', 'address', 'department', 'active'];
  const person = (name: string, address: string | null, more: object = {}) => ({
    name,
    address,
    department: 'Burgerzaken',
    active: true,
    ...more,
  });
  const people = () => ask('select directory_id, name, address, verified, active from people order by directory_id nulls last, name');
  beforeEach(() => ask('truncate people cascade'));
  const invited = async (address: string) => {
    const { token } = await signIn.invite({ address, name: null, role: 'worker', team: 'desk', by: null });
    return (await signIn.spend(token))?.session ?? '';
  };

  it('knows them by directory id, else by an address that is verified, and by nothing else', async () => {
    await ask(
      `insert into people (id, name, address, verified) values ('00000000-0000-7000-8000-000000000001', 'Ans Vos', 'ans@example.org', false)`,
    );
    await invited('Ben@example.org');
    const list = () =>
      listOf(columns, [
        ['D1', person('Ans Vos', 'ans@example.org')],
        ['D2', person('Ben Vos', 'ben@example.org')],
      ]);
    expect(await lists.importPeople(list())).toEqual(report({ added: 1, changed: 1 }));
    expect(await lists.importPeople(list())).toEqual(report({ unchanged: 2 }));
    expect(await people()).toEqual([
      ['D1', 'Ans Vos', 'ans@example.org', true, true],
      ['D2', 'Ben Vos', 'ben@example.org', true, true],
      [null, 'Ans Vos', 'ans@example.org', false, true],
    ]);
    expect(await ask(`select role from people where directory_id = 'D2'`)).toEqual([['worker']]);
    expect(
      await lists.importPeople(
        listOf(columns, [
          ['D1', person('Ans de Vos', 'a.vos@example.org')],
          ['D2', person('Ben Vos', 'ben@example.org')],
        ]),
      ),
    ).toEqual(report({ changed: 1, unchanged: 1 }));
  });

  it('lets two exchange addresses, and refuses an address that is of somebody else', async () => {
    await lists.importPeople(
      listOf(columns, [
        ['D1', person('A', 'a@example.org')],
        ['D2', person('B', 'b@example.org')],
        ['D3', person('C', 'c@example.org')],
      ]),
    );
    const list = listOf(columns, [
      ['D1', person('A', 'B@example.org')],
      ['D2', person('B', 'a@example.org')],
      ['D3', person('C', 'c@example.org')],
      ['D4', person('D', 'c@example.org')],
    ]);
    expect(await lists.importPeople(list)).toEqual(
      report({
        changed: 2,
        unchanged: 1,
        refused: 1,
        refusedRows: [{ row: 5, reason: 'the address c@example.org stands in row 4 already' }],
      }),
    );
    const other = listOf(columns, [
      ['D1', person('A', 'B@example.org')],
      ['D2', person('B', 'c@example.org')],
      ['D3', 'name: must not be empty'],
      ['D5', person('E', 'a@example.org')],
    ]);
    expect(await lists.importPeople(other)).toEqual(
      report({
        unchanged: 1,
        refused: 3,
        refusedRows: [
          { row: 3, reason: 'the address c@example.org is of another person, D3' },
          { row: 4, reason: 'name: must not be empty' },
          { row: 5, reason: 'the address a@example.org is of another person, D2' },
        ],
      }),
    );
    expect((await people()).map(([id, , address]) => [id, address])).toEqual([
      ['D1', 'B@example.org'],
      ['D2', 'a@example.org'],
      ['D3', 'c@example.org'],
    ]);
  });

  it('shuts out who left, at once; whom the directory never knew stays', async () => {
    const [ben, carl] = [await invited('ben@example.org'), await invited('carl@example.org')];
    await lists.importPeople(
      listOf(columns, [
        ['D1', person('Ans', null)],
        ['D2', person('Ben', 'ben@example.org')],
      ]),
    );
    expect((await signIn.colleague(ben))?.name).toBe('Ben');
    expect(await lists.importPeople(listOf(columns, [['D1', person('Ans', null)]]))).toEqual(report({ unchanged: 1, deactivated: 1 }));
    expect(await signIn.colleague(ben)).toBeNull();
    expect(await invited('ben@example.org')).toBe('');
    expect((await signIn.colleague(carl))?.name).toBe('Carl');
    expect(
      await lists.importPeople(
        listOf(columns, [
          ['D1', person('Ans', null)],
          ['D2', person('Ben', 'ben@example.org')],
        ]),
      ),
    ).toEqual(report({ changed: 1, unchanged: 1 }));
    expect(await invited('ben@example.org')).not.toBe('');
  });
});

it('a hundred thousand rows go by in bounded memory', async () => {
  await ask('truncate budgets');
  const count = 100_000;
  const rows = async function* (): AsyncGenerator<ListRow> {
    for (let i = 0; i < count; i++)
      yield { row: i + 2, key: `k${i}`, values: { number: `K-${i}`, name: `Budget ${i}`, holder: `Houder ${i % 300}`, limit: i } };
  };
  const columns = ['number', 'name', 'holder', 'limit'];
  const before = process.memoryUsage().rss;
  expect(await lists.importBudgets({ columns, rows: rows() })).toEqual(report({ added: count }));
  expect(await lists.importBudgets({ columns, rows: rows() })).toEqual(report({ unchanged: count }));
  expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(150);
}, 60_000);
