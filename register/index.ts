/**
 * The truth: PostgreSQL, embedded or a server. People, conversations, the intake ledger, cases with their events and claims, timers,
 * the published catalogue and its model. The only room with SQL, one file of queries per subject; what must be one transaction is one
 * function in `functions/`. Two roles: the owner migrates, the application works and may not change events or audit.
 */

import { ApiAnswers } from './api-answers.ts';
import { ApiCases } from './api-cases.ts';
import { ApiTokens } from './api-tokens.ts';
import { Approvals } from './approvals.ts';
import { Attachments } from './attachments.ts';
import { Audit } from './audit.ts';
import { BearerSessions } from './bearer-sessions.ts';
import { CallBacks } from './call-backs.ts';
import { Canned } from './canned.ts';
import { CaseMails } from './case-mails.ts';
import { Cases } from './cases.ts';
import { Conversations, People } from './conversations.ts';
import { APPLICATION_ROLE, openDatabase } from './database.ts';
import { Deliveries } from './deliveries.ts';
import { Disruptions } from './disruptions.ts';
import { Examples } from './examples.ts';
import { HandlerRuns } from './handler-runs.ts';
import { Ledger } from './intake.ts';
import { Keys } from './keys.ts';
import { Leases } from './leases.ts';
import { ListedPeople } from './listed-people.ts';
import { Lists } from './lists.ts';
import { Live } from './live.ts';
import { Llm } from './llm.ts';
import { Mailboxes } from './mailboxes.ts';
import { Mails } from './mails.ts';
import { migrate } from './migrate.ts';
import { Models } from './models.ts';
import { Notices } from './notices.ts';
import { Outbox } from './outbox.ts';
import { OwnCases } from './own-cases.ts';
import { Parts } from './parts.ts';
import { PeoplePages } from './people-pages.ts';
import { PublishedStore } from './published.ts';
import { References } from './references.ts';
import { Rooms } from './rooms.ts';
import { SavedViews } from './saved-views.ts';
import { ScimGroups } from './scim-groups.ts';
import { ScimUsers } from './scim-users.ts';
import { Search } from './search.ts';
import { SendLog } from './send-log.ts';
import { Sends } from './sends.ts';
import { SignIn } from './sign-in.ts';
import { Solved } from './solved.ts';
import { SupplierMails } from './supplier-mails.ts';
import { Timers } from './timers.ts';
import { Turns } from './turns.ts';
import { Webhooks } from './webhooks.ts';
import { WorkProfiles } from './work-profiles.ts';

export type { ApiCase } from './api-cases.ts';
export type { ApiToken } from './api-tokens.ts';
export type { Reach } from './approvals.ts';
export type { KeptAttachment } from './attachments.ts';
export type { AuditEntry } from './audit.ts';
export type { BearerSession } from './bearer-sessions.ts';
export type { CallBack, CallBackViewer } from './call-backs.ts';
export type { CannedScope, CannedText } from './canned.ts';
export type { CaseMail } from './case-mails.ts';
export type { CasePage, CaseView, HistoryEvent, ListedCase, QueueCounts, WaitingCase } from './cases.ts';
export type { CaseEntry, TimelineEntry } from './conversations.ts';
export type { Delivered, DeliveryView } from './deliveries.ts';
export type { DirectoryGroup } from './directory-roles.ts';
export type { RecentReport, RunningDisruption } from './disruptions.ts';
export { type EmbeddedServer, findEmbedded, startEmbedded } from './embedded.ts';
export { EXAMPLE_STATES, type ExampleState, type TrainingExample } from './examples.ts';
export type { HandlerRun, OpenRun } from './handler-runs.ts';
export type { LedgerEntry } from './intake.ts';
export type { News } from './live.ts';
export type { MailboxState } from './mailboxes.ts';
export type { Automated, FoundThread, Mail, MailArrival, MailReceived, OutgoingMail, ThreadSigns } from './mails.ts';
export { migrate } from './migrate.ts';
export type { InForce, ModelState, ModelVersion } from './models.ts';
export type { ListedNotice } from './notices.ts';
export type { OwnCase } from './own-cases.ts';
export type { PartLine } from './parts.ts';
export type { FoundPerson, JoinRefusal, PersonPage } from './people-pages.ts';
export type { ConversationReference, Place, Seen } from './references.ts';
export type { ViewScope } from './saved-views.ts';
export { INTAKE_STATUSES, type IntakeStatus } from './schema.ts';
export type { GroupChange, GroupRefusal, GroupSearch, ProvisionedGroup } from './scim-groups.ts';
export type { Provisioned, ProvisionedUser, Taken, UserSearch } from './scim-users.ts';
export { type LoggedSend, SEND_OUTCOMES, type Send, type SendOutcome } from './sends.ts';
export type { Colleague } from './sign-in.ts';
export { type ListReport, ListShrinksError } from './staging.ts';
export type { SupplierLetter, SupplierMail, SupplierRun, SupplierSigns } from './supplier-mails.ts';
export type { WebhookDelivery, WebhookSubscription } from './webhooks.ts';
export type { ProfiledWorker } from './work-profiles.ts';

