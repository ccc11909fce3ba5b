/** What a case shows of the mails that it came in by: the desk as people run it, two mailboxes of one Dovecot, and a server that takes its answers. */
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createDatabase, type TestDatabase } from './setup/database.ts';
import { dovecot, findProgram } from './setup/parts.ts';
import { newWorker } from './support/desk-template.ts';
import { Dovecot, PASSWORD } from './support/dovecot.ts';
import { eventually } from './support/eventually.ts';
import { DESK } from './support/mail-samples.ts';
import { ask } from './support/register-check.ts';
import { RunningDesk } from './support/running-desk.ts';
import { SmtpReceiver } from './support/smtp-receiver.ts';
import { WorkbenchClient } from './support/workbench-client.ts';

const ICT = 'ict@example.org';
const DIRECTOR = 'dirk@example.org';
/** As Outlook forwards. */
const FORWARDED = [
  'Authentication-Results: mx.example.org; dmarc=pass header.from=example.org',
  'From: Mirjam de Boer <mirjam@example.org>',
  `To: ${DESK}, ${ICT}`,
  'Cc: Pim Post <pim@example.org>',
  'Subject: FW: Te warm',
  'Message-ID: <mirjam.1@client.example.org>',
  `Date: ${new Date().toUTCString()}`,
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Zie hieronder.',
  '',
  '-----Oorspronkelijk bericht-----',
  `Van: Dirk Directeur <${DIRECTOR}>`,
  'Verzonden: dinsdag 24 november 2026 09:12',
  'Aan: Mirjam de Boer <mirjam@example.org>',
  'Onderwerp: Te warm',
  '',
  'Het is bloedheet in kamer 3.14, kan daar iemand naar kijken?',
  '',
].join('\r\n');

/** What the requester mails back, whom nobody had known. */
const answerOf = (messageId: string) =>
  [
    'Authentication-Results: mx.example.org; dmarc=pass header.from=example.org',
    `From: Dirk Directeur <${DIRECTOR}>`,
    `To: ${DESK}`,
    'Subject: Re: Te warm',
    'Message-ID: <dirk.1@client.example.org>',
    `In-Reply-To: ${messageId}`,
    `Date: ${new Date().toUTCString()}`,
    '',
    'Het is nu 29 graden.',
    '',
  ].join('\r\n');

const caseMails = z.object({
  arrivals: z.array(
    z.object({
      id: z.string(),
      others: z.array(z.string()),
      alsoIn: z.array(z.string()),
      forwarded: z.object({ name: z.string().nullable(), address: z.string() }).nullable(),
    }),
  ),
  sends: z.array(z.object({ outcome: z.string(), recipient: z.string().nullable() })),
});

