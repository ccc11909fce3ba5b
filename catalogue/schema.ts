import { z } from 'zod';
import { CHANNELS, isReader, KINDS, LANGUAGES, MOST_CLAIMS, PRIORITIES, REPORT_STATUSES, ROLES, type Template } from '../domain/index.ts';
import { parseDays, parseDuration, parseIntervals } from './hours.ts';
import { DANGER_KINDS, FIELD_TYPES, WAYS, WHO } from './types.ts';

/**
 * The files' shape, as FORMAT.md describes it. Nothing is transformed here: a problem must point at what stands in the file.
 * Objects are strict, because an unknown key is nearly always a misspelt one.
 */
const id = z.string().regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens, e.g. "coffee-machine"');
const words = z.string().trim().min(1, 'must not be empty');
const localised = z.strictObject({ nl: words, en: words });
const lists = z.strictObject({ nl: z.array(words), en: z.array(words) });
const duration = z.string().refine((text) => parseDuration(text) !== null, 'must be a duration such as 30m, 4h or 2d, at most 250d');
const email = z.string().regex(/^[^\s@]+@[^\s@]+$/, 'must be an email address');
const byKind = z.partialRecord(z.enum(KINDS), z.array(words));
const day = z.string().refine(isDate, 'must be a day such as 2026-12-24');

const choice = z.strictObject({ id, label: localised, words: z.array(words).default([]) });

const when = z.strictObject({ field: z.string(), is: z.array(z.string()).min(1, 'must name at least one value') });

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
  who: z.enum(WHO).optional(),
  when: when.optional(),
});

const part = z.strictObject({
  id,
  title: localised,
  product: z.string().optional(),
  team: z.string().optional(),
  after: z.array(z.string()).default([]),
  when: when.optional(),
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

const times = { respond: duration, complete: duration };
const steps = {
  warn: z.number().int().min(1, 'must be a percentage from 1 to 99').max(99, 'must be a percentage from 1 to 99').optional(),
  escalate: z.number().int().min(100, 'must be a percentage of 100 or more').max(1000, 'must be a percentage up to 1000').optional(),
};

const agreement = z.strictObject({
  ...times,
  high: z.strictObject(times).optional(),
  low: z.strictObject(times).optional(),
  ...steps,
});

const agreementRule = z.strictObject({
  id,
  departments: z.array(words).min(1, 'must name at least one department').optional(),
  products: z.array(z.string()).min(1, 'must name at least one product').optional(),
  priorities: z.array(z.enum(PRIORITIES)).min(1, 'must name at least one priority').optional(),
  ...times,
  ...steps,
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
  readers: z
    .array(words.refine(isReader, 'must be an address, or a team or role such as "team:hr" or "role:manager"'))
    .min(1, 'must name at least one reader')
    .optional(),
  priority: z.enum(PRIORITIES).optional(),
  parts: z.array(part).min(1, 'must have at least one part').optional(),
  handler: z.string().optional(),
  agreement,
  delivery: z
    .strictObject({
      budgetHolder: z.boolean().default(false),
      budgetNumber: z.boolean().default(false),
      approvalAbove: z.number().min(0, 'must be an amount of 0 or more').nullable().default(null),
    })
    .optional(),
  offered: z
    .strictObject({
      channels: z.array(z.enum(CHANNELS)).min(1, 'must name at least one channel'),
      way: z.enum(WAYS),
      elsewhere: localised,
    })
    .optional(),
});

const https = z.string().regex(/^https?:\/\/[^\s]+$/, 'must be an address that begins with https:// or http://');
const template: z.ZodType<Template> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.array(template), z.record(z.string(), template)]),
);
const keys = z.string().regex(/^[^\s.]+(?:\.[^\s.]+)*$/, 'must be keys joined by dots, e.g. data.status');
const wayBack = z.strictObject({
  key: keys.optional(),
  externalId: keys.optional(),
  status: keys,
  text: keys.optional(),
  until: keys.optional(),
  statuses: z.record(z.string(), z.enum(REPORT_STATUSES)),
});
const handlerHead = { id, name: localised };
const webhook = { url: https, body: template.optional(), externalId: keys.optional(), back: wayBack.optional() };
const handler = z.discriminatedUnion('type', [
  z.strictObject({ ...handlerHead, type: z.literal('http'), ...webhook, headers: z.record(z.string(), z.string()).default({}) }),
  z.strictObject({ ...handlerHead, type: z.literal('fmis'), ...webhook }),
  z.strictObject({
    ...handlerHead,
    type: z.literal('supplier'),
    address: email,
    language: z.enum(LANGUAGES).default('nl'),
    contract: z.strictObject({ number: words, complete: duration.optional() }).optional(),
  }),
]);

export const groupFile = z.strictObject({ group: id, name: localised, products: z.array(product) });

const hours = z.record(
  z.string().refine((text) => parseDays(text) !== null, 'must be a day or days such as "mon" or "mon-fri"'),
  z.string().refine((text) => parseIntervals(text) !== null, 'must be hours in order such as "08:00-12:00 12:30-17:00"'),
);

const localMoment = z
  .string()
  .refine((text) => /^.{10}T([01]\d|2[0-3]):[0-5]\d$/.test(text) && isDate(text.slice(0, 10)), 'must be a moment such as 2026-12-24T17:00');

const team = z.strictObject({
  id,
  name: localised,
  hours,
  coordinator: email.optional(),
  manager: email.optional(),
  idle: z.strictObject({ warn: duration, release: duration }).optional(),
  maxClaims: z.number().int('must be a whole number').min(1, 'must be 1 to 99').max(MOST_CLAIMS, 'must be 1 to 99').optional(),
  standby: z.array(z.strictObject({ from: localMoment, to: localMoment, name: words, address: email, phone: words.optional() })).optional(),
});

const closure = z.strictObject({ from: day, to: day.optional(), name: localised, teams: z.array(z.string()).optional() });

const building = z.strictObject({ id: words, name: localised, words: z.array(words).default([]) });

const site = z.strictObject({
  id,
  name: localised,
  words: z.array(words).default([]),
  buildings: z.array(building).default([]),
  counter: z.strictObject({ place: localised, hours, number: words.optional() }).optional(),
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
  reopenDays: z.number().int().min(0).max(365).default(14),
  extraClosedDays: z.array(day).default([]),
  closures: z.array(closure).default([]),
  teams: z.array(team),
  agreement: agreement.default({ respond: '4h', complete: '2d' }),
  agreements: z.array(agreementRule).default([]),
  takeOverMinutes: z.number().int('must be whole minutes').min(1, 'must be 1 to 480').max(480, 'must be 1 to 480').default(15),
  sites: z.array(site).default([]),
  handlers: z.array(handler).default([]),
  budgets: z.array(z.strictObject({ number: words, name: words, holder: words, open: z.boolean() })).default([]),
  answers: z.array(answer).default([]),
  dangers: z.array(danger).default([]),
  dangerRules: dangerRules.default({ words: {}, not: noPhrases, past: noPhrases, now: noPhrases }),
  directoryGroups: z.array(z.strictObject({ group: words, role: z.enum(ROLES), teams: z.array(z.string()).optional() })).optional(),
});

export type GroupFile = z.infer<typeof groupFile>;
export type ProductEntry = z.infer<typeof product>;
export type PartEntry = z.infer<typeof part>;
export type AgreementEntry = z.infer<typeof agreement>;
export type HandlerEntry = z.infer<typeof handler>;
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