export interface RegisterUrls {
  readonly ownerUrl: string;
  /** A login that is the application's role or a member of it: the role is set on every connection. It may be the owner's too. */
  readonly applicationUrl: string;
}

/** The register, opened: one object per subject. */
export interface Register {
  readonly turns: Turns;
  readonly ledger: Ledger;
  readonly conversations: Conversations;
  readonly people: People;
  readonly peoplePages: PeoplePages;
  readonly callBacks: CallBacks;
  readonly cases: Cases;
  readonly audit: Audit;
  readonly apiTokens: ApiTokens;
  readonly apiAnswers: ApiAnswers;
  readonly apiCases: ApiCases;
  readonly scimUsers: ScimUsers;
  readonly scimGroups: ScimGroups;
  readonly webhooks: Webhooks;
  readonly ownCases: OwnCases;
  readonly signIn: SignIn;
  readonly bearers: BearerSessions;
  readonly published: PublishedStore;
  readonly models: Models;
  readonly examples: Examples;
  readonly llm: Llm;
  readonly lists: Lists;
  readonly outbox: Outbox;
  readonly timers: Timers;
  readonly notices: Notices;
  readonly rooms: Rooms;
  readonly listedPeople: ListedPeople;
  readonly leases: Leases;
  readonly keys: Keys;
  readonly mailboxes: Mailboxes;
  readonly attachments: Attachments;
  readonly mails: Mails;
  readonly sends: Sends;
  readonly caseMails: CaseMails;
  readonly sendLog: SendLog;
  readonly supplierMails: SupplierMails;
  readonly references: References;
  readonly deliveries: Deliveries;
  readonly approvals: Approvals;
  readonly disruptions: Disruptions;
  readonly handlerRuns: HandlerRuns;
  readonly parts: Parts;
  readonly canned: Canned;
  readonly savedViews: SavedViews;
  readonly solved: Solved;
  readonly search: Search;
  readonly workProfiles: WorkProfiles;
  readonly live: Live;
  /** As the application's role; for what keeps its own tables in the same database (BullMQ). */
  readonly applicationUrl: string;
  /** The server's version and the database's size in bytes; throws when it does not answer. */
  ping(): Promise<{ readonly version: string; readonly bytes: number }>;
  close(): Promise<void>;
}

/** Opens the register and brings it to the newest shape. */
export async function openRegister(urls: RegisterUrls, options: { readonly connections?: number } = {}): Promise<Register> {
  await migrate(urls.ownerUrl);
  const database = openDatabase(urls.applicationUrl, {
    role: APPLICATION_ROLE,
    ...(options.connections ? { max: options.connections } : {}),
  });
  const { db, pool } = database;
  const live = new Live(pool, urls.applicationUrl);
  await live.start();
  return {
    turns: new Turns(database),
    ledger: new Ledger(db),
    conversations: new Conversations(db),
    people: new People(database),
    peoplePages: new PeoplePages(db),
    callBacks: new CallBacks(db),
    cases: new Cases(db),
    audit: new Audit(db),
    apiTokens: new ApiTokens(db),
    apiAnswers: new ApiAnswers(db),
    apiCases: new ApiCases(db),
    scimUsers: new ScimUsers(db),
    scimGroups: new ScimGroups(db),
    webhooks: new Webhooks(db),
    ownCases: new OwnCases(db),
    signIn: new SignIn(db),
    bearers: new BearerSessions(db),
    published: new PublishedStore(db),
    models: new Models(db),
    examples: new Examples(db),
    llm: new Llm(db),
    lists: new Lists(db),
    outbox: new Outbox(db),
    timers: new Timers(db),
    notices: new Notices(db),
    rooms: new Rooms(db),
    listedPeople: new ListedPeople(db),
    leases: new Leases(db),
    keys: new Keys(db),
    mailboxes: new Mailboxes(db),
    attachments: new Attachments(db),
    mails: new Mails(database),
    sends: new Sends(db),
    caseMails: new CaseMails(db),
    sendLog: new SendLog(db),
    canned: new Canned(db),
    savedViews: new SavedViews(db),
    solved: new Solved(db),
    supplierMails: new SupplierMails(db),
    references: new References(database),
    deliveries: new Deliveries(database),
    approvals: new Approvals(db),
    disruptions: new Disruptions(db),
    handlerRuns: new HandlerRuns(db),
    parts: new Parts(db),
    search: new Search(db),
    workProfiles: new WorkProfiles(db),
    live,
    applicationUrl: withRole(urls.applicationUrl),
    ping: async () => {
      const { rows } = await pool.query<{ version: string; bytes: number }>(
        'select current_setting($1) as version, pg_database_size(current_database()) as bytes',
        ['server_version'],
      );
      const [row] = rows;
      if (!row) throw new Error('the database answered nothing');
      return row;
    },
    close: async () => {
      await live.close();
      await database.close();
    },
  };
}

function withRole(url: string): string {
  const changed = new URL(url);
  changed.searchParams.set('options', `-c role=${APPLICATION_ROLE}`);
  return changed.href;
}
