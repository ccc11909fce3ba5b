import { isSkilledFor, mostClaims } from '../catalogue/index.ts';
import type { Case, PersonId } from '../domain/index.ts';
import type { ActionResult, CaseAction } from './case-action.ts';
import type { Decision } from './decision.ts';

/**
 * Whether somebody is kept from a claim that he would begin with this: by a skill that he lacks, where the queue gives it to him, or by how many he has.
 * What comes back to him (its requester answered) is his, however many he has. The commit counts again, and has it decided again when there are more by then.
 * @returns why, or null when nothing is in the way
 */
export function mayNotClaim(decision: Decision, it: Case, worker: PersonId, action: CaseAction): ActionResult | null {
  const { claimant } = decision.facts;
  if (claimant?.id !== worker || !beginsClaim(it, action)) return null;
  const { catalogue } = decision;
  const given = action.action === 'claim' && action.next === true;
  if (given && !(claimant.reads && isSkilledFor(catalogue, claimant.skills, it))) return { kind: 'refused', code: 'not-for-you', by: null };
  const most = mostClaims(catalogue, claimant.most, it.team);
  if (most === null || (action.action === 'claim' && action.beyond)) return null;
  if (claimant.holds >= most) return { kind: 'refused', code: 'too-many', by: null, holds: claimant.holds, most };
  decision.claimsAtMost(worker, most);
  return null;
}

function beginsClaim(it: Case, { action }: CaseAction): boolean {
  return action === 'claim' || action === 'by-hand' || (action === 'chat' && it.state === 'queued');
}
