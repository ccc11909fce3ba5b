import type { Field } from '../catalogue/index.ts';
import type { Actor, AnswerGiven, Case, CaseId, Draft, OpenQuestion } from '../domain/index.ts';
import { doesNotKnow } from '../intents/index.ts';
import { approverAnswers, needsApproval, refusalReason } from './approval-turn.ts';
import { filesAdded } from './case-files.ts';
import { whereItIs } from './danger-where.ts';
import type { Decision } from './decision.ts';
import { linkReport } from './disruptions.ts';
import { withProduct } from './draft.ts';
import { hasNoFile } from './field-files.ts';
import { findInText, type ReadContext, type Reading, readAnswer } from './fields.ts';
import { askForm, choicesAmong } from './form.ts';
import { readSaid } from './form-said.ts';
import { takeForm, takeSaid } from './form-take.ts';
import { momentText, nextMoments } from './moments.ts';
import { isUntouched } from './parts.ts';
import { answerFromProduct, offerPerson } from './questions.ts';
import { askDetail, type Detail, detailField, isGuess, proceed } from './register-case.ts';

/** Carries on where the desk had asked something. */
export function answerQuestion(decision: Decision, question: OpenQuestion, given: AnswerGiven): void {
  switch (question.kind) {
    case 'form':
      if (given.kind === 'pressed') return takeForm(decision, question, typeof given.value === 'string' ? {} : given.value);
      return takeSaid(decision, question, wordsOf(decision, given));
    case 'confirm':
      return confirmed(decision, question, chosenValue(given));
    case 'choose':
      return chosen(decision, question, chosenValue(given));
    case 'offer-person':
      decision.settle(question.id);
      if (chosenValue(given) === 'yes') return toPerson(decision, question.draft);
      return decision.say({ text: decision.texts.declined });
    case 'helped':
      return helped(decision, question, chosenValue(given));
    case 'detail':
      return detail(decision, question, given);
    case 'worker-question':
      return toWorker(decision, question, given);
    case 'confirm-ready':
      return confirmedReady(decision, question, chosenValue(given));
    case 'reopen-reason':
      return reopenReason(decision, question);
    case 'where':
      return whereItIs(decision, question, given.kind === 'pressed' ? chosenValue(given) : wordsOf(decision, given));
    case 'undo':
      return undo(decision, question.case, question.id);
    case 'withdraw':
      return withdrawn(decision, question, chosenValue(given));
    case 'known-disruption':
      return aboutDisruption(decision, question, chosenValue(given));
    case 'approval':
      return given.kind === 'said'
        ? approverAnswers(decision, question, 'no', given.text)
        : approverAnswers(decision, question, chosenValue(given), null);
    case 'refusal-reason':
      return refusalReason(decision, question, given.kind === 'pressed' ? chosenValue(given) : wordsOf(decision, given));
    case 'which':
      return which(decision, question, chosenValue(given));
    default:
      question satisfies never;
  }
}

/** A person takes it over; a form that was open for the same question is not needed any more. */
function toPerson(decision: Decision, draft: Draft): void {
  for (const it of decision.open) if (it.kind === 'form' && it.draft.text === draft.text && !it.contact) decision.settle(it.id);
  proceed(decision, [{ ...draft, why: { ...draft.why, rule: 'person' } }]);
}

function chosenValue(given: AnswerGiven): string {
  if (given.kind === 'pressed') return typeof given.value === 'string' ? given.value : '';
  return given.kind === 'said' ? given.text : given.kind;
}

function wordsOf(decision: Decision, given: AnswerGiven): string {
  if (given.kind === 'said') return given.text;
  return given.kind === 'no' ? decision.texts.no : decision.texts.yes;
}

function confirmed(decision: Decision, question: Extract<OpenQuestion, { kind: 'confirm' }>, value: string): void {
  decision.settle(question.id);
  const { draft, rest } = question;
  // A guess that was agreed to is a guess no longer, whatever is still asked after it.
  const why = isGuess(draft) ? ({ ...draft.why, rule: 'chosen' } as const) : draft.why;
  if (value === 'yes') return proceed(decision, [{ ...draft, why, confirmed: true }, ...rest]);
  if (value === 'adjust') return askForm(decision, { draft, rest, contact: false, adjust: true, errors: {} });
  if (isGuess(draft)) offerPerson(decision, draft);
  else decision.say({ text: decision.texts.dropped });
  proceed(decision, rest);
}

