import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Held } from '../../protocol.ts';
import { api } from '../api.ts';
import { restoreDraft } from '../drafts.ts';
import { useSpeech } from '../language.tsx';
import { caseQuery, refreshLists } from '../queries.ts';
import { useTell } from '../toast.tsx';
import { useFailure } from '../use-failure.ts';
import { MODES } from './modes.ts';

/** Takes back what was done with a case; what was written stands in its field again. */
export function useUndo(id: string): { readonly undo: (held: Held) => Promise<void>; readonly busy: boolean } {
  const client = useQueryClient();
  const tell = useTell();
  const failed = useFailure(id);
  const { t } = useSpeech();
  const { mutateAsync, isPending } = useMutation({
    mutationFn: (held: Held) => api.undo(id, held.since),
    onSuccess: (after, held) => {
      client.setQueryData(caseQuery(id).queryKey, after);
      refreshLists(client);
      const mode = MODES.find((known) => known === held.action);
      if (mode && held.text !== null) restoreDraft(id, mode, held.text);
      tell(t('undo.done'));
    },
    onError: failed,
  });
  return { undo: (held) => mutateAsync(held).then(nothing, nothing), busy: isPending };
}

/** What went wrong is said by `onError`. */
function nothing(): void {}
