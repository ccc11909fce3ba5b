import { describe, expect, test } from 'vitest';
import { headersOf, mail, part, plainMail } from '../../../test/mail/compose.ts';
import { parseMail } from './parse-mail.ts';

describe('who wrote it', () => {
  const judged = (...results: string[]) =>
    plainMail(
      'x',
      'x',
      results.map((result) => `Authentication-Results: ${result}`),
    );

  test('is judged by a trusted server', async () => {
    const raw = judged(
      'mx.example.org 1; spf=pass (sender; ok) smtp.mailfrom=example.com; dkim=fail header.d=a; dkim=pass header.d=example.com; dmarc=pass',
    );
    expect((await parseMail(raw, { trustedHosts: ['MX.example.org'] })).authentication).toEqual({
      by: 'mx.example.org',
      spf: 'pass',
      dkim: 'pass',
      dmarc: 'pass',
    });
  });

  test('is not judged by a server that nobody trusts', async () => {
    expect((await parseMail(judged('mx.example.com; dmarc=pass'))).authentication).toBeNull();
    expect((await parseMail(judged('mx.example.com; dmarc=pass'), { trustedHosts: ['mx.example.org'] })).authentication).toBeNull();
  });

  test('is judged by the topmost header: one below came with the mail', async () => {
    const raw = judged('mx.example.org; dmarc=fail', 'mx.example.org; dmarc=pass');
    expect((await parseMail(raw, { trustedHosts: ['mx.example.org'] })).authentication?.dmarc).toBe('fail');
  });
});

describe('which case it is about', () => {
  test('stands in the subject', async () => {
    expect((await parseMail(plainMail('x', 'Re: Zaal [SD-7K3Q-MX2J]'))).caseReference).toBe('SD-7K3Q-MX2J');
  });

  test('is not guessed from a reference with a typing error', async () => {
    expect((await parseMail(plainMail('x', 'Re: Zaal [SD-7K3Q-MX2P]'))).caseReference).toBeNull();
  });

  test('is told by the token in the address it came to', async () => {
    const raw = mail(headersOf({ subject: 'x', to: 'Desk <desk+tok_1@example.org>' }), part({ type: 'text/plain', body: 'x' }));
    expect((await parseMail(raw, { ownAddresses: ['desk@example.org'] })).replyToken).toBe('tok_1');
    expect((await parseMail(raw)).replyToken).toBeNull();
  });
});

describe('all of it is shown', () => {
  test.each(['Zie hieronder.', 'Antwoorden in het rood hieronder', 'See my answers below', 'Siehe unten', 'Voir ci-dessous'])(
    'when the new text says %j',
    async (text) => {
      expect((await parseMail(plainMail(`${text}\n\nOp ma 3 jun. 2024 om 09:12 schreef Desk <desk@example.org>:\n> Vraag?`))).showAll).toBe(
        true,
      );
    },
  );

  test('when nothing is new', async () => {
    expect((await parseMail(plainMail('> Vraag?'))).showAll).toBe(true);
  });

  test('but not otherwise', async () => {
    expect((await parseMail(plainMail('De lamp is stuk.'))).showAll).toBe(false);
  });
});

test("a group that the desk is reached by makes nobody's mail a list's", async () => {
  const raw = plainMail('Is zaal 3 vrij?', 'Zaal', ['List-Id: <desk.example.org>', 'Precedence: list']);
  expect((await parseMail(raw)).automated?.kind).toBe('list');
  expect((await parseMail(raw, { ownAddresses: ['desk@example.org'] })).automated).toBeNull();
});

test("a mail of the desk's own address is its own", async () => {
  const raw = mail(headersOf({ from: 'desk@example.org', subject: 'x' }), part({ type: 'text/plain', body: 'x' }));
  expect((await parseMail(raw, { ownAddresses: ['Desk@example.org'] })).automated?.kind).toBe('own');
});

test("Outlook's threading is kept for the answer", async () => {
  const parsed = await parseMail(plainMail('x', 'x', ['Thread-Index: AdqAbc==', 'Thread-Topic: =?utf-8?Q?Caf=C3=A9?=']));
  expect([parsed.threadIndex, parsed.threadTopic]).toEqual(['AdqAbc==', 'Café']);
});
