import type { Case, CaseId, Effect, HeldAction, MessageId, Person, PersonId, Reply } from '../domain/index.ts';
import { needsApproval } from './approval-turn.ts';
import type { ActionInput, ActionResult, CaseAction, WithFiles } from './case-action.ts';
import { mayNotClaim } from './claiming.ts';
import { Decision } from './decision.ts';
import { linkCase, unlinkCase } from './disruptions.ts';
import { giveToHandler, handlerFor } from './give-to-handler.ts';
import { actionOf, heldAction, wordsOf } from './held.ts';
import { gather, mayMerge } from './merge.ts';
import { momentText, nextMoments, untilText } from './moments.ts';
import { reopenParts, startWork } from './parts.ts';
import { possibleActions } from './possible-actions.ts';
import { askConfirmReady } from './ready.ts';
import { split } from './split.ts';
import { chat, stillThere } from './take-over.ts';

/** Decides what a worker's act does: pure, like a turn. */
export function decideAction(input: ActionInput): ActionResult {
  const { case: it, worker, action } = input;
  if (action.action === 'claim' && it.worker === worker.id && it.state === 'claimed') return { kind: 'done', effects: [] };
  const decision = new Decision(input.conversation, input.facts, input.now, input.ids);
  decision.speak(it.language);
  // What was done before it happens first; a note changes nothing.
  if (action.action !== 'note') letHappen(decision, it.id);
  const before = decision.case(it.id) ?? it;
  if (!isPossible(decision, before, worker.id, action)) return refusal(before, worker.id, action);
  const barred = mayNotClaim(decision, before, worker.id, action);
  if (barred) return barred;
  const act = input.hold ? heldAction(action) : null;
  const refused = act && input.hold ? hold(decision, input, before, act, input.hold) : carryOut(decision, before, worker, action);
  if (!refused) stillThere(decision, before, worker.id);
  // What the asker speaks now is for him to say.
  decision.speak(input.conversation.state.language);
  return refused ?? { kind: 'done', effects: decision.finish() };
}

function isPossible(decision: Decision, it: Case, worker: PersonId, { action }: CaseAction): boolean {
  return possibleActions(it, worker, decision.takeOver, handlerFor(it, decision.catalogue)).includes(action);
}

/** Keeps an act for later, when it could be done now. */
function hold(decision: Decision, input: ActionInput, it: Case, act: HeldAction, forMs: number): ActionResult | null {
  const { conversation, facts, now, ids, worker } = input;
  const trial = new Decision(conversation, { ...facts, cases: decision.cases() }, now, ids);
  const refused = carryOut(trial, it, worker, input.action);
  if (refused) return refused;
  decision.hold({ case: it.id, by: worker.id, name: worker.name, act, since: now, until: new Date(now.getTime() + forMs) });
  return null;
}

/** What is held of a case happens. Should that be impossible by now, its worker is told, and what he wrote is kept as a note. */
export function letHappen(decision: Decision, id: CaseId): void {
  const held = decision.release(id);
  const it = decision.case(id);
  if (!held || !it) return;
  const action = actionOf(held);
  const worker = { id: held.by, name: held.name };
  if (isPossible(decision, it, held.by, action) && carryOut(decision, it, worker, action) === null) return;
  const words = wordsOf(held);
  if (words !== null) decision.note(id, held.by, words);
  if (decision.may(id, 'undone')) decision.happen(it, 'undone', { kind: 'desk' }, { act: held.act.action, late: 1 });
  decision.notify(it, 'not-done', { role: 'worker', person: held.by });
}

/** A worker takes back what he did. Of this and its happening one wins, and he is told which. @param since which act is meant */
export function decideUndo(input: Omit<ActionInput, 'action'> & { readonly since: Date }): ActionResult {
  const { case: it, worker, facts } = input;
  if (!facts.held || facts.held.by !== worker.id || facts.held.since.getTime() !== input.since.getTime())
    return { kind: 'refused', code: 'too-late', by: null };
  const decision = new Decision(input.conversation, facts, input.now, input.ids);
  decision.release(it.id);
  if (decision.may(it.id, 'undone')) decision.happen(it, 'undone', { kind: 'worker', id: worker.id }, { act: facts.held.act.action });
  return { kind: 'done', effects: decision.finish() };
}

function refusal(it: Case, worker: PersonId, action: CaseAction): ActionResult {
  const others = it.worker !== null && it.worker !== worker;
  if (action.action === 'claim' && others) return { kind: 'refused', code: 'already-claimed', by: it.worker };
  return { kind: 'refused', code: others ? 'not-yours' : 'not-now', by: it.worker };
}

