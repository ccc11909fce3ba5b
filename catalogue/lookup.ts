import { z } from 'zod';
import type { BusinessHours } from '../domain/index.ts';
import { minutesOf } from './hours.ts';
import { storedCatalogue } from './stored-schema.ts';
import type { Catalogue, Product, Team } from './types.ts';

/** What is worked out once per catalogue and forgotten with it. */
interface Index {
  readonly products: ReadonlyMap<string, Product>;
  readonly teams: ReadonlyMap<string, Team>;
  readonly hours: Map<string, BusinessHours>;
}

const indexes = new WeakMap<Catalogue, Index>();
const WEEK = ['1', '2', '3', '4', '5', '6', '7'] as const;

/** A product by its id; null when the catalogue has none (any more). */
export function productOf(catalogue: Catalogue, id: string): Product | null {
  return indexOf(catalogue).products.get(id) ?? null;
}

/** A team by its id; null when the organisation has none (any more). */
export function teamOf(catalogue: Catalogue, id: string): Team | null {
  return indexOf(catalogue).teams.get(id) ?? null;
}

/**
 * When a team works, for deadlines.
 * @throws RangeError for an unknown team: a deadline by nobody's hours would be a promise out of thin air
 */
export function businessHoursOf(catalogue: Catalogue, teamId: string): BusinessHours {
  const { teams, hours } = indexOf(catalogue);
  const known = hours.get(teamId);
  if (known) return known;
  const team = teams.get(teamId);
  if (!team) throw new RangeError(`the catalogue has no team "${teamId}"`);
  const { timeZone, closedDays } = catalogue.organisation;
  const week = WEEK.map((day) => (team.hours[day] ?? []).map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to) })));
  const made: BusinessHours = { timeZone, week, closed: new Set(closedDays) };
  hours.set(teamId, made);
  return made;
}

/**
 * Reads a catalogue that stands in the register as JSON.
 * @throws TypeError saying what does not fit, when it is not one
 */
export function parseCatalogue(json: unknown): Catalogue {
  const parsed = storedCatalogue.safeParse(json);
  if (!parsed.success) throw new TypeError(`the stored catalogue does not fit its schema: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function indexOf(catalogue: Catalogue): Index {
  let index = indexes.get(catalogue);
  if (!index) {
    index = {
      products: new Map(catalogue.products.map((product) => [product.id, product])),
      teams: new Map(catalogue.organisation.teams.map((team) => [team.id, team])),
      hours: new Map(),
    };
    indexes.set(catalogue, index);
  }
  return index;
}
