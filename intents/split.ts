/**
 * Cuts a message into the pieces that may each be a question of their own. Whether they are is decided by what each piece
 * is about (`segment` in understand.ts); here only the places to cut are found, on the text as it was typed.
 */
import { MAX_TEXT } from './text.ts';

/** How a piece begins: a new sentence, an explicit "daarnaast", a mere "en", or only a comma. */
export type Join = 'sentence' | 'added' | 'and' | 'comma';

/** A stretch of the message that may be a question of its own. */
export interface Piece {
  readonly text: string;
  readonly join: Join;
  /** What stood between it and the piece before it, for who puts them together again. */
  readonly glue: string;
}

const MAX_PIECES = 16;

const SENTENCE_END = /(?<=[.!?…])\s+|\s*[\n\r]+\s*|\s*;\s*|\s+[-*•]\s+|(?<=[?!])(?=\p{L})/u;

/** Words that join two requests; the cut is before them and they are dropped. */
const JOINER =
  /(?:\s*,\s*|\s+)(?:en (?:verder|daarnaast|ook nog|ook|dan nog|dan|trouwens|bovendien|nog iets)|and (?:also|then|another thing|by the way|furthermore)|ook nog|daarnaast|verder|bovendien|tevens|trouwens|oh ja|o ja|oja|nog iets|plus|also|besides|additionally|furthermore|by the way|btw|oh and|maar ook|but also|en|and|&)\s+|\s*,\s+/giu;

const OPENING_JOINER =
  /^\W*(?:(?:en|and|ook|also|verder|daarnaast|bovendien|tevens|trouwens|plus|oh ja|o ja|nog iets|by the way|btw|ten eerste|ten tweede|first(?:ly)?|second(?:ly)?|\d[.)])\b[,:]?\s+)+/iu;

const ONLY_JOINER =
  /^\W*(?:(?:en|and|ook|also|verder|daarnaast|bovendien|tevens|trouwens|plus|besides|additionally|furthermore|oh ja|o ja|nog iets|by the way|btw|ten eerste|ten tweede|first(?:ly)?|second(?:ly)?|dan)\W*)+$/iu;
const ADDING =
  /^\W*(?:(?:en|and)\s+)?(?:ook|also|verder|daarnaast|bovendien|tevens|trouwens|plus|oh ja|o ja|nog iets|by the way|btw|ten tweede|second)/iu;

/** "Met vriendelijke groet" and what comes after it, or a signature's dashes. */
const SIGN_OFF =
  /(?:^|[\n\r]|(?<=[.!?,])\s)\s*(?:--\s*(?=[\n\r])|(?:met\s+)?(?:vriendelijke?|hartelijke?|warme|beste)\s+groet(?:en|jes)?|m\.?v\.?g\b\.?|mvg\b|groet(?:en|jes)?\s*(?:,|van|[\n\r]|$|(?=\p{Lu}\p{L}+\s*$))|gr\.?\s*(?:,|(?=\p{Lu}\p{L}+\s*$))|hoogachtend|(?:kind|best|warm|many)\s+regards|regards\s*(?:,|[\n\r]|$)|yours\s+(?:sincerely|faithfully)|sincerely\s*,|cheers\s*,|(?:sent|verzonden|verstuurd)\s+(?:from|vanaf|via|met)\s+(?:my|mijn|outlook))/u;
const SIGN_OFF_ANY_CASE = new RegExp(SIGN_OFF.source, 'iu');

const GREETING =
  /^\s*(?:(?:hoi+|hallo+|hey+|hee+|heej|hai|hi|hello|dag|goeden?\s?(?:morgen|middag|avond|dag)|goeie\s?(?:morgen|middag|avond)|moin?|good\s(?:morning|afternoon|evening|day)|morning|beste|dear|geachte|l\.?s\.?)(?![\p{L}\p{N}'])(?:\s+(?:daar|there|allemaal|all|everyone|iedereen|team|loket|bot|(?:service\s?|help)desk|desk|collega['’]?s?|colleagues?|mensen|heer(?:\/mevrouw)?|mevrouw|meneer|sir|madam|sir\/madam|lezer|dames en heren|medewerkers?|facilitair|ict|hr|jongens|lui))*\s*(?:\s\p{Lu}\p{Ll}+)?\s*[,!.\n\r:–-]*\s*)+/u;
