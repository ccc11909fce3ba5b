import type { Desk } from '../../bot/index.ts';
import type { AttachmentStore, Delivery, Language, MessageId, OutgoingReplies } from '../../domain/index.ts';
import type { Register } from '../../register/index.ts';
import type { Connector } from './connector.ts';

/** What the channel needs of the rest. */
export interface TeamsOptions {
  readonly desk: Pick<Desk, 'receive' | 'handle' | 'drain' | 'tell'>;
  readonly register: Pick<
    Register,
    'attachments' | 'conversations' | 'people' | 'ledger' | 'references' | 'deliveries' | 'sends' | 'ownCases' | 'live'
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
  /** How a text is read, in a few words: product and team; null when no product fits. */
  reading(text: string, language: Language): string | null;
  /** Where a case is opened in the workbench. */
  caseUrl(reference: string): string;
  /** Where whoever asked opens it: the tab "My cases". */
  ownCaseUrl?(reference: string): string;
}

export interface Log {
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}
