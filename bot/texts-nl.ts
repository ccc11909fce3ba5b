import { inSentence } from './in-sentence.ts';
import type { Texts } from './texts.ts';

const list = new Intl.ListFormat('nl');
const listed = (titles: readonly string[]): string => list.format(titles.map(inSentence));

/** What the desk says in Dutch. */
export const nl: Texts = {
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
  notProven:
    'Ik kan niet vaststellen dat dit bericht van jou komt. Daarom kan ik er niets over je zaken zeggen en niets intrekken. Meld je in de chat, of bel de servicedesk.',
  notTaken: (name, megabytes) =>
    `${name === null ? 'Wat er bij je bericht zat' : `"${name}"`} kon ik niet meenemen: het is groter dan ${megabytes} MB. Je bericht zelf is wel binnen. Stuur het kleiner, of zet het op een gedeelde plek en stuur de link.`,
  requesterChosen: (name, reference) =>
    `${name} is nu de melder van ${reference} en krijgt bericht hoe het ermee gaat. Jij hoort er niets meer over, tenzij je ernaar vraagt.`,
  goesOnWithYou: (by, title, reference) =>
    `${by ?? 'Een collega'} heeft je bericht over "${title}" aan ons doorgestuurd. Het is ${reference}, en vanaf nu hoor je van ons hoe het ermee gaat. Klopt er iets niet of moet er iets bij, antwoord dan op dit bericht.`,
  encrypted:
    'Je bericht is versleuteld, dus ik kan de inhoud niet lezen. Stuur het nog een keer zonder versleuteling, of zet in het kort waar het om gaat.',
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
  expected: (moment) => `Verwacht klaar ${moment}.`,
  opensAgain: (moment) => `We zijn ${moment} weer open.`,
  otherMoment: (reference, moment) => `Voor ${reference} geldt een ander moment. ${moment}`,
  delayed: (reference, reason, moment) => `${reference} duurt langer dan ik zei. ${reason}\n\nNieuw moment: ${moment}.`,
  late: (reference, team) => `${reference} is niet op tijd klaar. Ik heb ${team} gevraagd wanneer wel, je hoort het van me.`,
  notLookedAt: (reference, team) => `Er heeft nog niemand naar ${reference} gekeken, later dan ik zei. Ik heb ${team} eraan herinnerd.`,
  notice: (kind, reference, team) =>
    ({
      'respond-soon': `${reference} moet bijna worden opgepakt door ${team}.`,
      'respond-late': `${reference} is niet op tijd opgepakt door ${team}.`,
      'complete-soon': `${reference} moet bijna klaar zijn bij ${team}.`,
      'complete-late': `${reference} is niet op tijd klaar bij ${team}.`,
      'stays-late': `${reference} blijft te laat bij ${team}.`,
      'promise-late': `Het beloofde moment van ${reference} bij ${team} is voorbij.`,
      idle: `Met ${reference} gebeurt niets; straks gaat hij terug naar de wachtrij van ${team}.`,
      'taken-back': `${reference} ligt weer in de wachtrij van ${team}, want er gebeurde niets mee.`,
      urgent: `Spoed bij ${team}: ${reference}.`,
      'approval-nobody': `Voor ${reference} is niemand bekend die akkoord kan geven. Kijk de lijst van budgetten en personen na.`,
      'approval-lapsed': `${reference} is niet doorgegaan: niemand gaf op tijd akkoord.`,
      'not-done': `Wat je deed kon niet meer: ${reference}. Wat je schreef staat er als notitie.`,
      chat: `Er is geschreven in het gesprek dat je overnam: ${reference}.`,
      'handler-falters': `${reference} van ${team} komt nog niet aan bij het systeem of de leverancier; er wordt verder geprobeerd.`,
      'handler-failed': `${reference} ligt weer in de wachtrij van ${team}: doorgeven is niet gelukt.`,
      'handler-late': `${reference} van ${team} is later klaar dan in het contract staat.`,
      'handler-word': `Over ${reference} van ${team} is iets gezegd dat een collega moet lezen.`,
    })[kind],
  urgentTitle: (danger) => `SPOED: ${danger}`,
  alarmed: (team, reference) => `${team} krijgt nu ook je bericht (${reference}). Bellen is sneller.`,
  alarmedAgain: (team, reference) => `Wat je schrijft staat bij ${reference}, ${team} ziet het.`,
  whereIsIt: 'Waar is het? Gebouw, verdieping, kamer.',
  whereAndWho: 'Waar is het, en met wie spreek ik? Gebouw, verdieping, kamer, naam.',
  passedToTeam: (team) => `Dat heeft ${team} nu ook.`,
  writtenNowhere: 'Wat je hier schrijft geef ik aan niemand door.',
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
  notHere: (where) => `Dat kan ik hier niet regelen. ${where} Of zal ik je vraag bij een collega neerleggen?`,
  cannotWithout: 'Zonder dat kan ik het niet aanvragen. Zal ik het bij een collega neerleggen?',
  yesPlease: 'Ja, graag',
  noThanks: 'Nee, laat maar',
  declined: 'Goed. Vertel het me als ik iets anders kan doen.',

  approval: {
    submitted: (reference, team) =>
      `${reference} staat klaar voor ${team}. Eerst vraag ik akkoord aan de budgethouder; je hoort het zodra dat er is.`,
    waiting: 'Wacht op akkoord van de budgethouder.',
    approved: (by, reference, team) => `${by} geeft akkoord: ${reference} ligt nu bij ${team}.`,
    ownApproved: (_, reference, team) => `Het is je eigen budget: ${reference} ligt nu bij ${team}.`,
    refused: (by, reference, reason) =>
      [`${by} geeft geen akkoord voor ${reference}. Het gaat niet door.`, reason && `De reden: "${reason}"`].filter(Boolean).join('\n\n'),
    lapsed: (reference) =>
      `${reference} gaat niet door: de budgethouder heeft niet op tijd gereageerd. De servicedesk weet het. Overleg met hem en vraag het dan opnieuw aan.`,
    request: (product, amount, reference) => `Akkoord gevraagd: ${inSentence(product)}, ${amount} (${reference})`,
    reminder: (product, amount, reference) => `Nog niet beantwoord: akkoord voor ${inSentence(product)}, ${amount} (${reference})`,
    why: (requester, instead) =>
      instead
        ? `${requester} vraagt dit aan. ${instead} heeft nog niet gereageerd, jij vervangt hem of haar.`
        : `${requester} vraagt dit aan en jij gaat over dit budget. Tot je akkoord geeft wordt er niets geleverd.`,
    somebody: 'Een collega',
    ask: (amount, product) => `Geef je akkoord voor ${amount} (${inSentence(product)})?`,
    approve: 'Akkoord',
    refuse: 'Geen akkoord',
    whyRefused: (reference) => `Waarom niet? De aanvrager van ${reference} krijgt je reden te lezen.`,
    unclear: 'Een akkoord met een voorwaarde kan ik niet doorgeven. Kies akkoord of geen akkoord, met de reden.',
    passedOn: (reference) => `Dank je. Je akkoord voor ${reference} is vastgelegd, het gaat nu door.`,
    refusalPassedOn: (reference) => `Dank je. ${reference} gaat niet door, de aanvrager krijgt je reden.`,
    signInFirst:
      'Akkoord geven doe je aangemeld: kies "Akkoord" in de mail, dan kun je je aanmelden. Wil je weigeren, antwoord dan met "nee, want ...".',
    notYours: 'Hier ga je niet (meer) over.',
    notNeeded: (reference) => `${reference} is ingetrokken of verlopen; je akkoord is niet meer nodig.`,
    alreadyDecided: (by, reference) => `${by} heeft al beslist over ${reference}.`,
    labels: { what: 'Waarvoor', question: 'Vraag', who: 'Voor wie', amount: 'Bedrag', budget: 'Budget' },
  },

  chooseProduct: 'Waar gaat het over?',
  chooseProductOf: (part) => `"${part}": waar gaat dat over?`,
  somethingElse: 'Iets anders',

  whoAreYou: 'Met wie spreek ik? Dan kan mijn collega je bereiken.',
  name: 'Je naam',
  address: 'Je e-mailadres',
  notAName: 'Vul je naam in.',
  notAnAddress: 'Dat lijkt geen e-mailadres. Voorbeeld: naam@organisatie.nl',
  needForm: (product) => `${product}. Ik heb nog dit nodig:`,
  needFormToAsk: (product) => `Als je me dit nog laat weten, vraag ik het meteen voor je aan (${inSentence(product)}):`,
  needOneToAsk: (product, ask) => `Nog één vraag, dan vraag ik het meteen voor je aan (${inSentence(product)}): ${inSentence(ask)}`,
  handedOver: (team, reference, reaction) =>
    [`Een collega van de ${inSentence(team)} neemt het van me over: ${reference}.`, reaction, 'Wat je schreef staat erbij.']
      .filter(Boolean)
      .join(' '),
  adjustForm: 'Pas aan wat anders moet.',
  formRefused: 'Dit klopt nog niet helemaal:',
  send: 'Verder',
  dontKnow: 'Weet ik niet',
  somebodyElse: (name) => `Iemand anders: ${name}`,
  haveNone: 'Heb ik niet',
  stillOpen: (product) => `Je vraag over ${inSentence(product)} staat ook nog open. Maak die af wanneer je wilt, of zeg "laat maar".`,
  dropped: 'Goed, ik laat het vallen. Er is niets aangevraagd.',

  confirm: (product, team) => `Ik vraag dit aan bij ${team}: ${inSentence(product)}. Klopt dat?`,
  confirmGuess: (product, team) => `Ik denk dat dit over ${inSentence(product)} gaat, dan meld ik het bij ${team}. Klopt dat?`,
  confirmYes: 'Klopt',
  confirmAdjust: 'Aanpassen',
  confirmOther: 'Iets anders',

  needDetails: 'Het helpt als je me nog laat weten:',
  detailAdded: 'Dank je, dat staat erbij.',
  noFile: 'Goed, dan zonder.',
  detailUnknown: 'Geen probleem, de collega vindt het wel.',

  status: (reference, title, state) => `${reference} · ${title}\n${state}`,
  noCases: 'Er staat niets van je open.',
  yourCases: 'Zo staat het ervoor:',
  unknownReference: (reference) => `${reference} ken ik niet als een melding van jou.`,
  mistypedReference: 'In dat nummer zit een tikfout.',
  andMore: (count) => `En nog ${count} andere; noem het nummer als je er een zoekt.`,
  state: (state, team, worker, moment) =>
    ({
      open: 'Ontvangen.',
      queued: [`Ligt bij ${team}.`, moment].filter(Boolean).join(' '),
      claimed: [`${worker ?? 'Een collega'} van ${team} is ermee bezig.`, moment].filter(Boolean).join(' '),
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
  filesWithQuestion: 'Bedankt, dat gaat mee met je vraag.',
  filesAbout: 'Bedankt. Waar gaat het over?',
  reopened: (reference, team) => `Dan is het nog niet klaar. ${reference} ligt weer bij ${team}.`,
  reopenReason: 'Wat is er nog niet goed?',
  reasonAdded: 'Wat je schreef staat erbij.',

  knownDisruption: (title, team, until) =>
    [
      `Dat is bekend: ${title}. ${team} werkt eraan.`,
      until && `Verwacht verholpen ${until}.`,
      'Ik heb je melding erbij gezet; je hoort het zodra het klaar is.',
    ]
      .filter(Boolean)
      .join(' '),
  linkedToDisruption: (reference, title, team, until) =>
    [
      `${reference} hoort bij iets wat meer mensen melden: ${title}. ${team} werkt eraan.`,
      until && `Verwacht verholpen ${until}.`,
      'Je hoort het zodra het klaar is.',
    ]
      .filter(Boolean)
      .join(' '),
  merged: (reference, into, team, until) =>
    [
      into
        ? `${reference} gaat over hetzelfde als ${into}; we voegen ze samen.`
        : `Een collega vroeg hetzelfde als jij met ${reference}; we doen ze samen.`,
      `${team} werkt eraan.`,
      until && `Verwacht klaar ${until}.`,
      'Je hoort het zodra het klaar is.',
    ]
      .filter(Boolean)
      .join(' '),
  unlinkedFromDisruption: (reference, team) => `${reference} staat weer op zichzelf: ${team} kijkt ernaar.`,
  disruptionNews: (reference, title, until) => `Nieuws over ${reference}, ${title}: verwacht verholpen ${until}.`,
  declared: (reference, title, until) =>
    [`${reference} speelt bij meer mensen: ${title}.`, until && `Verwacht verholpen ${until}.`].filter(Boolean).join(' '),
  askDisruption: (title) => `Er is iets bekends aan de hand: ${title}. Gaat het daarover?`,
  disruptionYes: 'Ja, daarover',
  disruptionNo: 'Nee, iets anders',

  parts: {
    made: (titles) => `Het bestaat uit: ${listed(titles)}.`,
    line: (title, state, team, after) => {
      const how = {
        open: after.length > 0 ? `wacht op ${listed(after)}` : 'komt nog',
        queued: `ligt bij ${team}`,
        claimed: `${team} is ermee bezig`,
        waiting: `${team} wacht op een antwoord of levering`,
        ready: 'klaar',
        closed: 'klaar',
        withdrawn: 'ingetrokken',
        merged: 'samengevoegd',
      }[state];
      return `- ${title}: ${how}`;
    },
    ready: (titles) => `Alles is klaar: ${listed(titles)}.`,
    again: (reference, titles) => `Van ${reference} kijken we hier nog eens naar: ${listed(titles)}. De rest blijft zoals het is.`,
  },

  claimed: (worker, team, reference) => `${worker} van ${team} is bezig met ${reference}.`,
  workerAsks: (worker, reference) => `${worker} vraagt bij ${reference}:`,
  handedBack: (worker) => `${worker} heeft het gesprek teruggegeven; ik ben er weer.`,
  answerPassed: (worker) => `Dank je, ik geef het door${worker ? ` aan ${worker}` : ''}.`,
  waiting: (reference, reason) => `${reference} wacht even: ${reason}`,
  split: (reference, title, into, team) =>
    `In ${reference} stonden twee vragen. De tweede, “${title}”, heeft nu een eigen nummer: ${into}. Die ligt bij ${team}.`,
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
      'unknown-room': `Die kamer ken ik niet: ${value}. Welke kamer bedoel je?`,
      'which-building': `In welk gebouw is dat? ${value} is er in meer dan een.`,
      'unknown-person': `${value} vind ik niet in de lijst van collega’s. Hoe is de hele naam, of het e-mailadres?`,
      'which-person': `Er zijn er meer die zo heten: ${value}. Wie bedoel je?`,
      'no-budget-holder': `${value} is van geen budget de houder. Wie is dat wel?`,
      'no-file': 'Ik zie geen bestand bij je bericht. Stuur het mee, of zeg dat je het niet hebt.',
      'not-an-amount': 'Dat bedrag kan ik niet lezen. Voorbeeld: 45,00',
      'not-yes-or-no': 'Antwoord met ja of nee.',
      'too-long': 'Dat is te lang; houd het korter.',
      empty: 'Dit is nog nodig.',
    })[problem],
  yes: 'ja',
  no: 'nee',
};
