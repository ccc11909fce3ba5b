import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { leavesOpen } from '../bot/index.ts';
import type { Colleague, ListedCase } from '../register/index.ts';
import { type ActOptions, act } from './act-routes.ts';
import { filledFor } from './canned-routes.ts';
import { words } from './case-action.ts';
import { WorkbenchError } from './errors.ts';
import type { BulkOutcome, BulkResult } from './protocol-bulk.ts';
import { read } from './read.ts';

const MOST = 100;

const action = z.discriminatedUnion('action', [
  z.object({ action: z.literal('claim') }),
  z.object({ action: z.literal('release') }),
  z.object({ action: z.literal('move'), team: z.string().max(100) }),
  z.object({ action: z.literal('note'), text: words }),
  z.object({ action: z.literal('reply'), text: words }),
  z.object({ action: z.literal('ready'), text: words }),
]);
const bulkRequest = z.object({
  ids: z
    .array(z.uuid())
    .min(1)
    .max(MOST)
    .transform((ids) => [...new Set(ids.map((id) => id.toLowerCase()))]),
  action,
});
const bulkUndo = z.object({
  acts: z
    .array(z.object({ id: z.uuid(), since: z.iso.datetime({ offset: true }).transform((text) => new Date(text)) }))
    .min(1)
    .max(MOST),
});

/** One thing done with several cases: each as if it were done alone, with the same rights, and each says what became of it. */
export async function bulkRoutes(app: FastifyInstance, options: ActOptions): Promise<void> {
  const { register, sessions, desk, found } = options;

  /** What one case made of it. That it could not be done is an outcome, and no failure of the lot. */
  const outcome = async (id: string, colleague: Colleague, one: (it: ListedCase) => Promise<void>): Promise<BulkOutcome> => {
    let it: ListedCase | null = null;
    try {
      it = await found(id, colleague);
      await one(it);
      const held = await register.cases.held(it.case.id);
      return {
        ...named(id, it),
        done: true,
        held: held?.by === colleague.id ? { since: held.since.toISOString(), until: held.until.toISOString() } : null,
      };
    } catch (error) {
      if (!(error instanceof WorkbenchError)) throw error;
      const now = it && (await register.cases.find(it.case.id, colleague));
      const by = now?.case.worker && now.case.worker !== colleague.id ? now.workerName : null;
      return { ...named(id, it), done: false, code: error.code, by };
    }
  };

  app.post('/cases/bulk', async (request): Promise<BulkResult> => {
    const colleague = await sessions.colleague(request);
    const { ids, action: asked } = read(bulkRequest, request.body);
    const results: BulkOutcome[] = [];
    for (const id of ids)
      results.push(
        await outcome(id, colleague, async (it) => {
          const text = 'text' in asked ? filledFor(asked.text, it, colleague, options.catalogue()) : '';
          if (leavesOpen(text) && asked.action !== 'note') throw new WorkbenchError('text-open');
          // Nobody waits in the chat for what many are told at once: the lot can be taken back as long as any of it.
          await act(it, 'text' in asked ? { ...asked, text } : asked, colleague, { ...options, chats: new Set() });
        }),
      );
    return { results };
  });

  app.post('/cases/bulk/undo', async (request): Promise<BulkResult> => {
    const colleague = await sessions.colleague(request);
    const results: BulkOutcome[] = [];
    for (const { id, since } of read(bulkUndo, request.body).acts)
      results.push(
        await outcome(id, colleague, async (it) => {
          const result = await desk.undo(it.case.id, since, colleague);
          if (!result) throw new WorkbenchError('not-found');
          if (result.kind === 'refused') throw new WorkbenchError(result.code);
        }),
      );
    return { results };
  });
}

function named(id: string, it: ListedCase | null): { readonly id: string; readonly reference: string; readonly title: string } {
  return { id, reference: it?.case.reference ?? '', title: it?.case.title ?? '' };
}
