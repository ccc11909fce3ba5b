import { type Selectable, sql } from 'kysely';
import { type CaseId, type ExampleId, type Kind, type Language, newId, type PersonId } from '../domain/index.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

export const EXAMPLE_STATES = ['proposed', 'accepted', 'rejected'] as const;
export type ExampleState = (typeof EXAMPLE_STATES)[number];

/** A case that a worker corrected, and of which no example has been made yet. Its text is as it was typed. */
export interface Corrected {
  readonly case: CaseId;
  readonly event: number;
  readonly text: string;
  readonly language: Language;
  /** What it is now. */
  readonly product: string | null;
  readonly kind: Kind;
  readonly team: string;
  /** What the desk had made of it. */
  readonly was: { readonly product: string | null; readonly kind: Kind; readonly model: string };
  readonly by: PersonId;
  /** Names that may stand in the text: the requester's and the workers'. */
  readonly names: readonly string[];
}

/** A correction as an example to learn from. */
export interface TrainingExample {
  readonly id: ExampleId;
  readonly case: CaseId;
  readonly reference: string;
  readonly text: string;
  readonly language: Language;
  /** Null: only a team was named; once accepted: no product fits. */
  readonly product: string | null;
  readonly kind: Kind;
  readonly team: string | null;
  readonly was: { readonly product: string | null; readonly kind: Kind };
  readonly model: string;
  readonly by: { readonly id: PersonId; readonly name: string };
  readonly state: ExampleState;
  readonly decidedBy: string | null;
  readonly createdAt: Date;
}

/** What an administrator makes of a proposal. */
export interface Accepted {
  readonly text: string;
  readonly product: string | null;
  readonly kind: Kind;
}

const PAGE = 100;
const MOST_AT_ONCE = 500;

