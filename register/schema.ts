import type { ColumnType, Generated } from 'kysely';
import type {
  Actor,
  AttachmentId,
  AttachmentState,
  CaseEventName,
  CaseId,
  CaseState,
  Channel,
  ConversationId,
  ConversationState,
  DisruptionId,
  ExampleId,
  HeldAction,
  IntakeId,
  Kind,
  Language,
  MessageId,
  NoticeKind,
  NoticeRole,
  OutboxEntry,
  PersonId,
  Priority,
  Reference,
  Reply,
  Role,
  Room,
  Why,
} from '../domain/index.ts';
import type { Automated } from './mails.ts';
import type { SendOutcome } from './sends.ts';

/** The register's tables as Kysely sees them; `schema.sql` beside this file is the same as PostgreSQL sees it. */
export interface Schema {
  people: PeopleTable;
  keys: { name: string; secret: Buffer; created_at: Generated<Date> };
  identities: { channel: Channel; external_id: string; person_id: PersonId; created_at: Generated<Date> };
  conversations: ConversationsTable;
  intake: IntakeTable;
  messages: MessagesTable;
  cases: CasesTable;
  case_messages: { case_id: CaseId; message_id: MessageId };
  case_events: CaseEventsTable;
  claims: { id: Generated<string>; case_id: CaseId; worker_id: PersonId; claimed_at: Date; ended_at: Date | null; ended_by: string | null };
  work_profiles: {
    person_id: PersonId;
    skills: string[];
    places: string[];
    products: string[];
    most: number | null;
    changed_at: Generated<Date>;
    changed_by: PersonId | null;
  };
  disruptions: {
    id: DisruptionId;
    case_id: CaseId;
    product: string | null;
    announced: Generated<boolean>;
    place: string | null;
    title: string;
    expected_by: Date | null;
    declared_by: PersonId | null;
    declared_at: Date;
    ended_at: Date | null;
    outcome: string | null;
  };
  search_documents: { case_id: CaseId; month: number; words: unknown };
  held_acts: { case_id: CaseId; by_id: PersonId; name: string; act: Json<HeldAction>; since: Date; until: Date };
  notes: { id: string; case_id: CaseId; author_id: PersonId | null; handler: string | null; text: string; at: Date };
  outbox: OutboxTable;
  timers: { case_id: CaseId; kind: string; due: Date; done_at: Date | null };
  catalogue_versions: {
    version: string;
    body: Json<unknown>;
    active: boolean;
    based_on: string | null;
    model: Generated<string | null>;
    created_at: Generated<Date>;
  };
  models: ModelsTable;
  training_examples: TrainingExamplesTable;
  case_summaries: { case_id: CaseId; text: string; model: string; at: Date };
  llm_usage: { day: string; tokens: number; calls: number };
  budgets: BudgetsTable;
  notices: NoticesTable;
  rooms: Room & { key: string; number_key: string; name_key: string | null; active: Generated<boolean> };
  call_backs: {
    message_id: MessageId;
    conversation_id: ConversationId;
    case_id: CaseId | null;
    pressing: boolean;
    at: Generated<Date>;
    attempts: Generated<number>;
    tried_at: Date | null;
    done_at: Date | null;
    done_by: PersonId | null;
  };
  person_joins: {
    id: string;
    one_id: PersonId;
    other_id: PersonId;
    by_id: PersonId;
    at: Generated<Date>;
    undone_by: Generated<PersonId | null>;
    undone_at: Generated<Date | null>;
  };
  sign_in_links: { token_hash: Buffer; person_id: PersonId; expires_at: Date; used_at: Date | null; created_at: Generated<Date> };
  sessions: {
    token_hash: Buffer;
    person_id: PersonId;
    created_at: Generated<Date>;
    expires_at: Date;
    revoked_at: Date | null;
    carrier: Generated<'cookie' | 'bearer'>;
    with_role: Generated<boolean>;
    by_openid: Generated<boolean>;
  };
  api_tokens: {
    id: PersonId;
    name: string;
    token_hash: Buffer;
    scopes: string[];
    created_by: PersonId | null;
    created_at: Generated<Date>;
    expires_at: Date;
    last_used_at: Generated<Date | null>;
    revoked_at: Generated<Date | null>;
    counting_since: Generated<Date>;
    calls: Generated<number>;
  };
  scim_users: {
    person_id: PersonId;
    user_name: string;
    external_id: string | null;
    resource: Json<Readonly<Record<string, unknown>>>;
    created_at: Generated<Date>;
    modified_at: Generated<Date>;
  };
  scim_groups: {
    id: string;
    display_name: string;
    external_id: string | null;
    created_at: Generated<Date>;
    modified_at: Generated<Date>;
  };
  scim_members: { group_id: string; person_id: PersonId };
  api_answers: { token_id: PersonId; key: string; request_hash: Buffer; status: number | null; body: string | null; at: Generated<Date> };
  webhook_subscriptions: {
    id: string;
    url: string;
    events: string[];
    secret: string;
    active: Generated<boolean>;
    failing_since: Generated<Date | null>;
    off_because: Generated<string | null>;
    created_by: PersonId | null;
    created_at: Generated<Date>;
  };
  webhook_deliveries: {
    id: Generated<string>;
    subscription_id: string;
    case_id: CaseId;
    n: number;
    event: string;
    at: Date;
    state: Generated<'pending' | 'delivered' | 'failed'>;
    attempts: Generated<number>;
    due_at: Generated<Date>;
    answer: Generated<string | null>;
    created_at: Generated<Date>;
    done_at: Generated<Date | null>;
  };
  product_readers: {
    product: string;
    reader: string;
  };
  audit: {
    id: Generated<string>;
    at: Generated<Date>;
    actor_id: PersonId | null;
    action: string;
    subject: string | null;
    data: Json<Record<string, unknown>>;
  };
  attachments: AttachmentsTable;
  leases: { name: string; holder: string; until: Date };
  mails: MailsTable;
  mail_messages: MailMessagesTable;
  mailboxes: MailboxesTable;
  sends: SendsTable;
  conversation_references: ConversationReferencesTable;
  deliveries: {
    message_id: MessageId;
    conversation_id: ConversationId;
    external_id: string;
    answered: string | null;
    shown: string | null;
    at: Generated<Date>;
  };
}

