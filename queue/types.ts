import type {
  CaseId,
  Channel,
  ConversationId,
  Delivery,
  HandlerNews,
  HandlerSettings,
  HandlerTask,
  MessageId,
  OutboxEntry,
  OutgoingNotice,
  OutgoingReplies,
  OutgoingReply,
  PassCheckpoint,
  RunId,
  TimerKind,
  UndeliveredReply,
} from '../domain/index.ts';
import type { HandlerPatience } from './handler-queues.ts';
import type { HandlerMeans } from './handlers/handler.ts';
import type { WebhookOptions } from './webhooks.ts';

/** What the queues ask of the register; its classes fit as they are. */
export interface RegisterPorts {
  readonly outbox: OutboxPort;
  readonly timers: TimersPort;
  readonly leases: LeasesPort;
  readonly notices: NoticesPort;
  readonly handlerRuns: HandlerRunsPort;
}

/** A run that is still to be sent. */
export interface OpenRun extends RunId {
  readonly handler: string;
  readonly due: Date;
}

export interface HandlerRunsPort {
  begin(run: RunId, handler: string): Promise<{ readonly due: Date } | HandlerTask | null>;
  noteFailure(run: RunId, said: string, again: Date): Promise<void>;
  recalled(run: RunId, said: string | null): Promise<void>;
  open(after: RunId | null, limit: number): Promise<readonly OpenRun[]>;
}

/** What the queues of handlers need. */
export interface HandlerOptions {
  /** The handlers that are configured now. */
  readonly settings: () => readonly HandlerSettings[];
  readonly means: HandlerMeans;
  /** Says what happened to a run: begins a turn of its case. It may be called again with the same. */
  readonly news: (run: RunId, handler: string, news: HandlerNews) => Promise<void>;
  readonly patience?: Partial<HandlerPatience>;
}

export interface NoticesPort {
  takeUnsent(limit: number): Promise<readonly OutgoingNotice[]>;
  markSent(id: string, by: string | null): Promise<void>;
  noteError(id: string, error: string, again: Date | null): Promise<void>;
}

export interface OutboxPort {
  pending(olderThanMs: number, limit: number): Promise<readonly OutboxEntry[]>;
  markProjected(ids: readonly number[]): Promise<void>;
  undelivered(conversation: ConversationId, limit: number): Promise<readonly UndeliveredReply[]>;
  undeliveredConversations(olderThanMs: number, after: ConversationId | null, limit: number): Promise<readonly ConversationId[]>;
  beginAttempt(ids: readonly number[]): Promise<number | null>;
  noteError(ids: readonly number[], error: string): Promise<void>;
  markDelivered(ids: readonly number[]): Promise<void>;
  markMessagesDelivered(messages: readonly MessageId[]): Promise<void>;
  park(ids: readonly number[], error: string): Promise<void>;
  queuedCases(after: CaseId | null, limit: number, teams: readonly string[] | null): Promise<readonly QueuedCase[]>;
  queuedCounts(): Promise<ReadonlyMap<string, number>>;
}

export interface TimersPort {
  open(id: CaseId, kind: string): Promise<OpenTimer | null>;
  openTimers(after: OpenTimer | null, limit: number, until: Date | null): Promise<readonly OpenTimer[]>;
}

export interface LeasesPort {
  acquire(name: string, holder: string, forMs: number): Promise<boolean>;
  renew(name: string, holder: string, forMs: number): Promise<boolean>;
  release(name: string, holder: string): Promise<void>;
}

/** Which ticket: the case and how often it was queued by then. */
export interface TicketKey {
  readonly team: string;
  readonly case: CaseId;
  readonly round: number;
}

export interface QueuedCase extends TicketKey {
  readonly due: Date;
}

export interface OpenTimer {
  readonly case: CaseId;
  readonly kind: string;
  readonly due: Date;
}

/** A way by which a notice reaches a colleague besides the workbench. It may be called again with the same one. */
export interface NoticeMeans {
  readonly name: string;
  /** `unreachable`: this way does not lead to him; the next is tried. */
  readonly send: (notice: OutgoingNotice) => Promise<Delivery | { readonly kind: 'unreachable' }>;
}

/** How a channel sends one reply. It may be called again with the same one. */
export type Deliver = (reply: OutgoingReply) => Promise<Delivery>;

/** A channel for which what waits in a conversation goes out as one (a mail), or that needs more patience than others. */
export interface DeliverTogether {
  /**
   * Sends what waits. It is called again with the very same replies, nothing less and nothing more, until they are delivered or parked: what is
   * said meanwhile waits for the next time. So the first one's id can stand for all of them.
   */
  readonly together: (replies: OutgoingReplies) => Promise<Delivery>;
  readonly patience: Patience;
}

/** After how many attempts a reply is parked, and how long to wait between them. */
export interface Patience {
  readonly maxAttempts: number;
  /** Wait before the second attempt; doubled at each later one, up to the longest. */
  readonly retryMs: number;
  readonly longestRetryMs: number;
}

