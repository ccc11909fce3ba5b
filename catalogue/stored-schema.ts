import { z } from 'zod';
import { CHANNELS, KINDS, LANGUAGES, PRIORITIES, REPORT_STATUSES, ROLES, type Template } from '../domain/index.ts';
import { DANGER_KINDS, FIELD_TYPES, WAYS, WHO } from './types.ts';

/**
 * The published catalogue as the register keeps it. Unknown keys are dropped rather than refused: during an upgrade a process may
 * read what a newer one published.
 */
const localised = z.object({ nl: z.string(), en: z.string() });
const list = z.array(z.string());
const lists = z.object({ nl: list, en: list });
const byKind = z.partialRecord(z.enum(KINDS), list);

const field = z.object({
  id: z.string(),
  type: z.enum(FIELD_TYPES),
  required: z.enum(['before', 'after', 'optional']),
  label: localised,
  ask: localised,
  choices: z.array(z.object({ id: z.string(), label: localised, words: list })),
  min: z.number().optional(),
  max: z.number().optional(),
  find: list.optional(),
  past: z.boolean().optional(),
  who: z.enum(WHO).optional(),
  when: z.object({ field: z.string(), is: list }).optional(),
});

const answer = z.object({ id: z.string(), questions: lists, text: localised, source: localised, url: z.string().optional() });

const times = { respond: z.number(), complete: z.number() };
const steps = { warn: z.number().optional(), escalate: z.number().optional() };
const agreement = z.object({ ...times, high: z.object(times).optional(), low: z.object(times).optional(), ...steps });

const product = z.object({
  id: z.string(),
  group: z.string(),
  team: z.string(),
  wishTeam: z.string().optional(),
  usualKind: z.enum(KINDS),
  name: localised,
  description: localised,
  synonyms: lists,
  examples: z.object({ nl: byKind, en: byKind }),
  answers: z.array(answer),
  fields: z.array(field),
  confirm: z.boolean(),
  restricted: z.boolean(),
  readers: list.optional(),
  priority: z.enum(PRIORITIES).optional(),
  parts: z
    .array(
      z.object({
        id: z.string(),
        title: localised,
        product: z.string().optional(),
        team: z.string().optional(),
        after: list,
        when: z.object({ field: z.string(), is: list }).optional(),
      }),
    )
    .optional(),
  handler: z.string().optional(),
  agreement,
  delivery: z.object({ budgetHolder: z.boolean(), budgetNumber: z.boolean(), approvalAbove: z.number().nullable() }).optional(),
  offered: z.object({ channels: z.array(z.enum(CHANNELS)), way: z.enum(WAYS), elsewhere: localised }).optional(),
});

const none = { nl: [], en: [] };

const danger = z.object({
  id: z.string(),
  kind: z.enum(DANGER_KINDS),
  name: localised,
  numbers: z.array(z.object({ site: z.string().optional(), number: z.string() })),
  say: localised,
  team: z.string().optional(),
  phrases: lists,
  not: lists,
});

const week = z.record(z.string(), z.array(z.object({ from: z.string(), to: z.string() })));

const team = z.object({
  id: z.string(),
  name: localised,
  hours: week,
  closedDays: list.optional(),
  coordinator: z.string().optional(),
  manager: z.string().optional(),
  idle: z.object({ warn: z.number(), release: z.number() }).optional(),
  maxClaims: z.number().optional(),
  standby: z
    .array(z.object({ from: z.string(), to: z.string(), name: z.string(), address: z.string(), phone: z.string().optional() }))
    .optional(),
});

const site = z.object({
  id: z.string(),
  name: localised,
  words: list,
  buildings: z.array(z.object({ id: z.string(), name: localised, words: list })),
  counter: z.object({ place: localised, hours: week, number: z.string().optional() }).optional(),
});

const agreementRule = z.object({
  id: z.string(),
  departments: list.optional(),
  products: list.optional(),
  priorities: z.array(z.enum(PRIORITIES)).optional(),
  ...times,
  ...steps,
});

const template: z.ZodType<Template> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.array(template), z.record(z.string(), template)]),
);
const webhook = {
  id: z.string(),
  name: localised,
  url: z.string(),
  body: template.optional(),
  externalId: z.string().optional(),
  back: z
    .object({
      key: z.string().optional(),
      externalId: z.string().optional(),
      status: z.string(),
      text: z.string().optional(),
      until: z.string().optional(),
      statuses: z.record(z.string(), z.enum(REPORT_STATUSES)),
    })
    .optional(),
};
const handler = z.discriminatedUnion('type', [
  z.object({ ...webhook, type: z.literal('http'), headers: z.record(z.string(), z.string()) }),
  z.object({ ...webhook, type: z.literal('fmis') }),
  z.object({
    id: z.string(),
    name: localised,
    type: z.literal('supplier'),
    address: z.string(),
    language: z.enum(LANGUAGES),
    contract: z.object({ number: z.string(), complete: z.number().optional() }).optional(),
  }),
]);

export const storedCatalogue = z.object({
  version: z.string(),
  groups: z.array(z.object({ id: z.string(), name: localised })),
  products: z.array(product),
  organisation: z.object({
    name: z.string(),
    timeZone: z.string(),
    reopenDays: z.number().default(14),
    closedDays: list,
    dayNames: z.record(z.string(), localised).default({}),
    teams: z.array(team),
    agreement: agreement.default({ respond: 240, complete: 960 }),
    agreements: z.array(agreementRule).default([]),
    takeOverMinutes: z.number().default(15),
    sites: z.array(site).default([]),
    handlers: z.array(handler).default([]),
    answers: z.array(answer),
    dangers: z.array(danger).default([]),
    directoryGroups: z.array(z.object({ group: z.string(), role: z.enum(ROLES), teams: list.optional() })).optional(),
    dangerRules: z
      .object({ words: z.record(z.string(), list), not: lists, past: lists, now: lists })
      .default({ words: {}, not: none, past: none, now: none }),
  }),
});
