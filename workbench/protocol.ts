import type {
  Assisted,
  AttachmentState,
  CaseState,
  ClockExplanation,
  DuplicateReason,
  FormField,
  Kind,
  Language,
  Localised,
  Means,
  NoticeKind,
  Priority,
  Reply,
  Role,
  RunState,
  Source,
  Weight,
} from '../domain/index.ts';

/**
 * What the workbench's page and the server say to each other, all JSON under /api/workbench. The session is a cookie;
 * every request that changes something carries the header `x-loket: 1`. Errors are `{error: {code, message}}`:
 * 401 not signed in, 403 not allowed, 404, 409 somebody was first (`message` says who), 422 wrong input, 429.
 *
 * GET  /me                          -> Me
 * POST /session                     {token} -> Me            spends a one-time link (the token stands behind # in the link)
 * POST /session/peek                {token} -> {name, role}  who the link signs in, without spending it
 * POST /sign-out
 * GET  /queues                      -> Queues
 * GET  /cases?view=V&search=T&after=C -> CaseList            V: `team.<id>` (open, late first) | `mine` | `waiting` | `all` | `done`
 * GET  /cases/:id                   -> CaseDetail
 * POST /teams/:team/next            -> CaseDetail, 204 when nothing waits
 * POST /cases/:id/actions           CaseAction -> CaseDetail
 * GET  /disruptions                 -> DisruptionList
 * GET  /approvals                   -> ApprovalList          what waits for this colleague's approval, oldest first
 * POST /approvals/:case             ApprovalRequest -> ApprovalList
 * GET  /notices                       -> NoticeList         what is for this colleague, newest first
 * POST /notices/seen                 {ids} -> {}
 * POST /cases/:id/attachments       the file as the body, Content-Type its type, X-File-Name its name (percent-encoded) -> Attachment (201)
 * GET  /cases/:id/attachments/:file -> its content
 * POST /links                       LinkRequest -> Link       (admin)
 * GET  /intake?status=S             -> IntakeList             (admin; S: pending | parked | refused | handled)
 * POST /intake/:id/replay           -> {status}               (admin)
 * GET  /intake/:id/source           -> the mail as it came    (admin)
 * GET  /learning?state=S            -> ExampleList            (admin; S: proposed | accepted | rejected)
 * POST /learning/:id/accept         AcceptedExample -> ExampleRow (admin)
 * POST /learning/:id/reject         -> ExampleRow             (admin; also takes back what was accepted)
 * GET  /models                      -> ModelList              (admin)
 * POST /models/:id/roll-back        -> ModelRow               (admin; this one decides from now on)
 * GET  /people?search=T             -> PersonList             (who registers for others)
 * GET  /people/:id                  -> PersonDetail
 * POST /people/:id/join             {with} -> PersonDetail   the two are one from now on
 * POST /people/joins/:id/undo       -> {}
 * POST /register/look               StorySoFar -> Proposal    what the desk makes of it; nothing is stored
 * POST /register/scans              a file, as for /cases/:id/attachments -> Attachment (201)
 * POST /register                    RegisterRequest -> RegisteredCase
 * POST /register/:id/answer         AnswerByPhone -> {}       to what a registration still asks
 * GET  /call-backs                  -> CallBackList           who is to be called with news
 * POST /call-backs/:conversation    CalledRequest -> CallBackList
 * GET  /events                      server-sent events: `case` (data: {id, team}), `ping`
 */
export interface Me {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** Ids of the teams whose queues this person works; an administrator sees all. */
  readonly teams: readonly string[];
  readonly organisation: string;
  /** Registers for others, calls back and looks people up. */
  readonly agent: boolean;
  readonly allTeams: readonly { readonly id: string; readonly name: Localised }[];
  readonly products: readonly { readonly id: string; readonly name: Localised; readonly team: string }[];
}

