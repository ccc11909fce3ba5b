import type { Language } from './dates.ts';

/** All that the widget itself says. What the desk says comes from the server. */
const NL = {
  desk: 'Servicedesk',
  open: 'Chat met de servicedesk',
  openUnread: (n: number): string => `Chat met de servicedesk, ${n} ${n === 1 ? 'nieuw bericht' : 'nieuwe berichten'}`,
  close: 'Sluiten',
  log: 'Gesprek',
  welcome: 'Stel je vraag of meld wat er is. Je hoort hier wie het oppakt en wanneer.',
  loading: 'Gesprek openen…',
  composer: 'Je bericht',
  placeholder: 'Typ je vraag of melding',
  send: 'Versturen',
  left: (n: number): string => `${n >= 0 ? 'Nog ' : ''}${Math.abs(n)} ${Math.abs(n) === 1 ? 'teken' : 'tekens'}${n < 0 ? ' te veel' : ''}`,
  you: 'Jij',
  typing: 'Er wordt een antwoord gemaakt',
  offline: 'Geen verbinding, ik probeer het opnieuw',
  fresh: 'Je vorige gesprek is hier niet meer te openen. Dit is een nieuw gesprek.',
  refused: 'De chat kan nu niet openen.',
  tryAgain: 'Probeer opnieuw',
  earlier: 'Eerdere berichten',
  sending: 'Wordt verstuurd',
  waiting: 'Wacht op verzending',
  delivered: 'Bezorgd',
  failed: 'Niet verstuurd.',
  failedUnknown: 'De servicedesk nam dit bericht niet aan.',
  retry: 'Opnieuw versturen',
  remove: 'Weghalen',
  newTab: 'opent in een nieuw tabblad',
  sources: 'Bron',
  summary: 'Zo heb ik het begrepen',
  received: 'Ontvangen',
  working: 'In behandeling',
  waitingState: 'In de wacht',
  ready: 'Gereed',
  withdrawn: 'Ingetrokken',
  merged: 'Samengevoegd met een andere melding',
  steps: 'Voortgang',
  team: 'Team',
  reaction: 'Reactie',
  toCard: (reference: string): string => `Ga naar ${reference}`,
  choices: 'Antwoorden',
  chosen: 'gekozen',
  choose: 'Kies',
  optional: 'niet verplicht',
  missing: 'Vul dit in.',
  bad: { date: 'Dit is geen datum.', time: 'Dit is geen tijd.', number: 'Dit is geen getal.', email: 'Dit is geen e-mailadres.' },
} as const;

export type Texts = { readonly [K in keyof typeof NL]: (typeof NL)[K] extends string ? string : Loosened<(typeof NL)[K]> };
type Loosened<T> = T extends (...args: never[]) => string ? T : { readonly [K in keyof T]: string };

const EN: Texts = {
  desk: 'Service desk',
  open: 'Chat with the service desk',
  openUnread: (n) => `Chat with the service desk, ${n} new ${n === 1 ? 'message' : 'messages'}`,
  close: 'Close',
  log: 'Conversation',
  welcome: 'Ask your question or report what is wrong. You hear here who takes it up and when.',
  loading: 'Opening the conversation…',
  composer: 'Your message',
  placeholder: 'Type your question or report',
  send: 'Send',
  left: (n) => `${Math.abs(n)} ${Math.abs(n) === 1 ? 'character' : 'characters'} ${n >= 0 ? 'left' : 'too many'}`,
  you: 'You',
  typing: 'An answer is being made',
  offline: 'No connection, trying again',
  fresh: 'Your earlier conversation can no longer be opened here. This is a new one.',
  refused: 'The chat cannot open right now.',
  tryAgain: 'Try again',
  earlier: 'Earlier messages',
  sending: 'Sending',
  waiting: 'Waiting to be sent',
  delivered: 'Delivered',
  failed: 'Not sent.',
  failedUnknown: 'The service desk did not accept this message.',
  retry: 'Send again',
  remove: 'Remove',
  newTab: 'opens in a new tab',
  sources: 'Source',
  summary: 'This is what I understood',
  received: 'Received',
  working: 'In progress',
  waitingState: 'On hold',
  ready: 'Ready',
  withdrawn: 'Withdrawn',
  merged: 'Merged with another report',
  steps: 'Progress',
  team: 'Team',
  reaction: 'Response',
  toCard: (reference) => `Go to ${reference}`,
  choices: 'Answers',
  chosen: 'chosen',
  choose: 'Choose',
  optional: 'optional',
  missing: 'Please fill this in.',
  bad: {
    date: 'This is not a date.',
    time: 'This is not a time.',
    number: 'This is not a number.',
    email: 'This is not an email address.',
  },
};

export const TEXTS: Readonly<Record<Language, Texts>> = { nl: NL, en: EN };

/** The first of the wishes that the desk speaks; English for everybody else. */
export function pickLanguage(...wishes: readonly (string | null | undefined)[]): Language {
  for (const wish of wishes) {
    const language = wish?.slice(0, 2).toLowerCase();
    if (language === 'nl' || language === 'en') return language;
  }
  return 'en';
}
