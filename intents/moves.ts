/**
 * Moves: what a message does besides asking something. A sentence is a move only when all of it is one ("bedankt hoor"),
 * so that "ik wil mijn zaal annuleren" stays a question about rooms. Filler around it is ignored.
 */
import type { Move } from '../domain/index.ts';
import { fold } from './text.ts';

const REFERENCE = `sd ?[a-z0-9]{4} ?[a-z0-9]{4}`;
const MINE = `(?:mijn|onze|deze|die|de|het|dit|dat|een|m n|my|our|the|this|that|an?) ?(?:vorige |laatste |eerdere |openstaande |ingediende |last |previous |open |earlier )?`;
const CASE = `(?:melding(?:en)?|vraag|aanvra(?:ag|gen)|verzoek(?:en)?|ticket(?:je|s)?|zaak|storingsmelding|klacht|incident|call|case|request|report|question|complaint|issue|${REFERENCE})`;
const ABOUT = `(?: (?:over|van|voor|met|about|for|of|regarding|met nummer|number|nummer|nr|inzake|omtrent|die|dat|that|which|from|uit) .{1,120})?`;
const PERSON = `(?:iemand|mens|mensen|medewerk(?:er|ster)|collega|persoon|een echt persoon|echte? (?:mens|persoon|medewerker)|agent|operator|servicedesk|balie|telefonist|human|person|real person|someone|somebody|people|employee|colleague|staff|representative|live agent)`;

