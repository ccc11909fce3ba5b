import { nearest } from './nearest.ts';
import { didYouMean } from './problem.ts';

/**
 * Phrases by which danger is recognised, as a facility employee writes them (FORMAT.md): plain words, `(a|b c)` for one of
 * several, `[word]` for what may be left out, `...` for a few words between, `+` for "and in the same sentence, in any order",
 * `word*` for a beginning, `<name>` for a list of words that has a name, and `=` in front for "that is all it says".
 */
export interface Phrase {
  /** It must be the whole sentence; a gap at its beginning or end lets anything stand there. */
  readonly whole: boolean;
  /** Each must be found; more than one stand in any order. */
  readonly parts: readonly (readonly PhraseItem[])[];
}

export type PhraseItem =
  | { readonly kind: 'gap' }
  /** One of several sequences of words; a word may begin or end with `*`. */
  | { readonly kind: 'words'; readonly options: readonly (readonly string[])[]; readonly optional: boolean };

/** Lists of words by the name that phrases call them by. */
export type NamedWords = Readonly<Record<string, readonly string[]>>;

export type ParsedPhrase =
  | { readonly kind: 'ok'; readonly phrase: Phrase }
  | { readonly kind: 'wrong'; readonly message: string; readonly hint?: string | undefined };

const TOKENS = /\.\.\.|…|[()[\]|+=]|<[^<>\s]*>|\*?[\p{L}\p{N}]+\*?|\S/gu;
const WORD = /^\*?[\p{L}\p{N}]+\*?$/u;

/** Lower case, without diacritics and apostrophes ("can’t" is `cant`), so that words are compared and not their dress. */
export function foldLetters(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/(?<=\p{L})['’‘`´](?=\p{L})/gu, '');
}

/** Reads a phrase; what is wrong is said so that its writer can mend it. */
export function parsePhrase(text: string, named: NamedWords): ParsedPhrase {
  const tokens = foldLetters(text).match(TOKENS) ?? [];
  const whole = tokens[0] === '=';
  const parts: PhraseItem[][] = [];
  let items: PhraseItem[] = [];
  for (let at = whole ? 1 : 0; at < tokens.length; at++) {
    const token = tokens[at] ?? '';
    if (token === '+') {
      parts.push(items);
      items = [];
    } else if (token === '...' || token === '…') items.push({ kind: 'gap' });
    else if (token === '(' || token === '[') {
      const close = token === '(' ? ')' : ']';
      const end = tokens.findIndex((other, i) => i > at && other === close);
      if (end < 0) return wrong(`has a "${token}" without "${close}"`);
      const options = readOptions(tokens.slice(at + 1, end), named);
      if (typeof options === 'string') return wrong(options, hintFor(options, named));
      items.push({ kind: 'words', options, optional: token === '[' });
      at = end;
    } else {
      const options = readOptions([token], named);
      if (typeof options === 'string') return wrong(options, hintFor(options, named));
      items.push({ kind: 'words', options, optional: false });
    }
  }
  parts.push(items);
  if (whole && parts.length > 1) return wrong('cannot have both "=" and "+"');
  if (parts.some((part) => !part.some((item) => item.kind === 'words' && !item.optional)))
    return wrong('names no word that must stand there');
  return { kind: 'ok', phrase: { whole, parts } };
}

/** The sequences of words between two brackets, or what is wrong with them. */
function readOptions(tokens: readonly string[], named: NamedWords): string[][] | string {
  const options: string[][] = [];
  let words: string[] = [];
  for (const token of [...tokens, '|']) {
    if (token === '|') {
      if (words.length > 0) options.push(words);
      words = [];
    } else if (token.startsWith('<')) {
      const list = named[token.slice(1, -1)];
      if (!list) return `knows no words called ${token}`;
      for (const entry of list) options.push(foldLetters(entry).match(/\*?[\p{L}\p{N}]+\*?/gu) ?? []);
    } else if (WORD.test(token)) words.push(token);
    else return `has a "${token}" where a word should be`;
  }
  return options.length > 0 ? options.filter((option) => option.length > 0) : 'has brackets with nothing between them';
}

function wrong(message: string, hint?: string): ParsedPhrase {
  return { kind: 'wrong', message, hint };
}

function hintFor(message: string, named: NamedWords): string | undefined {
  const name = /<(.*)>$/.exec(message)?.[1];
  if (name === undefined) return undefined;
  return didYouMean(nearest(name, Object.keys(named))) ?? `known: ${Object.keys(named).join(', ')}`;
}
