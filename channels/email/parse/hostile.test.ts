import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alternative, headersOf, mail, multipart, part } from '../../../test/mail/compose.ts';
import { HTML_CLIENTS } from '../../../test/mail/html-replies.ts';
import { LETTERS } from '../../../test/mail/letters.ts';
import { ODD } from '../../../test/mail/odd.ts';
import { parseMail } from './parse-mail.ts';

/** Whatever comes in, this comes out. */
async function expectResult(raw: Buffer): Promise<void> {
  const parsed = await parseMail(raw);
  expect(typeof parsed.text).toBe('string');
  expect(parsed.attachments.every(({ size, content }) => size === content.length)).toBe(true);
  expect(parsed.warnings.length).toBeLessThanOrEqual(100);
}

const SEEDS: readonly Buffer[] = [
  ...ODD.map(({ raw }) => raw),
  ...HTML_CLIENTS.flatMap((client) =>
    LETTERS.slice(0, 1).map((letter) =>
      mail(headersOf({ subject: 'x' }), alternative(client.build(letter).plain, client.build(letter).html)),
    ),
  ),
];

/** A mail with some of it cut out, doubled, moved, overwritten. */
const mutated = fc
  .tuple(
    fc.nat(SEEDS.length - 1),
    fc.array(fc.tuple(fc.nat(3), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(200), fc.uint8Array({ maxLength: 20 })), {
      minLength: 1,
      maxLength: 12,
    }),
  )
  .map(([seed, changes]) => {
    let raw = SEEDS[seed] ?? Buffer.alloc(0);
    for (const [kind, place, length, bytes] of changes) {
      const at = Math.floor(place * raw.length);
      const [before, piece, after] = [raw.subarray(0, at), raw.subarray(at, at + length), raw.subarray(at + length)];
      if (kind === 0) raw = Buffer.concat([before, after]);
      else if (kind === 1) raw = Buffer.concat([before, piece, piece, after]);
      else if (kind === 2) raw = Buffer.concat([before, Buffer.from(bytes), after]);
      else raw = Buffer.concat([after, before]);
    }
    return raw;
  });

describe('any bytes give a result', () => {
  test('mails that were damaged', () => fc.assert(fc.asyncProperty(mutated, expectResult), { numRuns: 500 }));
  test('noise', () =>
    fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), (bytes) => expectResult(Buffer.from(bytes))),
      { numRuns: 300 },
    ));
  test('text of a mail is kept in whole, whatever it is', () =>
    fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[a-z]{3,20}( [a-z]{1,12}){0,30}$/), async (text) => {
        expect((await parseMail(plainMail(text))).whole).toBe(text);
      }),
    ));
});

const plainMail = (body: string) => mail(headersOf({ subject: 'x' }), part({ type: 'text/plain', transfer: '8bit', body }));
const htmlMail = (body: string) => mail(headersOf({ subject: 'x' }), part({ type: 'text/html', transfer: '8bit', body }));
const header = (name: string, value: string) => Buffer.from(`From: a@example.org\r\n${name}: ${value}\r\n\r\ntext`);
const nested = (depth: number, open: string, close: string) => `${open.repeat(depth)}x${close.repeat(depth)}`;
const manyBoundaries = (depth: number) => {
  const heads = Array.from(
    { length: depth },
    (_, level) => `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n`,
  ).join('');
  return Buffer.from(`From: a@example.org\r\n${heads}Content-Type: text/plain\r\n\r\ntext`);
};

/**
 * What makes a careless reader quadratic, recursive or greedy. Nothing is timed: a reader of that sort would run into the test's time limit,
 * or out of memory or stack.
 */
