import type { Language } from '../../../domain/index.ts';

/** What a mail to a supplier says. */
export interface SupplierTexts {
  salutation(supplier: string): string;
  readonly asks: string;
  readonly what: string;
  readonly words: string;
  readonly requester: string;
  readonly contract: string;
  readonly due: string;
  readonly answer: string;
  /** Before the files that are too large to send along. */
  readonly tooLarge: string;
  readonly file: string;
  infected(names: string): string;
  readonly recalled: string;
  readonly done: string;
  readonly caseNumber: string;
  readonly regards: string;
  readonly desk: string;
}

const nl: SupplierTexts = {
  salutation: (supplier) => `Beste ${supplier},`,
  asks: 'Willen jullie dit voor ons oppakken?',
  what: 'Wat',
  words: 'In de woorden van de melder',
  requester: 'Melder',
  contract: 'Contract',
  due: 'Klaar uiterlijk',
  answer: 'Antwoord op deze mail als jullie iets willen weten, als het langer duurt en als het klaar is. Wij vertellen het de melder.',
  tooLarge: 'Te groot om mee te sturen; hier kunnen jullie het 30 dagen lang ophalen:',
  file: 'Bestand',
  infected: (names) => `Niet meegestuurd, omdat de virusscanner er iets in vond: ${names}.`,
  recalled: 'Deze opdracht vervalt. Jullie hoeven er niets meer aan te doen.',
  done: 'Is er al iets gedaan, of is er iemand onderweg? Antwoord dan op deze mail.',
  caseNumber: 'Zaaknummer',
  regards: 'Groet,',
  desk: 'Servicedesk',
};

const en: SupplierTexts = {
  salutation: (supplier) => `Dear ${supplier},`,
  asks: 'Would you take this on for us?',
  what: 'What',
  words: 'In the requester’s words',
  requester: 'Requester',
  contract: 'Contract',
  due: 'Ready by',
  answer: 'Reply to this mail if you want to know something, if it takes longer, and when it is done. We tell the requester.',
  tooLarge: 'Too large to send along; you can fetch it here for 30 days:',
  file: 'File',
  infected: (names) => `Not sent along, because the virus scanner found something in it: ${names}.`,
  recalled: 'This order is called off. You need not do anything about it any more.',
  done: 'Was something done already, or is somebody on the way? Then reply to this mail.',
  caseNumber: 'Case number',
  regards: 'Regards,',
  desk: 'Service desk',
};

export function supplierTexts(language: Language): SupplierTexts {
  return { nl, en }[language];
}
