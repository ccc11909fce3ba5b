import { z } from 'zod';
import { CASE_ORDERS, CASE_STATES, CHANNELS, KINDS, PRIORITIES } from '../domain/index.ts';
import type { CaseView } from '../register/index.ts';
import { WorkbenchError } from './errors.ts';

/** To what a list is narrowed, as the address of a list and a kept view say it. */
export const caseFilter = z.object({
  state: z.enum(CASE_STATES).optional(),
  product: z.string().max(100).optional(),
  kind: z.enum(KINDS).optional(),
  priority: z.enum(PRIORITIES).optional(),
  channel: z.enum(CHANNELS).optional(),
  team: z.string().max(100).optional(),
  worker: z.enum(['me', 'nobody']).optional(),
  due: z.literal('late').optional(),
});

export const caseOrder = z.enum(CASE_ORDERS);

/** What `GET /cases` is asked with. */
export const listQuery = caseFilter.extend({
  view: z.string().optional(),
  search: z
    .string()
    .transform((text) => text.slice(0, 200))
    .optional(),
  order: caseOrder.optional(),
  after: z.string().max(500).optional(),
});

/** @throws WorkbenchError `invalid` */
export function readView(text: string | undefined): CaseView {
  if (text === undefined || text === 'all') return { kind: 'all' };
  if (text === 'mine' || text === 'waiting' || text === 'done') return { kind: text };
  const team = /^team\.([\w-]{1,100})$/.exec(text)?.[1];
  if (!team) throw new WorkbenchError('invalid', `There is no view "${text.slice(0, 50)}".`);
  return { kind: 'team', team };
}
