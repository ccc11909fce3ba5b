import { describe, expect, it } from 'vitest';
import { readCsv } from './csv.ts';
import { type ListKind, type ReadRow, readList } from './lists.ts';

async function* bytes(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

async function read(kind: ListKind, ...lines: readonly string[]): Promise<{ columns: readonly string[]; rows: ReadRow[] }> {
  const { columns, rows } = await readList(kind, readCsv(bytes(lines.join('\r\n'))));
  const all: ReadRow[] = [];
  for await (const row of rows) all.push(row);
  return { columns, rows: all };
}

/** What is said of a row, or its values. */
const said = async (kind: ListKind, ...lines: readonly string[]) =>
  (await read(kind, ...lines)).rows.map((row) => ('reason' in row ? `${row.row} ${row.key}: ${row.reason}` : row.values));

describe('a list of the organisation', () => {
  it('is read by its header, in Dutch or English and in any order', async () => {
    expect(await read('budgets', 'Naam;Budgethouder;Nummer', 'Burgerzaken;Ans Vos;4410 - 23')).toEqual({
      columns: ['name', 'holder', 'number'],
      rows: [{ row: 2, key: '441023', values: { name: 'Burgerzaken', holder: 'Ans Vos', number: '4410 - 23' } }],
    });
    const people = 'id,name,e-mail,afdeling,manager,deputy,kamer,telefoon,taal,actief';
    expect(await said('people', people, 'D1,Ans Vos,ans@example.org,Burgerzaken,D2,,3.14,+31 6,Engels,nee')).toEqual([
      {
        ...{ directory_id: 'D1', name: 'Ans Vos', address: 'ans@example.org', department: 'Burgerzaken', manager: 'D2', deputy: null },
        ...{ room: '3.14', phone: '+31 6', language: 'en', active: false },
      },
    ]);
  });

  it('reads amounts as people write them, and guesses none', async () => {
    const limits = ['1500', '1500,5', '1500.50', '1.500,50', '1,500.50', '€ 12', '', '1.500', '1,500', 'veel', '-3'];
    expect(await said('budgets', 'number;name;holder;limit', ...limits.map((limit, i) => `K${i};n;h;${limit}`))).toEqual([
      ...[1500, 1500.5, 1500.5, 1500.5, 1500.5, 12, null].map((limit, i) => ({ number: `K${i}`, name: 'n', holder: 'h', limit })),
      ...['1.500', '1,500', 'veel', '-3'].map(
        (limit, i) => `${i + 9} K${i + 7}: limit: "${limit}" is no clear amount; write it as 1500 or 1500,00`,
      ),
    ]);
  });

  it('says of each row that cannot be used why, and of whom it is', async () => {
    expect(
      await said(
        'people',
        'id;naam;email;taal',
        ';Ans;;',
        'D1;;;',
        'D2;Ben;ben;',
        'D3;Cor;;fr',
        `D4;${'x'.repeat(301)};;`,
        'D5;Dirk;;;te veel',
        'D6;Els',
      ),
    ).toEqual([
      '2 null: directory_id: must not be empty',
      '3 D1: name: must not be empty',
      '4 D2: address: "ben" is not an email address',
      '5 D3: language: must be nl or en; it is "fr"',
      '6 D4: name: has 301 characters; 300 are the most',
      '7 D5: has 5 cells, and the header 4',
      { directory_id: 'D6', name: 'Els', address: null, language: null },
    ]);
  });

  it.each([
    ['budgets', 'number;name', /^the column "holder" is missing$/],
    ['budgets', 'number;nummer;name;holder', /^the column "number" stands 2 times$/],
    ['budgets', 'number;name;holder;limt', /^"limt" is no column of this list \(did you mean "limit"\?\)$/],
    ['people', 'number;name;holder', /^"number" is no column of this list \(known: directory_id, name, /],
    ['people', '', /^the file is empty$/],
  ] as const)('of %s with the columns "%s" is refused', async (kind, header, expected) => {
    await expect(header === '' ? read(kind) : read(kind, header, 'a;b;c;d')).rejects.toThrow(expected);
  });
});
