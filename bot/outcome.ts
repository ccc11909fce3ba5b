import { type Case, type Effect, mayHappen, type PersonId } from '../domain/index.ts';
import type { ActionInput } from './case-action.ts';
import { Decision } from './decision.ts';
import { askConfirmReady } from './ready.ts';

/** What another system says became of a case, in words for its requester. */
export interface Outcome {
  readonly kind: 'ready' | 'cancelled';
  readonly text: string;
}

/**
 * Decides what another system's word does: pure, like a turn. It may come at any moment of the work; what a handler has, what waits for approval,
 * for a disruption or for its parts is not for it to report ready.
 * @returns null when it may not be now
 */
export function decideOutcome(
  input: Omit<ActionInput, 'action' | 'worker'> & { readonly outcome: Outcome; readonly by: { readonly id: PersonId } },
): readonly Effect[] | null {
  const { case: it, outcome } = input;
  if (!isOpenTo(it, outcome)) return null;
  const decision = new Decision(input.conversation, input.facts, input.now, input.ids);
  decision.speak(it.language);
  const actor = { kind: 'worker', id: input.by.id } as const;
  if (outcome.kind === 'ready') {
    const held = it.state === 'queued' ? decision.happen(it, 'claimed', actor) : it;
    askConfirmReady(decision, held, actor, { text: outcome.text }, null);
  } else {
    const after = decision.happen(it, 'withdrawn', actor);
    decision.settleCase(it.id);
    const text = `${decision.texts.withdrawn(after.reference)}\n\n${outcome.text}`;
    decision.say({ text, card: decision.card(after, null) }, [it.id]);
  }
  decision.speak(input.conversation.state.language);
  return decision.finish();
}

function isOpenTo(it: Case, { kind }: Outcome): boolean {
  if (kind === 'cancelled') return mayHappen('withdrawn', it);
  if (it.handler !== null || it.disruption !== null || (it.divided && it.state === 'waiting')) return false;
  return mayHappen('ready', it) || (it.state === 'queued' && mayHappen('claimed', it));
}