function chosen(decision: Decision, question: Extract<OpenQuestion, { kind: 'choose' }>, value: string): void {
  decision.settle(question.id);
  const id = question.products.includes(value) ? value : productMeant(decision, question.products, value);
  const product = id === null ? null : decision.productNamed(id);
  if (!product) return offerPerson(decision, question.draft);
  const draft = withProduct(question.draft, product, 'chosen', decision.readContext);
  if (!answerFromProduct(decision, draft, product)) proceed(decision, [draft]);
}

/** Which of the products offered somebody means who types instead of pressing: its name, or its number. */
export function productMeant(decision: Decision, products: readonly string[], text: string): string | null {
  const said = text.toLowerCase().trim();
  const byNumber = /^(?:de |het |the |nr\.? |number )?(\d|eerste|tweede|derde|first|second|third)(?: one)?[.!]?$/.exec(said)?.[1];
  if (byNumber) {
    const index = ORDINALS[byNumber] ?? Number(byNumber);
    return products[index - 1] ?? null;
  }
  return (
    products.find((id) => {
      const name = decision.productNamed(id)?.name;
      return (
        name && [name.nl, name.en].some((it) => said.includes(it.toLowerCase()) || (said.length > 3 && it.toLowerCase().includes(said)))
      );
    }) ?? null
  );
}

const ORDINALS: Readonly<Record<string, number>> = { eerste: 1, first: 1, tweede: 2, second: 2, derde: 3, third: 3 };

function helped(decision: Decision, question: Extract<OpenQuestion, { kind: 'helped' }>, value: string): void {
  decision.settle(question.id);
  const it = decision.case(question.case);
  if (!it || !decision.may(it.id, 'closed')) return decision.say({ text: decision.texts.alreadyAnswered });
  decision.timerDone(it.id);
  if (value === 'yes') {
    decision.happen(it, 'closed', { kind: 'requester' });
    return decision.say({ text: decision.texts.answerClosed }, [it.id]);
  }
  // The answer did not help: people look at it. An anonymous asker says who he is first, so that they can come back to him.
  const draft = {
    text: it.text,
    product: it.product,
    kind: it.kind,
    values: it.values,
    why: { ...it.why, rule: 'person' },
    confirmed: true,
    message: null,
  } as const;
  // So does what has to be approved first.
  if (decision.person === null || needsApproval(decision, it)) {
    decision.happen(it, 'closed', { kind: 'desk' }, { helped: 0 });
    return proceed(decision, [draft]);
  }
  const queued = decision.queue(it, 'queued', { kind: 'requester' }, { person: decision.person.id });
  decision.say({ text: decision.texts.answerQueued(decision.teamName(queued.team), queued.reference), card: decision.card(queued) }, [
    queued.id,
  ]);
}

function detail(decision: Decision, question: Extract<OpenQuestion, { kind: 'detail' }>, given: AnswerGiven): void {
  decision.settle(question.id);
  const { texts } = decision;
  const it = decision.case(question.case);
  const field = detailField(decision, question);
  if (!it || !field || !decision.may(it.id, 'added')) return decision.say({ text: texts.alreadyAnswered });
  const text = given.kind === 'pressed' ? chosenValue(given) : wordsOf(decision, given);
  if (given.kind === 'pressed' && text === 'unknown') return unknown(decision, question);
  if (given.kind === 'said' && (doesNotKnow(text) || (field.type === 'attachment' && hasNoFile(text)))) return unknown(decision, question);
  if (given.kind === 'said' && decision.pace === 'slow')
    return detailsSaid(decision, [{ case: it.id, field: field.id }, ...question.more], text);
  const reading = detailIn(field, text, decision.readContext);
  if (reading.kind !== 'taken') {
    const problem = reading.kind === 'refused' ? texts.problem(reading.reason, text.trim()) : texts.dontUnderstandAnswer;
    decision.say({ text: problem }, [it.id]);
    const among = reading.kind === 'refused' ? choicesAmong(decision, field, reading, text.trim()) : [];
    return askDetail(decision, [{ case: it.id, field: field.id }, ...question.more], among);
  }
  const after = decision.happen(
    it,
    'added',
    { kind: 'requester' },
    { field: field.id },
    { values: { ...it.values, [field.id]: reading.value } },
  );
  decision.say({ text: texts.detailAdded, card: decision.card(after) }, [it.id]);
  askDetail(decision, question.more);
}

