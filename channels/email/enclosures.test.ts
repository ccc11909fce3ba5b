import { randomBytes } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { world } from '../../bot/test/world.ts';
import { type CaseId, type ConversationId, newId } from '../../domain/index.ts';
import type { Scanner, Verdict } from '../../files/scanner.ts';
import { eventually } from '../../test/support/eventually.ts';
import { BASE, MailDesk } from '../../test/support/mail-desk.ts';
import { LARGEST_ENCLOSED } from './enclosures.ts';
import { addresseeOf } from './links.ts';

let opened: MailDesk | null = null;
beforeAll(() => world(), 120_000);
afterEach(async () => {
  await opened?.close();
  opened = null;
});

const LAMP = 'De lamp in kamer 2.10 is kapot.';
const PLAN = { name: 'plattegrond tweede verdieping.pdf', type: 'application/pdf' };

/** A desk with a case, and somebody who answers it. */
async function open(scanner?: Scanner) {
  const desk = await MailDesk.open(scanner ? { scanner } : {});
  opened = desk;
  const conversation = await desk.write(LAMP);
  await desk.mail();
  const worker = await desk.worker('Joost de Boer');
  const [it] = await desk.cases(conversation);
  if (!it) throw new Error('there is no case');
  await desk.act(it.id, { action: 'claim' }, worker);
  await desk.settled();
  const before = desk.receiver.mails.length;
  const store = async (content: Buffer, about = PLAN) =>
    (await desk.files.store(content, { ...about, conversation, author: worker.id })).id;
  const ask = (id: CaseId, attachments: Awaited<ReturnType<typeof store>>[]) =>
    desk.act(id, { action: 'ask', text: 'Welke lamp bedoel je? Zie de plattegrond.', attachments }, worker);
  return { desk, conversation, case: it, before, store, ask };
}

describe('what a colleague sends along', () => {
  it('comes with the mail, byte for byte', async () => {
    const { desk, case: it, before, store, ask } = await open();
    const content = randomBytes(300_000);
    await ask(it.id, [await store(content), await store(Buffer.from('één'), { name: 'maten.txt', type: 'text/plain' })]);
    const mail = await desk.mail(before + 1);
    expect(
      mail.attachments.map(({ filename, contentType, contentDisposition }) => ({ filename, contentType, contentDisposition })),
    ).toEqual([
      { filename: PLAN.name, contentType: PLAN.type, contentDisposition: 'attachment' },
      { filename: 'maten.txt', contentType: 'text/plain', contentDisposition: 'attachment' },
    ]);
    expect(mail.attachments[0]?.content.equals(content)).toBe(true);
    expect(mail.text).toContain('Welke lamp bedoel je?');
  });

  it('is a link where it is too large for a mail, which gives it to whom it was sent and to nobody else', async () => {
    const { desk, conversation, case: it, before, store, ask } = await open();
    const content = randomBytes(LARGEST_ENCLOSED + 1);
    const file = await store(content);
    await ask(it.id, [file]);
    const mail = await desk.mail(before + 1);
    expect(mail.attachments).toEqual([]);
    const url = new RegExp(`Bestand: ${PLAN.name} \\((${BASE}/mail/file/[\\w-]+)\\)`).exec(mail.text ?? '')?.[1] ?? '';
    const given = await desk.app.inject({ url: url.slice(BASE.length) });
    expect(given.statusCode).toBe(200);
    expect(given.headers['content-disposition']).toMatch(/^attachment/);
    expect(given.rawPayload.equals(content)).toBe(true);
    const forged = desk.links.file(
      { conversation, file, addressee: addresseeOf({ id: newId(), address: 'mallory@example.org' }) },
      new Date(),
    );
    expect((await desk.app.inject({ url: forged.slice(BASE.length) })).statusCode).toBe(404);
    const elsewhere = await desk.write(LAMP, { from: 'piet@example.org', name: 'Piet' });
    const person = (await desk.register.turns.next(elsewhere))?.conversation.person;
    if (!person) throw new Error('nobody');
    const strange = desk.links.file({ conversation: elsewhere, file, addressee: addresseeOf(person) }, new Date());
    expect((await desk.app.inject({ url: strange.slice(BASE.length) })).statusCode).toBe(404);
    const late = desk.links.file(
      { conversation, file, addressee: addresseeOf(await requester(desk, conversation)) },
      new Date('2020-01-01'),
    );
    expect((await desk.app.inject({ url: late.slice(BASE.length) })).statusCode).toBe(410);
  });

  it('keeps the mail waiting while it is not checked', async () => {
    const { desk, case: it, before, store, ask } = await open(scanner({ kind: 'away', why: 'clamd is away' }));
    await ask(it.id, [await store(Buffer.from('plan'))]);
    await eventually(async () => {
      const [waiting] = await desk.look<{ error: string | null }>(`select error from outbox where kind = 'reply' and status = 'projected'`);
      expect(waiting?.error).toContain('not checked yet');
    });
    expect(desk.receiver.mails).toHaveLength(before);
  });

  it('is left out with a word when something was found in it', async () => {
    const { desk, case: it, before, store, ask } = await open(scanner({ kind: 'infected', found: 'Test-Signature' }));
    await ask(it.id, [await store(Buffer.from('plan'))]);
    const mail = await desk.mail(before + 1);
    expect(mail.attachments).toEqual([]);
    expect(mail.text).toContain(`Niet meegestuurd, omdat de virusscanner er iets in vond: ${PLAN.name}.`);
  });
});

function scanner(verdict: Verdict): Scanner {
  return { scan: async () => verdict, version: async () => 'test' };
}

async function requester(desk: MailDesk, conversation: ConversationId) {
  const person = (await desk.register.turns.next(conversation))?.conversation.person;
  if (!person) throw new Error('nobody');
  return person;
}
