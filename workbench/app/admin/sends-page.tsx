import { Card, makeStyles, Tab, TabList, Text, tokens } from '@fluentui/react-components';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SendRow } from '../../protocol.ts';
import { useSpeech } from '../language.tsx';
import { sendsQuery } from '../queries.ts';
import { SendLine } from '../send-line.tsx';
import { Link } from '../use-route.tsx';
import { Page } from './page.tsx';
import { PagedList } from './paged-list.tsx';

const FILTERS = ['all', 'sent', 'deferred', 'refused', 'bounced', 'held'] as const satisfies readonly ('all' | SendRow['outcome'])[];
type Filter = (typeof FILTERS)[number];

const useStyles = makeStyles({
  tabs: { overflowX: 'auto', scrollbarWidth: 'none', marginLeft: `calc(-1 * ${tokens.spacingHorizontalMNudge})` },
  cases: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM },
  link: { color: tokens.colorBrandForegroundLink, minHeight: '24px' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** What went out and what did not, over all cases. */
export default function SendsPage() {
  const styles = useStyles();
  const { t } = useSpeech();
  const [filter, setFilter] = useState<Filter>('all');
  const list = useInfiniteQuery(sendsQuery(filter === 'all' ? null : filter));
  return (
    <Page title={t('page.sends')} intro={t('sends.intro')}>
      <div className={styles.tabs}>
        <TabList selectedValue={filter} onTabSelect={(_, data) => setFilter(FILTERS.find((known) => known === data.value) ?? filter)}>
          {FILTERS.map((known) => (
            <Tab key={known} value={known}>
              {t(`sends.${known}`)}
            </Tab>
          ))}
        </TabList>
      </div>
      <PagedList list={list} none={t('sends.none')}>
        {(row) => (
          <Card>
            <SendLine send={row} />
            {row.hidden && <Text className={styles.quiet}>{t('sends.hidden')}</Text>}
            {row.cases.length > 0 && (
              <span className={styles.cases}>
                {row.cases.map((it) => (
                  <Link key={it.id} to={{ page: 'case', id: it.id }} className={styles.link}>
                    {it.reference}
                  </Link>
                ))}
              </span>
            )}
          </Card>
        )}
      </PagedList>
    </Page>
  );
}
