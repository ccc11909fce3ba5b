import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { scopeOf } from '../../../domain/index.ts';
import type { CaseAction, CaseDetail } from '../../protocol.ts';
import { ApiError, api } from '../api.ts';
import { useSpeech } from '../language.tsx';
import { useMe, useNames } from '../me.ts';
import { caseQuery, refreshLists } from '../queries.ts';
import { useTell } from '../toast.tsx';
import { useFailure, useReason } from '../use-failure.ts';
import { useUndo } from './use-undo.ts';

export interface Act {
  /** Does something with the case. @returns whether it was done */
  readonly act: (action: CaseAction) => Promise<boolean>;
  readonly busy: boolean;
}

/** Actions on one case: the answer is the case as it now stands; one at a time, so that a double press does it once. */
export function useAct(detail: CaseDetail): Act {
  const client = useQueryClient();
  const tell = useTell();
  const failed = useFailure(detail.id);
  const names = useNames();
  const me = useMe();
  const reason = useReason();
  const { t } = useSpeech();
  const { undo } = useUndo(detail.id);
  const coordinates = scopeOf(me.role, 'take-over') !== 'none' && me.teams.includes(detail.team);
  /** Who coordinates is asked whether he takes more than one may have. */
  const mayGoBeyond = useCallback(
    (error: Error, { action }: CaseAction) => coordinates && action === 'claim' && error instanceof ApiError && error.code === 'too-many',
    [coordinates],
  );
  const { mutateAsync, isPending } = useMutation({
    mutationFn: (action: CaseAction) => api.act(detail.id, action),
    onSuccess: (after, action) => {
      client.setQueryData(caseQuery(after.id).queryKey, after);
      refreshLists(client);
      const did = action.action === 'move' && action.product === undefined && action.team === undefined ? 'kind' : action.action;
      const { held } = after;
      if (held?.mine && held.action === action.action)
        return tell(t('undo.goes', { act: t(`do.${held.action}`) }), 'success', { label: t('undo.now'), press: () => void undo(held) });
      tell(t(`did.${did}`, { ref: after.reference, name: names.requester(after), team: names.team(after.team) }));
    },
    onError: (error, action) => (mayGoBeyond(error, action) ? undefined : failed(error)),
  });
  const act = useCallback(
    async (action: CaseAction) => {
      if (isPending) return false;
      try {
        await mutateAsync(action);
        return true;
      } catch (error) {
        // Said by `onError`; what was written stays where it is.
        if (error instanceof Error && mayGoBeyond(error, action)) {
          const press = () => void mutateAsync({ action: 'claim', beyond: true }).catch(() => {});
          tell(reason(error), 'warning', { label: t('claim.beyond'), press });
        }
        return false;
      }
    },
    [isPending, mutateAsync, mayGoBeyond, tell, reason, t],
  );
  return { act, busy: isPending };
}
