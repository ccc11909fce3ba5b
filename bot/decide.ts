import {
  type AnswerGiven,
  type Conversation,
  type Effect,
  findReferences,
  type Incoming,
  type Move,
  type OpenQuestion,
  type Question,
  type Understanding,
} from '../domain/index.ts';
import { answerArrived, answerQuestion, productMeant, reopen } from './answers.ts';
import { Decision, type Facts, type Ids } from './decision.ts';
import { findInText, readAnswer } from './fields.ts';
import { askForm, formTitle, wantedFields } from './form.ts';
import { newQuestions, personDraft } from './questions.ts';
import { proceed, untilText } from './register-case.ts';

/** Everything a decision is made of. Nothing else may matter: `decide` has no I/O, clock or randomness of its own. */
export interface DecisionInput {
  readonly conversation: Conversation;
  readonly message: Incoming;
  /** What the classifier made of the text; for what was pressed it is not asked. */
  readonly understanding: Understanding | null;
  readonly facts: Facts;
  readonly now: Date;
  readonly ids: Ids;
}

/** Above this the language of a message is believed over that of the conversation. */
const LANGUAGE_SURE = 0.7;
/** Above this a message is a new question, even though something was asked. */
const NEW_QUESTION = 0.6;

/** What the desk does with one message. The heart of the bot: pure, and always the same for the same input. */
export function decide(input: DecisionInput): readonly Effect[] {
  const decision = new Decision(input.conversation, input.facts, input.now, input.ids);
  const { message, understanding } = input;
  if (message.answer) pressed(decision, message.answer);
  else if (understanding) said(decision, message.text, understanding);
  return decision.finish();
}

function pressed(decision: Decision, answer: NonNullable<Incoming['answer']>): void {
  const question = decision.question(answer.question);
  if (!question) return decision.say({ text: decision.texts.alreadyAnswered });
  answerQuestion(decision, question, { kind: 'pressed', value: answer.value });
}

function said(decision: Decision, text: string, understanding: Understanding): void {
  const { move, questions } = understanding;
  if (understanding.languageConfidence >= LANGUAGE_SURE) decision.speak(understanding.language);

  if (move === 'yes' || move === 'no') {
    const answered = yesOrNo(decision, { kind: move }, questions.length > 0);
    if (answered && questions.length > 0) return newQuestions(decision, questions, understanding.model);
    if (answered) return;
  }
  if (move === 'human') return person(decision, text, questions, understanding.model);
  if (move === 'status') return status(decision, text);
  if (move === 'cancel') return cancel(decision, text);
  if (addition(decision, text)) return;

  const awaiting = whatItAnswers(decision, text, questions);
  const [only, ...others] = awaiting;
  if (only && others.length === 0) return answerQuestion(decision, only, { kind: 'said', text });
  if (only) return askWhich(decision, awaiting, { kind: 'said', text });

  if (questions.length === 0) return smallTalk(decision, move);
  const form = decision.open.findLast((it) => it.kind === 'form');
  newQuestions(decision, questions, understanding.model);
  if (form) decision.say({ text: decision.texts.stillOpen(formTitle(decision, form)) });
}

function smallTalk(decision: Decision, move: Move | null): void {
  const { texts } = decision;
  if (move === 'thanks') return decision.say({ text: texts.thanks });
  if (move === 'goodbye') return decision.say({ text: texts.goodbye });
  if (move === 'help') return decision.say({ text: texts.help });
  const name = decision.person?.name.trim().split(/\s+/)[0] ?? null;
  decision.say({ text: texts.greeting(name) });
}

// --- which open question a message answers

const YES_NO: ReadonlySet<OpenQuestion['kind']> = new Set(['confirm', 'offer-person', 'confirm-ready', 'withdraw', 'worker-question']);

/**
 * "ja": the open question that it fits; the desk asks when it fits two. An offer that nobody has to answer only counts when nothing else does.
 * @param more the message asks something besides; then an answer to nothing is let pass
 * @returns whether it was taken as an answer
 */
function yesOrNo(decision: Decision, given: Extract<AnswerGiven, { kind: 'yes' | 'no' }>, more: boolean): boolean {
  const fitting = decision.open.filter((it) => YES_NO.has(it.kind) || takesYesNo(decision, it));
  const [only, ...others] = fitting;
  const offer = decision.open.findLast((it) => it.kind === 'helped');
  const form = decision.open.findLast((it) => it.kind === 'form');
  if (only && others.length > 0) askWhich(decision, fitting, given);
  else if (only) answerQuestion(decision, only, given);
  else if (offer) answerQuestion(decision, offer, given);
  else if (form && given.kind === 'no') dropForm(decision, form);
  else if (form) askAgain(decision, form);
  else if (more) return false;
  else decision.say({ text: decision.texts.nothingOpen });
  return true;
}

