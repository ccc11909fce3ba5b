import { z } from 'zod';
import { KINDS } from '../domain/index.ts';
import { parseDays, parseDuration, parseIntervals } from './hours.ts';
import { DANGER_KINDS, FIELD_TYPES } from './types.ts';

/**
 * The files' shape, as FORMAT.md describes it. Nothing is transformed here: a problem must point at what stands in the file.
 * Objects are strict, because an unknown key is nearly always a misspelt one.
 */
const id = z.string().regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens, e.g. "coffee-machine"');
const words = z.string().trim().min(1, 'must not be empty');
const localised = z.strictObject({ nl: words, en: words });
const lists = z.strictObject({ nl: z.array(words), en: z.array(words) });
const duration = z.string().refine((text) => parseDuration(text) !== null, 'must be a duration such as 30m, 4h or 2d');
const byKind = z.partialRecord(z.enum(KINDS), z.array(words));
const day = z.string().refine(isDate, 'must be a day such as 2026-12-24');

const choice = z.strictObject({ id, label: localised, words: z.array(words).default([]) });

const field = z.strictObject({
  id,
  type: z.enum(FIELD_TYPES),
  required: z.enum(['before', 'after', 'optional']),
  label: localised,
  ask: localised,
  choices: z.array(choice).min(1, 'must have at least one choice').optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  find: z.array(words).optional(),
  past: z.boolean().optional(),
  when: z.strictObject({ field: z.string(), is: z.array(z.string()).min(1, 'must name at least one value') }).optional(),
});

const answer = z.strictObject({
  id,
  questions: lists,
  text: localised,
  source: localised,
  url: z
    .string()
    .regex(/^https?:\/\/\S+$/, 'must be an address that begins with http:// or https://')
    .optional(),
});

const product = z.strictObject({
  id,
  team: z.string(),
  wishTeam: z.string().optional(),
  usualKind: z.enum(KINDS),
  name: localised,
  description: localised,
  synonyms: lists,
  examples: z.strictObject({ nl: byKind, en: byKind }),
  answers: z.array(answer).default([]),
  fields: z.array(field).default([]),
  confirm: z.boolean().default(false),
  restricted: z.boolean().default(false),
  agreement: z.strictObject({ respond: duration, complete: duration }),
});

export const groupFile = z.strictObject({ group: id, name: localised, products: z.array(product) });

const team = z.strictObject({
  id,
  name: localised,
  hours: z.record(
    z.string().refine((text) => parseDays(text) !== null, 'must be a day or days such as "mon" or "mon-fri"'),
    z.string().refine((text) => parseIntervals(text) !== null, 'must be hours in order such as "08:00-12:00 12:30-17:00"'),
  ),
});

const noPhrases = { nl: [], en: [] };

const danger = z.strictObject({
  id,
  kind: z.enum(DANGER_KINDS),
  name: localised,
  numbers: z.array(z.strictObject({ site: words.optional(), number: words })),
  say: localised,
  team: z.string().optional(),
  phrases: lists,
  not: lists.default(noPhrases),
});

const dangerRules = z.strictObject({
  words: z.record(z.string().regex(/^[a-z]+$/, 'must be one word in small letters'), z.array(words)).default({}),
  not: lists.default(noPhrases),
  past: lists.default(noPhrases),
  now: lists.default(noPhrases),
});

export const organisationFile = z.strictObject({
  name: words,
  timeZone: z.string().refine(isTimeZone, 'must be a time zone such as Europe/Amsterdam'),
  extraClosedDays: z.array(day).default([]),
  teams: z.array(team),
  budgets: z.array(z.strictObject({ number: words, name: words, holder: words, open: z.boolean() })).default([]),
  answers: z.array(answer).default([]),
  dangers: z.array(danger).default([]),
  dangerRules: dangerRules.default({ words: {}, not: noPhrases, past: noPhrases, now: noPhrases }),
});

export type GroupFile = z.infer<typeof groupFile>;
export type ProductEntry = z.infer<typeof product>;
export type AnswerEntry = z.infer<typeof answer>;
export type OrganisationFile = z.infer<typeof organisationFile>;

function isDate(text: string): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
