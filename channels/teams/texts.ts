import type { CaseState, Language } from '../../domain/index.ts';

/** What only Teams says; everything about products, forms and cases is the desk's own (`bot/texts-*.ts`). */
export interface TeamsTexts {
  welcome(name: string | null, organisation: string): string;
  source: string;
  /** A choice that was made on a card. */
  chosen(label: string): string;
  sent: string;
  fillIn: string;
  notValid: string;
  send: string;
  choose: string;
  /** Under the box for a name. */
  orColleague: string;
  searchColleague: string;
  unknownColleague: string;
  colleague(name: string): string;
  working: string;
  notYours: string;
  past: string;
  tooLong(limit: number): string;
  pictureOnly: string;
  filesRefused(names: readonly string[]): string;
  nothingSaid: string;
  /** On the card that asks whether a file may be put into somebody's OneDrive. */
  fileOffered: string;
  /** Where others read along Teams gives no files. */
  fileNotHere(name: string): string;
  fileDeclined(name: string): string;
  fileNotPut(name: string): string;
  fileInfected(name: string): string;
  handledBy(team: string): string;
  dueBy(moment: string): string;
  stages: readonly [received: string, working: string, done: string];
  state(state: CaseState): string;
  /** @param title null for what is restricted */
  urgent(team: string, reference: string, title: string | null): string;
  openCase: string;
  register: string;
  registerTitle: string;
  question: string;
  registerHint: string;
  /** Of what the desk thinks it may be. */
  noneOfThese: string;
  otherProduct: string;
  searchProduct: string;
  registeredAt: string;
  noCasesFound: string;
  cut: string;
}

const nl: TeamsTexts = {
  welcome: (name, organisation) =>
    [
      `Hallo${name ? ` ${name}` : ''}, ik ben de servicedesk van ${organisation}.`,
      'Zeg in je eigen woorden wat er aan de hand is of wat je nodig hebt, bijvoorbeeld "het is te warm in kamer 3.14". Wat ik weet zeg ik meteen; de rest gaat naar een collega en ik laat je hier weten hoe het ermee staat.',
    ].join('\n\n'),
  source: 'Bron',
  chosen: (label) => `Gekozen: ${label}`,
  sent: 'Verstuurd',
  fillIn: 'Dit is nog nodig.',
  notValid: 'Dit klopt nog niet.',
  send: 'Verder',
  choose: 'Kies',
  orColleague: 'Of kies een collega',
  searchColleague: 'Zoek op naam',
  unknownColleague: 'Die collega ken ik nog niet. Typ de naam in het vak erboven.',
  colleague: (name) => `${name} (collega van de servicedesk)`,
  working: 'Ik ben ermee bezig. Het antwoord komt zo in dit gesprek.',
  notYours: 'Deze vraag is voor iemand anders. Stel je eigen vraag, dan help ik jou ook.',
  past: 'Deze kaart is van een oudere vraag en doet niets meer. Zeg me wat je wilt, dan pak ik het op.',
  tooLong: (limit) =>
    `Dat bericht is te lang: ik kan er ${limit} tekens van lezen. Kun je het korter zeggen, of als bestand bij je vraag doen?`,
  pictureOnly: 'Ik zie wat je stuurde. Wat is ermee aan de hand, en waar is het?',
  filesRefused: (names) => `Dit kon ik niet bewaren: ${names.join(', ')}. Je kunt het nog eens sturen, of kleiner.`,
  nothingSaid: 'Er staat niets in je bericht. Waar kan ik mee helpen?',
  fileOffered: 'Een collega van de servicedesk stuurt je dit bestand. Mag het in je OneDrive?',
  fileNotHere: (name) =>
    `Bij dit bericht hoort het bestand ${name}. Waar anderen meelezen kan ik geen bestanden geven: vraag er in ons eigen gesprek naar, met het nummer van je melding.`,
  fileDeclined: (name) => `Goed, ik zet ${name} niet in je OneDrive. Wil je het later toch, vraag er dan hier naar.`,
  fileNotPut: (name) => `${name} kon niet in je OneDrive gezet worden. Vraag er hier naar, dan stuurt een collega het opnieuw.`,
  fileInfected: (name) => `Het bestand ${name} is tegengehouden: er zat iets schadelijks in.`,
  handledBy: (team) => `Bij ${team}`,
  dueBy: (moment) => `Reactie ${moment}`,
  stages: ['Ontvangen', 'In behandeling', 'Gereed'],
  state: (state) =>
    ({
      open: 'Ontvangen',
      queued: 'Ontvangen',
      claimed: 'In behandeling',
      waiting: 'Wacht',
      ready: 'Gereed',
      closed: 'Afgesloten',
      withdrawn: 'Ingetrokken',
      merged: 'Samengevoegd',
    })[state],
  urgent: (team, reference, title) => [`Spoed voor ${team}: ${reference}`, title].filter(Boolean).join('\n'),
  openCase: 'Openen',
  register: 'Melden bij de servicedesk',
  registerTitle: 'Melden bij de servicedesk',
  question: 'Wat wil je melden?',
  registerHint: 'Zo lees ik het:',
  noneOfThese: 'Geen van deze',
  otherProduct: 'Is het iets anders? Kies het zelf',
  searchProduct: 'Zoek een product',
  registeredAt: 'Ik stuur je in onze eigen chat hoe het ermee staat.',
  noCasesFound: 'Geen meldingen gevonden.',
  cut: '… (ingekort)',
};

