/** The commands by which files come in, as an administrator runs them beside a running desk. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createDatabase } from './setup/database.ts';
import { catalogueFolder } from './support/catalogue-folder.ts';
import { eventually } from './support/eventually.ts';
import { ask } from './support/register-check.ts';
import { RunningDesk } from './support/running-desk.ts';

const LOKET = fileURLToPath(new URL('../loket.ts', import.meta.url));
const database = await createDatabase();
const here = await catalogueFolder();
const elsewhere = await catalogueFolder();
const desk = new RunningDesk({ database, settings: { LOKET_CATALOGUE: here.folder, LOKET_LOG: 'info' } });
const file = (name: string) => join(here.dataFolder, '..', name);

beforeAll(() => desk.start(), 120_000);
afterAll(async () => {
  await desk.stop();
  await database.drop();
  await here.remove();
  await elsewhere.remove();
});

/** Runs a command on the machine of a folder. @returns its exit code and what it printed */
async function loket(machine: typeof here, ...args: readonly string[]): Promise<{ code: number; said: string }> {
  const env = {
    ...{ PATH: process.env.PATH ?? '', HOME: '/', DATABASE_URL: database.applicationUrl, DATABASE_OWNER_URL: database.ownerUrl },
    ...{ LOKET_CATALOGUE: machine.folder, LOKET_DATA: machine.dataFolder },
  };
  return await new Promise((resolve) => {
    execFile(process.execPath, [LOKET, ...args], { env, cwd: join(machine.folder, '..') }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr }),
    );
  });
}

const report = z.object({ added: z.number(), changed: z.number(), unchanged: z.number(), deactivated: z.number(), refused: z.number() });

async function inForce(): Promise<string> {
  const [row] = await ask<{ version: string }>(database.ownerUrl, 'select version from catalogue_versions where active');
  return row?.version ?? '';
}

describe('organisation import', () => {
  it('takes a hundred thousand budgets, twice, and a publication of the catalogue leaves them', async () => {
    const lines = Array.from(
      { length: 100_000 },
      (_, i) => `${4000 + (i % 90)}-${i};Budget ${i};Houder ${i % 300};"1.${100 + (i % 899)},50"\r\n`,
    );
    await writeFile(file('budgets.csv'), `\uFEFFNummer;Naam;Houder;Limiet\r\n${lines.join('')}`);
    const run = async () => {
      const { code, said } = await loket(here, 'organisation', 'import', 'budgets', file('budgets.csv'), '--json');
      return { code, ...report.parse(JSON.parse(said)) };
    };
    const none = { code: 0, changed: 0, deactivated: 0, refused: 0 };
    expect(await run()).toEqual({ ...none, added: 100_000, unchanged: 0, deactivated: 9 });
    expect(await run()).toEqual({ ...none, added: 0, unchanged: 100_000 });
    const before = await inForce();
    await here.change('organisation.yaml', 'name: Gemeente Waterrijk', 'name: Gemeente Waterland');
    await eventually(async () => expect(await inForce()).not.toBe(before));
    const [count] = await ask<{ count: number }>(database.ownerUrl, 'select count(*)::int from budgets where active');
    expect(count).toEqual({ count: 100_000 });
    expect((await loket(here, 'doctor')).said).toContain('100000 budgets from a csv list, 100000 of them open');
  }, 120_000);

  it.each([
    ['has other columns', 'number;naam;wie\n1;a;b\n', /"wie" is no column of this list/],
    ['is encoded half', Buffer.from('number;naam;houder\n1;Zo\xeb;b\n', 'latin1'), /line 2 is not UTF-8: save it as "CSV UTF-8"/],
    ['is hardly a list any more', 'number;naam;houder\n1;a;b\n', /would end 100000 of the 100000 that are known: is it whole\?/],
  ])('refuses a file that %s, and changes nothing', async (_, content, expected) => {
    await writeFile(file('wrong.csv'), content);
    const { code, said } = await loket(here, 'organisation', 'import', 'budgets', file('wrong.csv'));
    expect([code, said]).toEqual([1, expect.stringMatching(expected)]);
    expect(said).toContain('Nothing was changed.');
    expect(said).not.toContain('    at ');
  });

  it('names the rows that it refused, and uses the others', async () => {
    await writeFile(file('people.csv'), 'id;naam;email\nD1;Ans;ans@example.org\nD1;Ans;ans2@example.org\nD2;Ben;geen adres\n');
    expect(await loket(here, 'organisation', 'import', 'people', file('people.csv'))).toEqual({
      code: 1,
      said: [
        'row 3 refused: D1 stands in row 2 already',
        'row 4 refused: address: "geen adres" is not an email address',
        '1 added, 0 changed, 0 as they were, 0 no longer in the list and inactive now, 2 rows refused.\n',
      ].join('\n'),
    });
    expect((await loket(here, 'organisation', 'import', 'chairs', file('people.csv'))).said).toContain(
      '"chairs" is not a list; it is one of people, budgets, rooms',
    );
  });
});

