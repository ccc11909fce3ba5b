import type { SendRequest } from '../protocol.ts';
import { askView } from './ask-view.ts';
import { cardLine, caseCard } from './card-view.ts';
import { clock, type Language } from './dates.ts';
import { h, hidden, ICONS, icon } from './dom.ts';
import { type FetchFile, fileList } from './file-view.ts';
import type { Reply } from './reply.ts';
import { type ChatState, delivery, type Entry } from './state.ts';
import { link, paragraphs } from './text-view.ts';
import { TEXTS } from './texts.ts';
import { chosenLabel, type PlacedCard } from './timeline.ts';

/** What a message can set in motion. */
export interface MessageActions {
  readonly answer: (text: string, answer: NonNullable<SendRequest['answer']>) => void;
  readonly retry: (id: string) => void;
  readonly remove: (id: string) => void;
  readonly showCard: (reference: string) => void;
  readonly file: FetchFile;
}

/** What of the whole timeline bears on one message. */
export interface Surroundings {
  readonly state: ChatState;
  readonly cards: ReadonlyMap<string, PlacedCard>;
  readonly used: ReadonlyMap<string, string>;
  /** First and last of a run by the same sender: the name stands above it, the time below. */
  readonly opens: boolean;
  readonly closes: boolean;
  /** The newest message of the visitor's own: the one that says how far it has come. */
  readonly newestOwn: boolean;
  readonly now: Date;
}

/**
 * One message on the screen. Its parts are drawn again only when what they show has changed,
 * so that a half-filled form stays, focus stays, and a screen reader hears only what is new.
 */
export class MessageView {
  readonly element: HTMLElement;
  readonly #head = h('div', { class: 'head' });
  readonly #bubble = h('div', { class: 'bubble' });
  readonly #files = h('div', { class: 'files-slot' });
  readonly #card = h('div', { class: 'card-slot', 'aria-live': 'off' });
  readonly #ask = h('div', { class: 'ask-slot' });
  readonly #foot = h('div', { class: 'foot' });
  readonly #drawn = new Map<HTMLElement, string>();
  readonly #language: Language;
  readonly #actions: MessageActions;

  constructor(entry: Entry, language: Language, actions: MessageActions) {
    this.#language = language;
    this.#actions = actions;
    const own = entry.kind === 'pending' || entry.message.from === 'visitor';
    this.element = h(
      'div',
      { class: `message ${own ? 'own' : 'desk'}` },
      this.#head,
      this.#bubble,
      this.#files,
      this.#card,
      this.#ask,
      this.#foot,
    );
  }

  update(entry: Entry, around: Surroundings): void {
    const { state, opens, closes } = around;
    const texts = TEXTS[this.#language];
    this.element.classList.toggle('opens', opens);
    this.element.classList.toggle('closes', closes);
    const message = entry.kind === 'message' ? entry.message : null;
    const own = !message || message.from === 'visitor';
    const name = own ? texts.you : message.from === 'worker' && message.name ? message.name : state.desk || texts.desk;
    const reply = message?.reply;
    const text = entry.kind === 'pending' ? entry.item.text : reply ? reply.text : entry.message.text;
    const at = new Date(entry.kind === 'pending' ? entry.item.at : entry.message.at);

    this.#draw(this.#head, [name, opens, own], () => [opens && !own ? h('span', {}, name) : hidden(name)]);
    // What a message says, and what it asks, never changes; the stream may tell its parts in another order than the response did.
    this.#draw(this.#bubble, text, () => [...paragraphs(text, texts), ...this.#extras(reply)]);
    const files = (entry.kind === 'pending' ? entry.item.attachments : entry.message.attachments) ?? [];
    this.#draw(this.#files, files, () => (files.length > 0 ? [fileList(files, texts, this.#actions.file)] : []));
    this.#updateCard(entry, around);
    this.#updateAsk(entry, around);

    const how = delivery(entry, state);
    const status = own && (how !== 'delivered' || around.newestOwn) ? how : null;
    this.element.classList.toggle('failed', how === 'failed');
    const refusal = entry.kind === 'pending' ? entry.item.failed : undefined;
    this.#draw(this.#foot, [status, closes, at.getTime(), refusal], () => {
      if (status === 'failed') return this.#failed(entry.key, refusal || texts.failedUnknown);
      return [
        closes || status
          ? h('time', { datetime: Number.isNaN(at.getTime()) ? undefined : at.toISOString() }, clock(at, this.#language))
          : null,
        status ? h('span', { class: 'status' }, status === 'delivered' ? icon(ICONS.check) : null, texts[status]) : null,
      ];
    });
    this.element.dataset.status = own ? how : 'received';
    this.element.title = at.toLocaleString(this.#language, { dateStyle: 'long', timeStyle: 'short' });
  }

  #extras(reply: Reply | undefined): Node[] {
    const texts = TEXTS[this.#language];
    const made: Node[] = [];
    if (reply?.summary?.length) {
      const lines = reply.summary.flatMap(({ label, value }) => [h('dt', {}, label), h('dd', {}, value)]);
      made.push(h('dl', { class: 'summary', 'aria-label': texts.summary }, ...lines));
    }
    if (reply?.sources?.length) {
      const items = reply.sources.map(({ title, url }) => h('li', {}, url ? link(url, title, texts) : title));
      made.push(h('div', { class: 'sources' }, h('span', {}, texts.sources), h('ul', {}, ...items)));
    }
    return made;
  }

  #updateCard(entry: Entry, { cards, now }: Surroundings): void {
    const message = entry.kind === 'message' ? entry.message : null;
    const own = message?.reply?.card;
    const placed = own && cards.get(own.reference);
    const here = placed?.seq === message?.seq ? placed?.card : undefined;
    this.#draw(this.#card, [here ?? own, Boolean(here), now.toDateString()], () => {
      if (here) return [caseCard(here, this.#language, now)];
      return own ? [cardLine(own, this.#language, () => this.#actions.showCard(own.reference))] : [];
    });
  }

  #updateAsk(entry: Entry, { state, used }: Surroundings): void {
    const message = entry.kind === 'message' ? entry.message : null;
    const ask = message?.reply?.ask;
    const value = ask ? used.get(ask.id) : undefined;
    const answered = message?.answered === true;
    const chosen = message && answered ? chosenLabel(state.messages, message) : undefined;
    this.#draw(this.#ask, [ask?.id, value, answered, chosen], () =>
      ask ? [askView({ ask, language: this.#language, answered, used: value, chosen, onAnswer: this.#actions.answer })] : [],
    );
  }

  #failed(id: string, why: string): Node[] {
    const texts = TEXTS[this.#language];
    const retry = h('button', { type: 'button', class: 'link' }, texts.retry);
    const remove = h('button', { type: 'button', class: 'link' }, texts.remove);
    retry.addEventListener('click', () => this.#actions.retry(id));
    remove.addEventListener('click', () => this.#actions.remove(id));
    return [h('span', { class: 'error' }, `${texts.failed} ${why}`), retry, remove];
  }

  #draw(slot: HTMLElement, shows: unknown, make: () => (Node | null)[]): void {
    const signature = JSON.stringify(shows) ?? '';
    if (this.#drawn.get(slot) === signature) return;
    this.#drawn.set(slot, signature);
    const nodes = make().filter((node) => node !== null);
    slot.replaceChildren(...nodes);
    slot.hidden = nodes.length === 0;
  }
}
