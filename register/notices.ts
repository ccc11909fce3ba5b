import { sql } from 'kysely';
import type { CaseId, NoticeKind, NoticeRole, OutgoingNotice, Reference } from '../domain/index.ts';
import type { Database } from './database.ts';
import { mayRead } from './may-read.ts';
import type { Colleague } from './sign-in.ts';

/** A notice as the bell shows it. */
export interface ListedNotice {
  readonly id: string;
  readonly case: CaseId;
  readonly reference: Reference;
  /** Null when the case is not this colleague's to read. */
  readonly title: string | null;
  readonly kind: NoticeKind;
  readonly role: NoticeRole;
  readonly team: string;
  readonly at: Date;
  readonly seen: boolean;
  /** Whether the case can be opened. */
  readonly readable: boolean;
}

const SHOWN = 50;
const ERROR_LENGTH = 2000;
/** An attempt that nothing was heard of for so long is made again. */
const RETRY_MS = 60_000;
/** Who talks in a chat sees it there: only what he leaves unanswered for so long goes out. */
const UNANSWERED_MS = 120_000;

/** Words to colleagues about cases: seen in the workbench, and sent to whom they are for. They are written by `commit_turn`. */
export class Notices {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** What is for a colleague or for all of his teams, newest first; of what is restricted only what he may read. */
  async list(colleague: Colleague): Promise<ListedNotice[]> {
    const { rows } = await sql<ListedNotice>`
      select n.id, n.case_id as case, c.reference, case when ${mayRead(colleague)} then c.title end as title, n.kind, n.role, n.team, n.at,
             ${colleague.id}::uuid = any(n.seen_by) as seen, ${mayRead(colleague)} as readable
      from (
        (select * from notices where person_id = ${colleague.id} order by at desc limit ${SHOWN})
        union all
        (select * from notices where role = 'team' and team = any(${colleague.teams}) order by at desc limit ${SHOWN})
      ) n join cases c on c.id = n.case_id
      where not c.restricted or ${mayRead(colleague)}
      order by n.at desc limit ${SHOWN}`.execute(this.#db);
    return rows;
  }

  /** Marks notices as seen by a colleague; only those that are for him. */
  async seen(ids: readonly string[], colleague: Colleague): Promise<void> {
    await sql`
      update notices set seen_by = array_append(seen_by, ${colleague.id}::uuid)
      where id = any(${ids}::uuid[]) and not (${colleague.id}::uuid = any(seen_by))
        and (person_id = ${colleague.id} or (role = 'team' and team = any(${colleague.teams})))`.execute(this.#db);
  }

  /** Takes what is due to be sent; nobody else gets it for the next minute. */
  async takeUnsent(limit: number): Promise<OutgoingNotice[]> {
    const { rows } = await sql<OutgoingNotice>`
      with taken as (
        update notices set attempts = attempts + 1, next_at = now() + ${RETRY_MS} * interval '1 millisecond'
        where id in (
          select id from notices n where sent_at is null and next_at <= now()
            and (kind <> 'chat' or (at <= now() - ${UNANSWERED_MS} * interval '1 millisecond' and ${unanswered}))
          order by next_at limit ${limit} for update skip locked)
        returning *
      )
      select n.id, n.case_id as case, c.reference, case when not c.restricted then c.title end as title, n.kind, n.role, n.team, n.person_id as person,
             coalesce(p.address, n.address) as address, coalesce(p.language, 'nl') as language, n.at, n.attempts as attempt
      from taken n join cases c on c.id = n.case_id left join people p on p.id = n.person_id`.execute(this.#db);
    return rows;
  }

  /** It went out. @param by what took it; null when nothing reaches this person, so that it stands in the workbench alone */
  async markSent(id: string, by: string | null): Promise<void> {
    await this.#db.updateTable('notices').set({ sent_at: sql`now()`, sent_by: by, error: null }).where('id', '=', id).execute();
  }

  /** It did not. @param again null: never */
  async noteError(id: string, error: string, again: Date | null): Promise<void> {
    await this.#db
      .updateTable('notices')
      .set({ error: error.slice(0, ERROR_LENGTH), next_at: again })
      .where('id', '=', id)
      .execute();
  }
}

/** Nothing was said in the case by whom the notice is for since. */
const unanswered = sql`not exists (
  select from case_messages l join messages m on m.id = l.message_id where l.case_id = n.case_id and m.author_id = n.person_id and m.at > n.at)`;
