import { formatProblem, loadCatalogue } from '../../catalogue/index.ts';
import type { Config } from '../config.ts';

/** `loket catalogue check`: every mistake with file, line and the nearest right thing. Exit code 1 when there are any. */
export async function catalogueCheck(config: Config, options: { readonly json?: boolean }): Promise<void> {
  const loaded = await loadCatalogue(config.catalogueFolder);
  const problems = loaded.kind === 'ok' ? [] : loaded.problems;
  if (options.json)
    console.log(JSON.stringify({ ok: problems.length === 0, version: loaded.kind === 'ok' ? loaded.catalogue.version : null, problems }));
  else if (loaded.kind === 'ok')
    console.log(
      `${loaded.catalogue.version}: ${loaded.catalogue.products.length} products in ${loaded.catalogue.groups.length} groups. No mistakes.`,
    );
  else for (const problem of problems) console.log(formatProblem(problem));
  if (problems.length > 0) process.exitCode = 1;
}
