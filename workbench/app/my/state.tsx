import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle';
import { CircleRegular } from '@fluentui/react-icons/svg/circle';
import { RecordRegular } from '@fluentui/react-icons/svg/record';
import type { OwnCaseRow } from '../../my-protocol.ts';
import { useSpeech } from '../language.tsx';

const useStyles = makeStyles({
  steps: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
  step: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, color: tokens.colorNeutralForeground2 },
  now: { color: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold },
});

const UNDER_WAY: ReadonlySet<OwnCaseRow['state']> = new Set(['open', 'queued', 'claimed', 'waiting']);

/** Whether something still happens with it. */
export function isUnderWay({ state }: Pick<OwnCaseRow, 'state'>): boolean {
  return UNDER_WAY.has(state);
}

/** How a case stands, in words. */
export function useStateText(): (row: Pick<OwnCaseRow, 'state' | 'worker'>) => string {
  const { t } = useSpeech();
  return ({ state, worker }) => (state === 'claimed' && worker ? t('my.state.claimedBy', { name: worker }) : t(`my.state.${state}`));
}

/** Received, being worked on, ready: how far it is. What left that road (withdrawn, joined) says so in words. */
export function Steps({ row }: { readonly row: OwnCaseRow }) {
  const styles = useStyles();
  const { t } = useSpeech();
  const stateText = useStateText();
  if (row.state === 'withdrawn' || row.state === 'merged') return <Text weight="semibold">{stateText(row)}</Text>;
  const at = row.state === 'ready' || row.state === 'closed' ? 2 : row.state === 'claimed' || row.state === 'waiting' ? 1 : 0;
  const labels = [t('my.step.received'), t('my.step.working'), t('my.step.ready')];
  return (
    <ol className={styles.steps}>
      {labels.map((label, i) => (
        <li key={label} className={mergeClasses(styles.step, i === at && styles.now)} aria-current={i === at ? 'step' : undefined}>
          {i < at || at === 2 ? (
            <CheckmarkCircleFilled aria-hidden />
          ) : i === at ? (
            <RecordRegular aria-hidden />
          ) : (
            <CircleRegular aria-hidden />
          )}
          {i === at ? stateText(row) : label}
        </li>
      ))}
    </ol>
  );
}
