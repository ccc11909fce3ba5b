import { day, type Language, midnight } from './dates.ts';
import { h, hidden } from './dom.ts';
import { type MessageActions, MessageView } from './message-view.ts';
import { type ChatState, delivery, type Entry, entries, usedQuestions } from './state.ts';
import { TEXTS } from './texts.ts';
import { placeCards } from './timeline.ts';

/** Within this far from the end the reader is following, and new messages scroll into view. */
const NEAR_PX = 120;
/** What stays visible of what came before. */
const CONTEXT_PX = 64;

export interface TimelineActions extends MessageActions {
  readonly earlier: () => Promise<void>;
  readonly again: () => void;
}

/** The conversation as it scrolls: days, messages, the typing dots. Keeps one view per message and touches only what changed. */
export class TimelineView {
  readonly element: HTMLElement;
  readonly #log: HTMLElement;
  readonly #typing = h('div', { class: 'typing-slot', role: 'status' });
  readonly #notice = h('div', { class: 'notice-slot' });
  readonly #earlier: HTMLButtonElement;
  readonly #views = new Map<string, MessageView>();
  readonly #days = new Map<string, HTMLElement>();
  readonly #language: Language;
  readonly #actions: TimelineActions;
  #shown = '';
  #last = '';
  #near = true;

