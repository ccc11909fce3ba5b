import type { CaseState, Kind, Language } from '../domain/index.ts';
import type { FieldProblem } from './fields.ts';

/**
 * Everything the desk says of its own, in one place, so that it can be reviewed as one voice: short, warm, exact, "je".
 * No exclamation marks, no "helaas", never a promise that is not in the agreement.
 */
export interface Texts {
  greeting(name: string | null): string;
  thanks: string;
  goodbye: string;
  help: string;
  nothingOpen: string;
  alreadyAnswered: string;
  dontUnderstandAnswer: string;
  /** What happens next with a new case. */
  registered(kind: Kind, team: string, reference: string, reaction: string | null): string;
  registeredComplaint(team: string, reference: string, reaction: string | null, said: string): string;
  registeredNoProduct(team: string, reference: string, reaction: string | null): string;
  reaction(moment: string): string;
  undo: string;
  undone(reference: string): string;
  tooLateToUndo(reference: string): string;

  answerHelped: string;
  answerYes: string;
  answerNo: string;
  answerPerson: string;
  answerClosed: string;
  answerQueued(team: string, reference: string): string;

  noProduct: string;
  noProductOf(part: string): string;
  cannotWithout: string;
  yesPlease: string;
  noThanks: string;
  declined: string;

  chooseProduct: string;
  chooseProductOf(part: string): string;
  somethingElse: string;

  whoAreYou: string;
  name: string;
  address: string;
  notAName: string;
  notAnAddress: string;
  needForm(product: string): string;
  adjustForm: string;
  formRefused: string;
  send: string;
  dontKnow: string;
  stillOpen(product: string): string;
  dropped: string;

  confirm(product: string, team: string): string;
  confirmGuess(product: string, team: string): string;
  confirmYes: string;
  confirmAdjust: string;
  confirmOther: string;

  detailAdded: string;
  detailUnknown: string;

  status(reference: string, title: string, state: string): string;
  noCases: string;
  yourCases: string;
  unknownReference(reference: string): string;
  mistypedReference: string;
  andMore(count: number): string;
  state(state: CaseState, team: string, worker: string | null, reaction: string | null): string;

  withdrawWhich: string;
  withdrawOne(reference: string, title: string): string;
  withdrawNothing: string;
  withdrawYes: string;
  withdrawNo: string;
  withdrawn(reference: string): string;
  kept: string;

  added(reference: string): string;
  reopened(reference: string, team: string): string;
  reopenReason: string;
  reasonAdded: string;

  claimed(worker: string, team: string, reference: string): string;
  workerAsks(worker: string, reference: string): string;
  answerPassed(worker: string | null): string;
  waiting(reference: string, reason: string): string;
  moved(reference: string, team: string): string;
  ready(reference: string, text: string): string;
  readyAsk: string;
  readyYes: string;
  readyNo: string;
  closed(reference: string): string;
  closedSilently(reference: string): string;
  which: string;
  whichForm(product: string): string;
  whichCase(title: string, reference: string): string;
  mishap: string;

  problem(problem: FieldProblem, value: string): string;
  yes: string;
  no: string;
}

/** A name within a sentence: "koffieautomaat", but "AV in vergaderzalen". */
function inSentence(name: string): string {
  return /^\p{Lu}[^\p{Lu}]/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}

