import { Composer } from './composer.ts';
import type { Language } from './dates.ts';
import { h, ICONS, icon } from './dom.ts';
import { KnownBanner } from './known-banner.ts';
import type { Session } from './session.ts';
import { TEXTS } from './texts.ts';
import { talksHere } from './timeline.ts';
import { TimelineView } from './timeline-view.ts';

/** The chat itself: header, conversation, connection, composer. The same in a page and behind a launcher. */
export class Panel {
  readonly element: HTMLElement;
  readonly #session: Session;
  readonly #title = h('h2', { class: 'name' });
  readonly #link = h('div', { class: 'link-state', role: 'status' });
  readonly #colleague = h('p', { class: 'colleague', role: 'status' });
  readonly #timeline: TimelineView;
  readonly #composer: Composer;
  readonly #language: Language;
  #asked = '';
  #submitted = false;

  /** @param onClose makes it a dialog that can be closed; without, it is a part of the page */
  constructor(session: Session, language: Language, onClose?: () => void) {
    const texts = TEXTS[language];
    this.#session = session;
    this.#language = language;
    this.#composer = new Composer(texts, {
      send: (text, files) => session.send(text, undefined, files),
      upload: (file, onProgress, signal) => session.upload(file, onProgress, signal),
    });
    this.#timeline = new TimelineView(language, {
      answer: (text, answer) => {
        this.#submitted = typeof answer.value !== 'string';
        session.send(text, answer);
        this.focus();
      },
      retry: (id) => {
        session.retry(id);
        this.focus();
      },
      remove: (id) => {
        session.remove(id);
        this.focus();
      },
      showCard: (reference) => this.#timeline.showCard(reference),
      file: (id) => session.file(id),
      earlier: () => session.earlier(),
      again: () => session.open(),
    });
    const parts = [new KnownBanner(session, language).element, this.#colleague, this.#timeline.element, this.#link, this.#composer.element];
    if (!onClose) {
      this.element = h('section', { class: 'panel inline', 'aria-label': texts.open, lang: language }, ...parts);
      this.#composer.catchDrops(this.element);
      return;
    }
    const close = h('button', { type: 'button', class: 'close', 'aria-label': texts.close, title: texts.close }, icon(ICONS.close));
    close.addEventListener('click', onClose);
    const header = h('header', {}, this.#title, close);
    this.element = h('div', { class: 'panel', role: 'dialog', 'aria-label': texts.open, lang: language }, header, ...parts);
    this.#composer.catchDrops(this.element);
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.isComposing) return;
      event.stopPropagation();
      onClose();
    });
  }

  /** To the composer; on a touch screen only when asked for, as it brings the keyboard up over the answer. */
  focus(always = false): void {
    if (always || !matchMedia('(pointer: coarse)').matches) this.#composer.focus();
    else this.#timeline.element.focus();
  }

  write(text: string): void {
    this.#composer.write(text);
  }

  toEnd(): void {
    this.#timeline.toEnd();
  }

  update(): void {
    const texts = TEXTS[this.#language];
    const { state } = this.#session;
    const title = state.desk || texts.desk;
    if (this.#title.textContent !== title) this.#title.textContent = title;
    const colleague = talksHere(state.messages);
    const who = colleague === null ? '' : texts.colleague(colleague);
    if (this.#colleague.textContent !== who) this.#colleague.textContent = who;
    const link = state.up ? '' : texts.offline;
    if (this.#link.textContent !== link) this.#link.textContent = link;
    this.#timeline.update(state, this.#session.hasEarlier());
    this.#followQuestion();
  }

  /** A form that comes back with errors takes the cursor to the first one; a question in words leaves it in the composer. */
  #followQuestion(): void {
    const last = this.#session.state.messages.at(-1);
    const ask = last?.answered ? undefined : last?.reply?.ask;
    if (!ask || ask.id + last?.id === this.#asked) return;
    this.#asked = ask.id + last?.id;
    const root = this.element.getRootNode();
    const inside = root instanceof ShadowRoot && root.activeElement !== null;
    if (ask.kind === 'form' && this.#submitted && inside) this.#timeline.focusError();
    if (ask.kind === 'text' && inside) this.focus();
    this.#submitted = false;
  }
}
