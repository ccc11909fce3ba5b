import { type Mention, MONTHS, ORDINALS, oneOf, plain, WEEKDAYS } from './field-words.ts';

/** Rooms, floors, buildings and spots in free text, kept as they were written. */

const ROOM =
  'kamer|kamernummer|ruimte|zaal|vergaderzaal|vergaderkamer|vergaderruimte|spreekkamer|overlegruimte|werkplek|werkkamer|lokaal|toilet|wc|room|meeting room|conference room|office|desk|toilets|lift|lokaal|nis|hal|balie|parkeerplaats|locker|kluis|kast';
const CODE = '[a-z]{0,2}[-.]?\\d{1,4}(?:[.-]\\d{1,3})?[a-z]?';
const BUILDING = 'gebouw|building|locatie|location|vleugel|wing|toren|tower|blok|block|pand';
const FLOOR = 'verdieping|etage|floor|storey|level|bouwlaag';
const ORDINAL = `${oneOf(ORDINALS.keys())}|-?\\d{1,2}(?:e|ste|de|st|nd|rd|th)`;
const SPOT =
  'receptie|ingang|hoofdingang|zijingang|achteringang|personeelsingang|kantine|bedrijfsrestaurant|restaurant|keuken|keukentje|pantry|lift|liften|trap|trappenhuis|printer|koffieautomaat|koffiehoek|garderobe|balie|publieksbalie|fietsenstalling|fietsenkelder|parkeergarage|garage|parkeerplaats|parkeerterrein|archief|bibliotheek|aula|hal|entree|gang|toiletten|toilet|wc|herentoilet|damestoilet|kelder|postkamer|repro|serverruimte|raadzaal|trouwzaal|burgerzaal|reception|main entrance|entrance hall|entrance|washroom|canteen|kitchen|stairs|staircase|lobby|library|hall|corridor|bike shed|counter|car park|basement|auditorium|mail room|council chamber';
const NEAR = 'bij|naast|tegenover|achter|in|near|at|next to|behind|opposite|by|outside';
/** Buildings that go by what they are: "in het stadhuis", "lift gemeentehuis kapot". */
const SITE =
  'stadhuis|gemeentehuis|raadhuis|provinciehuis|stadskantoor|gemeentekantoor|hoofdkantoor|hoofdgebouw|bijgebouw|gemeentewerf|town hall|city hall|head office|main building|works yard';
/** "Op" and "aan" belong to these only: "op de printer" is no place. */
const UPON =
  '(?:op|on) (?:de |het |the )?(?:gang|trap|wc|toilet|damestoilet|herentoilet|parkeerterrein|parkeerplaats|zolder|plein|dak|stairs|car park|roof|corridor)|aan (?:de |het )?(?:balie|publieksbalie)';

/** What an ordinal counts when it is no floor. */
const NO_FLOORS = [
  ...WEEKDAYS.keys(),
  ...MONTHS.keys(),
  ...'keer dag week weken maand plaats plek poging werkdag kwartaal van of persoon day time try place person'.split(' '),
];

