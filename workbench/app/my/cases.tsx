import { Button, makeStyles, Spinner, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { OwnCaseRow } from '../../my-protocol.ts';
import { useNow } from '../browser-state.ts';
import { useSpeech } from '../language.tsx';
import { NoEntry } from '../teams/no-entry.tsx';
import { moment } from '../time-left.ts';
import { myApi } from './api.ts';
import { goTo, myPathOf } from './routes.ts';
import { isUnderWay, useStateText } from './state.tsx';

const REFRESH = 20_000;

const useStyles = makeStyles({
  page: {
    maxWidth: '760px',
    margin: '0 auto',
    padding: tokens.spacingHorizontalM,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
  },
  list: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, listStyleType: 'none', margin: 0, padding: 0 },
  row: {
    display: 'flex',
    flexDirection: 'column',
    gap: '2px',
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    overflowWrap: 'anywhere',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '1px' },
  },
  line: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalM, color: tokens.colorNeutralForeground2 },
  empty: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalM },
});

/** What somebody asked, what is under way first; looked at again every so often while it is on screen. */
export function MyCases() {
  const styles = useStyles();
  const { t } = useSpeech();
  const { data, error, refetch } = useQuery({
    queryKey: ['my-cases'],
    queryFn: myApi.cases,
    refetchInterval: REFRESH,
    refetchOnMount: 'always',
  });
  if (error && !data) return <NoEntry error={error} onAgain={() => refetch()} />;
  if (!data) return <Spinner />;
  const underWay = data.cases.filter(isUnderWay);
  const done = data.cases.filter((row) => !isUnderWay(row));
  return (
    <div className={styles.page}>
      {data.cases.length === 0 ? (
        <div className={styles.empty}>
          <Text>{t('my.none')}</Text>
          <Button appearance="primary" onClick={() => goTo({ page: 'ask' })}>
            {t('my.ask')}
          </Button>
        </div>
      ) : (
        <>
          <Subtitle2 as="h1">{t('my.open')}</Subtitle2>
          {underWay.length === 0 ? <Text>{t('my.noneOpen')}</Text> : <List rows={underWay} />}
          {done.length > 0 && (
            <>
              <Subtitle2 as="h2">{t('my.done')}</Subtitle2>
              <List rows={done} />
            </>
          )}
        </>
      )}
    </div>
  );
}

function List({ rows }: { readonly rows: readonly OwnCaseRow[] }) {
  const styles = useStyles();
  return (
    <ul className={styles.list}>
      {rows.map((row) => (
        <li key={row.reference}>
          <Row row={row} />
        </li>
      ))}
    </ul>
  );
}

function Row({ row }: { readonly row: OwnCaseRow }) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const now = useNow();
  const stateText = useStateText();
  const at = (text: string) => moment(new Date(text), now, language);
  const route = { page: 'case', reference: row.reference } as const;
  return (
    <a
      className={styles.row}
      href={myPathOf(route)}
      onClick={(event) => {
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        goTo(route);
      }}
    >
      <Text weight="semibold">{row.title}</Text>
      <Text className={styles.line}>
        <span>{stateText(row)}</span>
        {row.due !== null && <span>{t('my.due', { at: at(row.due) })}</span>}
      </Text>
      <Text size={200} className={styles.line}>
        <span>{row.reference}</span>
        <span>{t('my.since', { at: at(row.openedAt) })}</span>
      </Text>
    </a>
  );
}
