/** A small desk to test with: five products with a handful of examples each, in both languages. Used by tests only. */
import type { Kind, Language } from '../domain/index.ts';
import type { Example } from './examples.ts';

const LINES: readonly (readonly [product: string, kind: Kind, language: Language, texts: readonly string[]])[] = [
  [
    'climate',
    'fault',
    'nl',
    [
      'het is bloedheet in kamer 2.10',
      'het is ijskoud op onze afdeling',
      'de verwarming doet het niet',
      'het is veel te warm op de derde verdieping',
      'de airco blaast koude lucht',
      'ik zit hier met mijn jas aan',
    ],
  ],
  [
    'climate',
    'fault',
    'en',
    [
      'it is freezing in room 2.10',
      'the heating does not work',
      'it is far too hot on the third floor',
      'the air conditioning blows cold air',
    ],
  ],
  [
    'climate',
    'information',
    'nl',
    ['hoe warm hoort het te zijn op kantoor', 'wie regelt de temperatuur in de zaal', 'wanneer gaat de verwarming aan'],
  ],
  ['climate', 'information', 'en', ['how warm should an office be', 'when is the heating switched on']],
  [
    'coffee',
    'fault',
    'nl',
    [
      'de koffieautomaat is leeg',
      'de koffieautomaat op de tweede lekt',
      'er komt geen koffie uit het apparaat',
      'koffiemachine kapot',
      'de koffieautomaat doet het niet',
    ],
  ],
  [
    'coffee',
    'fault',
    'en',
    ['the coffee machine is empty', 'the coffee machine leaks', 'no coffee comes out of the machine', 'coffee machine broken'],
  ],
  ['coffee', 'information', 'nl', ['wat kost een kop koffie', 'is de koffie gratis', 'welke bonen zitten er in de koffieautomaat']],
  ['coffee', 'information', 'en', ['is the coffee free', 'what does a cup of coffee cost']],
  [
    'taxi',
    'request',
    'nl',
    [
      'ik wil morgen een taxi naar Utrecht',
      'graag een taxi om drie uur',
      'kun je een taxi bestellen naar het station',
      'taxi nodig voor twee personen',
      'vervoer naar de andere locatie graag',
    ],
  ],
  [
    'taxi',
    'request',
    'en',
    [
      'i need a taxi to the station',
      'please order a taxi for three o clock',
      'can you book a taxi to Utrecht tomorrow',
      'transport to the other site please',
    ],
  ],
  ['taxi', 'information', 'nl', ['mag ik met de taxi naar huis', 'wie betaalt de taxi']],
  ['taxi', 'information', 'en', ['who pays for the taxi', 'may i take a taxi home']],
  [
    'password',
    'request',
    'nl',
    [
      'wachtwoord vergeten',
      'ik wil mijn wachtwoord opnieuw instellen',
      'mijn account is geblokkeerd',
      'kun je mijn wachtwoord resetten',
      'ik kan niet meer inloggen',
    ],
  ],
  ['password', 'request', 'en', ['forgot my password', 'please reset my password', 'my account is locked', 'i cannot log in any more']],
  ['password', 'information', 'nl', ['hoe vaak moet ik mijn wachtwoord wijzigen', 'aan welke eisen moet een wachtwoord voldoen']],
  ['password', 'information', 'en', ['how often do i have to change my password', 'what are the rules for a password']],
  [
    'desk',
    'information',
    'nl',
    [
      'hoe laat is de balie open',
      'wat zijn de openingstijden van de servicedesk',
      'waar zit de servicedesk',
      'is de balie op vrijdag open',
      'tot hoe laat is de balie open',
    ],
  ],
  [
    'desk',
    'information',
    'en',
    [
      'when is the desk open',
      'what are the opening hours of the service desk',
      'where is the service desk',
      'is the counter open on friday',
    ],
  ],
];

export const FIXTURE: readonly Example[] = LINES.flatMap(([product, kind, language, texts]) =>
  texts.map((text) => ({ text, product, kind, language })),
);
