import type { Case } from './case.ts';
import type { Incoming, Registration } from './conversation.ts';
import type { AttachmentId, ConversationId, PersonId } from './ids.ts';
import type { Reference } from './reference.ts';
import type { Language } from './words.ts';

/** What is taken in for somebody else: by a colleague at the desk, or by another system. */

/** What a colleague registers for somebody else. */
export interface RegisterForOther {
  /** The client's: the same again is one registration. */
  readonly id: string;
  readonly by: PersonId;
  readonly requester: /** The phone is what he says it is, where nobody knew one. */
    | { readonly kind: 'known'; readonly id: PersonId; readonly phone: string | null }
    /** Somebody who is known by name alone: he has no digital address. */
    | { readonly kind: 'new'; readonly name: string; readonly phone: string | null };
  readonly language: Language;
  readonly text: string;
  /** Scans, kept already. */
  readonly attachments: readonly AttachmentId[];
  readonly registration: Registration;
}

/** What became of it. */
export interface RegisteredForOther {
  readonly person: PersonId;
  /** To read aloud; null for what is written down nowhere. */
  readonly reference: Reference | null;
  /** What the desk says to the requester. */
  readonly said: string;
  /** Danger: its first line says what to do now. */
  readonly alarm: boolean;
  /** What must still be known: where the danger is. The id of the question; null where nothing is asked. */
  readonly asks: string | null;
}

/** What somebody answered who was called back, or who is on the phone still. */
export interface PassedOn {
  readonly id: string;
  readonly by: PersonId;
  /** By the conversation, or by the id of the registration that began it. */
  readonly of: { readonly conversation: ConversationId } | { readonly registration: string };
  readonly answer: NonNullable<Incoming['answer']>;
  readonly text: string;
}

/** What somebody says about a case in another system than the desk's. */
export interface AddedToCase {
  readonly id: string;
  readonly by: PersonId;
  readonly case: Pick<Case, 'id' | 'conversation' | 'channel'>;
  readonly text: string;
}