function carryOut(decision: Decision, it: Case, worker: ActionInput['worker'], action: CaseAction): ActionResult | null {
  const { texts } = decision;
  const actor = { kind: 'worker', id: worker.id } as const;
  const name = worker.name.trim().split(/\s+/)[0] ?? worker.name;
  switch (action.action) {
    case 'claim': {
      const claimed = decision.happen(it, 'claimed', actor);
      decision.say({ text: onIt(decision, claimed, name), card: decision.card(claimed, name) }, [it.id]);
      return null;
    }
    case 'release':
      decision.happen(it, 'released', actor, { round: it.round + 1 });
      return null;
    case 'ask': {
      const waiting = decision.happen(it, 'waiting', actor, { for: 'requester' });
      const id = decision.ids.question();
      decision.ask(
        { kind: 'worker-question', id, case: it.id },
        {
          text: `${texts.workerAsks(name, decision.referenceOf(it))}\n\n${action.text}`,
          card: decision.card(waiting, name),
          ask: { kind: 'text', id },
          ...filesOf(action),
        },
        decision.toldOn(it),
        worker.id,
      );
      return null;
    }
    case 'reply':
      decision.say({ text: action.text, ...filesOf(action) }, [it.id], worker.id);
      return null;
    case 'chat': {
      const by = chat(decision, it, { id: worker.id, name }, action);
      return by === null ? null : { kind: 'refused', code: 'taken-over', by };
    }
    case 'hand-back':
      decision.handBack(actor);
      return null;
    case 'wait': {
      const waiting = decision.happen(it, 'waiting', actor, { for: 'other' });
      if (it.part) decision.note(it.id, worker.id, action.reason);
      decision.say({ text: texts.waiting(it.reference, action.reason), card: decision.card(waiting, name) }, [it.id], worker.id);
      return null;
    }
    case 'resume': {
      decision.settleCase(it.id);
      const resumed = decision.happen(it, 'resumed', actor);
      decision.say({ text: onIt(decision, resumed, name), card: decision.card(resumed, name) }, [it.id]);
      return null;
    }
    case 'ready':
      askConfirmReady(decision, it, actor, { text: action.text, ...filesOf(action) }, worker.id);
      return null;
    case 'move':
      return move(decision, it, worker.id, action);
    case 'split':
      return split(decision, it, worker.id, action) ? null : { kind: 'refused', code: 'unknown-product', by: null };
    case 'set-requester':
      if (it.person === action.person) return null;
      decision.happen(it, 'requester-set', actor, {}, { person: action.person });
      // The last that who forwarded it hears of it unasked.
      if (decision.person?.id !== action.person) decision.say({ text: texts.requesterChosen(action.name, it.reference) }, [it.id]);
      return null;
    case 'note':
      decision.note(it.id, worker.id, action.text, action.attachments);
      return null;
    case 'delay': {
      if (action.until <= decision.now) return { kind: 'refused', code: 'too-early', by: null };
      const data = { until: action.until.toISOString() };
      const delayed = decision.happen(it, 'delayed', actor, data, { expectedBy: action.until });
      if (it.part) decision.note(it.id, worker.id, action.reason);
      const text = texts.delayed(it.reference, action.reason, untilText(decision, action.until));
      decision.say({ text, card: decision.card(delayed, it.worker ? name : null) }, [it.id], worker.id);
      const disruption = decision.disruptionOn(it.id);
      if (disruption) {
        decision.disrupt({ ...disruption, expectedBy: action.until }, worker.id);
        decision.timer(it.id, decision.now, 'disruption');
      }
      return null;
    }
    case 'declare':
      return declare(decision, it, worker, action);
    case 'link': {
      const disruption = decision.facts.disruptions.find(({ id }) => id === action.disruption);
      if (!disruption || disruption.case === it.id || it.restricted) return { kind: 'refused', code: 'unknown-disruption', by: null };
      linkCase(decision, it, disruption);
      return null;
    }
    case 'gather':
      return gather(decision, it, worker.id) ? null : { kind: 'refused', code: 'not-now', by: null };
    case 'merge': {
      const into = decision.facts.disruptions.find((known) => known.case === action.into);
      if (!into || !mayMerge(decision, it, into)) return { kind: 'refused', code: 'not-now', by: null };
      linkCase(decision, it, into, actor);
      return null;
    }
    case 'to-handler':
      giveToHandler(decision, it, actor);
      return null;
    case 'by-hand': {
      const taken = decision.happen(decision.happen(it, 'requeued', actor), 'claimed', actor);
      decision.say({ text: onIt(decision, taken, name), card: decision.card(taken, name) }, [it.id]);
      return null;
    }
    case 'reopen-parts':
      return reopenParts(decision, it, actor, action.parts) ? null : { kind: 'refused', code: 'not-now', by: null };
    case 'unlink':
      unlinkCase(decision, it, actor);
      return null;
    case 'prioritise': {
      if (action.priority === it.priority) return null;
      const changed = decision.happen(it, 'prioritised', actor, { priority: action.priority }, { priority: action.priority });
      const due = changed.state === 'queued' ? changed.respondBy : changed.completeBy;
      const before = it.state === 'queued' ? it.respondBy : it.completeBy;
      if (due && due.getTime() !== before?.getTime() && changed.state !== 'waiting')
        decision.say({ text: texts.otherMoment(it.reference, momentText(decision, changed) ?? ''), card: decision.card(changed) }, [it.id]);
      return null;
    }
    default:
      action satisfies never;
      return null;
  }
}

