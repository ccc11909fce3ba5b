/**
 * Where the desk is unsure a language model may help, when one is configured: it chooses among the nearest products, finds form values in the text, and
 * puts a long answer in words that fit the question. The decision is made first without it; only where that would ask, guess or give up is it asked. What
 * it says is one more fact for the decision, which is then made again: it registers nothing, and nothing of it is shown that the catalogue does not say.
 */
import { type Answer, type Catalogue, type Product, productOf } from '../catalogue/index.ts';
import type { Assisted, Case, Conversation, Draft, Effect, OpenQuestion, Question, Understanding } from '../domain/index.ts';
import type { AssistedTurn, Help } from '../intents/index.ts';
import { missingFields } from './draft.ts';
import { isGuess } from './register-case.ts';

export interface AssistInput {
  readonly conversation: Conversation;
  readonly catalogue: Catalogue;
  readonly understanding: Understanding;
  /** What the desk would do, understanding it so. */
  readonly decide: (understanding: Understanding) => readonly Effect[];
  readonly model: string;
  readonly turn: AssistedTurn;
}

/** What a decision may use of a language model. */
export interface AssistResult {
  readonly understanding: Understanding;
  /** By question and answer (`keyOf`). */
  readonly phrases: ReadonlyMap<string, Help<string>>;
  readonly model: string;
}

/** More questions of one message than this are not asked about. */
const MOST_QUESTIONS = 3;
/** A restricted product this near, as a share of the best, may be what the text is about: then it stays in the house. */
const NEAR = 0.25;
/** Less sure than this of the best, the nearest are near by chance: there is nothing to choose among, and nobody knows what the text is about. */
const WORTH_ASKING = 0.2;
/** With a language model of the same opinion a product is as good as said; without the desk's own it is a guess, which the asker confirms. */
const AGREED = { from: 0.5, to: 0.75 } as const;
const GUESS = 0.49;
/** A shorter text says no more than what it is about. */
const WORDS_WITH_VALUES = 6;
/** A shorter answer needs no other words. */
const SENTENCES_TO_PHRASE = 3;

/** Asks for help where it is of use. */
export async function assist(input: AssistInput): Promise<AssistResult> {
  const { catalogue, model } = input;
  let { understanding } = input;
  const phrases = new Map<string, Help<string>>();
  if (!mayLeave(input)) return { understanding, phrases, model };
  const unsure = opened(input, understanding).flatMap((question) => unsureDraft(question) ?? []);
  understanding = await change(understanding, unsure, (question) => choose(input, question));
  const incomplete = opened(input, understanding).flatMap((question) => (question.kind === 'form' ? [question.draft] : []));
  understanding = await change(understanding, incomplete, (question, draft) => fill(input, question, draft));
  const long = answeredIn(input.decide(understanding), catalogue).filter(({ case: it, answer }) => isLong(answer.text[it.language]));
  await Promise.all(
    long.slice(0, MOST_QUESTIONS).map(async ({ case: it, answer }) => {
      const source = answer.text[it.language];
      phrases.set(keyOf(it, answer), await input.turn.phrase(textOf(input, it.text), source, it.language));
    }),
  );
  return { understanding, phrases, model };
}

/** The effects with answers in the words that were found for them, and that said so on their cases. */
export function withPhrases(effects: readonly Effect[], { phrases, model }: AssistResult, catalogue: Catalogue): readonly Effect[] {
  if (phrases.size === 0) return effects;
  let changed = effects;
  for (const { case: it, answer } of answeredIn(effects, catalogue)) {
    const phrase = phrases.get(keyOf(it, answer));
    if (!phrase) continue;
    const assisted: Assisted = { ...it.why.assisted, model, ...(phrase.kind === 'done' ? { phrased: true } : { failed: phrase.why }) };
    changed = changed.map((effect): Effect => {
      if (effect.kind === 'case' && effect.case.id === it.id)
        return { ...effect, case: { ...effect.case, why: { ...effect.case.why, assisted } } };
      if (effect.kind !== 'say' || phrase.kind === 'failed' || !effect.message.cases.includes(it.id) || !effect.message.reply.sources)
        return effect;
      const { reply } = effect.message;
      return {
        ...effect,
        message: { ...effect.message, reply: { ...reply, text: reply.text.replace(answer.text[it.language], () => phrase.value) } },
      };
    });
  }
  return changed;
}

// --- what may leave the house

/** Nothing leaves where something restricted or confidential is spoken of, or may be. */
function mayLeave({ conversation, catalogue, understanding }: AssistInput): boolean {
  const { state } = conversation;
  const restricted = (id: string | null): boolean => id !== null && (productOf(catalogue, id)?.restricted ?? false);
  const confidential = (state.dangers ?? []).some(({ case: it }) => it === null);
  if (confidential || restricted(state.lastProduct) || state.open.some((it) => draftsOf(it).some(({ product }) => restricted(product))))
    return false;
  return !speaksOfRestricted(catalogue, understanding);
}

