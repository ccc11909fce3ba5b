import { describe, expect, test } from 'vitest';
import { parseMail } from '../../channels/email/index.ts';
import { alternative, type Charset, headersOf, mail, part, type Transfer } from './compose.ts';
import { type Client, HTML_CLIENTS } from './html-replies.ts';
import { LETTERS, type Letter, who } from './letters.ts';
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
