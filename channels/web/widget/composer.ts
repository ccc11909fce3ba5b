import type { Attached } from '../protocol.ts';
import { h, ICONS, icon } from './dom.ts';
import type { Texts } from './texts.ts';
import { Tray, type Upload } from './tray.ts';

const MAX_LENGTH = 8000;
const NEAR_LIMIT = 500;

export interface ComposerActions {
  readonly send: (text: string, files: readonly Attached[]) => void;
  readonly upload: Upload;
}

/** Where the visitor types and adds files. Enter sends, Shift+Enter begins a new line; while an input method composes a word, Enter is its own. */
export class Composer {
  readonly element: HTMLFormElement;
  readonly #area: HTMLTextAreaElement;
  readonly #counter = h('span', { class: 'counter', role: 'status' });
  readonly #button: HTMLButtonElement;
  readonly #tray: Tray;
  readonly #texts: Texts;
  readonly #send: ComposerActions['send'];
  /** Sent while files were on their way: it goes when they are there. */
  #due = false;

  constructor(texts: Texts, { send, upload }: ComposerActions) {
    this.#texts = texts;
    this.#send = send;
    this.#tray = new Tray(texts, upload, () => this.#filesChanged());
    this.#area = h('textarea', {
      rows: 1,
      'aria-label': texts.composer,
      placeholder: texts.placeholder,
      autocomplete: 'off',
      enterkeyhint: 'send',
    });
    this.#button = h('button', { type: 'submit', class: 'send', 'aria-label': texts.send, title: texts.send }, icon(ICONS.send));
    const photo = this.#chooser(texts.takePhoto, ICONS.camera, { accept: 'image/*', capture: 'environment' });
    photo.classList.add('camera');
    const any = this.#chooser(texts.addFile, ICONS.clip, { multiple: true });
    this.element = h('form', { class: 'composer' }, this.#tray.element, any, photo, this.#area, this.#button, this.#counter);
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#area.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#submit();
    });
    this.#area.addEventListener('input', () => {
      this.#due = false;
      this.#changed();
    });
    this.#area.addEventListener('paste', (event) => {
      const files = event.clipboardData?.files;
      if (!files?.length) return;
      event.preventDefault();
      this.#tray.add(files);
    });
    this.#changed();
  }

  focus(): void {
    this.#area.focus();
  }

  /** Files that are dropped anywhere on it are added; a text that is dragged is not ours. */
  catchDrops(place: HTMLElement): void {
    const over = (event: DragEvent, on: boolean): void => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      place.classList.toggle('dropping', on);
      place.dataset.drop = this.#texts.dropHere;
    };
    place.addEventListener('dragover', (event) => over(event, true));
    place.addEventListener('dragleave', (event) => {
      if (!(event.relatedTarget instanceof Node) || !place.contains(event.relatedTarget)) over(event, false);
    });
    place.addEventListener('drop', (event) => {
      over(event, false);
      this.#tray.add(event.dataTransfer?.files ?? []);
    });
  }

  #chooser(label: string, shape: string, attributes: Readonly<Record<string, string | boolean>>): HTMLButtonElement {
    const input = h('input', { type: 'file', hidden: true, tabindex: -1, 'aria-hidden': 'true', ...attributes });
    const button = h('button', { type: 'button', class: 'add', 'aria-label': label, title: label }, icon(shape), input);
    button.addEventListener('click', (event) => {
      if (event.target !== input) input.click();
    });
    input.addEventListener('change', () => {
      this.#tray.add(input.files ?? []);
      // The same file can be chosen again.
      input.value = '';
    });
    return button;
  }

  #submit(): void {
    const text = this.#area.value.trim();
    if (text.length > MAX_LENGTH) return;
    this.#due = this.#tray.busy;
    if (this.#due) return;
    const files = this.#tray.ready;
    if (text === '' && files.length === 0) return;
    this.#area.value = '';
    this.#tray.clear();
    this.#changed();
    this.#send(text, files);
    this.focus();
  }

  #filesChanged(): void {
    this.#changed();
    if (this.#due && !this.#tray.busy) this.#submit();
  }

  /** Puts a beginning there; what the visitor was typing is not written over. */
  write(text: string): void {
    if (this.#area.value.trim() === '') this.#area.value = text;
    this.#changed();
    this.focus();
  }

  #changed(): void {
    const left = MAX_LENGTH - this.#area.value.trim().length;
    const nothing = left === MAX_LENGTH && this.#tray.element.hidden;
    // Not `disabled`: a button that comes and goes from the tab order while one types is a nuisance.
    this.#button.setAttribute('aria-disabled', String(nothing || left < 0));
    const text = left <= NEAR_LIMIT ? this.#texts.left(left) : '';
    if (this.#counter.textContent !== text) this.#counter.textContent = text;
    this.#area.setAttribute('aria-invalid', String(left < 0));
    this.#area.style.height = 'auto';
    this.#area.style.height = `${this.#area.scrollHeight + 2}px`;
  }
}