/** Everything that was asked in one go, answered in one go. What cannot be read in it stands there for the colleague all the same. */
function detailsSaid(decision: Decision, details: readonly Detail[], text: string): void {
  const ids = [...new Set(details.map((it) => it.case))].filter((id) => decision.may(id, 'added'));
  for (const id of ids) {
    const it = decision.case(id);
    if (!it) continue;
    const fields = details.flatMap((detail) => (detail.case === id ? (detailField(decision, detail) ?? []) : []));
    const [only, ...more] = fields;
    const whole = only && more.length === 0 ? detailIn(only, text, decision.readContext) : null;
    const read = only && whole?.kind === 'taken' ? { [only.id]: whole.value } : readSaid(fields, [], text, decision.readContext).values;
    const [field] = Object.keys(read);
    decision.happen(it, 'added', { kind: 'requester' }, field ? { field } : { by: 'said' }, { values: { ...it.values, ...read } });
  }
  decision.say({ text: decision.texts.detailAdded }, ids);
}

/** A place is taken with all that is said of it; of other values the rest of the message is left out. */
function detailIn(field: Field, text: string, context: ReadContext): Reading {
  const whole = readAnswer(field, text, context);
  if (field.type === 'place' && whole.kind === 'taken') return whole;
  const found = findInText(field, text, context);
  return found.kind === 'taken' ? found : whole;
}

/** Nobody has to know everything: the next detail is asked. */
function unknown(decision: Decision, question: Extract<OpenQuestion, { kind: 'detail' }>): void {
  const isFile = detailField(decision, question)?.type === 'attachment';
  decision.say({ text: isFile ? decision.texts.noFile : decision.texts.detailUnknown }, [question.case]);
  askDetail(decision, question.more);
}

/** Whether it is the known disruption. What is over meanwhile is a report like any other. */
function aboutDisruption(decision: Decision, question: Extract<OpenQuestion, { kind: 'known-disruption' }>, value: string): void {
  decision.settle(question.id);
  const { draft } = question;
  const disruption = decision.facts.disruptions.find(({ id }) => id === question.disruption);
  if (value === 'yes' && disruption) linkReport(decision, draft, disruption);
  else proceed(decision, [{ ...draft, apart: true }]);
}

/** What a worker had asked is answered: the case goes on with the same worker. */
function toWorker(decision: Decision, question: Extract<OpenQuestion, { kind: 'worker-question' }>, given: AnswerGiven): void {
  decision.settle(question.id);
  const it = decision.case(question.case);
  if (!it) return decision.say({ text: decision.texts.alreadyAnswered });
  decision.link(it.id);
  const after = answerArrived(decision, it, given.kind === 'pressed' ? 'pressed' : 'said');
  // While it waited the clock stood still: when it is ready may be another moment.
  const moved = after.completeBy?.getTime() !== it.completeBy?.getTime();
  const moment = moved ? momentText(decision, after) : null;
  decision.say({ text: [decision.texts.answerPassed(decision.workerName(it.id)), moment].filter(Boolean).join(' ') }, [it.id]);
}

/** The requester wrote on a case: what waited for that goes on. */
export function answerArrived(decision: Decision, it: Case, by: string, actor: Actor = { kind: 'requester' }): Case {
  if (it.state === 'waiting' && it.disruption === null && it.approval !== 'asked' && it.handler === null && !it.divided)
    return decision.happen(it, it.worker ? 'resumed' : 'requeued', actor, { by }, filesAdded(decision, it));
  return decision.may(it.id, 'added') ? decision.happen(it, 'added', actor, { by }, filesAdded(decision, it)) : it;
}

