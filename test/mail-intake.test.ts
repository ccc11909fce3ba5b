/** From a real mailbox to cases: the desk as people run it, and Dovecot. What is answered is told elsewhere; here is what becomes of a mail. */
import { type ParsedMail, simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from './setup/database.ts';
import { dovecot, findProgram } from './setup/parts.ts';
import { Dovecot } from './support/dovecot.ts';
import { eventually } from './support/eventually.ts';
import { DESK, mail, mailboxSetting, type TestMail } from './support/mail-samples.ts';
import { ask } from './support/register-check.ts';
import { RunningDesk } from './support/running-desk.ts';
import { SmtpReceiver } from './support/smtp-receiver.ts';
import { WorkbenchClient } from './support/workbench-client.ts';

describe.skipIf(findProgram(dovecot) === null)('a mail to the desk', () => {
  const imap = new Dovecot();
  const smtp = new SmtpReceiver();
  let database: TestDatabase;
  let desk: RunningDesk;
  beforeAll(async () => {
    await imap.start();
    database = await createDatabase();
    await smtp.start();
    desk = new RunningDesk({ database, settings: mailboxSetting(imap, { smtp: `127.0.0.1:${smtp.port}`, smtpAuth: false }) });
    await desk.start();
    await eventually(async () => expect(await rows('select 1 from mailboxes where reached_at is not null')).toHaveLength(1));
  }, 120_000);
  afterAll(async () => {
    await desk.stop();
    await imap.remove();
    await smtp.remove();
    await database.drop();
  });

  const rows = <Row extends object>(sql: string, values: readonly unknown[] = []) => ask<Row>(database.ownerUrl, sql, values);
  interface CaseRow {
    readonly id: string;
    readonly reference: string;
    readonly text: string;
    readonly state: string;
    readonly product: string | null;
    readonly conversation_id: string;
    readonly name: string;
    readonly address: string;
    readonly verified: boolean;
  }
  const casesOf = (address: string) =>
    rows<CaseRow>(
      `select k.id, k.reference, k.text, k.state, k.product, k.conversation_id, p.name, p.address, p.verified
       from cases k join people p on p.id = k.person_id where p.address = $1 order by k.opened_at`,
      [address],
    );
  const ledgerOf = (subject: string) =>
    rows<{ status: string; reason: string | null }>(
      `select i.status, i.reason from intake i join mails m on m.intake_id = i.id where m.subject = $1 order by i.id`,
      [subject],
    );
  /** Sends a mail and waits until it is dealt with. */
  const send = async (it: TestMail): Promise<void> => {
    const before = (await ledgerOf(it.subject)).length;
    await imap.deliver(DESK, [mail(it)]);
    await eventually(async () => {
      const found = await ledgerOf(it.subject);
      expect(found).toHaveLength(before + 1);
      expect(found.at(-1)?.status).not.toBe('pending');
    });
  };

  it('is a case of the person with that address, in the words of subject and text', async () => {
    await send({
      subject: 'Lamp kapot in gang 2',
      text: 'Beste collega,\n\nHij knippert en gaat dan uit.\n\nMet vriendelijke groet,\nEva Jansen',
    });
    const [it] = await casesOf('eva@example.org');
    expect(it).toMatchObject({ product: 'lighting', state: 'queued', name: 'Eva Jansen', verified: true });
    expect(it?.text).toContain('Lamp kapot in gang 2');
    expect(it?.text).toContain('Hij knippert');
    expect(it?.text).not.toContain('groet');
  });

  it('that answers what the requester sent before belongs to the same conversation, and to its case', async () => {
    const from = 'Bo Vis <bo@example.org>';
    await send({ subject: 'Deur klemt', text: 'De deur van kamer 1.02 klemt en gaat niet dicht.', from, id: 'bo.1@client.example.org' });
    await send({ subject: 'Re: Deur klemt', text: 'Het is de linker deurhelft.', from, answers: 'bo.1@client.example.org' });
    const cases = await casesOf('bo@example.org');
    expect(cases).toHaveLength(1);
    const said = await rows<{ text: string }>(
      `select m.text from case_messages l join messages m on m.id = l.message_id where l.case_id = $1 and m.direction = 'in' order by m.seq`,
      [cases[0]?.id],
    );
    expect(said.map(({ text }) => text)).toEqual(['De deur van kamer 1.02 klemt en gaat niet dicht.', 'Het is de linker deurhelft.']);
  });

  it('with another subject in an old thread is a question of its own', async () => {
    const from = 'Cas Bos <cas@example.org>';
    await send({ subject: 'Kraan lekt', text: 'De kraan in de pantry op 2 lekt.', from, id: 'cas.1@client.example.org' });
    await send({
      subject: 'Nieuwe bureaustoel',
      text: 'Mijn bureaustoel is kapot, de rugleuning staat scheef.',
      from,
      answers: 'cas.1@client.example.org',
    });
    const cases = await casesOf('cas@example.org');
    expect(new Set(cases.map(({ conversation_id }) => conversation_id)).size).toBe(2);
  });

  it('of somebody else in a thread is added and marked, and tells him nothing', async () => {
    await send({
      subject: 'Verwarming 3.14',
      text: 'De verwarming in kamer 3.14 doet het niet.',
      from: 'Dee Dam <dee@example.org>',
      id: 'dee.1@client.example.org',
    });
    const [it] = await casesOf('dee@example.org');
    const replies = `select count(*)::int as count from messages where conversation_id = $1 and direction = 'out'`;
    const before = await rows(replies, [it?.conversation_id]);
    await send({
      subject: 'Re: Verwarming 3.14',
      text: 'Hoe staat het hiermee? Bij mij is het ook koud.',
      from: 'Pim Pol <pim@example.org>',
      answers: 'dee.1@client.example.org',
    });
    expect(await rows(replies, [it?.conversation_id])).toEqual(before);
    const said = await rows<{ name: string; text: string }>(
      `select p.name, m.text from case_messages l join messages m on m.id = l.message_id join people p on p.id = m.author_id where l.case_id = $1`,
      [it?.id],
    );
    expect(said).toEqual([{ name: 'Pim Pol', text: 'Hoe staat het hiermee? Bij mij is het ook koud.' }]);
    expect(await rows(`select data ->> 'by' as by from case_events where case_id = $1 and name = 'added'`, [it?.id])).toEqual([
      { by: 'other' },
    ]);
    expect(await casesOf('pim@example.org')).toEqual([]);
  });

  it('that names a reference opens nothing for somebody else', async () => {
    await send({ subject: 'Lift hapert', text: 'De lift in gebouw B schokt bij het stoppen.', from: 'Fay Faber <fay@example.org>' });
    const [it] = await casesOf('fay@example.org');
    await send({
      subject: `Re: [${it?.reference}] Lift hapert`,
      text: 'Trek maar in, hoor.',
      from: 'Gek <gek@example.org>',
      dmarc: 'fail',
    });
    const [after] = await casesOf('fay@example.org');
    expect(after?.state).toBe('queued');
    expect(await rows(`select data ->> 'by' as by from case_events where case_id = $1 and name = 'added'`, [it?.id])).toEqual([
      { by: 'other' },
    ]);
    // The requester himself goes on with it by the same reference.
    await send({
      subject: `[${it?.reference}] Lift hapert`,
      text: 'Het is lift 2, aan de kant van de receptie.',
      from: 'Fay Faber <fay@example.org>',
    });
    expect(await casesOf('fay@example.org')).toHaveLength(1);
    const said = await rows(
      `select 1 from case_messages l join messages m on m.id = l.message_id where l.case_id = $1 and m.direction = 'in'`,
      [it?.id],
    );
    expect(said).toHaveLength(3);
  });

  it('of a sender who is not proven is a case, of nobody who is known', async () => {
    await send({
      subject: 'Toner op',
      text: 'De toner van de printer op verdieping 2 is op.',
      from: 'Eva Jansen <eva@example.org>',
      dmarc: 'fail',
    });
    const [, forged] = await casesOf('eva@example.org');
    expect(forged).toMatchObject({ verified: false });
    expect(await rows(`select 1 from people where address = 'eva@example.org' and verified`)).toHaveLength(1);
  });

  it.each([
    ['Automatisch antwoord: Lamp', 'Auto-Submitted: auto-replied', 'Ik ben er niet tot maandag.', 'auto-reply'],
    ['Nieuwsbrief november', 'List-Id: <nieuws.example.org>', 'Het nieuws van deze maand.', 'list'],
  ])('by a machine is recorded with the reason, and never answered: %s', async (subject, header, text, kind) => {
    await send({ subject, text, from: 'Machine <machine@example.org>', headers: [header] });
    const [entry] = await ledgerOf(subject);
    expect(entry).toMatchObject({ status: 'handled', reason: expect.stringMatching(`^${kind}: `) });
    expect(await casesOf('machine@example.org')).toEqual([]);
    expect(await rows('select conversation_id from mails where subject = $1', [subject])).toEqual([{ conversation_id: null }]);
  });

  /** The last mail that went out to somebody. */
  const answerTo = async (address: string): Promise<ParsedMail> =>
    await eventually(async () => {
      const got = smtp.mails.findLast(({ to }) => to.includes(address));
      if (!got) throw new Error(`nothing went out to ${address}`);
      return await simpleParser(got.raw);
    });

  it('that comes back marks the delivery as failed, and shows on the case', async () => {
    await send({ subject: 'Zonwering 4.01', text: 'De zonwering van kamer 4.01 gaat niet meer omhoog.', from: 'Jo Jol <jo@example.org>' });
    const [it] = await casesOf('jo@example.org');
    const answer = await answerTo('jo@example.org');
    const report = [
      'From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example.org>',
      `To: ${DESK}`,
      'Subject: Undelivered Mail Returned to Sender',
      `Date: ${new Date().toUTCString()}`,
      'Message-ID: <bounce.1@mx.example.org>',
      'Auto-Submitted: auto-replied',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'I could not deliver your mail.',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example.org',
      '',
      'Final-Recipient: rfc822; jo@example.org',
      'Action: failed',
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 5.1.1 no such user here',
      '--b',
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: ${answer.messageId ?? ''}`,
      'Subject: Re: Zonwering',
      '--b--',
      '',
    ].join('\n');
    await imap.deliver(DESK, [report]);
    await eventually(async () =>
      expect(await rows(`select name from case_events where case_id = $1 and name = 'undelivered'`, [it?.id])).toHaveLength(1),
    );
    const outcomes = `select outcome, detail from sends where recipient = 'jo@example.org' order by id`;
    expect(await rows(outcomes)).toMatchObject([
      { outcome: 'sent' },
      { outcome: 'bounced', detail: expect.stringContaining('no such user here') },
    ]);
    expect(await rows(`select reason from intake where reason like 'bounce of message %'`)).toHaveLength(1);
  });

  it('out of office in answer to the desk changes nothing, and the requester goes on by our own mail', async () => {
    const from = 'Kim Kok <kim@example.org>';
    await send({ subject: 'Raam 2.05', text: 'Het raam van kamer 2.05 klemt.', from });
    const [it] = await casesOf('kim@example.org');
    const ours = (await answerTo('kim@example.org')).messageId?.replace(/[<>]/g, '') ?? '';
    const events = 'select name from case_events where case_id = $1 order by n';
    const before = await rows(events, [it?.id]);
    await send({
      subject: 'Automatisch antwoord: Raam 2.05',
      text: 'Ik ben er maandag weer.',
      from,
      answers: ours,
      headers: ['Auto-Submitted: auto-replied'],
    });
    expect(await rows(events, [it?.id])).toEqual(before);
    await send({ subject: 'Re: Raam 2.05', text: 'Het is het raam aan de straatkant.', from, answers: ours });
    expect(await casesOf('kim@example.org')).toHaveLength(1);
    expect((await rows<{ name: string }>(events, [it?.id])).at(-1)?.name).toBe('added');
  });

  it('stands in the workbench with its source, for the administrator alone', async () => {
    const subject = 'Plafond lekt';
    await send({ subject, text: 'Er komt water uit het plafond van kamer 5.02.', from: 'Lot Loos <lot@example.org>' });
    const [entry] = await rows<{ id: string }>('select i.id from intake i join mails m on m.intake_id = i.id where m.subject = $1', [
      subject,
    ]);
    const source = `${desk.url}/api/workbench/intake/${entry?.id}/source`;
    expect((await fetch(source)).status).toBe(401);
    const administrator = await WorkbenchClient.signIn(() => desk.url, desk.administratorLink ?? '');
    const response = await fetch(source, { headers: { cookie: administrator.cookie } });
    expect(response.headers.get('content-disposition')).toContain('attachment');
    expect(await response.text()).toContain(`Subject: ${subject}`);
  });

  it('only its subject, and none at all', async () => {
    await send({ subject: 'De koffieautomaat op verdieping 3 is leeg', text: '', from: 'Hal Hout <hal@example.org>' });
    expect(await casesOf('hal@example.org')).toMatchObject([{ product: 'coffee-machine' }]);
    await imap.deliver(DESK, ['\n', 'geen kop en geen staart', '\u0000\u0001\u0002']);
    await eventually(async () => expect(await imap.subjects(DESK)).toEqual([]));
    await send({ subject: 'Na de rommel', text: 'De lamp in gang 4 is stuk.', from: 'Ine IJs <ine@example.org>' });
    expect(await casesOf('ine@example.org')).toHaveLength(1);
  });

  it('that is encrypted is a case with its subject, and the sender is asked to send it openly', async () => {
    const headers = [
      'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"',
      'Content-Transfer-Encoding: base64',
    ];
    await send({ subject: 'Lamp kapot in gang 3', text: 'MIAGCSqGSIb3DQEHA6CA', from: 'Uma Uil <uma@example.org>', headers });
    const [it] = await casesOf('uma@example.org');
    expect(it).toMatchObject({ product: 'lighting', state: 'queued' });
    expect((await answerTo('uma@example.org')).text).toContain('Je bericht is versleuteld');
  });
});
