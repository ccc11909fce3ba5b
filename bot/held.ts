import type { HeldAct, HeldAction } from '../domain/index.ts';
import type { CaseAction } from './case-action.ts';

/**
 * "Undo" for what leaves the house or its team. Such an act is held: nothing of it happens until it can no longer be taken back, so that taking it
 * back has nothing to put right: no message, clock, timer, handler or disruption knows of it.
 */

/** The act as it is kept; null for one that happens at once. */
export function heldAction(action: CaseAction): HeldAction | null {
  switch (action.action) {
    case 'reply':
    case 'ask':
    case 'ready':
    case 'wait':
    case 'to-handler':
      return action;
    case 'move':
      // A kind that is corrected stays in the house, and in its team.
      return action.team === undefined && action.product === undefined ? null : action;
    case 'delay':
      return { ...action, until: action.until.toISOString() };
    default:
      return null;
  }
}

/** The act as it was. */
export function actionOf({ act }: Pick<HeldAct, 'act'>): CaseAction {
  return act.action === 'delay' ? { ...act, until: new Date(act.until) } : act;
}

/** What was written with it: to be kept where it could not be done. */
export function wordsOf({ act }: Pick<HeldAct, 'act'>): string | null {
  if ('text' in act) return act.text;
  return 'reason' in act ? act.reason : null;
}
