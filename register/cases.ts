import { type Selectable, sql } from 'kysely';
import {
  type Actor,
  type Case,
  type CaseFilter,
  type CaseId,
  type CaseOrder,
  type CaseState,
  type Channel,
  type ClockEvent,
  type HeldAct,
  type PersonId,
  parseId,
  type Reference,
} from '../domain/index.ts';
import { recordRead } from './audit.ts';
import { isNarrowedTo } from './case-filter.ts';
import { caseFromRow } from './case-row.ts';
import type { Database } from './database.ts';
import { mayRead } from './may-read.ts';
import type { CasesTable } from './schema.ts';
import { STRETCHES, searchWords } from './search.ts';
import type { Colleague } from './sign-in.ts';

/** A case in a list, with the names that a list shows. */
export interface ListedCase {
  readonly case: Case;
  readonly due: Date;
  readonly requester: string | null;
  readonly workerName: string | null;
  /** The channel of the conversation in which its requester last wrote about it. */
  readonly spokenBy: Channel;
  /** The number of the case that it is a part of. */
  readonly partOf: Reference | null;
}

export interface CasePage {
  readonly cases: readonly ListedCase[];
  /** Where the next page begins; null at the end. */
  readonly next: string | null;
}

/** A case that waits to be claimed, with what tells where it is. */
export interface WaitingCase {
  readonly id: CaseId;
  readonly round: number;
  readonly product: string | null;
  readonly title: string;
  readonly text: string;
  readonly values: Case['values'];
  /** Its requester's own, as the directory has it. */
  readonly room: string | null;
}

interface NextWanted {
  readonly products?: ReadonlySet<string> | null;
  readonly except?: Iterable<CaseId>;
  readonly equals?: number;
}

/** Which cases a list shows. */
export type CaseView =
  | { readonly kind: 'team'; readonly team: string }
  | { readonly kind: 'mine' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'all' }
  | { readonly kind: 'done' };

/** A view of the cases, and to what it is narrowed. */
export interface Narrowed {
  readonly view: CaseView;
  readonly filter: CaseFilter;
}

export interface HistoryEvent {
  readonly at: Date;
  readonly name: string;
  readonly actor: Actor['kind'];
  readonly actorName: string | null;
  readonly data: Readonly<Record<string, string | number | null>>;
}

export interface CaseNote {
  readonly id: string;
  /** Null when they are a handler's words. */
  readonly author: string | null;
  readonly handler: string | null;
  readonly at: Date;
  readonly text: string;
}

export interface QueueCounts {
  readonly teams: readonly { readonly team: string; readonly open: number; readonly late: number }[];
  readonly mine: number;
  readonly waiting: number;
  /** What is urgent and nobody has claimed, the oldest first. */
  readonly urgent: readonly { readonly id: CaseId; readonly reference: Reference; readonly title: string; readonly team: string }[];
}

const UNFINISHED: readonly CaseState[] = ['open', 'queued', 'claimed', 'waiting'];
const HELD: readonly CaseState[] = ['claimed', 'waiting'];
const DONE: readonly CaseState[] = ['ready', 'closed', 'withdrawn', 'merged'];
/** A part that waits for others is nobody's work yet: it is found on its whole. */
const HAS_BEGUN = sql<boolean>`(c.state <> 'open' or c.part_of is null)`;
const PAGE = 50;
/** More alarms than this at once are seen in the list. */
const URGENT = 5;

