/** What intake makes of a mail: the contract between reading a mail and receiving it. */
import type { Language, Reference } from '../../../domain/index.ts';

/** Somebody with a mailbox. The name is '' when the mail gives none, the address is as written (compare it in lower case). */
export interface MailAddress {
  readonly name: string;
  readonly address: string;
}

/** A file that came with the mail, or a picture in its text. */
export interface MailAttachment {
  /** Decoded and as the sender gave it: sanitise it before it names a file. '' when the mail gives none. */
  readonly name: string;
  /** Media type in lower case, as declared. */
  readonly type: string;
  readonly size: number;
  /** Whether the HTML shows it in its place; a picture without a place is an attachment. */
  readonly inline: boolean;
  /** The Content-ID without brackets, by which the HTML names it (`cid:`). */
  readonly contentId: string | null;
  readonly content: Buffer;
}

/** The original in a forwarded mail. */
export interface ForwardedMail {
  readonly from: MailAddress | null;
  /** ISO 8601; null when it is absent or cannot be understood. */
  readonly date: string | null;
  readonly text: string;
}

/** What a delivery report says (RFC 3464), or what could be read from a report in prose. */
export interface BounceReport {
  /** False for a delay notice: the server goes on trying. */
  readonly final: boolean;
  /** The Message-ID of the mail that was not delivered. */
  readonly originalMessageId: string | null;
  /** The addresses that were not reached. */
  readonly recipients: readonly string[];
  /** The enhanced status code (RFC 3463), e.g. `5.1.1`. */
  readonly status: string | null;
  /** The far server's own words. */
  readonly diagnostic: string | null;
}

/**
 * Why a mail counts as automatic. `own` is a mail that this desk sent. Such a mail is recorded, never answered,
 * and never a reason to reopen a case.
 */
export type Automated =
  | { readonly kind: 'auto-reply' | 'list' | 'receipt' | 'own'; readonly why: string }
  | { readonly kind: 'bounce'; readonly why: string; readonly report: BounceReport };

/** How one method of RFC 8601 ended, in its words ("pass", "fail", "softfail", "none", "temperror", ...). */
export type AuthenticationResult = string;

/** What a trusted server judged of the sender (Authentication-Results, RFC 8601). */
export interface MailAuthentication {
  /** The server whose judgement it is. */
  readonly by: string;
  readonly spf: AuthenticationResult | null;
  readonly dkim: AuthenticationResult | null;
  readonly dmarc: AuthenticationResult | null;
}

/** A mail, taken apart. Texts have `\n` line ends, no line ends at their edges, and are '' when there is nothing. */
export interface ParsedMail {
  /** With its angle brackets, as are inReplyTo and references; null when the mail has none. */
  readonly messageId: string | null;
  /** Null when the mail names no sender. */
  readonly from: MailAddress | null;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly replyTo: readonly MailAddress[];
  /** ISO 8601 in UTC. */
  readonly date: string | null;
  /** The decoded header as it stands, with any "Re:". */
  readonly subject: string;
  /** What the sender newly wrote. Inline answers between quotes are part of it. */
  readonly text: string;
  /** The quoted rest. */
  readonly quoted: string;
  /** From the closing ("Met vriendelijke groet") on. */
  readonly signature: string;
  readonly forwarded: ForwardedMail | null;
  /** All of the text, for when `text` alone does not tell (`showAll`). */
  readonly whole: string;
  /** The new text is empty or points to what stands below it ("zie hieronder"): show `whole`. */
  readonly showAll: boolean;
  /** The text, or a part of it, is encrypted: it cannot be read here. */
  readonly isEncrypted: boolean;
  /** The HTML as it came, not made safe; null when there is none. */
  readonly html: string | null;
  /** Null when there is no text to judge by. */
  readonly language: Language | null;
  readonly automated: Automated | null;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  /** The case that this mail names by its reply token's address, threading headers or subject; the register knows whether it may. */
  readonly caseReference: Reference | null;
  /** What stood after the plus in the desk's own address. */
  readonly replyToken: string | null;
  /** Outlook's threading, to be echoed in an answer. */
  readonly threadIndex: string | null;
  readonly threadTopic: string | null;
  readonly attachments: readonly MailAttachment[];
  /** Null when no trusted server judged: check it here, or do not trust the sender. */
  readonly authentication: MailAuthentication | null;
  /** What was odd about the mail, in English, for the log and the workbench ("decoded with a guess: windows-1252"). */
  readonly warnings: readonly string[];
}

export interface ParseOptions {
  /** Servers whose Authentication-Results are believed (`authserv-id`), e.g. `mx.example.org`. None without it. */
  readonly trustedHosts?: readonly string[];
  /** The desk's own addresses: for the reply token, and to know its own mail. */
  readonly ownAddresses?: readonly string[];
  /** Which of the desk's languages a text is in; a light guess without it. */
  readonly languageOf?: (text: string) => Language;
}
