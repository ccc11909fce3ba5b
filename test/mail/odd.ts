/** Mails that are built oddly: wrong charsets, broken MIME, nothing to read, things wrapped in things. */
import type { ParsedMail } from '../../channels/email/index.ts';
import { alternative, encode, headersOf, mail, multipart, part } from './compose.ts';
import { winmail } from './winmail.ts';

type Expected = Partial<Pick<ParsedMail, 'subject' | 'text' | 'from' | 'warnings' | 'date' | 'messageId' | 'signature'>> & {
  readonly files?: readonly (readonly [string, string, boolean])[];
  readonly forwardedFrom?: string;
};

export interface OddMail {
  readonly name: string;
  readonly raw: Buffer;
  readonly expected: Expected;
}

const raw = (...lines: (string | Buffer)[]): Buffer =>
  Buffer.concat(lines.flatMap((line) => [typeof line === 'string' ? Buffer.from(line, 'utf8') : line, Buffer.from('\r\n')]));
const FROM = 'From: Jan de Vries <jan.devries@example.org>';
const PNG = Buffer.from('89504e470d0a1a0a0000', 'hex');
const picture = (headers: readonly string[], type = 'image/png; name="foto.png"') => part({ type, transfer: 'base64', body: PNG, headers });

const CHARSETS: readonly OddMail[] = [
  {
    name: 'UTF-8 declared as Latin-1',
    raw: raw(FROM, 'Subject: x', 'Content-Type: text/plain; charset=iso-8859-1', '', 'De kachel in het café is stuk'),
    expected: { text: 'De kachel in het café is stuk', warnings: ['decoded with a guess: utf-8'] },
  },
  {
    name: 'Latin-1 declared as UTF-8',
    raw: raw(FROM, 'Subject: x', 'Content-Type: text/plain; charset=utf-8', '', encode('De kachel in het café is stuk', 'iso-8859-1')),
    expected: { text: 'De kachel in het café is stuk', warnings: ['decoded with a guess: windows-1252'] },
  },
  {
    name: 'no charset, Windows-1252',
    raw: raw(FROM, 'Subject: x', '', encode('Het kost € 12 – echt', 'windows-1252')),
    expected: { text: 'Het kost € 12 – echt', warnings: ['decoded with a guess: windows-1252'] },
  },
  {
    name: 'an unknown charset',
    raw: raw(FROM, 'Subject: x', 'Content-Type: text/plain; charset=x-mac-klingon', '', 'café'),
    expected: { text: 'café', warnings: ['decoded with a guess: utf-8'] },
  },
  {
    name: 'a charset of Vietnam',
    raw: raw(FROM, 'Subject: x', 'Content-Type: text/plain; charset=windows-1258', '', Buffer.from([0x49, 0x92, 0x6d])),
    expected: { text: 'I’m', warnings: [] },
  },
  {
    name: 'Windows characters in what is called Latin-1',
    raw: raw(FROM, 'Subject: x', 'Content-Type: text/plain; charset=iso-8859-1', '', Buffer.from([0x93, 0x68, 0x69, 0x94])),
    expected: { text: '“hi”', warnings: [] },
  },
  {
    name: 'a subject in raw Latin-1',
    raw: raw(FROM, encode('Subject: Kapotte stoel in café', 'iso-8859-1'), 'Content-Type: text/plain; charset=iso-8859-1', '', 'x'),
    expected: { subject: 'Kapotte stoel in café' },
  },
  {
    name: 'headers in raw UTF-8',
    raw: raw('From: Zoë de Boer <zoe@example.org>', 'Subject: Geen koffie in café ☕', '', 'x'),
    expected: { subject: 'Geen koffie in café ☕', from: { name: 'Zoë de Boer', address: 'zoe@example.org' } },
  },
  {
    name: 'an encoded word cut inside a character',
    raw: raw(FROM, 'Subject: =?utf-8?Q?Caf=C3?= =?utf-8?Q?=A9?=', '', 'x'),
    expected: { subject: 'Café' },
  },
  {
    name: 'an encoded word with blanks in it',
    raw: raw(FROM, 'Subject: =?iso-8859-1?q?Kapotte stoel caf=E9?=', '', 'x'),
    expected: { subject: 'Kapotte stoel café' },
  },
  {
    name: 'encoded words around plain ones',
    raw: raw(FROM, 'Subject: Re: =?UTF-8?B?Y2Fmw6k=?= en meer', '', 'x'),
    expected: { subject: 'Re: café en meer' },
  },
  {
    name: 'UTF-16 with its mark',
    raw: raw(
      FROM,
      'Subject: x',
      'Content-Type: text/plain; charset=utf-16',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from('\ufeffcafé', 'utf16le').toString('base64'),
    ),
    expected: { text: 'café' },
  },
  {
    name: 'Japanese in seven bits',
    raw: raw(FROM, 'Subject: x', 'Content-Type: text/plain; charset=iso-2022-jp', '', Buffer.from('1b244224221b2842', 'hex')),
    expected: { text: 'あ' },
  },
  {
    name: 'HTML that names its charset itself',
    raw: raw(FROM, 'Subject: x', 'Content-Type: text/html', '', encode('<meta charset="windows-1252"><p>café €</p>', 'windows-1252')),
    expected: { text: 'café €', warnings: [] },
  },
];

