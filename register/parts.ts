import { sql } from 'kysely';
import type { CaseId, CaseState, PersonId, Reference } from '../domain/index.ts';
import type { Database } from './database.ts';
import { mayRead } from './may-read.ts';
import type { Colleague } from './sign-in.ts';

/** A whole or one of its parts, as far as everybody who works on one of them may know. */
export interface PartLine {
  readonly id: CaseId;
  readonly reference: Reference;
  readonly title: string;
  readonly team: string;
  readonly state: CaseState;
  readonly worker: { readonly id: PersonId; readonly name: string } | null;
  /** Null for the whole. */
  readonly part: { readonly id: string; readonly after: readonly string[] } | null;
  /** Null where it is not done in parts. */
  readonly product: string | null;
  /** Whether the colleague who looks may open it. */
  readonly readable: boolean;
}

export class Parts {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The whole that a case is (a part of), first, and all its parts in the order of its template; empty for a case that is neither. */
  async around(id: CaseId, colleague: Colleague): Promise<PartLine[]> {
    const rows = await this.#db
      .selectFrom('cases as c')
      .leftJoin('people as w', 'w.id', 'c.worker_id')
      .select(['c.id', 'c.reference', 'c.title', 'c.team', 'c.state', 'c.product', 'c.worker_id', 'w.name', 'c.part_id', 'c.part_after'])
      .select(mayRead(colleague).as('readable'))
      .where((eb) => {
        const whole = eb.selectFrom('cases as o').select(sql<CaseId>`coalesce(o.part_of, o.id)`.as('id')).where('o.id', '=', id);
        const divided = eb.and([eb('c.divided', '=', true), eb('c.id', '=', whole)]);
        return eb.or([divided, eb('c.part_of', '=', whole)]);
      })
      .orderBy(sql`c.part_of is not null`)
      .orderBy('c.id')
      .execute();
    return rows.map(({ worker_id: worker, name, part_id: part, part_after: after, ...row }) => ({
      ...row,
      worker: worker && name ? { id: worker, name } : null,
      part: part === null ? null : { id: part, after: after ?? [] },
    }));
  }
}
