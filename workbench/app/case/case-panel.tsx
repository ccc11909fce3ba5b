import { Button, Spinner } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { ApiError } from '../api.ts';
import { useSpeech } from '../language.tsx';
import { Notice } from '../notice.tsx';
import { caseQuery } from '../queries.ts';
import { useFrame } from '../shell/frame-state.tsx';
import { useReason } from '../use-failure.ts';
import { navigate } from '../use-route.tsx';

// Fetched at once, beside the list that shows first.
const fetched = import('./case-view.tsx');
fetched.catch(() => {});
const CaseView = lazy(() => fetched);

/** Fetches the case of the address; what is known of it shows at once, what is new replaces it. */
export function CasePanel({ id, phone }: { readonly id: string; readonly phone: boolean }) {
  const { t } = useSpeech();
  const reason = useReason();
  const { view } = useFrame();
  const { data, error, refetch } = useQuery(caseQuery(id));
  const loading = (
    <Notice within>
      <Spinner />
    </Notice>
  );
  if (data) {
    return (
      <Suspense fallback={loading}>
        <CaseView detail={data} phone={phone} />
      </Suspense>
    );
  }
  if (!error) return loading;
  const gone = error instanceof ApiError && (error.status === 404 || error.status === 403);
  return (
    <Notice within title={reason(error)}>
      <Button appearance="primary" onClick={() => (gone ? navigate({ page: 'queue', view }) : refetch())}>
        {t(gone ? 'app.back' : 'app.again')}
      </Button>
    </Notice>
  );
}
