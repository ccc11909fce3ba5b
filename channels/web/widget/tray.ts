import type { Attached } from '../protocol.ts';
import { h, ICONS, icon } from './dom.ts';
import { fileSize } from './file-view.ts';
import type { Outcome } from './outcome.ts';
import type { Texts } from './texts.ts';

/** Sends one file. @param onProgress with how much of it went, from 0 to 1 */
export type Upload = (file: File, onProgress: (part: number) => void, signal: AbortSignal) => Promise<Outcome<Attached>>;

interface Item {
  readonly element: HTMLElement;
  readonly stop: AbortController;
  readonly preview: string;
  state: 'sending' | 'failed' | Attached;
}

const MOST = 10;

/** The files that go with the next message: sent as soon as they are chosen, shown with how far they are, and taken away again as long as nothing is sent. */
export class Tray {
  readonly element: HTMLUListElement;
  readonly #items = new Set<Item>();
  readonly #texts: Texts;
  readonly #upload: Upload;
  readonly #onChange: () => void;

  constructor(texts: Texts, upload: Upload, onChange: () => void) {
    this.#texts = texts;
    this.#upload = upload;
    this.#onChange = onChange;
    this.element = h('ul', { class: 'tray', 'aria-label': texts.files, hidden: true });
  }

  get busy(): boolean {
    return [...this.#items].some(({ state }) => state === 'sending');
  }

  /** Those that can go with a message now. */
  get ready(): Attached[] {
    return [...this.#items].flatMap(({ state }) => (typeof state === 'string' ? [] : [state]));
  }

  add(files: Iterable<File>): void {
    for (const file of files) void this.#add(file);
  }

  /** They went with a message; what failed stays, so that it is seen. */
  clear(): void {
    for (const item of this.#items) if (typeof item.state !== 'string') this.#forget(item);
    this.#changed();
  }

  async #add(file: File): Promise<void> {
    const texts = this.#texts;
    const bar = h('progress', { max: 1, value: 0, 'aria-label': texts.fileSending });
    const note = h('span', { class: 'note', role: 'status' });
    const remove = h('button', { type: 'button', 'aria-label': texts.fileRemove(file.name), title: texts.remove }, icon(ICONS.close));
    const picture = file.type.startsWith('image/') ? URL.createObjectURL(file) : '';
    const shown = picture && h('img', { src: picture, alt: '' });
    if (shown) shown.addEventListener('error', () => shown.remove());
    const words = h('span', { class: 'label' }, file.name, h('small', {}, ` ${fileSize(file.size)}`));
    const element = h('li', {}, shown || null, h('div', {}, words, bar, note), remove);
    const item: Item = { element, stop: new AbortController(), preview: picture, state: 'sending' };
    remove.addEventListener('click', () => {
      const next = element.nextElementSibling ?? element.previousElementSibling;
      item.stop.abort();
      this.#forget(item);
      this.#changed();
      next?.querySelector('button')?.focus();
    });
    const tooMany = this.#items.size >= MOST;
    this.#items.add(item);
    this.element.append(element);
    this.#changed();
    const outcome: Outcome<Attached> = tooMany
      ? { kind: 'refused', message: texts.tooManyFiles(MOST) }
      : await this.#upload(file, (part) => bar.setAttribute('value', String(part)), item.stop.signal);
    if (item.stop.signal.aborted) return;
    bar.remove();
    item.state = outcome.kind === 'ok' ? outcome.value : 'failed';
    if (outcome.kind !== 'ok') {
      element.classList.add('failed');
      note.textContent = ('message' in outcome && outcome.message) || texts.fileFailed;
    } else if (outcome.value.state === 'held') note.textContent = texts.fileHeld;
    this.#changed();
  }

  #forget(item: Item): void {
    if (item.preview) URL.revokeObjectURL(item.preview);
    item.element.remove();
    this.#items.delete(item);
  }

  #changed(): void {
    this.element.hidden = this.#items.size === 0;
    this.#onChange();
  }
}
