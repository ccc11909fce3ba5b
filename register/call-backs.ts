import { sql } from 'kysely';
import type { CaseId, ConversationId, MessageId, PersonId, Reference, Reply } from '../domain/index.ts';
import { firstName } from './case-row.ts';
import type { Database } from './database.ts';
import { mayRead } from './may-read.ts';
import type { Colleague } from './sign-in.ts';

/** Somebody to call, with all that he does not know yet. */
export interface CallBack {
  readonly conversation: ConversationId;
  readonly person: { readonly id: PersonId; readonly name: string; readonly phone: string | null; readonly room: string | null } | null;
  /** Oldest first. */
  readonly news: readonly CallNews[];
  /** How often nobody answered, and when that was last. */
  readonly attempts: number;
  readonly triedAt: Date | null;
}

export interface CallNews {
  readonly message: MessageId;
  readonly case: CaseId | null;
  readonly reference: Reference | null;
  readonly at: Date;
  /** Null for what is restricted: that is read on its case, where reading it is written down. */
  readonly text: string | null;
  readonly reply: Reply | null;
  /** First name of the colleague who says it; null for the desk. */
  readonly by: string | null;
}

/** Which call-backs a colleague sees. */
export interface CallBackViewer {
  readonly colleague: Colleague;
  /** He calls for all teams, except about what is restricted. */
  readonly all: boolean;
}

const LISTED = 100;

interface Row extends CallNews {
  readonly conversation: ConversationId;
  readonly personId: PersonId | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly room: string | null;
  readonly attempts: number;
  readonly triedAt: Date | null;
}

/** News that no channel can bring: a colleague calls, and says that he did. */
export class CallBacks {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** What is to be told, each message once. */
  async add(
    news: readonly { readonly message: MessageId; readonly conversation: ConversationId; readonly pressing: boolean }[],
  ): Promise<void> {
    await sql`
      insert into call_backs (message_id, conversation_id, case_id, pressing)
      select (n ->> 'message')::uuid, (n ->> 'conversation')::uuid,
             (select l.case_id from case_messages l where l.message_id = (n ->> 'message')::uuid order by l.case_id limit 1), (n ->> 'pressing')::boolean
      from jsonb_array_elements(${JSON.stringify(news)}::jsonb) n
      on conflict do nothing`.execute(this.#db);
  }

  /** Who is to be called, the longest waiting first. */
  async list(viewer: CallBackViewer): Promise<CallBack[]> {
    const { rows } = await sql<Row>`
      with due as (
        select b.conversation_id, min(b.at) as since from call_backs b left join cases c on c.id = b.case_id
        where b.done_at is null and b.pressing and ${mayCall(viewer)} group by 1 order by 2, 1 limit ${LISTED}
      )
      select b.conversation_id as conversation, p.id as "personId", p.name, p.phone, p.room, b.attempts, b.tried_at as "triedAt",
             b.message_id as message, b.case_id as case, c.reference, b.at, case when c.restricted then null else m.text end as text, m.reply, w.name as by
      from due d join call_backs b on b.conversation_id = d.conversation_id and b.done_at is null
      join messages m on m.id = b.message_id join conversations v on v.id = b.conversation_id
      left join people p on p.id = v.person_id left join people w on w.id = m.author_id left join cases c on c.id = b.case_id
      where ${mayCall(viewer)}
      order by d.since, b.conversation_id, m.seq`.execute(this.#db);
    const found = new Map<ConversationId, Row[]>();
    for (const row of rows) found.set(row.conversation, [...(found.get(row.conversation) ?? []), row]);
    return [...found.values()].map(callBackOf);
  }

  /** How many people wait to be called. */
  async count(viewer: CallBackViewer): Promise<number> {
    const { rows } = await sql<{ count: number }>`
      select count(distinct b.conversation_id)::integer as count from call_backs b left join cases c on c.id = b.case_id
      where b.done_at is null and b.pressing and ${mayCall(viewer)}`.execute(this.#db);
    return rows[0]?.count ?? 0;
  }

  /** The requester knows these. @returns the cases that they were about; empty when somebody else told him already */
  async done(conversation: ConversationId, messages: readonly MessageId[], by: PersonId): Promise<CaseId[]> {
    const rows = await this.#db
      .updateTable('call_backs')
      .set({ done_at: sql<Date>`now()`, done_by: by })
      .where('conversation_id', '=', conversation)
      .where('message_id', 'in', [...messages])
      .where('done_at', 'is', null)
      .returning('case_id')
      .execute();
    return [...new Set(rows.flatMap((row) => row.case_id ?? []))];
  }

  /** Nobody answered. @returns the cases that it was about */
  async tried(conversation: ConversationId, messages: readonly MessageId[]): Promise<CaseId[]> {
    const rows = await this.#db
      .updateTable('call_backs')
      .set((eb) => ({ attempts: eb('attempts', '+', 1), tried_at: sql<Date>`now()` }))
      .where('conversation_id', '=', conversation)
      .where('message_id', 'in', [...messages])
      .where('done_at', 'is', null)
      .returning('case_id')
      .execute();
    return [...new Set(rows.flatMap((row) => row.case_id ?? []))];
  }
}

function callBackOf(rows: readonly Row[]): CallBack {
  const [first] = rows;
  if (!first) throw new Error('a call-back has news');
  const { conversation, personId, name, phone, room } = first;
  return {
    conversation,
    person: personId ? { id: personId, name: name ?? '', phone, room } : null,
    news: rows.map(({ message, case: it, reference, at, text, reply, by }) => ({
      message,
      case: it,
      reference,
      at,
      text,
      reply,
      by: by === null ? null : firstName(by),
    })),
    attempts: Math.max(...rows.map((row) => row.attempts)),
    triedAt: rows.reduce<Date | null>((last, row) => (row.triedAt && (!last || row.triedAt > last) ? row.triedAt : last), null),
  };
}

function mayCall({ colleague, all }: CallBackViewer) {
  const anybodys = all ? sql`or c.id is null or not c.restricted` : sql``;
  return sql`(${mayRead(colleague)} ${anybodys})`;
}
