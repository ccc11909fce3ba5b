/** Mails that no person wrote, as servers and programs send them. */
import { headersOf, mail, multipart, part, plainMail } from './compose.ts';

export interface AutomaticMail {
  readonly name: string;
  readonly kind: 'auto-reply' | 'bounce' | 'list' | 'receipt' | 'own';
  /** Of a bounce: whether the server has given up, and whom it did not reach. */
  readonly final?: boolean;
  readonly recipient?: string;
  readonly raw: Buffer;
}

const absent = (name: string, subject: string, text: string, more: readonly string[] = []): AutomaticMail => ({
  name,
  kind: 'auto-reply',
  raw: plainMail(text, subject, more),
});

const NL = 'Bedankt voor uw bericht. Ik ben tot en met 14 juni afwezig en lees mijn mail niet.\n\nMet vriendelijke groet,\nJan';
const EN = 'Thank you for your message. I am out of the office until 14 June with limited access to email.\n\nKind regards,\nJan';
const DE = 'Vielen Dank für Ihre Nachricht. Ich bin bis zum 14. Juni nicht im Büro.\n\nMit freundlichen Grüßen\nJan';
const FR = "Bonjour,\n\nJe suis absent jusqu'au 14 juin.\n\nCordialement,\nJan";

export const AUTO_REPLIES: readonly AutomaticMail[] = [
  absent('Exchange, nl', 'Automatisch antwoord: Vergaderzaal', NL, ['X-Auto-Response-Suppress: All', 'Auto-Submitted: auto-generated']),
  absent('Exchange, nl, without its header', 'Automatisch antwoord: Vergaderzaal', NL),
  absent('Exchange, en, without its header', 'Automatic reply: Meeting room', EN),
  absent('Exchange, de, without its header', 'Automatische Antwort: Raum', DE),
  absent('Exchange, fr, without its header', 'Réponse automatique : Salle', FR),
  absent('Exchange, nl, old, suppressing answers alone', 'Afwezig: Vergaderzaal', NL, ['X-Auto-Response-Suppress: DR, OOF, AutoReply']),
  absent('an absence in answer to us, en', 'Out of Office Re: Meeting room', EN, ['In-Reply-To: <a@example.org>']),
  absent('an absence in answer to us, de', 'Abwesenheitsnotiz: Raum', DE, ['In-Reply-To: <a@example.org>']),
  absent('an absence in answer to us, fr', 'Absence du bureau : Salle', FR, ['References: <a@example.org>']),
  absent('Gmail', 'Re: Vergaderzaal', NL, ['Precedence: bulk', 'X-Autoreply: yes', 'Auto-Submitted: auto-replied']),
  absent('a vacation of Sieve', 'Auto: Vergaderzaal', EN, ['Auto-Submitted: auto-replied (vacation)']),
  absent('HCL Notes', 'AUTO: Jan de Vries is out of the office (returning 14-06-2024)', EN),
  absent('X-Autorespond', 'Re: Vergaderzaal', NL, ['X-Autorespond: Vergaderzaal']),
  absent('X-Autoreply alone', 'Re: Vergaderzaal', NL, ['X-Autoreply: yes']),
  absent('Precedence auto_reply', 'Re: Vergaderzaal', EN, ['Precedence: auto_reply']),
  absent('the null sender', 'Re: Vergaderzaal', NL, ['Return-Path: <>']),
  absent("another desk's confirmation", 'Ticket 4711 aangemaakt', 'Wij hebben uw melding ontvangen.', ['Auto-Submitted: auto-generated']),
  absent(
    "another desk's confirmation without a header",
    'Uw melding is ontvangen',
    'Dit is een automatisch gegenereerd bericht, u kunt hier niet op antwoorden.\n\nUw melding heeft nummer 4711.',
  ),
  absent(
    'one that says so in English',
    'We got your question',
    'Hello,\n\nThis is an automated message to let you know we received your mail.\n\nThe team',
  ),
  absent('one that says so in German', 'Ihre Anfrage', 'Guten Tag,\n\nDiese E-Mail wurde automatisch generiert.'),
  {
    name: 'an accepted invitation without a word',
    kind: 'auto-reply',
    raw: mail(
      headersOf({ subject: 'Geaccepteerd: Overleg' }),
      part({
        type: 'text/calendar; method=REPLY',
        body: 'BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nATTENDEE;PARTSTAT=ACCEPTED:mailto:jan@example.org\nEND:VEVENT\nEND:VCALENDAR\n',
      }),
    ),
  },
  {
    name: 'a complaint that is no more than the mail complained of',
    kind: 'auto-reply',
    raw: mail(
      headersOf({ subject: 'complaint about message from 192.0.2.1', from: 'staff@example.com' }),
      multipart('multipart/mixed', [
        part({ type: 'message/rfc822', body: 'X-HmXmrOriginalRecipient: jan@example.com\r\nSubject: Uw vraag\r\n\r\nBeste Jan' }),
      ]),
    ),
  },
  {
    name: 'a complaint report of a provider',
    kind: 'auto-reply',
    raw: mail(
      headersOf({ subject: 'complaint about message' }),
      multipart('multipart/report; report-type=feedback-report', [
        part({ type: 'text/plain', body: 'This is an email abuse report.' }),
        part({ type: 'message/feedback-report', transfer: '7bit', body: 'Feedback-Type: abuse\nUser-Agent: Provider/1.0\nVersion: 1\n' }),
      ]),
    ),
  },
];

