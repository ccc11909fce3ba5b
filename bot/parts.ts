import type { PartTemplate } from '../catalogue/index.ts';
import { type Actor, allPartsDone, type Case, type CaseId, isPartDone, mayHappen, partsToQueue, waitsFor } from '../domain/index.ts';
import type { CaseAction } from './case-action.ts';
import type { Decision } from './decision.ts';
import { giveToHandler } from './give-to-handler.ts';
import { askConfirmReady } from './ready.ts';

/**
 * Cases of several parts. Each part is a case of its own team and says nothing to the requester by itself; what becomes of the parts is taken to the
 * whole, and what becomes of the whole to its parts, in the same decision. It all follows from the states, so that deciding again finds the same.
 */
const DESK: Actor = { kind: 'desk' };

/** A queued case is done in parts, or by its product's handler. @returns null when it stays with its team */
export function startWork(decision: Decision, it: Case, actor: Actor): Case | null {
  return divide(decision, it) ?? giveToHandler(decision, it, actor);
}

function divide(decision: Decision, it: Case): Case | null {
  const templates = templatesFor(decision, it);
  if (templates.length === 0) return null;
  const whole = decision.happen(it, 'divided', DESK, { parts: templates.length }, { divided: true });
  for (const template of templates) {
    const product = template.product === undefined ? null : decision.productNamed(template.product);
    const part = { id: template.id, after: template.after };
    const title = `${template.title[it.language]}: ${it.title}`;
    decision.openPart(whole, part, { product, team: template.team ?? product?.team ?? it.team, title });
  }
  return whole;
}

/** The parts that a case's product has for what was asked; none when it is done as one. Only a request is: a fault or complaint about it is not. */
function templatesFor(decision: Decision, it: Case): readonly PartTemplate[] {
  if (it.kind !== 'request' || it.part || it.divided || it.restricted || it.urgent || it.product === null) return [];
  const parts = decision.productNamed(it.product)?.parts ?? [];
  return parts.filter(({ when }) => !when || when.is.includes(it.values[when.field] ?? ''));
}

/** What a part is called in the language that is spoken now. */
export function partTitle(decision: Decision, it: Case): string {
  const whole = it.part && decision.case(it.part.of);
  const templates = (whole?.product && decision.productNamed(whole.product)?.parts) || [];
  return templates.find(({ id }) => id === it.part?.id)?.title[decision.language] ?? it.title;
}

/** What a divided case consists of, as its requester is told; null when it is not divided. */
export function partsText(decision: Decision, it: Case): string | null {
  return it.divided ? decision.texts.parts.made(decision.partsOf(it.id).map((part) => partTitle(decision, part))) : null;
}

/** How it stands with each part, a line each. */
export function partLines(decision: Decision, whole: Case): string[] {
  const parts = decision.partsOf(whole.id);
  return parts.map((part) => {
    const after = waitsFor(part, parts).map((other) => partTitle(decision, other));
    return decision.texts.parts.line(partTitle(decision, part), part.handler ? 'claimed' : part.state, decision.teamName(part.team), after);
  });
}

/** Whether nobody has begun with any part of a divided case. */
export function isUntouched(decision: Decision, whole: Case): boolean {
  return decision.partsOf(whole.id).every(({ state }) => state === 'open' || state === 'queued');
}

/** Takes what this decision did to wholes and parts to each other; the last thing that a decision does. */
export function followParts(decision: Decision): void {
  const language = decision.language;
  for (const id of decision.changedWholes()) {
    const whole = decision.case(id);
    if (!whole?.divided) continue;
    decision.speak(whole.language);
    if (ENDED.has(whole.state)) endParts(decision, whole);
    else if (whole.state !== 'ready') followWhole(decision, whole);
  }
  decision.speak(language);
}

const ENDED: ReadonlySet<Case['state']> = new Set(['closed', 'withdrawn', 'merged']);

/** What is not done any more is withdrawn; what was ready is closed with the whole. */
function endParts(decision: Decision, whole: Case): void {
  for (const part of decision.partsOf(whole.id)) {
    decision.settleCase(part.id);
    if (part.state === 'ready') decision.happen(part, 'closed', DESK);
    else if (mayHappen('withdrawn', part)) decision.happen(part, 'withdrawn', DESK, { of: whole.reference });
  }
}

function followWhole(decision: Decision, whole: Case): void {
  let now = whole;
  for (const part of decision.partsOf(whole.id)) {
    if (part.person !== whole.person && whole.person && mayHappen('requester-set', part))
      decision.happen(part, 'requester-set', DESK, {}, { person: whole.person });
    const was = decision.stateBefore(part.id);
    if (part.state === 'ready' && was !== 'ready' && mayHappen('part-ready', now))
      now = decision.happen(now, 'part-ready', DESK, { part: part.reference });
  }
  for (const part of partsToQueue(decision.partsOf(whole.id))) giveToHandler(decision, decision.queue(part, 'queued', DESK), DESK);
  const parts = decision.partsOf(whole.id);
  if (now.state !== 'waiting' || !allPartsDone(parts)) return;
  const text = decision.texts.parts.ready(parts.map((part) => partTitle(decision, part)));
  askConfirmReady(decision, now, DESK, { text }, null);
}

/** A worker chooses which parts are done again; nothing else of the whole is touched. @returns whether any was */
export function reopenParts(decision: Decision, whole: Case, actor: Actor, chosen: readonly CaseId[]): boolean {
  const again = decision.partsOf(whole.id).filter((part) => chosen.includes(part.id) && mayHappen('reopened', part));
  if (again.length === 0 || again.length < chosen.length) return false;
  let now = whole;
  for (const part of again) {
    now = decision.happen(now, 'part-reopened', actor, { part: part.reference });
    decision.queue(part, 'reopened', actor);
  }
  if (now.state !== 'waiting') now = decision.happen(now, 'divided', actor, { parts: again.length });
  const titles = again.map((part) => partTitle(decision, part));
  decision.say({ text: decision.texts.parts.again(whole.reference, titles), card: decision.card(now, null) }, [whole.id]);
  return true;
}

/** What a worker can do with a part: all that says nothing to its requester, and a question. */
const WITH_A_PART: ReadonlySet<CaseAction['action']> = new Set([
  'claim',
  'release',
  'ask',
  'wait',
  'resume',
  'ready',
  'move',
  'delay',
  'prioritise',
  'to-handler',
  'by-hand',
  'note',
]);

/** What is done in parts is no other product's, and no report of something known. */
const NOT_WITH_A_WHOLE: ReadonlySet<CaseAction['action']> = new Set(['move', 'split', 'declare', 'link', 'merge', 'gather', 'to-handler']);

/** The actions that are left for a part or a whole of those that any case in its state would have. @param worker who looks at it */
export function actionsInParts(it: Case, actions: readonly CaseAction['action'][], worker: Case['worker']): CaseAction['action'][] {
  if (it.part) return it.state === 'open' || isPartDone(it) ? ['note'] : actions.filter((action) => WITH_A_PART.has(action));
  if (!it.divided) return [...actions];
  const left = actions.filter((action) => !NOT_WITH_A_WHOLE.has(action));
  switch (it.state) {
    case 'waiting':
      return ['reopen-parts', 'reply', 'delay', 'set-requester', 'note', ...left.filter((action) => TALKS.has(action))];
    case 'queued':
      return [...left, 'reopen-parts'];
    case 'claimed':
      return it.worker === worker ? [...left, 'reopen-parts'] : left;
    default:
      return left;
  }
}

const TALKS: ReadonlySet<CaseAction['action']> = new Set(['chat', 'hand-back']);
