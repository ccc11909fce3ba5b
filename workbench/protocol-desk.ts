import type { FormField, Kind, Language, Means, Source } from '../domain/index.ts';
import type { CaseRow } from './protocol.ts';

/** What is said at the counter and the phone: people, registering for others, calling back; the routes stand in `protocol.ts`. */

/** Somebody as a colleague tells him from others. */
export interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly address: string | null;
  /** Name and address are proven, not only said. */
  readonly verified: boolean;
  readonly phone: string | null;
  readonly room: string | null;
  readonly department: string | null;
  readonly language: Language | null;
}

export interface PersonList {
  readonly people: readonly PersonRow[];
}

/** Somebody, with all that is his and of whom he was joined with. */
export interface PersonDetail extends PersonRow {
  readonly identities: readonly { readonly channel: string; readonly externalId: string; readonly since: string }[];
  readonly same: readonly PersonRow[];
  readonly joins: readonly {
    readonly id: string;
    readonly one: { readonly id: string; readonly name: string };
    readonly other: { readonly id: string; readonly name: string };
    readonly by: string;
    readonly at: string;
  }[];
  /** Those that this colleague may read, the newest first. */
  readonly cases: readonly CaseRow[];
}

/** What is typed so far, and what was settled beside it. */
export interface StorySoFar {
  readonly text: string;
  readonly language: Language;
  /** Who asks, when that is somebody who is known: his open cases are looked at. */
  readonly person?: string;
  /** Left out: what the text seems to ask for; null: none. */
  readonly product?: string | null;
  readonly kind?: Kind;
  /** By field id; '' for what nobody knows. */
  readonly values: Readonly<Record<string, string>>;
}

export interface Proposal {
  readonly product: string | null;
  readonly kind: Kind;
  readonly team: string;
  readonly confidence: number;
  readonly candidates: readonly { readonly product: string; readonly confidence: number }[];
  readonly fields: readonly FormField[];
  /** To read aloud. */
  readonly answer: { readonly id: string; readonly text: string; readonly source: Source } | null;
  /** What to say at once. */
  readonly danger: string | null;
  readonly disruption: { readonly id: string; readonly reference: string; readonly title: string; readonly sure: boolean } | null;
  /** Open cases of the same person, those about the same product first. */
  readonly open: readonly (CaseRow & { readonly alike: boolean })[];
}

export interface RegisterRequest extends Omit<StorySoFar, 'person'> {
  /** A UUID of the page's: the same again is one registration. */
  readonly id: string;
  readonly means: Means;
  readonly requester: { readonly id: string; readonly phone?: string } | { readonly name: string; readonly phone?: string };
  readonly attachments?: readonly string[];
  /** The answer that was read aloud and was all that was needed. */
  readonly answered?: string;
  /** The known disruption that it reports; null: it is another matter. */
  readonly disruption?: string | null;
}

export interface RegisteredCase {
  readonly person: string;
  /** Null for what is written down nowhere. */
  readonly reference: string | null;
  readonly said: string;
  readonly alarm: boolean;
  /** The question that must still be answered (where the danger is); null where none is. */
  readonly asks: string | null;
}

/** What the requester answered: a choice's value, or his words. The id makes it one answer however often it is sent. */
export interface AnswerByPhone {
  readonly id: string;
  readonly question: string;
  readonly value: string;
  readonly text: string;
}

export interface CallBackList {
  readonly calls: readonly CallBackView[];
}

export interface CallBackView {
  readonly conversation: string;
  readonly person: { readonly id: string; readonly name: string; readonly phone: string | null; readonly room: string | null } | null;
  readonly news: readonly {
    readonly message: string;
    readonly case: string | null;
    readonly reference: string | null;
    readonly at: string;
    /** Null for what is restricted: it is read on its case. */
    readonly text: string | null;
    /** First name of who says it; null for the desk. */
    readonly by: string | null;
  }[];
  /** The question that the last of it asks, and what can be answered; null when it asks nothing. */
  readonly ask: { readonly question: string; readonly choices: readonly { readonly value: string; readonly label: string }[] } | null;
  readonly attempts: number;
  readonly triedAt: string | null;
}

export interface CalledRequest {
  /** The news that was told, or would have been. */
  readonly messages: readonly string[];
  readonly reached: boolean;
  readonly answer?: AnswerByPhone;
}