/** A jsonb column: read as a value, written as its text. */
type Json<Value> = ColumnType<Value, string, string>;

interface PeopleTable {
  id: PersonId;
  name: string;
  address: string | null;
  verified: boolean;
  role: Role | null;
  teams: Generated<string[]>;
  created_at: Generated<Date>;
  directory_id: Generated<string | null>;
  department: Generated<string | null>;
  manager: Generated<string | null>;
  deputy: Generated<string | null>;
  room: Generated<string | null>;
  phone: Generated<string | null>;
  language: Generated<Language | null>;
  active: Generated<boolean>;
  role_by_directory: Generated<boolean>;
  same_as: Generated<string | null>;
  found_by: ColumnType<string, never, never>;
  name_key: ColumnType<string, never, never>;
}

interface NoticesTable {
  id: string;
  case_id: CaseId;
  kind: NoticeKind;
  role: NoticeRole;
  team: string;
  person_id: PersonId | null;
  address: string | null;
  at: Date;
  seen_by: Generated<PersonId[]>;
  sent_at: Date | null;
  sent_by: string | null;
  attempts: Generated<number>;
  next_at: Date | null;
  error: string | null;
}

interface BudgetsTable {
  key: string;
  number: string;
  name: string;
  holder: string;
  open: boolean;
  limit: Generated<string | null>;
  active: Generated<boolean>;
  source: Generated<'catalogue' | 'list'>;
}

interface ConversationsTable {
  id: ConversationId;
  channel: Channel;
  person_id: PersonId | null;
  secret_hash: Buffer | null;
  state: Json<ConversationState>;
  version: Generated<number>;
  intake_seq: Generated<number>;
  message_seq: Generated<number>;
  created_at: Generated<Date>;
  active_at: Generated<Date>;
  /** Others read along. */
  shared: Generated<boolean>;
}

interface ConversationReferencesTable {
  conversation_id: ConversationId;
  channel: Channel;
  address: string;
  reference: Json<Readonly<Record<string, unknown>>>;
  unreachable_since: Date | null;
  unreachable_reason: string | null;
  updated_at: Generated<Date>;
}

export const INTAKE_STATUSES = ['pending', 'handled', 'parked', 'refused'] as const;
export type IntakeStatus = (typeof INTAKE_STATUSES)[number];

/** Where a line of the intake ledger came by. */
export type LedgerChannel = Channel | 'handler';

interface IntakeTable {
  id: IntakeId;
  channel: LedgerChannel;
  source: string;
  external_id: string;
  conversation_id: ConversationId | null;
  seq: number | null;
  payload: Json<unknown>;
  status: IntakeStatus;
  reason: string | null;
  attempts: Generated<number>;
  received_at: Generated<Date>;
  done_at: Date | null;
  raw: Generated<string | null>;
}

interface MessagesTable {
  id: MessageId;
  conversation_id: ConversationId;
  seq: number;
  direction: 'in' | 'out';
  author_id: PersonId | null;
  text: string;
  reply: Json<Reply> | null;
  intake_id: IntakeId | null;
  at: Date;
  edited_at: Generated<Date | null>;
  deleted_at: Generated<Date | null>;
}