const ORIGINAL_HEADERS =
  'From: Servicedesk <desk@example.org>\nTo: piet@example.com\nSubject: Uw vraag\nMessage-ID: <loket.42@example.org>\n';

function report(options: {
  name: string;
  from: string;
  subject: string;
  text: string;
  status: string;
  final: boolean;
  recipient: string;
  more?: readonly string[];
}): AutomaticMail {
  const parts = [
    part({ type: 'text/plain', body: options.text }),
    part({ type: 'message/delivery-status', transfer: '7bit', body: options.status }),
    part({ type: 'message/rfc822', transfer: '7bit', body: `${ORIGINAL_HEADERS}\nBeste Piet,\n` }),
  ];
  const headers = headersOf({ from: options.from, subject: options.subject, more: options.more ?? [] });
  return {
    name: options.name,
    kind: 'bounce',
    final: options.final,
    recipient: options.recipient,
    raw: mail(headers, multipart('multipart/report; report-type=delivery-status', parts)),
  };
}

const status = (action: string, code: string, diagnostic: string, recipient = 'piet@example.com') =>
  `Reporting-MTA: dns; mx.example.com\nArrival-Date: Mon, 3 Jun 2024 10:00:00 +0200\n\nFinal-Recipient: rfc822; ${recipient}\nAction: ${action}\nStatus: ${code}\nDiagnostic-Code: smtp; ${diagnostic}\n`;

const prose = (name: string, from: string, subject: string, text: string, final: boolean, more: readonly string[] = []): AutomaticMail => ({
  name,
  kind: 'bounce',
  final,
  recipient: 'piet@example.com',
  raw: mail(headersOf({ from, subject, more }), part({ type: 'text/plain', body: text })),
});

export const BOUNCES: readonly AutomaticMail[] = [
  report({
    name: 'Postfix, failed',
    from: 'MAILER-DAEMON@mx.example.com (Mail Delivery System)',
    subject: 'Undelivered Mail Returned to Sender',
    text: 'This is the mail system at host mx.example.com.\n\nYour message could not be delivered.\n\n<piet@example.com>: 550 5.1.1 User unknown',
    status: status('failed', '5.1.1', '550 5.1.1 <piet@example.com>: User unknown'),
    final: true,
    recipient: 'piet@example.com',
    more: ['Auto-Submitted: auto-replied'],
  }),
  report({
    name: 'Postfix, delayed',
    from: 'Mail Delivery System <MAILER-DAEMON@mx.example.com>',
    subject: 'Delayed Mail (still being retried)',
    text: 'Your message could not be delivered for more than 4 hour(s).\nIt will be retried until it is 5 day(s) old.',
    status: status('delayed', '4.4.1', 'connect to mx.example.com: Connection timed out'),
    final: false,
    recipient: 'piet@example.com',
  }),
  report({
    name: 'Exchange Online, nl',
    from: 'Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.org>',
    subject: 'Onbestelbaar: Uw vraag',
    text: 'Het bericht aan piet@example.com kan niet worden bezorgd.',
    status: status('failed', '5.1.10', '550 5.1.10 RESOLVER.ADR.RecipientNotFound'),
    final: true,
    recipient: 'piet@example.com',
  }),
  report({
    name: 'Exchange, de',
    from: 'postmaster@example.com',
    subject: 'Unzustellbar: Ihre Anfrage',
    text: 'Fehler bei der Nachrichtenzustellung an folgende Empfänger.',
    status: status('failed', '5.2.2', '552 5.2.2 Mailbox full'),
    final: true,
    recipient: 'piet@example.com',
  }),
  report({
    name: 'Gmail',
    from: 'Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
    subject: 'Delivery Status Notification (Failure)',
    text: '** Adres niet gevonden **',
    status: status('failed', '5.1.1', '550-5.1.1 The email account that you tried to reach does not exist.'),
    final: true,
    recipient: 'piet@example.com',
  }),
  {
    name: "a gateway's transcript, without a report",
    kind: 'bounce',
    final: true,
    recipient: 'piet@example.com',
    raw: mail(
      headersOf({ subject: 'Re:Uw vraag', from: 'post_master@gateway.example.com', more: ['In-Reply-To: <loket.42@example.org>'] }),
      part({
        type: 'text/plain',
        body: 'Error: Invalid user address\n\nError message below:\n550 - no such user here\n\nMessage details:\n  RCPT TO: piet@example.com\n',
      }),
    ),
  },
  report({
    name: 'Gmail, delayed',
    from: 'Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
    subject: 'Delivery Status Notification (Delay)',
    text: '** Delivery incomplete **\n\nThere was a temporary problem delivering your message. Gmail will retry for 46 more hours.',
    status: status('delayed', '4.4.2', 'The recipient server did not accept our requests to connect.'),
    final: false,
    recipient: 'piet@example.com',
  }),
  report({
    name: 'a report of one of two recipients',
    from: 'MAILER-DAEMON@mx.example.com',
    subject: 'Undelivered Mail Returned to Sender',
    text: 'One address failed.',
    status: `${status('failed', '5.1.1', '550 unknown')}\nFinal-Recipient: rfc822; anna@example.com\nAction: relayed\nStatus: 2.0.0\n`,
    final: true,
    recipient: 'piet@example.com',
  }),
  report({
    name: 'a report from the null sender in French',
    from: 'Système de messagerie <postmaster@example.com>',
    subject: 'Non remis : Votre demande',
    text: "Votre message n'a pas pu être remis.",
    status: status('failed', '5.7.1', '550 5.7.1 Message rejected as spam'),
    final: true,
    recipient: 'piet@example.com',
    more: ['Return-Path: <>'],
  }),
  prose(
    'Exim',
    'Mail Delivery System <Mailer-Daemon@mx.example.com>',
    'Mail delivery failed: returning message to sender',
    'This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered:\n\n  piet@example.com\n    550 5.1.1 no such user\n',
    true,
    ['X-Failed-Recipients: piet@example.com', 'Auto-Submitted: auto-replied'],
  ),
  prose(
    'Exim, delayed',
    'Mail Delivery System <Mailer-Daemon@mx.example.com>',
    'Warning: message 1sE delayed 24 hours',
    'A message that you sent has not yet been delivered to one or more of its recipients after more than 24 hours.\n\n  piet@example.com\n\nNo action is required on your part. Delivery attempts will continue.',
    false,
  ),
  prose(
    'qmail',
    'MAILER-DAEMON@mx.example.com',
    'failure notice',
    "Hi. This is the qmail-send program at mx.example.com.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<piet@example.com>:\n550 5.1.1 unknown\n",
    true,
  ),
  prose(
    'a server that speaks Dutch',
    'postmaster@example.com',
    'Uw bericht kon niet worden bezorgd: niet te leveren',
    'Het bericht aan piet@example.com is niet afgeleverd.\n550 5.1.1 onbekend',
    true,
  ),
];

