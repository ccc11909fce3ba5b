import { type RawBuilder, sql } from 'kysely';
import { scopeOf } from '../domain/index.ts';
import type { Colleague } from './sign-in.ts';

/**
 * Whether a colleague may read the case that a query calls `c`. The one place that says so: find, lists, search, counts, the urgent banner,
 * earlier cases and notices all ask it.
 *
 * What is restricted and has named readers is theirs alone, whatever role or claim somebody else has. Other restricted cases follow
 * `read-restricted`, all others `read`; the own teams' cases include what one holds.
 */
export function mayRead(colleague: Colleague): RawBuilder<boolean> {
  const { named, reader } = readersOf(colleague, sql`c.product`);
  return sql<boolean>`(case when not c.restricted then ${within(colleague, 'read')}
    when ${named} then ${reader}
    else ${within(colleague, 'read-restricted')} end)`;
}

/** Whether a colleague is a reader of what is restricted of a product, where that names its readers; where it names none, everybody is. */
export function mayReadProduct(colleague: Colleague, product: RawBuilder<unknown>): RawBuilder<boolean> {
  const { named, reader } = readersOf(colleague, product);
  return sql<boolean>`(not ${named} or ${reader})`;
}

/** Whether a product names readers, and whether the colleague is one. */
function readersOf(
  colleague: Colleague,
  product: RawBuilder<unknown>,
): { readonly named: RawBuilder<boolean>; readonly reader: RawBuilder<boolean> } {
  const names = sql`select lower(address) from people where id = ${colleague.id}::uuid and verified
    union all select unnest(${[`role:${colleague.role}`, ...colleague.teams.map((team) => `team:${team}`)]}::text[])`;
  // Without a reference to the case both lists are made once per query.
  return {
    named: sql<boolean>`coalesce(${product} = any(array(select product from product_readers)), false)`,
    reader: sql<boolean>`coalesce(${product} = any(array(select product from product_readers where reader in (${names}))), false)`,
  };
}

function within(colleague: Colleague, permission: 'read' | 'read-restricted'): RawBuilder<boolean> {
  const scope = scopeOf(colleague.role, permission);
  switch (scope) {
    case 'none':
      return sql<boolean>`false`;
    case 'all':
      return sql<boolean>`true`;
    case 'own':
      return sql<boolean>`(c.worker_id is not distinct from ${colleague.id}::uuid or c.team = any(${[...colleague.teams]}::text[]))`;
    default:
      scope satisfies never;
      return sql<boolean>`false`;
  }
}
