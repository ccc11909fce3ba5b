import { type Selectable, sql } from 'kysely';
import { type CaseId, type HandlerTask, type IntakeId, newId, parseId, type RunId, type RunState } from '../domain/index.ts';
import { caseFromRow } from './case-row.ts';
import type { Database } from './database.ts';
import { keptOf } from './intake.ts';
import type { CasesTable } from './schema.ts';

/** A run that is still to be sent, for the queues. */
export interface OpenRun extends RunId {
  readonly handler: string;
  readonly due: Date;
}

/** A run as the workbench shows it. */
export interface HandlerRun extends RunId {
  readonly handler: string;
  readonly state: RunState;
  readonly attempts: number;
  readonly due: Date;
  readonly said: string | null;
  readonly externalId: string | null;
  readonly changedAt: Date;
}

/** What came by a handler's way back. */
export interface CallBack {
  readonly handler: string;
  /** The far side's id for this message: the same again is the same message. */
  readonly externalId: string;
  readonly text: string;
}

const SAID_LENGTH = 2000;

/** What was given to handlers. A run's state is written by `commit_turns`; here are the attempts in between. */
export class HandlerRuns {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * Counts an attempt before it is made.
   * @returns what is to be sent; null when it needs none: sent, stopped, or of another handler
   */
  async begin({ case: of, round }: RunId, handler: string): Promise<{ readonly due: Date } | HandlerTask | null> {
    const { rows } = await sql<{ due: Date; early: boolean }>`
      select due_at as due, due_at > now() as early from handler_runs
      where case_id = ${of} and round = ${round} and handler = ${handler} and state in ('waiting', 'recalling')`.execute(this.#db);
    const [found] = rows;
    if (!found) return null;
    if (found.early) return { due: found.due };
    const begun = await sql<
      Selectable<CasesTable> & {
        readonly run_state: RunState;
        readonly run_attempts: number;
        readonly run_external_id: string | null;
        readonly name: string | null;
        readonly address: string | null;
        readonly department: string | null;
      }
    >`
      with begun as (
        update handler_runs set attempts = attempts + 1 where case_id = ${of} and round = ${round} and state in ('waiting', 'recalling') returning *
      )
      select c.*, b.state as run_state, b.attempts as run_attempts, b.external_id as run_external_id, p.name, p.address, p.department
      from begun b join cases c on c.id = b.case_id left join people p on p.id = c.person_id`.execute(this.#db);
    const [row] = begun.rows;
    if (!row) return null;
    return {
      run: { case: of, round },
      handler,
      what: row.run_state === 'recalling' ? 'recall' : 'hand-over',
      attempt: row.run_attempts,
      case: caseFromRow(row),
      requester: row.name === null ? null : { name: row.name, address: row.address, department: row.department },
      externalId: row.run_external_id,
    };
  }

  /** An attempt failed, and another one comes. */
  async noteFailure({ case: of, round }: RunId, said: string, again: Date): Promise<void> {
    await sql`
      update handler_runs set said = ${said.slice(0, SAID_LENGTH)}, due_at = ${again}
      where case_id = ${of} and round = ${round} and state in ('waiting', 'recalling')`.execute(this.#db);
  }

  /** The far side was told that it need not do it any more, or cannot be told. */
  async recalled({ case: of, round }: RunId, said: string | null): Promise<void> {
    await sql`
      update handler_runs set state = 'stopped', changed_at = now(), said = coalesce(${said?.slice(0, SAID_LENGTH) ?? null}, said)
      where case_id = ${of} and round = ${round} and state = 'recalling'`.execute(this.#db);
  }

  /** Runs that are still to be sent, by case; a page at a time. */
  async open(after: RunId | null, limit: number): Promise<OpenRun[]> {
    const { rows } = await sql<OpenRun>`
      select case_id as case, round, handler, due_at as due from handler_runs
      where state in ('waiting', 'recalling') and (${after?.case ?? null}::uuid is null or (case_id, round) > (${after?.case ?? null}::uuid, ${after?.round ?? 0}))
      order by case_id, round limit ${limit}`.execute(this.#db);
    return rows;
  }

  /** A case's runs, newest first. */
  async ofCase(id: CaseId): Promise<HandlerRun[]> {
    const { rows } = await sql<HandlerRun>`
      select case_id as case, round, handler, state, attempts, due_at as due, said, external_id as "externalId", changed_at as "changedAt"
      from handler_runs where case_id = ${id} order by round desc`.execute(this.#db);
    return rows;
  }

  /** Which run the far side means: by the key that it was given, else by its own number. */
  async find(handler: string, by: { readonly run: RunId | null; readonly externalId: string | null }): Promise<RunId | null> {
    const { rows } = await sql<RunId>`
      select case_id as case, round from handler_runs
      where handler = ${handler} and case when ${by.run !== null} then case_id = ${by.run?.case ?? null}::uuid and round = ${by.run?.round ?? null}::integer
        else external_id = ${by.externalId} end
      order by changed_at desc limit 1`.execute(this.#db);
    return rows[0] ?? null;
  }

  /** Stores what came by the way back, in the intake ledger. @returns its line, and whether it was handled before */
  async arrived(it: CallBack): Promise<{ readonly id: IntakeId; readonly handled: boolean }> {
    const { rows } = await sql<{ id: string; status: string }>`
      insert into intake (id, channel, source, external_id, payload, status)
      values (${newId<IntakeId>()}, 'handler', ${it.handler}, ${it.externalId}, ${JSON.stringify({ text: keptOf(it.text), answer: null })}, 'pending')
      on conflict (channel, source, external_id) do update set attempts = intake.attempts + 1
      returning id, status`.execute(this.#db);
    const [row] = rows;
    const id = parseId<IntakeId>(row?.id);
    if (!row || !id) throw new Error('what arrived was not stored');
    return { id, handled: row.status !== 'pending' };
  }

  /** Whether what arrived is still to be handled. */
  async awaits(id: IntakeId): Promise<boolean> {
    const { rows } = await sql`select from intake where id = ${id} and status = 'pending'`.execute(this.#db);
    return rows.length > 0;
  }
}
