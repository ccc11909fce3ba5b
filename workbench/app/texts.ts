import type { Language } from '../../domain/index.ts';
import { AUDIT_TEXTS } from './admin/audit-texts.ts';
import { SYSTEM_TEXTS } from './admin/system-texts.ts';
import { ADMIN_TEXTS } from './admin/texts.ts';
import { CASE_TEXTS } from './case/texts.ts';
import { DESK_TEXTS } from './desk/texts.ts';
import { LIST_TEXTS } from './list/texts.ts';
import { MAIL_TEXTS } from './mail-texts.ts';
import { MY_TEXTS } from './my/texts.ts';
import { WORKER_TEXTS } from './workers/texts.ts';

/** Everything the workbench says: Dutch, English. `{name}` is filled in. */
export const TEXTS = {
  ...ADMIN_TEXTS,
  ...CASE_TEXTS,
  ...MY_TEXTS,
  ...SYSTEM_TEXTS,
  ...DESK_TEXTS,
  ...AUDIT_TEXTS,
  ...MAIL_TEXTS,
  ...LIST_TEXTS,
  ...WORKER_TEXTS,
  'app.name': ['Loket', 'Loket'],
  'app.menu': ['Menu', 'Menu'],
  'app.settings': ['Instellingen', 'Settings'],
  'app.language': ['Taal', 'Language'],
  'app.theme': ['Weergave', 'Appearance'],
  'theme.system': ['Zoals het systeem', 'As the system'],
  'theme.light': ['Licht', 'Light'],
  'theme.dark': ['Donker', 'Dark'],
  'app.signOut': ['Afmelden', 'Sign out'],
  'app.close': ['Sluiten', 'Close'],
  'app.cancel': ['Annuleren', 'Cancel'],
  'app.back': ['Terug naar de lijst', 'Back to the list'],
  'app.notices': ['Meldingen', 'Notices'],
  'app.again': ['Opnieuw proberen', 'Try again'],
  'app.noAnswer': ['De server antwoordt niet.', 'The server does not answer.'],
  'app.lost': [
    'Geen verbinding. De lijst is van net; ik probeer het opnieuw.',
    'No connection. The list is from a moment ago; trying again.',
  ],
  'app.notFound': ['Deze pagina bestaat niet.', 'This page does not exist.'],
  'app.toQueue': ['Naar mijn wachtrij', 'To my queue'],
  'app.adminOnly': ['Deze pagina is voor de beheerder.', 'This page is for the administrator.'],

  'nav.label': ['Wachtrijen', 'Queues'],
  'nav.teams': ['Mijn teams', 'My teams'],
  'nav.me': ['Van mij', 'Mine'],
  'nav.more': ['Verder', 'More'],
  'nav.admin': ['Beheer', 'Administration'],
  'nav.noTeams': ['Je zit nog in geen team. Vraag het je beheerder.', 'You are in no team yet. Ask your administrator.'],
  'view.mine': ['Mijn zaken', 'My cases'],
  'view.waiting': ['Wacht op melder', 'Waits for requester'],
  'view.all': ['Alle zaken', 'All cases'],
  'view.done': ['Gereed', 'Ready'],
  'page.approvals': ['Te beoordelen', 'To approve'],
  'page.people': ['Mensen', 'People'],
  'page.intake': ['Binnengekomen', 'Intake'],
  'page.learning': ['Leren', 'Learning'],
  'count.open': ['{n} open', '{n} open'],
  'count.late': ['{n} te laat', '{n} late'],

  'list.next': ['Geef mij de volgende', 'Give me the next'],
  'list.search': ['Zoek op woord, naam of nummer', 'Search by word, name or reference'],
  'list.clear': ['Wis zoekopdracht', 'Clear search'],
  'list.order.team': ['Te laat eerst, dan wat het eerst af moet', 'Late first, then what is due first'],
  'list.order.mine': ['Wat het eerst af moet staat bovenaan', 'What is due first stands on top'],
  'list.order.new': ['Nieuwste eerst', 'Newest first'],
  'list.empty': ['Er wacht hier niets. Nieuwe zaken verschijnen vanzelf.', 'Nothing waits here. New cases appear by themselves.'],
  'list.noHits': ['Niets gevonden voor “{search}”.', 'Nothing found for “{search}”.'],
  'list.more': ['Meer', 'More'],
  'list.none': ['Er wacht niets in {team}.', 'Nothing waits in {team}.'],
  'list.noProduct': ['Zonder product', 'No product'],
  'urgent.mark': ['Spoed', 'Urgent'],
  'urgent.now': ['Spoed, nog niet opgepakt:', 'Urgent, not claimed yet:'],
  'urgent.tab': ['({n}) SPOED', '({n}) URGENT'],
  'state.open': ['Nieuw', 'New'],
  'state.queued': ['Wacht op oppakken', 'Waits to be claimed'],
  'state.claimed': ['In behandeling', 'In progress'],
  'state.waiting': ['Wacht', 'Waiting'],
  'state.ready': ['Gereed', 'Ready'],
  'state.closed': ['Afgesloten', 'Closed'],
  'state.withdrawn': ['Ingetrokken', 'Withdrawn'],
  'state.merged': ['Samengevoegd', 'Merged'],
  'kind.complaint': ['klacht', 'complaint'],
  'kind.wish': ['wens', 'wish'],
  'kind.information': ['informatie', 'information'],
  'kind.fault': ['storing', 'fault'],
  'kind.request': ['aanvraag', 'request'],
  'due.respond': ['Reageren', 'Respond'],
  'due.complete': ['Klaar', 'Complete'],
  'due.none': ['Geen termijn', 'No deadline'],

  'error.by': ['{name} was je net voor. De zaak is ververst.', '{name} was just before you. The case was refreshed.'],
  'error.text-open': ['Een invulplek is bij deze zaak niet bekend.', 'Something to fill in is not known of this case.'],
  'error.already-claimed': ['Iemand was je net voor. De zaak is ververst.', 'Somebody was just before you. The case was refreshed.'],
  'error.taken-over': ['Een collega heeft dit gesprek. De zaak is ververst.', 'A colleague has this conversation. The case was refreshed.'],
  'error.not-yours': [
    'Iemand anders is met deze zaak bezig. De zaak is ververst.',
    'Somebody else is working on this case. It was refreshed.',
  ],
  'error.not-now': [
    'Dat kan niet meer, want er is iets veranderd. Dit is hoe het nu staat.',
    'That can no longer be done, because something changed. This is how it stands now.',
  ],
  'error.not-allowed': ['Dat is niet aan jou om te doen.', 'That is not yours to do.'],
  'error.not-found': ['Deze zaak bestaat niet, of is niet voor jouw teams.', 'This case does not exist, or is not for your teams.'],
  'error.unknown-product': ['Dat product staat niet meer in de catalogus.', 'The catalogue no longer has that product.'],
  'error.unknown-team': ['Dat team bestaat niet meer.', 'That team no longer exists.'],
  'error.invalid': [
    'Er klopt iets niet in wat je invulde. Kijk het nog eens na.',
    'Something in what you filled in is not right. Please check it.',
  ],
  'error.starting': ['De servicedesk start net op. Een ogenblik.', 'The service desk is starting. One moment.'],
  'error.failed': [
    'Er ging iets mis aan onze kant. Het is niet gedaan; probeer het nog eens.',
    'Something went wrong on our side. It was not done; try again.',
  ],
  'error.busy': ['Dat ging te snel achter elkaar. Probeer het zo nog eens.', 'That was too much at once. Try again in a moment.'],

  'error.file-empty': ['Dit bestand is leeg.', 'This file is empty.'],
  'error.file-too-large': ['Dit bestand is te groot.', 'This file is too large.'],
  'error.file-refused': ['Dit soort bestand nemen we niet aan.', 'Files of this kind are not taken.'],
  'error.file-infected': ['In dit bestand zit een virus.', 'There is a virus in this file.'],
  'error.file-held': ['Dit bestand wordt nog gecontroleerd.', 'This file is still being checked.'],
  'error.file-gone': ['Een bestand is er niet meer. Voeg het opnieuw toe.', 'A file is no longer there. Add it again.'],
  'error.unknown-file': ['Dit bestand is er niet meer.', 'This file is no longer there.'],
  'error.storage-full': [
    'Er is nu geen plaats voor bestanden. Vraag de beheerder.',
    'There is no room for files now. Ask the administrator.',
  ],
  'error.storage-away': ['Bestanden zijn nu niet te bewaren of te openen.', 'Files cannot be kept or opened right now.'],

  'send.reply': ['Verstuur naar {name}', 'Send to {name}'],
  'send.chat': ['Stuur {name}', 'Send to {name}'],
  'send.relieve': ['Neem over van {holder} en stuur', 'Take over from {holder} and send'],
  'send.ask': ['Vraag het {name}', 'Ask {name}'],
  'send.ready': ['Meld gereed aan {name}', 'Report ready to {name}'],
  'send.note': ['Bewaar notitie (alleen collega’s)', 'Save note (colleagues only)'],
  'channel.web': ['webchat', 'web chat'],
  'channel.email': ['e-mail', 'email'],
  'channel.teams': ['Teams', 'Teams'],
  'channel.desk': ['balie', 'counter'],
  'error.already-decided': ['Daar is al over beslist, of het is niet meer nodig.', 'That was decided already, or is not needed any more.'],
  'here.looks': ['{name} kijkt ook', '{name} is looking too'],
  'here.types': ['{name} schrijft', '{name} is writing'],
  'page.canned': ['Standaardteksten', 'Canned texts'],
  'error.too-late': ['Te laat: het is al de deur uit, of al ongedaan gemaakt', 'Too late: it has gone out, or was undone already'],
  'disruptions.label': ['Storingen', 'Disruptions'],
  'disruptions.one': ['1 melding erbij', '1 more report'],
  'disruptions.many': ['{n} meldingen erbij', '{n} more reports'],
  'disruptions.until': ['verwacht verholpen {moment}', 'expected to be solved {moment}'],
  'disruptions.suggested': [
    '{n} meldingen in een uur: {product}{place}. Een storing?',
    '{n} reports within an hour: {product}{place}. A disruption?',
  ],
  'disruptions.look': ['Bekijk {ref}', 'Look at {ref}'],
  'notice.title': ['Berichten', 'Notifications'],
  'notice.count': ['Berichten, {count} nieuw', 'Notifications, {count} new'],
  'notice.none': ['Geen berichten.', 'No notifications.'],
  'notice.hidden': ['Niet voor jou te lezen', 'Not yours to read'],
  'notice.respond-soon': ['Moet bijna worden opgepakt', 'Must be taken up soon'],
  'notice.respond-late': ['Niet op tijd opgepakt', 'Not taken up in time'],
  'notice.complete-soon': ['Moet bijna klaar zijn', 'Must be ready soon'],
  'notice.complete-late': ['Niet op tijd klaar', 'Not ready in time'],
  'notice.stays-late': ['Blijft te laat', 'Stays late'],
  'notice.promise-late': ['Het beloofde moment is voorbij', 'The promised moment has passed'],
  'notice.idle': [
    'Er gebeurt niets mee; straks gaat hij terug naar de wachtrij',
    'Nothing happens with it; soon it goes back to the queue',
  ],
  'notice.taken-back': ['Terug in de wachtrij, want er gebeurde niets mee', 'Back in the queue, because nothing happened with it'],
  'notice.approval-nobody': ['Niemand bekend die akkoord kan geven', 'Nobody known who can approve it'],
  'notice.approval-lapsed': ['Niemand gaf op tijd akkoord', 'Nobody approved it in time'],
  'notice.not-done': ['Kon niet meer; wat je schreef staat er als notitie', 'Could no longer be done; what you wrote is there as a note'],
  'notice.chat': ['Nieuw bericht in het gesprek dat je overnam', 'New message in the conversation that you took over'],
  'notice.handler-falters': ['Komt nog niet aan bij het systeem of de leverancier', 'Does not reach the system or supplier yet'],
  'notice.handler-failed': ['Doorgeven is niet gelukt; terug in de wachtrij', 'Could not be passed on; back in the queue'],
  'notice.handler-late': ['Later dan in het contract staat', 'Later than the contract says'],
  'notice.handler-word': ['Lees wat er over gezegd is', 'Read what was said about it'],
  'notice.urgent': ['Spoed', 'Urgent'],

  'help.title': ['Sneltoetsen', 'Keyboard shortcuts'],
  'help.next': ['Geef mij de volgende', 'Give me the next'],
  'help.down': ['Omlaag in de lijst', 'Down the list'],
  'help.up': ['Omhoog in de lijst', 'Up the list'],
  'help.open': ['Open de zaak', 'Open the case'],
  'help.claim': ['Pak op', 'Claim'],
  'help.reply': ['Antwoord de melder', 'Reply to the requester'],
  'help.ask': ['Vraag aan de melder', 'Ask the requester'],
  'help.note': ['Notitie (intern)', 'Note (internal)'],
  'help.ready': ['Gereed', 'Ready'],
  'help.search': ['Zoeken', 'Search'],
  'help.help': ['Deze lijst', 'This list'],
  'help.send': ['Verstuur wat je schreef', 'Send what you wrote'],

  'signin.title': ['Aanmelden', 'Sign in'],
  'signin.as': ['Aanmelden als {name} ({role})', 'Sign in as {name} ({role})'],
  'signin.once': [
    'De link werkt één keer en alleen in deze browser blijf je aangemeld.',
    'The link works once, and you stay signed in in this browser only.',
  ],
  'signin.usedTitle': ['Deze link werkt niet meer', 'This link no longer works'],
  'signin.used': [
    'Een link werkt één keer, een kwartier lang. Deze is al gebruikt of verlopen.',
    'A link works once, for a quarter of an hour. This one was used or has expired.',
  ],
  'signin.needTitle': ['Je bent niet aangemeld', 'You are not signed in'],
  'signin.need': [
    'Je komt binnen met een link die één keer werkt; een wachtwoord is er niet.',
    'You come in with a link that works once; there is no password.',
  ],
  'signin.openid': ['Aanmelden met je werkaccount', 'Sign in with your work account'],
  'signin.problem.no-role': [
    'Je bent herkend, maar je hebt hier nog geen rol. Vraag je beheerder om toegang; je eigen vragen staan onder Mijn meldingen.',
    'We know who you are, but you have no role here yet. Ask your administrator for access; your own questions are under My cases.',
  ],
  'signin.problem.other-person': [
    'Je e-mailadres hoort hier al bij een ander account. Vraag je beheerder om het recht te zetten.',
    'Your email address belongs to another account here. Ask your administrator to put that right.',
  ],
  'signin.problem.not-valid': [
    'Het aanmelden is niet gelukt: het duurde te lang, of het was al gebruikt. Probeer het nog eens.',
    'Signing in did not work: it took too long, or was used already. Try again.',
  ],
  'signin.problem.provider-away': [
    'Het aanmelden met je werkaccount is even niet bereikbaar. Een eenmalige link werkt wel.',
    'Signing in with your work account cannot be reached at the moment. A one-time link does work.',
  ],
  'signin.askAdmin': ['Vraag je beheerder om een nieuwe link.', 'Ask your administrator for a new link.'],
  'signin.command': ['Ben je zelf de beheerder? Maak er een op de server:', 'Are you the administrator? Make one on the server:'],
  'signin.address': ['ADRES', 'ADDRESS'],
} as const satisfies Record<string, readonly [nl: string, en: string]>;

export type TextKey = keyof typeof TEXTS;

/** Says a text in a language. @param values what `{name}` and the like stand for */
export function say(language: Language, key: TextKey, values: Readonly<Record<string, string | number>> = {}): string {
  const text = TEXTS[key][language === 'nl' ? 0 : 1];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Whether a text exists, for codes that come from the server and may be newer than this page. */
export function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(TEXTS, key);
}