  constructor(language: Language, actions: TimelineActions) {
    const texts = TEXTS[language];
    this.#language = language;
    this.#actions = actions;
    this.#log = h('div', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-relevant': 'additions', 'aria-label': texts.log });
    this.#earlier = h('button', { type: 'button', class: 'link earlier' }, texts.earlier);
    this.#earlier.addEventListener('click', () => void this.#showEarlier());
    this.element = h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': texts.log });
    this.element.append(this.#notice, this.#earlier, this.#log, this.#typing);
    // When the keyboard of a phone or a longer composer takes room, stay at the end.
    new ResizeObserver(() => this.#near && this.toEnd()).observe(this.element);
    this.element.addEventListener('scroll', () => {
      this.#near = this.#isNear();
    });
  }

  update(state: ChatState, hasEarlier: boolean): void {
    const list = entries(state);
    const first = this.#views.size === 0;
    const last = this.#log.lastElementChild;
    const own = list.findLast((entry) => isOwn(entry) && delivery(entry, state) === 'delivered')?.key;
    const cards = placeCards(state.messages);
    const used = usedQuestions(state);
    const now = new Date();
    // A first load is history, not news: it is not read aloud.
    this.#log.setAttribute('aria-live', first ? 'off' : 'polite');
    const nodes: HTMLElement[] = [];
    const keys = new Set<string>();
    list.forEach((entry, i) => {
      keys.add(entry.key);
      const view = this.#views.get(entry.key) ?? new MessageView(entry, this.#language, this.#actions);
      this.#views.set(entry.key, view);
      const before = list[i - 1];
      const newDay = !before || dayOf(before) !== dayOf(entry);
      const opens = newDay || sender(before) !== sender(entry);
      const after = list[i + 1];
      const closes = !after || sender(after) !== sender(entry) || dayOf(after) !== dayOf(entry);
      view.update(entry, { state, cards, used, opens, closes, newestOwn: entry.key === own, now });
      if (newDay) nodes.push(this.#day(dayOf(entry), now));
      nodes.push(view.element);
    });
    for (const key of this.#views.keys()) if (!keys.has(key)) this.#views.delete(key);
    place(this.#log, nodes);
    this.#earlier.hidden = !hasEarlier;
    this.#showNotice(state, list.length > 0);
    this.#showTyping(state.typing);
    this.#follow(list.at(-1), first ? null : last, state.typing);
  }

  showCard(reference: string): void {
    const card = [...this.#log.querySelectorAll<HTMLElement>('.card')].find((one) => one.getAttribute('aria-label') === reference);
    card?.scrollIntoView({ block: 'center' });
    card?.focus();
  }

  /** Puts the cursor in the first field that the desk did not take, if the newest message asks for one. */
  focusError(): boolean {
    const fields = this.#log.lastElementChild?.querySelector<HTMLElement>('[aria-invalid="true"]');
    fields?.focus();
    return Boolean(fields);
  }

  toEnd(): void {
    this.element.scrollTop = this.element.scrollHeight;
    this.#near = true;
  }

  #isNear(): boolean {
    return this.element.scrollHeight - this.element.scrollTop - this.element.clientHeight < NEAR_PX;
  }

  /** Brings what is new into view: its end, but never so far that its beginning is lost. @param before what was last until now */
  #follow(entry: Entry | undefined, before: Element | null, typing: boolean): void {
    const mark = `${entry?.key}:${typing}`;
    if (mark === this.#last) return;
    const written = entry?.kind === 'pending' && !this.#last.startsWith(`${entry.key}:`);
    this.#last = mark;
    if (before && !this.#near && !written) return;
    const next = before?.isConnected ? before.nextElementSibling : null;
    this.toEnd();
    if (!(next instanceof HTMLElement) || written) return;
    const top = next.getBoundingClientRect().top - this.element.getBoundingClientRect().top - CONTEXT_PX;
    if (top >= 0) return;
    this.element.scrollTop += top;
    this.#near = this.#isNear();
  }

  async #showEarlier(): Promise<void> {
    const fromEnd = this.element.scrollHeight - this.element.scrollTop;
    this.#earlier.disabled = true;
    this.#near = false;
    await this.#actions.earlier();
    this.#earlier.disabled = false;
    requestAnimationFrame(() => {
      this.element.scrollTop = this.element.scrollHeight - fromEnd;
    });
  }

  #day(at: number, now: Date): HTMLElement {
    const text = day(new Date(at), now, this.#language);
    const key = String(at);
    const element = this.#days.get(key) ?? h('div', { class: 'day' }, text);
    if (element.textContent !== text) element.textContent = text;
    this.#days.set(key, element);
    return element;
  }

  #showNotice(state: ChatState, hasWords: boolean): void {
    const texts = TEXTS[this.#language];
    const welcome = state.phase === 'ready' && !hasWords;
    const shows = `${state.phase}${state.fresh}${state.refusal}${welcome}`;
    if (shows === this.#shown) return;
    this.#shown = shows;
    const nodes: HTMLElement[] = [];
    if (state.phase === 'starting') nodes.push(h('p', { role: 'status' }, texts.loading));
    if (welcome) nodes.push(h('p', { class: 'welcome' }, texts.welcome));
    if (state.fresh) nodes.push(h('p', { role: 'status' }, texts.fresh));
    if (state.phase === 'refused') {
      const again = h('button', { type: 'button', class: 'button' }, texts.tryAgain);
      again.addEventListener('click', this.#actions.again);
      nodes.push(h('p', { role: 'alert' }, state.refusal || texts.refused), again);
    }
    this.#notice.replaceChildren(...nodes);
  }

  #showTyping(on: boolean): void {
    if (on === this.#typing.hasChildNodes()) return;
    const dots = h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i'));
    this.#typing.replaceChildren(...(on ? [h('div', { class: 'typing' }, hidden(TEXTS[this.#language].typing), dots)] : []));
  }
}

function isOwn(entry: Entry): boolean {
  return entry.kind === 'pending' || entry.message.from === 'visitor';
}

function sender(entry: Entry | undefined): string {
  if (!entry) return '';
  return isOwn(entry) || entry.kind === 'pending' ? 'own' : `${entry.message.from} ${entry.message.name ?? ''}`;
}

function dayOf(entry: Entry): number {
  return midnight(new Date(entry.kind === 'pending' ? entry.item.at : entry.message.at));
}

/** Brings the children in this order, moving only what is out of place: a moved node would lose its focus and be read again. */
function place(parent: HTMLElement, nodes: readonly HTMLElement[]): void {
  const wanted = new Set<Element>(nodes);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, i) => {
    const there = parent.children[i];
    if (there !== node) parent.insertBefore(node, there ?? null);
  });
}
