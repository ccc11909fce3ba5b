import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { ApiError } from './api.ts';
import { useSpeech } from './language.tsx';
import { useTell } from './toast.tsx';

/** Says kindly why something didn't work. When somebody was first (409) all that is on screen is asked for again. */
export function useFailure(): (error: Error) => void {
  const { t } = useSpeech();
  const tell = useTell();
  const client = useQueryClient();
  return useCallback(
    (error: Error) => {
      if (error instanceof ApiError && error.status === 401) return;
      if (error instanceof ApiError && error.status === 409) {
        tell(t('conflict', { why: withStop(error.message) }), 'warning');
        void client.invalidateQueries();
        return;
      }
      const why = error instanceof ApiError && error.message !== '' ? withStop(error.message) : t('app.noAnswer');
      tell(t('app.failed', { why }), 'warning');
    },
    [t, tell, client],
  );
}

function withStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