/** Anchored patterns over a sentence's plain words (folded, no punctuation, single spaces). */
const PATTERNS: readonly (readonly [Move, readonly string[]])[] = [
  [
    'status',
    [
      `${REFERENCE}`,
      `(?:.{0,40} )?(?:status|stand van zaken|voortgang|update|progress|state)(?: (?:van|voor|over|of|on|for|about))? (?:${MINE})?${CASE}(?: ${REFERENCE})?${ABOUT}`,
      `(?:hoe (?:staat|zit|gaat|loopt|ver is|ver zijn jullie)(?: het)?(?: (?:nu|eigenlijk|inmiddels))?(?: er ?mee| (?:met|voor))?|hoe ver is) (?:${MINE})?${CASE}(?: ${REFERENCE})?${ABOUT}`,
      `hoe (?:staat|zit|gaat|loopt) het (?:er ?mee|ermee|daarmee)(?: .{0,30})?`,
      `hoe ver (?:zijn jullie|ben je|is het)(?: (?:er ?mee|ermee|daarmee|met (?:${MINE})?${CASE}))?${ABOUT}`,
      `(?:waar|wanneer) (?:staat|blijft|is|ligt|komt|wordt|zijn|staan) ${MINE}${CASE}(?: ${REFERENCE})?${ABOUT}(?: (?:klaar|af|opgelost|gebleven|nu|behandeld|opgepakt|afgehandeld))?`,
      `(?:is|zijn|wordt|worden) ${MINE}${CASE}(?: ${REFERENCE})?(?: (?:al|nu|inmiddels|wel|ook|nog))* (?:klaar|af|opgelost|behandeld|opgepakt|afgehandeld|gezien|ontvangen|binnen(?:gekomen)?|in behandeling|bekeken)(?: .{0,30})?`,
      `(?:is er|heb je|hebben jullie|heeft u|weet je|weten jullie|kun je|kan je|mag ik)(?: (?:al|iets|wat|meer|nog|mij|me|een|nieuws|ook|update|eens|zeggen|vertellen))* (?:bekend|nieuws|update|iets bekend|meer)? ?(?:over|van|met) ${MINE}${CASE}${ABOUT}`,
      `(?:is er )?(?:al|nog) (?:iets|wat|nieuws|een update)(?: (?:bekend|te melden|gebeurd|gedaan))?(?: (?:over|met|aan|van) (?:${MINE})?${CASE}${ABOUT})?`,
      `wat is er (?:met|gebeurd met|gedaan met|aan) ${MINE}${CASE}(?: (?:gebeurd|gedaan))?${ABOUT}`,
      `(?:hoe lang|hoelang) duurt (?:het nog|het nog met ${MINE}${CASE}|${MINE}${CASE} nog)(?: .{0,30})?`,
      `ik (?:wacht|heb)(?: (?:nog|al|steeds|nog steeds|dagen|een week|weken))* (?:op|niets gehoord over|niks gehoord over|niets gehoord van|niks gehoord van) (?:(?:antwoord|reactie|bericht) (?:op|over) )?${MINE}${CASE}${ABOUT}`,
      `(?:laat (?:me |mij )?(?:eens )?zien|(?:welke|wat zijn|toon|show|list|see|what are)(?: (?:me|mij|all|alle))*(?: meldingen)?) ?${MINE}(?:openstaande |lopende |open )?${CASE}(?: .{0,20})?`,
      `(?:what(?: i?s)?(?: happening| going on)? (?:the )?(?:status |news |state |progress )?(?:of|with|on|about)|what happened (?:to|with)|how (?:is|are|about|far is)|how s|what s(?: the)?(?: status| news| progress)?(?: of| on| with)?|where is|where s|when will|any (?:news|update|updates|progress)(?: on| about| with| regarding)?|update on|check(?: on)?|status|status of|has|is|did|have you|can you check) (?:${MINE})?${CASE}(?: ${REFERENCE})?(?: (?:been|be|being|coming|doing|going|along|yet|already|now|closed|assigned|seen|approved|forgotten|lost|solved|fixed|handled|done|ready|received|resolved|looked|picked|up|at|finished|progressing|going|still|open|arrive|arrived))*${ABOUT}`,
      `(?:any|is there any|are there any)(?: (?:news|update|updates|progress))(?: yet| already)?`,
      `(?:status|update|stand van zaken|voortgang|statusupdate|status update)`,
      `(?:.{0,40} )?(?:met|over|van|with|about|on|of|naar) ${REFERENCE}(?: .{0,20})?`,
    ],
  ],
  [
    'cancel',
    [
      `(?:.{0,25} )?(?:trek|trekken|annuleer|annuleren|cancel|verwijder|sluit|stop|schrap|kill|scrap|remove|take back|pull|gooi|haal|withdraw|close|delete|revoke|undo|retract|drop|intrekken)(?: (?:please|graag|maar|even|alsjeblieft))* ${MINE}${CASE}(?: ${REFERENCE})?${ABOUT}(?: (?:maar|graag|alsjeblieft|aub|even|weer|toch|dan))*(?: (?:in|please|terug|weg|back|now))?`,
      `(?:.{0,30} )?${MINE}${CASE}(?: ${REFERENCE})?${ABOUT}(?: (?:graag|maar|weer|kan|mag|kun je|wil ik|can be|should be|moet|even|toch|dan|worden|be|to))* (?:intrekken|ingetrokken|annuleren|geannuleerd|cancelen|gecanceld|sluiten|gesloten|verwijderen|verwijderd|terugtrekken|weg|vervallen|cancelled|canceled|withdrawn|closed|stoppen|afsluiten|dicht|in trekken)(?: .{0,15})?`,
      `(?:.{0,20} )?(?:trek|annuleer|cancel|withdraw|close|sluit|intrekken)(?: maar)? ${REFERENCE}(?: .{0,12})?`,
      `${REFERENCE}(?: (?:kan|mag|graag|can|please|be|maar))* (?:intrekken|ingetrokken|annuleren|sluiten|dicht|vervallen|weg|cancel|cancelled|withdrawn|closed|gesloten)(?: worden)?`,
      `(?:${MINE}${CASE}|het|dat|dit|it|that) (?:hoeft (?:niet|al niet) (?:meer)?|is (?:niet|al niet) meer nodig|kan vervallen|mag weg|is (?:al )?opgelost|is no longer needed|is not needed any ?more|isn t needed any ?more|is already (?:fixed|solved|resolved))(?: .{0,25})?`,
      `(?:oh? |nee |ach )?laat maar(?: zitten)?(?: (?:het|hij|zij|die|dat|is|zijn|heb|hebben|ik|we|hem|haar|ze|zelf|al|alweer|weer|net|toch|nu|inmiddels|gevonden|gelukt|geregeld|opgelost|gezien|terug|bedankt|dank je|werkt|doet|goed))+`,
      `(?:laat(?: het| dit)?(?: dan| toch| nou)? maar|doe(?: het| dit)?(?: dan| toch| nou)? maar niet)(?: (?:zitten|even|rusten|hoor|zo|weg))*`,
      `(?:het |dat )?hoeft(?: al)? niet(?: meer)?(?: (?:hoor|meer|dank je|bedankt))*`,
      `(?:never ?mind|nvm|forget (?:it|about it|that)|don t bother|no need(?: any ?more)?|scrap that|cancel(?: it| that| this| please| everything)?|annuleer(?:en)?(?: maar| dit| het| dat)*|stop(?: maar| ermee| it)?|afbreken|intrekken|vergeet (?:het|maar|dat)(?: maar)?|ik zie er ?van af|i changed my mind|ik heb me bedacht|(?:het is |is )?al opgelost|it (?:is |s )?(?:already )?(?:fixed|solved|resolved)(?: itself)?(?: already)?|already (?:fixed|solved)|ik wil (?:het|dit) (?:annuleren|stoppen)|i want to cancel)`,
    ],
  ],
  [
    'human',
    [
      `(?:.{0,40} )?(?:(?:spreken|praten|bellen|chatten|overleggen|contact)(?: (?:met|opnemen met|hebben met|krijgen met))?|speak|talk|chat|connect me|transfer me|put me through|hand me over)(?: (?:to|with|directly to|naar))? (?:(?:a|an|een|the|de|een echte|real|actual|live|echte|met) ?)*${PERSON}(?: .{0,40})?`,
      `(?:.{0,30} )?(?:met )?(?:een |a |an |de |echt |echte )*${PERSON}(?: (?:van|bij|of|from|at) .{1,25})?(?: (?:even|graag|zelf|direct|rechtstreeks))* (?:spreken|aan de lijn|aan de telefoon|praten|te spreken|bellen|overleggen|on the phone|on the line)(?: .{0,30})?`,
      `(?:kan|kunt|kun|wil|zou|laat|can|could|would)(?: (?:je|jij|u|er|you|iemand|even|please))* (?:mij|me|someone|somebody|iemand|een collega|een medewerker|a colleague|a person|a human)(?: (?:even|please|mij|me|terug))* (?:terugbellen|bellen|doorverbinden|call(?: me)?(?: back)?|phone me|contact me|help me instead|te woord staan|overnemen|doorzetten)(?: .{0,25})?`,
      `(?:verbind(?: me| mij)?|zet (?:me|mij)) (?:door|maar door|even door|over|maar over|even over)(?: .{0,40})?`,
      `(?:mag|kan|wil) ik (?:een )?(?:echt )?${PERSON}(?: .{0,20})?`,
      `(?:i (?:want|need|would like|d like|prefer)|give me|get me|ik (?:wil|heb|zoek)(?: graag)?|geef me|doe mij)(?: (?:liever|to have|nu|nodig))* (?:a |an |een |the |echte? |real |actual |live )*(?:mens|medewerker|persoon|human|person|human being|agent|live agent|operator|representative|collega|colleague)(?: (?:please|graag|nodig|spreken|now|nu|aan de lijn))*`,
      `(?:echte? )?(?:mens|medewerker|persoon|human|person|agent|operator|real person|real human|live agent|medewerker spreken|mens aub|collega)`,
      `(?:ik wil )?(?:geen|niet met een|not a|no) (?:(?:ro)?bot|computer|machine)(?: (?:praten|spreken|please|graag|maar een mens|but a human))*`,
      `(?:is er|is there)(?: (?:iemand|een mens|een medewerker|anyone|someone|a human|a person|anybody|somebody))(?: (?:die|who|i|that|to|can|ik|kan|mij|me|help|helpen|spreken|talk|kan bellen|bereikbaar|available|aanwezig|speak|with|daar|there))*`,
      `(?:bel|call)(?: me| mij)(?: (?:maar|even|terug|back|please|op|graag|aub))*`,
    ],
  ],
  [
    'help',
    [
      `(?:help|hulp|menu|info|help me|hulp nodig|opties|options|commands|start)`,
      `wat (?:kun|kan|kunt|doe|doen|kunnen) (?:je|jij|u|jullie|deze bot|dit loket|loket)(?: (?:allemaal|zoal|eigenlijk|precies|hier|voor mij|voor me|betekenen|doen|wel|nog meer|alles))*`,
      `(?:waar|waarmee|waarvoor)(?: (?:kun|kan|kunt|kunnen))? (?:je|jij|u|ik|jullie)(?: (?:mij|me|je|jou|u|jullie|allemaal|hier|zoal|bij|voor|mee|mee helpen|helpen|terecht|vragen|gebruiken|jullie))*(?: (?:helpen|terecht|gebruiken|vragen|mee))`,
      `(?:hoe werkt (?:dit|deze bot|deze chat|dit loket|jij|je|loket|het hier)|hoe gebruik ik (?:dit|je|deze bot)|wat is dit|wie ben (?:je|jij)|ben je een (?:ro)?bot|wat ben je|wat moet ik (?:doen|typen|hier doen))(?: (?:hier|eigenlijk|precies|dan|nu|loket))*`,
      `what (?:can|do|else can|could|all can) (?:you|i|this bot|this)(?: (?:do|help|ask|all|for me|here|me|with|offer|you))*`,
      `(?:how (?:does|do) (?:this|it|i use this|i use you|you)(?: (?:work|bot))*|what is this|who are you|are you a (?:ro)?bot|what are you|what are my options|how can you help(?: me)?|can you help(?: me)?(?: out)?|i need (?:some )?help|kun je me helpen|kunt u mij helpen|kan je me helpen|kan je helpen|kun je helpen|ik heb hulp nodig|ik heb een vraag|i have a question|mag ik (?:wat|iets) vragen|can i ask (?:you )?something|ik snap (?:het|dit) niet|i don t understand|ik begrijp (?:het|er) niet(?:s van)?)`,
    ],
  ],
  [
    'thanks',
    [
      `(?:(?:oke|ok|top|super|fijn|mooi|prima|perfect|great|cool|alright|fantastisch|geweldig|nice|ah|oh|goed|good|heel|heel erg|hartstikke|alvast|ontzettend|many|a lot|lovely|wonderful|excellent) )*(?:bedankt|dank(?: ?je)?(?: ?wel)?|dank u(?: ?wel)?|dankje|dankjewel|dankuwel|thanks|thank (?:you|u)|thx|tnx|ty|thnx|cheers|merci|danke|much appreciated|appreciated|appreciate it|i appreciate it)(?: (?:hoor|he|joh|alvast|voor (?:(?!.* (?:maar|alleen) ).{1,60})|so much|very much|a lot|a bunch|a million|again|for (?:(?!.* but ).{1,60})|nogmaals|weer|super|top|zeer|hulp|wel|de|je|snelle|in advance|everyone|allemaal|anyway|vast|much|kindly|heel erg|mate|man|tot ziens|fijne dag|groetjes))*`,
      `(?:top|super|fijn|mooi|perfect|geweldig|fantastisch|great|awesome|lovely|wonderful|excellent|brilliant|nice|klasse|toppie|netjes|thats great|that s great|that is great|you re the best|helemaal top|helemaal goed|tof|lekker)(?: (?:hoor|joh|geregeld|zo|gedaan|dank|man|werk|work|job|service))*`,
      `(?:(?:het|dat|probleem|that|it|everything|alles)(?: is| werkt| doet het| works| s)? )?(?:heeft geholpen|helped|werkt weer|works again|works now|that worked|dat werkt|it works)(?: .{0,20})?`,
    ],
  ],
  [
    'goodbye',
    [
      `(?:(?:oke|ok|nou|goed|well|all right|alright|fijn|top) )*(?:doei(?:doei)?|doeg|dag dag|tot ziens|tot (?:later|morgen|straks|snel|gauw|de volgende keer|maandag|volgende week)|houdoe|later|bye(?: ?bye)?|good ?bye|see (?:you|ya)(?: (?:later|soon|tomorrow))?|cya|ciao|fijne (?:dag|avond|middag|vakantie)(?: (?:nog|verder))?|fijn weekend|prettige (?:dag|avond)|prettig weekend|werkze|have a (?:nice|good|great|lovely) (?:day|one|evening|weekend)|good night|goodnight|slaap lekker|welterusten|talk to you later|ttyl|take care|ik ga ervandoor|i m off|de groeten|groetjes|groeten|groet|gr|regards|kind regards|best regards|cheerio|ajuus|tot dan|dat was het|dat was alles|that s all|that is all|that will be all)(?: (?:he|hoor|en bedankt|thanks|weer|nog|dan|allemaal|everyone|now|for now|and thanks|doei|bye|fijne dag|verder|later))*`,
      `(?:een )?(?:fijne|goede|prettige|gezellige|nice|good)(?: (?:dag|avond|day|evening|weekend))(?: (?:nog|verder|gewenst))+`,
    ],
  ],
  [
    'greeting',
    [
      `(?:(?:hoi(?:hoi)?|hallo(?:tjes)?|he+y+|hee|hai|haai|heej|hi(?:ya)?|hello|hallo daar|yo|dag|goeden? ?(?:morgen|middag|avond|dag)|goeie ?(?:morgen|middag|avond)|goeie(?:n)?dag|moi(?:n)?|mogguh?|morgen|middag|good (?:morning|afternoon|evening|day)|morning|afternoon|evening|gegroet|greetings|howdy|beste|dear|geachte|aloha|joehoe|goedendag|ola|hola|ey) ?)+(?:(?:daar|there|allemaal|all|everyone|everybody|iedereen|team|loket|bot|servicedesk|helpdesk|service desk|desk|collega s?|collegas?|colleagues?|mensen|folks|guys|jij|you|again|weer|heer|mevrouw|meneer|sir|madam|mate|lezer|medewerker|sir madam|ict|p o|hr|receptie|facilitair|facilities|to you|beste|jongens|dames en heren|lui|to all|mensen|support|reader) ?)*`,
      `(?:(?:hoi|hallo|hey|hi|hello|dag) )?(?:hoe (?:gaat|is) (?:het|ie)(?: (?:met je|met jou|vandaag|ermee))?|alles goed|how are you(?: (?:doing|today))*|how s it going|what s up|sup|how do you do|nice to meet you|is daar iemand|anyone there|anybody there|are you there|ben je daar)`,
    ],
  ],
  [
    'yes',
    [
      `(?:ja+|jaa+|jep|jup|yep|yup|yes+|yeah|ye|yea|y|j|jawel|jazeker|zeker(?: ?weten)?|ok(?:e|ay|ee|eej)?|oke+|okido|kay|prima|akkoord|goed|klopt|correct|right|sure|absolutely|absoluut|definitely|of course|natuurlijk|tuurlijk|uiteraard|exact|precies|exactly|inderdaad|indeed|graag|gaarne|please|please do|doe maar|doen|doe dat(?: maar)?|go ahead|do it|do that|dat klopt|dat is (?:goed|juist|correct)|dat is prima|is goed|da s goed|dat mag|mag|that s (?:right|correct|fine|ok|okay|it)|that is (?:right|correct|fine)|that works|sounds good|fine|fine by me|agreed|confirm(?:ed)?|bevestig(?:d)?|ik ga akkoord|ik bevestig|klinkt goed|lijkt me goed|lijkt me prima|vooruit|helemaal|you got it|yes it is|yes i do|true|affirmative|perfect zo|zo is het|het klopt|klopt helemaal|ga (?:je gang|maar door)|melden maar|meld maar|meld het maar|dat is em|top doen|alright|all right|waar|waarom niet|why not|mij best|mij goed)(?: (?:ja|yes|hoor|graag|dat|is|klopt|goed|please|prima|maar|doe|doen|hartstikke|zeker|it|that|s|right|correct|do|zo|fijn|top|sure|akkoord|helemaal|natuurlijk|wel|inderdaad|perfect|of course|melden|meld|het|dank|dank je|bedankt|thanks|thank you|lekker|precies|zou fijn zijn|zou mooi zijn|that would be (?:great|nice)|great|i do|i am|dat wil ik|wil ik|i would|ik|i|want|it|is fine|for me|voor mij|met|mee|eens|alsjeblieft|aub|verder|go ahead|again|ok|oke))*`,
      `(?:that would be (?:great|nice|lovely|good|fine)|dat zou (?:fijn|mooi|top|goed) zijn|graag gedaan)`,
    ],
  ],
  [
    'no',
    [
      `(?:no |nope |sorry )?(?:that|this|it)(?: really| still)? (?:did ?n ?t|did not|does ?n ?t|does not|has ?n ?t|has not) (?:really )?help(?:ed)?(?: .{0,20})?`,
      `(?:nee+|neen|nope|no+|nah|n|nah|nee hoor|neuh|mwah nee|niet|geen|liever niet|i d rather not|rather not|zeker niet|absoluut niet|absolutely not|of course not|natuurlijk niet|niet doen|doe maar niet|toch niet|toch maar niet|nog niet|not yet|not (?:really|now|that|correct|right|this)|klopt niet|dat klopt niet|dat is niet (?:goed|juist|correct|zo|wat ik bedoel(?:de)?)|that s (?:not|wrong|not it)(?: .{0,20})?|that is (?:wrong|not .{1,20})|wrong|fout|onjuist|incorrect|niet juist|verkeerd|no way|negative|don t|do not|echt niet|geen van (?:beide|deze|allen|die|drieen)|geen van alle|neither|none(?: of (?:these|those|them|the above))?|nog steeds niet|helaas niet|unfortunately not|niet akkoord|dat bedoel ik niet|dat is het niet|i disagree|iets anders|something else)(?: (?:nee|no|hoor|dank je|dankje|dank u|dankjewel|bedankt|thanks|thank you|dat|is|niet|klopt|not|it|that|s|that is|hoeft|laat|maar|zitten|hoef|goed|het|zo|liever|bedoel|ik|wat|correct|right|wrong|need|please|doe|never ?mind|echt|toch|i|don t|want|wil|geen|van|beide|deze|meer|juist|fout|joh|nodig|not yet|nog|helaas|unfortunately|sorry|really|anders|iets))*`,
    ],
  ],
];

