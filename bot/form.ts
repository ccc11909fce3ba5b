import type { Field, FieldType, Product } from '../catalogue/index.ts';
import type { Choice, FormField, OpenQuestion } from '../domain/index.ts';
import type { Decision } from './decision.ts';
import { applies, missingFields, summaryOf } from './draft.ts';
import { asChoice, asKept, asSomebodyElse, type Reading } from './fields.ts';

export type Form = Extract<OpenQuestion, { kind: 'form' }>;

/** The two fields that an anonymous visitor's first form begins with; no product's field can have these ids. */
export const NAME = 'contact.name';
export const ADDRESS = 'contact.address';

/** Why values were not taken, gathered field by field. */
export interface Refusals {
  readonly errors: Record<string, string>;
  readonly among: Record<string, readonly Choice[]>;
}

/** A value was not taken: the reason, and what may have been meant. */
export function refuse(
  decision: Decision,
  { errors, among }: Refusals,
  field: Field,
  reading: Extract<Reading, { kind: 'refused' }>,
  words: string,
): void {
  errors[field.id] = decision.texts.problem(reading.reason, words);
  const choices = choicesAmong(decision, field, reading, words);
  if (choices.length > 0) among[field.id] = choices;
}

/** Who may be meant, to choose from; and somebody else of that name, where the field takes him. */
export function choicesAmong(
  decision: Decision,
  field: Field,
  { among = [] }: Extract<Reading, { kind: 'refused' }>,
  words: string,
): Choice[] {
  if (among.length === 0) return [];
  const choices = among.map((person) => ({ value: asKept(person), label: asChoice(person) }));
  const free = field.type === 'person' && field.who !== 'listed';
  return free ? [...choices, { value: asSomebodyElse(words), label: decision.texts.somebodyElse(words) }] : choices;
}

/** Opens a form for what a draft lacks. */
export function askForm(decision: Decision, form: Omit<Form, 'kind' | 'id'>): void {
  const id = decision.ids.question();
  const { rest, contact, adjust, errors, among } = form;
  const draft = { ...form.draft, asked: (form.draft.asked ?? 0) + 1 };
  const question: Form = {
    kind: 'form',
    id,
    draft,
    rest,
    contact,
    adjust,
    errors,
    ...(among && Object.keys(among).length > 0 ? { among } : {}),
  };
  const fields = formFields(decision, question);
  const product = decision.product(form.draft);
  const [only] = wantedFields(decision, question);
  if (fields.length === 0 && only)
    return decision.ask(question, {
      text: errors[only.id] ?? only.ask[decision.language],
      ask: { kind: 'text', id },
    });
  decision.ask(question, {
    text: introduction(decision, question, product, fields),
    ...(product && !form.adjust && Object.keys(form.draft.values).length > 0
      ? { summary: summaryOf(product, form.draft.values, decision.readContext) }
      : {}),
    ask: { kind: 'form', id, fields, submit: decision.texts.send },
  });
}

function introduction(decision: Decision, form: Form, product: Product | null, fields: readonly FormField[]): string {
  const { texts } = decision;
  const refused = Object.values(form.errors);
  if (refused.length > 0) return [texts.formRefused, ...refused].join('\n');
  const name = product?.name[decision.language] ?? '';
  if (form.contact) return texts.whoAreYou;
  if (form.adjust) return texts.adjustForm;
  const [only] = fields;
  if (fields.length === 1 && only && decision.pace === 'slow')
    return texts.needOneToAsk(name, askOf(decision, product, only.id) ?? only.label);
  if (fields.length === 1 && only) return askOf(decision, product, only.id) ?? only.label;
  // Where an answer takes hours it is agreement too: then it must be said what happens with it.
  return decision.pace === 'slow' ? texts.needFormToAsk(name) : texts.needForm(name);
}

function askOf(decision: Decision, product: Product | null, field: string): string | null {
  return product?.fields.find((it) => it.id === field)?.ask[decision.language] ?? null;
}

/**
 * The fields that the form shows now: contact first, then what the draft lacks; everything when it is being adjusted. A file is nothing to fill in: it
 * is asked for when the rest is there, and in the same go only where that takes hours.
 */
function formFields(decision: Decision, form: Form): FormField[] {
  const { texts } = decision;
  const error = (id: string) => (form.errors[id] ? { error: form.errors[id] } : {});
  const contact: FormField[] = form.contact
    ? [
        { id: NAME, label: texts.name, input: 'text', required: true, ...value(form.draft.values[NAME]), ...error(NAME) },
        { id: ADDRESS, label: texts.address, input: 'email', required: true, ...value(form.draft.values[ADDRESS]), ...error(ADDRESS) },
      ]
    : [];
  return [
    ...contact,
    ...wantedFields(decision, form)
      .filter(({ type }) => type !== 'attachment' || decision.pace === 'slow')
      .map((field) => ({ ...shownField(decision, field, form.draft.values), ...chosenFrom(form.among?.[field.id]), ...error(field.id) })),
  ];
}

function chosenFrom(choices: readonly Choice[] | undefined): Partial<Pick<FormField, 'input' | 'choices'>> {
  return choices ? { input: 'choice', choices } : {};
}

/** The product's fields that the form is about. */
export function wantedFields(decision: Decision, form: Form): Field[] {
  const product = decision.product(form.draft);
  const missing = missingFields(product, form.draft.kind, form.draft.values, 'before');
  if (!form.adjust) return missing;
  return product?.fields.filter((field) => applies(field, form.draft.values)) ?? [];
}

function value(text: string | undefined): { value?: string } {
  return text === undefined ? {} : { value: text };
}

/** A product's field as a screen asks for it, with its value so far. */
export function shownField(decision: Decision, field: Field, values: Readonly<Record<string, string>>): FormField {
  const { language } = decision;
  const choices = choicesOf(decision, field);
  return {
    id: field.id,
    label: field.label[language],
    input: INPUTS[field.type],
    required: field.required === 'before',
    ...value(values[field.id]),
    ...(choices.length > 0 ? { choices } : {}),
  };
}

const INPUTS: Readonly<Record<FieldType, FormField['input']>> = {
  text: 'text',
  choice: 'choice',
  number: 'number',
  date: 'date',
  time: 'time',
  place: 'text',
  person: 'person',
  'budget-holder': 'person',
  amount: 'text',
  'budget-number': 'text',
  'yes-no': 'choice',
  attachment: 'text',
};

function choicesOf(decision: Decision, field: Field): Choice[] {
  if (field.type === 'yes-no')
    return [
      { value: 'yes', label: decision.texts.yes },
      { value: 'no', label: decision.texts.no },
    ];
  return field.choices.map((choice) => ({ value: choice.id, label: choice.label[decision.language] }));
}

/** What a form is about, for messages that name it. */
export function formTitle(decision: Decision, form: Form): string {
  return decision.product(form.draft)?.name[decision.language] ?? form.draft.text;
}

/** Whether an open form waits for a file and nothing else. */
export function wantsOnlyFiles(decision: Decision, form: Form): boolean {
  const wanted = form.contact ? [] : wantedFields(decision, form);
  return wanted.length > 0 && wanted.every(({ type }) => type === 'attachment');
}