/** Cases as the backoffice looks at them. Every read here names who looks: what somebody may not see is not there. */
export class Cases {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** A case that a colleague may read; that somebody reads a restricted one is written down first. */
  async find(id: CaseId, colleague: Colleague): Promise<ListedCase | null> {
    const row = await this.#listed().where('c.id', '=', id).where(mayRead(colleague)).executeTakeFirst();
    if (!row) return null;
    const it = listed(row);
    await recordRead(this.#db, it.case, colleague);
    return it;
  }

  async byReference(reference: Reference): Promise<Case | null> {
    const row = await this.#db.selectFrom('cases').selectAll().where('reference', '=', reference).executeTakeFirst();
    return row ? caseFromRow(row) : null;
  }

  /** A case whoever looks: who may see it is for the caller to ask. */
  async byId(id: CaseId): Promise<Case | null> {
    const row = await this.#db.selectFrom('cases').selectAll().where('id', '=', id).executeTakeFirst();
    return row ? caseFromRow(row) : null;
  }

  /**
   * One page of a list, the most urgent first unless the newest is asked for (finished cases, and what is searched for: always the newest first).
   * @param after the `next` of the page before
   */
  async list(
    view: CaseView,
    colleague: Colleague,
    options: {
      readonly filter?: CaseFilter | undefined;
      readonly order?: CaseOrder | undefined;
      readonly search?: string | undefined;
      readonly after?: string | undefined;
    },
  ): Promise<CasePage> {
    const search = options.search?.trim();
    const words = searchWords(search ?? '');
    const narrowed = { view, filter: options.filter ?? {} };
    if (search && words.length === 0) return { cases: [], next: null };
    if (search) return this.#found(narrowed, colleague, words, readCursor(options.after));
    const newestFirst = view.kind === 'done' || options.order === 'new';
    const key = newestFirst ? 'c.opened_at' : 'c.due';
    // What is urgent stands before everything that is not done.
    const calm = newestFirst ? sql<boolean>`true` : sql<boolean>`(not c.urgent)`;
    let query = this.#inView(narrowed, colleague).select(placeOf(key).as('place'));
    const cursor = readCursor(options.after);
    if (cursor) {
      const compare = newestFirst ? sql.raw('<') : sql.raw('>');
      query = query.where(
        sql<boolean>`(${calm}, ${sql.ref(key)}, c.id) ${compare} (${cursor.calm}::boolean, ${momentOf(cursor)}, ${cursor.id}::uuid)`,
      );
    }
    const direction = newestFirst ? 'desc' : 'asc';
    const rows = await (newestFirst ? query : query.orderBy(calm))
      .orderBy(key, direction)
      .orderBy('c.id', direction)
      .limit(PAGE + 1)
      .execute();
    return pageOf(rows, (last) => writeCursor(last, newestFirst || !last.urgent));
  }

  /** What was searched for, month by month from the newest on, until a page is full. */
  async #found(narrowed: Narrowed, colleague: Colleague, words: readonly string[], cursor: Cursor | null): Promise<CasePage> {
    const { rows: looked } = await sql<{ query: string | null; month: number }>`
      select search_query(${[...words]}::text[])::text as query, search_month(${cursor ? momentOf(cursor) : sql`now()`}) as month`.execute(
      this.#db,
    );
    const [{ query: text, month } = { query: null, month: 0 }] = looked;
    const rows: (ListedRow & { readonly place: number })[] = [];
    let from = 0;
    for (const until of STRETCHES) {
      if (!text || rows.length > PAGE) break;
      const before = cursor ? sql<boolean>`(c.opened_at, c.id) < (${momentOf(cursor)}, ${cursor.id}::uuid)` : sql<boolean>`true`;
      const stretch = await this.#inView(narrowed, colleague)
        .innerJoin('search_documents as d', 'd.case_id', 'c.id')
        .select(placeOf('c.opened_at').as('place'))
        .where(sql<boolean>`d.words @@ ${text}::tsquery`)
        // What is opened this very moment may lie in the next month.
        .where('d.month', '<=', from === 0 ? month + 1 : month - from)
        .where('d.month', '>', Number.isFinite(until) ? month - until : 0)
        .where(before)
        .orderBy('c.opened_at', 'desc')
        .orderBy('c.id', 'desc')
        .limit(PAGE + 1 - rows.length)
        .execute();
      rows.push(...stretch);
      from = until;
    }
    return pageOf(rows, (last) => writeCursor(last, true));
  }

  /** How many a list has, counted no further than `most`: of a long list the number is no news. */
  async countOf(narrowed: Narrowed, colleague: Colleague, most: number): Promise<number> {
    const { counted } = await this.#db
      .selectFrom(this.#inView(narrowed, colleague).clearSelect().select('c.id').limit(most).as('some'))
      .select(sql<number>`count(*)`.as('counted'))
      .executeTakeFirstOrThrow();
    return counted;
  }

  #inView({ view, filter }: Narrowed, colleague: Colleague) {
    let query = this.#listed().where(mayRead(colleague)).where(isNarrowedTo(filter, colleague));
    if (view.kind === 'team') query = query.where('c.team', '=', view.team).where('c.state', 'in', UNFINISHED).where(HAS_BEGUN);
    if (view.kind === 'all') query = query.where('c.state', 'in', UNFINISHED).where(HAS_BEGUN);
    if (view.kind === 'mine') query = query.where('c.worker_id', '=', colleague.id).where('c.state', 'in', HELD);
    if (view.kind === 'waiting') query = query.where('c.worker_id', '=', colleague.id).where('c.state', '=', 'waiting');
    if (view.kind === 'done') query = query.where('c.state', 'in', DONE);
    return query;
  }