const COMPILED = PATTERNS.map(([move, patterns]) => [move, patterns.map((pattern) => new RegExp(`^(?:${pattern})$`))] as const);

/** Words without meaning for a move, at either end. */
const FILLER =
  /^(?:(?:eh+|uh+|uhm|hm+|ah|oh|o|nou|well|so|dus|sorry|please|hoor|aub|alsjeblieft|alstublieft|svp|pls|plz|x|xx|trouwens|actually|eigenlijk) )+|(?: (?:hoor|aub|alsjeblieft|alstublieft|svp|please|pls|plz|joh|x|xx|dan|nou|he|even|then))+$/g;

const SKIN_TONES = /\s|\u{FE0F}|[\u{1F3FB}-\u{1F3FF}]/gu;
const THUMB = /^(?:\u{1F44D}|\u{1F44C}|\u{2705}|\u{2714})+$/u;
const THANKS_SIGN = /^(?:\u{1F64F}|\u{2764}|[\u{1F600}-\u{1F60D}]|\u{1F389})+$/u;

/** The move that a whole sentence makes, or null. Sentences longer than 200 characters make none. */
export function moveOf(text: string): Move | null {
  if (text.length > 200) return null;
  const signs = text.replace(SKIN_TONES, '');
  if (THUMB.test(signs)) return 'yes';
  if (THANKS_SIGN.test(signs)) return 'thanks';
  const plain = fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  if (plain === '') return null;
  const core = plain.replace(FILLER, '').trim();
  for (const [move, patterns] of COMPILED) {
    for (const pattern of patterns) if (pattern.test(plain) || (core !== '' && pattern.test(core))) return move;
  }
  return null;
}
