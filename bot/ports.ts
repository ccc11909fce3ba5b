import type { Catalogue } from '../catalogue/index.ts';
import type {
  Approval,
  Approver,
  Attachment,
  AttachmentId,
  Case,
  CaseId,
  Change,
  Channel,
  Checkpoint,
  Committed,
  ConversationId,
  Disruption,
  DisruptionEnd,
  DisruptionId,
  Incoming,
  IntakeId,
  Language,
  ListedPerson,
  MessageId,
  OutboxEntry,
  PeopleWanted,
  PersonId,
  Room,
  TurnView,
  Understanding,
} from '../domain/index.ts';
import type { AssistedTurn } from '../intents/index.ts';

/**
 * What the bot needs of others, declared where it is used and handed in by `loket.ts`. The room knows no SQL, no queue and no channel.
 */
export interface TurnPorts {
  readonly register: TurnRegister;
  readonly published: Published;
  /** A language model that may help where the desk is unsure; missing where none is configured. */
  readonly assistant?: AssistantPort | null | undefined;
  /** Who approves by mail is asked to sign in first: the organisation has a provider for that. */
  readonly approvingSignsIn?: boolean | undefined;
  /** The moment of what is decided now. */
  readonly now: () => Date;
  /** The known disruptions that run, as far as this process knows. */
  readonly disruptions: () => readonly Disruption[];
  /** Called after a commit, not awaited: puts what was written where it belongs. */
  readonly afterCommit: (commit: AfterCommit) => void;
  readonly checkpoint: (checkpoint: Checkpoint) => void;
  readonly report: (problem: string, error: unknown) => void;
}

/** Help that never throws and keeps a turn's time limit. */
export interface AssistantPort {
  /** Its name, as configured. */
  readonly model: string;
  /** The questions of one turn. @param abort with the reason `danger` it is not waited for any longer */
  turn(abort: AbortSignal): AssistedTurn;
}

/** What the conversation's people and screens see of a commit. */
export interface AfterCommit {
  readonly conversation: ConversationId;
  readonly outbox: readonly OutboxEntry[];
  readonly lastSeq: number;
  /** The cases that changed, each with the team that it left, if it did. */
  readonly cases: readonly { readonly case: Case; readonly from: string | null }[];
  readonly channel: Channel;
  /** A disruption was declared, changed or ended. */
  readonly disruption: boolean;
  /** The message's channel waits for the replies, gives them in its own response and says so itself. */
  readonly awaited: boolean;
}

/** The catalogue and model that are published now, and older catalogues by version. */
export interface Published {
  current(): { readonly catalogue: Catalogue; readonly understand: Understand };
  /** The catalogue of a version; the current one when that is unknown. */
  at(version: string): Promise<Catalogue>;
}

export type Understand = (text: string, context: { readonly language: Language; readonly lastProduct: string | null }) => Understanding;

export interface Arrival {
  readonly id: IntakeId;
  readonly channel: Channel;
  readonly source: string;
  readonly externalId: string;
  readonly conversation: ConversationId;
  readonly payload: Incoming;
}

export interface Received {
  readonly id: IntakeId;
  readonly status: 'pending' | 'handled' | 'parked' | 'refused';
  readonly duplicate: boolean;
  /** What a turn finds that begins at once, where the register says so with it: that saves a look. */
  readonly view?: TurnView | null;
}

export interface TurnRegister {
  receive(arrival: Arrival): Promise<Received>;
  next(conversation: ConversationId): Promise<TurnView | null>;
  /** A turn's view of a case: its conversation, and the case among `cases`. @param claimant who acts on it, and may claim it */
  viewOfCase(id: CaseId, claimant?: PersonId): Promise<TurnView | null>;
  /** When something last happened with a case: an event, a message, a note. */
  activeAt(id: CaseId): Promise<Date | null>;
  commit(change: Change): Promise<Committed>;
  /** Whether a message of this id was committed. */
  said(message: MessageId): Promise<boolean>;
  budgets(numbers: readonly string[]): Promise<ReadonlyMap<string, { readonly number: string; readonly open: boolean }>>;
  /** The rooms with these normalised numbers or names, by either; null while there is no list of rooms. */
  rooms(tokens: readonly string[]): Promise<ReadonlyMap<string, readonly Room[]> | null>;
  /** Those of the list of people who may be meant, whoever else; null while there is none. */
  people(wanted: PeopleWanted): Promise<readonly ListedPerson[] | null>;
  /** Those of these files that are there, in their order. */
  attachments(ids: readonly AttachmentId[]): Promise<readonly Attachment[]>;
  /** What was last declared on a case, and how it ended (null while it runs). */
  disruptionOf(id: CaseId): Promise<{ readonly disruption: Disruption; readonly end: DisruptionEnd | null } | null>;
  /** What a case has to be agreed to; null when that is nothing. */
  approvalOf(id: CaseId): Promise<Approval | null>;
  /** The conversation in which somebody is asked to approve a case; null when he is reached by none. */
  conversationWith(approver: Approver, about: CaseId): Promise<ConversationId | null>;
  /** Whether a word of a handler's far side is still to be handled. */
  awaits(intake: IntakeId): Promise<boolean>;
  /** Cases that are linked to a disruption, by id. */
  linkedTo(id: DisruptionId, after: CaseId | null, limit: number): Promise<readonly CaseId[]>;
  /** Counts a failed attempt at a message. */
  failed(intake: IntakeId, reason: string): Promise<void>;
  /** Sets a message aside with the reason; a person looks at it. */
  park(intake: IntakeId, reason: string): Promise<void>;
  /** Conversations with messages that have waited longer than this: a crash left them. */
  leftovers(olderThanMs: number): Promise<readonly ConversationId[]>;
}
