import type { ConversationId, MessageId, PersonId } from './ids.ts';
import type { Reply } from './reply.ts';
import type { Channel } from './words.ts';

/** A reply that its channel still has to send. */
export interface UndeliveredReply {
  /** The outbox row. */
  readonly id: number;
  readonly message: MessageId;
  readonly conversation: ConversationId;
  readonly channel: Channel;
  /** The message's place in the conversation. */
  readonly seq: number;
  /** A worker's id, or null for the desk. */
  readonly author: PersonId | null;
  readonly text: string;
  readonly reply: Reply | null;
  /** How often sending it was begun. */
  readonly attempts: number;
}

/** A reply on its way out. Its id was stored before the first attempt and is the same at every later one. */
export interface OutgoingReply extends Omit<UndeliveredReply, 'id' | 'message' | 'attempts'> {
  readonly id: MessageId;
  /** 1 for the first. At a later one it may have gone out already: look its id up before sending again. */
  readonly attempt: number;
}

/** Replies of one conversation that go out as one, in order. */
export type OutgoingReplies = readonly [OutgoingReply, ...OutgoingReply[]];

/** What became of a reply. What is thrown counts as failed. */
export type Delivery =
  | { readonly kind: 'delivered' }
  /** Tried again later, and parked after the maximum of attempts. */
  | { readonly kind: 'failed'; readonly reason: string; readonly retryAfterMs?: number }
  /** Never tried again: parked at once. */
  | { readonly kind: 'refused'; readonly reason: string };
