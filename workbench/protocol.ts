import type {
  Assisted,
  AttachmentState,
  CaseState,
  Channel,
  ClockExplanation,
  DuplicateReason,
  Kind,
  Language,
  Localised,
  NoticeKind,
  Priority,
  Reply,
  Role,
  RunState,
  Weight,
} from '../domain/index.ts';

export type * from './protocol-admin.ts';
export type * from './protocol-bulk.ts';
export type * from './protocol-desk.ts';
export type * from './protocol-mail.ts';
export type * from './protocol-systems.ts';
export type * from './protocol-views.ts';

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
 * GET  /cases?view=V&search=T&order=O&after=C -> CaseList     V: `team.<id>` (open, late first) | `mine` | `waiting` | `all` | `done`; narrowed by the names of `CaseFilter`
 * GET  /cases/:id                   -> CaseDetail
 * POST /teams/:team/next            -> CaseDetail, 204 when nothing waits
 * POST /cases/:id/actions           CaseAction -> CaseDetail
 * GET  /cases/:id/mails             -> CaseMails
 * GET  /cases/:id/mails/:mail/source -> the mail as it came
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
 * GET  /sends?outcome=O&before=B      -> SendList             (admin, auditor; O: sent | deferred | refused | bounced | held)
 * GET  /learning?state=S            -> ExampleList            (admin; S: proposed | accepted | rejected)
 * POST /learning/:id/accept         AcceptedExample -> ExampleRow (admin)
 * POST /learning/:id/reject         -> ExampleRow             (admin; also takes back what was accepted)
 * GET  /models                      -> ModelList              (admin)
 * POST /models/:id/roll-back        -> ModelRow               (admin; this one decides from now on)
 * GET  /tokens                     -> TokenList              (admin, as all of tokens and webhooks)
 * POST /tokens                     TokenRequest -> MadeToken
 * POST /tokens/:id/revoke          -> TokenList
 * GET  /webhooks                   -> WebhookList
 * POST /webhooks                   WebhookRequest -> MadeWebhook
 * POST /webhooks/:id/resume | /remove -> WebhookList
 * GET  /webhooks/:id/deliveries    -> WebhookLog
 * POST /webhooks/:id/deliveries/:delivery/replay -> WebhookLog
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
  /** The teams for which this person keeps views (`protocol-views.ts`). */
  readonly sharesViews: readonly string[];
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
  /** The number of the case that it is a part of. */
  readonly partOf: string | null;
  readonly requester: string;
  /** Who holds it. */
  readonly worker: { readonly id: string; readonly name: string } | null;
  readonly openedAt: string;
  /** That the reader is not given it by `next`, for want of a skill; he may take it all the same. Left out: nothing of the kind. */
  readonly fit?: 'other-skill' | undefined;
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
  /** It is done in parts (`protocol-parts.ts`). */
  readonly divided: boolean;
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
  /** What a colleague did last and still can be taken back: nothing of it has happened yet. */
  readonly held: Held | null;
  /** Whether it may be merged into another now (`protocol-merge.ts`). */
  readonly mayMerge: boolean;
  /** What may be done now. */
  readonly actions: readonly CaseAction['action'][];
}

/** Who has which case open now. */
export interface PresentList {
  readonly present: readonly { readonly case: string; readonly person: string; readonly name: string; readonly doing: 'looks' | 'types' }[];
}

export interface CannedList {
  readonly texts: readonly CannedText[];
}

/** A text that is written often. `team`: whose it is; null: one's own. In it `{naam}`, `{referentie}`, `{plaats}`, `{product}` stand for the case's, `{ik}` for who writes. */
export interface CannedText {
  readonly id: string;
  readonly team: string | null;
  readonly name: string;
  readonly text: string;
}

export interface Suggestions {
  /** Solved cases that are alike, the likeliest first, with what was last answered. */
  readonly similar: readonly {
    readonly id: string;
    readonly reference: string;
    readonly title: string;
    readonly readyAt: string;
    readonly answer: string;
  }[];
  /** What might be answered; `reference`: of the case in which it was. */
  readonly replies: readonly { readonly from: 'catalogue' | 'case'; readonly reference: string | null; readonly text: string }[];
}

/** Moments are ISO 8601. */
export interface Held {
  readonly action: CaseAction['action'];
  /** What was written with it. */
  readonly text: string | null;
  readonly by: string;
  /** Whether whoever looks did it, and may take it back. */
  readonly mine: boolean;
  readonly since: string;
  readonly until: string;
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
  /** By which it was said: a case may go on by another than it began. */
  readonly channel: Channel;
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
  /** `beyond`: also above what one may have at a time, for who may take over in its team. */
  | { readonly action: 'claim'; readonly beyond?: true | undefined }
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
  /** Who wrote the original of this forwarded mail is the requester, and is answered from now on; who forwarded it is told so. */
  | { readonly action: 'set-requester'; readonly mail: string }
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

/** How one can sign in. */
export interface WaysIn {
  /** By the organisation's own provider, besides a one-time link. */
  readonly openid: boolean;
}

export interface SignedOut {
  /** Where the provider's session ends too; null: there is none. */
  readonly continueAt: string | null;
}