describe('catalogue export and import', () => {
  it('bring an edit by spreadsheet to the running desk', async () => {
    const sheets = file('sheets');
    expect((await loket(here, 'catalogue', 'export', sheets)).code).toBe(0);
    expect((await loket(here, 'catalogue', 'import', sheets)).said).toContain('is in force already');
    const products =
      'id;group;team;wishTeam;usualKind;name_nl;name_en;description_nl;description_en;synonyms_nl;synonyms_en;confirm;restricted;agreement_respond;agreement_complete';
    await writeFile(
      join(sheets, 'products.csv'),
      `${products}\r\nscooter;travel-parking;logistics;;request;Scooter;Scooter;Een scooter.;A scooter.;;;nee;nee;2h;1d\r\n`,
    );
    const texts = [
      'mag ik een scooter',
      'scooter lenen',
      'een scooter graag',
      'ik wil een scooter',
      'scooter reserveren',
      'nog een scooter',
    ];
    await writeFile(
      join(sheets, 'examples.csv'),
      ['product;language;kind;text', ...texts.flatMap((text) => [`scooter;nl;request;${text}`, `scooter;en;request;${text} please`])].join(
        '\n',
      ),
    );
    const { code, said } = await loket(here, 'catalogue', 'import', sheets);
    expect([code, said]).toEqual([
      0,
      expect.stringMatching(/^added {4}scooter\n1 products added, 0 changed, \d+ as they were; written: groups\/travel-parking\.yaml\.\n/),
    ]);
    const version = await inForce();
    await eventually(() => expect(desk.output).toContain(`deciding by catalogue ${version} and model `));
  }, 240_000);

  it('report a conflict with what was published elsewhere, and overwrite it only when told to', async () => {
    const before = await inForce();
    await elsewhere.change('organisation.yaml', 'name: Gemeente Waterrijk', 'name: Gemeente Elders');
    const refused = await loket(elsewhere, 'catalogue', 'import');
    expect([refused.code, refused.said]).toEqual([
      1,
      expect.stringMatching(/were made from an unknown version, but c-\w+ is in force; nothing was changed/),
    ]);
    expect(await inForce()).toBe(before);
    expect((await loket(elsewhere, 'doctor')).said).toMatch(/MEND {2}published .*"npx loket catalogue import --force"/);
    expect((await loket(elsewhere, 'catalogue', 'import', '--force', '--json')).code).toBe(0);
    const forced = await inForce();
    expect(forced).not.toBe(before);
    await here.change('organisation.yaml', 'name: Gemeente Waterland', 'name: Gemeente Hier');
    await eventually(() => expect(desk.output).toContain(`were made from ${before}, but ${forced} is in force`));
    expect(await inForce()).toBe(forced);
    await eventually(() => expect(desk.output).toContain(`deciding by catalogue ${forced} and model `));
  }, 240_000);
});
