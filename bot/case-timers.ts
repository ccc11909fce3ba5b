import { type Case, type Effect, TIMER_EARLY_MS, type TimerKind } from '../domain/index.ts';
import type { ActionInput } from './case-action.ts';
import { letHappen } from './case-actions.ts';
import { Decision } from './decision.ts';
import { guard } from './guard-turn.ts';
import { handlerIsLate } from './handlers.ts';
import { whenQuiet } from './take-over.ts';

/** So long after what is held has happened the guard looks. */
const AFTER_HELD_MS = 1_000;

/** A timer that fired. Early, late or twice: it looks at the case again, and does nothing when nothing is due. */
export function decideTimer(
  input: Omit<ActionInput, 'action' | 'worker'> & { readonly timer: TimerKind; readonly active: Date },
): readonly Effect[] {
  const { case: it } = input;
  if (input.timer === 'held') return decideHeld(input);
  const decision = new Decision(input.conversation, input.facts, input.now, input.ids);
  decision.speak(it.language);
  const held = input.facts.held;
  // What was done in time is not late because it could still be taken back.
  if (input.timer === 'guard' && held)
    decision.timer(it.id, new Date(Math.max(held.until.getTime(), input.now.getTime()) + AFTER_HELD_MS), 'guard');
  else if (input.timer === 'guard') guard(decision, it, input.active);
  else if (input.timer === 'close-when-silent') closeSilently(decision, it);
  else if (input.timer === 'take-over') whenQuiet(decision, it);
  else if (input.timer === 'handler') handlerIsLate(decision, it);
  else decision.timerDone(it.id, input.timer);
  decision.speak(input.conversation.state.language);
  return decision.finish();
}

/** It can no longer be taken back. It counts from when it was done, unless something happened since. */
function decideHeld({ conversation, case: it, facts, now, ids }: Omit<ActionInput, 'action' | 'worker'>): readonly Effect[] {
  const { held } = facts;
  const last = facts.histories.get(it.id)?.at(-1)?.at;
  const at = held && (!last || last <= held.since) ? held.since : now;
  const due = held && held.until.getTime() <= now.getTime() + TIMER_EARLY_MS;
  const decision = new Decision(conversation, facts, due ? at : now, ids);
  decision.speak(it.language);
  if (!held) decision.timerDone(it.id, 'held');
  else if (!due) decision.timer(it.id, held.until, 'held');
  else letHappen(decision, it.id);
  decision.speak(conversation.state.language);
  return decision.finish();
}

function closeSilently(decision: Decision, it: Case): void {
  decision.timerDone(it.id);
  if (it.state !== 'ready') return;
  decision.settleCase(it.id);
  const closed = decision.happen(it, 'closed', { kind: 'desk' }, { silent: 1 });
  // An answer that nobody came back on needs no word; a ready report does.
  if (it.round > 0) decision.say({ text: decision.texts.closedSilently(it.reference), card: decision.card(closed, null) }, [it.id]);
}
