/** The words of dates, times and numbers in Dutch and English, and how a text is looked through for them. */

/** A value that a text says, and where: `index` to `end`. */
export interface Mention {
  readonly index: number;
  readonly end: number;
  readonly value: string;
}

/** More than this of a text is not looked through; what follows is a quoted mail or an attack. */
export const MOST_TEXT = 2_000;

const UNITS =
  'nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien';
const UNITS_EN =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
const TENS = 'twintig dertig veertig vijftig zestig zeventig tachtig negentig';
const TENS_EN = 'twenty thirty forty fifty sixty seventy eighty ninety';

/** Every number in words from 0 to 100, as it is written in lower case without accents. */
export const NUMBERS: ReadonlyMap<string, number> = numberWords();

/** "met z'n zessen". */
export const TOGETHER: ReadonlyMap<string, number> = new Map(
  'tweeen drieen vieren vijven zessen zevenen achten negenen tienen elven twaalven'.split(' ').map((word, i) => [word, i + 2]),
);

export const ORDINALS: ReadonlyMap<string, number> = new Map([
  ...'eerste tweede derde vierde vijfde zesde zevende achtste negende tiende'.split(' ').map((word, i): [string, number] => [word, i + 1]),
  ...'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ').map((word, i): [string, number] => [word, i + 1]),
]);

/** 1 to 12. */
export const MONTHS: ReadonlyMap<string, number> = listed(
  'januari january jan',
  'februari february feb',
  'maart march mrt mar',
  'april apr',
  'mei may',
  'juni june jun',
  'juli july jul',
  'augustus august aug',
  'september sept sep',
  'oktober october okt oct',
  'november nov',
  'december dec',
);

/** 1 Monday to 7 Sunday. */
export const WEEKDAYS: ReadonlyMap<string, number> = listed(
  'maandag monday',
  'dinsdag tuesday',
  'woensdag wednesday',
  'donderdag thursday',
  'vrijdag friday',
  'zaterdag saturday',
  'zondag sunday',
);

/** Only beside a date or as a whole answer: "do", "we" and "zo" are ordinary words too. */
export const SHORT_WEEKDAYS: ReadonlyMap<string, number> = listed(
  'ma maa mon',
  'di din tue tues',
  'wo woe wed',
  'do don thu thur thurs',
  'vr vrij fri',
  'za zat sat',
  'zo zon sun',
);

/** Words after which a date, a time or a name is over, because something else begins. */
export const ENDS: readonly string[] = [
  'om op voor met van vanaf tot naar aan bij rond tegen per en of want omdat maar dus zodat graag aub svp alsjeblieft alstublieft heen toe gaan',
  'vandaag morgen overmorgen vanmiddag vanochtend vanavond morgenochtend morgenmiddag morgenavond volgende komende aanstaande deze dit',
  'at on for with from until till to by before after around and or because but so please today tomorrow tonight next this coming through',
  'cost costs kost moet moeten wil willen kan kunnen is zijn was rijden vertrekken brengen wij we ik you i it must should can could would',
]
  .join(' ')
  .split(' ')
  .concat([...WEEKDAYS.keys()]);

/** A pattern's alternatives, longest first so that "vrijdag" wins of "vrij". */
export function oneOf(words: Iterable<string>): string {
  return [...words].sort((a, b) => b.length - a.length).join('|');
}

/**
 * The text as the patterns expect it, of the same length so that places in it stay right: lower case, no accents,
 * plain apostrophes, hyphens and spaces.
 */
export function plain(text: string): string {
  const searched = text.slice(0, MOST_TEXT);
  // Most text is: in a twentieth of the time.
  if (ASCII.test(searched))
    return searched
      .toLowerCase()
      .replace(/[^\S\n]/g, ' ')
      .replaceAll('`', "'");
  return [...searched].map(plainCharacter).join('');
}

const ASCII = /^\p{ASCII}*$/u;

/** The number of digits or words; null when it is none. */
export function numberOf(word: string): number | null {
  return /^\d{1,9}$/.test(word) ? Number(word) : (NUMBERS.get(word) ?? null);
}

function plainCharacter(character: string): string {
  if (/[\u2018\u2019\u02bc\u00b4`]/.test(character)) return "'";
  if (/[\u2010-\u2015\u2212]/.test(character)) return '-';
  if (/[^\S\n]/.test(character)) return ' ';
  const bare = (character.normalize('NFD')[0] ?? character).toLowerCase();
  return bare.length === character.length ? bare : character;
}

function listed(...lines: readonly string[]): ReadonlyMap<string, number> {
  return new Map(lines.flatMap((line, i) => line.split(' ').map((word): [string, number] => [word, i + 1])));
}

function numberWords(): ReadonlyMap<string, number> {
  const words = new Map<string, number>([
    ['honderd', 100],
    ['hundred', 100],
  ]);
  for (const [units, tens, join] of [
    [UNITS, TENS, (unit: string, ten: string) => [`${unit}en${ten}`]],
    [UNITS_EN, TENS_EN, (unit: string, ten: string) => [`${ten}-${unit}`, `${ten} ${unit}`]],
  ] as const) {
    const small = units.split(' ');
    for (const [i, unit] of small.entries()) words.set(unit, i);
    for (const [i, ten] of tens.split(' ').entries()) {
      words.set(ten, (i + 2) * 10);
      for (let unit = 1; unit < 10; unit++) for (const word of join(small[unit] ?? '', ten)) words.set(word, (i + 2) * 10 + unit);
    }
  }
  return words;
}