/** Who is on it, and when it will be ready: the requester's next moment. */
function onIt(decision: Decision, it: Case, worker: string): string {
  return [decision.texts.claimed(worker, decision.teamName(it.team), it.reference), momentText(decision, it)].filter(Boolean).join(' ');
}

function filesOf({ attachments = [] }: WithFiles): Pick<Reply, 'attachments'> {
  return attachments.length > 0 ? { attachments } : {};
}

/** From now on later reporters of the same are told at once, and linked to this case. */
function declare(
  decision: Decision,
  it: Case,
  worker: ActionInput['worker'],
  { title, place, until }: Extract<CaseAction, { action: 'declare' }>,
): ActionResult | null {
  const gathered = decision.disruptionOn(it.id);
  if (it.product === null || it.restricted || gathered?.announced) return { kind: 'refused', code: 'not-now', by: null };
  if (until && until <= decision.now) return { kind: 'refused', code: 'too-early', by: null };
  const patch = until ? { expectedBy: until } : {};
  const declared = decision.happen(it, 'declared', { kind: 'worker', id: worker.id }, {}, patch);
  const { id, reference, team, product } = { ...declared, product: it.product };
  const disruption = {
    ...{ id: gathered?.id ?? decision.ids.disruption(), announced: true },
    ...{ case: id, reference, team, product, place, title, expectedBy: until },
  };
  decision.disrupt(disruption, worker.id);
  const text = decision.texts.declared(reference, title, until && untilText(decision, until));
  decision.say({ text, card: decision.card(declared) }, [id]);
  return null;
}

/** Corrected in one step: another product, team or kind, or several. A kind alone leaves it where it is. Form answers stay where the new form has a field of that name. */
function move(decision: Decision, it: Case, worker: PersonId, to: Extract<CaseAction, { action: 'move' }>): ActionResult | null {
  if (to.product === undefined && to.team === undefined && to.kind !== undefined) {
    decision.happen(it, 'corrected', { kind: 'worker', id: worker }, { kind: to.kind }, { kind: to.kind });
    return null;
  }
  const product = to.product === undefined ? null : decision.productNamed(to.product);
  if (to.product !== undefined && !product) return { kind: 'refused', code: 'unknown-product', by: null };
  const team = to.team ?? product?.team;
  if (team === undefined || !decision.catalogue.organisation.teams.some((known) => known.id === team))
    return { kind: 'refused', code: 'unknown-team', by: null };
  decision.settleCase(it.id);
  const patch = {
    team,
    ...(to.kind === undefined ? {} : { kind: to.kind }),
    ...(product ? { product: product.id, restricted: product.restricted, why: { ...it.why, rule: 'moved' } as const } : {}),
  };
  const moved = decision.queue(it, 'moved', { kind: 'worker', id: worker }, patch);
  // A product that has a handler goes to it; a team that was named does it itself, and what was agreed to was another product.
  const goes = to.team === undefined && !needsApproval(decision, moved);
  const now = (goes ? startWork(decision, moved, { kind: 'worker', id: worker }) : null) ?? moved;
  const text = [decision.texts.moved(it.reference, decision.teamName(team)), ...nextMoments(decision, now)].join(' ');
  decision.say({ text, card: decision.card(now, null) }, [it.id]);
  return null;
}

/** Something that was said about the case did not reach the requester. Nothing is said of it: it would not arrive either. */
export function decideUndelivered(input: Omit<ActionInput, 'action' | 'worker'> & { readonly message: MessageId }): readonly Effect[] {
  const { case: it } = input;
  const decision = new Decision(input.conversation, input.facts, input.now, input.ids);
  if (!decision.may(it.id, 'undelivered')) return [];
  decision.happen(it, 'undelivered', { kind: 'desk' }, { message: input.message });
  return decision.finish();
}

/** The requester was called back with the news, or did not answer. */
export function decideCalled(
  input: Omit<ActionInput, 'action' | 'worker'> & { readonly worker: Pick<Person, 'id'>; readonly reached: boolean },
): readonly Effect[] {
  const decision = new Decision(input.conversation, input.facts, input.now, input.ids);
  if (!decision.may(input.case.id, 'called')) return [];
  decision.happen(input.case, 'called', { kind: 'worker', id: input.worker.id }, { reached: input.reached ? 1 : 0 });
  return decision.finish();
}
