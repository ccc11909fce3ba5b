import type { Case } from './case.ts';
import type { Conversation, Incoming } from './conversation.ts';
import type { Effect } from './effect.ts';
import type { HeldAct } from './held.ts';
import type { AttachmentId, CaseId, ConversationId, IntakeId, MessageId, PersonId } from './ids.ts';
import type { ClockEvent } from './service-clock.ts';
import type { Claimant } from './work-profile.ts';

/** What a turn finds: the conversation, the oldest message that waits, the cases it may speak of. */
export interface TurnView {
  readonly conversation: Conversation;
  readonly intake: { readonly id: IntakeId; readonly payload: Incoming; readonly attempts: number } | null;
  readonly cases: readonly Case[];
  /** First names of those cases' workers, by case. */
  readonly workers: ReadonlyMap<CaseId, string>;
  /** What happened so far to those whose clock may begin again in this turn. */
  readonly histories: ReadonlyMap<CaseId, readonly ClockEvent[]>;
  /** What is held of the case that was asked for; left out or null: nothing. */
  readonly held?: HeldAct | null | undefined;
  /** Who would claim the case that was asked for; left out or null: nobody does. */
  readonly claimant?: Claimant | null | undefined;
}

/** A decision and what it was made upon. */
export interface Change {
  readonly conversation: ConversationId;
  readonly version: number;
  readonly at: Date;
  /** The message that it answers, and the id it has in the timeline; null for what no message caused (a worker's act, a timer). */
  readonly incoming: {
    readonly intake: IntakeId;
    readonly message: MessageId;
    readonly text: string;
    readonly attachments?: readonly AttachmentId[] | undefined;
    /** Who wrote it; left out: the requester. */
    readonly author?: PersonId | null | undefined;
  } | null;
  readonly effects: readonly Effect[];
}

/** A line of the outbox, as a commit returns it. */
export interface OutboxEntry {
  readonly id: number;
  readonly kind: 'reply' | 'ticket' | 'timer' | 'handler';
  readonly conversation: ConversationId | null;
  readonly case: CaseId | null;
  readonly message: MessageId | null;
  readonly data: Readonly<Record<string, string | number | null>>;
}

/** What became of a change. */
export type Committed =
  | {
      readonly kind: 'committed';
      readonly messages: readonly { readonly id: MessageId; readonly seq: number }[];
      readonly outbox: readonly OutboxEntry[];
      /** Other messages of the conversation wait. */
      readonly more: boolean;
    }
  /** The conversation or a case changed since it was read, or a reference was taken: decide again. */
  | { readonly kind: 'conflict' };