const nl: Texts = {
  greeting: (name) => `Hoi${name ? ` ${name}` : ''}. Waar kan ik je mee helpen?`,
  thanks: 'Graag gedaan.',
  goodbye: 'Fijne dag nog.',
  help: [
    'Ik ben de servicedesk. Vertel gewoon wat er is, bijvoorbeeld:',
    '"het is te warm in kamer 3.14"\n"ik heb morgen lunch nodig voor 8 personen"\n"hoe laat gaat het restaurant open?"',
    'Met "status" zie je hoe het met je meldingen staat, met "intrekken" haal je er een terug. En je kunt altijd vragen om een collega.',
  ].join('\n\n'),
  nothingOpen: 'Ik had geen vraag openstaan. Vertel me waar ik mee kan helpen.',
  alreadyAnswered: 'Die vraag was al beantwoord. Wil je iets wijzigen, vertel het me dan gewoon.',
  dontUnderstandAnswer: 'Dat antwoord kan ik niet plaatsen. Kies een van de mogelijkheden, of zeg het in andere woorden.',

  registered: (kind, team, reference, reaction) =>
    [
      kind === 'fault' ? `Gemeld bij ${team}: ${reference}.` : `Ik heb het doorgegeven aan ${team}: ${reference}.`,
      reaction,
      'Ik laat het je weten.',
    ]
      .filter(Boolean)
      .join(' '),
  registeredComplaint: (team, reference, reaction, said) =>
    [`Dank je dat je dit laat weten. Je klacht: "${said}".`, `Die ligt bij ${team} (${reference}).`, reaction, 'Je hoort van een collega.']
      .filter(Boolean)
      .join(' '),
  registeredNoProduct: (team, reference, reaction) =>
    [`Een collega van de ${inSentence(team)} pakt je vraag op: ${reference}.`, reaction].filter(Boolean).join(' '),
  reaction: (moment) => `Reactie ${moment}.`,
  undo: 'Ongedaan maken',
  undone: (reference) => `${reference} is ingetrokken; er gebeurt niets mee.`,
  tooLateToUndo: (reference) => `Er wordt al aan ${reference} gewerkt. Wil je het toch intrekken, zeg dan "intrekken".`,

  answerHelped: 'Helpt dit?',
  answerYes: 'Ja, dank je',
  answerNo: 'Nee',
  answerPerson: 'Ik wil een collega',
  answerClosed: 'Mooi.',
  answerQueued: (team, reference) => `Dan kijkt een collega van ${team} ernaar: ${reference}.`,

  noProduct: 'Daar heb ik geen product voor. Zal ik je vraag bij een collega neerleggen?',
  noProductOf: (part) => `Voor "${part}" heb ik geen product. Zal ik dat bij een collega neerleggen?`,
  cannotWithout: 'Zonder dat kan ik het niet aanvragen. Zal ik het bij een collega neerleggen?',
  yesPlease: 'Ja, graag',
  noThanks: 'Nee, laat maar',
  declined: 'Goed. Vertel het me als ik iets anders kan doen.',

  chooseProduct: 'Waar gaat het over?',
  chooseProductOf: (part) => `"${part}": waar gaat dat over?`,
  somethingElse: 'Iets anders',

  whoAreYou: 'Met wie spreek ik? Dan kan mijn collega je bereiken.',
  name: 'Je naam',
  address: 'Je e-mailadres',
  notAName: 'Vul je naam in.',
  notAnAddress: 'Dat lijkt geen e-mailadres. Voorbeeld: naam@organisatie.nl',
  needForm: (product) => `${product}. Ik heb nog dit nodig:`,
  adjustForm: 'Pas aan wat anders moet.',
  formRefused: 'Dit klopt nog niet helemaal:',
  send: 'Verder',
  dontKnow: 'Weet ik niet',
  stillOpen: (product) => `Je vraag over ${inSentence(product)} staat ook nog open. Maak die af wanneer je wilt, of zeg "laat maar".`,
  dropped: 'Goed, ik laat het vallen. Er is niets aangevraagd.',

  confirm: (product, team) => `Ik vraag dit aan bij ${team}: ${inSentence(product)}. Klopt dat?`,
  confirmGuess: (product, team) => `Ik denk dat dit over ${inSentence(product)} gaat, dan meld ik het bij ${team}. Klopt dat?`,
  confirmYes: 'Klopt',
  confirmAdjust: 'Aanpassen',
  confirmOther: 'Iets anders',

  detailAdded: 'Dank je, dat staat erbij.',
  detailUnknown: 'Geen probleem, de collega vindt het wel.',

  status: (reference, title, state) => `${reference} · ${title}\n${state}`,
  noCases: 'Er staat niets van je open.',
  yourCases: 'Zo staat het ervoor:',
  unknownReference: (reference) => `${reference} ken ik niet als een melding van jou.`,
  mistypedReference: 'In dat nummer zit een tikfout.',
  andMore: (count) => `En nog ${count} andere; noem het nummer als je er een zoekt.`,
  state: (state, team, worker, reaction) =>
    ({
      open: 'Ontvangen.',
      queued: [`Ligt bij ${team}.`, reaction].filter(Boolean).join(' '),
      claimed: `${worker ?? 'Een collega'} van ${team} is ermee bezig.`,
      waiting: `${worker ?? team} wacht op een antwoord of levering.`,
      ready: 'Gereed.',
      closed: 'Afgesloten.',
      withdrawn: 'Ingetrokken.',
      merged: 'Samengevoegd met een andere melding.',
    })[state],

  withdrawWhich: 'Welke wil je intrekken?',
  withdrawOne: (reference, title) => `Zal ik ${reference} (${title}) intrekken?`,
  withdrawNothing: 'Er staat niets van je open om in te trekken.',
  withdrawYes: 'Ja, intrekken',
  withdrawNo: 'Nee, laat staan',
  withdrawn: (reference) => `${reference} is ingetrokken.`,
  kept: 'Goed, die blijft staan.',

  added: (reference) => `Toegevoegd aan ${reference}.`,
  reopened: (reference, team) => `Dan is het nog niet klaar. ${reference} ligt weer bij ${team}.`,
  reopenReason: 'Wat is er nog niet goed?',
  reasonAdded: 'Wat je schreef staat erbij.',

  claimed: (worker, team, reference) => `${worker} van ${team} is bezig met ${reference}.`,
  workerAsks: (worker, reference) => `${worker} vraagt bij ${reference}:`,
  answerPassed: (worker) => `Dank je, ik geef het door${worker ? ` aan ${worker}` : ''}.`,
  waiting: (reference, reason) => `${reference} wacht even: ${reason}`,
  moved: (reference, team) => `${reference} ligt nu bij ${team}; daar hoort het thuis.`,
  ready: (reference, text) => `${reference} is gereed. ${text}`,
  readyAsk: 'Is het nu goed?',
  readyYes: 'Ja',
  readyNo: 'Nog niet',
  closed: (reference) => `Fijn. ${reference} is afgesloten.`,
  closedSilently: (reference) =>
    `${reference} is afgesloten, want ik heb niets meer gehoord. Klopt het toch niet, zeg het dan; dan gaat hij weer open.`,

  which: 'Waar hoort dat bij?',
  whichForm: (product) => `De aanvraag voor ${inSentence(product)}`,
  whichCase: (title, reference) => `${title} (${reference})`,
  mishap: 'Er ging bij mij iets mis met dit bericht. Het is bewaard en een collega kijkt ernaar; je hoeft het niet nog eens te sturen.',

  problem: (problem, value) =>
    ({
      'not-a-number': 'Dat lees ik niet als een aantal. Voorbeeld: 8',
      'too-small': 'Dat aantal is te klein.',
      'too-large': 'Dat aantal is te groot.',
      'not-a-date': 'Die dag kan ik niet lezen. Voorbeeld: morgen, of 3 december',
      'in-the-past': 'Die dag is al geweest.',
      'not-a-time': 'Die tijd kan ik niet lezen. Voorbeeld: 14.30',
      'not-a-choice': 'Kies een van de mogelijkheden.',
      'unknown-budget': `Budgetnummer ${value} bestaat niet. Kijk je het even na?`,
      'closed-budget': `Budgetnummer ${value} is gesloten. Heb je een ander nummer?`,
      'not-an-amount': 'Dat bedrag kan ik niet lezen. Voorbeeld: 45,00',
      'not-yes-or-no': 'Antwoord met ja of nee.',
      'too-long': 'Dat is te lang; houd het korter.',
      empty: 'Dit is nog nodig.',
    })[problem],
  yes: 'ja',
  no: 'nee',
};

