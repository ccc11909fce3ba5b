import { type Answer, type Field, type Product, productOf } from '../catalogue/index.ts';
import type { Disruption, Draft, Registration, Understanding } from '../domain/index.ts';
import { bestAnswer, DESK_PRODUCT } from '../intents/index.ts';
import type { Decision } from './decision.ts';
import { DESK_TEAM } from './desk-team.ts';
import { knownDisruption, linkReport } from './disruptions.ts';
import { applies, draftOf, titleOf, withProduct } from './draft.ts';
import { readAnswer } from './fields.ts';
import { personDraft } from './questions.ts';
import { registerAsIs } from './register-case.ts';

/** What a colleague registers for somebody else: settled at once, nothing is asked back. */

/** A draft as a colleague sees it, and why a value that he gave is not taken, by field id. */
export interface DraftForOther {
  readonly draft: Draft;
  readonly errors: Readonly<Record<string, string>>;
}

/** The draft of a story: what the colleague settled goes before what the text seems to say. */
export function draftForOther(
  decision: Decision,
  text: string,
  registration: Omit<Registration, 'means'>,
  understanding: Understanding | null,
): DraftForOther {
  const context = decision.readContext;
  const model = understanding?.model ?? '';
  const question = understanding?.questions[0];
  const understood = question ? draftOf({ ...question, text }, decision, model) : personDraft(decision, text, model);
  const { product: chosen } = registration;
  const wanted = chosen === undefined || chosen === null ? null : productOf(decision.catalogue, chosen);
  const otherwise = chosen !== undefined && (wanted?.id ?? null) !== understood.product;
  const draft = otherwise ? withProduct(understood, wanted, 'chosen', context) : understood;
  const values: Record<string, string> = { ...draft.values };
  const errors: Record<string, string> = {};
  for (const field of decision.product(draft)?.fields ?? []) take(decision, field, registration.values[field.id], values, errors);
  return { draft: { ...draft, kind: registration.kind ?? draft.kind, values, confirmed: true }, errors };
}

function take(
  decision: Decision,
  field: Field,
  given: string | undefined,
  values: Record<string, string>,
  errors: Record<string, string>,
): void {
  if (given === undefined) return;
  delete values[field.id];
  if (given.trim() === '') return;
  const reading = readAnswer(field, given, decision.readContext);
  if (reading.kind === 'taken') values[field.id] = reading.value;
  else if (reading.kind === 'refused') errors[field.id] = decision.texts.problem(reading.reason, given.trim());
}

/** Registers a story for its requester: as answered at once, as a report of a known disruption, or for the team of its product. */
export function registerFor(decision: Decision, text: string, registration: Registration, understanding: Understanding | null): void {
  const { draft } = draftForOther(decision, text, registration, understanding);
  const answered = answersFor(decision, draft, understanding).find(({ id }) => id === registration.answered);
  const disruption = answered ? null : disruptionOf(decision, draft, registration.disruption);
  if (answered) registerAnswered(decision, draft, answered);
  else if (disruption) linkReport(decision, draft, disruption);
  else registerAsIs(decision, { ...draft, apart: true });
}

function disruptionOf(decision: Decision, draft: Draft, chosen: Registration['disruption']): Disruption | null {
  if (chosen === undefined) {
    const known = knownDisruption(decision, draft);
    return known?.kind === 'same' ? known.disruption : null;
  }
  return decision.facts.disruptions.find(({ id, announced }) => announced && id === chosen) ?? null;
}

/** The colleague read the answer aloud, and that was all. */
function registerAnswered(decision: Decision, draft: Draft, answer: Answer): void {
  const opened = decision.openCase(draft, decision.product(draft)?.team ?? DESK_TEAM, titleOf(draft.text));
  const ready = decision.happen(opened, 'answered', { kind: 'desk' }, { answer: answer.id });
  const closed = decision.happen(ready, 'closed', { kind: 'requester' });
  decision.say({ text: `${answer.text[decision.language]}\n\n${decision.texts.closed(closed.reference)}`, card: decision.card(closed) }, [
    closed.id,
  ]);
}

/** The answers that may fit: of the product, or of the desk when it is asked about itself. */
function answersFor(decision: Decision, draft: Draft, understanding: Understanding | null): readonly Answer[] {
  const product = decision.product(draft);
  if (product) return product.answers;
  return understanding?.questions[0]?.product === DESK_PRODUCT ? decision.catalogue.organisation.answers : [];
}

/** The first-line answer that fits a story; complaints and wishes always go to people. */
export function firstLineAnswer(decision: Decision, draft: Draft, understanding: Understanding | null): Answer | null {
  if (draft.kind === 'complaint' || draft.kind === 'wish') return null;
  return bestAnswer(answersFor(decision, draft, understanding), draft.text, decision.language)?.answer ?? null;
}

/** The fields that matter, given what is known. */
export function fieldsFor(product: Product | null, values: Draft['values']): readonly Field[] {
  return product?.fields.filter((field) => applies(field, values)) ?? [];
}