const GREETING_ANY_CASE = new RegExp(GREETING.source.replace('(?:\\s\\p{Lu}\\p{Ll}+)?', '(?:\\s\\p{L}{2,12}(?=\\s*[,\\n\\r]))?'), 'iu');

const THANKS_TAIL =
  /[\s,.!–-]*(?:(?:alvast|bij voorbaat|heel erg|hartelijk)\s+)?(?:bedankt|dank(?: ?je(?: ?wel)?| u(?: ?wel)?)?|thanks|thank you|thx|cheers)(?:\s+(?:alvast|hoor|vast|in advance|so much|a lot|very much|voor (?:je|jullie|de|uw) (?:hulp|moeite)|for your help))*[\s.!,]*$/iu;
const THANKS_HEAD =
  /^\W*(?:(?:heel erg |hartelijk |ok(?:e|é)? |top )?(?:bedankt|dank(?: ?je(?: ?wel)?| u(?: ?wel)?)|thanks|thank you)(?:\s+(?:hoor|voor (?:je|jullie|de|uw) \p{L}+|for (?:your|the) \p{L}+|so much|a lot))?)\s*[,.!–-]+\s*/iu;
const ANSWER_HEAD = /^\W*(ja(?:zeker)?|yes|yep|ok(?:e|é|ay)?|nee+|no|nope)(?:\s+(?:hoor|graag|dank je|thanks))?\s*[,.!–-]+\s*(?=\p{L})/iu;

/** What stands around the questions: taken off, and said. */
export interface Envelope {
  readonly body: string;
  readonly greeted: boolean;
  readonly thanked: boolean;
  readonly answered: 'yes' | 'no' | null;
}

/** Takes greeting, thanks, "ja," and signature off a message. What is only that leaves an empty body. */
export function openEnvelope(message: string): Envelope {
  let body = message.slice(0, MAX_TEXT);
  const signed = SIGN_OFF_ANY_CASE.exec(body);
  if (signed) body = body.slice(0, signed.index + (/^[.!?,]/.test(signed[0]) ? 1 : 0));
  const greeting = GREETING_ANY_CASE.exec(body);
  if (greeting) body = body.slice(greeting[0].length);
  const answer = ANSWER_HEAD.exec(body);
  if (answer) body = body.slice(answer[0].length);
  const head = THANKS_HEAD.exec(body);
  if (head) body = body.slice(head[0].length);
  const short = body.slice(-120);
  const tail = THANKS_TAIL.exec(short);
  if (tail) body = body.slice(0, body.length - short.length + tail.index);
  const answered = answer ? (/^(?:n)/i.test(answer[1] ?? '') ? 'no' : 'yes') : null;
  return { body: body.trim(), greeted: greeting !== null, thanked: head !== null || tail !== null, answered };
}

/** Where the body might be cut. Never more than 16 pieces: what follows stays with the last. */
export function piecesOf(body: string): Piece[] {
  return withoutAdjuncts(withGlue(body, cut(body)));
}

/** Pieces are told in their order and as they stand in the body, so that what is between them is the glue. */
function withGlue(body: string, pieces: readonly Omit<Piece, 'glue'>[]): Piece[] {
  let end = 0;
  return pieces.map((piece) => {
    const begin = body.indexOf(piece.text, end);
    const glue = begin < 0 ? ' ' : body.slice(end, begin).replace(/\s+/g, ' ');
    if (begin >= 0) end = begin + piece.text.length;
    return { ...piece, glue };
  });
}

function cut(body: string): Omit<Piece, 'glue'>[] {
  const pieces: Omit<Piece, 'glue'>[] = [];
  for (const sentence of body.split(SENTENCE_END)) {
    if (!/[\p{L}\p{N}]/u.test(sentence)) continue;
    let from = 0;
    let join: Join = 'sentence';
    /** Takes up to a place; false when that was only a joining word ("Also, ..."), which then belongs to what follows. */
    const take = (to: number): boolean => {
      const text = sentence.slice(from, to).trim();
      if (ONLY_JOINER.test(text)) return false;
      if (/[\p{L}\p{N}]/u.test(text)) pieces.push({ text, join: ADDING.test(text) ? 'added' : join });
      return true;
    };
    for (const match of sentence.matchAll(JOINER)) {
      const taken = take(match.index);
      from = match.index + match[0].length;
      if (!taken) {
        join = 'added';
        continue;
      }
      join = /^\s*,\s*$/.test(match[0]) ? 'comma' : /^[\s,]*(?:en|and|&)\s*$/i.test(match[0]) ? 'and' : 'added';
    }
    take(sentence.length);
  }
  if (pieces.length <= MAX_PIECES) return pieces;
  // Too many to weigh: sentences only, and the last takes the rest.
  const sentences = body.split(SENTENCE_END).filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
  const rest = sentences.slice(MAX_PIECES - 1).join(' ');
  return [...sentences.slice(0, MAX_PIECES - 1), ...(rest === '' ? [] : [rest])].map((text) => ({ text: text.trim(), join: 'sentence' }));
}