function confirmedReady(decision: Decision, question: Extract<OpenQuestion, { kind: 'confirm-ready' }>, value: string): void {
  decision.settle(question.id);
  const it = decision.case(question.case);
  if (it?.state !== 'ready') return decision.say({ text: decision.texts.alreadyAnswered });
  if (value === 'yes') return confirmReady(decision, it);
  decision.timerDone(it.id);
  reopen(decision, it, value !== 'no');
}

/** What was reported ready is: its requester says so. */
export function confirmReady(decision: Decision, it: Case): void {
  decision.timerDone(it.id);
  decision.settleCase(it.id);
  const closed = decision.happen(it, 'closed', { kind: 'requester' });
  decision.say({ text: decision.texts.closed(closed.reference), card: decision.card(closed, null) }, [closed.id]);
}

/**
 * It is not right after all: back in the queue, and what is wrong is asked once.
 * @param told what is wrong was said already
 */
export function reopen(decision: Decision, it: Case, told: boolean): void {
  const reopened = decision.queue(it, 'reopened', { kind: 'requester' }, { disruption: null });
  decision.settleCase(it.id);
  const { texts } = decision;
  const text = [texts.reopened(reopened.reference, decision.teamName(reopened.team)), ...nextMoments(decision, reopened)].join(' ');
  const card = decision.card(reopened, null);
  if (told) return decision.say({ text: `${text} ${texts.reasonAdded}`, card }, [it.id]);
  const id = decision.ids.question();
  decision.ask(
    { kind: 'reopen-reason', id, case: it.id },
    {
      text: `${text} ${texts.reopenReason}`,
      card,
      ask: { kind: 'text', id },
    },
    [it.id],
  );
}

function reopenReason(decision: Decision, question: Extract<OpenQuestion, { kind: 'reopen-reason' }>): void {
  decision.settle(question.id);
  const it = decision.case(question.case);
  if (it) answerArrived(decision, it, 'said');
  decision.say({ text: decision.texts.answerPassed(null) }, it ? [it.id] : []);
}

function undo(decision: Decision, id: CaseId, question: OpenQuestion['id']): void {
  decision.settle(question);
  const it = decision.case(id);
  const notGone =
    it?.state === 'waiting' &&
    (it.approval === 'asked' || (it.handler !== null && !decision.hasFarSide(it)) || (it.divided && isUntouched(decision, it)));
  if (it?.state !== 'queued' && !notGone)
    return decision.say({ text: it ? decision.texts.tooLateToUndo(it.reference) : decision.texts.alreadyAnswered });
  const after = decision.happen(it, 'withdrawn', { kind: 'requester' });
  decision.settleCase(id);
  decision.say({ text: decision.texts.undone(after.reference), card: decision.card(after) }, [id]);
}

function withdrawn(decision: Decision, question: Extract<OpenQuestion, { kind: 'withdraw' }>, value: string): void {
  decision.settle(question.id);
  const [only] = question.cases;
  const id =
    value === 'yes' && question.cases.length === 1
      ? only
      : question.cases.find((it) => it === value || decision.case(it)?.reference === value);
  const it = id ? decision.case(id) : null;
  if (!it) return decision.say({ text: decision.texts.kept });
  if (!decision.may(it.id, 'withdrawn')) return decision.say({ text: decision.texts.alreadyAnswered });
  const after = decision.happen(it, 'withdrawn', { kind: 'requester' });
  decision.settleCase(it.id);
  decision.say({ text: decision.texts.withdrawn(after.reference), card: decision.card(after, null) }, [it.id]);
}

/** It was said which question an earlier message answers. */
function which(decision: Decision, question: Extract<OpenQuestion, { kind: 'which' }>, value: string): void {
  decision.settle(question.id);
  const id = question.questions.find((it) => it === value);
  const meant = id ? decision.question(id) : null;
  if (!meant) return decision.say({ text: decision.texts.dontUnderstandAnswer });
  answerQuestion(decision, meant, question.given);
}
