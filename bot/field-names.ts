import { ENDS, type Mention, MONTHS, plain, WEEKDAYS } from './field-words.ts';

/** Free text and names that a field's `find` words announce: "naar Utrecht", "voor Jan de Vries". */

const END_WORDS = new Set(ENDS);
/** What follows "to" or "naar" but is no value; an infinitive after "to" above all. */
const NO_VALUES = new Set(
  [
    'mijn jouw je jullie die dat dit deze wat hoe waar aanleiding boven beneden buiten binnen toe wens behoren elkaar hem haar ons mij me u hier daar',
    'my your our his her their that this what how where there here be do go get have has make know see use take send come ask order request report book',
    'reserve rent hire arrange cancel change travel drive bring pick find need want work start stop meet visit buy call say tell give help move park pay',
  ]
    .join(' ')
    .split(' '),
);
const ARTICLES = new Set("de het een the a an 't".split(' '));
const MOST_WORDS = 6;
const PARTICLES = new Set("van de der den ter ten te het 't la le el al bin ben von du di da dos of".split(' '));
const MOST_LETTERS = 40;

/** What stands after one of the words, until something else begins; null when nothing fits. */
export function textAfter(words: readonly string[], text: string): string | null {
  for (const start of startsAfter(words, text)) {
    const value = valueFrom(text, start);
    if (value !== null) return value;
  }
  return null;
}

/** A name (words with a capital, joined by "van de" and the like) after one of the words; null when there is none. */
export function nameAfter(words: readonly string[], text: string): string | null {
  for (const start of startsAfter(words, text)) {
    const name: string[] = [];
    for (const word of wordsFrom(text, start, MOST_WORDS)) {
      const bare = word.replace(/[,.;:!?)]+$/, '');
      const capital = /^\p{Lu}[\p{L}.'’-]*$/u.test(bare);
      if (!capital && !(name.length > 0 && PARTICLES.has(bare.toLowerCase()))) break;
      name.push(/^\p{Lu}\.?$/u.test(bare) ? word.replace(/[,;:!?)]+$/, '') : bare);
      if (bare !== word && !/^\p{Lu}\.$/u.test(word)) break;
    }
    while (name.length > 0 && PARTICLES.has((name.at(-1) ?? '').toLowerCase())) name.pop();
    if (name.length > 0 && !(name.length === 1 && isDayWord(name[0] ?? ''))) return name.join(' ');
  }
  return null;
}

/** The first mention that one of the words announces. */
export function announced<M extends Mention>(mentions: readonly M[], words: readonly string[], text: string): M | null {
  const searched = plain(text);
  const ends = words.map((word) => plain(word));
  return (
    mentions.find(({ index, end }) => {
      const before = searched
        .slice(Math.max(0, index - MOST_LETTERS), index)
        .replace(/(?: (?:de|het|the|uiterlijk|ongeveer|circa|about|kamer|zaal|room))* $/, '');
      // "Bij de receptie" has its word in itself.
      if (ends.some((word) => searched.slice(index, end).startsWith(`${word} `))) return true;
      return ends.some((word) => before === word || before.endsWith(` ${word}`) || before.endsWith(`\n${word}`));
    }) ?? null
  );
}

function startsAfter(words: readonly string[], text: string): number[] {
  const searched = plain(text);
  const starts: number[] = [];
  for (const word of words.map((it) => plain(it).trim()).filter(Boolean)) {
    for (let at = searched.indexOf(word); at >= 0; at = searched.indexOf(word, at + word.length)) {
      const end = at + word.length;
      if (!/\w/.test(searched[at - 1] ?? ' ') && /^\.?[ :\n]/.test(searched.slice(end, end + 2))) starts.push(end + 1);
    }
  }
  return starts.sort((a, b) => a - b);
}

function valueFrom(text: string, start: number): string | null {
  const value: string[] = [];
  for (const word of wordsFrom(text, start, MOST_WORDS)) {
    const bare = word.replace(/[,;:!?)]+$|\.+$/, '');
    const lower = plain(bare);
    if (
      bare === '' ||
      (END_WORDS.has(lower) && !isCapitalInside(bare, value)) ||
      (value.length === 0 && NO_VALUES.has(lower)) ||
      /^\d{1,2}[:.]\d\d$/.test(bare)
    )
      break;
    // "3.14 graag": what begins as a code goes on as one.
    if (value.length > 0 && /\d/.test(value[0] ?? '') && !/\d|^\p{Lu}{1,3}$/u.test(bare)) break;
    value.push(bare);
    if (bare !== word) break;
  }
  while (value.length > 0 && ARTICLES.has(plain(value.at(-1) ?? ''))) value.pop();
  return value.length === 0 ? null : value.join(' ');
}

/** "Bergen op Zoom" aside, an end word with a capital begins no name in the middle of one; "Den" and "Van" do. */
function isCapitalInside(word: string, value: readonly string[]): boolean {
  return value.length > 0 && /^(?:Van|Aan|Op|Bij|In|On|At)$/.test(word);
}

function wordsFrom(text: string, start: number, most: number): string[] {
  const [line = ''] = text.slice(start, start + most * MOST_LETTERS).split('\n');
  return line.trim().split(/\s+/).slice(0, most);
}

/** "for December" names nobody; "April Jansen" and "Jan" are people. */
function isDayWord(word: string): boolean {
  const lower = plain(word);
  return WEEKDAYS.has(lower) || (MONTHS.has(lower) && (lower.length > 3 || lower === 'may'));
}
