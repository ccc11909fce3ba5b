import type { CaseId, Disruption, DisruptionEnd, DisruptionId, Kind, Reference } from '../domain/index.ts';
import type { Database } from './database.ts';

/** A disruption as the backoffice looks at it. */
export interface RunningDisruption extends Disruption {
  readonly declaredAt: Date;
  /** How many reports are linked to it, its own case not counted. */
  readonly linked: number;
}

/** A report of the last while that is linked to nothing. */
export interface RecentReport {
  readonly id: CaseId;
  readonly reference: Reference;
  readonly title: string;
  readonly team: string;
  readonly product: string;
  readonly kind: Kind;
  readonly text: string;
  readonly values: Readonly<Record<string, string>>;
}

/** More reports than this of one while are as good as these. */
const RECENT = 500;

export class Disruptions {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Those that run, the newest first. */
  async running(): Promise<RunningDisruption[]> {
    const rows = await this.#disruptions().where('d.ended_at', 'is', null).orderBy('d.declared_at', 'desc').execute();
    return rows.map((row) => ({ ...disruptionOf(row), declaredAt: row.declared_at, linked: Number(row.linked) }));
  }

  /** The disruption that was last declared on a case, and how it ended; `end` is null while it runs. */
  async ofCase(id: CaseId): Promise<Ended | null> {
    const row = await this.#ended().where('d.case_id', '=', id).orderBy('d.declared_at', 'desc').limit(1).executeTakeFirst();
    return row ? withEnd(row) : null;
  }

  /** The same of a disruption. */
  async byId(id: DisruptionId): Promise<Ended | null> {
    const row = await this.#ended().where('d.id', '=', id).executeTakeFirst();
    return row ? withEnd(row) : null;
  }

  /** Cases that are linked to it, in the order of their ids. */
  async linked(id: DisruptionId, after: CaseId | null, limit: number): Promise<CaseId[]> {
    let query = this.#db.selectFrom('cases').select('id').where('disruption_id', '=', id);
    if (after) query = query.where('id', '>', after);
    const rows = await query.orderBy('id').limit(limit).execute();
    return rows.map((row) => row.id);
  }

  /** Reports since a moment that people have still to look at or work on, the oldest first. Restricted ones are nobody's pattern. */
  async recent(since: Date): Promise<RecentReport[]> {
    const rows = await this.#db
      .selectFrom('cases')
      .select(['id', 'reference', 'title', 'team', 'product', 'kind', 'text', 'values', 'opened_at'])
      .where('opened_at', '>=', since)
      .where('state', 'in', ['queued', 'claimed'])
      .where('disruption_id', 'is', null)
      .where('restricted', '=', false)
      .where('product', 'is not', null)
      .orderBy('opened_at')
      .limit(RECENT)
      .execute();
    return rows.flatMap(({ product, opened_at: _, ...row }) => (product === null ? [] : [{ ...row, product }]));
  }

  #ended() {
    return this.#disruptions().select(['d.ended_at', 'd.outcome']);
  }

  #disruptions() {
    return this.#db
      .selectFrom('disruptions as d')
      .innerJoin('cases as c', 'c.id', 'd.case_id')
      .select((eb) => [
        'd.id',
        'd.case_id',
        'c.reference',
        'c.team',
        'd.product',
        'd.announced',
        'd.place',
        'd.title',
        'd.expected_by',
        'd.declared_at',
        eb
          .selectFrom('cases as l')
          .select((count) => count.fn.countAll().as('count'))
          .whereRef('l.disruption_id', '=', 'd.id')
          .as('linked'),
      ]);
  }
}

/** A disruption and how it ended; null while it runs. */
interface Ended {
  readonly disruption: Disruption;
  readonly end: DisruptionEnd | null;
}

function withEnd(row: Parameters<typeof disruptionOf>[0] & { readonly ended_at: Date | null; readonly outcome: string | null }): Ended {
  const end: DisruptionEnd | null =
    row.ended_at === null ? null : row.outcome === null ? { kind: 'dissolved' } : { kind: 'solved', text: row.outcome };
  return { disruption: disruptionOf(row), end };
}

function disruptionOf(row: {
  readonly id: DisruptionId;
  readonly case_id: CaseId;
  readonly reference: Reference;
  readonly team: string;
  readonly product: string | null;
  readonly announced: boolean;
  readonly place: string | null;
  readonly title: string;
  readonly expected_by: Date | null;
}): Disruption {
  const { id, reference, team, product, announced, place, title } = row;
  return { id, case: row.case_id, reference, team, product, announced, place, title, expectedBy: row.expected_by };
}
