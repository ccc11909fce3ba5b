import { z } from 'zod';
import {
  type AgreedTime,
  type BusinessHours,
  type Calendar,
  type HandlerSettings,
  localDate,
  localTime,
  type Priority,
} from '../domain/index.ts';
import { minutesOf } from './hours.ts';
import { storedCatalogue } from './stored-schema.ts';
import type { Agreement, Catalogue, Product, Team, WeekHours } from './types.ts';

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

/** A handler by its id; null when the organisation has none (any more). */
export function handlerOf(catalogue: Catalogue, id: string): HandlerSettings | null {
  return catalogue.organisation.handlers.find((handler) => handler.id === id) ?? null;
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
  const { closedDays } = catalogue.organisation;
  const made = openBy(catalogue, team.hours, team.closedDays ? [...closedDays, ...team.closedDays] : closedDays);
  hours.set(teamId, made);
  return made;
}

/** Hours of the week as they are counted with, outside the days that are closed. */
export function openBy(
  catalogue: Catalogue,
  hours: WeekHours,
  closed: readonly string[] = catalogue.organisation.closedDays,
): BusinessHours {
  const week = WEEK.map((day) => (hours[day] ?? []).map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to) })));
  return { timeZone: catalogue.organisation.timeZone, week, closed: new Set(closed) };
}

/** Whose hours count and what closed days are called; a team that is gone is counted by the desk's hours. */
export function calendarOf(catalogue: Catalogue): Calendar {
  const known = indexOf(catalogue).teams;
  return {
    hoursOf: (team) => businessHoursOf(catalogue, known.has(team) ? team : DESK_TEAM),
    dayNames: catalogue.organisation.dayNames,
  };
}

const DESK_TEAM = 'desk';

const WARN = 80;
const ESCALATE = 150;

/** The times agreed: the first exception that fits, else the product's own, else the desk's. */
export function agreedTimes(
  catalogue: Catalogue,
  { product, priority, department }: { readonly product: string | null; readonly priority: Priority; readonly department: string | null },
): AgreedTime {
  const { agreements, agreement } = catalogue.organisation;
  const rule = agreements.find(
    (it) =>
      (it.products?.some((id) => id === product) ?? true) &&
      (it.priorities?.includes(priority) ?? true) &&
      (it.departments?.some((name) => same(name, department)) ?? true),
  );
  const own: Agreement = rule ?? (product === null ? null : productOf(catalogue, product)?.agreement) ?? agreement;
  const wanted = (priority === 'normal' ? null : own[priority]) ?? own;
  // What presses more never takes longer: an exception for all that is pressing may be slower than a quick product's own.
  const usual = priority === 'high' && product !== null ? productOf(catalogue, product)?.agreement : null;
  const [respond, complete] = [
    Math.min(wanted.respond, usual?.respond ?? Infinity),
    Math.min(wanted.complete, usual?.complete ?? Infinity),
  ];
  return { respond, complete, warn: own.warn ?? WARN, escalate: own.escalate ?? ESCALATE };
}

function same(name: string, other: string | null): boolean {
  return other !== null && name.trim().toLowerCase() === other.trim().toLowerCase();
}

/** Who stands by for a team at a moment; null when nobody does. */
export function standbyAt(catalogue: Catalogue, teamId: string, at: Date) {
  const { timeZone } = catalogue.organisation;
  const now = `${localDate(at, timeZone)}T${localTime(at, timeZone)}`;
  return teamOf(catalogue, teamId)?.standby?.find(({ from, to }) => from <= now && now < to) ?? null;
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
