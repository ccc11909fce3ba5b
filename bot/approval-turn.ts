import type { Approval, ApprovalDecision, Approver, Case, Effect, OpenQuestion, Reply } from '../domain/index.ts';
import {
  amountText,
  approvalNeeded,
  approvalSummary,
  approverIn,
  approversOf,
  decided,
  nextStep,
  type Spending,
  UNDO_MS,
} from './approval.ts';
import type { ActionInput } from './case-action.ts';
import { Decision } from './decision.ts';
import { DESK_TEAM } from './desk-team.ts';
import { nextMoments } from './moments.ts';
import { partsText, startWork } from './parts.ts';

/** What approval does in a conversation: in the requester's, where its case is, and in that of who is asked. */

/** A case that was opened waits for approval instead of being queued. Who may give it hears of it once it can no longer be undone. */
export function submit(decision: Decision, opened: Case, { amount, budget }: Spending): Case {
  const submitted = decision.happen(opened, 'submitted', { kind: 'desk' }, { amount, budget });
  decision.askApproval(submitted.id, budget, amount);
  decision.timer(submitted.id, new Date(decision.now.getTime() + UNDO_MS), 'approval');
  return submitted;
}

/** Whether a case as it stands would have to be approved before it is queued. */
export function needsApproval(decision: Decision, it: Case): boolean {
  return approvalNeeded(it.product === null ? null : decision.productNamed(it.product), it) !== null;
}

// --- where the case is

/** What a decision about an approval is made of, besides what every one is. */
export interface ApprovalInput extends Omit<ActionInput, 'action' | 'worker'> {
  readonly approval: Approval;
}

/**
 * The approval's timer fired: whoever was to be asked by now has been. Writes that down and sets the timer for what comes next; what nobody decides
 * in time lapses. Early, late or twice: what is not due is not done.
 */
export function decideApprovalStep(input: ApprovalInput): readonly Effect[] {
  const { case: it, approval } = input;
  const decision = begin(input);
  const next = it.approval === 'asked' && approval.live ? nextStep(it, decision.history(it.id), decision.catalogue) : null;
  if (!next) decision.timerDone(it.id, 'approval');
  else if (next.at > decision.now) decision.timer(it.id, next.at, 'approval');
  else takeStep(decision, it, approval, next.step);
  return end(decision, input);
}

function takeStep(decision: Decision, it: Case, approval: Approval, step: NonNullable<ReturnType<typeof nextStep>>['step']): void {
  const { own, first, second } = approversOf(approval);
  if (own) return settle(decision, it, { verdict: 'approved', by: own, way: 'own', reason: null }, true);
  if (step === 'expire') return settle(decision, it, { verdict: 'expired', by: null, way: null, reason: null }, true);
  const to = step === 'deputy' ? second : first;
  decision.happen(it, 'approval-asked', { kind: 'desk' }, { step, of: to?.id ?? null });
  if (!first && step === 'ask') decision.notify({ ...it, team: DESK_TEAM }, 'approval-nobody', { role: 'team' });
  const next = nextStep(it, decision.history(it.id), decision.catalogue);
  if (next) decision.timer(it.id, next.at, 'approval');
}

/** What was decided elsewhere reaches the case; once, however often it comes. */
export function decideVerdict(input: ApprovalInput): readonly Effect[] {
  const { case: it, approval } = input;
  const decision = begin(input);
  decision.timerDone(it.id, 'verdict');
  if (it.approval === 'asked' && approval.decision) settle(decision, it, approval.decision, false);
  return end(decision, input);
}

/** Why a colleague's decision in the workbench was not taken. */
export type ApprovalResult =
  | { readonly kind: 'done'; readonly effects: readonly Effect[] }
  | { readonly kind: 'refused'; readonly code: 'not-yours' | 'already-decided' };

/** Somebody who is signed in decides. */
export function decideSignedIn(
  input: ApprovalInput & { readonly by: Approver['id']; readonly verdict: 'approved' | 'refused'; readonly reason: string | null },
): ApprovalResult {
  const { case: it, approval } = input;
  const by = approverIn(approval, input.by);
  if (!by) return { kind: 'refused', code: 'not-yours' };
  if (it.approval !== 'asked' || !approval.live) return { kind: 'refused', code: 'already-decided' };
  const decision = begin(input);
  settle(decision, it, decided(by, input.verdict, 'signed-in', input.reason), true);
  return { kind: 'done', effects: end(decision, input) };
}

/** @param anew it was not written down yet */
function settle(decision: Decision, it: Case, made: ApprovalDecision, anew: boolean): void {
  const { approval: texts } = decision.texts;
  if (anew) decision.decideApproval(it.id, made);
  decision.timerDone(it.id, 'approval');
  const actor = made.by ? ({ kind: 'approver', id: made.by.id } as const) : ({ kind: 'desk' } as const);
  const name = made.by?.name ?? '';
  decision.settleCase(it.id);
  switch (made.verdict) {
    case 'approved': {
      const queued = decision.queue(it, 'approved', actor, {}, { way: made.way });
      const given = startWork(decision, queued, { kind: 'desk' }) ?? queued;
      const said = made.way === 'own' ? texts.ownApproved : texts.approved;
      const parts = partsText(decision, given);
      const text = [said(name, it.reference, decision.teamName(it.team)), ...nextMoments(decision, given), ...(parts ? [parts] : [])].join(
        ' ',
      );
      return decision.say({ text, card: decision.card(given) }, [it.id]);
    }
    case 'refused': {
      const refused = decision.happen(it, 'refused', actor, { way: made.way });
      return decision.say({ text: texts.refused(name, it.reference, made.reason), card: decision.card(refused) }, [it.id]);
    }
    case 'expired': {
      const lapsed = decision.happen(it, 'lapsed', actor);
      decision.notify({ ...it, team: DESK_TEAM }, 'approval-lapsed', { role: 'team' });
      return decision.say({ text: texts.lapsed(it.reference), card: decision.card(lapsed) }, [it.id]);
    }
    default:
      made.verdict satisfies never;
  }
}

