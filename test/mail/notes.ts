/** What people write, and where their signature begins. Each is a whole mail in plain text. */
export interface Note {
  readonly name: string;
  readonly written: string;
  readonly text: string;
  readonly signature: string;
  readonly senderName?: string;
}

const note = (name: string, text: string, signature: string, between = '\n\n', senderName = 'Jan de Vries'): Note => ({
  name,
  written: `${text}${between}${signature}`,
  text,
  signature,
  senderName,
});

export const NOTES: readonly Note[] = [
  note('a closing on one line with the name', 'De lamp in 3.14 is stuk.', 'Groet, Jan'),
  note('a closing and name without comma', 'De lamp in 3.14 is stuk.', 'Groetjes Jan'),
  note('mvg', 'De lamp in 3.14 is stuk.', 'mvg\nJan'),
  note('m.v.g.', 'De lamp in 3.14 is stuk.', 'M.v.g.\n\nJan de Vries'),
  note('gr.', 'De lamp is stuk.', 'gr. Jan', '\n'),
  note('thanks stays, closing goes', 'Kan iemand de lamp vervangen?\n\nAlvast bedankt!', 'Met vriendelijke groet,\nJan de Vries'),
  note('thanks as a closing', 'Kan iemand de lamp vervangen?', 'Alvast bedankt,\nJan'),
  note('thanks in a sentence stays', 'Kan iemand de lamp vervangen? Alvast bedankt voor de moeite.', 'Jan'),
  note('a name alone', 'Kan iemand de lamp vervangen?', 'Jan'),
  note(
    'a name with details, no closing',
    'Kan iemand de lamp vervangen?',
    'Jan de Vries\nAdviseur Huisvesting\nT 070 123 45 67\nwww.example.org',
  ),
  note('details alone', 'Kan iemand de lamp vervangen?', 'T: 070 123 45 67\nE: info@example.org\nwww.example.org', '\n\n', 'Frontdesk'),
  note('a delimiter', 'Kan iemand de lamp vervangen?', '--\nJan de Vries\nAdviseur'),
  note(
    'closing, delimiter and phone',
    'Kan iemand de lamp vervangen?',
    'Groeten,\nJan\n\n--\nJan de Vries\nAdviseur\n\nVerstuurd vanaf mijn iPhone',
  ),
  note(
    'a disclaimer',
    'Kan iemand de lamp vervangen?',
    'Met vriendelijke groet,\n\nJan de Vries\n\nDit bericht (en eventuele bijlagen) is vertrouwelijk en uitsluitend bestemd voor de geadresseerde. Indien u dit bericht ten onrechte ontvangt, verzoeken wij u dit te melden.',
  ),
  note(
    'a disclaimer alone',
    'Kan iemand de lamp vervangen?',
    'DISCLAIMER: De informatie in dit bericht is vertrouwelijk. Aan dit bericht kunnen geen rechten worden ontleend.',
  ),
  note(
    'working days',
    'Kan iemand de lamp vervangen?',
    'Vriendelijke groeten,\nAnna\n\nWerkdagen: maandag, dinsdag, donderdag',
    '\n\n',
    'Anna Bos',
  ),
  note('a collegial closing', 'Kan iemand de lamp vervangen?', 'Met collegiale groet,\nJan'),
  note('a sunny closing', 'Kan iemand de lamp vervangen?', 'Zonnige groet,\nJan ☀️'),
  note('a closing in two languages', 'De lamp is stuk.', 'Met vriendelijke groet / Kind regards,\n\nJan de Vries\nAdviseur'),
  note('a closing in two languages after a comma', 'De lamp is stuk.', 'Vriendelijke groeten, kind regards,\nJan'),
  note('a tablet, in another order', 'De lamp is stuk.', 'Van mijn iPad verzonden'),
  note('on behalf of', 'Kan iemand de lamp vervangen?', 'Met vriendelijke groet namens het bestuur,\nJan'),
  note('hoogachtend', 'Hierbij dien ik een klacht in over de schoonmaak.', 'Hoogachtend,\n\nJ. de Vries'),
  note('kind regards', 'Could somebody replace the lamp?', 'Kind regards,\n\nAlice Brown\nProgramme Manager', '\n\n', 'Alice Brown'),
  note('best', 'Could somebody replace the lamp?', 'Best,\nAlice', '\n\n', 'Alice Brown'),
  note('cheers', 'Could somebody replace the lamp?', 'Cheers,\nAlice', '\n', 'Alice Brown'),
  note('thanks and regards', 'Could somebody replace the lamp?', 'Thanks and regards,\nAlice', '\n\n', 'Alice Brown'),
  note('yours sincerely', 'I wish to complain about the cleaning.', 'Yours sincerely,\n\nAlice Brown', '\n\n', 'Alice Brown'),
  note('sent from a phone', 'Could somebody replace the lamp?', 'Sent from my iPhone', '\n\n', 'Alice Brown'),
  note(
    'sent from Outlook',
    'Could somebody replace the lamp?',
    'Sent from Outlook for Android<https://example.org/x>',
    '\n\n',
    'Alice Brown',
  ),
  note('mail for Windows', 'Kan iemand de lamp vervangen?', 'Verzonden vanuit Mail voor Windows'),
  note('Proton', 'Kan iemand de lamp vervangen?', 'Verzonden met Proton Mail beveiligde e-mail.'),
  note('German', 'Könnten Sie die Lampe tauschen?', 'Mit freundlichen Grüßen\n\ni. A. Jürgen Groß\nSachbearbeiter', '\n\n', 'Jürgen Groß'),
  note('German, short', 'Könnten Sie die Lampe tauschen?', 'Viele Grüße\nJürgen', '\n\n', 'Jürgen Groß'),
  note('German, LG', 'Kannst du die Lampe tauschen?', 'LG\nJürgen', '\n\n', 'Jürgen Groß'),
  note('French', 'Pourriez-vous remplacer la lampe ?', 'Bien cordialement,\n\nHélène Lefèvre', '\n\n', 'Hélène Lefèvre'),
  note(
    'French, formal',
    'Pourriez-vous remplacer la lampe ?',
    "Veuillez agréer, Madame, Monsieur, l'expression de mes salutations distinguées.\n\nHélène Lefèvre",
    '\n\n',
    'Hélène Lefèvre',
  ),
  {
    name: 'a postscript is text',
    written: 'De lamp is stuk.\n\nGroet, Jan\n\nPS: die in 3.15 ook.',
    text: 'De lamp is stuk.\n\nPS: die in 3.15 ook.',
    signature: 'Groet, Jan',
  },
  {
    name: 'a question below the name is text',
    written: 'De lamp is stuk.\n\nGroet, Jan\n\nO ja, kan iemand ook de deur nakijken?',
    text: 'De lamp is stuk.\n\nO ja, kan iemand ook de deur nakijken?',
    signature: 'Groet, Jan',
  },
  { name: 'no signature at all', written: 'De lamp is stuk.', text: 'De lamp is stuk.', signature: '' },
  { name: 'a greeting is text', written: 'Beste collega,\n\nDe lamp is stuk.', text: 'Beste collega,\n\nDe lamp is stuk.', signature: '' },
  {
    name: 'greetings in a sentence',
    written: 'Doe de groeten aan Anna.\n\nDe lamp is stuk.',
    text: 'Doe de groeten aan Anna.\n\nDe lamp is stuk.',
    signature: '',
  },
  {
    name: 'a place is no header block',
    written: 'Graag een taxi.\n\nVan: Utrecht\nNaar: Amsterdam\nDatum: 12 maart\nOnderwerp: bezoek',
    text: 'Graag een taxi.\n\nVan: Utrecht\nNaar: Amsterdam\nDatum: 12 maart\nOnderwerp: bezoek',
    signature: '',
  },
  {
    name: 'dashes between two texts',
    written: 'Eerst dit.\n\n-----\n\nDan kan iemand misschien de lamp in de hal vervangen.',
    text: 'Eerst dit.\n\n-----\n\nDan kan iemand misschien de lamp in de hal vervangen.',
    signature: '',
  },
  {
    name: 'a phone number in the text',
    written: 'Bel mij op 06 12345678.\n\nHet adres is Straat 1.',
    text: 'Bel mij op 06 12345678.\n\nHet adres is Straat 1.',
    signature: '',
  },
  {
    name: 'I wrote before',
    written: 'Op 3 mei om 10:12 schreef ik jullie het volgende:\n\nDe lamp is stuk.',
    text: 'Op 3 mei om 10:12 schreef ik jullie het volgende:\n\nDe lamp is stuk.',
    signature: '',
  },
  {
    name: 'a list with a sender of goods',
    written: 'Van: Janssen bv ontvingen wij een pakket.\nWaar kan het heen?',
    text: 'Van: Janssen bv ontvingen wij een pakket.\nWaar kan het heen?',
    signature: '',
  },
  {
    name: 'a warning of the server above the text',
    written: 'LET OP: Deze e-mail is afkomstig van buiten de organisatie.\n\nDe lamp is stuk.',
    text: 'De lamp is stuk.',
    signature: '',
  },
  note('a Danish closing', 'Lampen i 3.14 virker ikke.', 'Med venlig hilsen\nJan de Vries'),
  note('a Swedish closing', 'Lampan i 3.14 fungerar inte.', 'Med vänliga hälsningar,\nJan'),
  note('a Polish closing', 'Lampa w 3.14 nie działa.', 'Pozdrawiam serdecznie\nJan'),
  note('an Italian closing', 'La lampada non funziona.', 'Cordiali saluti,\nJan'),
  note('a Spanish closing', 'La lámpara no funciona.', 'Atentamente,\nJan'),
  note('a name behind a dash', 'Kan iemand de lamp vervangen?', '-Jan de Vries'),
  note('a name behind a slash', 'Kan iemand de lamp vervangen?', '/Jan', '\n'),
  note(
    'a name behind a dash, above the foot of a list',
    'Kan iemand de lamp vervangen?',
    '-Jan\n\n____________________\nlijst@example.org',
  ),
  note('a list is no signature', 'Graag nieuwe lampen voor:\n-Anna\n-Bert', '', ''),
  note(
    'a heading above a disclaimer in paragraphs',
    'Kan iemand de lamp vervangen?',
    'Disclaimer\n\nThis message is confidential and intended solely for the recipient.\n\nThis email has been scanned for viruses and malware.',
  ),
];
