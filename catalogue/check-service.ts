import type { Read } from './check.ts';
import { duplicates } from './duplicates.ts';
import { parseDays, parseDuration } from './hours.ts';
import { nearest } from './nearest.ts';
import { didYouMean, type Path, type Problem } from './problem.ts';
import type { AgreementEntry, GroupFile, OrganisationFile } from './schema.ts';
import type { SourceFile } from './source-file.ts';

/** What no schema of one value sees of agreements, closures, stand-by and sites. */
export function checkService({ file, content }: Read<OrganisationFile>): Problem[] {
  const problems = [
    ...checkTimes(file, ['agreement'], content.agreement),
    ...duplicates(file, ['agreements'], content.agreements),
    ...duplicates(file, ['sites'], content.sites),
  ];
  content.agreements.forEach((rule, i) => {
    problems.push(...checkTimes(file, ['agreements', i], rule));
    if (!rule.departments && !rule.products && !rule.priorities)
      problems.push(file.problemAt(['agreements', i], 'holds for nothing', 'name departments, products or priorities'));
  });
  const teams = content.teams.map(({ id }) => id);
  content.closures.forEach(({ from, to, teams: named = [] }, i) => {
    if (to !== undefined && to < from) problems.push(file.problemAt(['closures', i, 'to'], 'is before from'));
    problems.push(...checkNames(file, ['closures', i, 'teams'], 'team', named, teams));
  });
  content.directoryGroups?.forEach(({ teams: named = [] }, i) => {
    problems.push(...checkNames(file, ['directoryGroups', i, 'teams'], 'team', named, teams));
  });
  content.teams.forEach(({ idle, standby = [] }, i) => {
    if (idle && minutes(idle.warn) > minutes(idle.release))
      problems.push(file.problemAt(['teams', i, 'idle'], `warn (${idle.warn}) is later than release (${idle.release})`));
    standby.forEach(({ from, to }, n) => {
      if (to <= from) problems.push(file.problemAt(['teams', i, 'standby', n, 'to'], 'is not after from'));
      const before = standby.slice(0, n).find((other) => other.from < to && from < other.to);
      if (before) problems.push(file.problemAt(['teams', i, 'standby', n], `overlaps with ${before.name}`));
    });
  });
  const buildings = content.sites.flatMap((site, i) => site.buildings.map(({ id }, n) => ({ id: id.toLowerCase(), i, n })));
  buildings.forEach(({ id, i, n }, at) => {
    if (buildings.findIndex((other) => other.id === id) < at)
      problems.push(file.problemAt(['sites', i, 'buildings', n, 'id'], `building "${id}" stands twice`));
  });
  content.sites.forEach(({ counter }, i) => {
    if (counter) problems.push(...checkHours(file, ['sites', i, 'counter', 'hours'], counter.hours));
  });
  return problems;
}

/** The products that exceptions name, once all groups are read. */
export function checkProductsNamed({ file, content }: Read<OrganisationFile>, groups: readonly Read<GroupFile>[]): Problem[] {
  const known = groups.flatMap((group) => group.content.products.map(({ id }) => id));
  return content.agreements.flatMap(({ products = [] }, i) => checkNames(file, ['agreements', i, 'products'], 'product', products, known));
}

/** A day has its hours in one place. */
export function checkHours(file: SourceFile, path: Path, hours: Readonly<Record<string, string>>): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<number>();
  for (const days of Object.keys(hours)) {
    const twice = (parseDays(days) ?? []).some((day) => seen.has(day));
    if (twice) problems.push(file.problemAt([...path, days], 'gives hours to a day that already has them'));
    for (const day of parseDays(days) ?? []) seen.add(day);
  }
  return problems;
}

/** Nobody can be ready before reacting. */
export function checkTimes(file: SourceFile, path: Path, { high, low, ...agreement }: AgreementEntry): Problem[] {
  const all = [
    { path, times: agreement },
    ...(high ? [{ path: [...path, 'high'], times: high }] : []),
    ...(low ? [{ path: [...path, 'low'], times: low }] : []),
  ];
  return all.flatMap(({ path: at, times: { respond, complete } }) =>
    minutes(respond) > minutes(complete) ? [file.problemAt(at, `respond (${respond}) is later than complete (${complete})`)] : [],
  );
}

function checkNames(file: SourceFile, path: Path, what: string, names: readonly string[], known: readonly string[]): Problem[] {
  return names.flatMap((name, i) => {
    if (known.includes(name)) return [];
    const hint = didYouMean(nearest(name, known)) ?? (known.length <= 20 ? `known: ${known.join(', ')}` : undefined);
    return [file.problemAt([...path, i], `unknown ${what} "${name}"`, hint)];
  });
}

function minutes(duration: string): number {
  return parseDuration(duration) ?? 0;
}