export interface Queues {
  readonly teams: readonly { readonly team: string; readonly open: number; readonly late: number }[];
  readonly mine: number;
  /** Claimed by me and waiting for the requester. */
  readonly waiting: number;
  /** Waits for my approval. */
  readonly approvals: number;
  /** Alarms that nobody has claimed yet, the oldest first. */
  readonly urgent: readonly { readonly id: string; readonly reference: string; readonly title: string; readonly team: string }[];
}

export interface CaseRow {
  readonly id: string;
  readonly reference: string;
  readonly title: string;
  readonly product: string | null;
  readonly kind: Kind;
  readonly team: string;
  readonly state: CaseState;
  /** Danger: before everything else. */
  readonly urgent: boolean;
  readonly priority: Priority;
  readonly requester: string;
  /** Who holds it. */
  readonly worker: { readonly id: string; readonly name: string } | null;
  readonly openedAt: string;
  /** Response due while nobody holds it, else completion due; null for what needs none. */
  readonly due: string | null;
}

export interface CaseList {
  readonly cases: readonly CaseRow[];
  /** Pass as `after` for the next page; null at the end. */
  readonly next: string | null;
}

export interface CaseDetail extends CaseRow {
  /** What the requester asked, in their words. */
  readonly text: string;
  /** The form's answers, labelled. */
  readonly fields: readonly { readonly label: Localised; readonly value: string }[];
  readonly requesterAddress: string | null;
  /** False when name and address were only said, not proven. */
  readonly requesterVerified: boolean;
  readonly channel: string;
  readonly respondBy: string | null;
  readonly completeBy: string | null;
  /** The later moment that the requester was told. */
  readonly expectedBy: string | null;
  /** Why these moments; empty for what is urgent or was never queued. */
  readonly clocks: readonly ClockView[];
  readonly why: Why;
  /** Made by a language model at the hand-over; null where none was. */
  readonly summary: { readonly text: string; readonly model: string } | null;
  readonly messages: readonly CaseMessage[];
  readonly notes: readonly Note[];
  /** What was given to handlers, newest first. */
  readonly runs: readonly HandlerRunView[];
  readonly history: readonly HistoryLine[];
  /** Other cases of the same requester, newest first, at most ten. */
  readonly earlier: readonly CaseRow[];
  /** Unfinished cases that may be the same question, the likeliest first, at most three. */
  readonly duplicates: readonly (CaseRow & { readonly because: DuplicateReason })[];
  /** Who talks with the requester in the chat now; null: the desk does. */
  readonly talking: { readonly id: string; readonly name: string; readonly since: string; readonly case: string } | null;
  /** What may be done now. */
  readonly actions: readonly CaseAction['action'][];
}

/** A clock of the agreement and what it did until now; moments are ISO 8601, durations business minutes. */
export type ClockView = Omit<ClockExplanation, 'due' | 'stretches'> & {
  readonly due: string | null;
  readonly stretches: readonly StretchView[];
  /** How many stretches before these were left out. */
  readonly earlier: number;
};

export type StretchView = Omit<ClockExplanation['stretches'][number], 'from' | 'to'> & { readonly from: string; readonly to: string };

export interface NoticeList {
  readonly notices: readonly NoticeView[];
}

/** The desk's word to a colleague; `title` is null where the case is not his to read. */
export interface NoticeView {
  readonly id: string;
  readonly case: string;
  readonly reference: string;
  readonly title: string | null;
  readonly kind: NoticeKind;
  readonly team: string;
  readonly at: string;
  readonly seen: boolean;
  readonly readable: boolean;
}

export interface Why {
  readonly confidence: number;
  readonly runnersUp: readonly { readonly product: string; readonly confidence: number }[];
  readonly words: readonly Weight[];
  /** The rule that settled it, e.g. `classified`, `chosen`, `person`, `moved`. */
  readonly rule: string;
  readonly catalogue: string;
  readonly model: string;
  /** What a language model did, or why it did not. */
  readonly assisted?: Assisted | undefined;
}