  async counts(colleague: Colleague): Promise<QueueCounts> {
    const teams = await this.#db
      .selectFrom('cases as c')
      .select([
        'c.team',
        sql<number>`count(*)`.as('open'),
        sql<number>`count(*) filter (where c.due < now() and c.state <> 'waiting')`.as('late'),
      ])
      .where('c.state', 'in', UNFINISHED)
      .where(HAS_BEGUN)
      .where(mayRead(colleague))
      .groupBy('c.team')
      .execute();
    const own = await this.#db
      .selectFrom('cases as c')
      .select([sql<number>`count(*)`.as('mine'), sql<number>`count(*) filter (where c.state = 'waiting')`.as('waiting')])
      .where('c.worker_id', '=', colleague.id)
      .where('c.state', 'in', HELD)
      .where(mayRead(colleague))
      .executeTakeFirst();
    const urgent = await this.#db
      .selectFrom('cases as c')
      .select(['c.id', 'c.reference', 'c.title', 'c.team'])
      .where('c.urgent', '=', true)
      .where('c.state', 'in', ['open', 'queued'])
      .where(mayRead(colleague))
      .orderBy('c.due')
      .limit(URGENT)
      .execute();
    return { teams, mine: own?.mine ?? 0, waiting: own?.waiting ?? 0, urgent };
  }

  /** Other cases of the same requester, newest first. */
  async earlier(it: Case, colleague: Colleague): Promise<ListedCase[]> {
    if (it.person === null) return [];
    return (await this.ofPerson(it.person, colleague, 11)).filter((other) => other.case.id !== it.id).slice(0, 10);
  }

  /** Cases of somebody, and of whom he was joined with, newest first; a case of several parts once. */
  async ofPerson(person: PersonId, colleague: Colleague, limit: number): Promise<ListedCase[]> {
    const rows = await this.#listed()
      .where('c.person_id', 'in', sql<PersonId>`(select same_people(${person}))`)
      .where('c.part_of', 'is', null)
      .where(mayRead(colleague))
      .orderBy('c.opened_at', 'desc')
      .limit(limit)
      .execute();
    return rows.map(listed);
  }

  /** Unfinished cases of the same product in the same team, newest first. */
  async besides(it: Case, colleague: Colleague): Promise<ListedCase[]> {
    if (it.product === null) return [];
    const rows = await this.#listed()
      .where('c.team', '=', it.team)
      .where('c.state', 'in', UNFINISHED)
      .where('c.product', '=', it.product)
      .where('c.id', '<>', it.id)
      .where('c.part_of', 'is', null)
      .where(mayRead(colleague))
      .orderBy('c.opened_at', 'desc')
      .limit(PAGE)
      .execute();
    return rows.map(listed);
  }

