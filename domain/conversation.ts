import type { Why } from './case.ts';
import type { AttachmentId, CaseId, ConversationId, DisruptionId, MessageId, PersonId, QuestionId } from './ids.ts';
import type { Choice, Reply } from './reply.ts';
import type { Channel, Kind, Language, RegisteredBy } from './words.ts';

/** Somebody the desk knows. Name and address of an anonymous visitor are only said, not proven: `verified` is false. */
export interface Person {
  readonly id: PersonId;
  readonly name: string;
  readonly address: string | null;
  readonly verified: boolean;
  /** As the directory has it; agreements may differ by it. */
  readonly department?: string | null | undefined;
}

/** A question that is being made complete and is not registered yet. */
export interface Draft {
  readonly text: string;
  /** Null: no product fits; it goes to the desk's own queue. */
  readonly product: string | null;
  readonly kind: Kind;
  readonly values: Readonly<Record<string, string>>;
  readonly why: Why;
  /** It was shown and agreed to as it stands. */
  readonly confirmed: boolean;
  /** It was asked, and is no report of the known disruption. */
  readonly apart?: boolean | undefined;
  /** The message in which it was asked: it belongs to the case, however many questions back lie between. */
  readonly message: MessageId | null;
  /** Messages in which more was said of it in free text: they belong to the case too. Left out while there are none. */
  readonly more?: readonly MessageId[] | undefined;
  /** The names of the files that came with it; left out when there are none. */
  readonly files?: readonly string[] | undefined;
  /** How often it was asked what it lacks; left out while it was not. */
  readonly asked?: number | undefined;
}

/**
 * A question of the desk that waits for an answer. Every one has an id that buttons and quoted replies carry;
 * free text goes to the latest that it fits.
 */
export type OpenQuestion =
  | {
      readonly kind: 'form';
      readonly id: QuestionId;
      /** What is being made complete. */
      readonly draft: Draft;
      /** What waits its turn behind it. */
      readonly rest: readonly Draft[];
      /** It begins with who the visitor is. */
      readonly contact: boolean;
      /** Everything can be changed, not only what lacks. */
      readonly adjust: boolean;
      /** Why a value was not taken, by field id. */
      readonly errors: Readonly<Record<string, string>>;
      /** What a value that was not taken may have meant, by field id. */
      readonly among?: Readonly<Record<string, readonly Choice[]>> | undefined;
    }
  | { readonly kind: 'confirm'; readonly id: QuestionId; readonly draft: Draft; readonly rest: readonly Draft[] }
  /** Which of two or three products. */
  | { readonly kind: 'choose'; readonly id: QuestionId; readonly draft: Draft; readonly products: readonly string[] }
  /** No product fits: shall a person look at it? */
  | { readonly kind: 'offer-person'; readonly id: QuestionId; readonly draft: Draft }
  /** The desk answered: did it help? */
  | { readonly kind: 'helped'; readonly id: QuestionId; readonly case: CaseId }
  /** A field that is asked for after registration. */
  | {
      readonly kind: 'detail';
      readonly id: QuestionId;
      readonly case: CaseId;
      readonly field: string;
      /** What is asked after this. */
      readonly more: readonly { readonly case: CaseId; readonly field: string }[];
    }
  | { readonly kind: 'worker-question'; readonly id: QuestionId; readonly case: CaseId }
  /** It was reported ready: is it? */
  | { readonly kind: 'confirm-ready'; readonly id: QuestionId; readonly case: CaseId }
  /** It was not ready: what is still wrong? */
  | { readonly kind: 'reopen-reason'; readonly id: QuestionId; readonly case: CaseId }
  /** Danger was met: where is it? Nothing waits for the answer. */
  | { readonly kind: 'where'; readonly id: QuestionId; readonly case: CaseId }
  /** Offered after a registration without confirmation. */
  | { readonly kind: 'undo'; readonly id: QuestionId; readonly case: CaseId }
  /** A disruption of the product is known: is it that? */
  | { readonly kind: 'known-disruption'; readonly id: QuestionId; readonly draft: Draft; readonly disruption: DisruptionId }
  /** Put to somebody who may approve it. The case is another's, who asks elsewhere. */
  | { readonly kind: 'approval'; readonly id: QuestionId; readonly of: CaseId }
  /** He refuses: why? */
  | { readonly kind: 'refusal-reason'; readonly id: QuestionId; readonly of: CaseId }
  | { readonly kind: 'withdraw'; readonly id: QuestionId; readonly cases: readonly CaseId[] }
  /** A message fits two open questions: which one does it answer? */
  | { readonly kind: 'which'; readonly id: QuestionId; readonly questions: readonly QuestionId[]; readonly given: AnswerGiven };

/** An answer to an open question: pressed or filled in, said as yes or no, or in free text. */
export type AnswerGiven =
  | { readonly kind: 'pressed'; readonly value: IncomingAnswer['value'] }
  | { readonly kind: 'yes' }
  | { readonly kind: 'no' }
  | { readonly kind: 'said'; readonly text: string };

