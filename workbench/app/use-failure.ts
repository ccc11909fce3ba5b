import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { ApiError } from './api.ts';
import { useSpeech } from './language.tsx';
import { caseQuery } from './queries.ts';
import { isTextKey } from './texts.ts';
import { useTell } from './toast.tsx';

/** Why something wasn't done, in the reader's language: by the error's code, else as the server said it. */
export function useReason(): (error: Error | null) => string {
  const { t } = useSpeech();
  return useCallback(
    (error: Error | null) => {
      if (!(error instanceof ApiError) || error.status === 0) return t('app.noAnswer');
      if (error.status === 429) return t('error.busy');
      const key = `error.${error.code}`;
      return isTextKey(key) ? t(key, error.values) : error.message || t('error.failed');
    },
    [t],
  );
}

/**
 * Says kindly why something didn't work. When somebody was first (409) what is on screen is asked for again, and the case
 * itself tells who that was.
 */
export function useFailure(caseId: string | null = null): (error: Error) => void {
  const { t } = useSpeech();
  const tell = useTell();
  const reason = useReason();
  const client = useQueryClient();
  return useCallback(
    async (error: Error) => {
      const status = error instanceof ApiError ? error.status : 0;
      if (status === 401) return;
      if (status !== 409) return tell(reason(error), 'warning');
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'queues' || queryKey[0] === 'cases' });
      const now = caseId === null ? null : await client.fetchQuery({ ...caseQuery(caseId), staleTime: 0 }).catch(() => null);
      const others = error instanceof ApiError && (error.code === 'already-claimed' || error.code === 'not-yours');
      tell(others && now?.worker ? t('error.by', { name: now.worker.name }) : reason(error), 'warning');
    },
    [t, tell, reason, client, caseId],
  );
}