function begin({ conversation, facts, now, ids, case: it }: ApprovalInput): Decision {
  const decision = new Decision(conversation, facts, now, ids);
  decision.speak(it.language);
  return decision;
}

function end(decision: Decision, { conversation }: ApprovalInput): readonly Effect[] {
  // What the asker speaks now is for him to say.
  decision.speak(conversation.state.language);
  return decision.finish();
}

// --- where somebody is asked

/** Puts it to an approver in his own conversation, in the language in which he speaks there. A reminder is the same question once more. */
export function putToApprover(decision: Decision, approval: Approval, id: OpenQuestion['id'], step: 'ask' | 'remind' | 'deputy'): void {
  const { approval: texts } = decision.texts;
  const product = approval.product === null ? null : decision.productNamed(approval.product);
  const name = product?.name[decision.language] ?? approval.title;
  const amount = amountText(approval.amount, decision.language);
  const opening = step === 'remind' ? texts.reminder : texts.request;
  decision.settle(id);
  decision.ask(
    { kind: 'approval', id, of: approval.case },
    {
      text: [
        opening(name, amount, approval.reference),
        texts.why(approval.requester?.name ?? texts.somebody, step === 'deputy' ? (approversOf(approval).first?.name ?? null) : null),
        texts.ask(amount, name),
      ].join('\n\n'),
      summary: approvalSummary(approval, product, decision.language, decision.now, decision.catalogue.organisation.timeZone),
      ask: {
        kind: 'choices',
        id,
        choices: [
          { value: 'yes', label: texts.approve, primary: true },
          { value: 'no', label: texts.refuse },
        ],
      },
    },
  );
}

/** An approver answers. @param words why he refuses, when he said so at once */
export function approverAnswers(
  decision: Decision,
  question: Extract<OpenQuestion, { kind: 'approval' }>,
  value: string,
  words: string | null,
): void {
  const open = openFor(decision, question);
  if (!open) return;
  const { approval, by } = open;
  const { texts } = decision;
  // A mail, and the link in it, may be in other hands than his.
  const byMail = decision.way === 'link' || decision.pace === 'slow';
  if (value === 'yes' && byMail && decision.facts.approvingSignsIn) return decision.say({ text: texts.approval.signInFirst });
  if (value === 'yes') return passOn(decision, question, approval, decided(by, 'approved', decision.way, null));
  if (value !== 'no') return decision.say({ text: texts.dontUnderstandAnswer });
  if (words) return passOn(decision, question, approval, decided(by, 'refused', decision.way, words));
  decision.settle(question.id);
  const id = decision.ids.question();
  const reply: Reply & { readonly ask: NonNullable<Reply['ask']> } = {
    text: texts.approval.whyRefused(approval.reference),
    ask: { kind: 'text', id },
  };
  decision.ask({ kind: 'refusal-reason', id, of: approval.case }, reply);
}

/** Why he refuses: that is what the requester is told. */
export function refusalReason(decision: Decision, question: Extract<OpenQuestion, { kind: 'refusal-reason' }>, words: string): void {
  const open = openFor(decision, question);
  if (!open) return;
  if (words.trim() === '') return decision.say({ text: decision.texts.approval.whyRefused(open.approval.reference) });
  passOn(decision, question, open.approval, decided(open.by, 'refused', decision.way, words.trim()));
}

type Asked = Extract<OpenQuestion, { kind: 'approval' | 'refusal-reason' }>;

/** Whether it is still to be decided, and by whoever answers; otherwise he is told, and the question is gone. */
function openFor(decision: Decision, question: Asked): { readonly approval: Approval; readonly by: Approver } | null {
  const { approval: texts } = decision.texts;
  const approval = decision.facts.approvals.get(question.of);
  const by = approval && decision.person ? approverIn(approval, decision.person.id) : null;
  if (approval?.live && by) return { approval, by };
  decision.settle(question.id);
  if (!approval || !by) decision.say({ text: texts.notYours });
  else if (approval.decision?.by) decision.say({ text: texts.alreadyDecided(approval.decision.by.name, approval.reference) });
  else decision.say({ text: texts.notNeeded(approval.reference) });
  return null;
}

function passOn(decision: Decision, question: Asked, { case: of, reference }: Approval, made: ApprovalDecision): void {
  const { approval: texts } = decision.texts;
  decision.settle(question.id);
  for (const other of decision.open) if ('of' in other && other.of === of) decision.settle(other.id);
  decision.decideApproval(of, made);
  decision.timer(of, decision.now, 'verdict');
  decision.say({ text: made.verdict === 'approved' ? texts.passedOn(reference) : texts.refusalPassedOn(reference) });
}
