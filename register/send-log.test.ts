import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Case, type ConversationId, type MessageId, newId } from '../domain/index.ts';
import { createDatabase } from '../test/setup/database.ts';
import type { SendOutcome } from './index.ts';
import { aCase, aColleague, aConversation, carryOut, openForTest, registered } from './test/builders.ts';

const { register, ask, close } = await openForTest(await createDatabase());
afterAll(close);
const { sendLog, sends } = register;

let conversation: ConversationId;
let open: Case;
let restricted: Case;

const say = async (cases: readonly Case[]): Promise<MessageId> => {
  const id = newId<MessageId>();
  const message = { id, author: null, reply: { text: 'Het is gemeld.' }, cases: cases.map((it) => it.id) };
  await carryOut(register, conversation, [{ kind: 'say', message }]);
  return id;
};
const send = async (message: MessageId | null, outcome: SendOutcome, attempt = 1): Promise<void> => {
  await sends.record({ channel: 'email', message, recipient: 'eva@example.org', attempt, outcome, detail: `attempt ${attempt}` });
};

beforeAll(async () => {
  conversation = await aConversation(register, { channel: 'email' });
  open = aCase(conversation, { team: 'hr', state: 'queued' });
  restricted = aCase(conversation, { team: 'hr', state: 'queued', restricted: true });
  await carryOut(register, conversation, [registered(open), registered(restricted)]);
});

describe('the send log', () => {
  it('names the cases that somebody may read; of a restricted one nothing is said but that something was sent', async () => {
    const both = await say([open, restricted]);
    await send(await say([open]), 'sent');
    await send(both, 'refused');
    await send(null, 'sent');
    const seen = await sendLog.page(await aColleague(register, { role: 'auditor' }), {});
    expect(seen.map(({ cases, hidden }) => ({ cases: cases.map((it) => it.reference).sort(), hidden }))).toEqual([
      { cases: [], hidden: false },
      { cases: [open.reference, restricted.reference].sort(), hidden: false },
      { cases: [open.reference], hidden: false },
    ]);
    const admin = await sendLog.page(await aColleague(register, { role: 'admin' }), {});
    expect(
      admin.map(({ cases, hidden, recipient, detail, outcome }) => ({ cases: cases.length, hidden, recipient, detail, outcome })),
    ).toEqual([
      { cases: 0, hidden: false, recipient: 'eva@example.org', detail: 'attempt 1', outcome: 'sent' },
      { cases: 0, hidden: true, recipient: null, detail: null, outcome: 'refused' },
      { cases: 1, hidden: false, recipient: 'eva@example.org', detail: 'attempt 1', outcome: 'sent' },
    ]);
  });

  it('of a case has every attempt, also of a mail that carries its line behind another one', async () => {
    const first = await say([open]);
    const second = await say([restricted]);
    const mail = newId<MessageId>();
    await ask(
      `insert into mails (id, direction, conversation_id, message_id, mailbox, subject, at) values ($1, 'out', $2, $3, 'desk', 'Re: vraag', now())`,
      [mail, conversation, first],
    );
    await ask('insert into mail_messages (mail_id, message_id) values ($1, $2), ($1, $3)', [mail, first, second]);
    await send(first, 'deferred');
    await send(first, 'sent', 2);
    expect((await sendLog.ofCase(restricted.id)).slice(-2)).toMatchObject([
      { outcome: 'deferred', attempt: 1 },
      { outcome: 'sent', attempt: 2 },
    ]);
  });

  it('comes by outcome and page by page, each line once', async () => {
    const admin = await aColleague(register, { role: 'admin' });
    const message = await say([open]);
    for (let n = 1; n <= 60; n += 1) await send(message, 'held', n);
    const pages = [];
    for (let before: string | undefined; ; ) {
      const page = await sendLog.page(admin, { outcome: 'held', before });
      if (page.length === 0) break;
      pages.push(page.map(({ attempt }) => attempt));
      before = page.at(-1)?.id;
    }
    expect(pages.map((page) => page.length)).toEqual([50, 10]);
    expect(pages.flat()).toEqual(Array.from({ length: 60 }, (_, n) => 60 - n));
  });
});
