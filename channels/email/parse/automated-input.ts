import type { MailContent } from './mime/content.ts';
import type { Headers } from './mime/entity.ts';
import type { MailAddress } from './parsed-mail.ts';

/** What is known of a mail when it is judged whether a person wrote it. */
export interface AutomatedInput {
  readonly headers: Headers;
  readonly content: MailContent;
  readonly rootType: string;
  readonly reportType: string;
  readonly from: MailAddress | null;
  readonly replyTo: readonly MailAddress[];
  readonly subject: string;
  /** All of the text, and what of it is new, signature and all. */
  readonly text: string;
  readonly written: string;
  readonly messageId: string | null;
  readonly ownAddresses: readonly string[];
}

/** `Return-Path: <>` (RFC 5321, section 4.5.5): nobody is to answer. */
export function hasNullSender(headers: Headers): boolean {
  return /^\s*<\s*>\s*$/.test(headers.raw('return-path') ?? '') || /^\s*<\s*>\s*$/.test(headers.raw('x-envelope-from') ?? '');
}
