import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { CaseRow } from '../../protocol.ts';
import { useNow } from '../browser-state.ts';
import { useSpeech } from '../language.tsx';
import { useNames } from '../me.ts';
import { moment } from '../time-left.ts';
import { Link } from '../use-route.tsx';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'flex', flexDirection: 'column' },
  link: {
    display: 'flex',
    flexDirection: 'column',
    padding: `${tokens.spacingVerticalS} 0`,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    overflowWrap: 'anywhere',
    ':hover': { textDecorationLine: 'underline' },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** Cases, one line each. `alike` are marked. */
export function CaseLines({ cases }: { readonly cases: readonly (CaseRow & { readonly alike?: boolean })[] }) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const names = useNames();
  const now = useNow();
  return (
    <ul className={styles.list}>
      {cases.map((row) => (
        <li key={row.id}>
          <Link to={{ page: 'case', id: row.id }} className={styles.link}>
            <Text weight="semibold">{row.title}</Text>
            <Text size={200} className={styles.quiet}>
              {row.reference} · {names.product(row.product)}
              {row.alike ? ` (${t('register.alike')})` : ''} · {t(`state.${row.state}`)} · {moment(new Date(row.openedAt), now, language)}
            </Text>
          </Link>
        </li>
      ))}
    </ul>
  );
}
