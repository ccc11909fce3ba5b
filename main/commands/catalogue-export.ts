import { exportSheets } from '../../catalogue/index.ts';
import type { Config } from '../config.ts';
import { UsageError } from '../usage-error.ts';

export interface ExportOptions {
  readonly format: string;
  readonly json?: boolean;
}

/** `loket catalogue export FOLDER`: the catalogue's products as sheets for a spreadsheet program. */
export async function catalogueExport(config: Config, folder: string, options: ExportOptions): Promise<void> {
  if (options.format !== 'csv') throw new UsageError(`"${options.format}" is not a format; it is csv, which Excel and LibreOffice open`);
  const files = await exportSheets(config.catalogueFolder, folder);
  if (options.json) return console.log(JSON.stringify({ files }));
  console.log(`Wrote ${files.join(', ')}.\nAfter editing (save as "CSV UTF-8"): npx loket catalogue import ${folder}`);
}
