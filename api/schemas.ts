import { z } from 'zod';
import { CHANNELS, KINDS, LANGUAGES, type PersonId, PRIORITIES, parseId, storable, WEBHOOK_EVENTS } from '../domain/index.ts';

/** What the API takes and gives: requests are read by these, and the OpenAPI document is made from them. */

const STATES = ['open', 'queued', 'claimed', 'waiting', 'ready', 'closed', 'withdrawn', 'merged'] as const;
const MAX_TEXT = 8_000;
const MAX_VALUE = 4_000;
const MAX_FIELDS = 50;

/** Text as PostgreSQL takes it. */
const text = (most: number, least = 0) =>
  z
    .string()
    .max(most)
    .overwrite((it) => storable(it).trim())
    .min(least);
const name = (what: string) => z.string().max(100).describe(what);
const moment = z.iso.datetime({ offset: true });

const requester = z
  .object({
    id: z.uuid().optional().describe('Somebody whom the desk knows'),
    address: z.email().max(254).optional().describe('Mail address; who has it proven is meant'),
    name: text(120, 1).optional().describe('For somebody new'),
    phone: text(40).optional(),
  })
  .refine((it) => it.id !== undefined || it.address !== undefined || it.name !== undefined, 'give an id, an address or a name');

export const registerCase = z.object({
  requester,
  text: text(MAX_TEXT, 1).describe("The question in the asker's words"),
  language: z.enum(LANGUAGES).default('nl'),
  product: name('Id of a product of the catalogue; left out: as the text sounds').optional(),
  kind: z.enum(KINDS).optional(),
  values: z
    .record(z.string().max(100), text(MAX_VALUE))
    .refine((it) => Object.keys(it).length <= MAX_FIELDS, 'too many fields')
    .default({})
    .describe('Answers of the form, by field id'),
});
export const addText = z.object({ text: text(MAX_TEXT, 1) });
export const settleCase = z.object({ outcome: z.enum(['ready', 'cancelled']), text: text(MAX_TEXT, 1).describe('For its requester') });

export const caseParams = z.object({ case: z.string().max(60).describe('Reference or id') });
export const productParams = z.object({ product: z.string().max(100) });
export const personParams = z.object({ person: z.uuid() });
export const listCases = z.object({
  state: z.enum(STATES).optional(),
  team: name('Id of a team').optional(),
  product: name('Id of a product').optional(),
  changedSince: moment.optional(),
  after: z.string().max(100).optional().describe('The `next` of the page before'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export const searchPeople = z.object({ search: text(200, 2).describe('Words of a name, an address or a phone number') });

export const caseView = z.object({
  id: z.uuid(),
  reference: z.string(),
  title: z.string(),
  text: z.string(),
  product: z.string().nullable(),
  kind: z.enum(KINDS),
  team: z.string(),
  state: z.enum(STATES),
  urgent: z.boolean(),
  priority: z.enum(PRIORITIES),
  restricted: z.boolean(),
  channel: z.enum(CHANNELS),
  language: z.enum(LANGUAGES),
  requester: z.uuid().nullable(),
  worker: z.uuid().nullable(),
  values: z.record(z.string(), z.string()),
  openedAt: moment,
  changedAt: moment,
  respondBy: moment.nullable(),
  completeBy: moment.nullable(),
  expectedBy: moment.nullable(),
  readyAt: moment.nullable(),
  closedAt: moment.nullable(),
});
export const casePage = z.object({ cases: z.array(caseView), next: z.string().nullable() });
export const registeredCase = z.object({
  requester: z.uuid(),
  reference: z.string().nullable().describe('Null for what is written down nowhere'),
  said: z.string().describe('What the desk answers the requester'),
  alarm: z.boolean().describe('Danger: what it says is to be told at once'),
});
const localised = z.object({ nl: z.string(), en: z.string() });
export const productView = z.object({
  id: z.string(),
  group: z.string(),
  team: z.string(),
  kind: z.enum(KINDS),
  name: localised,
  description: localised,
  restricted: z.boolean(),
  fields: z.array(
    z.object({
      id: z.string(),
      type: z.string(),
      required: z.enum(['before', 'after', 'optional']),
      label: localised,
      ask: localised,
      choices: z.array(z.object({ id: z.string(), label: localised })),
    }),
  ),
});
export const productList = z.object({ products: z.array(productView) });
export const personView = z.object({
  id: z.uuid(),
  name: z.string(),
  address: z.string().nullable(),
  verified: z.boolean(),
  phone: z.string().nullable(),
  room: z.string().nullable(),
  department: z.string().nullable(),
  language: z.enum(LANGUAGES).nullable(),
});
export const personList = z.object({ people: z.array(personView) });
export const nothing = z.object({});
export const subscribe = z.object({ url: z.string().max(2000), events: z.array(z.enum(WEBHOOK_EVENTS)).min(1).max(WEBHOOK_EVENTS.length) });
export const subscriptionParams = z.object({ webhook: z.uuid() });
export const deliveryParams = z.object({ webhook: z.uuid(), delivery: z.uuid() });
export const subscriptionView = z.object({
  id: z.uuid(),
  url: z.string(),
  events: z.array(z.enum(WEBHOOK_EVENTS)),
  active: z.boolean(),
  failingSince: moment.nullable(),
  offBecause: z.string().nullable().describe('Why it was switched off'),
  createdAt: moment,
});
export const subscribed = subscriptionView.extend({ secret: z.string().describe('What deliveries are signed with') });
export const subscriptionList = z.object({ webhooks: z.array(subscriptionView) });
export const deliveryList = z.object({
  deliveries: z.array(
    z.object({
      id: z.uuid().describe('The webhook-id'),
      event: z.string(),
      case: z.uuid(),
      state: z.enum(['pending', 'delivered', 'failed']),
      attempts: z.int(),
      answer: z.string().nullable(),
      createdAt: moment,
      dueAt: moment,
      doneAt: moment.nullable(),
    }),
  ),
});
export const done = z.object({ reference: z.string() });
export const problem = z.object({ type: z.string(), title: z.string(), status: z.int(), code: z.string(), detail: z.string().optional() });

/** An id that a schema let through, as the register's. */
export function personId(id: string): PersonId | null {
  return parseId<PersonId>(id.toLowerCase());
}
