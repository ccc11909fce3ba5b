import { sql } from 'kysely';
import type { Database } from './database.ts';

/** Changes in one transaction. */
const BATCH = 200;
/** More words than these are not looked at: so many are hardly all in one case. */
const MAX_WORDS = 8;
const LONGEST = 60;

/**
 * The months in which is looked one after the other until a page is full, counted back from the newest: a common word fills its page from the
 * first, a rare one costs a look into all. Each number is where a stretch ends, exclusive.
 */
export const STRETCHES = [1, 4, 16, Number.POSITIVE_INFINITY] as const;

/** Keeps what is searched up to date, apart from the turns that change it: a turn only notes which cases it touched. */
export class Search {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Works off what has changed since. @returns how many changes there were */
  async index(): Promise<number> {
    let all = 0;
    for (;;) {
      const { rows } = await sql<{ changes: number }>`select index_for_search(${BATCH}) as changes`.execute(this.#db);
      const changes = rows[0]?.changes ?? 0;
      all += changes;
      if (changes < BATCH) return all;
    }
  }
}

/** The words of what somebody looks for; none when there is nothing to look for. */
export function searchWords(text: string): readonly string[] {
  // A reference may be typed with blanks: it is one word.
  const joined = text.replaceAll('\u0000', '').replace(/\bsd[\s-]+([0-9a-z]{4})[\s-]+([0-9a-z]{4})\b/giu, 'SD-$1-$2');
  const words = joined.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}.\-/@_]*/gu) ?? [];
  return words.map((word) => word.replace(/[.\-/@_]+$/u, '').slice(0, LONGEST)).slice(0, MAX_WORDS);
}
