import type { Dovecot } from './dovecot.ts';
import { PASSWORD } from './dovecot.ts';

export const DESK = 'servicedesk@example.org';

/** The setting of a desk whose mailbox is on a test's own Dovecot; its server judged every sender as `mail` says. */
export function mailboxSetting(imap: Dovecot, more: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  const mailbox = {
    address: DESK,
    imap: `127.0.0.1:${imap.port}`,
    tls: false,
    password: PASSWORD,
    trustedHosts: ['mx.example.org'],
    ...more,
  };
  return { LOKET_MAILBOXES: JSON.stringify([mailbox]) };
}

export interface TestMail {
  readonly subject: string;
  readonly text: string;
  /** Name and address. */
  readonly from?: string;
  /** What the organisation's server said of the sender. */
  readonly dmarc?: 'pass' | 'fail';
  readonly id?: string;
  readonly answers?: string;
  readonly headers?: readonly string[];
}

let counted = 0;

/** A mail as it stands in the mailbox. */
export function mail({
  subject,
  text,
  from = 'Eva Jansen <eva@example.org>',
  dmarc = 'pass',
  id,
  answers,
  headers = [],
}: TestMail): string {
  counted += 1;
  return [
    `Authentication-Results: mx.example.org; dmarc=${dmarc} header.from=example.org`,
    `From: ${from}`,
    `To: ${DESK}`,
    `Subject: ${subject}`,
    `Date: ${new Date().toUTCString()}`,
    `Message-ID: <${id ?? `${process.pid}.${counted}@client.example.org`}>`,
    ...(answers ? [`In-Reply-To: <${answers}>`, `References: <${answers}>`] : []),
    ...headers,
    '',
    text,
    '',
  ].join('\n');
}
