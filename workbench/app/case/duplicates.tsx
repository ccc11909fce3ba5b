import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { CaseDetail } from '../../protocol.ts';
import { useSpeech } from '../language.tsx';
import { Link } from '../use-route.tsx';

const useStyles = makeStyles({
  all: {
    flexShrink: 0,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorNeutralBackground3,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  link: {
    display: 'block',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    color: tokens.colorBrandForegroundLink,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
});

/** Open cases that may be the same question, and why they may; a suggestion, nothing is done with them by itself. */
export function Duplicates({ detail }: { readonly detail: CaseDetail }) {
  const styles = useStyles();
  const { t } = useSpeech();
  if (detail.duplicates.length === 0) return null;
  return (
    <nav className={styles.all} aria-label={t('duplicates.title')}>
      <Text size={200} weight="semibold">
        {t('duplicates.title')}
      </Text>
      <ul className={styles.list}>
        {detail.duplicates.map((row) => (
          <li key={row.id}>
            <Link to={{ page: 'case', id: row.id }} className={styles.link}>
              {row.reference} · {t(`duplicates.${row.because}`)} · {row.title}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
