/** Work that a supplier does, asked of him by mail: the desk as people run it, its mailbox (Dovecot), and a server that takes what it sends. */
import { type ParsedMail, simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createDatabase, type TestDatabase } from './setup/database.ts';
import { dovecot, findProgram } from './setup/parts.ts';
import { type CatalogueFolder, catalogueFolder, NEW_GROUP } from './support/catalogue-folder.ts';
import { newWorker } from './support/desk-template.ts';
import { Dovecot } from './support/dovecot.ts';
import { eventually } from './support/eventually.ts';
import { hurryHandler } from './support/hurry.ts';
import { DESK, mail, mailboxSetting, type TestMail } from './support/mail-samples.ts';
import { ask } from './support/register-check.ts';
import { RunningDesk } from './support/running-desk.ts';
import { SmtpReceiver } from './support/smtp-receiver.ts';
import { WorkbenchClient } from './support/workbench-client.ts';

const BEEKEEPER = 'werk@imker.example.com';
/** One pixel. */
const PHOTO = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const HANDLERS = `handlers:
  - id: beekeeper
    type: supplier
    name: { nl: Imkerij De Raat, en: Apiary De Raat }
    address: ${BEEKEEPER}
    contract: { number: IM-2026-3, complete: 8h }
`;

const send = z.object({ outcome: z.string(), recipient: z.string().nullable(), detail: z.string().nullable() });
const sendList = z.object({ rows: z.array(send.extend({ cases: z.array(z.object({ reference: z.string() })), hidden: z.boolean() })) });
const caseMails = z.object({
  arrivals: z.array(z.object({ id: z.string(), from: z.object({ address: z.string() }), hasSource: z.boolean() })),
  sends: z.array(send),
});

interface CaseRow {
  readonly id: string;
  readonly reference: string;
  readonly state: string;
  readonly handler: string | null;
}

