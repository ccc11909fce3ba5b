import type { CaseId, PersonId } from '../domain/index.ts';
import type { News } from '../register/index.ts';

/** Told every 20 seconds by a page that is open; who was not heard of for so long is gone: a page that was closed hard, a phone that sleeps. */
const LASTS_MS = 45_000;

type Told = Extract<News, { kind: 'presence' }>;
type Doing = Exclude<Told['doing'], 'left'>;

/** Who has a case open now, and whether he writes. */
export interface Present {
  readonly case: CaseId;
  readonly person: PersonId;
  readonly name: string;
  readonly doing: Doing;
}

/** Who looks at which case, as every process hears it. It is kept in memory alone, and only for as long as it is true. */
export class Presence {
  readonly #now: () => number;
  readonly #cases = new Map<
    CaseId,
    Map<PersonId, { readonly team: string; readonly name: string; readonly doing: Doing; readonly until: number }>
  >();

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** @returns whether that is something new to those who watch */
  hear({ case: id, team, person, name, doing }: Told): boolean {
    this.#forget();
    const there = this.#cases.get(id) ?? new Map();
    const before = there.get(person);
    if (doing === 'left') {
      there.delete(person);
      if (there.size === 0) this.#cases.delete(id);
      return before !== undefined;
    }
    there.set(person, { team, name, doing, until: this.#now() + LASTS_MS });
    this.#cases.set(id, there);
    return before?.doing !== doing;
  }

  /** Those at the cases of these teams. */
  of(teams: ReadonlySet<string>): Present[] {
    this.#forget();
    return [...this.#cases].flatMap(([id, there]) =>
      [...there].flatMap(([person, { team, name, doing }]) => (teams.has(team) ? [{ case: id, person, name, doing }] : [])),
    );
  }

  #forget(): void {
    for (const [id, there] of this.#cases) {
      for (const [person, { until }] of there) if (until <= this.#now()) there.delete(person);
      if (there.size === 0) this.#cases.delete(id);
    }
  }
}
