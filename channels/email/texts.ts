import type { Language, OpenQuestion } from '../../domain/index.ts';

/** What only a mail says; the rest is the bot's. */
export interface MailTexts {
  salutation(firstName: string | null): string;
  readonly regards: string;
  readonly desk: string;
  /** Before what was understood so far. */
  readonly understood: string;
  readonly source: string;
  readonly caseNumber: string;
  readonly caseNumbers: string;
  /** Behind a field that may be left out. */
  readonly optional: string;
  readonly replyInOwnWords: string;
  readonly or: string;
  /** How an open question is answered in a reply; empty where the question says so itself. */
  readonly howToAnswer: Readonly<Record<OpenQuestion['kind'], string>>;
  /** What the only link under an answer is called: the offer in words that stand alone. */
  readonly notHelped: string;
  /** Before the files that are too large to send along. */
  readonly tooLarge: string;
  readonly file: string;
  infected(names: string): string;
  readonly yes: string;
  readonly no: string;
}

const nl: MailTexts = {
  salutation: (name) => (name ? `Hoi ${name},` : 'Hoi,'),
  regards: 'Groet,',
  desk: 'Servicedesk',
  understood: 'Dit heb ik al:',
  source: 'Bron',
  caseNumber: 'Zaaknummer',
  caseNumbers: 'Zaaknummers',
  optional: 'mag je overslaan',
  replyInOwnWords: 'Je kunt gewoon op deze mail antwoorden, in je eigen woorden.',
  or: 'of',
  howToAnswer: {
    form: 'Je kunt gewoon op deze mail antwoorden, in je eigen woorden.',
    confirm: 'Antwoord met "klopt", of schrijf wat er anders moet.',
    choose: 'Antwoord met het nummer of met een paar woorden.',
    'offer-person': 'Antwoord met "ja" of "nee".',
    helped: 'Zo niet, antwoord dan met "dit hielp niet". Dan kijkt een collega ernaar.',
    detail: 'Antwoord op deze mail. Weet je het niet, dan is dat geen probleem.',
    'worker-question': 'Je kunt gewoon op deze mail antwoorden.',
    'confirm-ready': 'Antwoord met "ja", of schrijf wat er nog niet goed is.',
    'reopen-reason': 'Je kunt gewoon op deze mail antwoorden.',
    where: 'Antwoord op deze mail.',
    undo: 'Toch niet nodig, of klopt er iets niet? Antwoord op deze mail.',
    withdraw: 'Antwoord met "ja" of "nee".',
    'known-disruption': 'Kies hieronder, of antwoord op deze mail.',
    approval: 'Kies hieronder. Weigeren kan ook door te antwoorden met "nee, want ...".',
    'refusal-reason': 'Je kunt gewoon op deze mail antwoorden.',
    which: 'Kies hieronder waar het bij hoort.',
  },
  notHelped: 'Dit hielp niet',
  tooLarge: 'Te groot om mee te sturen. Je kunt het hier 30 dagen lang ophalen:',
  file: 'Bestand',
  infected: (names) => `Niet meegestuurd, omdat de virusscanner er iets in vond: ${names}.`,
  yes: 'ja',
  no: 'nee',
};

const en: MailTexts = {
  salutation: (name) => (name ? `Hi ${name},` : 'Hi,'),
  regards: 'Kind regards,',
  desk: 'Service desk',
  understood: 'I already have:',
  source: 'Source',
  caseNumber: 'Case number',
  caseNumbers: 'Case numbers',
  optional: 'you may skip this',
  replyInOwnWords: 'You can simply reply to this mail, in your own words.',
  or: 'or',
  howToAnswer: {
    form: 'You can simply reply to this mail, in your own words.',
    confirm: 'Reply with "that\'s right", or write what should be different.',
    choose: 'Reply with the number, or in a few words.',
    'offer-person': 'Reply with "yes" or "no".',
    helped: 'If not, reply with "this did not help". Then a colleague will look at it.',
    detail: "Reply to this mail. If you don't know, that is no problem.",
    'worker-question': 'You can simply reply to this mail.',
    'confirm-ready': 'Reply with "yes", or write what is not right yet.',
    'reopen-reason': 'You can simply reply to this mail.',
    where: 'Reply to this mail.',
    undo: 'No longer needed, or is something not right? Reply to this mail.',
    withdraw: 'Reply with "yes" or "no".',
    'known-disruption': 'Choose below, or reply to this mail.',
    approval: 'Choose below. You can also refuse by replying with "no, because ...".',
    'refusal-reason': 'You can simply reply to this mail.',
    which: 'Choose below what it belongs to.',
  },
  notHelped: 'This did not help',
  tooLarge: 'Too large to send along. You can fetch it here for 30 days:',
  file: 'File',
  infected: (names) => `Not sent along, because the virus scanner found something in it: ${names}.`,
  yes: 'yes',
  no: 'no',
};

const TEXTS: Readonly<Record<Language, MailTexts>> = { nl, en };

export function mailTexts(language: Language): MailTexts {
  return TEXTS[language];
}