/** A danger of the organisation's configuration that somebody spoke of. */
export interface MetDanger {
  readonly id: string;
  /** Null when it is confidential. */
  readonly case: CaseId | null;
  /** ISO 8601. */
  readonly at: string;
}

/** What the desk remembers of a conversation between two messages. */
export interface ConversationState {
  readonly language: Language;
  /** Oldest first. */
  readonly open: readonly OpenQuestion[];
  /** The product last spoken of, for a follow-up. */
  readonly lastProduct: string | null;
  /** The dangers that were answered, oldest first; left out while there are none. */
  readonly dangers?: readonly MetDanger[] | undefined;
  /** Messages with files that belong to the next question; left out while there are none. */
  readonly aside?: readonly PutAside[] | undefined;
  /** A colleague talks, and the desk is silent; left out while none does. */
  readonly takeOver?: TakeOver | undefined;
}

/** A colleague who talks with the requester in the requester's own chat. Moments are ISO 8601. */
export interface TakeOver {
  readonly by: PersonId;
  /** His first name: by that he is known in the chat. */
  readonly name: string;
  /** What is talked about. */
  readonly case: CaseId;
  readonly since: string;
  /** When something was last heard of him. */
  readonly active: string;
  /** The requester wrote after that. */
  readonly unread: boolean;
}

/** A message whose files wait for the question that they belong to. */
export interface PutAside {
  readonly message: MessageId;
  /** Their names. */
  readonly files?: readonly string[] | undefined;
  /** ISO 8601. */
  readonly at: string;
}

/** A conversation as a turn finds it. */
export interface Conversation {
  readonly id: ConversationId;
  readonly channel: Channel;
  readonly person: Person | null;
  readonly state: ConversationState;
  /** Raised by every change; a decision on an old version is made again. */
  readonly version: number;
}

/** A message as a channel hands it in, already parsed. */
export interface Incoming {
  /** May be '' when something is attached. */
  readonly text: string;
  readonly answer: IncomingAnswer | null;
  /** Left out: `quick`. */
  readonly pace?: Pace | undefined;
  /** Files that came with it, kept already (`AttachmentStore`); they are bound to the message when it is taken in. */
  readonly attachments?: readonly AttachmentId[] | undefined;
  /** Left out where only its requester can write in a conversation. */
  readonly sender?: Sender | undefined;
  /** The cases whose messages it answers; left out where the channel does not know. */
  readonly about?: readonly CaseId[] | undefined;
  /** Pressed by a link of which the desk knows to whom it was sent. */
  readonly byLink?: true | undefined;
  /** The product that its writer chose himself; left out: as the text sounds. */
  readonly product?: string | undefined;
  /** What came with it and was not taken. */
  readonly notTaken?: readonly NotTaken[] | undefined;
}

/** Who wrote a message. */
export type Sender =
  /** @param proven it is shown that he is who he says; without that he may ask, but not withdraw, approve or read what was before */
  | { readonly kind: 'requester'; readonly proven: boolean }
  /** Somebody else: he may add to a case, and gets to know nothing. */
  | { readonly kind: 'other'; readonly person: PersonId | null }
  /** A colleague at the desk, for the requester: he registers what was asked, or (null) passes on what was answered. */
  | { readonly kind: 'colleague'; readonly person: PersonId; readonly registers: Registration | null };

/** What a colleague settles who registers a question for its requester: nothing of it is asked back. */
export interface Registration {
  readonly means: RegisteredBy;
  /** Left out: what the text seems to ask for; null: no product fits, and it goes to the desk's own queue. */
  readonly product?: string | null | undefined;
  /** Left out: as the text sounds. */
  readonly kind?: Kind | undefined;
  /** By field id; '' where the requester does not know, and then it is not looked for in the text either. */
  readonly values: Readonly<Record<string, string>>;
  /** The answer that was read aloud and was all that was needed. */
  readonly answered?: string | undefined;
  /** The known disruption that it reports; null: another matter. Left out: only when that is sure. */
  readonly disruption?: DisruptionId | null | undefined;
}

/** Something that came with a message and is not kept by the desk, or cannot be read here. */
export type NotTaken =
  | {
      readonly reason: 'too-large';
      /** Null when it has none. */
      readonly name: string | null;
      /** How much would have been taken, in bytes. */
      readonly limit: number;
    }
  | { readonly reason: 'encrypted' };

/**
 * How fast question and answer follow each other where the message came from. Where that takes hours (a mail) everything is asked in one go, an
 * answer to it is agreement too, and after two rounds a person takes over.
 */
export type Pace = 'quick' | 'slow';

/** What was pressed or filled in. */
export interface IncomingAnswer {
  readonly question: string;
  readonly value: string | Readonly<Record<string, string>>;
}

/** A message that goes out. */
export interface OutMessage {
  readonly id: MessageId;
  /** A worker's id, or null for the desk. */
  readonly author: PersonId | null;
  readonly reply: Reply;
  /** The cases whose history it belongs to. */
  readonly cases: readonly CaseId[];
}
