import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { approvalSummary, approverIn, type Desk } from '../bot/index.ts';
import { type Catalogue, productOf } from '../catalogue/index.ts';
import { type Approval, type CaseId, LANGUAGES, type Language, type PersonId, parseId } from '../domain/index.ts';
import type { Register } from '../register/index.ts';
import { WorkbenchError } from './errors.ts';
import type { ApprovalList, ApprovalView } from './protocol.ts';
import { read, typedText } from './read.ts';
import type { Sessions } from './session.ts';

const MAX_REASON = 2_000;

const request = z.discriminatedUnion('verdict', [
  z.object({ verdict: z.literal('approved') }),
  z.object({
    verdict: z.literal('refused'),
    reason: typedText(MAX_REASON),
  }),
]);

export interface ApprovalRoutesOptions {
  readonly desk: Pick<Desk, 'approve'>;
  readonly register: Pick<Register, 'approvals'>;
  readonly sessions: Sessions;
  readonly catalogue: () => Catalogue;
}

/** What waits for a colleague's approval. Who may approve follows from the budget, not from a role or a team. */
export async function approvalRoutes(app: FastifyInstance, { desk, register, sessions, catalogue }: ApprovalRoutesOptions): Promise<void> {
  const list = async (person: PersonId): Promise<ApprovalList> => {
    const approvals = await approvalsOf(register, person);
    return { approvals: approvals.map((it) => view(it, catalogue())) };
  };

  app.get('/approvals', async (asked): Promise<ApprovalList> => list((await sessions.colleague(asked)).id));

  app.post<{ Params: { case: string } }>('/approvals/:case', async (asked): Promise<ApprovalList> => {
    const colleague = await sessions.colleague(asked);
    const id = parseId<CaseId>(asked.params.case);
    const result = id && (await desk.approve(id, colleague.id, read(request, asked.body)));
    // Whose it is not learns nothing of it.
    if (!result || (result.kind === 'refused' && result.code === 'not-yours')) throw new WorkbenchError('not-found');
    if (result.kind === 'refused') throw new WorkbenchError('already-decided');
    return list(colleague.id);
  });
}

/** What somebody may decide now. */
export async function approvalsOf(register: Pick<Register, 'approvals'>, person: PersonId): Promise<Approval[]> {
  return (await register.approvals.waitingFor(person)).filter((it) => approverIn(it, person) !== null);
}

function view(it: Approval, catalogue: Catalogue): ApprovalView {
  const product = it.product === null ? null : productOf(catalogue, it.product);
  const summary = (language: Language) => approvalSummary(it, product, language, new Date(), catalogue.organisation.timeZone);
  const [nl, en] = LANGUAGES.map(summary);
  return {
    case: it.case,
    reference: it.reference,
    title: it.title,
    product: it.product,
    openedAt: it.openedAt.toISOString(),
    summary: { nl: nl ?? [], en: en ?? [] },
  };
}