describe.skipIf(findProgram(dovecot) === null)('the mails of a case (needs Dovecot)', { timeout: 60_000 }, () => {
  const imap = new Dovecot();
  const smtp = new SmtpReceiver();
  let database: TestDatabase;
  let desk: RunningDesk;
  let administrator: WorkbenchClient;
  let worker: WorkbenchClient;
  const rows = <Row extends object>(sql: string, values: readonly unknown[] = []) => ask<Row>(database.ownerUrl, sql, values);

  beforeAll(async () => {
    [database] = await Promise.all([createDatabase(), imap.start(), smtp.start()]);
    const server = { imap: `127.0.0.1:${imap.port}`, tls: false, password: PASSWORD, trustedHosts: ['mx.example.org'] };
    const mailboxes = [DESK, ICT].map((address) => ({ ...server, address, smtp: `127.0.0.1:${smtp.port}`, smtpAuth: false }));
    desk = new RunningDesk({ database, settings: { LOKET_MAILBOXES: JSON.stringify(mailboxes) } });
    await desk.start();
    await eventually(async () => expect(await rows('select 1 from mailboxes where reached_at is not null')).toHaveLength(2));
    administrator = await WorkbenchClient.signIn(() => desk.url, desk.administratorLink ?? '');
    worker = await newWorker(desk, administrator, 'wim@example.org', ['facilities']);
  }, 180_000);
  afterAll(async () => {
    await desk?.stop();
    await Promise.all([imap.remove(), smtp.remove()]);
    await database?.drop();
  });

  it('names who else got it, at which other desk, and its source; who wrote what was forwarded becomes the requester and is answered from then on, and the sender is told so once', async () => {
    await Promise.all([imap.deliver(DESK, [FORWARDED]), imap.deliver(ICT, [FORWARDED])]);
    const [it] = await eventually(async () => {
      const found = await rows<{ id: string }>(`select id from cases where state = 'queued'`);
      expect(found).toHaveLength(1);
      expect(await rows(`select 1 from intake where status = 'handled' and channel = 'email'`)).toHaveLength(2);
      return found;
    }, 30_000);
    const id = it?.id ?? '';
    await eventually(() => expect(smtp.mails).toHaveLength(1), 30_000);
    const look = async () => caseMails.parse(await (await worker.request('GET', `/cases/${id}/mails`)).json());
    await eventually(async () => expect((await look()).sends).toEqual([{ outcome: 'sent', recipient: 'mirjam@example.org' }]));
    const { arrivals } = await look();
    const [mail] = arrivals;
    expect(arrivals).toHaveLength(1);
    expect(mail).toMatchObject({ others: ['pim@example.org'], forwarded: { name: 'Dirk Directeur', address: DIRECTOR } });
    expect(mail?.alsoIn).toHaveLength(1);
    const source = await worker.request('GET', `/cases/${id}/mails/${mail?.id}/source`);
    expect(await source.text()).toContain('Het is bloedheet in kamer 3.14');
    expect(source.headers.get('content-type')).toBe('application/octet-stream');

    for (let n = 0; n < 2; n += 1) {
      const chosen = await worker.act(id, { action: 'set-requester', mail: mail?.id ?? '' });
      expect(await chosen.json()).toMatchObject({ requester: 'Dirk Directeur', requesterAddress: DIRECTOR, requesterVerified: false });
    }
    await eventually(() => expect(smtp.mails).toHaveLength(3), 30_000);
    expect((await worker.act(id, { action: 'claim' })).status).toBe(200);
    await eventually(() => expect(smtp.mails).toHaveLength(4), 30_000);
    const [, toSender, toRequester, news] = await Promise.all(
      smtp.mails.map(async ({ to, raw }) => ({ to, mail: await simpleParser(raw) })),
    );
    expect(toSender).toMatchObject({ to: ['mirjam@example.org'], mail: { subject: expect.stringContaining('Te warm') } });
    expect(toSender?.mail.text).toContain('Dirk Directeur is nu de melder van SD-');
    expect(toRequester?.to).toEqual([DIRECTOR]);
    expect(toRequester?.mail.text).toContain('Mirjam de Boer heeft je bericht over');
    expect(news?.to).toEqual([DIRECTOR]);
    expect(news?.mail.from?.value[0]?.address).toBe(toSender?.mail.from?.value[0]?.address);
    expect(news?.mail.inReplyTo).toBe(toRequester?.mail.messageId);

    await imap.deliver(DESK, [answerOf(news?.mail.messageId ?? '')]);
    await eventually(async () => {
      const said = await rows<{ text: string }>(
        `select m.text from case_messages l join messages m on m.id = l.message_id where l.case_id = $1 and m.direction = 'in' order by m.at`,
        [id],
      );
      expect(said.at(-1)?.text).toContain('Het is nu 29 graden.');
    }, 30_000);
    expect(await rows('select id from cases')).toHaveLength(1);
  });

  it('are for those who may read the case, and a mail of another case is none of it', async () => {
    const [it] = await rows<{ id: string; mail: string }>(
      `select k.id, m.id as mail from cases k join mails m on m.conversation_id = k.conversation_id and m.direction = 'in'`,
    );
    const paths = [`/cases/${it?.id}/mails`, `/cases/${it?.id}/mails/${it?.mail}/source`];
    const outsider = await newWorker(desk, administrator, 'cato@example.org', ['catering']);
    const statuses = async (who: WorkbenchClient) => await Promise.all(paths.map(async (path) => (await who.request('GET', path)).status));
    expect(await statuses(outsider)).toEqual([404, 404]);
    expect(await statuses(administrator)).toEqual([200, 200]);
    await rows('update cases set restricted = true where id = $1', [it?.id]);
    expect(await statuses(administrator)).toEqual([404, 404]);
    expect(await statuses(worker)).toEqual([200, 200]);
    expect((await worker.act(it?.id ?? '', { action: 'set-requester', mail: '01999999-0000-7000-8000-000000000000' })).status).toBe(404);
    expect((await worker.request('GET', `/cases/${it?.id}/mails/01999999-0000-7000-8000-000000000000/source`)).status).toBe(404);
  });
});
