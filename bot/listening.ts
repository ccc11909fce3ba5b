import type { Field } from '../catalogue/index.ts';
import type { OpenQuestion, Question } from '../domain/index.ts';
import { productMeant } from './answers.ts';
import type { Decision } from './decision.ts';
import { findInText, namesListed, readAnswer } from './fields.ts';
import { wantedFields, wantsOnlyFiles } from './form.ts';

/** Which open question a message answers, and when it is a new question instead. */

/** From here a message is taken for a new question, even though something was asked. */
const NEW_QUESTION = 0.6;
/** A message in which an answer can be read must be surer than that. */
const NEW_BESIDE_ANSWER = 0.75;
/** What follows on a colleague's question, or on "what is still wrong?", is nearly always about that. */
const NEW_BESIDE_COLLEAGUE = 0.9;

/**
 * The open questions that a text answers. A value that a field can read does, unless the message is a sentence about another product.
 * Other words do, unless they are plainly a new question: that begins its own case, and what was asked stays open.
 */
export function whatItAnswers(decision: Decision, text: string, questions: readonly Question[]): OpenQuestion[] {
  const exact = decision.open.filter((it) => readsExactly(decision, it, text));
  if (exact.length > 0 && !questions.some((it) => isNew(decision, it, NEW_BESIDE_ANSWER))) return exact.slice(-1);
  const latest = decision.open.findLast((it) => takesWords(it));
  if (latest && (isColleagues(latest) || latest.kind === 'refusal-reason')) {
    if (questions.some((it) => isNewBeside(decision, it, latest))) return [];
  } else if (questions.some((it) => isNew(decision, it, NEW_QUESTION, latest !== undefined && isAskedAlone(decision, latest)))) return [];
  const words = decision.open.filter((it) => takesWords(it) && !(isForField(it) && asksSomething(text)));
  const colleagues = words.filter(isColleagues);
  if (colleagues.length > 1 || (colleagues.length > 0 && words.length > colleagues.length)) return words;
  return words.slice(-1);
}

/** Asked by itself, in words: what is no sentence answers it, however much it looks like something. */
function isAskedAlone(decision: Decision, question: OpenQuestion): boolean {
  return question.kind === 'detail' || (question.kind === 'form' && wantsOnlyFiles(decision, question));
}

/** The questions of a message that surely ask something else than what was answered by its yes or no. */
export function surelyNew(decision: Decision, questions: readonly Question[]): Question[] {
  const asked = decision.open.findLast((it) => isColleagues(it) || it.kind === 'confirm-ready');
  return questions.filter((it) => (asked ? isNewBeside(decision, it, asked) : isNew(decision, it, NEW_BESIDE_ANSWER)));
}

/** A question that names another product than what is being spoken of; a sentence, when an answer could be read in it too. */
function isNew(decision: Decision, question: Question, sure: number, sentence = sure > NEW_QUESTION): boolean {
  if (question.product === null || question.confidence < sure) return false;
  if (question.text.trim().split(/\s+/).length < 3 || (sentence && !isSentence(question.text))) return false;
  return !decision.open.some((it) => productOfQuestion(decision, it) === question.product);
}

/** Whether a question plainly asks for something else than these products: it names another, and asks or complains. "The lamp next to the lift" does not. */
export function isAnother(question: Question, products: readonly (string | null)[]): boolean {
  if (question.product === null || question.confidence < NEW_BESIDE_ANSWER || products.includes(question.product)) return false;
  return wordsIn(question.text) >= 3 && ASKS_ANEW.test(question.text);
}

const ASKS_ANEW =
  /\?|\b(?:kunnen jullie|kun je|kan ik|mag ik|graag|wil(?:len)?|zou(?:den)?|nodig|aanvragen|bestellen|reserveren|ook|daarnaast|kapot|stuk|defect|leeg|lekt?|klemt|verstopt|storing|(?:doen|doet|werkt|werken|lukt)\b.{0,20}\bniet|kwijt|vergeten|can you|could you|can i|please|need|would like|order|book|also|broken|empty|leak(?:s|ing)?|blocked|(?:does|do|is|are)n.?t\b|lost|forgot)\b/i;

