import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type Desk, possibleActions } from '../bot/index.ts';
import { type Catalogue, productOf } from '../catalogue/index.ts';
import { type CaseId, isPartDone, type Localised, parseId, waitsFor } from '../domain/index.ts';
import type { Colleague, ListedCase, PartLine, Register } from '../register/index.ts';
import { WorkbenchError } from './errors.ts';
import type { CaseParts, PartView } from './protocol-parts.ts';
import { read } from './read.ts';
import { mayAct } from './render.ts';
import type { Sessions } from './session.ts';

const MOST_PARTS = 50;
const reopenRequest = z.object({
  parts: z
    .array(z.uuid())
    .min(1)
    .max(MOST_PARTS)
    .transform((ids) => [...new Set(ids)].flatMap((id) => parseId<CaseId>(id.toLowerCase()) ?? [])),
});

export interface PartsRoutesOptions {
  readonly desk: Pick<Desk, 'act'>;
  readonly register: Pick<Register, 'parts'>;
  readonly sessions: Sessions;
  readonly catalogue: () => Catalogue;
  /** @throws WorkbenchError `not-found` when there is no such case for this colleague */
  readonly found: (id: string, colleague: Colleague) => Promise<ListedCase>;
}

interface CaseRoute {
  Params: { id: string };
}

/** A case that is done in parts, and its parts: who may read one of them sees how it stands with all. */
export async function partsRoutes(app: FastifyInstance, { desk, register, sessions, catalogue, found }: PartsRoutesOptions): Promise<void> {
  const partsOf = async (it: ListedCase, colleague: Colleague): Promise<CaseParts> => {
    const [whole, ...parts] = await register.parts.around(it.case.id, colleague);
    if (!whole) throw new WorkbenchError('not-found');
    const mayReopen =
      possibleActions(it.case, colleague.id, null, null).includes('reopen-parts') && mayAct(colleague, 'reopen-parts', it.case);
    return { ...render(whole, parts, catalogue()), mayReopen };
  };

  app.get<CaseRoute>('/cases/:id/parts', async (request): Promise<CaseParts> => {
    const colleague = await sessions.colleague(request);
    return await partsOf(await found(request.params.id, colleague), colleague);
  });

  app.post<CaseRoute>('/cases/:id/parts/reopen', async (request): Promise<CaseParts> => {
    const colleague = await sessions.colleague(request);
    const it = await found(request.params.id, colleague);
    const { parts } = read(reopenRequest, request.body);
    if (!mayAct(colleague, 'reopen-parts', it.case)) throw new WorkbenchError('not-allowed');
    const result = await desk.act(it.case.id, { action: 'reopen-parts', parts }, colleague);
    if (!result) throw new WorkbenchError('not-found');
    if (result.kind === 'refused') throw new WorkbenchError(result.code);
    return await partsOf(await found(request.params.id, colleague), colleague);
  });
}

function render(whole: PartLine, parts: readonly PartLine[], catalogue: Catalogue): Omit<CaseParts, 'mayReopen'> {
  const templates = (whole.product === null ? null : productOf(catalogue, whole.product))?.parts ?? [];
  const titleOf = ({ part, title }: PartLine): Localised => templates.find(({ id }) => id === part?.id)?.title ?? { nl: title, en: title };
  const all = parts.map((line) => ({ ...line, part: line.part && { ...line.part, of: whole.id } }));
  const view = (line: (typeof all)[number]): PartView => ({
    id: line.id,
    reference: line.reference,
    title: titleOf(line),
    team: line.team,
    state: line.state,
    worker: line.worker,
    waitsFor: waitsFor(line, all).map(titleOf),
    done: isPartDone(line),
    readable: line.readable,
  });
  return { whole: view({ ...whole, part: null }), parts: all.map(view) };
}