const FILES: readonly OddMail[] = [
  {
    name: 'a name by RFC 2231 in pieces',
    raw: mail(
      headersOf({ subject: 'x' }),
      multipart('multipart/mixed', [
        part({ type: 'text/plain', body: 'bijlage' }),
        part({
          type: 'application/pdf',
          transfer: 'base64',
          body: PNG,
          headers: ['Content-Disposition: attachment; filename*0*=utf-8\'\'caf%C3%A9; filename*1=" begroting.pdf"'],
        }),
      ]),
    ),
    expected: { files: [['café begroting.pdf', 'application/pdf', false]] },
  },
  {
    name: 'a name called US-ASCII that is not',
    raw: mail(
      headersOf({ subject: 'x' }),
      multipart('multipart/mixed', [
        part({ type: 'text/plain', body: 'x' }),
        part({
          type: 'application/pdf',
          transfer: 'base64',
          body: PNG,
          headers: ["Content-Disposition: attachment; filename*=us-ascii'de'Gr%F6%DFe.pdf"],
        }),
      ]),
    ),
    expected: { files: [['Größe.pdf', 'application/pdf', false]] },
  },
  {
    name: 'a name as an encoded word',
    raw: mail(
      headersOf({ subject: 'x' }),
      multipart('multipart/mixed', [
        part({ type: 'text/plain', body: 'x' }),
        picture(['Content-Disposition: attachment; filename="=?UTF-8?Q?foto_caf=C3=A9.png?="']),
      ]),
    ),
    expected: { files: [['foto café.png', 'image/png', false]] },
  },
  {
    name: 'a name with blanks and no quotes',
    raw: mail(
      headersOf({ subject: 'x' }),
      multipart('multipart/mixed', [
        part({ type: 'text/plain', body: 'x' }),
        picture(['Content-Disposition: attachment; filename=mijn foto.png']),
      ]),
    ),
    expected: { files: [['mijn foto.png', 'image/png', false]] },
  },
  {
    name: 'a picture in its place',
    raw: mail(
      headersOf({ subject: 'x' }),
      multipart('multipart/related', [
        part({ type: 'text/html', body: '<p>Zie: <img src="cid:foto@1"></p>' }),
        picture(['Content-ID: <foto@1>', 'Content-Disposition: inline; filename="foto.png"']),
      ]),
    ),
    expected: { text: 'Zie:', files: [['foto.png', 'image/png', true]] },
  },
  {
    name: 'a picture called inline without a place',
    raw: mail(
      headersOf({ subject: 'x' }),
      multipart('multipart/mixed', [
        part({ type: 'text/html', body: '<p>Zie bijlage</p>' }),
        picture(['Content-ID: <foto@2>', 'Content-Disposition: inline; filename="foto.png"']),
      ]),
    ),
    expected: { text: 'Zie bijlage', files: [['foto.png', 'image/png', false]] },
  },
  {
    name: 'Apple: text, picture, text',
    raw: mail(
      headersOf({ subject: 'x' }),
      multipart('multipart/mixed', [
        part({ type: 'text/plain', body: 'Boven' }),
        picture(['Content-Disposition: inline; filename="foto.png"']),
        part({ type: 'text/plain', body: 'Onder' }),
      ]),
    ),
    expected: { text: 'Boven\nOnder', files: [['foto.png', 'image/png', false]] },
  },
  {
    name: 'nothing but a file',
    raw: mail(
      headersOf({ subject: 'Scan' }),
      part({ type: 'application/pdf; name="scan.pdf"', transfer: 'base64', body: PNG, headers: ['Content-Disposition: attachment'] }),
    ),
    expected: { text: '', files: [['scan.pdf', 'application/pdf', false]] },
  },
  {
    name: 'a text file that is no text of the mail',
    raw: mail(
      headersOf({ subject: 'x' }),
      multipart('multipart/mixed', [
        part({ type: 'text/plain', body: 'Log hierbij' }),
        part({ type: 'text/plain; name="fout.log"', body: 'error 42', headers: ['Content-Disposition: attachment; filename="fout.log"'] }),
      ]),
    ),
    expected: { text: 'Log hierbij', files: [['fout.log', 'text/plain', false]] },
  },
  {
    name: 'an invitation',
    raw: mail(
      headersOf({ subject: 'Overleg' }),
      multipart('multipart/alternative', [
        part({ type: 'text/plain', body: 'Kom je ook?' }),
        part({ type: 'text/html', body: '<p>Kom je ook?</p>' }),
        part({ type: 'text/calendar; method=REQUEST', body: 'BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR' }),
      ]),
    ),
    expected: { text: 'Kom je ook?', files: [['', 'text/calendar', false]] },
  },
  {
    name: 'an invitation alone',
    raw: mail(
      headersOf({ subject: 'Overleg' }),
      part({
        type: 'text/calendar; method=REQUEST',
        body: 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Overleg verbouwing\nDTSTART:20240605T100000\nLOCATION:Zaal 3\nEND:VEVENT\nEND:VCALENDAR',
      }),
    ),
    expected: { text: 'Overleg verbouwing\n2024-06-05 10:00\nZaal 3' },
  },
  {
    name: 'winmail.dat',
    raw: mail(
      headersOf({ subject: 'x' }),
      multipart('multipart/mixed', [
        part({ type: 'text/plain', body: 'Zie bijlage' }),
        part({ type: 'application/ms-tnef; name="winmail.dat"', transfer: 'base64', body: winmail('begroting 2024.xlsx', PNG) }),
      ]),
    ),
    expected: { text: 'Zie bijlage', files: [['begroting 2024.xlsx', 'application/octet-stream', false]], warnings: [] },
  },
  {
    name: 'a damaged winmail.dat',
    raw: mail(
      headersOf({ subject: 'x' }),
      multipart('multipart/mixed', [
        part({ type: 'text/plain', body: 'Zie bijlage' }),
        part({ type: 'application/ms-tnef; name="winmail.dat"', transfer: 'base64', body: Buffer.from('geen tnef') }),
      ]),
    ),
    expected: {
      text: 'Zie bijlage',
      files: [['winmail.dat', 'application/ms-tnef', false]],
      warnings: ['a winmail.dat that cannot be opened was kept'],
    },
  },
  {
    name: 'a mail within a mail',
    raw: mail(
      headersOf({ subject: 'Fwd: lekkage' }),
      multipart('multipart/mixed', [
        part({ type: 'text/plain', body: 'Graag oppakken.' }),
        part({
          type: 'message/rfc822',
          transfer: '7bit',
          body: 'From: Karin Smit <karin.smit@example.com>\nSubject: lekkage\n\nHet lekt in de kelder.',
        }),
      ]),
    ),
    expected: { text: 'Graag oppakken.', forwardedFrom: 'karin.smit@example.com', files: [['', 'message/rfc822', false]] },
  },
];

