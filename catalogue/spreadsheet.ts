import { createReadStream } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { isMap, parseDocument } from 'yaml';
import { CsvError, readCsv, writeCsv } from './csv.ts';
import { loadCatalogue } from './load.ts';
import { nearest } from './nearest.ts';
import { didYouMean, type Problem } from './problem.ts';
import { answersFrom, applied, emptyProduct, SheetRows } from './sheet-apply.ts';
import { DESK, SHEETS } from './sheet-columns.ts';
import { placeInSheets } from './sheet-place.ts';
import { problemIn, type ReadSheet, readSheet, sheetNamed, strayRows } from './sheet-read.ts';
import { type Entry, entriesAt, listAt, sheetsOf, tableOf, textAt } from './sheet-rows.ts';
import { endOf, rewritten, same, startOf } from './yaml-edit.ts';

const ORGANISATION = 'organisation.yaml';

/** What an import of sheets did to the YAML files. */
export type SheetImport =
  | {
      readonly kind: 'done';
      readonly added: readonly string[];
      readonly changed: readonly string[];
      readonly unchanged: number;
      readonly files: readonly string[];
    }
  /** Nothing was written. */
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** A YAML file as it stands, and as it is to be. */
interface Source {
  readonly name: string;
  readonly text: string;
  readonly content: Entry;
}

/**
 * Writes a catalogue's products as csv sheets into a folder, which is made.
 * @throws Error when the catalogue has mistakes: they are to be mended where they stand
 */
export async function exportSheets(catalogueFolder: string, folder: string): Promise<string[]> {
  const sources = await readSources(catalogueFolder);
  const sheets = sheetsOf(entriesOf(sources));
  await mkdir(folder, { recursive: true });
  const files: string[] = [];
  for (const name of SHEETS) {
    const file = join(folder, `${name}.csv`);
    await writeFile(file, writeCsv(tableOf(name, sheets[name])));
    files.push(file);
  }
  return files;
}

/** Brings the rows of a sheet, or of a folder of sheets, into the YAML files: all of them, or none. */
export async function importSheets(from: string, catalogueFolder: string): Promise<SheetImport> {
  const problems: Problem[] = [];
  const sheets = await readSheets(from, problems);
  if (problems.length > 0) return refused(problems);
  const sources = await readSources(catalogueFolder);
  const wanted = withSheets(sources, sheets, problems);
  if (problems.length > 0) return refused(problems);
  const changes = wanted.files.filter(({ before, text }) => before.text !== text);
  const wrong = await check(catalogueFolder, changes);
  if (wrong.length > 0) return refused(wrong.map((problem) => placeInSheets(problem, sheets)));
  for (const { before, text } of changes) {
    const file = join(catalogueFolder, before.name);
    await writeFile(`${file}.new`, text);
  }
  for (const { before } of changes) await rename(join(catalogueFolder, `${before.name}.new`), join(catalogueFolder, before.name));
  return { kind: 'done', ...wanted.report, files: changes.map(({ before }) => before.name) };
}

function refused(problems: readonly Problem[]): SheetImport {
  return { kind: 'refused', problems: [...problems].sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1)) };
}

async function readSheets(from: string, problems: Problem[]): Promise<ReadSheet[]> {
  const folder = (await stat(from)).isDirectory();
  const files = folder ? (await readdir(from)).filter((name) => sheetNamed(name)).map((name) => join(from, name)) : [from];
  if (files.length === 0)
    problems.push({ file: from, line: 1, path: '', message: `has none of ${SHEETS.map((it) => `${it}.csv`).join(', ')}` });
  const sheets: ReadSheet[] = [];
  for (const file of files.sort()) {
    const name = sheetNamed(file);
    if (!name) {
      const hint =
        didYouMean(
          nearest(
            basename(file),
            SHEETS.map((it) => `${it}.csv`),
          ),
        ) ?? `known: ${SHEETS.map((it) => `${it}.csv`).join(', ')}`;
      problems.push({ file: basename(file), line: 1, path: '', message: 'is not the name of a sheet', hint });
      continue;
    }
    try {
      sheets.push(await readSheet(name, basename(file), readCsv(createReadStream(file)), problems));
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      problems.push({ file: basename(file), line: 1, path: '', message: error.message });
    }
  }
  return sheets;
}

interface Change {
  readonly before: Source;
  readonly text: string;
}