describe.skipIf(findProgram(dovecot) === null)('a supplier who works by mail (needs Dovecot)', { timeout: 60_000 }, () => {
  const imap = new Dovecot();
  const smtp = new SmtpReceiver();
  let database: TestDatabase;
  let files: CatalogueFolder;
  let desk: RunningDesk;
  let worker: WorkbenchClient;
  let administrator: WorkbenchClient;

  beforeAll(async () => {
    [database, files] = await Promise.all([createDatabase(), catalogueFolder(), imap.start(), smtp.start()]);
    await files.change('organisation.yaml', 'budgets:', `${HANDLERS}budgets:`);
    await files.write('groups/garden.yaml', NEW_GROUP.replace('    usualKind', '    handler: beekeeper\n    usualKind'));
    const mailbox = mailboxSetting(imap, { smtp: `127.0.0.1:${smtp.port}`, smtpAuth: false, plusAddressing: true });
    desk = new RunningDesk({ database, settings: { ...mailbox, LOKET_CATALOGUE: files.folder, LOKET_DATA: files.dataFolder } });
    await desk.start();
    await eventually(async () => expect(await rows('select 1 from mailboxes where reached_at is not null')).toHaveLength(1));
    administrator = await WorkbenchClient.signIn(() => desk.url, desk.administratorLink ?? '');
    worker = await newWorker(desk, administrator, 'wim@example.org', ['facilities']);
  }, 180_000);
  afterAll(async () => {
    await desk?.stop();
    await Promise.all([imap.remove(), smtp.remove(), files?.remove()]);
    await database?.drop();
  });

  const rows = <Row extends object>(sql: string, values: readonly unknown[] = []) => ask<Row>(database.ownerUrl, sql, values);
  const written = async (to: string, count = 1): Promise<ParsedMail> => {
    await eventually(() => expect(smtp.mails.filter((it) => it.to.includes(to)).length).toBeGreaterThanOrEqual(count), 30_000);
    return await simpleParser(smtp.mails.filter((it) => it.to.includes(to))[count - 1]?.raw ?? '');
  };
  const idOf = (it: ParsedMail): string => it.messageId?.slice(1, -1) ?? '';
  const deliver = async (it: TestMail | string): Promise<void> => {
    const [before] = await rows<{ count: string }>('select count(*) from mails where direction = $1', ['in']);
    await imap.deliver(DESK, [typeof it === 'string' ? it : mail(it)]);
    await eventually(async () => {
      const [now] = await rows<{ count: string }>('select count(*) from mails where direction = $1', ['in']);
      expect(Number(now?.count)).toBe(Number(before?.count) + 1);
      expect(await rows(`select 1 from intake where status = 'pending'`)).toEqual([]);
    }, 30_000);
  };
  const caseOf = async (requester: string): Promise<CaseRow> => {
    const [found] = await rows<CaseRow>(
      'select k.id, k.reference, k.state, k.handler from cases k join people p on p.id = k.person_id where p.address = $1',
      [requester],
    );
    if (!found) throw new Error('there is no case');
    return found;
  };
  const mailsOf = async (id: string) => caseMails.parse(await (await worker.request('GET', `/cases/${id}/mails`)).json());
  const notesOf = (id: string) =>
    rows<{ handler: string | null; text: string }>('select handler, text from notes where case_id = $1 order by at', [id]);
  /** What the requester said and was told so far. */
  const saidTo = async (id: string) =>
    await rows(
      'select m.direction, m.text from messages m join cases k on k.conversation_id = m.conversation_id where k.id = $1 order by m.seq',
      [id],
    );
  const runOf = async (id: string) =>
    (
      await rows<{ state: string; said: string | null; attempts: number }>(
        'select state, said, attempts from handler_runs where case_id = $1 order by round desc',
        [id],
      )
    )[0];

  let requesters = 0;
  /** Somebody asks by mail for what the supplier does, and the undo window is over. */
  const ordered = async (whims: SmtpReceiver['whims'] = [], picture = PHOTO): Promise<{ it: CaseRow; requester: string }> => {
    requesters += 1;
    const requester = `eva.${requesters}@example.org`;
    const parts = ['--b', 'Content-Type: text/plain', '', 'De bijenkast is omgewaaid.', '--b', 'Content-Type: image/png; name="kast.png"'];
    const photo = ['Content-Transfer-Encoding: base64', 'Content-Disposition: attachment; filename="kast.png"', '', picture, '--b--'];
    const headers = ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="b"'];
    await deliver({ subject: 'Bijenkast', text: [...parts, ...photo].join('\n'), from: `Eva Jansen <${requester}>`, headers });
    const it = await caseOf(requester);
    expect(it).toMatchObject({ state: 'waiting', handler: 'beekeeper' });
    await written(requester);
    smtp.whims.push(...whims);
    await hurryHandler(database, 'beekeeper');
    return { it, requester };
  };
  const sent = async (picture = PHOTO): Promise<{ it: CaseRow; requester: string; order: ParsedMail }> => {
    const before = smtp.mails.filter(({ to }) => to.includes(BEEKEEPER)).length;
    const { it, requester } = await ordered([], picture);
    const order = await written(BEEKEEPER, before + 1);
    await eventually(async () => expect(await runOf(it.id)).toMatchObject({ state: 'sent' }));
    return { it, requester, order };
  };

  it('is written to with all that he needs, and not with the requester’s address; he is late by his contract', async () => {
    const { it, requester, order } = await sent();
    expect(order.subject).toBe(`De bijenkast is omgewaaid [${it.reference}]`);
    expect(order.text).toMatch(/^Beste Imkerij De Raat,\n\nWillen jullie dit voor ons oppakken\?\n/);
    expect(order.text).toContain('- Melder: Eva Jansen');
    expect(order.text).toContain('- Contract: IM-2026-3');
    expect(order.text).toMatch(/- Klaar uiterlijk: \p{L}+ \d+ \p{L}+ \d{4} om \d\d:\d\d/u);
    expect(order.text).toContain('In de woorden van de melder:\nDe bijenkast is omgewaaid.');
    expect(smtp.mails.find(({ to }) => to.includes(BEEKEEPER))?.raw).not.toContain(requester);
    expect(order.attachments.map(({ filename, size }) => [filename, size > 0])).toEqual([['kast.png', true]]);
    expect(order.headers.get('auto-submitted')).toBeUndefined();
    expect(order.replyTo?.text).toMatch(/^servicedesk\+[0-9a-f-]{36}-\d@example\.org$/);
    expect(await rows(`select kind from timers where case_id = $1 and done_at is null and kind = 'handler'`, [it.id])).toHaveLength(1);
    expect(await imap.subjects(DESK, 'Sent')).toContain(order.subject);
  });

  it('fetches a file that is too large for a mail by a link of his own', async () => {
    const large = Buffer.concat([Buffer.from(PHOTO, 'base64'), Buffer.alloc(15 * 1024 * 1024, 'kast')]);
    const { it, order } = await sent((large.toString('base64').match(/.{1,76}/g) ?? []).join('\n'));
    expect(order.attachments).toEqual([]);
    const path = /Bestand: kast\.png \(\S+?(\/mail\/file\/[\w-]+)\)/.exec(order.text ?? '')?.[1] ?? '';
    const given = await fetch(`${desk.url}${path}`);
    expect(given.status).toBe(200);
    expect(given.headers.get('content-disposition')).toContain('kast.png');
    expect(Buffer.from(await given.arrayBuffer()).equals(large)).toBe(true);
    await rows('update mails set to_addresses = $2 where case_id = $1', [it.id, ['other@imker.example.com']]);
    expect((await fetch(`${desk.url}${path}`)).status).toBe(404);
  });

  it('answers to the case’s team: a note with his file, never the requester’s word and never on to her; his ticket system is heard, not answered', async () => {
    const { it, requester, order } = await sent();
    const before = await saidTo(it.id);
    const ticket = {
      subject: `Ontvangen: ${order.subject} [#771]`,
      text: 'Uw melding is geregistreerd onder 771.',
      headers: ['Auto-Submitted: auto-replied'],
    };
    await deliver({ ...ticket, answers: idOf(order), from: `Imkerij <${BEEKEEPER}>` });
    await eventually(async () => expect((await runOf(it.id))?.said).toContain('geregistreerd onder 771'));
    const boundary = ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="b"'];
    const text = [
      '--b',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Wij komen donderdag om tien uur. Kan iemand het dak openen?',
      '',
      'Op 24 nov 2026 om 09:12 schreef Servicedesk:',
      '> Willen jullie dit voor ons oppakken?',
      '--b',
      'Content-Type: text/plain; name="offerte.txt"',
      'Content-Disposition: attachment; filename="offerte.txt"',
      '',
      'twee raten',
      '--b--',
    ].join('\n');
    const reply = {
      subject: `Re: ${order.subject}`,
      text,
      answers: idOf(order),
      headers: boundary,
      from: 'Bram Honing <bram@imker.example.com>',
    };
    await deliver(reply);
    expect(await notesOf(it.id)).toEqual([
      { handler: 'beekeeper', text: 'Bram Honing <bram@imker.example.com>:\nWij komen donderdag om tien uur. Kan iemand het dak openen?' },
    ]);
    expect(await rows('select a.name from attachments a join notes n on n.id = a.note_id where n.case_id = $1', [it.id])).toEqual([
      { name: 'offerte.txt' },
    ]);
    expect(await rows(`select kind from notices where case_id = $1 and kind = 'handler-word'`, [it.id])).toHaveLength(1);
    expect(await saidTo(it.id)).toEqual(before);
    expect(await rows('select id from people where address like $1', ['%imker.example.com'])).toEqual([]);
    const mails = await mailsOf(it.id);
    expect(mails.arrivals.map(({ from, hasSource }) => [from.address, hasSource])).toEqual([
      [requester, true],
      [BEEKEEPER, true],
      ['bram@imker.example.com', true],
    ]);
    const source = await worker.request('GET', `/cases/${it.id}/mails/${mails.arrivals[2]?.id}/source`);
    expect(source.headers.get('content-disposition')).toContain('.eml');
    expect(await source.text()).toContain('Kan iemand het dak openen?');
  });

  it('is known by the reference, from his own address and proven; from elsewhere it is somebody else who writes', async () => {
    const { it } = await sent();
    const text = 'De kast staat weer recht.';
    await deliver({ subject: `Werkbon ${it.reference}`, text, from: `Imkerij <${BEEKEEPER}>`, dmarc: 'fail' });
    expect(await notesOf(it.id)).toEqual([]);
    const proven = mail({ subject: `Werkbon ${it.reference}`, text, from: `Imkerij <${BEEKEEPER}>` });
    await deliver(proven);
    // The same again says nothing new; it was read when what came after it was.
    await imap.deliver(DESK, [proven]);
    await deliver({ subject: 'Opening', text: 'Hoe laat gaat het loket open?', from: 'Jo Jol <jo@example.org>' });
    expect(await notesOf(it.id)).toEqual([{ handler: 'beekeeper', text: `Imkerij <${BEEKEEPER}>:\n${text}` }]);
    expect(await caseOf(`eva.${requesters}@example.org`)).toMatchObject({ state: 'waiting', handler: 'beekeeper' });
  });

  it('who is not reached: the mail comes back, the case goes back to its team, and the server’s words stand on it; given again, it is sent again', async () => {
    const { it, order } = await sent();
    const report = [
      'From: MAILER-DAEMON@mx.example.org',
      `To: ${DESK}`,
      'Subject: Undelivered Mail Returned to Sender',
      `Message-ID: <bounce.${it.reference}@mx.example.org>`,
      `Date: ${new Date().toUTCString()}`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'It could not be delivered.',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example.org',
      '',
      `Final-Recipient: rfc822; ${BEEKEEPER}`,
      'Action: failed',
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 5.1.1 no bees here',
      '',
      '--b',
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: ${order.messageId}`,
      '--b--',
      '',
    ].join('\n');
    await deliver(report);
    await eventually(async () => expect(await caseOf(`eva.${requesters}@example.org`)).toMatchObject({ state: 'queued', handler: null }));
    expect(await runOf(it.id)).toMatchObject({ state: 'failed', said: expect.stringContaining('no bees here') });
    const { sends } = await mailsOf(it.id);
    expect(sends.at(-1)).toMatchObject({ outcome: 'bounced', recipient: BEEKEEPER, detail: expect.stringContaining('no bees here') });
    const log = sendList.parse(await (await administrator.request('GET', '/sends?outcome=bounced')).json());
    expect(log.rows[0]).toMatchObject({ cases: [{ reference: it.reference }], hidden: false });
    expect((await worker.request('GET', '/sends')).status).toBe(403);
    const before = smtp.mails.filter(({ to }) => to.includes(BEEKEEPER)).length;
    expect((await worker.act(it.id, { action: 'to-handler' })).status).toBe(200);
    await hurryHandler(database, 'beekeeper');
    expect((await written(BEEKEEPER, before + 1)).messageId).toBe(order.messageId);
  });

  it('whose server puts it off is tried again; what is taken by hand after that is called off in the same thread', async () => {
    const before = smtp.mails.filter(({ to }) => to.includes(BEEKEEPER)).length;
    const { it } = await ordered([{ at: 'recipient', code: 451, words: '4.7.1 come back later' }]);
    await eventually(async () => expect(await runOf(it.id)).toMatchObject({ state: 'waiting', attempts: 1 }));
    await hurryHandler(database, 'beekeeper');
    const order = await written(BEEKEEPER, before + 1);
    await eventually(async () => expect(await runOf(it.id)).toMatchObject({ state: 'sent' }));
    expect((await worker.act(it.id, { action: 'by-hand' })).status).toBe(200);
    await hurryHandler(database, 'beekeeper');
    const recall = await written(BEEKEEPER, before + 2);
    expect(recall.subject).toBe(`Re: ${order.subject}`);
    expect(recall.inReplyTo).toBe(order.messageId);
    expect(recall.text).toContain('Deze opdracht vervalt.');
    await eventually(async () => expect(await runOf(it.id)).toMatchObject({ state: 'stopped' }));
    const { sends } = await mailsOf(it.id);
    const toHim = sends.filter(({ recipient }) => recipient === BEEKEEPER);
    expect(toHim.map(({ outcome }) => outcome)).toEqual(['deferred', 'sent', 'sent']);
  });

  it('gets it once, also when the line breaks before his server says that it took it', async () => {
    const before = smtp.mails.filter(({ to }) => to.includes(BEEKEEPER)).length;
    const { it } = await ordered([{ at: 'end', kept: true }]);
    const order = await written(BEEKEEPER, before + 1);
    await eventually(async () => expect((await mailsOf(it.id)).sends.at(-1)).toMatchObject({ outcome: 'deferred' }));
    await imap.deliver(DESK, [smtp.mails.find(({ raw }) => raw.includes(idOf(order)))?.raw ?? ''], 'Sent');
    await hurryHandler(database, 'beekeeper');
    await eventually(async () => expect(await runOf(it.id)).toMatchObject({ state: 'sent' }));
    expect(smtp.mails.filter(({ to }) => to.includes(BEEKEEPER))).toHaveLength(before + 1);
  });

  it('who let the requester read along: what she answers is her own word', async () => {
    const { it, requester, order } = await sent();
    await deliver({ subject: `Re: ${order.subject}`, text: 'Het dak is open.', answers: idOf(order), from: `Eva Jansen <${requester}>` });
    expect(await notesOf(it.id)).toEqual([]);
    expect(await saidTo(it.id)).toContainEqual({ direction: 'in', text: expect.stringContaining('Het dak is open.') });
  });
});
