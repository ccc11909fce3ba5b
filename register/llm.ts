import { sql } from 'kysely';
import type { CaseId } from '../domain/index.ts';
import type { Database } from './database.ts';

/** What a language model has cost today, and the summaries that it wrote. */
export class Llm {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * Takes tokens from what a day may cost, for all processes together: one statement, so that two at once do not both take the last.
   * @param timeZone the day is the organisation's
   * @returns false when there is not enough left
   */
  async reserve(tokens: number, mostPerDay: number, timeZone: string): Promise<boolean> {
    if (tokens > mostPerDay) return false;
    const { rows } = await sql`
      insert into llm_usage (day, tokens, calls) values ((now() at time zone ${timeZone})::date, ${tokens}, 1)
      on conflict (day) do update set tokens = llm_usage.tokens + excluded.tokens, calls = llm_usage.calls + 1
      where llm_usage.tokens + excluded.tokens <= ${mostPerDay}
      returning day`.execute(this.#db);
    return rows.length > 0;
  }

  /** Says what was really used of a reservation. */
  async settle(reserved: number, used: number, timeZone: string): Promise<void> {
    await sql`
      update llm_usage set tokens = greatest(0, tokens + ${used - reserved}::bigint)
      where day = (now() at time zone ${timeZone})::date`.execute(this.#db);
  }

  async usedToday(timeZone: string): Promise<{ readonly tokens: number; readonly calls: number }> {
    const { rows } = await sql<{ tokens: number; calls: number }>`
      select tokens, calls from llm_usage where day = (now() at time zone ${timeZone})::date`.execute(this.#db);
    return rows[0] ?? { tokens: 0, calls: 0 };
  }

  /** Keeps a summary of a case; a later one takes its place. */
  async summarise(id: CaseId, text: string, model: string): Promise<void> {
    const row = { text, model, at: new Date() };
    await this.#db
      .insertInto('case_summaries')
      .values({ case_id: id, ...row })
      .onConflict((conflict) => conflict.column('case_id').doUpdateSet(row))
      .execute();
  }

  async summaryOf(id: CaseId): Promise<{ readonly text: string; readonly model: string } | null> {
    const row = await this.#db.selectFrom('case_summaries').select(['text', 'model']).where('case_id', '=', id).executeTakeFirst();
    return row ?? null;
  }
}
