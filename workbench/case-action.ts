import { z } from 'zod';
import { type AttachmentId, type DisruptionId, KINDS, MAX_ATTACHMENTS, type PersonId, PRIORITIES, parseId } from '../domain/index.ts';
import { WorkbenchError } from './errors.ts';
import { readId, typedText } from './read.ts';

const MAX_TEXT = 8_000;
/** What a colleague writes. */
export const words = typedText(MAX_TEXT);

const attachments = z
  .array(z.uuid())
  .max(MAX_ATTACHMENTS)
  .transform((ids) => [...new Set(ids)].flatMap((id) => parseId<AttachmentId>(id.toLowerCase()) ?? []))
  .optional();
const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** What `POST /cases/:id/actions` is asked with. */
export const caseAction = z.discriminatedUnion('action', [
  z.object({ action: z.literal('claim'), beyond: z.literal(true).optional() }),
  z.object({ action: z.literal('release') }),
  z.object({ action: z.literal('ask'), text: words, attachments }),
  z.object({ action: z.literal('reply'), text: words, attachments }),
  z.object({
    action: z.literal('chat'),
    text: words,
    from: z
      .uuid()
      .transform((id) => parseId<PersonId>(id) ?? undefined)
      .optional(),
    attachments,
  }),
  z.object({ action: z.literal('hand-back') }),
  z.object({ action: z.literal('wait'), reason: words }),
  z.object({ action: z.literal('resume') }),
  z.object({ action: z.literal('ready'), text: words, attachments }),
  z
    .object({
      action: z.literal('move'),
      team: z.string().max(100).optional(),
      product: z.string().max(100).optional(),
      kind: z.enum(KINDS).optional(),
    })
    .refine((it) => it.team !== undefined || it.product !== undefined || it.kind !== undefined, 'a team, a product or a kind'),
  z.object({ action: z.literal('split'), text: words, product: z.string().max(100).optional() }),
  z.object({ action: z.literal('set-requester'), mail: z.uuid() }),
  z.object({ action: z.literal('delay'), reason: words, until: moment }),
  z.object({ action: z.literal('prioritise'), priority: z.enum(PRIORITIES) }),
  z.object({
    action: z.literal('declare'),
    title: words.pipe(z.string().max(120)),
    place: words
      .pipe(z.string().max(120))
      .optional()
      .transform((place) => place ?? null),
    until: moment.optional().transform((until) => until ?? null),
    also: z.array(z.uuid().transform(readId)).max(200).default([]),
  }),
  z.object({ action: z.literal('link'), disruption: z.uuid().transform(readDisruption) }),
  z.object({ action: z.literal('to-handler') }),
  z.object({ action: z.literal('by-hand') }),
  z.object({ action: z.literal('unlink') }),
  z.object({ action: z.literal('note'), text: words, attachments }),
]);

function readDisruption(text: string): DisruptionId {
  const id = parseId<DisruptionId>(text);
  if (!id) throw new WorkbenchError('unknown-disruption');
  return id;
}