/** Whether a message is, or may well be, about something restricted: then neither it nor anything beside it leaves the house. */
export function speaksOfRestricted(catalogue: Catalogue, { questions }: Understanding): boolean {
  return questions.some(({ top }) => {
    const best = top[0]?.confidence ?? 0;
    return top.some(({ product, confidence }) => (productOf(catalogue, product)?.restricted ?? false) && confidence >= best * NEAR);
  });
}

function draftsOf(question: OpenQuestion): readonly Draft[] {
  if (!('draft' in question)) return [];
  return 'rest' in question ? [question.draft, ...question.rest] : [question.draft];
}

function textOf({ conversation }: AssistInput, text: string): { readonly text: string; readonly names: readonly string[] } {
  return { text, names: conversation.person ? [conversation.person.name] : [] };
}

// --- where it helps

/** The questions that the desk would put back. */
function opened({ conversation, decide }: AssistInput, understanding: Understanding): OpenQuestion[] {
  const before = new Set(conversation.state.open.map(({ id }) => id));
  const state = decide(understanding).findLast((effect) => effect.kind === 'state');
  return state?.kind === 'state' ? state.state.open.filter(({ id }) => !before.has(id)) : [];
}

/** What the desk does not know, or only guesses. */
function unsureDraft(question: OpenQuestion): Draft | null {
  switch (question.kind) {
    case 'choose':
    case 'offer-person':
      return question.draft.why.rule === 'classified' ? question.draft : null;
    case 'confirm':
    case 'form':
      return isGuess(question.draft) ? question.draft : null;
    default:
      return null;
  }
}

/** Changes the questions of the message that drafts were made of. */
async function change(
  understanding: Understanding,
  drafts: readonly Draft[],
  help: (question: Question, draft: Draft) => Promise<Question>,
): Promise<Understanding> {
  const wanted = new Map(drafts.slice(0, MOST_QUESTIONS).map((draft) => [draft.text, draft]));
  if (!understanding.questions.some(({ text }) => wanted.has(text))) return understanding;
  const questions = await Promise.all(
    understanding.questions.map((question) => {
      const draft = wanted.get(question.text);
      return draft ? help(question, draft) : question;
    }),
  );
  return { ...understanding, questions };
}

async function choose(input: AssistInput, question: Question): Promise<Question> {
  const candidates = question.top.flatMap(({ product }) => candidateOf(productOf(input.catalogue, product)));
  if (candidates.length === 0 || question.confidence < WORTH_ASKING) return question;
  const answer = await input.turn.choose(textOf(input, question.text), candidates);
  if (answer.kind === 'failed') return helped(question, { model: input.model, failed: answer.why });
  const chosen = helped(question, { model: input.model, chose: answer.value });
  if (answer.value === null) return { ...chosen, product: null };
  const own = question.product === answer.value && question.confidence >= AGREED.from;
  return { ...chosen, product: answer.value, confidence: own ? Math.max(question.confidence, AGREED.to) : GUESS };
}

function candidateOf(product: Product | null): { readonly id: string; readonly name: string; readonly description: string }[] {
  if (!product || product.restricted) return [];
  const { id, name, description } = product;
  return [{ id, name: `${name.nl} / ${name.en}`, description: `${description.nl} / ${description.en}` }];
}

async function fill(input: AssistInput, question: Question, draft: Draft): Promise<Question> {
  const product = draft.product === null ? null : productOf(input.catalogue, draft.product);
  const fields = missingFields(product, draft.kind, draft.values, 'before').filter(({ type }) => type !== 'yes-no');
  if (fields.length === 0 || question.product !== draft.product || question.text.trim().split(/\s+/).length < WORDS_WITH_VALUES)
    return question;
  const asked = fields.map(({ id, ask }) => ({ id, asks: `${ask.nl} / ${ask.en}` }));
  const answer = await input.turn.fill(textOf(input, question.text), asked);
  if (answer.kind === 'failed') return helped(question, { ...question.help?.assisted, model: input.model, failed: answer.why });
  if (Object.keys(answer.value).length === 0) return question;
  return { ...question, help: { assisted: { ...question.help?.assisted, model: input.model }, pieces: answer.value } };
}

function helped(question: Question, assisted: Assisted): Question {
  return { ...question, help: { assisted, pieces: question.help?.pieces ?? {} } };
}

interface Answered {
  readonly case: Case;
  readonly answer: Answer;
}

/** The cases that the desk answers itself, with what. */
function answeredIn(effects: readonly Effect[], catalogue: Catalogue): Answered[] {
  return effects.flatMap((effect) => {
    if (effect.kind !== 'case' || effect.event.name !== 'answered') return [];
    const { case: it, event } = effect;
    const product = it.product === null ? null : productOf(catalogue, it.product);
    const answers = product ? product.answers : catalogue.organisation.answers;
    const answer = answers.find(({ id }) => id === event.data.answer);
    return answer && !product?.restricted ? [{ case: it, answer }] : [];
  });
}

function isLong(text: string): boolean {
  return text.split(/[.!?](?:\s|$)/).filter((sentence) => sentence.trim() !== '').length >= SENTENCES_TO_PHRASE;
}

function keyOf(it: Case, answer: Answer): string {
  return `${answer.id}\n${it.text}`;
}
