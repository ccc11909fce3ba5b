import type { Effect } from '../domain/index.ts';
import { letHappen } from './case-actions.ts';
import { Decision } from './decision.ts';
import type { OnCase } from './lines.ts';

/**
 * Who has a case in hand is no longer at the desk: what he did happens, and the case goes back to its queue, also when he let it wait; a chat that he
 * took over is the desk's again. Pure, like a turn.
 */
export function decideLeft({ conversation, case: it, facts, now, ids }: OnCase): readonly Effect[] {
  if (it.worker === null) return [];
  const decision = new Decision(conversation, facts, now, ids);
  decision.speak(it.language);
  letHappen(decision, it.id);
  const after = decision.case(it.id) ?? it;
  const name = after.state === 'claimed' ? 'released' : 'requeued';
  if (after.worker === it.worker && decision.may(it.id, name))
    decision.happen(after, name, { kind: 'desk' }, { round: after.round + 1, left: 1 });
  decision.speak(conversation.state.language);
  return decision.finish();
}
