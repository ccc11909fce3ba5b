import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { world } from '../../bot/test/world.ts';
import { type ConversationId, newId } from '../../domain/index.ts';
import { eventually } from '../../test/support/eventually.ts';
import { MailDesk, ORGANISATION } from '../../test/support/mail-desk.ts';
import { OWN_MAIL_HEADER, parseOwnMessageId } from './ids.ts';
import { takeBounce } from './intake/bounce.ts';
import { brokenInClients } from './test/client-limits.ts';

let it1: MailDesk | null = null;
const desk = (): MailDesk => {
  if (!it1) throw new Error('the desk is opened before each test');
  return it1;
};
beforeAll(() => world(), 120_000);
beforeEach(async () => {
  it1 = await MailDesk.open();
});
afterEach(async () => {
  await it1?.close();
  it1 = null;
});

const COFFEE = 'De koffieautomaat in kamer 2.10 is leeg.';
const LUNCH = 'Graag lunch voor een vergadering.';

describe('the answer to a mail', () => {
  it('looks as if a colleague had typed it, and stands in its thread', async () => {
    await desk().write(COFFEE, { subject: 'RE: Koffie', id: 'first@example.org', references: ['zero@example.org'] });
    const mail = await desk().mail();
    const [row] = await desk().look<{ reference: string }>('select reference from cases');
    const reference = row?.reference ?? '';
    expect(mail.from?.text).toBe(`"Servicedesk ${ORGANISATION}" <desk@example.org>`);
    expect(mail.to).toMatchObject({ text: 'eva@example.org' });
    expect(mail.subject).toBe(`Re: Koffie [${reference}]`);
    expect(mail.inReplyTo).toBe('<first@example.org>');
    expect(mail.references).toEqual(['<zero@example.org>', '<first@example.org>']);
    expect(mail.text).toMatch(
      new RegExp(`^Hoi Eva,\\n\\nGemeld bij Catering: ${reference}\\. .*Reactie .*\\n[\\s\\S]*\\nGroet,\\nServicedesk ${ORGANISATION}\\n$`),
    );
    expect(mail.text).not.toContain('koffieautomaat');
    expect(brokenInClients(String(mail.html))).toEqual([]);
    expect(mail.headers.get('auto-submitted')).toBe('auto-replied');
    expect(mail.headers.get('x-auto-response-suppress')).toBe('All');
    expect(mail.headers.get('thread-topic')).toBe('Koffie');
    expect(Buffer.from(String(mail.headers.get('thread-index')), 'base64')).toHaveLength(27);
    const [out] = await desk().look<{ id: string }>(`select id from messages where direction = 'out' order by seq limit 1`);
    expect(parseOwnMessageId(mail.messageId ?? '')).toEqual({ id: out?.id, domain: 'example.org' });
    expect(mail.headers.get(OWN_MAIL_HEADER.toLowerCase())).toBe(out?.id);
    expect(desk().receiver.mails[0]).toMatchObject({ from: 'desk@example.org', to: ['eva@example.org'] });
    await desk().settled();
    expect(await desk().sends()).toEqual([{ attempt: 1, outcome: 'sent', detail: expect.stringContaining('2.0.0 taken') }]);
    expect([...desk().sent.kept.keys()]).toEqual([mail.messageId?.slice(1, -1)]);
  });

  it('is one mail for two questions, under two headings', async () => {
    await desk().write(`${LUNCH} En het licht in kamer 3.14 is kapot.`, { subject: 'Twee dingen' });
    await desk().settled();
    const [mail, ...more] = await desk().mails(1);
    expect(more).toEqual([]);
    expect(mail?.text).toMatch(
      /Het licht in kamer 3\.14 is kapot[\s\S]*---[\s\S]*Graag lunch voor een vergadering[\s\S]*---[\s\S]*- Aantal personen/,
    );
    expect(mail?.subject).toMatch(/^Re: Twee dingen \[SD-\S+\]$/);
  });

  it('for two questions belongs to both cases: an answer to it finds both, and so does a bounce', async () => {
    const conversation = await desk().write(`${COFFEE} En het licht in kamer 3.14 is kapot.`);
    await desk().settled();
    const mail = await desk().mail();
    const id = mail.messageId?.slice(1, -1) ?? '';
    const cases = (await desk().cases(conversation)).map((it) => it.id).sort();
    expect(cases).toHaveLength(2);
    const { mails } = await desk().register.mails.thread({ ids: [id], conversation: null, reference: null, address: null });
    expect(mails.map((it) => [...it.cases].sort())).toEqual([cases]);
    const report = {
      originalMessageId: `<${id}>`,
      recipients: ['eva@example.org'],
      status: '5.1.1',
      diagnostic: 'no such user',
      final: true,
    };
    await takeBounce(report, desk());
    await takeBounce(report, desk());
    const events = await desk().look<{ case_id: string }>(`select case_id from case_events where name = 'undelivered' order by case_id`);
    expect(events.map((it) => it.case_id)).toEqual(cases);
    const parked = await desk().look(`select id from outbox where kind = 'reply' and status = 'parked'`);
    expect(parked).toHaveLength(2);
  });

  it('understands a reply in free text, and registers', async () => {
    const conversation = await desk().write(LUNCH);
    expect((await desk().mail()).text).toContain('- Aantal personen');
    await desk().write("morgen 10 uur, budget 4410-23, we zijn met z'n zessen, in kamer 3.14", { in: conversation });
    const mail = await desk().mail(2);
    expect(mail.text).toContain('Ik heb het doorgegeven aan Catering');
    expect(mail.text).toContain('- Aantal personen: 6');
    expect(await desk().cases(conversation)).toMatchObject([{ state: 'queued', team: 'catering' }]);
  });

  it('says where an answer comes from, and takes "dit hielp niet"', async () => {
    const conversation = await desk().write('hoe laat gaat het restaurant open?');
    expect((await desk().mail()).text).toMatch(/Bron: .+\n\nHelpt dit\?\n\nZo niet, antwoord dan met "dit hielp niet"/);
    await desk().write('Dit hielp niet', { in: conversation });
    expect((await desk().mail(2)).text).toContain('Dan kijkt een collega van Catering ernaar');
  });

  it('carries the whole chain of the thread, and echoes the index and topic of Outlook', async () => {
    const index = Buffer.alloc(22, 7);
    index[0] = 1;
    const conversation = await desk().write(COFFEE, {
      id: 'one@example.org',
      threadIndex: index.toString('base64'),
      threadTopic: 'Koffie op de tweede',
    });
    const first = await desk().mail();
    await desk().write('Hij is trouwens ook vies.', {
      in: conversation,
      id: 'two@example.org',
      references: ['one@example.org', first.messageId?.slice(1, -1) ?? ''],
    });
    const second = await desk().mail(2);
    expect(second.references).toEqual(['<one@example.org>', first.messageId, '<two@example.org>']);
    expect(second.inReplyTo).toBe('<two@example.org>');
    expect(second.messageId).not.toBe(first.messageId);
    const echoed = Buffer.from(String(second.headers.get('thread-index')), 'base64');
    expect(echoed.subarray(0, 22)).toEqual(index);
    expect(echoed).toHaveLength(32);
    expect(second.headers.get('thread-topic')).toBe('Koffie op de tweede');
  });

  it('never repeats the case number in the subject', async () => {
    const conversation = await desk().write(COFFEE);
    const { subject = '' } = await desk().mail();
    await desk().write('Hij is ook vies.', { in: conversation, subject: `RE: ${subject}` });
    expect((await desk().mail(2)).subject).toBe(subject);
  });

  it('goes to the requester, never to the desk itself', async () => {
    const conversation = await desk().write(COFFEE, { from: 'ICT@example.org' });
    await desk().settled();
    expect(desk().receiver.mails).toEqual([]);
    expect(await desk().look("select status, error from outbox where kind = 'reply'")).toEqual([
      { status: 'parked', error: 'the desk does not write to itself' },
    ]);
    expect((await desk().cases(conversation))[0]?.state).toBe('queued');
  });
});

