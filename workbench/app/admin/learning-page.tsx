import { Button, makeStyles, Spinner, Tab, TabList, Text, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ExampleRow } from '../../protocol.ts';
import { useSpeech } from '../language.tsx';
import { examplesQuery } from '../queries.ts';
import { Example } from './example.tsx';
import { Models } from './models.tsx';
import { Page } from './page.tsx';

const TABS = ['proposed', 'accepted', 'rejected', 'models'] as const;

const useStyles = makeStyles({
  tabs: { overflowX: 'auto', scrollbarWidth: 'none', marginLeft: `calc(-1 * ${tokens.spacingHorizontalMNudge})` },
  list: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, margin: 0, padding: 0, listStyleType: 'none' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** What the desk learns from corrections, and what came of it. */
export default function LearningPage() {
  const styles = useStyles();
  const { t } = useSpeech();
  const [tab, setTab] = useState<(typeof TABS)[number]>('proposed');
  return (
    <Page title={t('page.learning')} intro={t('learning.intro')}>
      <div className={styles.tabs}>
        <TabList selectedValue={tab} onTabSelect={(_, data) => setTab(TABS.find((known) => known === data.value) ?? tab)}>
          {TABS.map((known) => (
            <Tab key={known} value={known}>
              {t(`learning.${known}`)}
            </Tab>
          ))}
        </TabList>
      </div>
      {tab === 'models' ? <Models /> : <Examples key={tab} state={tab} />}
    </Page>
  );
}

function Examples({ state }: { readonly state: ExampleRow['state'] }) {
  const styles = useStyles();
  const { t } = useSpeech();
  const list = useQuery(examplesQuery(state));
  if (list.isPending) return <Spinner size="small" />;
  if (list.isError) return <Button onClick={() => list.refetch()}>{t('app.again')}</Button>;
  if (list.data.rows.length === 0) return <Text className={styles.quiet}>{t('learning.none')}</Text>;
  return (
    <ul className={styles.list}>
      {list.data.rows.map((row) => (
        <li key={row.id}>
          <Example row={row} />
        </li>
      ))}
    </ul>
  );
}