/** What workers corrected, as examples: proposed by itself, accepted or rejected by an administrator. */
export class Examples {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * Cases corrected since the last look, each by its latest correction. A part has the words of its whole. What is restricted, or was, and danger teach nothing: their texts are not
   * everybody's to read, and danger is not the classifier's to know.
   */
  async corrected(): Promise<Corrected[]> {
    const { rows } = await sql<{
      case_id: CaseId;
      n: number;
      text: string;
      language: Language;
      product: string | null;
      kind: Kind;
      team: string;
      was: { product?: string | null; kind?: Kind };
      model: string;
      by_id: PersonId;
      names: string[];
    }>`
      with latest as (
        select distinct on (e.case_id) e.case_id, e.n, e.actor_id
        from case_events e
        where e.name in ('moved', 'corrected') and e.actor_kind = 'worker'
        order by e.case_id, e.n desc)
      select l.case_id, l.n, c.text, c.language, c.product, c.kind, c.team, o.data as was, c.why ->> 'model' as model, l.actor_id as by_id,
             array(select p.name from people p where p.id = c.person_id or p.id = l.actor_id or p.id = c.worker_id) as names
      from latest l
      join cases c on c.id = l.case_id
      join case_events o on o.case_id = l.case_id and o.n = 1
      where not c.restricted and not c.urgent and c.part_of is null and c.why ->> 'rule' <> 'danger'
        and not exists (select from training_examples t where t.case_id = l.case_id and t.event >= l.n)
      order by l.case_id limit ${MOST_AT_ONCE}`.execute(this.#db);
    return rows.map((row) => ({
      case: row.case_id,
      event: row.n,
      text: row.text,
      language: row.language,
      product: row.product,
      kind: row.kind,
      team: row.team,
      was: { product: row.was.product ?? null, kind: row.was.kind ?? row.kind, model: row.model },
      by: row.by_id,
      names: row.names,
    }));
  }

  /**
   * Proposes an example; an earlier proposal for the same case that nobody has decided on makes way.
   * @param it `text` without personal data
   * @param state `rejected`, with an empty text, for what teaches nothing after all: it is not looked at again
   */
  async propose(it: Omit<Corrected, 'names' | 'team'> & { readonly team: string | null }, state: 'proposed' | 'rejected'): Promise<void> {
    await this.#db.transaction().execute(async (tx) => {
      await tx.deleteFrom('training_examples').where('case_id', '=', it.case).where('state', '=', 'proposed').execute();
      await tx
        .insertInto('training_examples')
        .values({
          id: newId(),
          case_id: it.case,
          event: it.event,
          text: it.text,
          language: it.language,
          product: it.product,
          kind: it.kind,
          team: it.team,
          was_product: it.was.product,
          was_kind: it.was.kind,
          model: it.was.model,
          by_id: it.by,
          state,
          decided_by: null,
          decided_at: null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    });
  }

  /** The newest first. */
  async list(state: ExampleState): Promise<TrainingExample[]> {
    return (
      await this.#examples().where('t.state', '=', state).where('t.text', '<>', '').orderBy('t.created_at', 'desc').limit(PAGE).execute()
    ).map(exampleOf);
  }

  /** All that were accepted, in the order in which they were: the later one knows better. */
  async accepted(): Promise<TrainingExample[]> {
    return (await this.#examples().where('t.state', '=', 'accepted').orderBy('t.decided_at').orderBy('t.id').execute()).map(exampleOf);
  }

  /** When an administrator last decided on one. */
  async lastDecision(): Promise<Date | null> {
    const row = await this.#db
      .selectFrom('training_examples')
      .select((eb) => eb.fn.max('decided_at').as('at'))
      .executeTakeFirst();
    return row?.at ?? null;
  }

  async find(id: ExampleId): Promise<TrainingExample | null> {
    const row = await this.#examples().where('t.id', '=', id).executeTakeFirst();
    return row ? exampleOf(row) : null;
  }

  /** Accepts a proposal as it is given here. @returns false when it is none any more */
  async accept(id: ExampleId, it: Accepted, by: PersonId | null): Promise<boolean> {
    return await this.#decide(id, ['proposed'], { ...it, state: 'accepted' }, by);
  }

  /** Rejects a proposal, or what was accepted before: then the next model is learned without it. */
  async reject(id: ExampleId, by: PersonId | null): Promise<boolean> {
    return await this.#decide(id, ['proposed', 'accepted'], { state: 'rejected' }, by);
  }

  async #decide(
    id: ExampleId,
    from: readonly ExampleState[],
    set: Partial<Accepted> & { readonly state: ExampleState },
    by: PersonId | null,
  ): Promise<boolean> {
    return await this.#db.transaction().execute(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('training_examples')
        .set({ ...set, decided_by: by, decided_at: sql<Date>`now()` })
        .where('id', '=', id)
        .where('state', 'in', from)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return false;
      await tx
        .insertInto('audit')
        .values({ actor_id: by, action: `example-${set.state}`, subject: id, data: '{}' })
        .execute();
      return true;
    });
  }

  #examples() {
    return this.#db
      .selectFrom('training_examples as t')
      .innerJoin('cases as c', 'c.id', 't.case_id')
      .innerJoin('people as p', 'p.id', 't.by_id')
      .leftJoin('people as d', 'd.id', 't.decided_by')
      .selectAll('t')
      .select(['c.reference', 'p.name as by_name', 'd.name as decided_name']);
  }
}

type ExampleRow = Selectable<Schema['training_examples']> & {
  readonly reference: string;
  readonly by_name: string;
  readonly decided_name: string | null;
};

function exampleOf(row: ExampleRow): TrainingExample {
  return {
    id: row.id,
    case: row.case_id,
    reference: row.reference,
    text: row.text,
    language: row.language,
    product: row.product,
    kind: row.kind,
    team: row.team,
    was: { product: row.was_product, kind: row.was_kind },
    model: row.model,
    by: { id: row.by_id, name: row.by_name },
    state: row.state,
    decidedBy: row.decided_name,
    createdAt: row.created_at,
  };
}