describe('word in between', () => {
  it('comes by mail when a case is claimed, waits and is ready, in the thread of the question, signed by who wrote it', async () => {
    const conversation = await desk().write(COFFEE, { subject: 'Koffie', id: 'first@example.org' });
    await desk().mail();
    const sanne = await desk().worker('Sanne Bakker');
    const [it] = await desk().cases(conversation);
    if (!it) throw new Error('there is no case');
    await desk().act(it.id, { action: 'note', text: 'GEHEIM: deze melder klaagt altijd' }, sanne);
    await desk().act(it.id, { action: 'claim' }, sanne);
    const claimed = await desk().mail(2);
    expect(claimed.text).toContain(`Sanne van Catering is bezig met ${it.reference}.`);
    expect(claimed.headers.get('auto-submitted')).toBe('auto-generated');
    await desk().act(it.id, { action: 'ready', text: 'De automaat is gevuld.' }, sanne);
    const ready = await desk().mail(3);
    expect(ready.text).toMatch(/De automaat is gevuld\.\n\nIs het nu goed\?[\s\S]*Groet,\nSanne\nServicedesk/);
    expect(ready.headers.has('auto-submitted')).toBe(false);
    expect(ready.inReplyTo).toBe('<first@example.org>');
    expect(ready.subject).toBe(`Re: Koffie [${it.reference}]`);
    for (const { raw } of desk().receiver.mails) expect(raw).not.toContain('GEHEIM');
    await desk().write('Ja, dank je', { in: conversation });
    expect((await desk().mail(4)).text).toContain(`Fijn. ${it.reference} is afgesloten.`);
  });
});

