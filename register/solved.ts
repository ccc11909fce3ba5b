import { sql } from 'kysely';
import type { CaseId, Language, Reference } from '../domain/index.ts';
import type { Database } from './database.ts';
import { mayRead } from './may-read.ts';
import type { Colleague } from './sign-in.ts';

/** A case that was solved, and what a colleague last said to its requester. */
export interface SolvedCase {
  readonly id: CaseId;
  readonly reference: Reference;
  readonly title: string;
  readonly language: Language;
  readonly readyAt: Date;
  readonly answer: string;
}

/** Of the product's latest so many are compared: more would cost time, and what is older was solved otherwise. */
const COMPARED = 300;

/** Solved cases that are like one at hand. What is restricted is never among them, whoever looks. */
export class Solved {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Those of the same product with the most words in common, the likeliest first. */
  async like(id: CaseId, colleague: Colleague, limit: number): Promise<SolvedCase[]> {
    const { rows } = await sql<SolvedCase>`
      with sought as materialized (
        select c.product, w.words, cardinality(tsvector_to_array(w.words)) as many
        from cases c cross join lateral (select search_vector(c.language, concat_ws(' ', c.title, c.text)) as words) w
        where c.id = ${id}
      ), latest as materialized (
        select c.id, c.reference, c.title, c.language, c.ready_at from cases c
        -- As a value, not as a join: only then are they read in the index's order, and no more of them than are compared.
        where c.product = (select product from sought) and c.state in ('ready', 'closed') and not c.restricted and c.part_of is null and c.id <> ${id} and ${mayRead(colleague)}
        order by c.ready_at desc limit ${COMPARED}
      ), alike as (
        select l.*, (select count(*) from unnest(tsvector_to_array(s.words)) w where w = any(tsvector_to_array(d.words))) as shared, s.many
        from latest l join search_documents d on d.case_id = l.id cross join sought s
      )
      select a.id, a.reference, a.title, a.language, a.ready_at as "readyAt", said.text as answer
      from alike a cross join lateral (
        select m.text from case_messages l join messages m on m.id = l.message_id
        where l.case_id = a.id and m.direction = 'out' and m.author_id is not null and m.deleted_at is null order by m.at desc, m.seq desc limit 1
      ) said
      where a.shared >= 2 and a.shared * 4 >= a.many
      order by a.shared desc, a.ready_at desc limit ${limit}`.execute(this.#db);
    return rows;
  }
}
