/**
 * Personal data out of a text, before it leaves the house or is learned from: addresses, numbers that point at somebody, and names. The only place
 * that does so. Numbers and addresses are found by their shape, surely; names by who is known in the conversation, by what stands before them
 * ("collega ...", "mijn naam is ..."), by being a common first name, and by standing capitalised in a row. A rare name on its own, not introduced
 * and not known, can stay: docs/llm.md says so.
 */
import { FIRST_NAMES } from './first-names.ts';

/** A text without personal data. */
export interface Masked {
  /** Each piece of personal data is a placeholder such as `[phone 1]`; the same piece is the same placeholder. */
  readonly text: string;
  /** Puts back what placeholders in another text stand for. */
  restore(text: string): string;
}

export interface MaskOptions {
  /** Names of people who may be spoken of. */
  readonly names?: readonly string[];
}

const PLACEHOLDER = /\[(?:mail|link|phone|number|address|name) \d{1,3}\]/g;
type Mark = 'mail' | 'link' | 'phone' | 'number' | 'address' | 'name';

interface Found {
  readonly from: number;
  readonly to: number;
  readonly mark: Mark;
}

const SEPARATOR = String.raw`[ .\-/]?`;
/** Shapes, the surest first: what two of them cover is called as the first says. */
const SHAPES: readonly (readonly [Mark, RegExp])[] = [
  ['number', PLACEHOLDER],
  ['mail', /[^\s<>,;:()"'@[\]]{1,64}@[^\s<>,;()"'@[\]]{1,190}/gu],
  ['link', /\bhttps?:\/\/\S{1,500}|\bwww\.\S{1,500}/giu],
  ['number', /\b[A-Z]{2}\d{2} ?(?:[A-Z0-9]{4} ?){2,7}[A-Z0-9]{1,4}\b/giu],
  ['phone', /(?<![\p{L}\d])(?:\+|00)\d(?:[ .()/-]{0,2}\d){7,13}/gu],
  ['phone', /(?<![\p{L}\d])\(?0\d(?:[ .()/-]{0,2}\d){7,10}/gu],
  ['address', /(?<![\p{L}\d])[1-9]\d{3} ?[A-Z]{2}(?![\p{L}\d])|(?<![\p{L}\d])[1-9]\d{3}[a-z]{2}(?![\p{L}\d])/gu],
  [
    'address',
    /(?<!\p{L})(?:\p{Lu}\p{L}{1,30} ){0,2}\p{L}{0,30}(?:straat|laan|weg|plein|gracht|kade|singel|dreef|steeg|dijk|street|road|avenue|lane|Straat|Laan|Weg|Plein|Street|Road|Avenue|Lane) \d{1,5} ?[a-z]?(?![\p{L}\d])/gu,
  ],
  ['number', /(?<=\b(?:geboren(?: op)?|geboortedatum|born(?: on)?|date of birth|dob)[ :]{1,3})\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}/giu],
  [
    'number',
    /(?<=\b(?:toestel|tst|ext|extension|bsn|budget(?:nummer)?|kostenplaats|personeelsnummer|pasnummer|badge|nummer|nr|number|budget number|cost cent(?:re|er))[.:# ]{1,3}(?:is |nr |nummer |number )?)[A-Z]{0,4}-?\d(?:[ .-]?\d){2,11}/giu,
  ],
  [
    'number',
    /(?<![\p{L}\d])(?=[A-Za-z0-9.-]{4,24}(?![\p{L}\d]))(?=[a-z0-9.-]*[a-z])(?=(?:[a-z.-]*\d){3})[a-z0-9]+(?:[.-][a-z0-9]+)*(?: \d{2,12}){0,4}/giu,
  ],
  ['number', new RegExp(String.raw`(?<![\p{L}\d])\d(?:${SEPARATOR}\d){4,29}`, 'gu')],
];
/** A day or a moment is no number that points at somebody, unless it is long ago: that is when somebody was born. */
const DAY = /^(?:(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})|(\d{4})-(\d{2})-(\d{2}))$/;
const OLDEST_YEAR = 2015;

const PARTICLES = "(?: (?:van|de|der|den|ten|ter|het|'t|von|el|al|la|le|di))";
const CAPITALISED = String.raw`\p{Lu}[\p{Ll}'’-]{1,30}`;
const FULL = `${CAPITALISED}(?:${PARTICLES}{0,3} ${CAPITALISED}){0,3}`;
const ANY_WORD = String.raw`[\p{L}'’-]{2,30}`;
const INTRODUCED = new RegExp(
  String.raw`(?<=(?<!\p{L})(?:[Mm]ijn naam is|[Ii]k heet|[Mm]y name is|[Nn]aam:|[Nn]ame:) )${ANY_WORD}(?:${PARTICLES}{0,3} ${CAPITALISED}|${PARTICLES}{1,3} ${ANY_WORD}){0,3}`,
  'gu',
);
const TITLED = new RegExp(
  String.raw`(?<=(?<!\p{L})(?:[Ii]k ben|[Ii] am|[Ii]'m|[Tt]his is|[Dd]it is|[Nn]amens|[Cc]ollega|[Cc]olleague|[Mm]evrouw|[Mm]evr\.?|[Mm]eneer|[Dd]hr\.?|[Hh]eer|[Mm]w\.?|[Mm]r\.?|[Mm]rs\.?|[Mm]s\.?|[Gg]roet(?:en|jes)?,?|[Mm]vg,?|[Rr]egards,?|[Cc]heers,?|[Dd]r\.?)[ \n]{1,2})${FULL}`,
  'gu',
);
const IN_A_ROW = new RegExp(
  String.raw`(?<!\p{L})${CAPITALISED}${PARTICLES}{0,3} ${CAPITALISED}(?:${PARTICLES}{0,3} ${CAPITALISED}){0,2}`,
  'gu',
);
const ALONE = new RegExp(String.raw`(?<!\p{L})${CAPITALISED}(?!\p{L})`, 'gu');
const SMALL = /(?<=(?<!\p{L})(?:ik ben|i am|i'm|collega|colleague|voor|met|van|aan|for|with) )\p{Ll}{3,20}(?!\p{L})/giu;

/** Capitalised words that are no names of people. */
const NO_NAMES: ReadonlySet<string> = new Set(
  `microsoft teams outlook excel word office windows powerpoint sharepoint onedrive onenote adobe acrobat chrome edge firefox safari apple samsung dell lenovo citrix android google zoom webex whatsapp intranet wifi
  utrecht amsterdam rotterdam haag eindhoven groningen arnhem zwolle nederland netherlands europa europe
  maandag dinsdag woensdag donderdag vrijdag zaterdag zondag monday tuesday wednesday thursday friday saturday sunday
  januari februari maart april mei juni juli augustus september oktober november december january february march may june july august october
  de het een en in op is dit dat deze die er we wij ik je jij u hij zij ze hoe wat waar wanneer waarom wie welke kan kun kunnen mag moet graag hoi hallo hi hello dag beste geachte dear goedemorgen goedemiddag dank bedankt thanks thank please the a an this that it there they you he she how what where when why who can could may our my mijn onze no nee ja yes met voor van naar kamer room gebouw building zaal`.split(
    /\s+/,
  ),
);

/** Takes personal data out of a text. Takes bounded time, whatever the text. */
export function mask(text: string, options: MaskOptions = {}): Masked {
  let taken: Found[] = [];
  // What overlaps is one: a part of a number left over would still point at somebody.
  const take = (mark: Mark, from: number, to: number): void => {
    const touched = taken.filter((it) => it.from < to && from < it.to);
    if (touched.length > 0) taken = taken.filter((it) => !touched.includes(it));
    const [first] = touched;
    const all = [...touched, { from, to }];
    taken.push({
      mark: first?.mark ?? mark,
      from: Math.min(...all.map((it) => it.from)),
      to: Math.max(...all.map((it) => it.to)),
    });
  };
  for (const [mark, shape] of SHAPES) {
    for (const match of text.matchAll(shape)) if (!isDay(match[0])) take(mark, match.index, match.index + match[0].length);
  }
  for (const found of namesIn(text, options.names ?? [])) take('name', found.from, found.to);
  taken.sort((a, b) => a.from - b.from);

  const placeholders = new Map<string, string>();
  const counts = new Map<Mark, number>();
  let masked = '';
  let from = 0;
  for (const it of taken) {
    const original = text.slice(it.from, it.to);
    let placeholder = placeholders.get(original);
    if (placeholder === undefined) {
      counts.set(it.mark, (counts.get(it.mark) ?? 0) + 1);
      placeholder = `[${it.mark} ${counts.get(it.mark)}]`;
      placeholders.set(original, placeholder);
    }
    masked += text.slice(from, it.from) + placeholder;
    from = it.to;
  }
  masked += text.slice(from);
  const originals = new Map([...placeholders].map(([original, placeholder]) => [placeholder, original]));
  return { text: masked, restore: (other) => other.replace(PLACEHOLDER, (placeholder) => originals.get(placeholder) ?? placeholder) };
}

/** The same for learning: what was taken out leaves no word behind, because "phone" would then be a word of every product. */
export function maskForLearning(text: string, options: MaskOptions = {}): string {
  return mask(text, options)
    .text.replace(PLACEHOLDER, '…')
    .replace(/[^\S\n]+/g, ' ')
    .trim();
}

function isDay(text: string): boolean {
  const day = DAY.exec(text);
  if (!day) return false;
  const [, first = '', second = '', end = '', isoYear, isoMonth, isoDay] = day;
  const year = isoYear ?? (end.length === 2 ? `20${end}` : end);
  return (
    Number(isoDay ?? first) <= 31 && Number(isoMonth ?? second) <= 12 && Number(year) >= OLDEST_YEAR && Number(year) < OLDEST_YEAR + 50
  );
}

function* namesIn(text: string, known: readonly string[]): Generator<{ readonly from: number; readonly to: number }> {
  const whole = (match: RegExpExecArray) => ({ from: match.index, to: match.index + match[0].length });
  for (const name of known) {
    for (const part of [name, ...name.split(/[\s-]+/).filter((word) => [...word].length > 2 && !NO_NAMES.has(word.toLowerCase()))]) {
      if (part.trim() === '') continue;
      const pattern = new RegExp(String.raw`(?<!\p{L})${part.trim().replace(/[.*+?^${'$'}{}()|[\]\\]/g, '\\$&')}(?!\p{L})`, 'giu');
      for (const match of text.matchAll(pattern)) yield whole(match);
    }
  }
  for (const match of text.matchAll(INTRODUCED)) yield whole(match);
  for (const match of text.matchAll(TITLED)) if (!isNoName(match[0])) yield whole(match);
  for (const match of text.matchAll(IN_A_ROW)) {
    // What begins a sentence is capitalised anyway: it counts when it is a name.
    const words = match[0].split(' ');
    let skip = 0;
    while (skip < words.length && isNoName(words[skip] ?? '')) skip += 1;
    const [first = ''] = words.slice(skip);
    if (beginsSentence(text, match.index) && skip === 0 && !FIRST_NAMES.has(first.toLowerCase())) skip += 1;
    const rest = words.slice(skip);
    const people = rest.filter((word) => /^\p{Lu}/u.test(word));
    if (people.length === 0 || people.some(isNoName) || (people.length < 2 && !FIRST_NAMES.has((people[0] ?? '').toLowerCase()))) continue;
    const from = match.index + words.slice(0, skip).reduce((sum, word) => sum + word.length + 1, 0);
    yield { from, to: match.index + match[0].length };
  }
  for (const match of text.matchAll(ALONE)) if (FIRST_NAMES.has(match[0].toLowerCase()) && !isNoName(match[0])) yield whole(match);
  for (const match of text.matchAll(SMALL)) if (FIRST_NAMES.has(match[0].toLowerCase()) && !isNoName(match[0])) yield whole(match);
}

function isNoName(words: string): boolean {
  return words.split(' ').every((word) => NO_NAMES.has(word.toLowerCase()));
}

function beginsSentence(text: string, at: number): boolean {
  return /(?:^|[.!?\n]\s*)$/.test(text.slice(Math.max(0, at - 3), at));
}
