import { describe, expect, test } from 'vitest';
import { parseMail } from '../../channels/email/index.ts';
import { AUTOMATIC, BOUNCES } from './automatic.ts';
import { alternative, type Charset, headersOf, mail, part, type Transfer } from './compose.ts';
import { FORWARDS, ORIGINAL } from './forwards.ts';
import { type Client, HTML_CLIENTS } from './html-replies.ts';
import { LETTERS, type Letter, who } from './letters.ts';
import { NOTES } from './notes.ts';
import { ODD } from './odd.ts';
import { PEOPLE } from './people.ts';
import { PLAIN_CLIENTS } from './plain-replies.ts';

const squeeze = (text: string) => text.replace(/\s+/g, ' ').trim();

const CHARSETS: readonly Charset[] = ['utf-8', 'windows-1252', 'utf-8', 'iso-8859-1'];
const TRANSFERS: readonly Transfer[] = ['quoted-printable', 'base64', '8bit', 'quoted-printable'];

/** Every client in every language, each with another charset and encoding. */
const ANSWERS = [...HTML_CLIENTS, ...PLAIN_CLIENTS].flatMap((client, at) =>
  LETTERS.map((letter, language) => ({ client, letter, turn: at + language })),
);

function answerOf({ client, letter, turn }: { client: Client; letter: Letter; turn: number }): Buffer {
  const forms = client.build(letter);
  const charset = CHARSETS[turn % CHARSETS.length] ?? 'utf-8';
  const options = {
    charset: charset === 'iso-8859-1' ? ('windows-1252' as const) : charset,
    transfer: TRANSFERS[turn % TRANSFERS.length] ?? '8bit',
  };
  const headers = headersOf({
    from: who(letter.from),
    subject: `${letter.replyPrefix}${letter.earlier.subject}`,
    more: ['In-Reply-To: <q@example.org>'],
  });
  if (forms.html !== '' && forms.plain !== '') return mail(headers, alternative(forms.plain, forms.html, options));
  return mail(
    headers,
    part(forms.html !== '' ? { type: 'text/html', body: forms.html, ...options } : { type: 'text/plain', body: forms.plain, ...options }),
  );
}

describe('an answer is taken apart', () => {
  test.each(ANSWERS.map((answer) => ({ name: `${answer.client.name}, ${answer.letter.language}`, ...answer })))(
    '$name',
    async ({ client, letter, turn }) => {
      const parsed = await parseMail(answerOf({ client, letter, turn }));
      const signature = [...letter.closing, client.adds?.(letter) ?? ''].join(' ');
      expect({
        from: parsed.from,
        subject: parsed.subject,
        text: squeeze(parsed.text),
        signature: squeeze(parsed.signature)
          .replace(/^-- /, '')
          .replace(/<https:\S+>/, ''),
        forwarded: parsed.forwarded,
        automated: parsed.automated,
        caseReference: parsed.caseReference,
      }).toEqual({
        from: letter.from,
        subject: `${letter.replyPrefix}${letter.earlier.subject}`,
        text: squeeze(letter.text.join(' ')),
        signature: squeeze(signature),
        forwarded: null,
        automated: null,
        caseReference: 'SD-7K3Q-MX2J',
      });
      for (const line of letter.earlier.text) expect(squeeze(parsed.quoted)).toContain(squeeze(line));
    },
  );
});

const FORWARDED = FORWARDS.flatMap((client) => LETTERS.map((letter) => ({ name: `${client.name}, ${letter.language}`, client, letter })));

describe('a forwarded mail names its sender', () => {
  test.each(FORWARDED)('$name', async ({ client, letter }) => {
    const { plain, html } = client.build(letter);
    const headers = headersOf({ from: who(letter.from), subject: `${letter.forwardPrefix}${ORIGINAL.subject}` });
    const single = part(html === '' ? { type: 'text/plain', body: plain } : { type: 'text/html', body: html });
    const parsed = await parseMail(mail(headers, plain !== '' && html !== '' ? alternative(plain, html) : single));
    expect({ ...parsed.forwarded, text: squeeze(parsed.forwarded?.text ?? '') }).toEqual({
      from: ORIGINAL.from,
      date: '2024-06-03T09:12:00.000Z',
      text: squeeze(ORIGINAL.text.join(' ')),
    });
    expect(squeeze(parsed.text)).toBe(client.hasNote ? squeeze(letter.text[1] ?? '') : '');
    expect(parsed.signature).toBe(client.adds?.(letter) ?? '');
    expect(parsed.automated).toBeNull();
  });
});

describe('a mail that no person wrote is known', () => {
  test.each(AUTOMATIC)('$kind: $name', async ({ kind, final, recipient, raw }) => {
    const { automated } = await parseMail(raw);
    expect(automated?.kind).toBe(kind);
    if (automated?.kind !== 'bounce') return;
    expect(automated.report.final).toBe(final);
    expect(automated.report.recipients).toContain(recipient);
    expect(automated.report.status === null || /^\d\.\d+\.\d+$/.test(automated.report.status)).toBe(true);
  });

  test('a bounce names the mail that was not delivered, and the words of the server', async () => {
    const { automated } = await parseMail(BOUNCES[0]?.raw ?? Buffer.alloc(0));
    expect(automated).toMatchObject({
      report: { originalMessageId: '<loket.42@example.org>', status: '5.1.1', diagnostic: '550 5.1.1 <piet@example.com>: User unknown' },
    });
  });
});

describe('no mail of a person is taken for automatic', () => {
  test.each(PEOPLE)('$name', async ({ raw }) => {
    expect((await parseMail(raw)).automated).toBeNull();
  });
});

describe('an oddly built mail is read', () => {
  test.each(ODD)('$name', async ({ raw, expected }) => {
    const { files, forwardedFrom, ...fields } = expected;
    const parsed = await parseMail(raw);
    expect(parsed).toMatchObject(fields);
    if (files) expect(parsed.attachments.map(({ name, type, inline }) => [name, type, inline])).toEqual(files);
    if (forwardedFrom) expect(parsed.forwarded?.from?.address).toBe(forwardedFrom);
  });
});

describe('a signature is found in what people write', () => {
  test.each(NOTES)('$name', async ({ written, text, signature, senderName = 'Jan de Vries' }) => {
    const parsed = await parseMail(
      mail(headersOf({ subject: 'Lamp', from: `"${senderName}" <someone@example.org>` }), part({ type: 'text/plain', body: written })),
    );
    expect({ text: parsed.text, signature: parsed.signature, quoted: parsed.quoted }).toEqual({ text, signature, quoted: '' });
  });
});

test('the corpus has more than 200 mails', () => {
  expect(ANSWERS.length + FORWARDED.length + AUTOMATIC.length + PEOPLE.length + ODD.length + NOTES.length).toBeGreaterThan(200);
});
