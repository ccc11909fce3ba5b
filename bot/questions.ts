import type { Product } from '../catalogue/index.ts';
import type { Draft, Question, QuestionId, Understanding } from '../domain/index.ts';
import { bestAnswer, closeCandidates, DESK_PRODUCT } from '../intents/index.ts';
import { answerFromSite } from './counter-answer.ts';
import type { Decision } from './decision.ts';
import { knownDisruption } from './disruptions.ts';
import { draftOf, withProduct } from './draft.ts';
import { speaksOfFiles } from './field-files.ts';
import type { Refusals } from './form.ts';
import { answer, proceed } from './register-case.ts';
import { refusedInQuestion } from './said-refused.ts';

/** Begins a case, an answer or a question back for each new question of a message. */
export function newQuestions(decision: Decision, questions: readonly Question[], model: string): void {
  const drafts: Draft[] = [];
  let refused: Refusals = { errors: {}, among: {} };
  const several = questions.length > 1;
  // "... zie de foto. En ...": of several questions the files belong to those that speak of them.
  const pointing = questions.filter(({ text }) => speaksOfFiles(text));
  for (const question of questions) {
    const draft = draftOf(question, decision, model, pointing.length === 0 || pointing.includes(question));
    if (answerFromSite(decision, draft)) continue;
    if (answerFromDesk(decision, question, draft)) continue;
    const product = decision.product(draft);
    const close = closeCandidates(question)
      .map((it) => it.product)
      .filter((id) => decision.productNamed(id) !== null);
    if (close.length > 1) askWhichProduct(decision, draft, close, several);
    else if (!product && draft.kind === 'complaint' && question.product === DESK_PRODUCT) drafts.push(draft);
    else if (!product) offerPerson(decision, draft, several ? decision.texts.noProductOf(draft.text) : decision.texts.noProduct);
    else if (!knownDisruption(decision, draft) && answerFromProduct(decision, draft, product)) continue;
    else if (isElsewhere(decision, draft, product)) offerPerson(decision, draft, elsewhereText(decision, product));
    else {
      drafts.push(draft);
      // Of several forms the first is asked first.
      if (Object.keys(refused.errors).length === 0) refused = refusedInQuestion(decision, product, draft.text);
    }
  }
  proceed(decision, drafts, refused);
}

/** A question of which its writer chose himself what it asks for: one, however its text sounds. */
export function chosenQuestion(decision: Decision, text: string, product: Product, { questions, model }: Understanding): void {
  const [first] = questions;
  const read = first ? draftOf({ ...first, text }, decision, model) : { ...personDraft(decision, text, model), kind: product.usualKind };
  const draft = withProduct(read, product, 'chosen', decision.readContext);
  if (answerFromSite(decision, draft)) return;
  if (!knownDisruption(decision, draft) && answerFromProduct(decision, draft, product)) return;
  if (isElsewhere(decision, draft, product)) return offerPerson(decision, draft, elsewhereText(decision, product));
  proceed(decision, [draft], refusedInQuestion(decision, product, draft.text));
}

/** What is asked for on a channel on which it is not offered; a fault or a complaint is welcome everywhere. */
function isElsewhere({ conversation }: Decision, { kind }: Draft, { offered }: Product): boolean {
  return kind === 'request' && offered !== undefined && !offered.channels.includes(conversation.channel);
}

function elsewhereText({ texts, language }: Decision, { offered }: Product): string {
  return texts.notHere(offered?.elsewhere[language] ?? '');
}

/** A general question about the desk or the organisation; a complaint about the desk goes to people. @returns whether it was answered */
function answerFromDesk(decision: Decision, question: Question, draft: Draft): boolean {
  if (question.product !== DESK_PRODUCT || draft.kind === 'complaint') return false;
  const found = bestAnswer(decision.catalogue.organisation.answers, question.text, decision.language);
  if (found) answer(decision, draft, found.answer);
  return found !== null;
}

/** An information question that the product has an answer to; complaints and wishes always go to people. @returns whether it was answered */
export function answerFromProduct(decision: Decision, draft: Draft, product: Product): boolean {
  const asksToKnow =
    draft.kind === 'information' || (product.usualKind === 'information' && (draft.kind === 'request' || draft.kind === 'fault'));
  if (!asksToKnow) return false;
  const found = bestAnswer(product.answers, draft.text, decision.language);
  if (found) answer(decision, draft, found.answer);
  return found !== null;
}

function askWhichProduct(decision: Decision, draft: Draft, products: readonly string[], several: boolean): void {
  const id: QuestionId = decision.ids.question();
  const { texts, language } = decision;
  const choices = products.map((product) => ({ value: product, label: decision.productNamed(product)?.name[language] ?? product }));
  decision.ask(
    { kind: 'choose', id, draft, products },
    {
      text: several ? texts.chooseProductOf(draft.text) : texts.chooseProduct,
      ask: { kind: 'choices', id, choices: [...choices, { value: 'other', label: texts.somethingElse }] },
    },
  );
}

/** What the desk cannot do by itself: say so, and offer a person. */
export function offerPerson(decision: Decision, draft: Draft, text: string = decision.texts.noProduct): void {
  const id = decision.ids.question();
  const { texts } = decision;
  decision.ask(
    { kind: 'offer-person', id, draft: { ...draft, product: null, values: {} } },
    {
      text,
      ask: {
        kind: 'choices',
        id,
        choices: [
          { value: 'yes', label: texts.yesPlease, primary: true },
          { value: 'no', label: texts.noThanks },
        ],
      },
    },
  );
}

/** A draft for the desk's own queue: somebody asked for a person. */
export function personDraft(decision: Decision, text: string, model: string): Draft {
  const why = { rule: 'person', confidence: 1, runnersUp: [], words: [], catalogue: decision.catalogue.version, model } as const;
  return { text, product: null, kind: 'information', values: {}, why, confirmed: false, message: decision.message };
}