export interface CaseMessage {
  readonly id: string;
  readonly from: 'requester' | 'desk' | 'worker';
  readonly name: string;
  readonly at: string;
  readonly text: string;
  readonly reply?: Reply | undefined;
  /** Its writer changed it, or took it back, afterwards. */
  readonly changed?: 'edited' | 'deleted' | undefined;
  readonly attachments: readonly Attached[];
}

/** A file that stands in a case, or may be added to what a worker writes. */
export interface Attached {
  readonly id: string;
  readonly name: string;
  /** Its media type; only PNG, JPEG, GIF and WebP are ever shown in their place. */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  /** `held`: not checked yet, and not to be opened before; `infected`: never. */
  readonly state: AttachmentState;
}

export interface Note {
  readonly id: string;
  /** Empty for a handler's words. */
  readonly author: string;
  /** The handler whose words they are. */
  readonly handler: string | null;
  readonly at: string;
  readonly text: string;
  readonly attachments: readonly Attached[];
}

/** A case given to a system or a supplier, and how that goes. Moments are ISO 8601. */
export interface HandlerRunView {
  readonly handler: string;
  readonly name: Localised;
  readonly state: RunState;
  readonly attempts: number;
  /** When it is sent, or tried again. */
  readonly due: string;
  /** The far side's last words, and its own number. */
  readonly said: string | null;
  readonly externalId: string | null;
  readonly changedAt: string;
}

/** One event of the case; codes only, the page puts them in words. */
export interface HistoryLine {
  readonly at: string;
  readonly event: string;
  /** A worker's name, `requester`, `desk` or `handler`. */
  readonly by: string;
  readonly data: Readonly<Record<string, string | number | null>>;
}

export type CaseAction =
  | { readonly action: 'claim' }
  | { readonly action: 'release' }
  /** Puts a question to the requester and waits for the answer. */
  | { readonly action: 'ask'; readonly text: string; readonly attachments?: readonly string[] }
  /** Says something to the requester; nothing waits. */
  | { readonly action: 'reply'; readonly text: string; readonly attachments?: readonly string[] }
  /** Says something in the requester's chat as oneself: with the first the desk is silent. `from`: who has the conversation and is relieved. */
  | { readonly action: 'chat'; readonly text: string; readonly from?: string; readonly attachments?: readonly string[] }
  /** The desk may answer in the chat again. */
  | { readonly action: 'hand-back' }
  | { readonly action: 'wait'; readonly reason: string }
  /** Ends the waiting by hand. */
  | { readonly action: 'resume' }
  | { readonly action: 'ready'; readonly text: string; readonly attachments?: readonly string[] }
  | { readonly action: 'move'; readonly team?: string; readonly product?: string; readonly kind?: Kind }
  /** The second of two questions becomes a case of its own; of the same product unless another is named. */
  | { readonly action: 'split'; readonly text: string; readonly product?: string }
  /** Tells the requester that it takes longer, why, and until when (ISO 8601). */
  | { readonly action: 'delay'; readonly reason: string; readonly until: string }
  | { readonly action: 'prioritise'; readonly priority: Priority }
  /** Many report the same: who reports it later is told and linked. `also`: cases that are linked at once. */
  | {
      readonly action: 'declare';
      readonly title: string;
      readonly place?: string;
      /** ISO 8601. */
      readonly until?: string;
      readonly also?: readonly string[];
    }
  /** It is one of many reports of this disruption. */
  | { readonly action: 'link'; readonly disruption: string }
  /** Gives it to its product's handler, again when that failed. */
  | { readonly action: 'to-handler' }
  /** Takes it from the handler that has it. */
  | { readonly action: 'by-hand' }
  /** It is something else after all. */
  | { readonly action: 'unlink' }
  | { readonly action: 'note'; readonly text: string; readonly attachments?: readonly string[] };

