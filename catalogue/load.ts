import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { type HandlerSettings, nextDay } from '../domain/index.ts';
import { checkGroup, checkOrganisation, checkProductIds, type Read } from './check.ts';
import { checkParts } from './check-parts.ts';
import { checkProductsNamed } from './check-service.ts';
import { publicHolidays } from './holidays.ts';
import { parseDays, parseDuration, parseIntervals } from './hours.ts';
import type { Problem } from './problem.ts';
import {
  type AgreementEntry,
  type GroupFile,
  groupFile,
  type HandlerEntry,
  type OrganisationFile,
  organisationFile,
  type ProductEntry,
} from './schema.ts';
import { shapeProblems } from './shape-problems.ts';
import { parseSource } from './source-file.ts';
import type { Agreement, Budget, Catalogue, OpenInterval, Product, Team, WeekHours } from './types.ts';
import { contentVersion } from './version.ts';

/** `budgets` go into the register beside the catalogue: they change without a new version. */
export type LoadResult =
  | { readonly kind: 'ok'; readonly catalogue: Catalogue; readonly budgets: readonly Budget[] }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

const ORGANISATION = 'organisation.yaml';
const GROUPS = 'groups';

/**
 * Reads and checks a catalogue: `organisation.yaml` and every `groups/*.yaml` of a folder.
 * What is wrong is returned, all of it at once, sorted by file and line. A file that cannot be read is a problem too.
 * @param now decides which years' holidays are added to the closed days; they do not count in the version
 */
export async function loadCatalogue(folder: string, now: Date = new Date()): Promise<LoadResult> {
  const problems: Problem[] = [];
  const organisation = await readYaml(folder, ORGANISATION, organisationFile, problems);
  const groups: Read<GroupFile>[] = [];
  const names = await groupNames(folder, problems);
  for (const name of names) {
    const group = await readYaml(folder, `${GROUPS}/${name}`, groupFile, problems);
    if (group) groups.push(group);
  }
  if (organisation) problems.push(...checkOrganisation(organisation));
  const teams = organisation ? organisation.content.teams.map(({ id }) => id) : null;
  const handlers = organisation ? organisation.content.handlers.map(({ id }) => id) : null;
  for (const group of groups) problems.push(...checkGroup(group, teams, handlers));
  problems.push(...checkProductIds(groups));
  if (organisation) problems.push(...checkProductsNamed(organisation, groups));
  problems.push(...checkParts(groups, teams, groups.length === names.length));
  if (problems.length > 0 || !organisation) {
    return { kind: 'invalid', problems: problems.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1)) };
  }
  const contents = groups.map(({ content }) => content);
  return { kind: 'ok', catalogue: buildCatalogue(organisation.content, contents, now), budgets: organisation.content.budgets };
}

async function groupNames(folder: string, problems: Problem[]): Promise<string[]> {
  try {
    const names = (await readdir(join(folder, GROUPS))).filter((name) => name.endsWith('.yaml')).sort();
    if (names.length === 0) problems.push({ file: GROUPS, line: 1, path: '', message: 'has no .yaml files' });
    return names;
  } catch (error) {
    problems.push(unreadable(GROUPS, error));
    return [];
  }
}

/** The content of a file when its shape is right; else null, and `problems` says why. */
async function readYaml<Shape extends z.ZodType>(
  folder: string,
  name: string,
  schema: Shape,
  problems: Problem[],
): Promise<Read<z.infer<Shape>> | null> {
  let text: string;
  try {
    text = await readFile(join(folder, name), 'utf8');
  } catch (error) {
    problems.push(unreadable(name, error));
    return null;
  }
  const file = parseSource(name, text);
  problems.push(...file.problems);
  if (file.problems.length > 0) return null;
  const parsed = schema.safeParse(file.content);
  if (parsed.success) return { file, content: parsed.data };
  problems.push(...shapeProblems(file, schema, parsed.error));
  return null;
}

function unreadable(file: string, error: unknown): Problem {
  return { file, line: 1, path: '', message: `cannot be read: ${error instanceof Error ? error.message : String(error)}` };
}