const en: TeamsTexts = {
  welcome: (name, organisation) =>
    [
      `Hello${name ? ` ${name}` : ''}, I am the service desk of ${organisation}.`,
      'Say in your own words what is wrong or what you need, for example "it is too warm in room 3.14". What I know I say at once; the rest goes to a colleague, and I tell you here how it stands.',
    ].join('\n\n'),
  source: 'Source',
  chosen: (label) => `Chosen: ${label}`,
  sent: 'Sent',
  fillIn: 'This is still needed.',
  notValid: 'This is not right yet.',
  send: 'Continue',
  choose: 'Choose',
  orColleague: 'Or choose a colleague',
  searchColleague: 'Search by name',
  unknownColleague: 'I do not know that colleague yet. Type the name in the box above it.',
  colleague: (name) => `${name} (colleague of the service desk)`,
  working: 'I am working on it. The answer comes in this chat in a moment.',
  notYours: 'This question is for somebody else. Ask your own, and I will help you too.',
  past: 'This card belongs to an older question and does nothing any more. Tell me what you want, and I will see to it.',
  tooLong: (limit) =>
    `That message is too long: I can read ${limit} characters of it. Could you say it more briefly, or send it as a file with your question?`,
  pictureOnly: 'I see what you sent. What is wrong with it, and where is it?',
  filesRefused: (names) => `I could not keep this: ${names.join(', ')}. You can send it again, or smaller.`,
  nothingSaid: 'There is nothing in your message. How can I help?',
  fileOffered: 'A colleague of the service desk sends you this file. May it be put into your OneDrive?',
  fileNotHere: (name) =>
    `The file ${name} belongs to this message. Where others read along I cannot give files: ask for it in our own chat, with the number of your case.`,
  fileDeclined: (name) => `All right, I do not put ${name} into your OneDrive. If you want it later, ask for it here.`,
  fileNotPut: (name) => `${name} could not be put into your OneDrive. Ask for it here, and a colleague sends it again.`,
  fileInfected: (name) => `The file ${name} was held back: there was something harmful in it.`,
  handledBy: (team) => `With ${team}`,
  dueBy: (moment) => `Response ${moment}`,
  stages: ['Received', 'In progress', 'Done'],
  state: (state) =>
    ({
      open: 'Received',
      queued: 'Received',
      claimed: 'In progress',
      waiting: 'Waiting',
      ready: 'Done',
      closed: 'Closed',
      withdrawn: 'Withdrawn',
      merged: 'Merged',
    })[state],
  urgent: (team, reference, title) => [`Urgent for ${team}: ${reference}`, title].filter(Boolean).join('\n'),
  openCase: 'Open',
  register: 'Register at the desk',
  registerTitle: 'Register at the desk',
  question: 'What do you want to report?',
  registerHint: 'This is how I read it:',
  noneOfThese: 'None of these',
  otherProduct: 'Is it something else? Choose it yourself',
  searchProduct: 'Search for a product',
  registeredAt: 'I will tell you in our own chat how it stands.',
  noCasesFound: 'No cases found.',
  cut: '… (shortened)',
};

const TEXTS: Readonly<Record<Language, TeamsTexts>> = { nl, en };

export function teamsTexts(language: Language): TeamsTexts {
  return TEXTS[language];
}

interface Formats {
  readonly dayKey: Intl.DateTimeFormat;
  readonly hour: Intl.DateTimeFormat;
  readonly day: Intl.DateTimeFormat;
}

/** Making one costs more than all that it formats. */
const FORMATS = new Map<string, Formats>();

function formatsFor(language: Language, timeZone: string): Formats {
  const key = `${language} ${timeZone}`;
  const known = FORMATS.get(key);
  if (known) return known;
  const locale = language === 'nl' ? 'nl-NL' : 'en-GB';
  const made: Formats = {
    dayKey: new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }),
    hour: new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit' }),
    day: new Intl.DateTimeFormat(locale, { timeZone, weekday: 'short', day: 'numeric', month: 'short' }),
  };
  FORMATS.set(key, made);
  return made;
}

/** A moment as people say it on a card: the day, and the hour. */
export function momentOf(iso: string, language: Language, timeZone: string, now: Date): string {
  const at = new Date(iso);
  const { dayKey, hour, day } = formatsFor(language, timeZone);
  const words =
    language === 'nl'
      ? { before: 'voor', today: 'vandaag', tomorrow: 'morgen' }
      : { before: 'before', today: 'today', tomorrow: 'tomorrow' };
  const time = hour.format(at).replace(':', language === 'nl' ? '.' : ':');
  const key = dayKey.format(at);
  const tomorrow = new Date(now.getTime() + 86_400_000);
  const said = key === dayKey.format(now) ? words.today : key === dayKey.format(tomorrow) ? words.tomorrow : day.format(at);
  return `${said} ${words.before} ${time}`;
}
