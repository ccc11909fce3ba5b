import type { Catalogue } from '../catalogue/index.ts';
import type {
  Approval,
  Case,
  CaseId,
  Claimant,
  ClockEvent,
  Disruption,
  DisruptionId,
  HeldAct,
  ListedPerson,
  MessageId,
  PersonId,
  QuestionId,
  Reference,
  Room,
} from '../domain/index.ts';

/** New ids and references: handed in, so that a decision stays a pure function. */
export interface Ids {
  case(): CaseId;
  message(): MessageId;
  question(): QuestionId;
  person(): PersonId;
  note(): string;
  notice(): string;
  disruption(): DisruptionId;
  reference(): Reference;
}

/** What was looked up for a decision. */
export interface Facts {
  /** The cases that the decision may speak of: of this conversation, and of this (verified) person. */
  readonly cases: readonly Case[];
  /** First names of those cases' workers. */
  readonly workers: ReadonlyMap<CaseId, string>;
  /** What happened so far to those whose clock may begin again: that wait, are ready, or that a worker or a timer comes to. */
  readonly histories: ReadonlyMap<CaseId, readonly ClockEvent[]>;
  /** What a colleague did with the case that is decided on and can still be taken back; left out or null: nothing. */
  readonly held?: HeldAct | null | undefined;
  /** Who would claim the case that is decided on, where somebody does. */
  readonly claimant?: Claimant | null | undefined;
  /** The known disruptions that run. */
  readonly disruptions: readonly Disruption[];
  /** What this conversation was asked to approve, by case. */
  readonly approvals: ReadonlyMap<CaseId, Approval>;
  /** Who approves by mail has to sign in first. */
  readonly approvingSignsIn?: boolean | undefined;
  /** The budgets that the message seems to name, by normalised number. */
  readonly budgets: ReadonlyMap<string, { readonly number: string; readonly open: boolean }>;
  /** The rooms that the message seems to name, by normalised number or name; null while there is no list of rooms. */
  readonly rooms: ReadonlyMap<string, readonly Room[]> | null;
  /** The people of whom the message seems to speak; null while there is no list of people, or where nobody asks for one. */
  readonly people: readonly ListedPerson[] | null;
  /** The names of the files that came with the message. */
  readonly files: readonly string[];
  /** The catalogue that is published now. */
  readonly catalogue: Catalogue;
  /** The version that a form began with; the published one when that is unknown. */
  readonly catalogueAt: (version: string) => Catalogue;
}
