import type { Ask, FormField, Language } from '../../domain/index.ts';
import { block, type CardElement, literal } from './card-blocks.ts';
import { teamsTexts } from './texts.ts';

/** Teams shows six actions at most; more choices become a list. */
const MOST_BUTTONS = 5;
/** The input of a choice from a list. */
export const CHOICE_INPUT = 'choice';
/** Before a field's id, so that no field can be taken for what a card itself sends. */
export const FIELD_PREFIX = 'field:';
/** Before the id of a field for which a colleague was picked; the value is the directory's id of him. */
export const PICK_PREFIX = 'pick:';
const MAX_LENGTH = 4_000;

/** What is filled in on the card. */
export function askInputs(ask: Ask, language: Language): CardElement[] {
  switch (ask.kind) {
    case 'form':
      return ask.fields.flatMap((field) => fieldInputs(field, language));
    case 'choices':
      return ask.choices.length <= MOST_BUTTONS
        ? []
        : [
            {
              type: 'Input.ChoiceSet',
              id: CHOICE_INPUT,
              label: teamsTexts(language).choose,
              isRequired: true,
              errorMessage: teamsTexts(language).fillIn,
              choices: ask.choices.map(({ value, label }) => ({ title: literal(label), value })),
            },
          ];
    case 'text':
      return [];
    default:
      ask satisfies never;
      return [];
  }
}

/** What is pressed under it. Every button carries the question that it answers. */
export function askActions(ask: Ask, language: Language): CardElement[] {
  const actions = actionsOf(ask, language);
  return actions.length > 0 ? [{ type: 'ActionSet', spacing: 'Medium', actions }] : [];
}

function actionsOf(ask: Ask, language: Language): CardElement[] {
  switch (ask.kind) {
    case 'form':
      return [execute(ask.submit, { question: ask.id }, true)];
    case 'choices':
      return ask.choices.length <= MOST_BUTTONS
        ? ask.choices.map(({ value, label, primary }) => execute(label, { question: ask.id, value, label }, primary ?? false))
        : [execute(teamsTexts(language).send, { question: ask.id }, true)];
    case 'text':
      return [];
    default:
      ask satisfies never;
      return [];
  }
}

/** `Action.Execute`, and for a client that does not know it the older way of sending the same. */
function execute(title: string, data: Readonly<Record<string, string>>, primary: boolean): CardElement {
  const carried = { loket: 1, ...data };
  const style = primary ? { style: 'positive' } : {};
  const named = literal(title);
  return {
    type: 'Action.Execute',
    title: named,
    verb: 'answer',
    data: carried,
    ...style,
    fallback: { type: 'Action.Submit', title: named, data: { ...carried, verb: 'answer' }, ...style },
  };
}

function fieldInputs(field: FormField, language: Language): CardElement[] {
  return [
    ...(field.error ? [block(field.error, { danger: true, small: true })] : []),
    { ...inputOf(field, language), id: `${FIELD_PREFIX}${field.id}`, ...required(field, language) },
    ...(field.input === 'person' ? [picker(field, language)] : []),
  ];
}

/**
 * A colleague out of the directory (Teams, "People Picker"), in place of a name: a visitor or somebody new stands in no directory, and not every
 * phone shows the picker.
 */
function picker({ id }: FormField, language: Language): CardElement {
  const texts = teamsTexts(language);
  return {
    type: 'Input.ChoiceSet',
    id: `${PICK_PREFIX}${id}`,
    label: texts.orColleague,
    placeholder: texts.searchColleague,
    choices: [],
    'choices.data': { type: 'Data.Query', dataset: 'graph.microsoft.com/users' },
  };
}

function required(field: FormField, language: Language): object {
  const texts = teamsTexts(language);
  // Of name and picker either will do, so that neither can be required; the desk asks again when both are empty.
  if (field.input === 'person') return { label: literal(field.required ? `${field.label} *` : field.label) };
  return { label: literal(field.label), isRequired: field.required, errorMessage: field.required ? texts.fillIn : texts.notValid };
}

function inputOf({ input, value, choices }: FormField, language: Language): CardElement {
  switch (input) {
    case 'text':
    case 'person':
      return { type: 'Input.Text', maxLength: MAX_LENGTH, ...given(value) };
    case 'long-text':
      return { type: 'Input.Text', isMultiline: true, maxLength: MAX_LENGTH, ...given(value) };
    case 'email':
      return { type: 'Input.Text', style: 'Email', maxLength: 254, regex: '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$', ...given(value) };
    case 'number':
      return { type: 'Input.Number', ...(value !== undefined && Number.isFinite(Number(value)) ? { value: Number(value) } : {}) };
    case 'date':
      return { type: 'Input.Date', ...(value && /^\d{4}-\d{2}-\d{2}$/.test(value) ? { value } : {}) };
    case 'time':
      return { type: 'Input.Time', ...(value && /^\d{2}:\d{2}$/.test(value) ? { value } : {}) };
    case 'choice':
      return {
        type: 'Input.ChoiceSet',
        style: 'compact',
        placeholder: teamsTexts(language).choose,
        choices: (choices ?? []).map((choice) => ({ title: literal(choice.label), value: choice.value })),
        ...given(value),
      };
    default:
      input satisfies never;
      return { type: 'Input.Text' };
  }
}

function given(value: string | undefined): { value?: string } {
  return value === undefined ? {} : { value };
}
