import { Button, Card, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ModelRow } from '../../protocol.ts';
import { api } from '../api.ts';
import { useNow } from '../browser-state.ts';
import { useSpeech } from '../language.tsx';
import { useNames } from '../me.ts';
import { modelsQuery } from '../queries.ts';
import { moment } from '../time-left.ts';
import { useTell } from '../toast.tsx';
import { useFailure } from '../use-failure.ts';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, margin: 0, padding: 0, listStyleType: 'none' },
  card: { gap: tokens.spacingVerticalXS },
  head: { display: 'flex', justifyContent: 'space-between', alignItems: 'center', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
  reason: { overflowWrap: 'anywhere' },
});

/** The versions of the classifier: which decides, what each reached, why one did not go live; and the way back. */
export function Models() {
  const styles = useStyles();
  const { t } = useSpeech();
  const list = useQuery(modelsQuery);
  if (list.isPending) return <Spinner size="small" />;
  if (list.isError) return <Button onClick={() => list.refetch()}>{t('app.again')}</Button>;
  return (
    <ul className={styles.list}>
      {list.data.rows.map((row) => (
        <li key={row.id}>
          <Model row={row} />
        </li>
      ))}
    </ul>
  );
}

function Model({ row }: { readonly row: ModelRow }) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const now = useNow();
  const tell = useTell();
  const client = useQueryClient();
  const names = useNames();
  const worse = row.state === 'refused' ? (row.judged?.worse ?? []) : [];
  const back = useMutation({
    mutationFn: () => api.rollBack(row.id),
    onSuccess: ({ number }) => {
      tell(t('models.rolledBack', { number }));
      void client.invalidateQueries({ queryKey: modelsQuery.queryKey });
    },
    onError: useFailure(),
  });
  return (
    <Card className={styles.card}>
      <div className={styles.head}>
        <Text weight="semibold">
          {t('models.name', { number: row.number })} · {t(row.inForce ? 'models.inForce' : `models.${row.state}`)}
        </Text>
        {row.canRollBack && (
          <Button size="small" disabledFocusable={back.isPending} onClick={() => back.mutate()}>
            {t('models.rollBack')}
          </Button>
        )}
      </div>
      <Text size={200} className={styles.quiet}>
        {row.id} · {t('models.made', { catalogue: row.catalogue, n: row.corrections })} ·{' '}
        <time dateTime={row.createdAt}>{moment(new Date(row.createdAt), now, language)}</time>
      </Text>
      {row.judged && <Text>{t('models.judged', { rows: row.judged.rows, right: row.judged.right, before: row.judged.before })}</Text>}
      {worse.map(({ id, ...counts }) => (
        <Text key={id}>{t('models.worse', { ...counts, product: names.product(id === '-' ? null : id) })}</Text>
      ))}
      {row.reason !== null && worse.length === 0 && <Text className={styles.reason}>{row.reason}</Text>}
    </Card>
  );
}
