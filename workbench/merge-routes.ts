import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { CaseAction, Desk } from '../bot/index.ts';
import { type CaseId, type Disruption, parseId, parseReference } from '../domain/index.ts';
import type { Queues } from '../queue/index.ts';
import type { Colleague, ListedCase, Register } from '../register/index.ts';
import { WorkbenchError } from './errors.ts';
import type { MergedCases } from './protocol-merge.ts';
import { read } from './read.ts';
import { mayAct, renderRow } from './render.ts';
import type { Sessions } from './session.ts';

const MOST_SHOWN = 50;
const mergeRequest = z.object({ into: z.string().trim().min(1).max(40) });

export interface MergeRoutesOptions {
  readonly desk: Pick<Desk, 'act'>;
  readonly register: Pick<Register, 'cases' | 'disruptions'>;
  readonly sessions: Sessions;
  readonly queues: Pick<Queues, 'remove'>;
  readonly disruptions: { current(): readonly Disruption[]; refresh(): Promise<void> };
  /** @throws WorkbenchError `not-found` when there is no such case for this colleague */
  readonly found: (id: string, colleague: Colleague) => Promise<ListedCase>;
}

interface CaseRoute {
  Params: { id: string };
}

/** Cases that ask the same, merged into one that is worked on. Undone by `unlink`, as for the reports of a disruption. */
export async function mergeRoutes(app: FastifyInstance, options: MergeRoutesOptions): Promise<void> {
  const { desk, register, sessions, queues, disruptions, found } = options;

  const merged = async ({ case: it }: ListedCase, colleague: Colleague): Promise<MergedCases> => {
    const group = it.disruption === null ? await register.disruptions.ofCase(it.id) : await register.disruptions.byId(it.disruption);
    if (!group || group.disruption.announced) return { into: null, cases: [], more: 0 };
    const { disruption } = group;
    const into = disruption.case === it.id ? null : await register.cases.find(disruption.case, colleague);
    const ids = disruption.case === it.id ? await register.disruptions.linked(disruption.id, null, MOST_SHOWN + 1) : [];
    const shown = await Promise.all(ids.slice(0, MOST_SHOWN).map((id) => register.cases.find(id, colleague)));
    const cases = shown.flatMap((one) => (one ? [renderRow(one)] : []));
    return { into: into && renderRow(into), cases, more: ids.length - cases.length };
  };

  app.get<CaseRoute>('/cases/:id/merged', async (request): Promise<MergedCases> => {
    const colleague = await sessions.colleague(request);
    return await merged(await found(request.params.id, colleague), colleague);
  });

  app.post<CaseRoute>('/cases/:id/merge', async (request): Promise<MergedCases> => {
    const colleague = await sessions.colleague(request);
    const it = await found(request.params.id, colleague);
    const into = await target(read(mergeRequest, request.body).into, colleague);
    if (into.case.id === it.case.id) throw new WorkbenchError('not-now');
    const act = async (on: ListedCase, action: CaseAction): Promise<void> => {
      if (!mayAct(colleague, action.action, on.case)) throw new WorkbenchError('not-allowed');
      const result = await desk.act(on.case.id, action, colleague);
      if (!result) throw new WorkbenchError('not-found');
      if (result.kind === 'refused') throw new WorkbenchError(result.code);
    };
    // A crash in between leaves a group of one, which says nothing to anybody; merging again goes on with it.
    await act(into, { action: 'gather' });
    await disruptions.refresh();
    await act(it, { action: 'merge', into: into.case.id });
    if (it.case.state === 'queued') void queues.remove({ team: it.case.team, case: it.case.id, round: it.case.round });
    return await merged(await found(request.params.id, colleague), colleague);
  });

  /** By its id or its number; of a case that is merged or linked itself, the one that is worked on. */
  const target = async (text: string, colleague: Colleague): Promise<ListedCase> => {
    const reference = parseReference(text);
    const id = parseId<CaseId>(text) ?? (reference && (await register.cases.byReference(reference))?.id) ?? null;
    if (!id) throw new WorkbenchError('not-found');
    const it = await found(id, colleague);
    const group = it.case.disruption && (await register.disruptions.byId(it.case.disruption));
    return group ? await found(group.disruption.case, colleague) : it;
  };
}
