import { Api } from './api.ts';
import type { Language } from './dates.ts';
import { h } from './dom.ts';
import { Launcher } from './launcher.ts';
import type { Outcome } from './outcome.ts';
import { Panel } from './panel.ts';
import { Session } from './session.ts';
import { browserStore } from './storage.ts';
import { pickLanguage } from './texts.ts';
import { fetchToken } from './token.ts';
import css from './widget.css?inline';

/**
 * The one script tag: `<script src="https://desk.example/chat/widget.js" async></script>`.
 * `data-language` nl or en · `data-token` or `data-token-url` who the visitor is · `data-container` a selector: in the page instead of behind a button ·
 * `data-open` opens at once · `data-look` light or dark, else as the system is.
 */
function main(): void {
  const script = document.currentScript ?? document.querySelector('script[src*="/chat/widget.js"]');
  if (!(script instanceof HTMLScriptElement) || document.querySelector('loket-chat')) return;
  const { language: wish, token, tokenUrl, container, open, look } = script.dataset;
  const base = new URL('.', script.src).href;
  const language = pickLanguage(wish, document.documentElement.lang, ...navigator.languages);
  const start = (): void => {
    const place = container ? document.querySelector(container) : document.body;
    if (!place) {
      console.error(`Loket: there is no ${container} in this page.`);
      return;
    }
    const host = document.createElement('loket-chat');
    followLook(host, look);
    const root = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    const view = createView(base, language, tokenSource(token, tokenUrl), Boolean(container), open !== undefined && open !== 'false');
    root.append(view.element);
    place.append(host);
    // For the page around it: the beginning of a sentence, put where the visitor types.
    host.addEventListener('loket:text', (event) => {
      if (event instanceof CustomEvent && typeof event.detail === 'string') view.write(event.detail);
    });
    view.start();
  };
  if (document.body && (document.readyState !== 'loading' || (container && document.querySelector(container)))) start();
  else document.addEventListener('DOMContentLoaded', start, { once: true });
}

/** Light or dark as the system is, unless the page around says which; it may say so again at any time. */
function followLook(host: HTMLElement, first: string | undefined): void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  let look: unknown = first;
  const show = (): void => {
    host.toggleAttribute('data-dark', look === 'dark' || (look !== 'light' && system.matches));
  };
  system.addEventListener('change', show);
  host.addEventListener('loket:look', (event) => {
    look = event instanceof CustomEvent ? event.detail : undefined;
    show();
  });
  show();
}

type TokenSource = () => Promise<Outcome<string | undefined>>;

function tokenSource(token: string | undefined, url: string | undefined): TokenSource {
  return url ? () => fetchToken(url) : async () => ({ kind: 'ok', value: token || undefined });
}

interface View {
  readonly element: HTMLElement;
  readonly update: () => void;
  /** Puts text where the visitor types, unless something stands there. */
  readonly write: (text: string) => void;
  /** Once it stands in the page. */
  readonly start: () => void;
}

function createView(base: string, language: Language, token: TokenSource, inPage: boolean, open: boolean): View {
  let planned = false;
  const session = new Session({
    api: new Api(base, language),
    store: browserStore(),
    prefix: `loket:${base}:`,
    language,
    token,
    // Many changes in one go are one drawing.
    onChange: () => {
      if (planned) return;
      planned = true;
      queueMicrotask(() => {
        planned = false;
        view.update();
      });
    },
  });
  const view = inPage ? pageView(session, language) : launcherView(session, language, open);
  return view;
}

function pageView(session: Session, language: Language): View {
  const panel = new Panel(session, language);
  const update = (): void => {
    panel.update();
    session.markSeen();
  };
  return {
    element: h('div', { class: 'root page' }, panel.element),
    update,
    write: (text) => panel.write(text),
    start: () => session.open(),
  };
}

function launcherView(session: Session, language: Language, open: boolean): View {
  const launcher = new Launcher(session, language);
  return {
    element: launcher.element,
    update: () => launcher.update(),
    write: (text) => launcher.write(text),
    start: () => launcher.start(open),
  };
}

main();
