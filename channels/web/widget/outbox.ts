import type { Attached, SendRequest, Sent } from '../protocol.ts';
import { isAnswer, isAttached, isObject, parseJson } from './guards.ts';
import type { Outcome } from './outcome.ts';
import type { KeyValue } from './storage.ts';

/** A message that the desk has not confirmed yet. */
export interface OutboxItem {
  readonly id: string;
  /** Milliseconds, never the same twice in one tab: gives the order. */
  readonly at: number;
  /** What the own bubble shows: what was typed, or the label of what was pressed. */
  readonly text: string;
  readonly answer?: SendRequest['answer'];
  readonly attachments?: readonly Attached[];
  /** The server's sentence when it will not take this message; empty when it gave none. */
  readonly failed?: string | undefined;
}

/**
 * The messages still to be sent, kept where a reload and another tab find them.
 * Each has a key of its own: two tabs that add and remove at the same moment never overwrite each other's list.
 */
export class Outbox {
  readonly #store: KeyValue;
  readonly #prefix: string;

  constructor(store: KeyValue, prefix: string) {
    this.#store = store;
    this.#prefix = prefix;
  }

  list(): OutboxItem[] {
    return this.#store
      .keys()
      .filter((key) => key.startsWith(this.#prefix))
      .map((key) => readItem(this.#store.get(key)))
      .filter((item) => item !== null)
      .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  }

  add(item: OutboxItem): void {
    const last = this.list().at(-1);
    this.#write(last && last.at >= item.at ? { ...item, at: last.at + 1 } : item);
  }

  remove(id: string): void {
    this.#store.remove(this.#prefix + id);
  }

  fail(id: string, message: string): void {
    const item = this.#find(id);
    if (item) this.#write({ ...item, failed: message });
  }

  /** Back into the queue, under the same id: had it arrived after all, it stays one message. */
  retry(id: string): void {
    const { failed: _, ...item } = this.#find(id) ?? {};
    if (isItem(item)) this.#write(item);
  }

  #find(id: string): OutboxItem | null {
    return readItem(this.#store.get(this.#prefix + id));
  }

  #write(item: OutboxItem): void {
    this.#store.set(this.#prefix + item.id, JSON.stringify(item));
  }
}

function readItem(text: string | null): OutboxItem | null {
  const value = text === null ? null : parseJson(text);
  return isItem(value) ? value : null;
}

function isItem(value: unknown): value is OutboxItem {
  return (
    isObject(value) &&
    typeof value.id === 'string' &&
    typeof value.at === 'number' &&
    typeof value.text === 'string' &&
    (value.answer === undefined || isAnswer(value.answer)) &&
    (value.attachments === undefined || (Array.isArray(value.attachments) && value.attachments.every(isAttached))) &&
    (value.failed === undefined || typeof value.failed === 'string')
  );
}

export type Drained =
  | { readonly kind: 'empty' }
  | { readonly kind: 'later'; readonly after: number | undefined }
  | { readonly kind: 'gone' };

/**
 * Sends what waits, in order, one at a time. The list is read again before each, so under a lock that tabs share
 * no message is sent by two of them. A message that the desk refuses is marked and steps aside; a network that fails stops the run.
 */
export async function drain(
  outbox: Outbox,
  post: (item: OutboxItem) => Promise<Outcome<Sent>>,
  done: (item: OutboxItem, sent: Sent | null) => void,
): Promise<Drained> {
  for (;;) {
    const item = outbox.list().find((one) => one.failed === undefined);
    if (!item) return { kind: 'empty' };
    const outcome = await post(item);
    if (outcome.kind === 'later') return { kind: 'later', after: outcome.after };
    if (outcome.kind === 'gone') return { kind: 'gone' };
    if (outcome.kind === 'ok') outbox.remove(item.id);
    else outbox.fail(item.id, outcome.message ?? '');
    done(item, outcome.kind === 'ok' ? outcome.value : null);
  }
}
