/**
 * The process ends hard around the handing over of a mail. After the next start the requester has the answer, under one Message-ID; once where the server
 * keeps what it takes in the Sent folder, because that is looked at first.
 */
import { simpleParser } from 'mailparser';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../domain/index.ts';
import type { TestDatabase } from '../setup/database.ts';
import { dovecot, findProgram } from '../setup/parts.ts';
import { type DeskTemplate, deskTemplate } from '../support/desk-template.ts';
import { Dovecot, PASSWORD } from '../support/dovecot.ts';
import { eventually } from '../support/eventually.ts';
import { ask } from '../support/register-check.ts';
import { RunningDesk } from '../support/running-desk.ts';
import { SmtpReceiver } from '../support/smtp-receiver.ts';

const DESK = 'desk@example.org';
const PATIENT = 120_000;
const MAIL = `From: Eva Jansen <eva@example.org>
To: ${DESK}
Subject: Koffie
Message-ID: <eva-1@example.org>
Date: Tue, 24 Nov 2026 10:00:00 +0100

De koffieautomaat in kamer 2.10 is leeg.
`;

describe.skipIf(findProgram(dovecot) === null)('a desk that is killed while it sends (needs Dovecot)', { timeout: 300_000 }, () => {
  let template: DeskTemplate;
  const closing: (() => Promise<unknown> | undefined)[] = [];
  beforeAll(async () => {
    template = await deskTemplate(0);
  }, 300_000);
  afterAll(() => template?.database.drop());
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function scene(
    keepsSent: boolean,
  ): Promise<{ desk: RunningDesk; mailbox: Dovecot; receiver: SmtpReceiver; database: TestDatabase }> {
    const database = await template.copy();
    closing.push(() => database.drop());
    const mailbox = new Dovecot();
    const receiver = new SmtpReceiver();
    closing.push(
      () => mailbox.remove(),
      () => receiver.remove(),
    );
    await Promise.all([mailbox.start(), receiver.start()]);
    const client = await mailbox.client(DESK);
    await client.mailboxCreate('Sent');
    await client.logout();
    if (keepsSent) receiver.beforeTaking = (raw) => mailbox.deliver(DESK, [raw], 'Sent');
    const settings = `{address: ${DESK}, imap: '127.0.0.1:${mailbox.port}', smtp: 'localhost:${receiver.port}', smtpAuth: false, tls: false, password: ${PASSWORD}, trustedHosts: [mx.example.org]}`;
    const desk = new RunningDesk({ database, settings: { LOKET_MAILBOXES: settings } });
    closing.push(() => desk.stop());
    return { desk, mailbox, receiver, database };
  }

  const at: readonly [Checkpoint, boolean, number][] = [
    ['deliver:before-send', false, 1],
    ['mail:handed-over', true, 1],
    // Nobody knows that it went out; to send it again under its id is better than not at all.
    ['mail:handed-over', false, 2],
    ['deliver:after-send', false, 1],
  ];

  it.each(at)('at %s (the server keeps sent mail: %s) hands it over %i times in all', async (checkpoint, keepsSent, times) => {
    const { desk, mailbox, receiver, database } = await scene(keepsSent);
    await desk.start({ LOKET_TEST_CRASH_AT: checkpoint });
    // The mailbox is taken up at its end: that comes first.
    await eventually(async () => {
      expect(await ask(database.ownerUrl, 'select 1 from mailboxes where reached_at is not null')).toHaveLength(1);
    }, PATIENT);
    await mailbox.deliver(DESK, [MAIL]);
    expect(await desk.ended()).toEqual({ code: null, signal: 'SIGKILL' });
    await desk.start();
    await eventually(async () => {
      expect(await ask(database.ownerUrl, `select status from outbox where kind = 'reply'`)).toEqual([{ status: 'delivered' }]);
    }, PATIENT);
    const mails = await Promise.all(receiver.mails.map(({ raw }) => simpleParser(raw)));
    expect(mails).toHaveLength(times);
    expect(new Set(mails.map(({ messageId, date }) => `${messageId} ${date?.toISOString()}`)).size).toBe(1);
    expect(mails[0]?.text).toContain('Gemeld bij Catering');
    expect(await mailbox.subjects(DESK, 'Sent')).toHaveLength(1);
    expect(await ask(database.ownerUrl, 'select state from cases')).toEqual([{ state: 'queued' }]);
  });
});
