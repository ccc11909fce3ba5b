import type { SendRequest } from '../protocol.ts';
import type { Language } from './dates.ts';
import { h, hidden, ICONS, icon } from './dom.ts';
import { formView } from './form-view.ts';
import type { Ask } from './reply.ts';
import { TEXTS } from './texts.ts';

export interface AskOptions {
  readonly ask: Ask;
  readonly language: Language;
  /** The server says that it has been answered or has lapsed. */
  readonly answered: boolean;
  /** Pressed here or in another tab: the value, else undefined. */
  readonly used: string | undefined;
  /** What an answered question was answered with, where that is known. */
  readonly chosen: string | undefined;
  readonly onAnswer: (text: string, answer: NonNullable<SendRequest['answer']>) => void;
}

/** What can be answered now; or, afterwards, what could be. */
export function askView({ ask, language, answered, used, chosen, onAnswer }: AskOptions): HTMLElement | null {
  const texts = TEXTS[language];
  if (ask.kind === 'text') return null;
  if (ask.kind === 'form') {
    if (answered) return null;
    const onSubmit = (value: Readonly<Record<string, string>>, text: string): void => onAnswer(text, { question: ask.id, value });
    return formView({ id: ask.id, fields: ask.fields, submit: ask.submit, language, disabled: used !== undefined, onSubmit });
  }
  if (answered) {
    const items = ask.choices.map(({ label }) =>
      h(
        'li',
        { class: label === chosen ? 'chosen' : undefined },
        label === chosen && icon(ICONS.check),
        label,
        label === chosen && hidden(` (${texts.chosen})`),
      ),
    );
    return h('ul', { class: 'answered', 'aria-label': texts.choices }, ...items);
  }
  const buttons = ask.choices.map(({ value, label, primary }) => {
    const mine = used === value;
    const button = h(
      'button',
      { type: 'button', class: `button${primary ? ' primary' : ''}${mine ? ' chosen' : ''}`, disabled: used !== undefined },
      mine && icon(ICONS.check),
      label,
      mine && hidden(` (${texts.chosen})`),
    );
    button.addEventListener('click', () => onAnswer(label, { question: ask.id, value }));
    return button;
  });
  return h('div', { class: 'choices', role: 'group', 'aria-label': texts.choices }, ...buttons);
}
