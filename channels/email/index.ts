/**
 * The desk's mailbox as a channel. `parse/` takes a mail apart without any input or output of its own: bytes in, a `ParsedMail` out.
 */
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