/** What is still wrong is no request; another fault besides is announced ("ook"). */
function isNewBeside(decision: Decision, question: Question, asked: OpenQuestion): boolean {
  const other = asked.kind === 'worker-question' || question.kind === 'request' || question.kind === 'wish' || ALSO.test(question.text);
  return other && isNew(decision, question, NEW_BESIDE_COLLEAGUE);
}

const ALSO = /\b(?:ook|verder|daarnaast|also|too|besides|another)\b/i;

/** The product that an answer to this open question would be about. */
function productOfQuestion(decision: Decision, question: OpenQuestion): string | null {
  if (question.kind === 'form' || question.kind === 'confirm') return question.draft.product;
  if (isColleagues(question) || question.kind === 'detail') return decision.case(question.case)?.product ?? null;
  if ('of' in question) return decision.facts.approvals.get(question.of)?.product ?? null;
  return null;
}

/** A question is no answer to a field; to a colleague's question it may be one. */
function asksSomething(text: string): boolean {
  return ASKS.test(text);
}

const ASKS =
  /\?\s*$|^\s*(?:wat|hoe|waar|wanneer|waarom|wie|welke?|kan|kun|mag|heb(?:ben)? (?:jullie|je)|what|how|where|when|why|who|which|can|could|may|do you)\b/i;

/** It says or asks something, rather than naming a place, a day or a number. */
function isSentence(text: string): boolean {
  return SAYS.test(text) || asksSomething(text);
}

const SAYS =
  /\b(?:is|zijn|was|waren|ben|doet|doen|werkt|werken|gaat|wil|wilt|willen|zou|heb|hebben|heeft|moet|moeten|kan|kun|kunnen|mag|graag|nodig|lukt|komt|staat|ligt|lekt|klemt|kapot|stuk|defect|verstopt|leeg|vergeten|kwijt|am|are|isn.?t|aren.?t|does|doesn.?t|don.?t|won.?t|works?|want|need|needs|would|have|has|please|broken|empty|leaks?|leaking|blocked|forgot|lost)\b/i;

function isForField(question: OpenQuestion): boolean {
  return question.kind === 'form' || question.kind === 'detail';
}

function isColleagues(question: OpenQuestion): question is Extract<OpenQuestion, { kind: 'worker-question' | 'reopen-reason' }> {
  return question.kind === 'worker-question' || question.kind === 'reopen-reason';
}

export function takesWords(question: OpenQuestion): boolean {
  return isForField(question) || isColleagues(question) || question.kind === 'refusal-reason';
}

export function takesYesNo(decision: Decision, question: OpenQuestion): boolean {
  if (question.kind === 'form') return !question.contact && wantedFields(decision, question)[0]?.type === 'yes-no';
  return question.kind === 'detail' && detailField(decision, question)?.type === 'yes-no';
}

function detailField(decision: Decision, question: Extract<OpenQuestion, { kind: 'detail' }>): Field | undefined {
  const it = decision.case(question.case);
  return it?.product ? decision.productNamed(it.product)?.fields.find((field) => field.id === question.field) : undefined;
}

function readsExactly(decision: Decision, question: OpenQuestion, text: string): boolean {
  if (question.kind === 'choose') return productMeant(decision, question.products, text) !== null && wordsIn(text) <= 4;
  if (question.kind === 'form' && question.contact) return /\S+@\S+\.\S+/.test(text);
  if (question.kind === 'detail') {
    const field = detailField(decision, question);
    const short = text.length < 200 && wordsIn(text) <= 8;
    return field !== undefined && short && findInText(field, text, decision.readContext).kind === 'taken';
  }
  if (question.kind !== 'form') return false;
  return wantedFields(decision, question).some((field) => {
    if (field.type === 'person' || field.type === 'budget-holder') return namesListed(field, text, decision.readContext);
    if (field.type === 'text' || field.type === 'place') return false;
    if (findInText(field, text, decision.readContext).kind === 'taken') return true;
    const reading = readAnswer(field, text, decision.readContext);
    return reading.kind === 'taken' || (field.type === 'budget-number' && reading.kind === 'refused' && /^\S*\d\S*$/.test(text.trim()));
  });
}

function wordsIn(text: string): number {
  return text.trim().split(/\s+/).length;
}
