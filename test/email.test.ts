/**
 * The whole way of a mail, as a newcomer tries it: a mailbox (Dovecot), the desk as people run it, and a server that takes its answers.
 */
import { type ParsedMail, simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from './setup/database.ts';
import { dovecot, findProgram } from './setup/parts.ts';
import { Dovecot, PASSWORD } from './support/dovecot.ts';
import { eventually } from './support/eventually.ts';
import { ask } from './support/register-check.ts';
import { RunningDesk } from './support/running-desk.ts';
import { SmtpReceiver } from './support/smtp-receiver.ts';
import { WorkbenchClient } from './support/workbench-client.ts';

const DESK = 'desk@example.org';
const PATIENT = 60_000;

interface Written {
  readonly subject?: string;
  readonly text: string;
  readonly id: string;
  readonly answers?: ParsedMail;
  readonly headers?: readonly string[];
}

/** A mail as a client writes it, judged by the organisation's own server. */
function mailOf({ subject = 'Vraag', text, id, answers, headers = [] }: Written): string {
  const chain = answers ? [...[answers.references ?? []].flat(), answers.messageId ?? ''] : [];
  return [
    'Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=example.org; dkim=pass header.d=example.org; dmarc=pass header.from=example.org',
    'From: Eva Jansen <eva@example.org>',
    `To: Servicedesk <${DESK}>`,
    `Subject: ${answers ? `Re: ${answers.subject?.replace(/^Re: /, '') ?? ''}` : subject}`,
    `Message-ID: <${id}@example.org>`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    ...(answers ? [`In-Reply-To: ${answers.messageId}`, `References: ${chain.join(' ')}`] : []),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    ...headers,
    '',
    text,
    '',
  ].join('\r\n');
}

/** As an iPhone answers: above the quote, with its own signature. */
function fromPhone(text: string, answers: ParsedMail): string {
  const quoted = (answers.text ?? '')
    .trim()
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
  return `${text}\n\nVerstuurd vanaf mijn iPhone\n\n> Op 25 nov 2026 om 09:12 heeft Servicedesk <${DESK}> het volgende geschreven:\n> \n${quoted}`;
}

describe.skipIf(findProgram(dovecot) === null)('a mail to the desk (needs Dovecot)', { timeout: 120_000 }, () => {
  const mailbox = new Dovecot();
  const receiver = new SmtpReceiver();
  let database: TestDatabase;
  let desk: RunningDesk;

  beforeAll(async () => {
    [database] = await Promise.all([createDatabase(), mailbox.start(), receiver.start()]);
    const settings = `
- address: ${DESK}
  imap: 127.0.0.1:${mailbox.port}
  smtp: localhost:${receiver.port}
  smtpAuth: false
  tls: false
  password: ${PASSWORD}
  trustedHosts: [mx.example.org]
`;
    desk = new RunningDesk({ database, settings: { LOKET_MAILBOXES: settings } });
    await desk.start();
    // The mailbox is taken up at its end: that comes first.
    await eventually(async () => {
      expect(await ask(database.ownerUrl, 'select 1 from mailboxes where reached_at is not null')).toHaveLength(1);
    }, PATIENT);
  }, 240_000);

  afterAll(async () => {
    await desk?.stop();
    await Promise.all([mailbox.remove(), receiver.remove()]);
    await database?.drop();
  });

  /** The answer, once there are so many. */
  const answer = async (count: number): Promise<ParsedMail> => {
    await eventually(() => expect(receiver.mails.length).toBeGreaterThanOrEqual(count), PATIENT);
    return await simpleParser(receiver.mails[count - 1]?.raw ?? '');
  };
  const cases = () =>
    ask<{ reference: string; state: string; team: string; values: object }>(database.ownerUrl, 'select * from cases order by opened_at');

  it('with two questions gets one answer; a reply from a phone completes what was asked; a worker’s word comes back; a "no" opens it again', async () => {
    await mailbox.deliver(DESK, [
      mailOf({
        id: 'eva-1',
        subject: 'Twee dingen',
        text: 'Hallo,\n\nHet licht in kamer 3.14 is kapot. En graag lunch voor een vergadering.\n\nGroet,\nEva',
      }),
    ]);
    const first = await answer(1);
    expect(first.subject).toMatch(/^Re: Twee dingen \[SD-\S+\]$/);
    expect(first.inReplyTo).toBe('<eva-1@example.org>');
    expect(first.text).toMatch(/Hoi Eva,[\s\S]*Gemeld bij Gebouwbeheer[\s\S]*Aantal personen[\s\S]*Budgetnummer[\s\S]*Groet,\nServicedesk/);

    await mailbox.deliver(DESK, [
      mailOf({
        id: 'eva-2',
        answers: first,
        text: fromPhone("morgen 12 uur, budget 4410-23, we zijn met z'n zessen, in kamer 3.14", first),
      }),
    ]);
    const second = await answer(2);
    expect(second.text).toContain('Ik heb het doorgegeven aan Catering');
    expect(second.text).toContain('- Aantal personen: 6');
    expect(second.references).toEqual(['<eva-1@example.org>', first.messageId, '<eva-2@example.org>']);
    const [light, lunch] = await cases();
    expect(light).toMatchObject({ state: 'queued', team: 'facilities' });
    expect(lunch).toMatchObject({
      state: 'queued',
      team: 'catering',
      values: { people: '6', budget: '4410-23', time: '12:00', place: 'kamer 3.14' },
    });

    const link = await desk.command('sign-in', 'sanne@example.org', '--role', 'worker', '--team', 'facilities');
    const sanne = await WorkbenchClient.signIn(() => desk.url, /http:\S+\/workbench\/sign-in#\S+/.exec(link)?.[0] ?? '');
    const [row] = await sanne.list('team.facilities');
    if (!row) throw new Error('the case is in no list');
    expect((await sanne.act(row.id, { action: 'claim' })).status).toBe(200);
    expect((await answer(3)).text).toContain(`Sanne van Gebouwbeheer is bezig met ${light?.reference}.`);
    expect((await sanne.act(row.id, { action: 'ready', text: 'De lamp is vervangen.' })).status).toBe(200);
    const ready = await answer(4);
    expect(ready.text).toMatch(/De lamp is vervangen\.\n\nIs het nu goed\?/);
    expect(ready.subject).toContain('Twee dingen');

    await mailbox.deliver(DESK, [mailOf({ id: 'eva-3', answers: ready, text: fromPhone('Nee, hij flikkert nu.', ready) })]);
    expect((await answer(5)).text).toContain(`Dan is het nog niet klaar. ${light?.reference} ligt weer bij Gebouwbeheer.`);
    expect((await cases())[0]?.state).toBe('queued');
    expect(await mailbox.subjects(DESK, 'Sent')).toHaveLength(5);
    expect(await mailbox.subjects(DESK)).toEqual([]);
  });

  it('that a machine wrote gets no answer, and the link in an answer does what it says once it is pressed', async () => {
    const before = receiver.mails.length;
    await mailbox.deliver(DESK, [
      mailOf({
        id: 'away-1',
        subject: 'Automatisch antwoord: afwezig',
        text: 'Ik ben er niet.',
        headers: ['Auto-Submitted: auto-replied'],
      }),
      mailOf({ id: 'eva-4', subject: 'Koffie', text: 'De koffieautomaat in kamer 2.10 is leeg.' }),
    ]);
    const mail = await answer(before + 1);
    expect(mail.subject).toMatch(/^Re: Koffie /);
    const url = /^Ongedaan maken: (http\S+)$/m.exec(mail.text ?? '')?.[1] ?? '';
    expect(url).toContain(`${desk.url}/mail/`);
    const page = await fetch(url);
    expect([page.status, page.headers.get('content-security-policy')]).toEqual([200, expect.stringContaining("form-action 'self'")]);
    const pressed = await fetch(url, { method: 'POST', body: new URLSearchParams() });
    expect(await pressed.text()).toContain('is ingetrokken; er gebeurt niets mee.');
    expect((await cases()).at(-1)?.state).toBe('withdrawn');
    await answer(before + 2);
    expect(receiver.mails.filter(({ raw }) => raw.includes('afwezig'))).toEqual([]);
  });
});
