import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Button,
  makeStyles,
  SearchBox,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Language } from '../../../domain/index.ts';
import type { CatalogueByGroup } from '../../my-protocol.ts';
import { useSpeech } from '../language.tsx';
import { NoEntry } from '../teams/no-entry.tsx';
import { myApi } from './api.ts';
import { askAbout } from './chat.tsx';

type Groups = CatalogueByGroup['groups'];

const useStyles = makeStyles({
  page: {
    maxWidth: '760px',
    margin: '0 auto',
    padding: tokens.spacingHorizontalM,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
  },
  search: { maxWidth: 'none' },
  list: { display: 'flex', flexDirection: 'column', listStyleType: 'none', margin: 0, padding: 0 },
  product: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  words: { display: 'flex', flexDirection: 'column', minWidth: 0, overflowWrap: 'anywhere' },
  soft: { color: tokens.colorNeutralForeground2 },
  button: { flexShrink: 0 },
});

/** What the desk does, by group; a product begins a question about it. */
export function MyCatalogue() {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const [search, setSearch] = useState('');
  const [opened, setOpened] = useState<readonly unknown[]>([]);
  // What was found is to be seen.
  const searching = search.trim() !== '';
  const { data, error, refetch } = useQuery({ queryKey: ['my-catalogue'], queryFn: myApi.catalogue, staleTime: 5 * 60_000 });
  if (error && !data) return <NoEntry error={error} onAgain={() => refetch()} />;
  if (!data) return <Spinner />;
  const found = filtered(data.groups, search, language);
  return (
    <div className={styles.page}>
      <SearchBox
        className={styles.search}
        aria-label={t('my.search')}
        placeholder={t('my.search')}
        value={search}
        onChange={(_, { value }) => setSearch(value)}
      />
      {found.length === 0 && <Text>{t('my.noHits', { search })}</Text>}
      <Accordion
        multiple
        collapsible
        openItems={searching ? found.map(({ id }) => id) : opened}
        onToggle={(_, { openItems }) => {
          if (!searching) setOpened(openItems);
        }}
      >
        {found.map((group) => (
          <AccordionItem key={group.id} value={group.id}>
            <AccordionHeader as="h2">{group.name[language]}</AccordionHeader>
            <AccordionPanel>
              <ul className={styles.list}>
                {group.products.map(({ id, name, description }) => (
                  <li key={id} className={styles.product}>
                    <span className={styles.words}>
                      <Text weight="semibold">{name[language]}</Text>
                      <Text size={200} className={styles.soft}>
                        {description[language]}
                      </Text>
                    </span>
                    <Button
                      className={styles.button}
                      aria-label={`${t('my.askThis')}: ${name[language]}`}
                      onClick={() => askAbout(t('my.askAbout', { product: inSentence(name[language]) }))}
                    >
                      {t('my.askThis')}
                    </Button>
                  </li>
                ))}
              </ul>
            </AccordionPanel>
          </AccordionItem>
        ))}
      </Accordion>
    </div>
  );
}

/** The products whose name or description has all the words; the groups that are left. */
function filtered(groups: Groups, search: string, language: Language): Groups {
  const words = fold(search).split(/\s+/).filter(Boolean);
  return groups
    .map((group) => ({
      ...group,
      products: group.products.filter(({ name, description }) => {
        const text = fold(`${group.name[language]} ${name[language]} ${description[language]}`);
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter(({ products }) => products.length > 0);
}

/** Without accents and capitals. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** "Klimaat" in the middle of a sentence; "ICT-hulp" stays as it is. */
function inSentence(name: string): string {
  return /^\p{Lu}\p{Ll}/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}
