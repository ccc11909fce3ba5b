import type { Case, Disruption, PersonId } from '../domain/index.ts';
import type { Decision } from './decision.ts';

/**
 * Merging: cases that ask the same are gathered on one of them, as the reports of a disruption are. Each keeps its own requester and number and is
 * counted; what becomes of the one that is worked on reaches all.
 */

/** Lets other cases be merged into this one; again it changes nothing. @returns false when nothing may be */
export function gather(decision: Decision, it: Case, worker: PersonId): boolean {
  if (!stands(it) || it.disruption !== null || !decision.may(it.id, 'gathered')) return false;
  if (decision.disruptionOn(it.id)) return true;
  const { id, reference, team, product, expectedBy } = decision.happen(it, 'gathered', { kind: 'worker', id: worker });
  const group = {
    id: decision.ids.disruption(),
    case: id,
    reference,
    team,
    product,
    announced: false,
    place: null,
    title: it.title,
    expectedBy,
  };
  decision.disrupt(group, worker);
  return true;
}

/** Whether a case may be merged into the one that these are gathered on. */
export function mayMerge(decision: Decision, it: Case, into: Disruption): boolean {
  return stands(it) && into.case !== it.id && it.disruption === null && !decision.disruptionOn(it.id) && decision.may(it.id, 'linked');
}

/** Danger, what few may read, and what is done in parts stand by themselves. */
function stands(it: Case): boolean {
  return !it.restricted && !it.urgent && it.part === null && !it.divided;
}