const SECURED: readonly OddMail[] = [
  {
    name: 'signed by S/MIME',
    raw: mail(
      headersOf({ subject: 'x' }),
      multipart('multipart/signed; protocol="application/pkcs7-signature"', [
        part({ type: 'text/plain', body: 'Ondertekend' }),
        part({ type: 'application/pkcs7-signature; name="smime.p7s"', transfer: 'base64', body: PNG }),
      ]),
    ),
    expected: { text: 'Ondertekend', files: [['smime.p7s', 'application/pkcs7-signature', false]] },
  },
  {
    name: 'encrypted by PGP',
    raw: mail(
      headersOf({ subject: 'x' }),
      multipart('multipart/encrypted; protocol="application/pgp-encrypted"', [
        part({ type: 'application/pgp-encrypted', body: 'Version: 1' }),
        part({ type: 'application/octet-stream; name="encrypted.asc"', body: '-----BEGIN PGP MESSAGE-----' }),
      ]),
    ),
    expected: { text: '', warnings: ['encrypted: it cannot be read here'] },
  },
  {
    name: 'encrypted by S/MIME',
    raw: mail(
      headersOf({ subject: 'x' }),
      part({ type: 'application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"', transfer: 'base64', body: PNG }),
    ),
    expected: { text: '', warnings: ['encrypted: it cannot be read here'] },
  },
];

