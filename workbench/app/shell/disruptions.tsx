import { makeStyles, tokens } from '@fluentui/react-components';
import { MegaphoneRegular } from '@fluentui/react-icons/svg/megaphone';
import { useQuery } from '@tanstack/react-query';
import { useNow } from '../browser-state.ts';
import { useSpeech } from '../language.tsx';
import { useNames } from '../me.ts';
import { disruptionsQuery } from '../queries.ts';
import { moment } from '../time-left.ts';
import { Link } from '../use-route.tsx';

const useStyles = makeStyles({
  strip: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXXS,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorStatusWarningBackground1,
    color: tokens.colorStatusWarningForeground1,
    borderBottom: `1px solid ${tokens.colorStatusWarningBorder1}`,
    margin: 0,
    listStyleType: 'none',
    '& a': { color: 'inherit', fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  },
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalS },
});

/** The disruptions that run, and what looks like one: seen from every list, because who takes the next case should know. */
export function Disruptions() {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const names = useNames();
  const now = useNow();
  const { data } = useQuery(disruptionsQuery);
  const { running = [], suggested = [] } = data ?? {};
  if (running.length === 0 && suggested.length === 0) return null;
  return (
    <ul className={styles.strip} aria-label={t('disruptions.label')}>
      {running.map(({ id, case: of, title, linked, expectedBy }) => (
        <li key={id} className={styles.line}>
          <MegaphoneRegular aria-hidden />
          <Link to={{ page: 'case', id: of }}>{title}</Link>
          <span>{t(linked === 1 ? 'disruptions.one' : 'disruptions.many', { n: linked })}</span>
          {expectedBy && <span>{t('disruptions.until', { moment: moment(new Date(expectedBy), now, language) })}</span>}
        </li>
      ))}
      {suggested.map(({ product, place, cases }) => {
        const [first] = cases;
        return (
          first && (
            <li key={first.id} className={styles.line}>
              <MegaphoneRegular aria-hidden />
              <span>
                {t('disruptions.suggested', { n: cases.length, product: names.product(product), place: place ? ` (${place})` : '' })}
              </span>
              <Link to={{ page: 'case', id: first.id }}>{t('disruptions.look', { ref: first.reference })}</Link>
            </li>
          )
        );
      })}
    </ul>
  );
}
