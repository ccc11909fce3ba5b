import type { PersonId, Role } from '../domain/index.ts';
import type { Database } from './database.ts';

/** What a group of the directory is at this desk. The first that fits gives the role; the teams of all that fit add up. */
export interface DirectoryGroup {
  /** As the directory names it in an id token or by SCIM: its id, or its name. */
  readonly group: string;
  readonly role: Role;
  readonly teams?: readonly string[] | undefined;
}

/** The role and teams of who is in these groups; null when none of them has any here. */
export function roleIn(
  groups: ReadonlySet<string>,
  known: readonly DirectoryGroup[],
): { readonly role: Role; readonly teams: readonly string[] } | null {
  const found = known.filter(({ group }) => groups.has(group));
  const [first] = found;
  return first ? { role: first.role, teams: [...new Set(found.flatMap(({ teams = [] }) => teams))] } : null;
}

/** The groups that the directory put people in by SCIM, each by its name and its external id. */
export async function provisionedGroups(db: Database, people: readonly PersonId[]): Promise<ReadonlyMap<PersonId, ReadonlySet<string>>> {
  const found = new Map(people.map((id) => [id, new Set<string>()]));
  if (people.length === 0) return found;
  const rows = await db
    .selectFrom('scim_members as m')
    .innerJoin('scim_groups as g', 'g.id', 'm.group_id')
    .select(['m.person_id', 'g.display_name', 'g.external_id'])
    .where('m.person_id', 'in', people)
    .execute();
  for (const { person_id, display_name, external_id } of rows)
    for (const name of [display_name, external_id]) if (name !== null) found.get(person_id)?.add(name);
  return found;
}

/** Gives people what their groups give; null takes away what groups gave, and leaves what was given here. */
export async function giveRole(db: Database, people: readonly PersonId[], given: ReturnType<typeof roleIn>): Promise<void> {
  if (people.length === 0) return;
  if (given) {
    const set = { role: given.role, teams: [...given.teams], role_by_directory: true };
    await db.updateTable('people').set(set).where('id', 'in', people).execute();
  } else {
    const gone = db.updateTable('people').set({ role: null, teams: [], role_by_directory: false });
    await gone.where('id', 'in', people).where('role_by_directory', '=', true).execute();
  }
}

/** Gives people what the groups that SCIM put them in give now. */
export async function followGroups(db: Database, people: readonly PersonId[], known: readonly DirectoryGroup[]): Promise<void> {
  const groups = await provisionedGroups(db, people);
  const same = Map.groupBy(people, (id) => JSON.stringify(roleIn(groups.get(id) ?? new Set(), known)));
  for (const alike of same.values()) {
    const [one] = alike;
    if (one) await giveRole(db, alike, roleIn(groups.get(one) ?? new Set(), known));
  }
}
