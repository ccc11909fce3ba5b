import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SavedViewList, SavedViewRequest } from '../../protocol.ts';
import { api } from '../api.ts';
import { viewsQuery } from '../queries.ts';
import { useFailure } from '../use-failure.ts';

/** Keeps views, and takes them away. Each says whether it was done; why not is told. */
export function useViewChange(): {
  readonly keep: (view: SavedViewRequest) => Promise<boolean>;
  readonly remove: (id: string) => Promise<boolean>;
  readonly busy: boolean;
} {
  const client = useQueryClient();
  const { mutateAsync, isPending } = useMutation({
    mutationFn: (change: () => Promise<SavedViewList>) => change(),
    onSuccess: (list) => client.setQueryData(viewsQuery.queryKey, list),
    onError: useFailure(),
  });
  const done = (change: () => Promise<SavedViewList>) =>
    mutateAsync(change).then(
      () => true,
      () => false,
    );
  return { keep: (view) => done(() => api.saveView(view)), remove: (id) => done(() => api.removeView(id)), busy: isPending };
}
