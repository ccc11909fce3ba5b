import type { Path, Problem } from './problem.ts';
import type { SourceFile } from './source-file.ts';

/**
 * Ids that stand twice in a list.
 * @param key what to point at in the file when it is not called `id` there
 */
export function duplicates(file: SourceFile, path: Path, items: readonly { readonly id: string }[], key = 'id'): Problem[] {
  const seen = new Set<string>();
  return items.flatMap(({ id }, i) => {
    const twice = seen.has(id);
    seen.add(id);
    return twice ? [file.problemAt([...path, i, key], `"${id}" stands twice in ${String(path.at(-1))}`)] : [];
  });
}
