/** Mails of people that a careless reader takes for automatic. */
import { headersOf, mail, multipart, part, plainMail } from './compose.ts';

const person = (name: string, subject: string, text: string, more: readonly string[] = []) => ({
  name,
  raw: plainMail(text, subject, more),
});

export const PEOPLE: readonly { readonly name: string; readonly raw: Buffer }[] = [
  person('Exchange suppresses answers', 'Vraag over de zaal', 'Is zaal 3 morgen vrij?', [
    'X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply',
  ]),
  person('Auto-Submitted: no', 'Vraag', 'Is zaal 3 morgen vrij?', ['Auto-Submitted: no']),
  person('Precedence: normal', 'Vraag', 'Is zaal 3 morgen vrij?', ['Precedence: normal']),
  person('reports being absent', 'Afwezig op maandag', 'Ik ben maandag afwezig. Wie kan mijn post aannemen?'),
  person('reports being absent, with the word alone', 'Afwezig', 'Ik ben morgen niet aanwezig, kunnen jullie mijn werkplek vrijgeven?'),
  person('asks about absence messages', 'Out of office instellen', 'Hoe stel ik mijn out of office in? Ik ben volgende week met vakantie.'),
  person('asks about automatic answers', 'Automatisch antwoord instellen lukt niet', 'Kunnen jullie mij helpen?'),
  person('automatic doors', 'Automatische deur kapot', 'De automatische deur in de hal blijft open staan.'),
  person('answers to an automatic answer', 'Re: Automatisch antwoord: Vraag', 'Dank voor het bericht. Kan iemand anders het oppakken?', [
    'In-Reply-To: <a@example.org>',
  ]),
  person('forwards a bounce', 'FW: Undeliverable: Offerte', 'Ik krijg dit terug, wat doe ik fout?'),
  person('asks about a bounce', 'Onbestelbaar', 'Mijn mail aan de leverancier komt steeds terug als onbestelbaar. Wat nu?'),
  person('a parcel', 'Delivery failed: parcel for room 3', 'The courier left a note saying delivery failed. Where is my parcel?'),
  person('says to have read', 'Gelezen: huisregels', 'Ik heb de huisregels gelezen en heb een vraag over artikel 3.'),
  person('writes about vacation', 'Vakantie', 'Hoeveel vakantiedagen heb ik nog? Ik ben in juli op vakantie.'),
  person(
    'quotes an absence message',
    'Re: Zaal',
    'Anna is er niet, zie haar bericht. Kunnen jullie helpen?\n\nOp ma 3 jun. 2024 om 09:12 schreef Anna <anna@example.org>:\n> Ik ben tot 14 juni afwezig.\n> Dit is een automatisch gegenereerd bericht.',
    ['In-Reply-To: <a@example.org>'],
  ),
  person(
    'mentions automatic messages',
    'Meldingen',
    'Ik krijg elke dag tien keer dit is een automatisch bericht van de printer. Kan dat uit?',
  ),
  person(
    'a disclaimer',
    'Zaal',
    'Is zaal 3 vrij?\n\nMet vriendelijke groet,\nJan\n\nDit bericht is vertrouwelijk en uitsluitend bestemd voor de geadresseerde.',
  ),
  person('a read receipt is asked for', 'Vraag', 'Is zaal 3 vrij?', [
    'Disposition-Notification-To: jan.devries@example.org',
    'Return-Receipt-To: jan.devries@example.org',
  ]),
  person('an urgent mail', 'SPOED', 'De lift staat stil.', ['Importance: high', 'X-Priority: 1']),
  person('by a form on a website', 'Contactformulier', 'Naam: Jan\nVraag: is zaal 3 vrij?', [
    'Reply-To: Jan de Vries <jan.devries@example.org>',
  ]),
  {
    name: 'by a form that writes from an address without answers',
    raw: mail(
      headersOf({ from: 'Website <no-reply@example.org>', subject: 'Contactformulier', more: ['Reply-To: jan.devries@example.org'] }),
      part({ type: 'text/plain', body: 'Is zaal 3 vrij?' }),
    ),
  },
  {
    name: 'the postmaster about a refusal that he quotes',
    raw: mail(
      headersOf({ from: 'Peter Post <postmaster@example.com>', subject: 'Re: Uw mailserver' }),
      part({ type: 'text/plain', body: 'Wat betekent dit?\n\n> 550 - no such user here\n> RCPT TO: piet@example.com' }),
    ),
  },
  {
    name: 'the postmaster in person',
    raw: mail(
      headersOf({ from: 'Peter Post <postmaster@example.com>', subject: 'Vraag over uw mailserver' }),
      part({ type: 'text/plain', body: 'Wie beheert jullie mailserver?' }),
    ),
  },
  {
    name: 'accepts an invitation with a question',
    raw: mail(
      headersOf({ subject: 'Geaccepteerd: Overleg' }),
      multipart('multipart/alternative', [
        part({ type: 'text/plain', body: 'Ik kom, mag er koffie bij?' }),
        part({ type: 'text/calendar; method=REPLY', body: 'BEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR\n' }),
      ]),
    ),
  },
  {
    name: 'forwards a bounce as a file',
    raw: mail(
      headersOf({ subject: 'Kunnen jullie hiernaar kijken?' }),
      multipart('multipart/mixed', [
        part({ type: 'text/plain', body: 'Deze kreeg ik terug, wat doe ik fout?' }),
        part({
          type: 'message/rfc822',
          transfer: '7bit',
          body: 'From: MAILER-DAEMON@mx.example.com\nSubject: Undelivered Mail Returned to Sender\nAuto-Submitted: auto-replied\n\nYour message could not be delivered.\n',
        }),
      ]),
    ),
  },
  person(
    'signed by PGP inline',
    'Vraag',
    '-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nIs zaal 3 vrij?\n-----BEGIN PGP SIGNATURE-----\n\niQ==\n-----END PGP SIGNATURE-----',
  ),
  person('from the desk, to itself by a colleague', 'Notitie', 'Even een notitie voor de map.', ['X-Mailer: Microsoft Outlook 16.0']),
];
