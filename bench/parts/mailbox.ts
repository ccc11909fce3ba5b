/** Mailboxes of a Dovecot of the benchmark's own, and mails as office clients write them. */
import { Dovecot, PASSWORD } from '../../test/support/dovecot.ts';
import { atTheEnd } from './children.ts';

export const DESK_ADDRESS = 'servicedesk@example.org';
/** Where mails wait until all of them are put into the inbox at once. */
const STAGING = 'Klaar';

export async function startDovecot(): Promise<Dovecot> {
  const imap = new Dovecot();
  atTheEnd(() => imap.remove());
  await imap.start();
  return imap;
}

/** The desk's mailbox, its answers to an SMTP server on this machine. */
export function mailboxSettings(imap: Dovecot, smtpPort: number): Readonly<Record<string, string>> {
  const mailbox = {
    address: DESK_ADDRESS,
    imap: `127.0.0.1:${imap.port}`,
    smtp: `127.0.0.1:${smtpPort}`,
    tls: false,
    smtpAuth: false,
    password: PASSWORD,
    trustedHosts: ['mx.example.org'],
  };
  return { LOKET_MAILBOXES: JSON.stringify([mailbox]) };
}

/** Puts mails where no reader sees them yet. */
export async function stage(imap: Dovecot, user: string, mails: readonly string[]): Promise<void> {
  const client = await imap.client(user);
  await client.mailboxCreate(STAGING);
  await client.logout();
  await imap.deliver(user, mails, STAGING);
}

/** Puts what was staged into the inbox. */
export async function release(imap: Dovecot, user: string): Promise<void> {
  const client = await imap.client(user);
  await client.mailboxOpen(STAGING);
  await client.messageMove('1:*', 'INBOX');
  await client.logout();
}

let counted = 0;

/** A new correspondent's question that becomes a case at once: text and HTML, a signature, a disclaimer, a judgement of the organisation's server. */
export function newMail(): { readonly from: string; readonly raw: string } {
  counted += 1;
  const from = `collega${counted}@example.org`;
  const room = `${1 + (counted % 9)}.${String(counted % 60).padStart(2, '0')}`;
  const question = `de lamp in kamer ${room} is kapot`;
  const boundary = `----=_NextPart_${counted}`;
  const raw = [
    'Received: from client.example.org (client.example.org [192.0.2.7]) by mx.example.org with ESMTPS id 4f2c; Mon, 2 Nov 2026 09:12:44 +0100',
    `Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=example.org; dkim=pass header.d=example.org; dmarc=pass header.from=example.org`,
    `From: "Collega ${counted}" <${from}>`,
    `To: Servicedesk <${DESK_ADDRESS}>`,
    `Subject: Lamp kapot in ${room}`,
    `Date: ${new Date().toUTCString()}`,
    `Message-ID: <bench.${process.pid}.${counted}@client.example.org>`,
    'X-Mailer: Microsoft Outlook 16.0',
    'Thread-Index: AdoK8m2pQ1pWm3m0QkyJx3u3yqQ1Rw==',
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    'Content-Language: nl-NL',
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset="utf-8"',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    'Hallo,',
    '',
    question,
    '',
    'Met vriendelijke groet,',
    `Collega ${counted}`,
    'Gemeente Voorbeeld | afdeling Ruimte | 010-1234567',
    '',
    DISCLAIMER,
    '',
    `--${boundary}`,
    'Content-Type: text/html; charset="utf-8"',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    '<html><head><meta http-equiv=3D"Content-Type" content=3D"text/html; charset=3Dutf-8">',
    '<style>p.MsoNormal {margin:0cm; font-size:11.0pt; font-family:"Calibri",sans-serif}</style></head>',
    '<body lang=3D"NL"><div class=3D"WordSection1">',
    `<p class=3D"MsoNormal">Hallo,</p><p class=3D"MsoNormal">&nbsp;</p><p class=3D"MsoNormal">${question}</p>`,
    '<p class=3D"MsoNormal">&nbsp;</p><p class=3D"MsoNormal">Met vriendelijke groet,</p>',
    `<p class=3D"MsoNormal">Collega ${counted}<br>Gemeente Voorbeeld | afdeling Ruimte | 010-1234567</p>`,
    `<p class=3D"MsoNormal" style=3D"font-size:8pt">${DISCLAIMER}</p>`,
    '</div></body></html>',
    `--${boundary}--`,
    '',
  ].join('\n');
  return { from, raw };
}

const DISCLAIMER = 'Dit bericht is alleen bestemd voor de geadresseerde. Bent u dat niet, wilt u het dan verwijderen?';
