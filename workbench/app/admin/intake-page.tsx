import { Button, Card, makeStyles, Spinner, Tab, TabList, Text, tokens } from '@fluentui/react-components';
import { ArrowSyncRegular } from '@fluentui/react-icons/svg/arrow-sync';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { IntakeRow } from '../../protocol.ts';
import { api } from '../api.ts';
import { useNow } from '../browser-state.ts';
import { useSpeech } from '../language.tsx';
import { intakeQuery } from '../queries.ts';
import { saveFile } from '../save-file.ts';
import { isTextKey } from '../texts.ts';
import { moment } from '../time-left.ts';
import { useTell } from '../toast.tsx';
import { useFailure } from '../use-failure.ts';
import { Page } from './page.tsx';

const STATUSES = ['pending', 'parked', 'refused', 'handled'] as const satisfies readonly IntakeRow['status'][];

const useStyles = makeStyles({
  tabs: { overflowX: 'auto', scrollbarWidth: 'none', marginLeft: `calc(-1 * ${tokens.spacingHorizontalMNudge})` },
  list: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, margin: 0, padding: 0, listStyleType: 'none' },
  card: { gap: tokens.spacingVerticalS },
  head: { display: 'flex', justifyContent: 'space-between', alignItems: 'center', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
  source: { alignSelf: 'flex-start' },
  text: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', maxHeight: '160px', overflowY: 'auto' },
});

/** The ledger of every message that ever arrived: nothing is lost out of sight. */
export default function IntakePage() {
  const styles = useStyles();
  const { t } = useSpeech();
  const [status, setStatus] = useState<IntakeRow['status']>('pending');
  const list = useQuery(intakeQuery(status));
  return (
    <Page title={t('page.intake')} intro={t('intake.intro')}>
      <div className={styles.tabs}>
        <TabList selectedValue={status} onTabSelect={(_, data) => setStatus(STATUSES.find((known) => known === data.value) ?? status)}>
          {STATUSES.map((known) => (
            <Tab key={known} value={known}>
              {t(`intake.${known}`)}
            </Tab>
          ))}
        </TabList>
      </div>
      {list.isPending && <Spinner size="small" />}
      {list.isError && <Button onClick={() => list.refetch()}>{t('app.again')}</Button>}
      {list.data?.rows.length === 0 && <Text className={styles.quiet}>{t('intake.none')}</Text>}
      <ul className={styles.list}>
        {list.data?.rows.map((row) => (
          <li key={row.id}>
            <Message row={row} />
          </li>
        ))}
      </ul>
    </Page>
  );
}

function Message({ row }: { readonly row: IntakeRow }) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const now = useNow();
  const tell = useTell();
  const client = useQueryClient();
  const replay = useMutation({
    mutationFn: () => api.replay(row.id),
    onSuccess: ({ status }) => {
      tell(t('intake.replayed', { status: t(`intake.${status}`) }));
      void client.invalidateQueries({ queryKey: ['intake'] });
    },
    onError: useFailure(),
  });
  const source = useMutation({
    mutationFn: () => api.intakeSource(row.id),
    onSuccess: (content) => saveFile(content, `${row.id}.eml`),
    onError: useFailure(),
  });
  const channel = `channel.${row.channel}`;
  return (
    <Card className={styles.card}>
      <div className={styles.head}>
        <Text size={200} className={styles.quiet}>
          {isTextKey(channel) ? t(channel) : row.channel} ·{' '}
          <time dateTime={row.receivedAt}>{moment(new Date(row.receivedAt), now, language)}</time>
        </Text>
        {row.status !== 'handled' && (
          <Button size="small" icon={<ArrowSyncRegular />} disabledFocusable={replay.isPending} onClick={() => replay.mutate()}>
            {t('intake.replay')}
          </Button>
        )}
      </div>
      {row.text === null ? <Text className={styles.quiet}>{t('intake.restricted')}</Text> : <Text className={styles.text}>{row.text}</Text>}
      {row.reason !== null && <Text weight="semibold">{row.reason}</Text>}
      {row.hasSource && (
        <Button size="small" className={styles.source} disabledFocusable={source.isPending} onClick={() => source.mutate()}>
          {t('intake.source')}
        </Button>
      )}
    </Card>
  );
}
