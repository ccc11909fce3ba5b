import { Button, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CaseDetail, CaseRow } from '../../protocol.ts';
import { api } from '../api.ts';
import { useSpeech } from '../language.tsx';
import { useNames } from '../me.ts';
import { caseQuery, mergedQuery, refreshLists } from '../queries.ts';
import { useTell } from '../toast.tsx';
import { useFailure } from '../use-failure.ts';
import { Link } from '../use-route.tsx';
import { useBandStyles } from './band-styles.ts';

const useStyles = makeStyles({
  line: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalS, minHeight: '32px' },
});

/** Cases that are, or may be, the same question: a suggestion that becomes one case to work on with one press. */
export function Merged({ detail }: { readonly detail: CaseDetail }) {
  const styles = useStyles();
  const band = useBandStyles();
  const { t } = useSpeech();
  const names = useNames();
  const tell = useTell();
  const client = useQueryClient();
  const failed = useFailure(detail.id);
  const [number, setNumber] = useState('');
  const { data } = useQuery(mergedQuery(detail.id));
  const merge = useMutation({
    mutationFn: (into: string) => api.merge(detail.id, { into }),
    onSuccess: (after) => {
      setNumber('');
      client.setQueryData(mergedQuery(detail.id).queryKey, after);
      void client.invalidateQueries({ queryKey: caseQuery(detail.id).queryKey });
      refreshLists(client);
      tell(t('merge.did', { ref: detail.reference }));
    },
    onError: failed,
  });
  const { into = null, cases = [], more = 0 } = data ?? {};
  const suggested = detail.duplicates.filter(({ id }) => !cases.some((one) => one.id === id));
  if (suggested.length === 0 && !into && cases.length + more === 0) return null;
  const line = (row: CaseRow, why: string, action: boolean) => (
    <li key={row.id} className={styles.line}>
      <Link to={{ page: 'case', id: row.id }} className={band.link}>
        {row.reference} · {why} · {row.title}
      </Link>
      {action && (
        <Button
          size="small"
          disabled={merge.isPending}
          onClick={() => merge.mutate(row.id)}
          aria-label={t('merge.into', { ref: row.reference })}
        >
          {t('merge.merge')}
        </Button>
      )}
    </li>
  );
  return (
    <nav className={band.all} aria-label={t('duplicates.title')}>
      {into && (
        <>
          <Text size={200} weight="semibold">
            {t('merge.mergedInto')}
          </Text>
          <ul className={band.list}>{line(into, t(`state.${into.state}`), false)}</ul>
        </>
      )}
      {cases.length + more > 0 && (
        <>
          <Text size={200} weight="semibold">
            {t('merge.gathered', { count: String(cases.length + more) })}
          </Text>
          <ul className={band.list}>{cases.map((row) => line(row, names.requester(row), false))}</ul>
        </>
      )}
      {suggested.length > 0 && !into && (
        <>
          <Text size={200} weight="semibold">
            {t('duplicates.title')}
          </Text>
          <ul className={band.list}>{suggested.map((row) => line(row, t(`duplicates.${row.because}`), detail.mayMerge))}</ul>
          {detail.mayMerge && (
            <form
              className={styles.line}
              onSubmit={(event) => {
                event.preventDefault();
                if (number.trim()) merge.mutate(number.trim());
              }}
            >
              <Input
                size="small"
                value={number}
                onChange={(_, { value }) => setNumber(value)}
                aria-label={t('merge.number')}
                placeholder={t('merge.number')}
              />
              <Button size="small" type="submit" disabled={merge.isPending || number.trim() === ''}>
                {t('merge.merge')}
              </Button>
            </form>
          )}
        </>
      )}
    </nav>
  );
}
