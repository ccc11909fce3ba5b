import { makeStyles, Tab, TabList, Text, tokens } from '@fluentui/react-components';
import { useEffect } from 'react';
import type { Session } from '../../my-protocol.ts';
import { useMedia } from '../browser-state.ts';
import { useSpeech } from '../language.tsx';
import { MyCase } from './case-view.tsx';
import { MyCases } from './cases.tsx';
import { MyCatalogue } from './catalogue.tsx';
import { Chat } from './chat.tsx';
import { goTo, useMyRoute } from './routes.ts';

const useStyles = makeStyles({
  page: { height: '100%', overflow: 'hidden', display: 'flex', flexDirection: 'column', backgroundColor: tokens.colorNeutralBackground2 },
  header: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    columnGap: tokens.spacingHorizontalL,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  tabs: { minWidth: 0, overflowX: 'auto' },
  organisation: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere', '@media (max-width: 640px)': { display: 'none' } },
  main: { flexGrow: 1, minHeight: 0, overflowY: 'auto' },
});

/** The page once it is known whose it is: three places, of which the chat stays as it is while one looks at the others. */
export function Frame({ session }: { readonly session: Session }) {
  const styles = useStyles();
  const { t } = useSpeech();
  const route = useMyRoute();
  const narrow = useMedia('(max-width: 480px)');
  const place = route.page === 'case' ? 'cases' : route.page;
  useEffect(() => {
    document.title = `${t(`my.${place}`)} · ${session.organisation}`;
  }, [t, place, session.organisation]);
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <TabList
          className={styles.tabs}
          size={narrow ? 'small' : 'medium'}
          selectedValue={place}
          onTabSelect={(_, { value }) => {
            if (value === 'cases' || value === 'ask' || value === 'catalogue') goTo({ page: value });
          }}
        >
          <Tab value="cases">{t('my.cases')}</Tab>
          <Tab value="ask">{t('my.ask')}</Tab>
          <Tab value="catalogue">{t('my.catalogue')}</Tab>
        </TabList>
        <Text className={styles.organisation}>
          {session.organisation} · {session.name}
        </Text>
      </header>
      <main className={styles.main}>
        {route.page === 'cases' && <MyCases />}
        {route.page === 'case' && <MyCase key={route.reference} reference={route.reference} />}
        {route.page === 'catalogue' && <MyCatalogue />}
        <Chat session={session} shown={route.page === 'ask'} />
      </main>
    </div>
  );
}
