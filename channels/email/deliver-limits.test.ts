import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { world } from '../../bot/test/world.ts';
import { MailDesk } from '../../test/support/mail-desk.ts';

beforeAll(() => world(), 120_000);
const opened: MailDesk[] = [];
afterEach(async () => {
  for (const it of opened.splice(0)) await it.close();
});

async function open(...settings: Parameters<typeof MailDesk.open>): Promise<MailDesk> {
  const it = await MailDesk.open(...settings);
  opened.push(it);
  return it;
}

describe('the hourly limit of a correspondent', () => {
  it('stops the desk’s own answers, never the intake and never a colleague', async () => {
    const desk = await open({ answersPerHour: 2 });
    const conversation = await desk.write('De koffieautomaat in kamer 2.10 is leeg.');
    await desk.mails(1);
    await desk.write('De koffieautomaat in kamer 3.10 is leeg.');
    await desk.mails(2);
    const third = await desk.write('De koffieautomaat in kamer 4.10 is leeg.');
    expect((await desk.cases(third))[0]?.state).toBe('queued');
    const sanne = await desk.worker('Sanne Bakker');
    const [it] = await desk.cases(conversation);
    if (!it) throw new Error('there is no case');
    await desk.act(it.id, { action: 'reply', text: 'Ik kom er zo aan.' }, sanne);
    expect((await desk.mail(3)).text).toContain('Ik kom er zo aan.');
    const held = await desk.look<{ outcome: string; detail: string }>(`select outcome, detail from sends where outcome = 'held'`);
    expect(held).toEqual([{ outcome: 'held', detail: 'eva@example.org got 2 mails in the last hour; it waits' }]);
    expect(await desk.look(`select status from outbox where conversation_id = '${third}' and kind = 'reply'`)).toEqual([
      { status: 'projected' },
    ]);
  });

  it('counts each correspondent alone', async () => {
    const desk = await open({ answersPerHour: 1 });
    await desk.write('De koffieautomaat in kamer 2.10 is leeg.');
    await desk.write('De koffieautomaat in kamer 3.10 is leeg.', { from: 'omar@example.org', name: 'Omar Yilmaz' });
    expect((await desk.mails(2)).map(({ to }) => (Array.isArray(to) ? '' : to?.text)).sort()).toEqual([
      'eva@example.org',
      'omar@example.org',
    ]);
  });
});

describe('plus addressing', () => {
  it('puts the conversation into the address that answers go to', async () => {
    const desk = await open({ mailbox: { plusAddressing: true } });
    const conversation = await desk.write('De koffieautomaat in kamer 2.10 is leeg.');
    expect((await desk.mail()).replyTo?.text).toBe(`desk+${conversation}@example.org`);
  });
});