const plainList = (name: string, more: readonly string[], from = 'Nieuwsbrief <nieuws@example.com>'): AutomaticMail => ({
  name,
  kind: 'list',
  raw: mail(headersOf({ from, subject: 'Nieuws van deze maand', more }), part({ type: 'text/plain', body: 'Lees hier het nieuws.' })),
});

const OTHERS: readonly AutomaticMail[] = [
  plainList('a newsletter', ['List-Unsubscribe: <https://example.com/u>', 'List-Unsubscribe-Post: List-Unsubscribe=One-Click']),
  plainList('Mailman', ['List-Id: Leden <leden.example.com>', 'Precedence: list']),
  plainList(
    'a Google group',
    ['List-ID: <groep.example.com>', 'Mailing-list: list groep@example.com; contact groep+owners@example.com'],
    'Anna Bos <anna@example.com>',
  ),
  plainList('bulk', ['Precedence: bulk']),
  plainList('junk', ['Precedence: junk']),
  plainList('an address that takes no answers', [], 'Bezorgdienst <no-reply@example.com>'),
  plainList('a Dutch address that takes no answers', [], 'niet-beantwoorden@example.com'),
  {
    name: 'a read receipt',
    kind: 'receipt',
    raw: mail(
      headersOf({ subject: 'Gelezen: Uw vraag' }),
      multipart('multipart/report; report-type=disposition-notification', [
        part({ type: 'text/plain', body: 'Uw bericht is gelezen.' }),
        part({
          type: 'message/disposition-notification',
          transfer: '7bit',
          body: 'Final-Recipient: rfc822;jan@example.org\nOriginal-Message-ID: <loket.42@example.org>\nDisposition: manual-action/MDN-sent-manually; displayed\n',
        }),
      ]),
    ),
  },
  {
    name: 'a receipt that it was deleted unread',
    kind: 'receipt',
    raw: mail(
      headersOf({ subject: 'Not read: Your question', more: ['Return-Path: <>'] }),
      multipart('multipart/report; report-type="disposition-notification"', [
        part({
          type: 'message/disposition-notification',
          transfer: '7bit',
          body: 'Final-Recipient: rfc822;jan@example.org\nDisposition: automatic-action/MDN-sent-automatically; deleted\n',
        }),
      ]),
    ),
  },
  {
    name: 'a receipt in prose',
    kind: 'receipt',
    raw: plainMail('Your message\n\n   To: desk@example.org\n   Subject: Room\n\nwas read on 3-6-2024 10:12.', 'Read: Room'),
  },
  {
    name: 'own, by its header',
    kind: 'own',
    raw: plainMail('Beste Jan,\n\nUw vraag is opgelost.', 'Uw vraag', ['X-Loket-Message: 42', 'Auto-Submitted: auto-replied']),
  },
];

export const AUTOMATIC: readonly AutomaticMail[] = [...AUTO_REPLIES, ...BOUNCES, ...OTHERS];
