import type { Desk } from '../../bot/index.ts';
import type { AttachmentStore, Delivery, Language, MessageId, OutgoingReplies } from '../../domain/index.ts';
import type { Register } from '../../register/index.ts';
import type { Connector } from './connector.ts';

/** What the channel needs of the rest. */
export interface TeamsOptions {
  readonly desk: Pick<Desk, 'receive' | 'handle' | 'drain' | 'tell'>;
  readonly register: Pick<
    Register,
    'attachments' | 'cases' | 'signIn' | 'conversations' | 'people' | 'ledger' | 'references' | 'deliveries' | 'sends' | 'ownCases' | 'live'
  >;
  readonly connector: Connector;
  readonly access: TeamsAccess;
  readonly desks: DeskFacts;
  /** Replies that went back in the response: they need no delivery. */
  readonly returned: (messages: readonly MessageId[]) => void;
  /** Brings replies to a person whom Teams does not reach. @returns null when there is no other way to them */
  readonly instead?: ((replies: OutgoingReplies) => Promise<Delivery | null>) | undefined;
  /** Keeps the files that people send. */
  readonly files: AttachmentStore;
  readonly log: Log;
}

export type TeamsAccess =
  /** The Microsoft 365 Agents Playground on this machine. */
  { readonly kind: 'playground' } | { readonly kind: 'tenants'; readonly allowed: readonly string[] };

/** What of the organisation's catalogue is shown. */
export interface DeskFacts {
  organisation(): string;
  timeZone(): string;
  teamName(team: string, language: Language): string;
  /** How a text is read. */
  reading(text: string, language: Language): Reading;
  /** Everything that can be asked for, by its name. */
  products(language: Language): readonly NamedProduct[];
  /** Where a case is opened in the workbench. */
  caseUrl(reference: string): string;
  /** Where whoever asked opens it: the tab "My cases". */
  ownCaseUrl?(reference: string): string;
}

/** What the classifier makes of a text. */
export interface Reading {
  /** What each of its questions seems to ask for, in a few words: product and team. Empty when no product fits. */
  readonly lines: readonly string[];
  /** The product of its only question; null: none fits, or it asks several things. */
  readonly product: string | null;
  /** What its only question may ask for, best first; by product and team too. */
  readonly candidates: readonly NamedProduct[];
}

export interface NamedProduct {
  readonly id: string;
  /** In the reader's language. */
  readonly name: string;
}

export interface Log {
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}
