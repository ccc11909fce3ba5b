import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { formatProblem, importSheets, loadCatalogue, type Problem, type SheetImport } from '../../catalogue/index.ts';
import type { Config } from '../config.ts';
import { publisherOf } from '../open-catalogue.ts';
import { describeLook, type Look, type Publisher } from '../publisher.ts';
import { withRegister } from '../register-access.ts';
import { UsageError } from '../usage-error.ts';

export interface ImportOptions {
  readonly force?: boolean;
  readonly json?: boolean;
}

/**
 * `loket catalogue import [FILE|FOLDER] [--force]`: brings sheets into the catalogue's YAML files and these into force; without sheets the YAML files
 * alone, of the catalogue's own folder or of another one. Exit code 1 when nothing was changed.
 */
export async function catalogueImport(config: Config, from: string | undefined, options: ImportOptions): Promise<void> {
  const sheets = from !== undefined && !(await isCatalogue(from));
  const catalogueFolder = from !== undefined && !sheets ? resolve(from) : config.catalogueFolder;
  const force = options.force ?? false;
  const { imported, look } = await withRegister(config, async (register) => {
    const publisher = publisherOf({ ...config, catalogueFolder }, register);
    const conflict = sheets && !force ? await conflictOf(publisher, catalogueFolder) : null;
    if (conflict) return { imported: null, look: conflict };
    const changed = sheets ? await importSheets(from, catalogueFolder) : null;
    return { imported: changed, look: changed?.kind === 'refused' ? null : await publisher.look({ force }) };
  });
  if (options.json) console.log(JSON.stringify({ ...asJson(imported), published: look }));
  else for (const line of [...describeImport(imported), ...(look ? describe(look) : [])]) console.log(line);
  if (look === null || look.kind === 'invalid' || look.kind === 'conflict' || (look.kind === 'behind' && sheets)) process.exitCode = 1;
}

/** Before any file is changed: what cannot be published is not to be written either. */
async function conflictOf(publisher: Publisher, folder: string): Promise<Look | null> {
  const loaded = await loadCatalogue(folder);
  if (loaded.kind !== 'ok') return null;
  const { version } = loaded.catalogue;
  const { standing, base, active } = await publisher.standing(version);
  if (active === null || standing === 'same' || standing === 'changed') return null;
  return standing === 'behind' ? { kind: 'behind', version, active } : { kind: 'conflict', version, basedOn: base, active };
}

async function isCatalogue(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  if (!found) throw new UsageError(`${path} is not there`);
  if (!found.isDirectory()) return false;
  return (await stat(join(path, 'organisation.yaml')).catch(() => null)) !== null;
}

function asJson(imported: SheetImport | null): object {
  if (!imported) return {};
  return imported.kind === 'refused'
    ? { problems: imported.problems }
    : { added: imported.added, changed: imported.changed, unchanged: imported.unchanged, files: imported.files };
}

function describeImport(imported: SheetImport | null): string[] {
  if (!imported) return [];
  if (imported.kind === 'refused') return [...imported.problems.map((problem: Problem) => formatProblem(problem)), 'Nothing was changed.'];
  const { added, changed, unchanged, files } = imported;
  return [
    ...added.map((id) => `added    ${id}`),
    ...changed.map((id) => `changed  ${id}`),
    `${added.length} products added, ${changed.length} changed, ${unchanged} as they were${files.length > 0 ? `; written: ${files.join(', ')}` : ''}.`,
  ];
}

function describe(look: Look): string[] {
  return look.kind === 'same' ? [`${look.version} is in force already.`] : describeLook(look);
}
