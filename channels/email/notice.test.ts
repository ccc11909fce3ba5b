import { afterEach, expect, it } from 'vitest';
import { SmtpReceiver } from '../../test/support/smtp-receiver.ts';
import { sendNotice } from './notice.ts';
import type { MailboxSettings } from './settings.ts';
import { openSmtp } from './smtp.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const NOTICE = {
  id: '0190c0de-0000-7000-8000-000000000001',
  to: 'noor@example.org',
  subject: 'SD-7K3Q-MX2P is niet op tijd klaar bij Gebouwbeheer',
  text: 'SD-7K3Q-MX2P is niet op tijd klaar bij Gebouwbeheer.\n\nhttps://desk.example.org/workbench/case/1',
  language: 'nl',
  at: new Date('2026-11-24T10:00:00Z'),
} as const;

async function scene() {
  const receiver = new SmtpReceiver();
  await receiver.start();
  closing.push(() => receiver.remove());
  const smtp = openSmtp(receiver.settings(), () => Promise.reject(new Error('no tokens')));
  closing.push(() => smtp.close());
  const mailbox: MailboxSettings = {
    name: 'desk',
    address: 'desk@example.org',
    aliases: [],
    plusAddressing: false,
    imap: receiver.settings(),
    smtp: receiver.settings(),
    folder: 'INBOX',
    handledFolder: null,
    quarantineFolder: 'Quarantine',
    sentFolder: null,
    trustedHosts: [],
    trustsInternal: false,
  };
  const sent = { has: async () => false, keep: async () => {}, close: async () => {} };
  return { receiver, options: { mailboxes: [mailbox], servers: new Map([['desk', { smtp, sent }]]), organisation: () => 'Waterrijk' } };
}

it('a notice is a plain mail that says it is automatic, under the same Message-ID each time', async () => {
  const { receiver, options } = await scene();
  expect(await sendNotice(NOTICE, options)).toEqual({ kind: 'delivered' });
  await sendNotice(NOTICE, options);
  const [first, second] = receiver.mails.map(({ raw }) => String(raw));
  expect(receiver.mails).toMatchObject([{ to: ['noor@example.org'] }, { to: ['noor@example.org'] }]);
  expect(first).toContain('Auto-Submitted: auto-generated');
  expect(first).toContain(`Message-ID: <notice-${NOTICE.id}@example.org>`);
  expect(first).toContain('https://desk.example.org/workbench/case/1');
  expect(second?.match(/Message-ID: .*/)?.[0]).toBe(first?.match(/Message-ID: .*/)?.[0]);
});

it('what the server refuses is refused with its words, and what it puts off is tried again', async () => {
  const { receiver, options } = await scene();
  receiver.whims.push({ at: 'recipient', code: 550, words: '5.1.1 no such mailbox' });
  expect(await sendNotice(NOTICE, options)).toMatchObject({ kind: 'refused', reason: expect.stringContaining('no such mailbox') });
  receiver.whims.push({ at: 'recipient', code: 450, words: '4.2.0 later' });
  expect(await sendNotice(NOTICE, options)).toMatchObject({ kind: 'failed' });
  expect(await sendNotice(NOTICE, { ...options, mailboxes: [] })).toEqual({ kind: 'refused', reason: 'no mailbox can send' });
});
