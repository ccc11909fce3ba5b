import { h, ICONS, icon } from './dom.ts';
import type { Texts } from './texts.ts';

const MAX_LENGTH = 8000;
const NEAR_LIMIT = 500;

/** Where the visitor types. Enter sends, Shift+Enter begins a new line; while an input method composes a word, Enter is its own. */
export class Composer {
  readonly element: HTMLFormElement;
  readonly #area: HTMLTextAreaElement;
  readonly #counter = h('span', { class: 'counter', role: 'status' });
  readonly #button: HTMLButtonElement;
  readonly #texts: Texts;

  constructor(texts: Texts, onSend: (text: string) => void) {
    this.#texts = texts;
    this.#area = h('textarea', {
      rows: 1,
      'aria-label': texts.composer,
      placeholder: texts.placeholder,
      autocomplete: 'off',
      enterkeyhint: 'send',
    });
    this.#button = h('button', { type: 'submit', class: 'send', 'aria-label': texts.send, title: texts.send }, icon(ICONS.send));
    this.element = h('form', { class: 'composer' }, this.#area, this.#button, this.#counter);
    const send = (): void => {
      const text = this.#area.value.trim();
      if (text === '' || text.length > MAX_LENGTH) return;
      this.#area.value = '';
      this.#changed();
      onSend(text);
      this.focus();
    };
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      send();
    });
    this.#area.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      send();
    });
    this.#area.addEventListener('input', () => this.#changed());
    this.#changed();
  }

  focus(): void {
    this.#area.focus();
  }

  #changed(): void {
    const left = MAX_LENGTH - this.#area.value.trim().length;
    // Not `disabled`: a button that comes and goes from the tab order while one types is a nuisance.
    this.#button.setAttribute('aria-disabled', String(left === MAX_LENGTH || left < 0));
    const text = left <= NEAR_LIMIT ? this.#texts.left(left) : '';
    if (this.#counter.textContent !== text) this.#counter.textContent = text;
    this.#area.setAttribute('aria-invalid', String(left < 0));
    this.#area.style.height = 'auto';
    this.#area.style.height = `${this.#area.scrollHeight + 2}px`;
  }
}
