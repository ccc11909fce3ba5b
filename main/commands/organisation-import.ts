import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { CsvError, LIST_KINDS, type ListKind, readCsv, readList } from '../../catalogue/index.ts';
import { type ListReport, ListShrinksError, type Register } from '../../register/index.ts';
import type { Config } from '../config.ts';
import { withRegister } from '../register-access.ts';
import { UsageError } from '../usage-error.ts';

export interface ListImportOptions {
  readonly force?: boolean;
  readonly json?: boolean;
}

/** `loket organisation import people|budgets|rooms FILE.csv`: brings a whole list into the register, and says what it did. Exit code 1 when rows were refused. */
export async function organisationImport(config: Config, kind: string, file: string, options: ListImportOptions): Promise<void> {
  const list = LIST_KINDS.find((it) => it === kind);
  if (!list) throw new UsageError(`"${kind}" is not a list; it is one of ${LIST_KINDS.join(', ')}`);
  await access(file).catch(() => {
    throw new UsageError(`${file} is not there`);
  });
  const report = await withRegister(config, (register) => importList(register, list, file, options.force ?? false));
  if (options.json) console.log(JSON.stringify(report));
  else for (const line of describe(report)) console.log(line);
  if (report.refused > 0) process.exitCode = 1;
}

/** @throws UsageError naming the file, when it is no such list: then nothing was changed */
async function importList(
  { lists, rooms }: Pick<Register, 'lists' | 'rooms'>,
  kind: ListKind,
  file: string,
  force: boolean,
): Promise<ListReport> {
  try {
    const read = await readList(kind, readCsv(createReadStream(file)));
    if (kind === 'rooms') return await rooms.importList(read, { force });
    return kind === 'budgets' ? await lists.importBudgets(read, { force }) : await lists.importPeople(read, { force });
  } catch (error) {
    if (error instanceof CsvError || error instanceof ListShrinksError)
      throw new UsageError(`${file}: ${error.message}. Nothing was changed.`);
    throw error;
  }
}

function describe({ added, changed, unchanged, deactivated, refused, refusedRows }: ListReport): string[] {
  return [
    ...refusedRows.map(({ row, reason }) => `row ${row} refused: ${reason}`),
    ...(refused > refusedRows.length ? [`... and ${refused - refusedRows.length} more`] : []),
    `${added} added, ${changed} changed, ${unchanged} as they were, ${deactivated} no longer in the list and inactive now, ${refused} rows refused.`,
  ];
}
