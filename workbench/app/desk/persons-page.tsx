import { makeStyles, SearchBox, Text, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Page } from '../admin/page.tsx';
import { useSettled } from '../browser-state.ts';
import { useSpeech } from '../language.tsx';
import { peopleQuery } from '../queries.ts';
import { Link } from '../use-route.tsx';
import { PersonLine } from './person-line.tsx';

const TYPING_MS = 200;

const useStyles = makeStyles({
  search: { width: '100%', maxWidth: '100%' },
  list: { display: 'flex', flexDirection: 'column', margin: 0, padding: 0, listStyleType: 'none' },
  link: {
    display: 'block',
    padding: `${tokens.spacingVerticalS} 0`,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    ':hover': { textDecorationLine: 'underline' },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** Looking somebody up. */
export default function PersonsPage() {
  const styles = useStyles();
  const { t } = useSpeech();
  const [typed, setTyped] = useState('');
  const search = useSettled(typed, TYPING_MS);
  const found = useQuery(peopleQuery(search));
  const people = search.trim().length > 1 ? found.data?.people : undefined;
  return (
    <Page title={t('page.persons')} intro={t('persons.intro')}>
      <SearchBox
        className={styles.search}
        autoFocus
        aria-label={t('persons.search')}
        placeholder={t('persons.search')}
        value={typed}
        onChange={(_, { value }) => setTyped(value)}
      />
      {people?.length === 0 && <Text className={styles.quiet}>{t('persons.noHits', { search })}</Text>}
      <ul className={styles.list}>
        {people?.map((person) => (
          <li key={person.id}>
            <Link to={{ page: 'person', id: person.id }} className={styles.link}>
              <PersonLine person={person} />
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  );
}
