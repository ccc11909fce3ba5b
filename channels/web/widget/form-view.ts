import { formValue, type Language } from './dates.ts';
import { h } from './dom.ts';
import type { FormField } from './reply.ts';
import { TEXTS } from './texts.ts';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

export interface FormOptions {
  readonly id: string;
  readonly fields: readonly FormField[];
  readonly submit: string;
  readonly language: Language;
  /** Being sent: shown, but not to be changed. */
  readonly disabled: boolean;
  readonly onSubmit: (values: Readonly<Record<string, string>>, text: string) => void;
}

/** The desk's form with the browser's own inputs. What is plainly missing is said at once; the rest the server judges. */
export function formView({ id, fields, submit, language, disabled, onSubmit }: FormOptions): HTMLFormElement {
  const texts = TEXTS[language];
  const rows = fields.map((field, i) => row(field, `f-${id}-${i}`, language, disabled));
  const form = h('form', { class: 'form', novalidate: true }, ...rows.map((one) => one.element));
  form.append(h('button', { type: 'submit', class: 'button primary', disabled }, submit));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    let first: Control | null = null;
    for (const { field, control, say } of rows) {
      const error = complaint(field, control);
      say(error);
      if (error) first ??= control;
    }
    if (first) return first.focus();
    const values = Object.fromEntries(rows.map(({ field, control }) => [field.id, control.value.trim()]));
    onSubmit(values, spoken(fields, values, language));
  });

  function complaint(field: FormField, control: Control): string {
    if (control.validity.badInput || control.validity.typeMismatch) {
      return field.input === 'date' || field.input === 'time' || field.input === 'number' || field.input === 'email'
        ? texts.bad[field.input]
        : '';
    }
    return field.required && control.value.trim() === '' ? texts.missing : '';
  }
  return form;
}

/** What the visitor's own bubble says: the values as a person would write them. */
function spoken(fields: readonly FormField[], values: Readonly<Record<string, string>>, language: Language): string {
  const now = new Date();
  return fields
    .map((field) => {
      const value = values[field.id] ?? '';
      const label = field.choices?.find((choice) => choice.value === value)?.label ?? formValue(field.input, value, now, language);
      return value === '' ? '' : `${field.label}: ${label}`;
    })
    .filter((line) => line !== '')
    .join('\n');
}

interface Row {
  readonly field: FormField;
  readonly element: HTMLElement;
  readonly control: Control;
  readonly say: (error: string) => void;
}

function row(field: FormField, id: string, language: Language, disabled: boolean): Row {
  const texts = TEXTS[language];
  const control = input(field, language);
  const error = h('p', { class: 'error', id: `${id}-e` });
  control.id = id;
  control.name = field.id;
  control.disabled = disabled;
  control.required = field.required;
  const say = (text: string): void => {
    error.textContent = text;
    error.hidden = text === '';
    if (text) control.setAttribute('aria-describedby', error.id);
    else control.removeAttribute('aria-describedby');
    control.setAttribute('aria-invalid', String(text !== ''));
  };
  say(field.error ?? '');
  const mark = field.required
    ? h('span', { class: 'required', 'aria-hidden': 'true' }, ' *')
    : h('span', { class: 'optional' }, ` (${texts.optional})`);
  const element = h('div', { class: 'field' }, h('label', { for: id }, field.label, mark), control, error);
  return { field, element, control, say };
}

function input(field: FormField, language: Language): Control {
  const value = field.value ?? '';
  if (field.input === 'long-text') {
    const area = h('textarea', { rows: 3 });
    area.value = value;
    return area;
  }
  if (field.input === 'choice') {
    const select = h('select', {}, h('option', { value: '' }, `${TEXTS[language].choose}…`));
    for (const choice of field.choices ?? []) select.append(h('option', { value: choice.value }, choice.label));
    select.value = value;
    return select;
  }
  const type = field.input === 'person' ? 'text' : field.input;
  const box = h('input', { type, autocomplete: type === 'email' ? 'email' : undefined, step: type === 'number' ? 'any' : undefined });
  box.value = value;
  return box;
}