function buildCatalogue(organisation: OrganisationFile, groups: readonly GroupFile[], now: Date): Catalogue {
  const closures = organisation.closures.flatMap(({ from, to = from, name, teams }) =>
    daysBetween(from, to).map((date) => ({ date, name, teams })),
  );
  const forAll = closures.filter(({ teams }) => teams === undefined).map(({ date }) => date);
  const content = {
    groups: groups.map(({ group, name }) => ({ id: group, name })),
    products: groups.flatMap(({ group, products }) => products.map((product) => buildProduct(group, product))),
    organisation: {
      name: organisation.name,
      timeZone: organisation.timeZone,
      reopenDays: organisation.reopenDays,
      closedDays: [...new Set([...organisation.extraClosedDays, ...forAll])].sort(),
      dayNames: Object.fromEntries(closures.map(({ date, name }) => [date, name])),
      teams: organisation.teams.map((team) =>
        buildTeam(
          team,
          closures.filter(({ teams }) => teams?.includes(team.id)).map(({ date }) => date),
        ),
      ),
      agreement: buildAgreement(organisation.agreement),
      agreements: organisation.agreements.map((rule) => ({ ...rule, ...buildTimes(rule) })),
      takeOverMinutes: organisation.takeOverMinutes,
      sites: organisation.sites.map((site) => ({
        ...site,
        counter: site.counter && { ...site.counter, hours: buildWeek(site.counter.hours) },
      })),
      handlers: organisation.handlers.map(buildHandler),
      answers: organisation.answers,
      dangers: organisation.dangers,
      dangerRules: organisation.dangerRules,
      ...(organisation.directoryGroups ? { directoryGroups: organisation.directoryGroups } : {}),
    },
  };
  const holidays = publicHolidays(now);
  const closedDays = [...new Set([...content.organisation.closedDays, ...holidays.map(({ date }) => date)])].sort();
  const dayNames = { ...content.organisation.dayNames, ...Object.fromEntries(holidays.map(({ date, name }) => [date, name])) };
  return { ...content, version: contentVersion(content), organisation: { ...content.organisation, closedDays, dayNames } };
}

function buildHandler(entry: HandlerEntry): HandlerSettings {
  if (entry.type !== 'supplier') return entry;
  const { contract } = entry;
  const complete = contract?.complete === undefined ? undefined : (parseDuration(contract.complete) ?? undefined);
  return { ...entry, contract: contract && { number: contract.number, complete } };
}

function buildProduct(group: string, entry: ProductEntry): Product {
  return {
    ...entry,
    group,
    fields: entry.fields.map((field) => ({ ...field, choices: field.choices ?? [] })),
    agreement: buildAgreement(entry.agreement),
  };
}

function buildAgreement({ high, low, ...entry }: AgreementEntry): Agreement {
  return {
    ...entry,
    ...buildTimes(entry),
    ...(high ? { high: buildTimes(high) } : {}),
    ...(low ? { low: buildTimes(low) } : {}),
  };
}

function buildTimes({ respond, complete }: { readonly respond: string; readonly complete: string }) {
  return { respond: minutes(respond), complete: minutes(complete) };
}

function buildTeam({ hours, idle, ...team }: OrganisationFile['teams'][number], closedDays: readonly string[]): Team {
  return {
    ...team,
    hours: buildWeek(hours),
    ...(idle ? { idle: { warn: minutes(idle.warn), release: minutes(idle.release) } } : {}),
    ...(closedDays.length > 0 ? { closedDays } : {}),
  };
}

function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  for (let day = first; day <= last; day = nextDay(day)) days.push(day);
  return days;
}

function buildWeek(hours: Readonly<Record<string, string>>): WeekHours {
  const week: Record<string, readonly OpenInterval[]> = {};
  for (const [days, intervals] of Object.entries(hours)) {
    for (const day of parseDays(days) ?? []) week[day] = parseIntervals(intervals) ?? [];
  }
  return week;
}

/** @throws TypeError for what the schema refuses */
function minutes(duration: string): number {
  const parsed = parseDuration(duration);
  if (parsed === null) throw new TypeError(`not a duration: ${duration}`);
  return parsed;
}
