/**
 * The desk's mailbox as a channel. `imap/` reads the mailboxes and says on the server what was taken in; `intake/` makes a message for the desk of a
 * mail: whose it is, what it answers, what it asks; `parse/` takes a mail apart without any input or output of its own: bytes in, a `ParsedMail` out.
 */

export { type ReadOptions, readMailboxes } from './imap/read-mailboxes.ts';
export { openTokens } from './oauth.ts';
export { parseMail } from './parse/parse-mail.ts';
export type { MailAddress, MailAttachment, ParsedMail, ParseOptions } from './parse/parsed-mail.ts';
export type {
  Credential,
  MailboxSettings,
  MailLimits,
  OAuth2Settings,
  ServerSettings,
  TokenOf,
} from './settings.ts';
