/** What people wrote in the corpus's mails, and what they answered to, in four languages. */

export interface Person {
  readonly name: string;
  readonly address: string;
}

export interface Letter {
  readonly language: 'nl' | 'en' | 'de' | 'fr';
  readonly from: Person;
  /** Paragraphs of the new text. */
  readonly text: readonly string[];
  /** Lines from the closing on. */
  readonly closing: readonly string[];
  readonly earlier: {
    readonly from: Person;
    readonly subject: string;
    readonly text: readonly string[];
    /** The date as each sort of client writes it: Outlook's long form, and that of an attribution. */
    readonly sent: string;
    readonly on: string;
  };
  readonly fields: { readonly from: string; readonly sent: string; readonly date: string; readonly to: string; readonly subject: string };
  /** "On {on}, {who} wrote:" */
  readonly attribution: (on: string, who: string) => string;
  readonly original: string;
  readonly forwarded: string;
  readonly beginForwarded: string;
  readonly phone: string;
  readonly outlookPhone: string;
  readonly forwardPrefix: string;
  readonly replyPrefix: string;
}

const desk: Person = { name: 'Servicedesk', address: 'desk@example.org' };

export const LETTERS: readonly Letter[] = [
  {
    language: 'nl',
    from: { name: 'Jan de Vries', address: 'jan.devries@example.org' },
    text: [
      'Goedemorgen,',
      'Het is gelukt met de zaal, dank. Kunnen jullie er ook een beamer neerzetten? We zijn met z’n zessen.',
      'Budgetnummer is 4410-23.',
    ],
    closing: ['Met vriendelijke groet,', '', 'Jan de Vries', 'Beleidsmedewerker', 'T 070 123 45 67'],
    earlier: {
      from: desk,
      subject: 'Vergaderzaal op 5 juni [SD-7K3Q-MX2J]',
      text: ['Beste Jan,', 'De zaal is gereserveerd. Is er nog iets nodig?', 'Servicedesk'],
      sent: 'maandag 3 juni 2024 09:12',
      on: 'ma 3 jun. 2024 om 09:12',
    },
    fields: { from: 'Van', sent: 'Verzonden', date: 'Datum', to: 'Aan', subject: 'Onderwerp' },
    attribution: (on, who) => `Op ${on} schreef ${who}:`,
    original: 'Oorspronkelijk bericht',
    forwarded: 'Doorgestuurd bericht',
    beginForwarded: 'Begin doorgestuurd bericht:',
    phone: 'Verstuurd vanaf mijn iPhone',
    outlookPhone: 'Verzonden vanuit Outlook voor iOS',
    forwardPrefix: 'Fwd: ',
    replyPrefix: 'Re: ',
  },
  {
    language: 'en',
    from: { name: 'Alice Brown', address: 'alice.brown@example.org' },
    text: [
      'Hi,',
      'The door works again, but the card reader on the third floor still blinks red. Could somebody have a look?',
      'I am in room 3.14 until five.',
    ],
    closing: ['Kind regards,', '', 'Alice Brown', 'Programme Manager', 'M +31 6 1234 5678'],
    earlier: {
      from: desk,
      subject: 'Door on the third floor [SD-7K3Q-MX2J]',
      text: ['Dear Alice,', 'The door has been repaired. Does it work for you?', 'Service desk'],
      sent: 'Monday, June 3, 2024 9:12 AM',
      on: 'Mon, Jun 3, 2024 at 9:12 AM',
    },
    fields: { from: 'From', sent: 'Sent', date: 'Date', to: 'To', subject: 'Subject' },
    attribution: (on, who) => `On ${on}, ${who} wrote:`,
    original: 'Original Message',
    forwarded: 'Forwarded message',
    beginForwarded: 'Begin forwarded message:',
    phone: 'Sent from my iPhone',
    outlookPhone: 'Get Outlook for iOS',
    forwardPrefix: 'Fwd: ',
    replyPrefix: 'Re: ',
  },
  {
    language: 'de',
    from: { name: 'Jürgen Groß', address: 'juergen.gross@example.org' },
    text: [
      'Guten Tag,',
      'vielen Dank für die schnelle Hilfe. Der Drucker im zweiten Stock zieht das Papier aber noch immer schräg ein.',
      'Könnten Sie morgen vorbeikommen?',
    ],
    closing: ['Mit freundlichen Grüßen', '', 'Jürgen Groß', 'Sachbearbeiter', 'Tel.: +49 30 1234567'],
    earlier: {
      from: desk,
      subject: 'Drucker zweiter Stock [SD-7K3Q-MX2J]',
      text: ['Guten Tag Herr Groß,', 'der Drucker ist wieder in Betrieb.', 'Servicedesk'],
      sent: 'Montag, 3. Juni 2024 09:12',
      on: '03.06.2024 um 09:12',
    },
    fields: { from: 'Von', sent: 'Gesendet', date: 'Datum', to: 'An', subject: 'Betreff' },
    attribution: (on, who) => `Am ${on} schrieb ${who}:`,
    original: 'Ursprüngliche Nachricht',
    forwarded: 'Weitergeleitete Nachricht',
    beginForwarded: 'Anfang der weitergeleiteten Nachricht:',
    phone: 'Von meinem iPhone gesendet',
    outlookPhone: 'Outlook für iOS beziehen',
    forwardPrefix: 'WG: ',
    replyPrefix: 'AW: ',
  },
  {
    language: 'fr',
    from: { name: 'Hélène Lefèvre', address: 'helene.lefevre@example.org' },
    text: [
      'Bonjour,',
      'La salle convient très bien. Serait-il possible d’avoir du café pour huit personnes à dix heures ?',
      'Le numéro de budget est 4410-23.',
    ],
    closing: ['Cordialement,', '', 'Hélène Lefèvre', 'Chargée de mission', 'Tél. : 01 23 45 67 89'],
    earlier: {
      from: desk,
      subject: 'Salle de réunion [SD-7K3Q-MX2J]',
      text: ['Bonjour,', 'La salle est réservée.', 'Le service desk'],
      sent: 'lundi 3 juin 2024 09:12',
      on: 'lun. 3 juin 2024 à 09:12',
    },
    fields: { from: 'De', sent: 'Envoyé', date: 'Date', to: 'À', subject: 'Objet' },
    attribution: (on, who) => `Le ${on}, ${who} a écrit :`,
    original: "Message d'origine",
    forwarded: 'Message transféré',
    beginForwarded: 'Début du message transféré :',
    phone: 'Envoyé de mon iPhone',
    outlookPhone: 'Télécharger Outlook pour iOS',
    forwardPrefix: 'TR: ',
    replyPrefix: 'RE: ',
  },
];

export const html = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
export const who = ({ name, address }: Person): string => `${name} <${address}>`;
/** The whole of what somebody wrote, as lines. */
export const written = ({ text, closing }: Letter): string => [...text, closing.join('\n')].join('\n\n');