/** A piece that only says where or when (", room 2.11"), or goes on about what was said, belongs to the one before it. */
function withoutAdjuncts(pieces: readonly Piece[]): Piece[] {
  const whole: Piece[] = [];
  for (const piece of pieces) {
    const before = whole.at(-1);
    if (before && (saysWhereOrWhen(piece.text) || (piece.join !== 'added' && goesOn(piece.text))))
      whole[whole.length - 1] = { ...before, text: `${before.text}${piece.glue}${piece.text}` };
    else whole.push(piece);
  }
  return whole;
}

/** What follows from, explains or limits what was said ("dus ...", "maar ...", "because ..."). */
const FOLLOWS =
  /^\W*(?:dus|want|omdat|zodat|waardoor|waarbij|anders|terwijl|hoewel|maar|zo(?= (?:kan|krijg|kunnen|gaat|is))|straks|daar(?!naast)\p{L}*|dan|misschien|volgens mij|ik denk|denk ik|ik hoop|hopelijk|so|because|since|otherwise|but|although|though|then|which|that's why|therefore|maybe|might|i (?:think|hope|guess)|just)(?!\p{L})/iu;
/** A clause without its subject: that was said before ("en weet de code niet meer", "and need two posters"). */
const NO_SUBJECT =
  /^\W*(?:(?:weet(?= (?:de|het|mijn) [^?]* niet)|(?:heb|ben|weet|zoek|krijg|word|woon|kom|ga|wil|geeft|zegt|blijft)(?! (?:nu |nog |dan |er |daar )?(?:ik|je|jij|u|we|wij|jullie|hij|ze|zij|iemand|er|het|dat|de|die|een|mijn|onze|ook)(?!\p{L})))|(?:need|want|got|says|gives|keeps|asks|paid|cannot|can't)(?! also))(?!\p{L})/iu;
/** Words that stand for something said before. */
const POINTS_BACK =
  /(?<!\p{L})(?:hem|hij|daarvoor|daarmee|daardoor|daarin|daarvan|daarbij|ermee|ervoor|ervan|erin|them|(?:kan|mag|moet|kunnen) dat|(?:kan|mag|moet|kun je|kunt u|kunnen jullie|kan iemand|wil iemand) het (?=(?:nog|ook|vandaag|morgen|snel|weer|\p{L}+en(?!\p{L}))|\p{L}+d worden)|(?:do|fix|open|claim|hang|put|set|move|pick|take|bring|change|have|is|was|are|can|could|should) (?:it|that))(?!\p{L})/iu;

function goesOn(text: string): boolean {
  return FOLLOWS.test(text) || NO_SUBJECT.test(text) || POINTS_BACK.test(text);
}

const WHERE_OR_WHEN = new Set(
  'kamer kamernummer room ruimte zaal gebouw building vleugel wing verdieping etage floor begane grond ground eerste tweede derde vierde first second third fourth in op bij om at on de het the van voor naast next to near links rechts left right hal gang hall corridor vandaag morgen overmorgen gisteren nu today tomorrow yesterday now vanmiddag vanochtend vanavond afternoon morning uur b.v. bv nr nummer number'.split(
    ' ',
  ),
);

function saysWhereOrWhen(text: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}.:-]*/gu) ?? [];
  return words.length > 0 && words.length <= 6 && words.every((word) => /\d/.test(word) || WHERE_OR_WHEN.has(word.replace(/[.:]+$/, '')));
}

/** A piece without the "en ook" it opens with. */
export function withoutJoiner(text: string): string {
  const bare = text.replace(OPENING_JOINER, '');
  return /[\p{L}\p{N}]/u.test(bare) ? bare : text;
}
