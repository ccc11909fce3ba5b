/**
 * Words of a message against words of phrases: as written, by beginning or end, and with a typing error. A short word is only
 * forgiven a swap or a doubled letter, because one letter more makes another word ("brand", "band"); and a word that the
 * organisation itself uses is no typing error at all.
 */
export class WordTable {
  readonly #exact = new Map<string, number>();
  readonly #loose: { readonly id: number; readonly text: string; readonly head: boolean; readonly tail: boolean }[] = [];
  readonly #forgiving = new Map<string, { readonly id: number; readonly text: string; readonly beginning: boolean }[]>();
  readonly #known: ReadonlySet<string>;
  readonly #ids = new Map<string, number>();

  /** @param known words that are right as they stand */
  constructor(known: ReadonlySet<string>) {
    this.#known = known;
  }

  /** The number of a phrase's word. */
  add(written: string): number {
    const had = this.#ids.get(written);
    if (had !== undefined) return had;
    const id = this.#ids.size;
    this.#ids.set(written, id);
    const head = written.startsWith('*');
    const tail = written.endsWith('*');
    const text = written.replaceAll('*', '');
    if (head || tail) this.#loose.push({ id, text, head, tail });
    else this.#exact.set(text, id);
    const first = text[0] ?? '';
    if (!head && text.length >= SHORTEST) {
      const bucket = this.#forgiving.get(first) ?? [];
      bucket.push({ id, text, beginning: tail });
      this.#forgiving.set(first, bucket);
    }
    return id;
  }

  /** The numbers of all phrase words that a word of the message is. */
  match(token: string): ReadonlySet<number> {
    const found = new Set<number>();
    for (const word of spellings(token)) {
      const id = this.#exact.get(word);
      if (id !== undefined) found.add(id);
      for (const { id: other, text, head, tail } of this.#loose) {
        if (head && tail ? word.includes(text) : head ? word.endsWith(text) : word.startsWith(text)) found.add(other);
      }
    }
    if (this.#known.has(token) || this.#exact.has(token) || token.length < SHORTEST - 1) return found;
    const letters = new Set([token[0] ?? '', token[1] ?? '']);
    for (const letter of letters) {
      for (const { id, text, beginning } of this.#forgiving.get(letter) ?? []) if (isSlip(token, text, beginning)) found.add(id);
    }
    return found;
  }
}

/** Shorter words than this must be right. */
const SHORTEST = 4;
/** From so many letters on, one may be too many or too few; from the second any may be wrong, from the third two ("gezond" is not "gewond"). */
const ONE_LEFT = 6;
const ONE_WRONG = 9;
const TWO_WRONG = 12;

/** "braaand" is "brand" and "heeelp" "help": three of a letter are one or two. */
function spellings(token: string): readonly string[] {
  if (!/(.)\1\1/.test(token)) return [token];
  return [token, token.replace(/(.)\1{2,}/g, '$1$1'), token.replace(/(.)\1{2,}/g, '$1')];
}

function isSlip(token: string, word: string, beginning: boolean): boolean {
  if (beginning && word.length >= ONE_LEFT) {
    return [0, 1, -1].some((more) => token.length >= word.length + more && isSlip(token.slice(0, word.length + more), word, false));
  }
  if (beginning) return false;
  if (isSwap(token, word) || undouble(token) === undouble(word)) return true;
  if (word.length < ONE_LEFT || (word.length < ONE_WRONG && token.length === word.length)) return false;
  const allowed = word.length >= TWO_WRONG ? 2 : 1;
  if (Math.abs(token.length - word.length) > allowed) return false;
  return token[0] === word[0] && distance(token, word) <= allowed;
}

function undouble(word: string): string {
  return word.replace(/(.)\1+/g, '$1');
}

/** The same letters but for two neighbours that changed places. */
function isSwap(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const at = [...a].findIndex((letter, i) => letter !== b[i]);
  return at >= 0 && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/** Letters changed, added or left out, and neighbours swapped. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(replace, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}
