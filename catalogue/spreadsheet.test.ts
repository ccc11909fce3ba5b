import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { loadCatalogue } from './load.ts';
import { formatProblem } from './problem.ts';
import { exportSheets, importSheets } from './spreadsheet.ts';

const SHIPPED = join(import.meta.dirname, 'groups');
const root = await mkdtemp(join(tmpdir(), 'loket-sheets-'));
afterAll(() => rm(root, { recursive: true, force: true }));
let folder = '';
let sheets = '';

beforeEach(async () => {
  const own = await mkdtemp(join(root, 'case-'));
  folder = join(own, 'catalogue');
  sheets = join(own, 'sheets');
  await cp(join(import.meta.dirname, 'organisation.yaml'), join(folder, 'organisation.yaml'));
  for (const name of ['travel-parking.yaml', 'workplace.yaml']) await cp(join(SHIPPED, name), join(folder, 'groups', name));
});

const yaml = async () => {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.yaml')).sort();
  return await Promise.all(names.map(async (name) => `${name}\n${await readFile(join(folder, name), 'utf8')}`));
};
const sheet = (name: string) => readFile(join(sheets, `${name}.csv`), 'utf8');
const change = async (name: string, ...changes: readonly (readonly [from: string, to: string])[]) => {
  let text = await sheet(name);
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`${name}.csv has no "${from}"`);
    text = text.replace(from, to);
  }
  await writeFile(join(sheets, `${name}.csv`), text);
};
const problems = async (from = sheets) => {
  const result = await importSheets(from, folder);
  return result.kind === 'refused' ? result.problems.map(formatProblem) : [];
};

describe('a catalogue as sheets', () => {
  it('comes back without a byte changed in any file', async () => {
    await cp(SHIPPED, join(folder, 'groups'), { recursive: true });
    const before = await yaml();
    await exportSheets(folder, sheets);
    expect((await readdir(sheets)).sort()).toEqual(['answers.csv', 'choices.csv', 'examples.csv', 'fields.csv', 'products.csv']);
    expect(await importSheets(sheets, folder)).toEqual({ kind: 'done', added: [], changed: [], unchanged: 58, files: [] });
    expect(await yaml()).toEqual(before);
  });

  it('changes the lines that changed and keeps every other with its comments', async () => {
    const file = join(folder, 'groups/travel-parking.yaml');
    const original = (await readFile(file, 'utf8')).replace('    team: security\n', '    team: security # until the summer\n');
    await writeFile(file, original);
    await exportSheets(folder, sheets);
    await change('products', ['Parkeren;Parking', 'Parkeren en laden;Parking']);
    await change('examples', ['slagboom gaat niet open!!', 'slagboom zit: dicht!!'], ['parking;nl;request;uitrijkaart nodig\r\n', '']);
    await change('answers', ['parking;cost-and-permit;', 'parking;cost-and-permit;wat kost een plek | ']);
    expect(await importSheets(sheets, folder)).toMatchObject({ kind: 'done', changed: ['parking'], files: ['groups/travel-parking.yaml'] });
    const [was, is] = [original.split('\n'), (await readFile(file, 'utf8')).split('\n')];
    expect(was.filter((line) => !is.includes(line)).map((line) => line.trim())).toEqual([
      'name: { nl: Parkeren, en: Parking }',
      '- uitrijkaart nodig',
      '- slagboom gaat niet open!!',
    ]);
    expect(is.filter((line) => !was.includes(line)).map((line) => line.trim())).toEqual([
      'name: { nl: Parkeren en laden, en: Parking }',
      '- "slagboom zit: dicht!!"',
      'wat kost een plek,',
    ]);
  });

  it('adds a product with all that belongs to it, which comes back as it was given', async () => {
    await exportSheets(folder, sheets);
    const append = async (name: string, ...lines: string[]) =>
      await writeFile(join(sheets, `${name}.csv`), (await sheet(name)) + lines.map((line) => `${line}\r\n`).join(''));
    await append('products', 'beehive;workplace;facilities;;fault;Bijenkast;Beehive;Een kast.;A hive.;bij | imker;bee;ja;nee;2h;1d');
    const texts = ['omgewaaid', 'lekt', 'is leeg', 'zoemt', '"zegt ""au"""', "'=SOM(A1)"];
    await append(
      'examples',
      ...texts.map((text) => `beehive;nl;fault;${text}`),
      ...texts.slice(0, 4).map((text) => `beehive;en;wish;${text}`),
    );
    await append('fields', 'beehive;many;number;after;Hoeveel;How many;Hoeveel?;How many?;1;12,5;;no;;');
    await append('fields', 'beehive;colour;choice;optional;Kleur;Colour;Welke?;Which?;;;;;;');
    await append('choices', 'beehive;colour;red;Rood;Red;vuur\\|rood | wijn');
    await append('answers', 'beehive;honey;mag ik honing;may I have honey;Ja.;Yes.;Imker;Beekeeper;');
    expect(await problems()).toEqual([]);
    const loaded = await loadCatalogue(folder);
    const product = loaded.kind === 'ok' ? loaded.catalogue.products.find(({ id }) => id === 'beehive') : null;
    expect(product).toMatchObject({
      group: 'workplace',
      confirm: true,
      restricted: false,
      synonyms: { nl: ['bij', 'imker'], en: ['bee'] },
      examples: { nl: { fault: ['omgewaaid', 'lekt', 'is leeg', 'zoemt', 'zegt "au"', '=SOM(A1)'] } },
      agreement: { respond: 120, complete: 480 },
      fields: [
        { id: 'many', min: 1, max: 12.5 },
        { id: 'colour', choices: [{ id: 'red', words: ['vuur|rood', 'wijn'] }] },
      ],
    });
    await exportSheets(folder, sheets);
    expect(await sheet('examples')).toContain("beehive;nl;fault;'=SOM(A1)\r\n");
    expect(await importSheets(sheets, folder)).toMatchObject({ added: [], changed: [], files: [] });
  });

  it('given one sheet with some rows changes those products alone', async () => {
    await exportSheets(folder, sheets);
    const file = join(sheets, 'answers.csv');
    const lines = (await sheet('answers')).split('\r\n');
    const own = lines.filter((line) => line.startsWith('desk;desk-hours;'));
    const others = lines.filter((line) => line.startsWith('desk;') && !line.startsWith('desk;desk-hours;'));
    const header = lines[0] ?? '';
    await writeFile(file, [header, ...own.map((line) => line.replace('7.30', '8.00')), ...others].join('\n'));
    expect(await importSheets(file, folder)).toMatchObject({ kind: 'done', changed: ['desk'], files: ['organisation.yaml'] });
  });
});