  /** What is in the hands of who is no longer at the desk: made inactive, or without a role. At most 500 at once. */
  async leftBehind(): Promise<readonly { readonly id: CaseId; readonly worker: PersonId }[]> {
    const { rows } = await sql<{ id: CaseId; worker: PersonId }>`
      select c.id, p.id as worker from cases c join people p on p.id = c.worker_id
      where c.state in ('claimed', 'waiting') and (not p.active or p.role is null) limit 500`.execute(this.#db);
    return rows;
  }

  async history(id: CaseId): Promise<HistoryEvent[]> {
    const rows = await this.#db
      .selectFrom('case_events as e')
      .leftJoin('people as p', 'p.id', 'e.actor_id')
      .select(['e.at', 'e.name', 'e.actor_kind', 'p.name as actor_name', 'e.data'])
      .where('e.case_id', '=', id)
      .orderBy('e.n')
      .execute();
    return rows.map((row) => ({ at: row.at, name: row.name, actor: row.actor_kind, actorName: row.actor_name, data: row.data }));
  }

  /** The same events as a clock reads them. */
  async clockEvents(id: CaseId): Promise<ClockEvent[]> {
    return await this.#db.selectFrom('case_events').select(['name', 'at', 'data']).where('case_id', '=', id).orderBy('n').execute();
  }

  /** When something last happened with a case: an event (a reminder is none), a message about it, a note. */
  async activeAt(id: CaseId): Promise<Date | null> {
    const { rows } = await sql<{ at: Date | null }>`
      select greatest(
        (select max(at) from case_events where case_id = ${id} and name <> 'reminded'),
        (select max(m.at) from case_messages l join messages m on m.id = l.message_id where l.case_id = ${id} and (m.direction = 'in' or m.author_id is not null)),
        (select max(at) from notes where case_id = ${id})) as at`.execute(this.#db);
    return rows[0]?.at ?? null;
  }

  /** What a colleague did with it and can still take back; null: nothing. */
  async held(id: CaseId): Promise<HeldAct | null> {
    const row = await this.#db
      .selectFrom('held_acts')
      .select(['case_id as case', 'by_id as by', 'name', 'act', 'since', 'until'])
      .where('case_id', '=', id)
      .executeTakeFirst();
    return row ?? null;
  }

  async notes(id: CaseId): Promise<CaseNote[]> {
    const rows = await this.#db
      .selectFrom('notes as n')
      .leftJoin('people as p', 'p.id', 'n.author_id')
      .select(['n.id', 'p.name as author', 'n.handler', 'n.at', 'n.text'])
      .where('n.case_id', '=', id)
      .orderBy('n.at')
      .execute();
    return rows;
  }

  /**
   * What a team's queue would give somebody next, by the register: the first, and behind it those that are its equals (as urgent, due in the same
   * ten minutes, as tickets are ordered), in their order.
   * @param products only these, and what has none; null: all
   * @param except those that are just being claimed
   */
  async nextQueued(
    team: string,
    colleague: Colleague,
    { products = null, except = [], equals = 1 }: NextWanted = {},
  ): Promise<readonly WaitingCase[]> {
    const wanted = sql<boolean>`c.team = ${team} and c.state = 'queued' and ${mayRead(colleague)} and c.id <> all(${[...except]}::uuid[])
      and (${products === null}::boolean or c.product is null or c.product = any(${[...(products ?? [])]}::text[]))`;
    const { rows } = await sql<WaitingCase>`
      with first as (select c.urgent, c.due from cases c where ${wanted} order by (not c.urgent), c.due, c.id limit 1)
      select c.id, c.round, c.product, c.title, c.text, c.values, p.room
      from first f
      join cases c on (not c.urgent) = (not f.urgent) and c.due >= f.due and c.due < date_bin('10 minutes', f.due, '2024-01-01Z') + interval '10 minutes'
      left join people p on p.id = c.person_id
      where ${wanted} order by c.due, c.id limit ${equals}`.execute(this.#db);
    return rows;
  }

  #listed() {
    return this.#db
      .selectFrom('cases as c')
      .leftJoin('people as p', 'p.id', 'c.person_id')
      .leftJoin('people as w', 'w.id', 'c.worker_id')
      .leftJoin('conversations as v', 'v.id', 'c.spoken_in')
      .leftJoin('cases as o', 'o.id', 'c.part_of')
      .selectAll('c')
      .select(['p.name as requester', 'w.name as worker_name', 'v.channel as spoken_by', 'o.reference as whole']);
  }
}

type ListedRow = Selectable<CasesTable> & {
  readonly requester: string | null;
  readonly worker_name: string | null;
  readonly spoken_by: Channel | null;
  readonly whole: Reference | null;
};

function listed(row: ListedRow): ListedCase {
  const { due, requester, worker_name: workerName } = row;
  return { case: caseFromRow(row), due, requester, workerName, spokenBy: row.spoken_by ?? row.channel, partOf: row.whole };
}

function pageOf<Row extends ListedRow & { readonly place: number }>(rows: readonly Row[], cursor: (last: Row) => string): CasePage {
  const page = rows.slice(0, PAGE);
  const last = page.at(-1);
  return { cases: page.map(listed), next: rows.length > PAGE && last ? cursor(last) : null };
}

/** In microseconds, as the database counts: a JavaScript date would be rounded, and a page would begin beside its place. */
function placeOf(key: 'c.opened_at' | 'c.due') {
  return sql<number>`(extract(epoch from ${sql.ref(key)}) * 1000000)::bigint`;
}

interface Cursor {
  readonly at: number;
  readonly id: CaseId;
  readonly calm: boolean;
}

function momentOf({ at }: Cursor) {
  return sql<Date>`('epoch'::timestamptz + ${at} * interval '1 microsecond')`;
}

function writeCursor({ place, id }: { readonly place: number; readonly id: CaseId }, calm: boolean): string {
  return Buffer.from(JSON.stringify([place, id, calm])).toString('base64url');
}

/** A cursor from outside: anything that is not one begins at the beginning. */
function readCursor(text: string | undefined): Cursor | null {
  if (!text) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (!Array.isArray(value)) return null;
    const [at, caseId, calm] = value;
    const id = parseId<CaseId>(caseId);
    return Number.isSafeInteger(at) && id ? { at, id, calm: calm !== false } : null;
  } catch {
    return null;
  }
}
