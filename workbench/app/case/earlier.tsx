import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { CaseDetail } from '../../protocol.ts';
import { useNow } from '../browser-state.ts';
import { useSpeech } from '../language.tsx';
import { useNames } from '../me.ts';
import { moment } from '../time-left.ts';
import { Link } from '../use-route.tsx';

const useStyles = makeStyles({
  heading: { fontSize: tokens.fontSizeBase300, margin: `0 ${tokens.spacingHorizontalL}` },
  list: { margin: 0, padding: tokens.spacingHorizontalS, listStyleType: 'none' },
  none: { display: 'block', padding: tokens.spacingHorizontalL, color: tokens.colorNeutralForeground2 },
  link: {
    display: 'flex',
    flexDirection: 'column',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  quiet: { color: tokens.colorNeutralForeground2 },
});

const HEADING = 'loket-earlier';

/** What the same requester asked before. */
export function Earlier({ detail }: { readonly detail: CaseDetail }) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const names = useNames();
  const now = useNow();
  if (detail.earlier.length === 0) return <Text className={styles.none}>{t('earlier.none', { name: names.requester(detail) })}</Text>;
  return (
    <section aria-labelledby={HEADING}>
      <h2 id={HEADING} className={styles.heading}>
        {t('earlier.title', { name: names.requester(detail) })}
      </h2>
      <ul className={styles.list}>
        {detail.earlier.map((row) => (
          <li key={row.id}>
            <Link to={{ page: 'case', id: row.id }} className={styles.link}>
              <Text weight="semibold">{row.title}</Text>
              <Text size={200} className={styles.quiet}>
                {row.reference} · {names.product(row.product)} · {t(`state.${row.state}`)} · {moment(new Date(row.openedAt), now, language)}
              </Text>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