describe('sheets with mistakes', () => {
  it.each([
    [
      'an unknown team',
      'products',
      'security',
      'securty',
      /^products\.csv:\d+: team: unknown team "securty" \(did you mean "security"\?\)$/,
    ],
    [
      'a wrong word',
      'examples',
      ';nl;request;',
      ';nl;requst;',
      /^examples\.csv:\d+: kind: "requst" is none of .* \(did you mean "request"\?\)$/,
    ],
    ['no number', 'products', ';no;no;', ';soms;no;', /^products\.csv:2: confirm: must be yes or no; it is "soms"$/],
    ['no duration', 'products', /;\d+[hmd];(\d+[hmd])\r/, ';soon;$1\r', /^products\.csv:2: agreement_respond: must be a duration/],
    ['another column', 'fields', 'label_nl', 'label_nll', /^fields\.csv:1: label_nl: the column is missing$/],
  ])('%s: are refused whole, by sheet, row and column', async (_, name, from, to, expected) => {
    const before = await yaml();
    await exportSheets(folder, sheets);
    await writeFile(join(sheets, `${name}.csv`), (await sheet(name)).replace(from, to));
    expect((await problems())[0]).toMatch(expected);
    expect(await yaml()).toEqual(before);
  });

  it('name what belongs to nothing, stands twice or has too many cells', async () => {
    await exportSheets(folder, sheets);
    await writeFile(join(sheets, 'choices.csv'), `${await sheet('choices')}parking;colour;red;Rood;Red;\r\nparkng;x;red;Rood;Red;;;x\r\n`);
    const lines = (await sheet('products')).split('\r\n');
    await writeFile(join(sheets, 'products.csv'), [...lines.slice(0, 3), lines[1], ...lines.slice(3)].join('\r\n'));
    expect(await problems()).toEqual([
      expect.stringMatching(/^choices\.csv:\d+: has 8 cells, and the header 6$/),
      expect.stringMatching(/^products\.csv:4: parking stands in row 2 already$/),
    ]);
    await exportSheets(folder, sheets);
    await writeFile(join(sheets, 'choices.csv'), `${await sheet('choices')}parking;colour;red;Rood;Red;\r\nparkng;x;red;Rood;Red;\r\n`);
    expect(await problems()).toEqual([
      expect.stringMatching(/^choices\.csv:\d+: field: "parking" has no field "colour"/),
      expect.stringMatching(/^choices\.csv:\d+: product: there is no product "parkng" \(did you mean "parking"\?\)$/),
    ]);
  });

  it('that are no sheets, no text or half a file say so', async () => {
    await exportSheets(folder, sheets);
    const bytes = await readFile(join(sheets, 'examples.csv'));
    await writeFile(join(sheets, 'examples.csv'), Buffer.concat([bytes, Buffer.from('parking;nl;fault;caf\xe9 dicht\r\n', 'latin1')]));
    expect(await problems()).toEqual([expect.stringMatching(/^examples\.csv:1: line \d+ is not UTF-8: save it as "CSV UTF-8"/)]);
    await writeFile(join(sheets, 'examples.csv'), 'product;language;kind;text\r\nparking;nl;fault;"never closed\r\n');
    expect(await problems()).toEqual([expect.stringMatching(/^examples\.csv:1: cannot be read: .*Quote.* line 3/i)]);
    await writeFile(join(sheets, 'examples.csv'), '');
    expect(await problems()).toEqual(['examples.csv:1: is empty']);
    await writeFile(join(sheets, 'exmples.csv'), '');
    expect(await problems(join(sheets, 'exmples.csv'))).toEqual([
      'exmples.csv:1: is not the name of a sheet (did you mean "examples.csv"?)',
    ]);
    expect(await problems(folder)).toEqual([expect.stringMatching(/has none of products\.csv/)]);
  });
});
