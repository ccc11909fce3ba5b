import type { TimelineMessage } from '../protocol.ts';
import type { OutboxItem } from './outbox.ts';

/** All that the screen shows, in one value. */
export interface ChatState {
  /** `refused`: the desk will not start a conversation; `refusal` is its sentence. */
  readonly phase: 'idle' | 'starting' | 'ready' | 'refused';
  readonly refusal: string;
  readonly desk: string;
  readonly messages: readonly TimelineMessage[];
  readonly outbox: readonly OutboxItem[];
  /** Taken by the desk, but not yet seen in its timeline: the answer is still being made. */
  readonly accepted: readonly OutboxItem[];
  /** False while there is no connection. */
  readonly up: boolean;
  /** A message could not be sent just now and will be tried again. */
  readonly stuck: boolean;
  readonly typing: boolean;
  /** The conversation that this browser had could not be opened any more. */
  readonly fresh: boolean;
  /** Questions answered in this tab, with the value that was chosen. */
  readonly used: ReadonlyMap<string, string>;
}

export const EMPTY: ChatState = {
  phase: 'idle',
  refusal: '',
  desk: '',
  messages: [],
  outbox: [],
  accepted: [],
  up: true,
  stuck: false,
  typing: false,
  fresh: false,
  used: new Map(),
};

/** One line of the timeline: something that the desk has, or something still on its way to it. */
export type Entry =
  | { readonly kind: 'message'; readonly key: string; readonly message: TimelineMessage }
  | { readonly kind: 'pending'; readonly key: string; readonly item: OutboxItem; readonly accepted: boolean };

/** The timeline with what is on its way below it. The key stays the same when the one becomes the other. */
export function entries(state: ChatState): Entry[] {
  const arrived = new Set(state.messages.map((message) => message.clientId));
  const pending = (items: readonly OutboxItem[], accepted: boolean): Entry[] =>
    items.filter(({ id }) => !arrived.has(id)).map((item) => ({ kind: 'pending', key: item.id, item, accepted }));
  return [
    ...state.messages.map((message): Entry => ({ kind: 'message', key: message.clientId ?? message.id, message })),
    ...pending(state.accepted, true),
    ...pending(state.outbox, false),
  ];
}

export type Delivery = 'failed' | 'waiting' | 'sending' | 'delivered';

/** How far a message of the visitor's own has come. */
export function delivery(entry: Entry, state: ChatState): Delivery {
  if (entry.kind === 'message' || entry.accepted) return 'delivered';
  if (entry.item.failed !== undefined) return 'failed';
  return state.up && !state.stuck ? 'sending' : 'waiting';
}

/** The questions that are answered or about to be, here or in another tab, with the value chosen. */
export function usedQuestions(state: ChatState): ReadonlyMap<string, string> {
  const used = new Map(state.used);
  for (const { answer } of state.outbox) if (answer) used.set(answer.question, typeof answer.value === 'string' ? answer.value : '');
  return used;
}
