/** What a case's mails and the send log tell; the routes stand in `protocol.ts`. */

/** What came in by mail for a case, and what was sent about it by any channel. */
export interface CaseMails {
  /** Oldest first. */
  readonly arrivals: readonly MailView[];
  readonly sends: readonly SendView[];
}

export interface MailView {
  readonly id: string;
  readonly at: string;
  readonly from: { readonly name: string | null; readonly address: string | null };
  /** Proven to be from that address. */
  readonly trusted: boolean;
  readonly subject: string;
  /** Who else it was sent to: the desk's own addresses are left out. */
  readonly others: readonly string[];
  /** Other mailboxes of the desk that got the same. */
  readonly alsoIn: readonly string[];
  /** Who wrote the original of what was forwarded: perhaps the question is his. */
  readonly forwarded: { readonly name: string | null; readonly address: string } | null;
  /** Its source can be had. */
  readonly hasSource: boolean;
}

export type SendOutcomeName = 'sent' | 'deferred' | 'refused' | 'bounced' | 'held';

/** One attempt to send something. */
export interface SendView {
  readonly id: string;
  readonly at: string;
  readonly channel: string;
  readonly attempt: number;
  readonly outcome: SendOutcomeName;
  readonly recipient: string | null;
  /** The provider's own words. */
  readonly detail: string | null;
}

export interface SendRow extends SendView {
  readonly cases: readonly { readonly id: string; readonly reference: string }[];
  /** It is about a case that is not this colleague's to read: only that it was sent, and what became of it. */
  readonly hidden: boolean;
}

export interface SendList {
  readonly rows: readonly SendRow[];
  /** What the next page goes before; null at the end. */
  readonly next: string | null;
}
