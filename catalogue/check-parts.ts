import type { Read } from './check.ts';
import { checkWhen } from './check-when.ts';
import { duplicates } from './duplicates.ts';
import { nearest } from './nearest.ts';
import { didYouMean, type Path, type Problem } from './problem.ts';
import type { GroupFile, PartEntry, ProductEntry } from './schema.ts';
import type { SourceFile } from './source-file.ts';

/** What parts are checked against; null where not all files could be read. */
interface Known {
  readonly teams: readonly string[] | null;
  readonly products: ReadonlyMap<string, ProductEntry> | null;
}

/**
 * The parts of all products: what they name exists, and their order ends.
 * @param whole all files were read, so that a product that is not among them is unknown
 */
export function checkParts(groups: readonly Read<GroupFile>[], teams: readonly string[] | null, whole: boolean): Problem[] {
  const all = groups.flatMap(({ content }) => content.products.map((product) => [product.id, product] as const));
  const known: Known = { teams, products: whole ? new Map(all) : null };
  return groups.flatMap(({ file, content }) =>
    content.products.flatMap((product, i) => (product.parts ? checkProduct(file, ['products', i], product, product.parts, known) : [])),
  );
}

function checkProduct(file: SourceFile, path: Path, product: ProductEntry, parts: readonly PartEntry[], known: Known): Problem[] {
  const at: Path = [...path, 'parts'];
  const problems = duplicates(file, at, parts);
  if (product.restricted) problems.push(file.problemAt(at, 'what is restricted has no parts', 'other teams would read what is in them'));
  if (product.handler !== undefined)
    problems.push(file.problemAt(at, 'what has a handler has no parts', 'give a part a product that has one'));
  parts.forEach((part, i) => {
    problems.push(...checkPart(file, [...at, i], part, parts, known));
    problems.push(...checkWhen(file, [...at, i], part.when, product.fields));
  });
  return [...problems, ...checkOrder(file, at, parts)];
}

function checkPart(file: SourceFile, path: Path, part: PartEntry, parts: readonly PartEntry[], { teams, products }: Known): Problem[] {
  const problems: Problem[] = [];
  const { team, product, after } = part;
  if (team === undefined && product === undefined) problems.push(file.problemAt(path, 'must name a product or a team'));
  if (team !== undefined && teams && !teams.includes(team))
    problems.push(
      file.problemAt([...path, 'team'], `unknown team "${team}"`, didYouMean(nearest(team, teams)) ?? `known: ${teams.join(', ')}`),
    );
  const named = product === undefined ? undefined : products?.get(product);
  if (product !== undefined && products && !named)
    problems.push(file.problemAt([...path, 'product'], `unknown product "${product}"`, didYouMean(nearest(product, [...products.keys()]))));
  if (named?.parts) problems.push(file.problemAt([...path, 'product'], `"${named.id}" has parts itself`, 'name its parts here'));
  const ids = parts.map(({ id }) => id);
  after.forEach((id, i) => {
    if (ids.includes(id)) return;
    problems.push(
      file.problemAt([...path, 'after', i], `there is no part "${id}"`, didYouMean(nearest(id, ids)) ?? `known: ${ids.join(', ')}`),
    );
  });
  return problems;
}

/** Parts that wait for each other never begin: each circle is named once, at its first part. */
function checkOrder(file: SourceFile, path: Path, parts: readonly PartEntry[]): Problem[] {
  const byId = new Map(parts.map((part) => [part.id, part]));
  const done = new Set<string>();
  const circles: Problem[] = [];
  const follow = (id: string, way: readonly string[]): void => {
    const from = way.indexOf(id);
    if (from >= 0) {
      const circle = [...way.slice(from), id].join(' -> ');
      circles.push(file.problemAt([...path, parts.findIndex((part) => part.id === id), 'after'], `parts wait for each other: ${circle}`));
      return;
    }
    if (done.has(id)) return;
    for (const next of byId.get(id)?.after ?? []) follow(next, [...way, id]);
    done.add(id);
  };
  for (const { id } of parts) follow(id, []);
  return circles;
}
