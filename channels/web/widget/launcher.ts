import type { Language } from './dates.ts';
import { h, ICONS, icon } from './dom.ts';
import { Panel } from './panel.ts';
import type { Session } from './session.ts';
import { TEXTS } from './texts.ts';

const OPEN_KEY = 'loket:open';

/** The button at the bottom right, and the panel that it opens. An open panel stays open from page to page in the same tab. */
export class Launcher {
  readonly element: HTMLElement;
  readonly #session: Session;
  readonly #panel: Panel;
  readonly #language: Language;
  readonly #button: HTMLButtonElement;
  readonly #badge = h('span', { class: 'badge', 'aria-hidden': 'true' });
  #open = false;
  #unread = 0;

  constructor(session: Session, language: Language) {
    this.#session = session;
    this.#language = language;
    this.#panel = new Panel(session, language, () => this.#close());
    this.#panel.element.hidden = true;
    this.#button = h(
      'button',
      { type: 'button', class: 'launcher', 'aria-haspopup': 'dialog', 'aria-expanded': 'false' },
      icon(ICONS.chat),
    );
    this.#button.append(this.#badge);
    this.#button.addEventListener('click', () => this.#show(true));
    const region = h('section', { 'aria-label': TEXTS[language].desk, lang: language }, this.#button, this.#panel.element);
    this.element = h('div', { class: 'root float' }, region);
    this.#label();
    document.addEventListener('visibilitychange', () => this.update());
    this.#followKeyboard();
  }

  /** Opens when asked to, or when it was open on the page before; else only looks whether there is news. */
  start(open: boolean): void {
    if (open || remembered() === '1') this.#show(false);
    else void this.#session.peek().then((unread) => this.#count(unread));
  }

  write(text: string): void {
    if (!this.#open) this.#show(true);
    this.#panel.write(text);
  }

  update(): void {
    this.#panel.update();
    if (this.#open && document.visibilityState === 'visible') this.#session.markSeen();
    if (this.#session.state.phase === 'ready') this.#count(this.#open ? 0 : this.#session.unread());
  }

  #show(focus: boolean): void {
    this.#open = true;
    remember('1');
    this.#panel.element.hidden = false;
    this.element.classList.add('open');
    this.#button.setAttribute('aria-expanded', 'true');
    this.#session.open();
    this.update();
    this.#panel.toEnd();
    if (focus) this.#panel.focus(true);
  }

  #close(): void {
    this.#open = false;
    remember('0');
    this.#panel.element.hidden = true;
    this.element.classList.remove('open');
    this.#button.setAttribute('aria-expanded', 'false');
    this.update();
    this.#button.focus();
  }

  #count(unread: number): void {
    this.#unread = unread;
    this.#label();
  }

  #label(): void {
    const texts = TEXTS[this.#language];
    const label = this.#unread > 0 ? texts.openUnread(this.#unread) : texts.open;
    if (this.#button.getAttribute('aria-label') === label) return;
    this.#button.setAttribute('aria-label', label);
    this.#button.title = label;
    this.#badge.textContent = this.#unread > 0 ? String(Math.min(99, this.#unread)) : '';
  }

  /** A phone's keyboard covers the page rather than making it smaller: keep the composer above it. */
  #followKeyboard(): void {
    const viewport = window.visualViewport;
    if (!viewport) return;
    const resize = (): void => {
      // Pinch-zoomed: the visitor looks at a part on purpose.
      if (viewport.scale > 1.01) return;
      this.element.style.setProperty('--height', `${viewport.height}px`);
      this.element.style.setProperty('--top', `${viewport.offsetTop}px`);
    };
    viewport.addEventListener('resize', resize);
    viewport.addEventListener('scroll', resize);
    resize();
  }
}

function remembered(): string | null {
  try {
    return sessionStorage.getItem(OPEN_KEY);
  } catch {
    return null;
  }
}

function remember(value: string): void {
  try {
    sessionStorage.setItem(OPEN_KEY, value);
  } catch {
    // Blocked storage: it opens closed on the next page.
  }
}
