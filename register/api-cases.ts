import { type Selectable, sql } from 'kysely';
import { type Case, type CaseId, type CaseState, parseId, type Reference, restrictedProducts } from '../domain/index.ts';
import type { ApiToken } from './api-tokens.ts';
import { caseFromRow } from './case-row.ts';
import type { Database } from './database.ts';
import type { CasesTable } from './schema.ts';

/** A case and when something last happened to it. */
export interface ApiCase {
  readonly case: Case;
  readonly changedAt: Date;
}

export interface ApiCaseFilter {
  readonly state?: CaseState | undefined;
  readonly team?: string | undefined;
  readonly product?: string | undefined;
  readonly changedSince?: Date | undefined;
}

/** Cases as a token of the API sees them: what it may not see is not there. */
export class ApiCases {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** That a restricted one is read is written down first. */
  async find(by: { readonly id: CaseId } | { readonly reference: Reference }, token: ApiToken): Promise<ApiCase | null> {
    const query = this.#seen(token);
    const row = await ('id' in by ? query.where('c.id', '=', by.id) : query.where('c.reference', '=', by.reference)).executeTakeFirst();
    if (!row) return null;
    const it = fromRow(row);
    await this.#recordReads([it], token);
    return it;
  }

  /**
   * One page, the newest first.
   * @param after the `next` of the page before; anything else begins at the beginning
   */
  async list(
    filter: ApiCaseFilter,
    token: ApiToken,
    page: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<{ readonly cases: readonly ApiCase[]; readonly next: string | null }> {
    let query = this.#seen(token).select(sql<number>`(extract(epoch from c.opened_at) * 1000000)::bigint`.as('place'));
    if (filter.state) query = query.where('c.state', '=', filter.state);
    if (filter.team) query = query.where('c.team', '=', filter.team);
    if (filter.product) query = query.where('c.product', '=', filter.product);
    if (filter.changedSince)
      query = query.where(sql<boolean>`exists (select from case_events e where e.case_id = c.id and e.at >= ${filter.changedSince})`);
    const cursor = readCursor(page.after);
    if (cursor)
      query = query.where(
        sql<boolean>`(c.opened_at, c.id) < ('epoch'::timestamptz + ${cursor.at} * interval '1 microsecond', ${cursor.id}::uuid)`,
      );
    const rows = await query
      .orderBy('c.opened_at', 'desc')
      .orderBy('c.id', 'desc')
      .limit(page.limit + 1)
      .execute();
    const cases = rows.slice(0, page.limit);
    const last = cases.at(-1);
    const read = cases.map(fromRow);
    await this.#recordReads(read, token);
    return { cases: read, next: rows.length > page.limit && last ? `${last.place}.${last.id}` : null };
  }

  #seen({ scopes }: ApiToken) {
    return this.#db
      .selectFrom('cases as c')
      .selectAll('c')
      .select(sql<Date>`coalesce((select max(e.at) from case_events e where e.case_id = c.id), c.opened_at)`.as('changed_at'))
      .where(sql<boolean>`(not c.restricted or coalesce(c.product = any(${[...restrictedProducts(scopes)]}::text[]), false))`);
  }

  async #recordReads(read: readonly ApiCase[], { id }: ApiToken): Promise<void> {
    const restricted = read.filter((it) => it.case.restricted);
    if (restricted.length === 0) return;
    await this.#db
      .insertInto('audit')
      .values(
        restricted.map(({ case: it }) => ({
          actor_id: id,
          action: 'restricted-read',
          subject: it.id,
          data: JSON.stringify({ reference: it.reference }),
        })),
      )
      .execute();
  }
}

function fromRow({ changed_at, ...row }: Selectable<CasesTable> & { readonly changed_at: Date }): ApiCase {
  return { case: caseFromRow(row), changedAt: changed_at };
}

function readCursor(text: string | undefined): { readonly at: number; readonly id: CaseId } | null {
  const [at, rest] = (text ?? '').split('.');
  const id = parseId<CaseId>(rest);
  return at && /^\d{1,16}$/.test(at) && id ? { at: Number(at), id } : null;
}