describe('a server that does not take a mail', () => {
  it('now is tried again, with the same Message-ID and date, and what was said meanwhile comes after it', async () => {
    const raws: string[] = [];
    let conversation = newId<ConversationId>();
    desk().around = async (send) => {
      const outcome = await send();
      raws.push(outcome.kind);
      if (raws.length === 1) await desk().write('Hij is ook vies.', { in: conversation });
      return outcome;
    };
    desk().receiver.whims.push({ at: 'recipient', code: 451, words: '4.7.1 greylisted' }, { at: 'data', code: 452, words: '4.2.2 full' });
    conversation = await desk().write(COFFEE);
    const [first, second] = await desk().mails(2);
    await desk().settled();
    expect(raws).toEqual(['deferred', 'deferred', 'accepted', 'accepted']);
    expect(first?.text).toContain('Gemeld bij Catering');
    expect(second?.references).toContain(first?.messageId);
    expect((await desk().sends()).map(({ outcome }) => outcome)).toEqual(['deferred', 'deferred', 'sent', 'sent']);
    expect((await desk().sends())[0]?.detail).toContain('451 4.7.1 greylisted');
    // Nothing was uncertain: nobody looked in the Sent folder.
    expect(desk().sent.looked).toBe(0);
  });

  it('ever is given up, in its own words, and the backoffice sees it on the case', async () => {
    desk().receiver.whims.push({ at: 'recipient', code: 550, words: '5.1.1 no such user here' });
    const conversation = await desk().write(COFFEE);
    await desk().settled();
    expect(await desk().look("select status, attempts from outbox where kind = 'reply'")).toEqual([{ status: 'parked', attempts: 1 }]);
    expect(await desk().sends()).toEqual([
      { attempt: 1, outcome: 'refused', detail: expect.stringContaining('550 5.1.1 no such user here') },
    ]);
    const [it] = await desk().cases(conversation);
    // Word of it goes to the case once the reply is parked.
    await eventually(async () => {
      const history = await desk().look<{ name: string }>(`select name from case_events where case_id = '${it?.id}' order by n`);
      expect(history.at(-1)).toEqual({ name: 'undelivered' });
    });
    // A later answer goes out all the same.
    await desk().write('Hij is ook vies.', { in: conversation });
    await desk().mail();
  });

  it('because the line dropped is asked nothing twice: the Sent folder says whether it was taken', async () => {
    desk().receiver.whims.push({ at: 'end', kept: true });
    desk().around = async (send) => {
      const outcome = await send();
      // A server that keeps what it took.
      const [got] = desk().receiver.mails;
      const id = /^Message-ID: <(.*)>/im.exec(got?.raw ?? '')?.[1];
      if (id && got) desk().sent.kept.set(id, Buffer.from(got.raw));
      return outcome;
    };
    await desk().write(COFFEE);
    await desk().settled();
    expect(desk().receiver.mails).toHaveLength(1);
    expect((await desk().sends()).map(({ outcome, detail }) => [outcome, detail])).toEqual([
      ['deferred', expect.stringContaining('(it may have been taken)')],
      ['sent', 'found in the Sent folder'],
    ]);
  });

  it('in the midst of it gets it again, under the same Message-ID', async () => {
    desk().receiver.whims.push({ at: 'middle', kept: false });
    await desk().write(COFFEE);
    const mail = await desk().mail();
    await desk().settled();
    expect(desk().sent.looked).toBe(1);
    const [stored] = await desk().look<{ internet_message_id: string }>(`select internet_message_id from mails where direction = 'out'`);
    expect(mail.messageId).toBe(`<${stored?.internet_message_id}>`);
  });

  it('for sure waits until the Sent folder can be looked at', async () => {
    desk().receiver.whims.push({ at: 'end', kept: true });
    desk().sent.away = true;
    await desk().write(COFFEE);
    await desk().settled();
    // Parked in the end: the same mail is never handed over on mere chance.
    expect(desk().receiver.mails).toHaveLength(1);
    expect(await desk().look("select status, error from outbox where kind = 'reply'")).toEqual([
      { status: 'parked', error: 'whether it went out already could not be seen in the Sent folder' },
    ]);
  });

  it('but whose Sent folder does not answer afterwards has it all the same', async () => {
    desk().sent.away = true;
    await desk().write(COFFEE);
    await desk().settled();
    expect(await desk().look("select status from outbox where kind = 'reply'")).toEqual([{ status: 'delivered' }]);
  });
});

describe('a process that died', () => {
  it('after the server took the mail sends nothing twice', async () => {
    desk().around = async (send) => {
      desk().around = (again) => again();
      await send();
      const [stored] = await desk().look<{ internet_message_id: string }>(`select internet_message_id from mails where direction = 'out'`);
      desk().sent.kept.set(stored?.internet_message_id ?? '', Buffer.alloc(0));
      // What a kill leaves behind: an attempt that was begun, and nothing about its end.
      throw new Error('killed');
    };
    await desk().write(COFFEE);
    await desk().settled();
    expect(desk().receiver.mails).toHaveLength(1);
    expect((await desk().sends()).at(-1)).toMatchObject({ attempt: 2, outcome: 'sent', detail: 'found in the Sent folder' });
  });
});
