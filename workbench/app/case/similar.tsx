import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { CaseDetail } from '../../protocol.ts';
import { useNow } from '../browser-state.ts';
import { useSpeech } from '../language.tsx';
import { suggestionsQuery } from '../queries.ts';
import { moment } from '../time-left.ts';
import { Link } from '../use-route.tsx';

const useStyles = makeStyles({
  all: { padding: `0 ${tokens.spacingHorizontalL} ${tokens.spacingVerticalL}` },
  heading: { fontSize: tokens.fontSizeBase300, margin: `${tokens.spacingVerticalM} 0` },
  list: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, margin: 0, padding: 0, listStyleType: 'none' },
  one: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalXS },
  link: { color: tokens.colorBrandForegroundLink, minHeight: '24px' },
  quiet: { color: tokens.colorNeutralForeground2 },
  answer: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
});

/** What the catalogue answers, and how alike questions were solved. @param onTake puts an answer into the field to reply in; null where one cannot */
export function Similar({ detail, onTake }: { readonly detail: CaseDetail; readonly onTake: ((text: string) => void) | null }) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const now = useNow();
  const { data } = useQuery(suggestionsQuery(detail.id));
  if (!data) return null;
  const offered = data.replies.filter(({ from }) => from === 'catalogue');
  return (
    <section className={styles.all} aria-label={t('similar.title')}>
      <h2 className={styles.heading}>{t('similar.title')}</h2>
      {offered.length === 0 && data.similar.length === 0 && <Text className={styles.quiet}>{t('similar.none')}</Text>}
      <ul className={styles.list}>
        {offered.map((one) => (
          <li key={one.text} className={styles.one}>
            <Text weight="semibold">{t('similar.catalogue')}</Text>
            <Text className={styles.answer}>{one.text}</Text>
            {onTake && (
              <Button size="small" aria-label={t('similar.takeCatalogue')} onClick={() => onTake(one.text)}>
                {t('similar.take')}
              </Button>
            )}
          </li>
        ))}
        {data.similar.map((one) => (
          <li key={one.id} className={styles.one}>
            <Link to={{ page: 'case', id: one.id }} className={styles.link}>
              {one.reference} · {one.title}
            </Link>
            <Text size={200} className={styles.quiet}>
              {moment(new Date(one.readyAt), now, language)}
            </Text>
            <Text className={styles.answer}>{one.answer}</Text>
            {onTake && (
              <Button size="small" aria-label={t('similar.takeOf', { reference: one.reference })} onClick={() => onTake(one.answer)}>
                {t('similar.take')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
