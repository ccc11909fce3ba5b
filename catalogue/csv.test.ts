import { describe, expect, it } from 'vitest';
import { readCsv, writeCsv } from './csv.ts';

async function* inParts(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}

async function cells(bytes: Buffer | string, size = 7): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const { cells: row } of readCsv(inParts(Buffer.from(bytes), size))) rows.push([...row]);
  return rows;
}

const TABLE = [
  ['naam', 'plaats'],
  ['Zoë; "de baas"', 'Café\nboven'],
];

describe('csv', () => {
  it('is read as people write it: semicolon, comma or tab, UTF-8 with and without its mark, UTF-16', async () => {
    const quoted = (between: string) => TABLE.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(between)).join('\r\n');
    for (const between of [';', ',', '\t']) {
      expect(await cells(quoted(between))).toEqual(TABLE);
      expect(await cells(`\uFEFF${quoted(between)}`)).toEqual(TABLE);
      expect(await cells(Buffer.from(`\uFEFF${quoted(between)}`, 'utf16le'), 11)).toEqual(TABLE);
    }
  });

  it('comes back as it was written, and no cell of it is a formula', async () => {
    const table = [
      ['=1+1', '+31 6', '-', '@x', "'=x", "'quoted'", '\tx', 'gewoon', ''],
      ['a|b', 'c\\d', 'é', '"', ';', 'x\ny', '1', '2', '3'],
    ];
    const text = writeCsv(table);
    expect(await cells(text)).toEqual(table);
    for (const line of text.replace('\uFEFF', '').split('\r\n'))
      for (const cell of line.split(';')) expect(cell).not.toMatch(/^"?[=+\-@\t]/);
  });

  it('counts rows as a spreadsheet does, and leaves out those without anything', async () => {
    const rows: number[] = [];
    for await (const { row } of readCsv(inParts(Buffer.from('a;b\r\n"x\ny";1\r\n\r\n;\r\nz;2\r\n'), 3))) rows.push(row);
    expect(rows).toEqual([1, 2, 5]);
  });

  it('that is no text, or never ends a quote, is refused with its place', async () => {
    await expect(cells(Buffer.from('a;b\nx;y\ncaf\xe9;z\n', 'latin1'), 100)).rejects.toThrow('line 3 is not UTF-8');
    await expect(cells(Buffer.from([97, 10, 0xc3]))).rejects.toThrow('line 2 is not UTF-8');
    await expect(cells('a;b\nx;\0\n')).rejects.toThrow('NUL');
    await expect(cells(`a;b\n"${'x'.repeat(200_000)}`, 5000)).rejects.toThrow(/cannot be read: .* line 2/);
  });

  it('of nothing is nothing', async () => {
    expect(await cells('')).toEqual([]);
    expect(await cells('\uFEFF')).toEqual([]);
  });
});