const HUGE: readonly (readonly [string, () => Buffer])[] = [
  ['a line of 10 MB', () => plainMail('a'.repeat(10_000_000))],
  ['a line of 5 MB of blanks', () => plainMail(`x${' '.repeat(5_000_000)}x`)],
  ['a million blank lines', () => plainMail(`x${'\n'.repeat(1_000_000)}x`)],
  ['100,000 quoted lines', () => plainMail('> regel tekst\n'.repeat(100_000))],
  ['100,000 quoted and answered lines', () => plainMail('> vraag\nantwoord\n'.repeat(100_000))],
  ['100,000 header blocks that are none', () => plainMail('Van: a\nVan: b\n'.repeat(100_000))],
  ['100,000 lines that might be attributions', () => plainMail('Op 3 juni 2024 schreef iemand\n'.repeat(100_000))],
  ['100,000 lines with a colon', () => plainMail('Op 3 juni 2024 om 10:12 iets:\n'.repeat(100_000))],
  ['100,000 closings', () => plainMail('Groeten,\n'.repeat(100_000))],
  ['100,000 delimiters', () => plainMail('-- \nx\n'.repeat(100_000))],
  ['quote marks nested 100,000 deep', () => plainMail(`${'>'.repeat(100_000)} x`)],
  ['a line of a million dashes', () => plainMail(`${'-'.repeat(1_000_000)} x`)],
  ['HTML nested 100,000 deep', () => htmlMail(nested(100_000, '<div>', '</div>'))],
  ['quotes nested 1,000 deep', () => htmlMail(nested(1_000, '<blockquote type="cite">', '</blockquote>'))],
  ['tags that open and others that close', () => htmlMail(`${'<b>'.repeat(300_000)}${'</i>'.repeat(300_000)}`)],
  ['a million unfinished tags', () => htmlMail('<'.repeat(1_000_000))],
  ['a tag with 100,000 attributes', () => htmlMail(`<p ${Array.from({ length: 100_000 }, (_, index) => `a${index}=1`).join(' ')}>x</p>`)],
  ['an attribute of 5 MB', () => htmlMail(`<p style="${'border-top:solid '.repeat(300_000)}">x</p>`)],
  ['HTML of 20 MB', () => htmlMail('<p>Een regel tekst.</p>'.repeat(1_000_000))],
  ['parts nested 1,000 deep', () => manyBoundaries(1_000)],
  [
    '100,000 parts',
    () =>
      mail(
        headersOf({ subject: 'x' }),
        Buffer.from(`Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(100_000)}--b--`),
      ),
  ],
  [
    'a boundary of one character in a body of nothing else',
    () => mail(headersOf({ subject: 'x' }), Buffer.from(`Content-Type: multipart/mixed; boundary="-"\r\n\r\n${'-'.repeat(3_000_000)}`)),
  ],
  ['100,000 headers', () => Buffer.from(`${'X-A: b\r\n'.repeat(100_000)}\r\ntext`)],
  ['a header folded over 100,000 lines', () => header('Subject', 'x\r\n '.repeat(100_000))],
  ['100,000 encoded words', () => header('Subject', '=?utf-8?Q?caf=C3=A9?= '.repeat(20_000))],
  ['encoded words that never end', () => header('Subject', '=?utf-8?Q?'.repeat(40_000))],
  ['100,000 addresses', () => header('To', 'a@example.org, '.repeat(30_000))],
  ['brackets and quotes without end in an address', () => header('To', '"<('.repeat(100_000))],
  ['groups within groups', () => header('To', 'a:'.repeat(100_000))],
  ['100,000 references', () => header('References', '<a@b> '.repeat(80_000))],
  ['100,000 parameters', () => header('Content-Type', `text/plain${'; a*0*=b'.repeat(50_000)}`)],
  [
    'base64 of padding alone',
    () => mail(headersOf({ subject: 'x' }), Buffer.from(`Content-Transfer-Encoding: base64\r\n\r\n${'='.repeat(3_000_000)}`)),
  ],
  [
    'quoted-printable of signs alone',
    () => mail(headersOf({ subject: 'x' }), Buffer.from(`Content-Transfer-Encoding: quoted-printable\r\n\r\n${'='.repeat(5_000_000)}`)),
  ],
  [
    'a report of a million lines',
    () =>
      mail(
        headersOf({ subject: 'Undeliverable' }),
        multipart('multipart/report; report-type=delivery-status', [
          part({ type: 'message/delivery-status', transfer: '8bit', body: 'Final-Recipient: rfc822;\n\n'.repeat(300_000) }),
        ]),
      ),
  ],
  [
    'a file of 50 MB',
    () =>
      mail(
        headersOf({ subject: 'x' }),
        multipart('multipart/mixed', [
          part({ type: 'text/plain', body: 'x' }),
          part({ type: 'application/octet-stream; name=a', transfer: 'base64', body: Buffer.alloc(37_000_000, 7) }),
        ]),
      ),
  ],
];

describe('what is huge is read within bounds', () => {
  test.each(HUGE)('%s', async (_, build) => {
    await expectResult(build());
  });

  test('the text of a mail beyond the limit is cut with a warning, and the raw mail has it all', async () => {
    const parsed = await parseMail(plainMail('regel\n'.repeat(1_000_000)));
    expect(parsed.warnings).toContain('the text is longer than is read: its end was left out');
    expect(parsed.text.startsWith('regel\nregel')).toBe(true);
  });
});