/** What runs, and what the desk suggests: many reports within an hour that look like one. */
export interface DisruptionList {
  readonly running: readonly {
    readonly id: string;
    readonly case: string;
    readonly reference: string;
    readonly team: string;
    readonly product: string;
    readonly place: string | null;
    readonly title: string;
    readonly expectedBy: string | null;
    readonly declaredAt: string;
    /** Reports linked to it, its own case not counted. */
    readonly linked: number;
  }[];
  readonly suggested: readonly {
    readonly product: string;
    readonly place: string | null;
    /** The oldest first: on that one it is declared. */
    readonly cases: readonly { readonly id: string; readonly reference: string; readonly title: string }[];
  }[];
}

export interface ApprovalList {
  readonly approvals: readonly ApprovalView[];
}

/** What somebody is asked to approve; his language's words, because he need not be able to read the case. */
export interface ApprovalView {
  readonly case: string;
  readonly reference: string;
  readonly title: string;
  readonly product: string | null;
  readonly openedAt: string;
  readonly summary: Readonly<Record<Language, readonly { readonly label: string; readonly value: string }[]>>;
}

export type ApprovalRequest =
  | { readonly verdict: 'approved' }
  /** The requester reads the reason. */
  | { readonly verdict: 'refused'; readonly reason: string };

export interface LinkRequest {
  readonly address: string;
  readonly name?: string;
  readonly role: Role;
  readonly team?: string;
}

export interface Link {
  readonly url: string;
  readonly expiresAt: string;
}

export interface ExampleList {
  readonly rows: readonly ExampleRow[];
}

/** A correction, without personal data. */
export interface ExampleRow {
  readonly id: string;
  readonly case: string;
  readonly reference: string;
  readonly text: string;
  readonly language: Language;
  /** Null: only a team was named, or, once accepted, no product fits. */
  readonly product: string | null;
  readonly kind: Kind;
  readonly team: string | null;
  readonly was: { readonly product: string | null; readonly kind: Kind };
  readonly by: string;
  readonly state: 'proposed' | 'accepted' | 'rejected';
  readonly createdAt: string;
}

/** An example as it is to be learned. */
export interface AcceptedExample {
  readonly text: string;
  /** Null: no product fits. */
  readonly product: string | null;
  readonly kind: Kind;
}

export interface ModelList {
  readonly rows: readonly ModelRow[];
}

export interface ModelRow {
  readonly id: string;
  /** How people name it. */
  readonly number: number;
  readonly catalogue: string;
  readonly corrections: number;
  readonly state: 'live' | 'refused' | 'rolled-back';
  /** Why it was not good enough, or taken out. */
  readonly reason: string | null;
  readonly inForce: boolean;
  /** It can decide again: it was kept, and its catalogue is the one in force. */
  readonly canRollBack: boolean;
  readonly createdAt: string;
  /** On questions that neither had seen: it, and the one that decided before. */
  readonly judged: {
    readonly rows: number;
    readonly right: number;
    readonly before: number;
    /** The products that it would be worse at. */
    readonly worse: readonly { readonly id: string; readonly rows: number; readonly right: number; readonly before: number }[];
  } | null;
}

export interface IntakeList {
  readonly rows: readonly IntakeRow[];
}

export interface IntakeRow {
  readonly id: string;
  readonly channel: string;
  readonly receivedAt: string;
  readonly status: 'pending' | 'handled' | 'parked' | 'refused';
  readonly reason: string | null;
  readonly text: string;
  /** Its source can be had. */
  readonly hasSource: boolean;
}

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

/** A line of the audit: who did or saw what. */
export interface AuditRow {
  readonly id: string;
  readonly at: string;
  /** Null: the desk itself. */
  readonly by: { readonly id: string; readonly name: string } | null;
  readonly action: string;
  readonly subject: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface AuditList {
  readonly rows: readonly AuditRow[];
  /** What the next page goes before; null at the end. */
  readonly next: string | null;
}

/** How one can sign in. */
export interface WaysIn {
  /** By the organisation's own provider, besides a one-time link. */
  readonly openid: boolean;
}

export interface SignedOut {
  /** Where the provider's session ends too; null: there is none. */
  readonly continueAt: string | null;
}