const en: Texts = {
  greeting: (name) => `Hi${name ? ` ${name}` : ''}. How can I help?`,
  thanks: 'You’re welcome.',
  goodbye: 'Have a good day.',
  help: [
    'I’m the service desk. Just tell me what’s up, for example:',
    '"it’s too hot in room 3.14"\n"I need lunch for 8 people tomorrow"\n"what time does the restaurant open?"',
    'Say "status" to see how your cases are doing, "withdraw" to take one back. And you can always ask for a colleague.',
  ].join('\n\n'),
  nothingOpen: 'I had no question open. Tell me what I can do for you.',
  alreadyAnswered: 'That question was answered already. If something should change, just tell me.',
  dontUnderstandAnswer: 'I can’t place that answer. Choose one of the options, or say it in other words.',

  registered: (kind, team, reference, reaction) =>
    [
      kind === 'fault' ? `Reported to ${team}: ${reference}.` : `I’ve passed it on to ${team}: ${reference}.`,
      reaction,
      'I’ll keep you posted.',
    ]
      .filter(Boolean)
      .join(' '),
  registeredComplaint: (team, reference, reaction, said) =>
    [
      `Thank you for telling us. Your complaint: "${said}".`,
      `It is with ${team} (${reference}).`,
      reaction,
      'A colleague will get back to you.',
    ]
      .filter(Boolean)
      .join(' '),
  registeredNoProduct: (team, reference, reaction) =>
    [`A colleague of the ${inSentence(team)} will look at it: ${reference}.`, reaction].filter(Boolean).join(' '),
  reaction: (moment) => `Response ${moment}.`,
  undo: 'Undo',
  undone: (reference) => `${reference} has been withdrawn; nothing will happen.`,
  tooLateToUndo: (reference) => `Somebody is working on ${reference} already. If you still want to take it back, say "withdraw".`,

  answerHelped: 'Does this help?',
  answerYes: 'Yes, thanks',
  answerNo: 'No',
  answerPerson: 'I want a colleague',
  answerClosed: 'Good.',
  answerQueued: (team, reference) => `Then a colleague of ${team} will look at it: ${reference}.`,

  noProduct: 'I have no product for that. Shall I put your question to a colleague?',
  noProductOf: (part) => `I have no product for "${part}". Shall I put that to a colleague?`,
  cannotWithout: 'I can’t request it without that. Shall I put it to a colleague?',
  yesPlease: 'Yes, please',
  noThanks: 'No, never mind',
  declined: 'All right. Tell me if there is anything else.',

  chooseProduct: 'What is it about?',
  chooseProductOf: (part) => `"${part}": what is that about?`,
  somethingElse: 'Something else',

  whoAreYou: 'Who am I talking to? Then my colleague can reach you.',
  name: 'Your name',
  address: 'Your email address',
  notAName: 'Fill in your name.',
  notAnAddress: 'That doesn’t look like an email address. Example: name@organisation.org',
  needForm: (product) => `${product}. I still need this:`,
  adjustForm: 'Change what should be different.',
  formRefused: 'This isn’t quite right yet:',
  send: 'Continue',
  dontKnow: 'I don’t know',
  stillOpen: (product) => `Your question about ${inSentence(product)} is still open too. Finish it when you like, or say "never mind".`,
  dropped: 'All right, I’ve dropped it. Nothing was requested.',

  confirm: (product, team) => `I’ll request this from ${team}: ${inSentence(product)}. Is that right?`,
  confirmGuess: (product, team) => `I think this is about ${inSentence(product)}, so I’d report it to ${team}. Is that right?`,
  confirmYes: 'That’s right',
  confirmAdjust: 'Change it',
  confirmOther: 'Something else',

  detailAdded: 'Thanks, I’ve added that.',
  detailUnknown: 'No problem, my colleague will find it.',

  status: (reference, title, state) => `${reference} · ${title}\n${state}`,
  noCases: 'You have nothing open.',
  yourCases: 'This is how it stands:',
  unknownReference: (reference) => `I don’t know ${reference} as a case of yours.`,
  mistypedReference: 'There is a typing error in that number.',
  andMore: (count) => `And ${count} more; name the number if you are looking for one.`,
  state: (state, team, worker, reaction) =>
    ({
      open: 'Received.',
      queued: [`With ${team}.`, reaction].filter(Boolean).join(' '),
      claimed: `${worker ?? 'A colleague'} of ${team} is working on it.`,
      waiting: `${worker ?? team} is waiting for an answer or a delivery.`,
      ready: 'Ready.',
      closed: 'Closed.',
      withdrawn: 'Withdrawn.',
      merged: 'Merged with another case.',
    })[state],

  withdrawWhich: 'Which one do you want to withdraw?',
  withdrawOne: (reference, title) => `Shall I withdraw ${reference} (${title})?`,
  withdrawNothing: 'You have nothing open to withdraw.',
  withdrawYes: 'Yes, withdraw it',
  withdrawNo: 'No, keep it',
  withdrawn: (reference) => `${reference} has been withdrawn.`,
  kept: 'All right, it stays.',

  added: (reference) => `Added to ${reference}.`,
  reopened: (reference, team) => `Then it isn’t done yet. ${reference} is back with ${team}.`,
  reopenReason: 'What is still wrong?',
  reasonAdded: 'What you wrote is with it.',

  claimed: (worker, team, reference) => `${worker} of ${team} is working on ${reference}.`,
  workerAsks: (worker, reference) => `${worker} asks about ${reference}:`,
  answerPassed: (worker) => `Thanks, I’ll pass it on${worker ? ` to ${worker}` : ''}.`,
  waiting: (reference, reason) => `${reference} is on hold: ${reason}`,
  moved: (reference, team) => `${reference} is with ${team} now; that is where it belongs.`,
  ready: (reference, text) => `${reference} is ready. ${text}`,
  readyAsk: 'Is it all right now?',
  readyYes: 'Yes',
  readyNo: 'Not yet',
  closed: (reference) => `Good. ${reference} is closed.`,
  closedSilently: (reference) =>
    `${reference} is closed, as I haven’t heard anything more. If it isn’t right after all, tell me and it opens again.`,

  which: 'What does that belong to?',
  whichForm: (product) => `The request for ${inSentence(product)}`,
  whichCase: (title, reference) => `${title} (${reference})`,
  mishap: 'Something went wrong on my side with this message. It has been kept and a colleague will look at it; no need to send it again.',

  problem: (problem, value) =>
    ({
      'not-a-number': 'I can’t read that as a number. Example: 8',
      'too-small': 'That number is too small.',
      'too-large': 'That number is too large.',
      'not-a-date': 'I can’t read that day. Example: tomorrow, or 3 December',
      'in-the-past': 'That day has passed already.',
      'not-a-time': 'I can’t read that time. Example: 14:30',
      'not-a-choice': 'Choose one of the options.',
      'unknown-budget': `Budget number ${value} does not exist. Could you check it?`,
      'closed-budget': `Budget number ${value} is closed. Do you have another one?`,
      'not-an-amount': 'I can’t read that amount. Example: 45.00',
      'not-yes-or-no': 'Answer with yes or no.',
      'too-long': 'That is too long; please shorten it.',
      empty: 'This is still needed.',
    })[problem],
  yes: 'yes',
  no: 'no',
};

const TEXTS: Readonly<Record<Language, Texts>> = { nl, en };

/** The desk's sentences in a language. */
export function textsIn(language: Language): Texts {
  return TEXTS[language];
}
