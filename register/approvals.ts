import { sql } from 'kysely';
import {
  type Approval,
  type ApprovalWay,
  type Approver,
  type CaseId,
  type ConversationId,
  idFrom,
  type Language,
  type PersonId,
  type Verdict,
} from '../domain/index.ts';
import { ensureVerified } from './conversations.ts';
import type { Database } from './database.ts';

/** Which channels there are to ask somebody by. */
export interface Reach {
  readonly teams: boolean;
  readonly email: boolean;
}

/** What a statement gives: numbers as PostgreSQL writes them, and the decision column by column. */
interface Row extends Omit<Approval, 'budget' | 'amount' | 'limit' | 'decision'> {
  readonly budget: string;
  readonly budgetName: string | null;
  readonly amount: string;
  readonly limit: string | null;
  readonly verdict: Verdict | null;
  readonly by: Approver | null;
  readonly way: ApprovalWay | null;
  readonly reason: string | null;
}

/** More than this one person is not shown at once. */
const SHOWN = 200;

/**
 * What has to be agreed to, and who may. A holder, manager or deputy is named in the lists by directory id or address; who is found by neither is
 * nobody, and a name alone finds nobody.
 */
export class Approvals {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** What a case has to be agreed to; null when that is nothing. */
  async ofCase(id: CaseId): Promise<Approval | null> {
    // A holder who is configured by his address and was never met is known from now on.
    const { rows: unknown } = await sql<{ holder: string }>`
      select b.holder from approvals a join budgets b on b.number = a.budget
      where a.case_id = ${id} and b.holder ~ '^[^@[:space:]]+@[^@[:space:]]+$' and ${named(sql`b.holder`)} is null`.execute(this.#db);
    for (const { holder } of unknown)
      await ensureVerified(this.#db, { id: idFrom<PersonId>('person', holder.toLowerCase()), name: holder, address: holder });
    const [approval] = await this.#read(sql`a.case_id = ${id}`);
    return approval ?? null;
  }

  /** What waits for somebody: the oldest first. Whether he may decide it is for the desk's rules to say. */
  async waitingFor(person: PersonId): Promise<Approval[]> {
    const approvals = await this.#read(sql`c.state = 'waiting' and c.approval = 'asked' and a.verdict is null
      and ${person}::uuid in (h.id, hd.id, m.id, md.id) order by c.opened_at limit ${SHOWN}`);
    return approvals;
  }

  /**
   * The conversation in which somebody is asked: his own in Teams, else one by mail for this alone, else his last web chat. Null when he is reached
   * by none; it then stands in the workbench.
   */
  async conversationWith({ id: person, language }: Approver, about: CaseId, reach: Reach): Promise<ConversationId | null> {
    const latest = async (channel: 'teams' | 'web'): Promise<ConversationId | null> => {
      const { rows } = await sql<{ id: ConversationId }>`
        select v.id from conversations v join people p on p.id = v.person_id
        where v.person_id = ${person} and p.verified and v.channel = ${channel} and not v.shared order by v.active_at desc limit 1`.execute(
        this.#db,
      );
      return rows[0]?.id ?? null;
    };
    const inTeams = reach.teams ? await latest('teams') : null;
    if (inTeams) return inTeams;
    const id = idFrom<ConversationId>('approval', about, person);
    const { rows: byMail } = reach.email
      ? await sql<{ id: ConversationId }>`
          insert into conversations (id, channel, person_id, state)
          select ${id}, 'email', p.id, ${JSON.stringify({ language, open: [], lastProduct: null })}::jsonb
          from people p where p.id = ${person} and p.verified and p.address is not null
          on conflict (id) do update set person_id = excluded.person_id returning id`.execute(this.#db)
      : { rows: [] };
    return byMail[0]?.id ?? (await latest('web'));
  }

  async #read(which: ReturnType<typeof sql>): Promise<Approval[]> {
    const { rows } = await sql<Row>`
      select a.case_id as case, c.reference, c.title, c.product, c.team, c.values, c.opened_at as "openedAt",
             case when r.id is not null then json_build_object('id', r.id, 'name', r.name, 'department', r.department) end as requester,
             a.budget, b.name as "budgetName", a.amount::text as amount, b."limit"::text as "limit",
             ${approver('h')} as holder, ${approver('hd')} as "holderDeputy", ${approver('m')} as manager, ${approver('md')} as "managerDeputy",
             c.state = 'waiting' and c.approval = 'asked' and a.verdict is null as live,
             a.verdict, ${approver('d')} as by, a.way, a.reason
      from approvals a
      join cases c on c.id = a.case_id
      left join people r on r.id = c.person_id
      left join budgets b on b.number = a.budget and b.active
      left join people h on h.id = ${named(sql`b.holder`)}
      left join people hd on hd.id = ${named(sql`h.deputy`)}
      left join people m on m.id = ${named(sql`h.manager`)}
      left join people md on md.id = ${named(sql`m.deputy`)}
      left join people d on d.id = a.decided_by
      where ${which}`.execute(this.#db);
    return rows.map(({ budget, budgetName, amount, limit, verdict, by, way, reason, ...row }) => ({
      ...row,
      budget: { number: budget, name: budgetName },
      amount: Number(amount),
      limit: limit === null ? null : Number(limit),
      decision: verdict && { verdict, by, way, reason },
    }));
  }
}

/** The person whom a list names: by directory id, else by an address that is proven. */
function named(said: ReturnType<typeof sql>) {
  return sql<PersonId | null>`(
    select p.id from people p where p.active and (p.directory_id = ${said} or (p.verified and lower(p.address) = lower(${said})))
    order by p.directory_id is distinct from ${said} limit 1)`;
}

function approver(table: string) {
  const column = (name: string) => sql.ref(`${table}.${name}`);
  return sql<Approver | null>`case when ${column('id')} is not null then
    json_build_object('id', ${column('id')}, 'name', ${column('name')}, 'language', coalesce(${column('language')}, ${'nl' satisfies Language})) end`;
}
