import { type RawBuilder, sql } from 'kysely';
import type { CaseFilter } from '../domain/index.ts';
import type { Colleague } from './sign-in.ts';

const COLUMNS = ['state', 'product', 'kind', 'priority', 'channel', 'team'] as const;

/** Whether the case that a query calls `c` is one of those. */
export function isNarrowedTo(filter: CaseFilter, colleague: Colleague): RawBuilder<boolean> {
  const wanted = COLUMNS.flatMap((column) => (filter[column] === undefined ? [] : [sql`${sql.ref(`c.${column}`)} = ${filter[column]}`]));
  if (filter.worker === 'me') wanted.push(sql`c.worker_id = ${colleague.id}::uuid`);
  if (filter.worker === 'nobody') wanted.push(sql`c.worker_id is null`);
  // As the counts have it: who waits for the requester is not late.
  if (filter.due === 'late') wanted.push(sql`c.due < now() and c.state not in ('waiting', 'ready', 'closed', 'withdrawn', 'merged')`);
  return wanted.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(wanted, sql` and `)})`;
}
