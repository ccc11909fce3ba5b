import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { BulkAction, BulkOutcome, BulkResult } from '../../protocol.ts';
import { api } from '../api.ts';
import { caseQuery, refreshLists } from '../queries.ts';
import { useFailure } from '../use-failure.ts';

/** What became of a lot. */
export interface Lot {
  readonly action: BulkAction['action'] | 'undo';
  readonly results: readonly BulkOutcome[];
}

/** Does one thing with several cases, and takes it back. */
export function useBulk(): {
  readonly lot: Lot | null;
  readonly busy: boolean;
  /** @returns whether it was asked at all; what became of each case stands in `lot` */
  readonly act: (ids: readonly string[], action: BulkAction) => Promise<boolean>;
  readonly undo: () => Promise<void>;
  readonly close: () => void;
} {
  const client = useQueryClient();
  const [lot, setLot] = useState<Lot | null>(null);
  const { mutateAsync, isPending } = useMutation({
    mutationFn: async ({ ask }: { readonly ask: () => Promise<BulkResult>; readonly action: Lot['action'] }) => ask(),
    onSuccess: ({ results }, { action }) => {
      setLot({ action, results });
      refreshLists(client);
      for (const { id } of results) void client.invalidateQueries({ queryKey: caseQuery(id).queryKey });
    },
    onError: useFailure(),
  });
  const run = (action: Lot['action'], ask: () => Promise<BulkResult>) =>
    mutateAsync({ action, ask }).then(
      () => true,
      () => false,
    );
  return {
    lot,
    busy: isPending,
    act: (ids, action) => run(action.action, () => api.bulk({ ids, action })),
    undo: async () => {
      if (!lot) return;
      const done = lot.results.filter((one) => one.done);
      // A claim has been told already: it is given back.
      if (lot.action === 'claim') await run('undo', () => api.bulk({ ids: done.map(({ id }) => id), action: { action: 'release' } }));
      else await run('undo', () => api.undoBulk({ acts: done.flatMap(({ id, held }) => (held ? [{ id, since: held.since }] : [])) }));
    },
    close: () => setLot(null),
  };
}

/** Until when all of a lot can be taken back; null: nothing of it can. */
export function undoUntil({ action, results }: Lot, now: Date): string | null {
  const done = results.filter((one) => one.done);
  if (action === 'claim' && done.length > 0) return new Date(now.getTime() + 60_000).toISOString();
  const [first] = done.flatMap(({ held }) => held?.until ?? []).sort();
  return first ?? null;
}
