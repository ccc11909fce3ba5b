import type { AttachmentState, Reply } from '../../domain/index.ts';

/**
 * What the widget and the server say to each other, all JSON over HTTP.
 *
 * POST   /chat/conversations                          StartRequest -> Started
 * POST   /chat/conversations/:id/messages             SendRequest  -> Sent       (200; 202 when the answer is still being made: it comes by the stream)
 * GET    /chat/conversations/:id/messages?after=SEQ   -> Timeline                (the last 100 when `after` is missing)
 * GET    /chat/known                                  -> KnownList
 * POST   /chat/conversations/:id/attachments          the file as the body, Content-Type its type, X-File-Name its name (percent-encoded) -> Attached (201)
 * GET    /chat/conversations/:id/attachments/:file    -> its content
 * GET    /chat/conversations/:id/events?after=SEQ     server-sent events: `message` (id: seq, data: TimelineMessage), `typing` (data: {on}), `ping`
 *
 * All but the first carry `Authorization: Bearer SECRET` (the conversation's secret; the intranet's token only at the start).
 * Every error is `{error: {code, message}}` with a sentence for people in the asker's language.
 */
export interface StartRequest {
  /** The language of the page, until the visitor shows another. */
  readonly language?: 'nl' | 'en';
  /** A JWT that the intranet signed (sub, name, email, exp), or the session of one of the desk's own pages. */
  readonly token?: string;
}

export interface Started {
  readonly conversation: string;
  /** Opens this conversation, and nothing else; keep it in local storage. */
  readonly secret: string;
  readonly desk: DeskInfo;
  readonly messages: readonly TimelineMessage[];
}

export interface DeskInfo {
  readonly name: string;
}

export interface SendRequest {
  /** A UUID that the widget makes once per message: sent again after a lost answer it is still one message. */
  readonly id: string;
  readonly text?: string;
  /** Ids of files that were sent before; at most ten. With them the text may be left out. */
  readonly attachments?: readonly string[];
  /** Set when a button or form was used. */
  readonly answer?: {
    readonly question: string;
    /** A choice's value, or the form's values by field id. */
    readonly value: string | Readonly<Record<string, string>>;
  };
}

/** A file that stands in the conversation, or may be sent in it. */
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

export interface Sent {
  /** The visitor's own message as it stands in the timeline, and all that came after it. */
  readonly messages: readonly TimelineMessage[];
  readonly done: boolean;
}

export interface Timeline {
  readonly messages: readonly TimelineMessage[];
}

export interface TimelineMessage {
  /** Place in the conversation, from 1, without gaps. */
  readonly seq: number;
  readonly id: string;
  readonly from: 'visitor' | 'desk' | 'worker';
  /** A worker's first name. */
  readonly name?: string | undefined;
  readonly at: string;
  /** The id that the widget gave it. */
  readonly clientId?: string | undefined;
  /** What the visitor wrote, or a label of what was pressed; for desk and worker `reply.text` says it. */
  readonly text: string;
  readonly reply?: Reply | undefined;
  readonly attachments?: readonly Attached[] | undefined;
  /** The ask of `reply` has been answered or has lapsed: show it as plain text. */
  readonly answered?: boolean | undefined;
}

export interface ErrorBody {
  readonly error: { readonly code: string; readonly message: string };
}

/** What is known to be wrong: who reports it is told so, and everybody sees it above the conversation. */
export interface KnownList {
  readonly known: readonly {
    readonly title: string;
    /** ISO 8601; null when nobody knows yet. */
    readonly expectedBy: string | null;
  }[];
}
