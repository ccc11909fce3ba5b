import { deadline, type Language } from './dates.ts';
import { h } from './dom.ts';
import type { Session } from './session.ts';
import { TEXTS } from './texts.ts';

const AGAIN_MS = 60_000;

/** What is known to be wrong, above the conversation: who comes to report it need not. */
export class KnownBanner {
  readonly element = h('ul', { class: 'known', role: 'status' });
  readonly #session: Pick<Session, 'known'>;
  readonly #language: Language;

  constructor(session: Pick<Session, 'known'>, language: Language) {
    this.#session = session;
    this.#language = language;
    this.element.setAttribute('aria-label', TEXTS[language].known);
    void this.#refresh();
    setInterval(() => {
      if (!document.hidden && this.element.isConnected) void this.#refresh();
    }, AGAIN_MS);
  }

  async #refresh(): Promise<void> {
    const known = await this.#session.known();
    // What cannot be asked now stays as it was.
    if (!known) return;
    const texts = TEXTS[this.#language];
    const lines = known.map(({ title, expectedBy }) =>
      expectedBy === null ? title : `${title} (${texts.solved} ${deadline(new Date(expectedBy), new Date(), this.#language)})`,
    );
    if (lines.join('\n') === [...this.element.children].map(({ textContent }) => textContent).join('\n')) return;
    this.element.replaceChildren(...lines.map((line) => h('li', {}, line)));
  }
}