function withSheets(
  sources: readonly Source[],
  sheets: readonly ReadSheet[],
  problems: Problem[],
): { files: Change[]; report: { added: string[]; changed: string[]; unchanged: number } } {
  const rows = new SheetRows(sheets);
  const given = sheets.filter(({ name }) => name === 'products').flatMap((sheet) => sheet.rows);
  const groupOf = new Map(
    sources.flatMap(({ content }) => entriesAt(content, ['products']).map((it) => [textAt(it, 'id'), textAt(content, 'group')])),
  );
  const groups = sources.map(({ content }) => textAt(content, 'group')).filter((group) => group !== '');
  for (const it of given) {
    const { id = '', group = '' } = it.cells;
    const now = groupOf.get(id);
    if (now !== undefined && now !== group)
      problems.push(problemIn(it, 'group', `"${id}" stands in the group "${now}"; a product is moved in the YAML files`));
    else if (!groups.includes(group))
      problems.push(problemIn(it, 'group', `there is no group "${group}"`, didYouMean(nearest(group, groups))));
  }
  const report = { added: [] as string[], changed: [] as string[], unchanged: 0 };
  const fields = new Map<string, ReadonlySet<string>>();
  const files = sources.map((before) => {
    const group = textAt(before.content, 'group');
    const fresh = given
      .filter(({ cells }) => cells.group === group && !groupOf.has(cells.id ?? ''))
      .map(({ cells }) => emptyProduct(cells.id ?? ''));
    const known = entriesAt(before.content, ['products']);
    const products = [...known, ...fresh].map((product) => {
      const id = textAt(product, 'id');
      const now = applied(product, id, rows);
      fields.set(id, new Set(entriesAt(now, ['fields']).map((field) => textAt(field, 'id'))));
      if (!known.includes(product)) report.added.push(id);
      else if (same(product, now)) report.unchanged += 1;
      else report.changed.push(id);
      return now;
    });
    const answers = before.name === ORGANISATION ? answersFrom(listAt(before.content, ['answers']), rows.of('answers', DESK)) : null;
    if (answers && !same(answers, before.content.answers)) report.changed.push(DESK);
    const content = { ...before.content, ...(before.name === ORGANISATION ? {} : { products }), ...(answers ? { answers } : {}) };
    return { before, text: same(content, before.content) ? before.text : textOf(before, content) };
  });
  problems.push(...strayRows(sheets, fields));
  return { files, report };
}

function textOf({ text }: Source, content: Entry): string {
  const root = parseDocument(text).contents;
  if (!isMap(root)) return text;
  return text.slice(0, startOf(root)) + rewritten(text, root, content) + text.slice(endOf(root));
}

/** What the catalogue's own check says of the files as they would be. */
async function check(catalogueFolder: string, changes: readonly Change[]): Promise<readonly Problem[]> {
  const folder = await mkdtemp(join(tmpdir(), 'loket-import-'));
  try {
    await cp(join(catalogueFolder, ORGANISATION), join(folder, ORGANISATION));
    await cp(join(catalogueFolder, 'groups'), join(folder, 'groups'), { recursive: true });
    for (const { before, text } of changes) await writeFile(join(folder, before.name), text);
    const loaded = await loadCatalogue(folder);
    return loaded.kind === 'ok' ? [] : loaded.problems;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @throws Error when the files have mistakes already */
async function readSources(folder: string): Promise<Source[]> {
  const loaded = await loadCatalogue(folder);
  if (loaded.kind !== 'ok') throw new Error('the catalogue\'s files have mistakes; "npx loket catalogue check" names them');
  const groups = (await readdir(join(folder, 'groups'))).filter((name) => name.endsWith('.yaml')).sort();
  const names = [ORGANISATION, ...groups.map((name) => `groups/${name}`)];
  return await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8');
      const content: Entry = parseDocument(text).toJS();
      return { name, text, content };
    }),
  );
}

function entriesOf(sources: readonly Source[]): Parameters<typeof sheetsOf>[0] {
  const groups = sources.filter(({ name }) => name !== ORGANISATION);
  return {
    groups: groups.map(({ content }) => ({ group: textAt(content, 'group'), products: entriesAt(content, ['products']) })),
    answers: sources.filter(({ name }) => name === ORGANISATION).flatMap(({ content }) => entriesAt(content, ['answers'])),
  };
}
