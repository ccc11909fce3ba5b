import { type Catalogue, type Danger, foldLetters, namesOf, parsePhrase, plainWords, type Site, siteNamed } from '../catalogue/index.ts';
import { LANGUAGES, type Language } from '../domain/index.ts';
import { type Compiled, compile, covered, type Found, find, readWords, type Sentence, sentencesOf, type Words } from './danger-phrases.ts';
import { WordTable } from './danger-words.ts';

/**
 * Danger in what somebody writes: fire, somebody unwell, stuck in a lift, gas, violence; and harassment and distress. Looked at before
 * everything else, so it asks no model and no register: phrases of the organisation's configuration, and exceptions to them
 * (drills, procedures, what is past). A miss is worse than a false alarm, so an exception only takes away what it covers.
 */
export interface FoundDanger {
  readonly danger: Danger;
  /** The language of the phrase; null when it is recognised in both. */
  readonly language: Language | null;
  /** The words by which it was recognised. */
  readonly words: string;
}

interface Rules {
  readonly dangers: readonly { readonly danger: Danger; readonly phrases: Indexed; readonly not: readonly Compiled[] }[];
  readonly not: readonly Compiled[];
  readonly past: readonly Compiled[];
  readonly now: readonly Compiled[];
  readonly table: WordTable;
}

interface Rule {
  readonly language: Language;
  readonly phrase: Compiled;
}

/** Rules by a word that each of them needs: of hundreds only a few can stand in a sentence. */
interface Indexed {
  readonly rules: readonly Rule[];
  /** Their places in `rules`. */
  readonly byWord: ReadonlyMap<number, readonly number[]>;
  /** Those that need no word in particular. */
  readonly always: readonly number[];
}

const compiled = new WeakMap<Catalogue, Rules>();

/** The danger that a text speaks of; the first of the configuration when there are several. */
export function dangerIn(catalogue: Catalogue, text: string): FoundDanger | null {
  if (catalogue.organisation.dangers.length === 0) return null;
  const rules = rulesOf(catalogue);
  const known = new Map<string, ReadonlySet<number>>();
  const read = sentencesOf(text).map((sentence) => {
    const words = sentence.words.map((word) => {
      const ids = known.get(word) ?? rules.table.match(word);
      known.set(word, ids);
      return ids;
    });
    return { sentence, words: readWords(words) };
  });
  for (const { danger, phrases, not } of rules.dangers) {
    const found = read.flatMap(({ sentence, words }) => {
      const hits = candidates(phrases, words).flatMap(({ language, phrase }) => find(phrase, words).map((hit) => ({ language, hit })));
      if (hits.length === 0 || (danger.kind === 'alarm' && isPast(rules, words))) return [];
      const ordinary = [...rules.not, ...not].flatMap((phrase) => find(phrase, words).map((it) => covered(phrase, it, sentence)));
      return hits
        .filter(({ hit }) => !ordinary.some((it) => hit.spans.some((span) => span.from <= it.to && span.to >= it.from)))
        .map(({ language, hit }) => ({ language, words: wordsOf(hit, sentence) }));
    });
    const [first] = found;
    if (first) return { danger, words: first.words, language: found.every((it) => it.language === first.language) ? first.language : null };
  }
  return null;
}

function indexed(rules: readonly Rule[]): Indexed {
  const byWord = new Map<number, number[]>();
  const always: number[] = [];
  rules.forEach(({ phrase: { needed } }, at) => {
    const [first] = needed;
    if (!first) always.push(at);
    for (const word of first ?? []) byWord.set(word, [...(byWord.get(word) ?? []), at]);
  });
  return { rules, byWord, always };
}

/** Those that may stand in a sentence, in their order. */
function candidates({ rules, byWord, always }: Indexed, { all }: Words): readonly Rule[] {
  const places = new Set(always);
  for (const word of all) for (const at of byWord.get(word) ?? []) places.add(at);
  return [...places].sort((a, b) => a - b).flatMap((at) => rules[at] ?? []);
}

/** What is said to have been is no alarm, unless the same sentence speaks of now. */
function isPast({ past, now }: Rules, words: Words): boolean {
  return past.some((phrase) => find(phrase, words).length > 0) && !now.some((phrase) => find(phrase, words).length > 0);
}

function wordsOf({ spans }: Found, { words }: Sentence): string {
  return spans.map(({ from, to }) => words.slice(from, to + 1).join(' ')).join(' … ');
}

/** The number to call: of the site that the text names, else the one for everywhere. */
export function numberFor({ numbers }: Danger, text: string, sites: readonly Site[] = []): string {
  const said = ` ${plainWords(text)} `;
  const here = siteNamed(sites, text);
  const of = here ? new Set(namesOf(here)) : null;
  const named = numbers.find(({ site }) => site !== undefined && (said.includes(` ${plainWords(site)} `) || of?.has(plainWords(site))));
  return (named ?? numbers.find(({ site }) => !site) ?? numbers[0])?.number ?? '';
}

function rulesOf(catalogue: Catalogue): Rules {
  const had = compiled.get(catalogue);
  if (had) return had;
  const { dangers, dangerRules } = catalogue.organisation;
  const table = new WordTable(wordsUsed(catalogue));
  const compileAll = (texts: readonly string[]): Compiled[] =>
    texts.flatMap((text) => {
      const parsed = parsePhrase(text, dangerRules.words);
      // The check of the catalogue names what is wrong; here a wrong phrase must not take the others away.
      return parsed.kind === 'ok' ? [compile(parsed.phrase, table)] : [];
    });
  const both = (lists: Readonly<Record<Language, readonly string[]>>) => LANGUAGES.flatMap((language) => compileAll(lists[language]));
  const rules: Rules = {
    dangers: dangers.map((danger) => ({
      danger,
      phrases: indexed(LANGUAGES.flatMap((language) => compileAll(danger.phrases[language]).map((phrase) => ({ language, phrase })))),
      not: both(danger.not),
    })),
    not: both(dangerRules.not),
    past: both(dangerRules.past),
    now: both(dangerRules.now),
    table,
  };
  compiled.set(catalogue, rules);
  return rules;
}

/** The words of the catalogue's own texts: whoever writes one of them has not mistyped another. */
function wordsUsed({ products, organisation }: Catalogue): ReadonlySet<string> {
  const used = new Set<string>();
  const once = new Set<string>();
  const add = (texts: readonly string[]) => {
    // What stands there once may be mistyped itself: the examples are written as people type.
    for (const text of texts) for (const word of foldLetters(text).match(/[\p{L}\p{N}]+/gu) ?? []) (once.has(word) ? used : once).add(word);
  };
  for (const language of LANGUAGES) {
    for (const { name, description, synonyms, examples, answers } of products) {
      add([name[language], description[language], ...synonyms[language], ...Object.values(examples[language]).flat()]);
      for (const { questions, text } of answers) add([...questions[language], text[language]]);
    }
    for (const { questions, text } of organisation.answers) add([...questions[language], text[language]]);
  }
  return used;
}