/** A form that is still open, once more. */
function askAgain(decision: Decision, form: Extract<OpenQuestion, { kind: 'form' }>): void {
  decision.settle(form.id);
  askForm(decision, form);
}

function takesYesNo(decision: Decision, question: OpenQuestion): boolean {
  if (question.kind === 'form') return !question.contact && wantedFields(decision, question)[0]?.type === 'yes-no';
  return question.kind === 'detail' && detailField(decision, question)?.type === 'yes-no';
}

function detailField(decision: Decision, question: Extract<OpenQuestion, { kind: 'detail' }>) {
  const it = decision.case(question.case);
  return it?.product ? decision.productNamed(it.product)?.fields.find((field) => field.id === question.field) : undefined;
}

/**
 * The open questions that a text answers. A value that a field can read always does. Other words do, unless they are plainly a new
 * question: that begins its own case, and what was asked stays open.
 */
function whatItAnswers(decision: Decision, text: string, questions: readonly Question[]): OpenQuestion[] {
  const exact = decision.open.filter((it) => readsExactly(decision, it, text));
  if (exact.length > 0) return exact.slice(-1);
  if (questions.some((it) => isNew(it, decision.open))) return [];
  const words = decision.open.filter((it) => takesWords(it) && !(isForField(it) && asksSomething(text)));
  const workers = words.filter((it) => it.kind === 'worker-question' || it.kind === 'reopen-reason');
  if (workers.length > 1 || (workers.length > 0 && words.length > workers.length)) return words;
  return words.slice(-1);
}

/** A message that names another product, surely enough. About the product of an open form it is an answer. */
function isNew(question: Question, open: readonly OpenQuestion[]): boolean {
  if (question.product === null || question.confidence < NEW_QUESTION) return false;
  const sameForm = open.some((it) => it.kind === 'form' && it.draft.product === question.product);
  return !sameForm && question.text.trim().split(/\s+/).length >= 3;
}

/** A question is no answer to a field; to a colleague's question it may be one. */
function asksSomething(text: string): boolean {
  return ASKS.test(text);
}

const ASKS =
  /\?\s*$|^\s*(?:wat|hoe|waar|wanneer|waarom|wie|welke?|kan|kun|mag|heb(?:ben)? (?:jullie|je)|what|how|where|when|why|who|which|can|could|may|do you)\b/i;

function isForField(question: OpenQuestion): boolean {
  return question.kind === 'form' || question.kind === 'detail';
}

function takesWords(question: OpenQuestion): boolean {
  return question.kind === 'form' || question.kind === 'detail' || question.kind === 'worker-question' || question.kind === 'reopen-reason';
}

function readsExactly(decision: Decision, question: OpenQuestion, text: string): boolean {
  if (question.kind === 'choose') return productMeant(decision, question.products, text) !== null && text.trim().split(/\s+/).length <= 4;
  if (question.kind === 'form' && question.contact) return /\S+@\S+\.\S+/.test(text);
  if (question.kind === 'detail') {
    const field = detailField(decision, question);
    return (
      field !== undefined &&
      text.length < 200 &&
      findInText(field, text, decision.readContext).kind === 'taken' &&
      text.trim().split(/\s+/).length <= 8
    );
  }
  if (question.kind !== 'form') return false;
  return wantedFields(decision, question).some((field) => {
    if (field.type === 'text' || field.type === 'person' || field.type === 'place') return false;
    if (findInText(field, text, decision.readContext).kind === 'taken') return true;
    const reading = readAnswer(field, text, decision.readContext);
    return reading.kind === 'taken' || (field.type === 'budget-number' && reading.kind === 'refused' && /^\S*\d\S*$/.test(text.trim()));
  });
}

/** A message fits two open questions: the desk asks which, and keeps what was said. */
function askWhich(decision: Decision, questions: readonly OpenQuestion[], given: AnswerGiven): void {
  const id = decision.ids.question();
  const choices = questions.map((it) => ({ value: it.id, label: titleOfQuestion(decision, it) }));
  decision.ask(
    { kind: 'which', id, questions: questions.map((it) => it.id), given },
    { text: decision.texts.which, ask: { kind: 'choices', id, choices } },
  );
}

function titleOfQuestion(decision: Decision, question: OpenQuestion): string {
  const { texts } = decision;
  if ('case' in question) {
    const it = decision.case(question.case);
    return it ? texts.whichCase(it.title, it.reference) : question.case;
  }
  if (question.kind === 'form') return texts.whichForm(formTitle(decision, question));
  if (question.kind === 'confirm' || question.kind === 'offer-person' || question.kind === 'choose') return question.draft.text;
  return texts.withdrawWhich;
}

