/** Turns of phrase that tell a kind wherever they stand, in Dutch and English; general talk at a desk, no product is named. */

const QUESTION_WORD =
  '(?:hoe|wat|waar|waarheen|waarvoor|wanneer|wie|welke?|hoeveel|hoelang|tot hoe laat|vanaf hoe laat|bij wie|voor wie|how|what|where|when|who|whom|which|until when|from when|at what time)';
const MAY =
  '(?:mag ik|mogen|moet ik|moeten we|is er|zijn er|hebben we|geldt|kost|bestaat er|is het (?:mogelijk|toegestaan)|kan ik|weet (?:iemand|je|u|jij)|may i|am i allowed|are we allowed|do i (?:have|need)|do we|does|is there|are there|is it (?:possible|allowed)|can i|does anyone know|do you know)';

/** In the order of a model's extra features; never reorder without raising FORMAT. */
export const SIGNS: readonly RegExp[] = [
  /\?/,
  new RegExp(`^\\W*(?:${QUESTION_WORD}|${MAY})\\b`, 'i'),
  // Asks to be told.
  /\b(?:ik vroeg me af|i was wondering|weet je (?:of|hoe|waar|wat|wanneer)|weten jullie|wondering (?:if|how|whether)|can you tell me|kun(?:nen|t)? (?:je|jullie|u) (?:me|mij) (?:vertellen|zeggen|uitleggen)|graag informatie|meer informatie|more information|uitleg|wat kost|hoe werkt|is there a (?:limit|rule|procedure)|regels|policy|procedure|openingstijden|opening hours)\b/i,
  // Asks for it to be done.
  /^\W*(?:graag|kun je|kan je|kunnen jullie|kunt u|ik wil|ik zou|wil je|willen jullie|zou je|zouden jullie|wij willen|we willen|mag ik (?:een|de|twee|drie)|op zoek naar|ik zoek|aanvraag|doe mij|could you|can you|could i (?:get|have)|can i (?:get|have)|would you|please|i need|we need|i want|i would like|i'd like|id like|we'd like|looking for|request)\b/i,
  /\b(?:nodig|aanvragen|bestellen|reserveren|boeken|regelen|laten (?:maken|komen|bezorgen)|aanmelden|inschrijven|ophalen|bezorgen|voor \d+ personen|need|order|book|reserve|arrange|set up|request|apply for|sign me up|for \d+ people)\b/i,
  // Something fails.
  /\b(?:kapotte?|stuk|defect|werk(?:t|en) niet|doe(?:t|n) (?:het )?niet|doet (?:niets|niks)|uitgevallen|lekt|lekkage|verstopt|vastgelopen|loopt vast|hapert|zwart|foutmelding|storing|krijg (?:ik )?geen|kom (?:ik )?niet|kan niet|lukt niet|wil niet|gaat niet|geen (?:beeld|geluid|verbinding|stroom|licht|water|toegang)|broken|not working|doesn'?t (?:work|open|start|print|respond|turn)|does not|isn'?t (?:working|responding)|won'?t|can'?t|cannot|keeps? \w+ing|stuck|jammed|leak(?:s|ing)?|error|crash(?:es|ed)?|frozen|no (?:signal|sound|power|light|water|access|connection)|stopped|dead|fail(?:s|ed|ing)?|out of order|flicker\w*|blocked|locked out)\b/i,
  // It is not the first time.
  /\b(?:alweer|al (?:weken|maanden|dagen)|steeds|iedere keer|elke keer|telkens|altijd|voor de (?:zoveelste|tweede|derde|vierde) keer|zoveelste|again|every (?:single )?(?:time|day|week|morning)|for (?:weeks|months)|third time|constantly|always|still)\b/i,
  // Displeased.
  /\b(?:belachelijk|schandalig|schande|onacceptabel|klacht|klagen|teleurgesteld|teleurstellend|ontevreden|slecht\w*|waardeloos|onbeschoft|onvriendelijk|walgelijk|smerig\w*|vieze?|niet normaal|niet om uit te \w+|kan toch niet|mag toch niet|zat|irritant|irriteer\w*|ergerlijk|erger|jammer|triest|boos|te laat|veel te|nooit|niemand|slordig|waarom (?:duurt|moet|is|wordt|krijg|kan)|ridiculous|unacceptable|complain(?:t|ts|ing)?|disappoint\w*|rude|unfriendly|terrible|awful|poor|bad|disgust\w*|can'?t be right|not (?:good enough|ok|okay|acceptable)|fed up|annoy\w*|frustrat\w*|angry|much too|never|nobody|sloppy|why (?:does|do|is|must|has|have|can'?t))\b/i,
  // Wishes that things were otherwise.
  /\b(?:zou(?:den)? (?:het )?(?:\w+ )?(?:mooi|fijn|leuk|handig|prettig|goed|top|fantastisch|geweldig|beter)|idee|ideetje|suggestie|voorstel|stel voor|tip|wens|waarom (?:niet|geen)|waarom hebben (?:we|wij|jullie) geen|kunnen (?:we|wij|jullie) niet|kan er (?:niet|geen|ook|misschien)|kunnen er (?:niet|ook|meer)|misschien (?:kan|kunnen|een|iets)|het zou|zouden (?:we|jullie)|liefst|ooit|in de toekomst|toevoegen|uitbreiden|meer (?:keuze|variatie)|would (?:be|it be|love)|it would|it'?d be|suggest\w*|idea|wish|could (?:we|there|you (?:add|consider|offer))|why (?:don'?t|not|can'?t)|how about|what about having|maybe|perhaps|consider|in (?:the )?future|nice to have|hopelijk|hope|more (?:variety|choice|options)|love to see|feature)\b/i,
];
