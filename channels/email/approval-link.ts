import type { FastifyReply, FastifyRequest } from 'fastify';
import { approverIn, type Desk } from '../../bot/index.ts';
import { type CaseId, type PersonId, storable } from '../../domain/index.ts';
import type { Register } from '../../register/index.ts';
import type { LinkPage } from './link-page.ts';

/** The sign-in of who is to approve by a link in a mail, where the organisation has one. */
export interface ApproverPort {
  /** Where he signs in. */
  startFor(link: string): string;
  /** Who signed in for this link; null for nobody. */
  personFor(request: FastifyRequest, link: string): Promise<PersonId | null>;
  end(reply: FastifyReply): void;
}

export interface ApprovalLinkOptions {
  readonly desk: Pick<Desk, 'approve'>;
  readonly register: Pick<Register, 'approvals'>;
  readonly approver: ApproverPort;
}

/** A link of an approval, as it was opened. */
export interface ApprovalLink {
  readonly link: string;
  readonly case: CaseId;
  readonly value: string;
  readonly question: string;
  readonly label: string;
}

const MOST_REASON = 2_000;

/** What somebody sees of it: who did not sign in is asked to, and whose it is not learns nothing more. */
export async function approvalPage(it: ApprovalLink, request: FastifyRequest, options: ApprovalLinkOptions): Promise<LinkPage> {
  return (await look(it, request, options)).page;
}

/** He decides, as somebody who is signed in. @param reason why he refuses */
export async function decideByLink(
  it: ApprovalLink,
  reason: string,
  request: FastifyRequest,
  reply: FastifyReply,
  options: ApprovalLinkOptions,
): Promise<LinkPage> {
  const { page, approver } = await look(it, request, options);
  if (!approver) return page;
  const said = storable(reason).trim().slice(0, MOST_REASON);
  if (it.value !== 'yes' && said === '') return page;
  const verdict = it.value === 'yes' ? ({ verdict: 'approved' } as const) : ({ verdict: 'refused', reason: said } as const);
  const result = await options.desk.approve(it.case, approver, verdict);
  if (result?.kind !== 'done') return { kind: result?.code === 'not-yours' ? 'unknown' : 'answered' };
  options.approver.end(reply);
  return { kind: 'decided', verdict: verdict.verdict };
}

/** @returns the page, and who may decide it; null for nobody yet */
async function look(
  it: ApprovalLink,
  request: FastifyRequest,
  { approver, register }: ApprovalLinkOptions,
): Promise<{ readonly page: LinkPage; readonly approver: PersonId | null }> {
  const nobody = (page: LinkPage) => ({ page, approver: null });
  const approval = await register.approvals.ofCase(it.case);
  if (!approval?.live) return nobody({ kind: 'answered' });
  const { question, label } = it;
  const { reference } = approval;
  const person = await approver.personFor(request, it.link);
  if (!person) {
    const unknown = request.url.endsWith('?unknown');
    return nobody({ kind: 'sign-in', reference, question, href: approver.startFor(it.link), unknown });
  }
  const by = approverIn(approval, person);
  if (!by) return nobody({ kind: 'not-yours', href: approver.startFor(it.link) });
  const refuses = it.value !== 'yes';
  return {
    page: { kind: 'ask', reference, question, label, primary: !refuses, name: by.name, signedIn: true, reason: refuses },
    approver: person,
  };
}
