import { foldLetters, type Phrase } from '../catalogue/index.ts';
import type { WordTable } from './danger-words.ts';

/** Where phrases are found in what somebody wrote. Everything is bounded: a message may be long, or hostile. */

/** Words of one sentence that are looked at together; a sentence without end is cut in such pieces. */
const SENTENCE_WORDS = 60;
const MOST_WORDS = 2_500;
const MOST_LETTERS = 20_000;
/** Words that a gap may hold. */
const GAP = 4;
/** Words that may lie between two parts of a phrase. */
const APART = 10;

export interface Sentence {
  readonly words: readonly string[];
  /** Which clause of the sentence each word stands in. */
  readonly clauses: readonly number[];
}

/** A phrase whose words are numbers of the table. */
export interface Compiled {
  readonly whole: boolean;
  readonly parts: readonly (readonly Item[])[];
  /** Of each of these one must be in the sentence: without, it need not be looked for. */
  readonly needed: readonly (readonly number[])[];
}

/** A sentence's words as the phrase words that each of them is, and all of these together. */
export interface Words {
  readonly each: readonly ReadonlySet<number>[];
  readonly all: ReadonlySet<number>;
}

type Item = { readonly options: readonly (readonly number[])[]; readonly optional: boolean } | 'gap';

/** Places of words, first to last (inclusive), where a phrase stands. */
export interface Found {
  readonly spans: readonly { readonly from: number; readonly to: number }[];
}

export function compile(phrase: Phrase, table: WordTable): Compiled {
  const parts = phrase.parts.map((items) =>
    items.map((item): Item => {
      if (item.kind === 'gap') return 'gap';
      return { options: item.options.map((words) => words.map((word) => table.add(word))), optional: item.optional };
    }),
  );
  const needed = parts.flatMap((items) =>
    items.flatMap((item) =>
      item === 'gap' || item.optional ? [] : [item.options.flatMap(([first]) => (first === undefined ? [] : [first]))],
    ),
  );
  return { whole: phrase.whole, parts, needed };
}

export function readWords(each: readonly ReadonlySet<number>[]): Words {
  return { each, all: new Set(each.flatMap((ids) => [...ids])) };
}

/** The sentences of a text, as words without case, accents and punctuation. */
export function sentencesOf(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  let left = MOST_WORDS;
  for (const sentence of foldLetters(text.slice(0, MOST_LETTERS)).split(/(?<!\d)[.:](?!\d)|[.:](?=\s|$)|[?!;\n]+/u)) {
    let words: string[] = [];
    let clauses: number[] = [];
    let clause = 0;
    const end = () => {
      if (words.length > 0) sentences.push({ words, clauses });
      words = [];
      clauses = [];
    };
    for (const [token] of sentence.matchAll(/[\p{L}\p{N}]+|,/gu)) {
      if (left <= 0) break;
      if (token === ',' || token === 'maar' || token === 'but') clause++;
      if (token === ',') continue;
      words.push(token);
      clauses.push(clause);
      left--;
      if (words.length === SENTENCE_WORDS) end();
    }
    end();
  }
  return sentences;
}

/** Every place where a phrase stands. */
export function find(phrase: Compiled, { each: words, all }: Words): Found[] {
  if (!phrase.needed.every((ids) => ids.some((id) => all.has(id)))) return [];
  if (phrase.whole) return findWhole(phrase.parts[0] ?? [], words);
  const [first, ...others] = phrase.parts.map((part) => spansOf(part, words));
  let found: Found[] = (first ?? []).map((span) => ({ spans: [span] }));
  for (const spans of others) {
    found = found.flatMap((before) => spans.filter((span) => isNear(span, before)).map((span) => ({ spans: [...before.spans, span] })));
  }
  return found;
}

function isNear(span: Found['spans'][number], { spans }: Found): boolean {
  return spans.every((it) => span.from > it.to || span.to < it.from) && spans.some((it) => distance(it, span) <= APART);
}

function distance(a: Found['spans'][number], b: Found['spans'][number]): number {
  return a.to < b.from ? b.from - a.to - 1 : a.from - b.to - 1;
}

function spansOf(part: readonly Item[], words: readonly ReadonlySet<number>[]): Found['spans'][number][] {
  const inner = trimmed(part);
  const spans: Found['spans'][number][] = [];
  for (let from = 0; from < words.length; from++) {
    const end = Math.min(...ends(inner, words, from));
    if (Number.isFinite(end) && end > from) spans.push({ from, to: end - 1 });
  }
  return spans;
}

function findWhole(part: readonly Item[], words: readonly ReadonlySet<number>[]): Found[] {
  const inner = trimmed(part);
  const starts = part[0] === 'gap' ? words.map((_, i) => i) : [0];
  for (const from of starts) {
    const all = [...ends(inner, words, from)];
    const end = part.at(-1) === 'gap' ? Math.max(...all) : all.find((it) => it === words.length);
    if (end !== undefined && Number.isFinite(end) && end > from) return [{ spans: [{ from, to: end - 1 }] }];
  }
  return [];
}

/** Without the gaps at its edges. */
function trimmed(part: readonly Item[]): readonly Item[] {
  return part.slice(part[0] === 'gap' ? 1 : 0, part.at(-1) === 'gap' ? -1 : undefined);
}

/** Where a part may end that begins at a word: the places after its last word. */
function ends(items: readonly Item[], words: readonly ReadonlySet<number>[], from: number): ReadonlySet<number> {
  let places = new Set([from]);
  for (const item of items) {
    const next = new Set<number>();
    for (const at of places) {
      if (item === 'gap') for (let skip = 0; skip <= GAP && at + skip <= words.length; skip++) next.add(at + skip);
      else {
        if (item.optional) next.add(at);
        for (const option of item.options) if (option.every((word, i) => words[at + i]?.has(word))) next.add(at + option.length);
      }
    }
    if (next.size === 0) return next;
    places = next;
  }
  return places;
}

/**
 * The words that an exception covers: from its first to its last; a gap at its beginning or end reaches to the edge of the clause.
 */
export function covered(phrase: Compiled, found: Found, { clauses }: Sentence): { readonly from: number; readonly to: number } {
  let from = Math.min(...found.spans.map((span) => span.from));
  let to = Math.max(...found.spans.map((span) => span.to));
  const clauseAt = (at: number) => clauses[at] ?? 0;
  if (phrase.parts.some((part) => part[0] === 'gap')) {
    const clause = clauseAt(from);
    while (from > 0 && clauseAt(from - 1) === clause) from--;
  }
  if (phrase.parts.some((part) => part.at(-1) === 'gap')) {
    const clause = clauseAt(to);
    while (to < clauses.length - 1 && clauseAt(to + 1) === clause) to++;
  }
  return { from, to };
}