/** Tells people of replies that were given up. It may be called again with the same ones. */
export type OnParked = (conversation: ConversationId, messages: readonly MessageId[], reason: string) => Promise<void>;

/** Begins the turn of a timer that is due, and commits that it is done. It may be called again with the same one. */
export type OnTimer = (id: CaseId, kind: TimerKind) => Promise<void>;

export interface Log {
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}

export type BackendOptions =
  | { readonly kind: 'redis'; readonly url: string; readonly prefix?: string }
  /** `url` is the application role's. */
  | { readonly kind: 'postgres'; readonly url: string; readonly schema: 'queue' };

/** Figures that tests make short. */
export interface Pace {
  /** How long entries of several commits are gathered. */
  readonly gatherMs: number;
  /** How often is looked for what a crash left, and how old that must be. */
  readonly sweepMs: number;
  readonly leftoverMs: number;
  /** How long the reconciler's lease lasts; it is renewed three times in that. */
  readonly leaseMs: number;
  readonly reconcileMs: number;
  /** How long a taken ticket belongs to its taker without a word. */
  readonly lockMs: number;
  readonly stalledMs: number;
  /** How long somebody waits for the queues at most. */
  readonly patienceMs: number;
  /** Wait before the second attempt to deliver; doubled at each later one, up to the longest. */
  readonly retryMs: number;
  readonly longestRetryMs: number;
}

export interface QueueOptions {
  /** Webhooks to other systems; left out: none are sent here. */
  readonly webhooks?: WebhookOptions | undefined;
  readonly backend: BackendOptions;
  readonly register: RegisterPorts;
  /** By channel; a reply for a channel that is not there is a failed attempt. */
  readonly deliver: Readonly<Partial<Record<Channel, Deliver | DeliverTogether>>>;
  readonly onTimer: OnTimer;
  /** Systems and suppliers that cases are given to; default: none. */
  readonly handlers?: HandlerOptions;
  /** How notices reach colleagues besides the workbench, in the order in which they are tried. */
  readonly notify?: readonly NoticeMeans[];
  /** Default: nobody is told; what is parked is shown all the same. */
  readonly onParked?: OnParked;
  readonly checkpoint: PassCheckpoint;
  readonly log: Log;
  /** Whether this process delivers, fires timers, sweeps and reconciles by itself (the role `jobs`); default true. */
  readonly jobs?: boolean;
  /** After how many attempts a reply is parked; default 8. */
  readonly maxAttempts?: number;
  readonly pace?: Partial<Pace>;
}

/** A ticket in somebody's hand: its case may be claimed. When its taker dies it comes back by itself. */
export interface Ticket {
  readonly team: string;
  readonly case: CaseId;
  readonly round: number;
  /** It was used, or its case needs nobody any more. Never fails: a ticket that comes back is dropped by whoever takes it. */
  done(): Promise<void>;
  /** Back in front of its equals. Never fails: left alone it comes back by itself. */
  giveBack(): Promise<void>;
}

export interface ReconcileReport {
  readonly mode: 'incremental' | 'whole';
  /** Teams whose tickets were compared one by one. */
  readonly teams: readonly string[];
  readonly added: { readonly tickets: number; readonly timers: number; readonly conversations: number; readonly runs: number };
  readonly removed: { readonly tickets: number };
  readonly ms: number;
}

/** How many jobs wait for their turn or their moment, and how many are being worked on. */
export interface QueueCount {
  readonly waiting: number;
  readonly active: number;
}

interface QueueCounts {
  readonly teams: Readonly<Record<string, QueueCount>>;
  readonly deliver: QueueCount;
  readonly timers: QueueCount;
  readonly handlers: QueueCount;
}

export interface Queues {
  /**
   * After a commit: puts its outbox entries where they belong, those of several commits together. Not awaited, never throws;
   * what fails is left for the sweep. Replies that go back in the HTTP response are not given here but to `delivered`.
   */
  project(entries: readonly OutboxEntry[]): void;
  /** Replies that went back in the HTTP response. Not awaited, never throws; what fails is delivered again under the same id. */
  delivered(messages: readonly MessageId[]): void;
  /** Resolves when all that was projected and delivered so far is done. */
  flushed(): Promise<void>;
  /**
   * The ticket with the nearest deadline, or null when the team has none.
   * @throws QueueUnavailable within `patienceMs`
   */
  take(team: string): Promise<Ticket | null>;
  /** A case was claimed from a list: its ticket goes. Never fails; a ticket in somebody's hand is left, and dropped by its taker. */
  remove(ticket: TicketKey): Promise<void>;
  /**
   * Makes the queues what the register says. `incremental` compares counts and looks closer only where they differ.
   * @throws QueueUnavailable, or the database's error
   */
  reconcile(mode: 'incremental' | 'whole'): Promise<ReconcileReport>;
  /** @throws QueueUnavailable */
  counts(): Promise<QueueCounts>;
  /** Stops in order, and waits for what is under way. */
  close(): Promise<void>;
}
