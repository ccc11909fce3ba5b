import type { TimelineMessage } from '../protocol.ts';
import type { CaseCard } from './reply.ts';

export interface Merged {
  readonly messages: readonly TimelineMessage[];
  /** The last `seq` before a hole: ask the server for what comes after it. Null when there is no hole. */
  readonly gapAfter: number | null;
}

/**
 * Joins what is known with what came in, by `seq`: the stream, an answer to a request and another tab may bring the same message in any order.
 * The later copy wins, but a question that was answered stays so (an old copy from a slow tab must not bring its buttons back).
 */
export function merge(known: readonly TimelineMessage[], incoming: readonly TimelineMessage[]): Merged {
  const bySeq = new Map(known.map((message) => [message.seq, message]));
  for (const message of incoming) {
    const before = bySeq.get(message.seq);
    bySeq.set(message.seq, before?.answered && !message.answered ? { ...message, answered: true } : message);
  }
  const messages = [...bySeq.values()].sort((a, b) => a.seq - b.seq);
  const hole = messages.findIndex((message, i) => {
    const next = messages[i + 1];
    return next !== undefined && next.seq !== message.seq + 1;
  });
  return { messages, gapAfter: messages[hole]?.seq ?? null };
}

export function lastSeq(messages: readonly TimelineMessage[]): number {
  return messages.at(-1)?.seq ?? 0;
}

export interface PlacedCard {
  /** The message that shows the card; later ones about the same case only point at it. */
  readonly seq: number;
  /** The case as the newest message knows it. */
  readonly card: CaseCard;
}

/** One card per case: where the case was first spoken of, showing what is known now. */
export function placeCards(messages: readonly TimelineMessage[]): ReadonlyMap<string, PlacedCard> {
  const placed = new Map<string, PlacedCard>();
  for (const { seq, reply } of messages) {
    if (reply?.card) placed.set(reply.card.reference, { seq: placed.get(reply.card.reference)?.seq ?? seq, card: reply.card });
  }
  return placed;
}

/**
 * The `seq` after which a fresh look is worthwhile: the oldest question that still shows as open although the visitor has written since
 * and was answered. Typing "ja" answers a question just as its button does, and only the server knows which one.
 */
export function staleAsk(messages: readonly TimelineMessage[]): number | null {
  const last = messages.at(-1);
  const written = messages.findLast((message) => message.from === 'visitor');
  if (!last || !written || last === written) return null;
  const open = messages.find((message) => message.seq < written.seq && message.reply?.ask && !message.answered);
  return open ? open.seq - 1 : null;
}

/** Which choice of an answered question was taken, as far as the words that follow tell. */
export function chosenLabel(messages: readonly TimelineMessage[], asked: TimelineMessage): string | undefined {
  const ask = asked.reply?.ask;
  if (ask?.kind !== 'choices') return undefined;
  const next = messages.find((message) => message.seq > asked.seq && message.from === 'visitor');
  return ask.choices.find((choice) => choice.label === next?.text)?.label;
}

/** Whether anything was said after the visitor's message: the stream may be faster than the response to it. */
export function isAnswered(messages: readonly TimelineMessage[], clientId: string): boolean {
  const own = messages.find((message) => message.clientId === clientId);
  return own !== undefined && messages.some((message) => message.seq > own.seq && message.from !== 'visitor');
}

/** What the desk or a worker said after `seq`: the number on the launcher. */
export function unread(messages: readonly TimelineMessage[], seq: number): number {
  return messages.filter((message) => message.seq > seq && message.from !== 'visitor').length;
}

/** The first name of the colleague who talks; null while the desk does. */
export function talksHere(messages: readonly TimelineMessage[]): string | null {
  return messages.findLast(({ reply }) => reply?.colleague !== undefined)?.reply?.colleague ?? null;
}
