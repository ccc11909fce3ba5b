import { teamOf } from './lookup.ts';
import type { Catalogue, Product } from './types.ts';

const GROUP = 'group:';

/** The skill that stands for all products of a group. */
export function groupSkill(group: string): string {
  return `${GROUP}${group}`;
}

/** Whether the catalogue has what a skill names. */
export function isSkill(catalogue: Catalogue, skill: string): boolean {
  return catalogue.products.some((product) => covers(skill, product));
}

/**
 * The products that somebody with these skills is given in a team.
 * @returns null for all: none of the skills is of what this team does
 */
export function productsBySkill(catalogue: Catalogue, skills: readonly string[], team: string): ReadonlySet<string> | null {
  if (skills.length === 0) return null;
  const known = catalogue.products.filter((product) => skills.some((skill) => covers(skill, product)));
  return known.some((product) => isDoneBy(product, team)) ? new Set(known.map(({ id }) => id)) : null;
}

/** Whether somebody with these skills is given a case. What has no product is everybody's. */
export function isSkilledFor(
  catalogue: Catalogue,
  skills: readonly string[],
  { product, team }: { readonly product: string | null; readonly team: string },
): boolean {
  return product === null || (productsBySkill(catalogue, skills, team)?.has(product) ?? true);
}

/** How many claims somebody may have in a team at a time: his own number goes before the team's; null: as many as he likes. */
export function mostClaims(catalogue: Catalogue, own: number | null, team: string): number | null {
  return own ?? teamOf(catalogue, team)?.maxClaims ?? null;
}

function covers(skill: string, product: Product): boolean {
  return skill === product.id || skill === groupSkill(product.group);
}

function isDoneBy({ team, wishTeam, parts = [] }: Product, by: string): boolean {
  return team === by || wishTeam === by || parts.some((part) => part.team === by);
}
