import { type Catalogue, handlerOf, productOf } from '../catalogue/index.ts';
import type { Actor, Case, HandlerSettings, Kind } from '../domain/index.ts';
import { approvalNeeded, UNDO_MS } from './approval.ts';
import type { Decision } from './decision.ts';

/** Complaints, wishes and questions go to people, whoever does the work. */
const GIVEN: ReadonlySet<Kind> = new Set(['fault', 'request']);

/**
 * The handler that a case may be given to; null when it is for people: its product has none, it is danger or no work, or it costs what nobody has
 * agreed to.
 */
export function handlerFor(it: Case, catalogue: Catalogue): HandlerSettings | null {
  const product = it.product === null ? null : productOf(catalogue, it.product);
  if (product?.handler === undefined || it.urgent || !GIVEN.has(it.kind)) return null;
  if (it.approval !== 'given' && approvalNeeded(product, it) !== null) return null;
  return handlerOf(catalogue, product.handler);
}

/**
 * Gives a case to its product's handler; it is sent after the undo window. The case waits there rather than in its team's queue, where the next
 * colleague would begin with it too; its clocks go on, and anybody of the team can take it back by hand.
 * @returns null when it has none
 */
export function giveToHandler(decision: Decision, it: Case, actor: Actor): Case | null {
  const handler = handlerFor(it, decision.catalogue);
  if (!handler) return null;
  const round = roundToGo(decision, it, handler.id);
  const given = decision.happen(it, 'handed', actor, { handler: handler.id, run: round }, { handler: { id: handler.id, round } });
  const due = new Date(decision.now.getTime() + UNDO_MS);
  decision.run({ case: it.id, round, handler: handler.id, state: 'waiting', due });
  return given;
}

/**
 * What failed and is tried again goes under the same key: perhaps it arrived after all. What was asked anew, moved, or given back by the far side
 * is something else to it.
 */
function roundToGo(decision: Decision, it: Case, handler: string): number {
  const last = decision.history(it.id).findLast(({ name, data }) => ANEW.has(name) || (name === 'requeued' && data.why !== undefined));
  const failed = last?.name === 'requeued' && last.data.why === 'failed' && last.data.handler === handler;
  return failed && typeof last.data.run === 'number' ? last.data.run : it.round;
}

const ANEW: ReadonlySet<string> = new Set(['queued', 'approved', 'moved', 'reopened']);
