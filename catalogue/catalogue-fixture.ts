import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { formatProblem } from './index.ts';
import { type LoadResult, loadCatalogue } from './load.ts';
import type { Catalogue } from './types.ts';

/** A small catalogue on disk for the loader's tests, of which each test changes a line. */
const ORGANISATION = `name: Gemeente Voorbeeld
timeZone: Europe/Amsterdam
extraClosedDays: ["2026-05-15"]
teams:
  - id: desk
    name: { nl: Balie, en: Desk }
    hours: { mon-thu: "08:00-12:00 12:30-17:00", fri: "08:00-12:00" }
budgets:
  - { number: "4410-23", name: Burgerzaken, holder: Teammanager, open: true }
`;

export const GROUP = `group: travel
name: { nl: Reizen, en: Travel }
products:
  - id: taxi
    team: desk
    usualKind: request
    name: { nl: Taxi, en: Taxi }
    description: { nl: Een taxi., en: A taxi. }
    synonyms: { nl: [taxi], en: [cab] }
    examples:
      nl: { request: [een, twee, drie, vier, vijf, zes] }
      en: { request: [one, two], wish: [three, four] }
    fields:
      - id: what
        type: choice
        required: before
        label: { nl: Wat, en: What }
        ask: { nl: Wat?, en: What? }
        choices:
          - { id: car, label: { nl: Auto, en: Car }, words: [bolide] }
          - { id: van, label: { nl: Bus, en: Van } }
      - id: destination
        type: text
        find: [naar, to]
        when: { field: what, is: [car] }
        required: before
        label: { nl: Bestemming, en: Destination }
        ask: { nl: Waarheen?, en: Where to? }
    agreement: { respond: 30m, complete: 2d }
`;

export const folders: string[] = [];
const NOW = new Date('2026-08-01T10:00:00Z');

/** Loads the small catalogue above after some texts in it were replaced. */
export async function load(
  changes: readonly (readonly [from: string, to: string])[],
  files: Readonly<Record<string, string>> = {},
): Promise<LoadResult> {
  const folder = await mkdtemp(join(tmpdir(), 'loket-catalogue-'));
  folders.push(folder);
  const change = (text: string): string => changes.reduce((changed, [from, to]) => changed.replace(from, to), text);
  const all = { 'organisation.yaml': ORGANISATION, 'groups/travel.yaml': GROUP, ...files };
  for (const [name, text] of Object.entries(all)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), change(text));
  }
  return loadCatalogue(folder, NOW);
}

export async function problemsOf(...args: Parameters<typeof load>): Promise<string[]> {
  const result = await load(...args);
  return result.kind === 'invalid' ? result.problems.map(formatProblem) : [];
}

export async function catalogueOf(...args: Parameters<typeof load>): Promise<Catalogue> {
  const result = await load(...args);
  if (result.kind === 'invalid') throw new Error(result.problems.map(formatProblem).join('\n'));
  return result.catalogue;
}

/** Removes every folder that was made; for `afterAll`. */
export async function removeFolders(): Promise<void> {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
}