export interface CasesTable {
  id: CaseId;
  reference: Reference;
  /** The conversation in which it was opened. */
  conversation_id: ConversationId;
  /** Another in which its requester last wrote about it. */
  spoken_in: Generated<ConversationId | null>;
  person_id: PersonId | null;
  channel: Channel;
  language: Language;
  product: string | null;
  kind: Kind;
  team: string;
  state: CaseState;
  round: number;
  events: number;
  title: string;
  text: string;
  values: Json<Record<string, string>>;
  why: Json<Why>;
  restricted: boolean;
  urgent: Generated<boolean>;
  priority: Generated<Priority>;
  disruption_id: DisruptionId | null;
  divided: Generated<boolean>;
  part_of: Generated<CaseId | null>;
  part_id: Generated<string | null>;
  part_after: Generated<string[] | null>;
  approval: 'asked' | 'given' | null;
  handler: Generated<string | null>;
  handler_round: Generated<number | null>;
  worker_id: PersonId | null;
  opened_at: Date;
  respond_by: Date | null;
  complete_by: Date | null;
  expected_by: Generated<Date | null>;
  ready_at: Date | null;
  closed_at: Date | null;
  due: ColumnType<Date, never, never>;
}

interface CaseEventsTable {
  case_id: CaseId;
  n: number;
  name: CaseEventName;
  actor_kind: Actor['kind'];
  actor_id: PersonId | null;
  at: Date;
  data: Json<Record<string, string | number | null>>;
}

interface ModelsTable {
  id: string;
  number: Generated<number>;
  catalogue_version: string;
  body: Buffer | null;
  examples: string[];
  state: 'live' | 'refused' | 'rolled-back';
  reason: string | null;
  judged: Json<unknown> | null;
  created_at: Generated<Date>;
}

interface TrainingExamplesTable {
  id: ExampleId;
  case_id: CaseId;
  event: number;
  text: string;
  language: Language;
  product: string | null;
  kind: Kind;
  team: string | null;
  was_product: string | null;
  was_kind: Kind;
  model: string;
  by_id: PersonId;
  state: Generated<'proposed' | 'accepted' | 'rejected'>;
  decided_by: PersonId | null;
  decided_at: Date | null;
  created_at: Generated<Date>;
}

interface OutboxTable {
  id: Generated<string>;
  kind: OutboxEntry['kind'];
  conversation_id: ConversationId | null;
  case_id: CaseId | null;
  message_id: MessageId | null;
  data: Json<Record<string, string | number | null>>;
  status: Generated<'pending' | 'projected' | 'delivered' | 'parked'>;
  attempts: Generated<number>;
  error: string | null;
  created_at: Generated<Date>;
  done_at: Date | null;
}

interface MailMessagesTable {
  mail_id: string;
  message_id: MessageId;
}

interface MailsTable {
  id: string;
  direction: 'in' | 'out';
  conversation_id: ConversationId | null;
  message_id: MessageId | null;
  intake_id: IntakeId | null;
  internet_message_id: string | null;
  fingerprint: Buffer | null;
  reply_references: string[];
  mailbox: string;
  from_address: string | null;
  from_name: string | null;
  reply_to: string | null;
  to_addresses: string[];
  subject: string;
  thread_index: string | null;
  thread_topic: string | null;
  raw: string | null;
  automated: Automated | null;
  trusted: boolean;
  also_in: Generated<string[]>;
  forwarded_address: Generated<string | null>;
  forwarded_name: Generated<string | null>;
  case_id: Generated<CaseId | null>;
  run_round: Generated<number | null>;
  at: Date;
}

interface MailboxesTable {
  name: string;
  uid_validity: number | null;
  last_uid: Generated<number>;
  begun_at: Generated<Date>;
  reached_at: Date | null;
  error: string | null;
  failing_since: Date | null;
}

interface SendsTable {
  id: Generated<number>;
  channel: Channel;
  message_id: MessageId | null;
  mail_id: Generated<MessageId | null>;
  recipient: string | null;
  attempt: number;
  outcome: SendOutcome;
  detail: string | null;
  at: Generated<Date>;
}

interface AttachmentsTable {
  id: AttachmentId;
  key: string;
  conversation_id: ConversationId | null;
  author_id: PersonId | null;
  intake_id: Generated<IntakeId | null>;
  message_id: Generated<MessageId | null>;
  note_id: Generated<string | null>;
  name: string;
  type: string;
  size: Generated<number | null>;
  sha256: Generated<Buffer | null>;
  state: Generated<AttachmentState>;
  detail: Generated<string | null>;
  checked_at: Generated<Date | null>;
  at: Generated<Date>;
}
