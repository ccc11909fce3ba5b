/**
 * The desk's mailbox as a channel. `imap/` reads the mailboxes and says on the server what was taken in; `intake/` makes a message for the desk of a
 * mail: whose it is, what it answers, what it asks; `parse/` takes a mail apart without any input or output of its own: bytes in, a `ParsedMail` out.
 * What goes out is written by `compose.ts` and its two renderers, handed to a server by `deliver.ts`, and answered by reply or by the pages behind its
 * links (`link-routes.ts`). `supplier/` writes to suppliers and takes what they answer, in threads apart from the requester's.
 */

export { checkSmtp } from './check-smtp.ts';
export { type BackfillOptions, backfill } from './imap/backfill.ts';
export { checkMailbox } from './imap/check.ts';
export { type ReadOptions, readMailboxes } from './imap/read-mailboxes.ts';
export { type RetakeOptions, retake, type SetAside } from './intake/retake.ts';
export { mailLinks } from './link-routes.ts';
export { LINK_KEY, Links } from './links.ts';
export type { NoticeMail } from './notice.ts';
export { openTokens } from './oauth.ts';
export { openEmailDelivery } from './open-delivery.ts';
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
export type { SupplierOrder } from './supplier/letter.ts';
export type { OrderSent } from './supplier/send.ts';
