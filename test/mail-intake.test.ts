/** From a real mailbox to cases: the desk as people run it, and Dovecot. What is answered is told elsewhere; here is what becomes of a mail. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from './setup/database.ts';
import { dovecot, findProgram } from './setup/parts.ts';
import { Dovecot } from './support/dovecot.ts';
import { eventually } from './support/eventually.ts';
import { DESK, mail, mailboxSetting, type TestMail } from './support/mail-samples.ts';
import { ask } from './support/register-check.ts';
import { RunningDesk } from './support/running-desk.ts';

describe.skipIf(findProgram(dovecot) === null)('a mail to the desk', () => {
  const imap = new Dovecot();
  let database: TestDatabase;
  let desk: RunningDesk;
  beforeAll(async () => {
    await imap.start();
    database = await createDatabase();
    desk = new RunningDesk({ database, settings: mailboxSetting(imap) });
    await desk.start();
    await eventually(async () => expect(await rows('select 1 from mailboxes where reached_at is not null')).toHaveLength(1));
  }, 120_000);
  afterAll(async () => {
    await desk.stop();
    await imap.remove();
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

  it('only its subject, and none at all', async () => {
    await send({ subject: 'De koffieautomaat op verdieping 3 is leeg', text: '', from: 'Hal Hout <hal@example.org>' });
    expect(await casesOf('hal@example.org')).toMatchObject([{ product: 'coffee-machine' }]);
    await imap.deliver(DESK, ['\n', 'geen kop en geen staart', '\u0000\u0001\u0002']);
    await eventually(async () => expect(await imap.subjects(DESK)).toEqual([]));
    await send({ subject: 'Na de rommel', text: 'De lamp in gang 4 is stuk.', from: 'Ine IJs <ine@example.org>' });
    expect(await casesOf('ine@example.org')).toHaveLength(1);
  });
});
