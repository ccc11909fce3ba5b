import { sql } from 'kysely';
import type { CaseId, Channel } from '../domain/index.ts';
import type { Database } from './database.ts';
import { mayRead } from './may-read.ts';
import type { SendOutcome } from './sends.ts';
import type { Colleague } from './sign-in.ts';

/** A line of the send log, as somebody may see it. */
export interface SendLine {
  readonly id: string;
  readonly at: Date;
  readonly channel: Channel;
  readonly attempt: number;
  readonly outcome: SendOutcome;
  /** Null also for what is about a case that he may not read. */
  readonly recipient: string | null;
  /** The provider's own words; null also for what is about a case that he may not read. */
  readonly detail: string | null;
}

export interface SendLineOfAll extends SendLine {
  /** What it was about; none when one of them is not his to read. */
  readonly cases: readonly { readonly id: CaseId; readonly reference: string }[];
  /** It is about a case that he may not read: then nothing is said but that something was sent, and what became of it. */
  readonly hidden: boolean;
}

const PAGE = 50;
const OF_CASE = 200;

/** What went out, and what did not, for those who look after it. */
export class SendLog {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * One page, the newest first.
   * @param filter.before the `id` that the page before ended with
   */
  async page(
    colleague: Colleague,
    filter: { readonly outcome?: SendOutcome | undefined; readonly before?: string | undefined },
  ): Promise<SendLineOfAll[]> {
    const { outcome = null, before = null } = filter;
    const { rows } = await sql<SendLineOfAll>`
      select s.id::text as id, s.at, s.channel, s.attempt, s.outcome, k.hidden, case when k.hidden then '[]'::json else k.cases end as cases,
             case when not k.hidden then s.recipient end as recipient, case when not k.hidden then s.detail end as detail
      from sends s
      cross join lateral (
        select coalesce(json_agg(json_build_object('id', c.id, 'reference', c.reference) order by c.opened_at, c.id), '[]') as cases,
               coalesce(bool_or(not ${mayRead(colleague)}), false) as hidden
        from cases c where c.id in (
          select l.case_id from case_messages l where l.message_id = s.message_id
          union all
          select l.case_id from mails m join mail_messages t on t.mail_id = m.id join case_messages l on l.message_id = t.message_id
          where m.message_id = s.message_id and m.direction = 'out'
          union all
          select m.case_id from mails m where m.id = s.mail_id)) k
      where (${outcome}::text is null or s.outcome = ${outcome}::text) and (${before}::bigint is null or s.id < ${before}::bigint)
      order by s.id desc limit ${PAGE}`.execute(this.#db);
    return rows;
  }

  /** What was sent about a case, to whomever; oldest first, the latest two hundred attempts. */
  async ofCase(of: CaseId): Promise<SendLine[]> {
    const { rows } = await sql<SendLine>`
      with lines as (select message_id from case_messages where case_id = ${of})
      select s.id::text as id, s.at, s.channel, s.attempt, s.outcome, s.recipient, s.detail
      from sends s
      where s.id in (
        select a.id from sends a join lines l on l.message_id = a.message_id
        union
        -- Several lines go as one mail, which is known by the first.
        select a.id from mail_messages t join lines l on l.message_id = t.message_id join mails m on m.id = t.mail_id and m.direction = 'out'
        join sends a on a.message_id = m.message_id
        union
        select a.id from mails m join sends a on a.mail_id = m.id where m.case_id = ${of})
      order by s.id desc limit ${OF_CASE}`.execute(this.#db);
    return rows.reverse();
  }
}