// --- moves

/** Somebody wants a person: about what he asks now, or what was asked last, or he is asked what it is about. */
function person(decision: Decision, text: string, questions: readonly Question[], model: string): void {
  const about = questions.map((it) => it.text).join(' ');
  if (about) return proceed(decision, [personDraft(decision, about, model)]);
  const offer = decision.open.findLast((it) => it.kind === 'offer-person' || it.kind === 'helped');
  if (offer) return answerQuestion(decision, offer, offer.kind === 'helped' ? { kind: 'pressed', value: 'person' } : { kind: 'yes' });
  const pending = decision.open.findLast((it) => it.kind === 'form' || it.kind === 'confirm' || it.kind === 'choose');
  if (pending && 'draft' in pending) {
    decision.settle(pending.id);
    return proceed(decision, [
      { ...pending.draft, product: null, values: {}, why: { ...pending.draft.why, rule: 'person' }, confirmed: true },
    ]);
  }
  proceed(decision, [personDraft(decision, text, model)]);
}

const OPEN_STATES: ReadonlySet<string> = new Set(['open', 'queued', 'claimed', 'waiting']);
const STATUS_LINES = 5;

function status(decision: Decision, text: string): void {
  const { texts } = decision;
  const named = findReferences(text);
  const all = decision.cases();
  for (const reference of named) {
    if (!all.some((it) => it.reference === reference)) decision.say({ text: texts.unknownReference(reference) });
  }
  const shown =
    named.length > 0
      ? all.filter((it) => named.includes(it.reference))
      : all.filter((it) => OPEN_STATES.has(it.state)).slice(0, STATUS_LINES);
  if (shown.length === 0) return named.length > 0 ? undefined : decision.say({ text: texts.noCases });
  const lines = shown.map((it) => {
    const reaction = it.respondBy ? texts.reaction(untilText(decision, it.respondBy)) : null;
    return texts.status(it.reference, it.title, texts.state(it.state, decision.teamName(it.team), decision.workerName(it.id), reaction));
  });
  const [first] = shown;
  const card = shown.length === 1 && first ? { card: decision.card(first) } : {};
  decision.say({ text: [texts.yourCases, ...lines].join('\n\n'), ...card });
}

/** "laat maar": the form that is open is dropped; otherwise a case is withdrawn, after one look. */
function cancel(decision: Decision, text: string): void {
  const { texts } = decision;
  const named = findReferences(text);
  const pending = decision.open.findLast(
    (it) => it.kind === 'form' || it.kind === 'confirm' || it.kind === 'choose' || it.kind === 'offer-person',
  );
  if (pending && named.length === 0) return dropForm(decision, pending);
  const candidates = decision
    .cases()
    .filter((it) => decision.may(it.id, 'withdrawn') && (named.length === 0 || named.includes(it.reference)));
  const [only, ...others] = candidates;
  if (!only) return decision.say({ text: texts.withdrawNothing });
  const id = decision.ids.question();
  const choices =
    others.length === 0
      ? [
          { value: 'yes', label: texts.withdrawYes },
          { value: 'no', label: texts.withdrawNo },
        ]
      : [
          ...candidates.slice(0, STATUS_LINES).map((it) => ({ value: it.reference, label: `${it.reference} · ${it.title}` })),
          { value: 'no', label: texts.withdrawNo },
        ];
  decision.ask(
    { kind: 'withdraw', id, cases: candidates.slice(0, STATUS_LINES).map((it) => it.id) },
    {
      text: others.length === 0 ? texts.withdrawOne(only.reference, only.title) : texts.withdrawWhich,
      ask: { kind: 'choices', id, choices },
    },
  );
}

function dropForm(decision: Decision, question: OpenQuestion): void {
  decision.settle(question.id);
  decision.say({ text: decision.texts.dropped });
  if ('rest' in question) proceed(decision, question.rest);
}

/** A message that names an own case adds to it; what was ready is open again. @returns whether it did */
function addition(decision: Decision, text: string): boolean {
  const [reference] = findReferences(text);
  if (!reference) return false;
  const it = decision.cases().find((known) => known.reference === reference);
  if (!it) {
    decision.say({ text: decision.texts.unknownReference(reference) });
    return true;
  }
  if (it.state === 'ready' || it.state === 'closed') {
    decision.link(it.id);
    reopen(decision, it);
    return true;
  }
  if (!decision.may(it.id, 'added')) return false;
  answerArrived(decision, it, 'said');
  decision.say({ text: decision.texts.added(it.reference) }, [it.id]);
  return true;
}