const PATTERNS: readonly RegExp[] = [
  new RegExp(
    `\\b(?:${ROOM}) (?:nr\\.? |nummer |number )?(?!\\d{1,2}(?:e|ste|de|st|nd|rd|th)\\b)${CODE}(?![\\w]|[.:]\\d| ?(?:uur|u|%|euro|personen|man|people)\\b)`,
    'g',
  ),
  // A room's code by itself: with a letter it is always one, else only after a word of place.
  /\b[a-z]\d{0,2}[.-]\d{2,3}[a-z]?\b(?![.:]\d)/g,
  /(?:(?<=\b(?:in|op|naar|bij|room|van|from|to|naast|near) )|(?<=^[^\w]{0,3}))\d{1,2}\.\d{2,3}[a-z]?(?![\w]|[.:,]\d| ?(?:uur|u|h|am|pm|%|euro|-|tot)\b| ?[-€])/g,
  new RegExp(`\\b(?:${BUILDING}) (?:[a-z]|\\d{1,3}|[a-z]\\d{1,2})\\b(?!')`, 'g'),
  new RegExp(`\\b(?:(?:${ORDINAL}) (?:en|of|and|or) (?:de |the )?)?(?:${ORDINAL}) (?:${FLOOR})\\b`, 'g'),
  new RegExp(`\\b(?:${FLOOR}) -?\\d{1,2}\\b(?![.:]\\d)`, 'g'),
  // "Op de derde" is a floor, but not "op de derde dag".
  new RegExp(`(?:\\b(?:op de|on the) |(?<=\\b(?:naar|van|from|to) )(?:de|the) )(?:${ORDINAL})(?! ?(?:${oneOf(NO_FLOORS)})\\b)(?!\\w)`, 'g'),
  new RegExp(`\\b(?:${SITE})(?![\\w-])`, 'g'),
  /\b(?:begane grond|ground floor|bovenste verdieping|top floor|souterrain|parterre)\b/g,
  new RegExp(`\\b(?:(?:${NEAR}) (?:de |het |the )?(?:${oneOf(SPOT.split('|'))})|${UPON})(?![\\w])`, 'g'),
];

/** Rooms and buildings with a name of their own: "zaal De Waal", "room Rembrandt", "gebouw Oost". Capitals tell, so the text is taken as written. */
const NAMED = new RegExp(
  `\\b(?:${ROOM}|${BUILDING}|[Vv]ergaderzaal|[Zz]aal|[Kk]amer|[Gg]ebouw|[Rr]oom|[Bb]uilding|[Ll]ocatie) (?:(?:[Dd]e|[Hh]et|[Tt]he|'t) )?\\p{Lu}\\p{L}[\\p{L}\\d'-]{0,24}(?: \\p{Lu}\\p{L}[\\p{L}\\d'-]{0,24})?`,
  'gu',
);

/** What may stand between two parts of one place: "kamer 3.14 in gebouw B", "gebouw A, 3e verdieping". */
const BETWEEN = /^ ?[,(]? ?(?:(?:in|op|van|bij|on|of|at) )?(?:de |het |the )?$/;
/** "in" of "in kamer 3.14" and "op de" of "op de 2e verdieping"; "bij de receptie" and "op de derde" need theirs. */
const LEADING = new RegExp(
  `^(?:in|op|on|naar|to) (?:de |the )?(?=(?:kamer|ruimte|zaal|vergader|gebouw|room|building|[a-z]?\\d+[.\\d]|begane|ground)|(?:${ORDINAL}) (?:${FLOOR}))`,
  'i',
);

/** Every place that a text names, in its order; parts that belong together are one. */
export function placesIn(text: string): Mention[] {
  const searched = plain(text);
  const parts: { index: number; end: number }[] = [];
  for (const pattern of [NAMED, ...PATTERNS]) {
    for (const match of (pattern === NAMED ? text.slice(0, searched.length) : searched).matchAll(pattern)) {
      const end = match.index + match[0].length;
      if (!parts.some((part) => part.index < end && match.index < part.end)) parts.push({ index: match.index, end });
    }
  }
  parts.sort((a, b) => a.index - b.index);
  const places: { index: number; end: number }[] = [];
  for (const part of parts) {
    const last = places.at(-1);
    if (last && BETWEEN.test(searched.slice(last.end, part.index))) last.end = part.end;
    else places.push({ ...part });
  }
  return places.map(({ index, end }) => ({ index, end, value: cleanPlace(text.slice(index, end)) }));
}

/** A place as its building writes it: spaces and closing punctuation off, and what leads to it. */
export function cleanPlace(text: string): string {
  return (
    text
      .replace(/\s+/g, ' ')
      .trim()
      .replace(/^(?:(?:het|dat|die|ze|hij|de \p{L}+|it|that|they)(?: is| staat| staan| zit|'s| are)+ )/iu, '')
      .replace(LEADING, '')
      .replace(/[\s,;:.!?]+$/, '')
      // A bracket that belongs to none before it; the building of a room stands between two.
      .replace(/^([^(]*?)[\s,;:.!?)]+$/, '$1')
  );
}