const BROKEN: readonly OddMail[] = [
  {
    name: 'enriched text beside a plain form is the same words once',
    raw: mail(
      headersOf({ subject: 'x', from: 'Jan <jan@example.org>' }),
      multipart('multipart/alternative', [
        part({ type: 'text/plain', body: 'De lamp is stuk.' }),
        part({ type: 'text/enriched', body: 'De <bold>lamp</bold> is stuk.' }),
      ]),
    ),
    expected: { text: 'De lamp is stuk.' },
  },
  {
    name: 'words behind the end of Base64',
    raw: raw(
      FROM,
      'Subject: x',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      `${Buffer.from('De kachel in het café is stuk!').toString('base64')} (einde)`,
    ),
    expected: { text: 'De kachel in het café is stuk!', warnings: [] },
  },
  { name: 'no bytes at all', raw: Buffer.alloc(0), expected: { subject: '', text: '', from: null, date: null, messageId: null } },
  { name: 'no headers', raw: Buffer.from('zomaar wat tekst'), expected: { subject: '', text: 'zomaar wat tekst', from: null } },
  {
    name: 'headers and nothing else',
    raw: raw(FROM, 'Subject: Alleen een onderwerp'),
    expected: { subject: 'Alleen een onderwerp', text: '' },
  },
  {
    name: 'an empty body',
    raw: raw(FROM, 'Subject: Alleen een onderwerp', '', ''),
    expected: { subject: 'Alleen een onderwerp', text: '' },
  },
  { name: 'line feeds alone', raw: Buffer.from(`${FROM}\nSubject: x\n\nregel 1\nregel 2\n`), expected: { text: 'regel 1\nregel 2' } },
  { name: 'carriage returns alone', raw: Buffer.from(`${FROM}\rSubject: x\r\rregel 1\rregel 2\r`), expected: { text: 'regel 1\nregel 2' } },
  {
    name: 'a line of a mailbox file on top',
    raw: raw('From jan@example.org Mon Jun  3 10:00:00 2024', FROM, 'Subject: x', '', 'tekst'),
    expected: { subject: 'x', text: 'tekst' },
  },
  { name: 'a content type that is none', raw: raw(FROM, 'Subject: x', 'Content-Type: text', '', 'tekst'), expected: { text: 'tekst' } },
  {
    name: 'a content type full of semicolons',
    raw: raw(FROM, 'Subject: x', 'Content-Type: text/plain;; charset==utf-8;;; =', '', 'tekst'),
    expected: { text: 'tekst' },
  },
  {
    name: 'two content types',
    raw: raw(FROM, 'Subject: x', 'Content-Type: text/plain; charset=utf-8', 'Content-Type: text/html', '', 'tekst'),
    expected: { text: 'tekst' },
  },
  { name: 'two subjects', raw: raw(FROM, 'Subject: Eerste', 'Subject: Tweede', '', 'x'), expected: { subject: 'Eerste' } },
  { name: 'an empty subject above the real one', raw: raw(FROM, 'Subject: ', 'Subject: Echt', '', 'x'), expected: { subject: 'Echt' } },
  {
    name: 'a subject folded over a line of blanks',
    raw: raw(FROM, 'Subject: Eerste', '  ', ' tweede', 'X-More: y', '', 'tekst'),
    expected: { subject: 'Eerste tweede', text: 'tekst' },
  },
  {
    name: 'a multipart without a boundary',
    raw: raw(FROM, 'Subject: x', 'Content-Type: multipart/mixed', '', 'tekst'),
    expected: { text: 'tekst' },
  },
  {
    name: 'a multipart that is never closed',
    raw: raw(FROM, 'Subject: x', 'Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/plain', '', 'tekst'),
    expected: { text: 'tekst' },
  },
  {
    name: 'boundaries that begin alike',
    raw: raw(
      FROM,
      'Subject: x',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: multipart/alternative; boundary=b2',
      '',
      '--b2',
      '',
      'tekst',
      '--b2--',
      '--b--',
    ),
    expected: { text: 'tekst' },
  },
  {
    name: 'base64 with line noise',
    raw: raw(FROM, 'Subject: x', 'Content-Transfer-Encoding: base64', '', 'dGVr', '!!', 'c3Q='),
    expected: { text: 'tekst' },
  },
  {
    name: 'quoted-printable with broken codes',
    raw: raw(FROM, 'Subject: x', 'Content-Transfer-Encoding: quoted-printable', '', 'a =zz b =3D c =', 'd'),
    expected: { text: 'a =zz b = c d' },
  },
  {
    name: 'an encoding that is none',
    raw: raw(FROM, 'Subject: x', 'Content-Transfer-Encoding: 8-bits', '', 'tekst'),
    expected: { text: 'tekst' },
  },
  { name: 'a date that is none', raw: raw(FROM, 'Date: gisteren', 'Subject: x', '', 'x'), expected: { date: null } },
  {
    name: 'a date in another order',
    raw: raw(FROM, 'Date: 2024-06-03T10:15:00+02:00', 'Subject: x', '', 'x'),
    expected: { date: '2024-06-03T08:15:00.000Z' },
  },
  {
    name: 'a name with a comma and no quotes around the address',
    raw: raw('From: "Vries, Jan de" jan@example.org', 'Subject: x', '', 'x'),
    expected: { from: { name: 'Vries, Jan de', address: 'jan@example.org' } },
  },
  {
    name: 'a sender behind an encoded name',
    raw: raw('From: =?utf-8?B?Wm/DqyBkZSBCb2Vy?= <zoe@example.org>', 'Subject: x', '', 'x'),
    expected: { from: { name: 'Zoë de Boer', address: 'zoe@example.org' } },
  },
  {
    name: 'blanks around the Message-ID',
    raw: raw(FROM, 'Message-ID:   <a@b>  ', 'Subject: x', '', 'x'),
    expected: { messageId: '<a@b>' },
  },
  { name: 'a Message-ID without brackets', raw: raw(FROM, 'Message-ID: a@b', 'Subject: x', '', 'x'), expected: { messageId: '<a@b>' } },
  {
    name: 'HTML that nobody closed',
    raw: raw(FROM, 'Subject: x', 'Content-Type: text/html', '', '<div><b>Hallo<p>Is <i>zaal 3 vrij?'),
    expected: { text: 'Hallo\n\nIs zaal 3 vrij?' },
  },
  {
    name: 'hidden text in HTML',
    raw: raw(
      FROM,
      'Subject: x',
      'Content-Type: text/html',
      '',
      '<style>p{color:red}</style><div style="display:none">verborgen</div><p>zichtbaar</p><script>x()</script>',
    ),
    expected: { text: 'zichtbaar' },
  },
  {
    name: 'a plain form that only says that there is HTML',
    raw: mail(
      headersOf({ subject: 'x' }),
      alternative(
        'This message requires an HTML viewer.',
        '<p>Is zaal 3 morgen vrij voor een overleg van twee uur?</p><p>Graag met koffie voor zes mensen.</p>',
      ),
    ),
    expected: { text: 'Is zaal 3 morgen vrij voor een overleg van twee uur?\n\nGraag met koffie voor zes mensen.' },
  },
  {
    name: 'flowed lines',
    raw: raw(
      FROM,
      'Subject: x',
      'Content-Type: text/plain; charset=utf-8; format=flowed',
      '',
      'Een regel die ',
      'verder gaat.',
      '',
      '-- ',
      'Jan',
    ),
    expected: { text: 'Een regel die verder gaat.', signature: '--\nJan' },
  },
];

export const ODD: readonly OddMail[] = [...CHARSETS, ...FILES, ...SECURED, ...BROKEN];
