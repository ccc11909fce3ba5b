import type {
  AttachmentStore,
  CaseId,
  Content,
  ConversationId,
  HandlerNews,
  MessageId,
  PassCheckpoint,
  RunId,
  TurnView,
} from '../../../domain/index.ts';
import type { Register } from '../../../register/index.ts';
import type { TrustOptions } from './trust.ts';

export interface Log {
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}

/** Where the sources of mails are kept. */
export interface RawStore {
  /** When this returns, it is there. @returns its key */
  put(content: Content): Promise<string>;
  remove(key: string): Promise<void>;
}

/** What intake needs of the rest of the desk. */
export interface IntakeParts {
  readonly register: Pick<
    Register,
    'mails' | 'mailboxes' | 'ledger' | 'sends' | 'outbox' | 'leases' | 'ping' | 'supplierMails' | 'handlerRuns'
  >;
  readonly desk: {
    drain(conversation: ConversationId, seen: TurnView | null): Promise<void>;
    undelivered(id: CaseId, message: MessageId): Promise<void>;
    handled(run: RunId, handler: string, news: HandlerNews): Promise<void>;
  };
  readonly raws: RawStore;
  readonly attachments: AttachmentStore;
  readonly checkpoint: PassCheckpoint;
  readonly log: Log;
  /** All the desk's own addresses. */
  readonly ownAddresses: readonly string[];
  /** The handlers that are written to. */
  readonly suppliers: () => readonly { readonly id: string; readonly address: string }[];
  readonly trust?: TrustOptions;
}
