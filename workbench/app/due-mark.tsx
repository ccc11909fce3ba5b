import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkCircleRegular } from '@fluentui/react-icons/svg/checkmark-circle';
import { ClockRegular } from '@fluentui/react-icons/svg/clock';
import { DismissCircleRegular } from '@fluentui/react-icons/svg/dismiss-circle';
import { ErrorCircleFilled } from '@fluentui/react-icons/svg/error-circle';
import { HourglassHalfRegular } from '@fluentui/react-icons/svg/hourglass-half';
import { PauseCircleRegular } from '@fluentui/react-icons/svg/pause-circle';
import type { ReactNode } from 'react';
import type { CaseRow } from '../protocol.ts';
import { useNow } from './browser-state.ts';
import { PRESSING } from './colours.ts';
import { useSpeech } from './language.tsx';
import { dueInFull, type Tone, timeLeft } from './time-left.ts';

const useStyles = makeStyles({
  mark: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    whiteSpace: 'nowrap',
    color: tokens.colorNeutralForeground2,
  },
  late: { color: PRESSING.late, fontWeight: tokens.fontWeightSemibold },
  soon: { color: PRESSING.soon, fontWeight: tokens.fontWeightSemibold },
  calm: {},
  icon: { fontSize: '16px', display: 'inline-flex' },
});

/** A different mark for each, so that nobody needs to see the colour. */
const ICONS: Readonly<Record<Tone, ReactNode>> = { late: <ErrorCircleFilled />, soon: <HourglassHalfRegular />, calm: <ClockRegular /> };

/**
 * How pressing a case is, in a mark and words. A case that waits or is done presses nobody, and says that instead.
 * @param full says the deadline's own moment as well
 */
export function DueMark({ row, full = false }: { readonly row: Pick<CaseRow, 'state' | 'due'>; readonly full?: boolean }) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const now = useNow();
  if (row.state === 'waiting') return <Mark icon={<PauseCircleRegular />} text={t('state.waiting')} />;
  if (row.state === 'ready' || row.state === 'closed') return <Mark icon={<CheckmarkCircleRegular />} text={t(`state.${row.state}`)} />;
  if (row.state === 'withdrawn' || row.state === 'merged') return <Mark icon={<DismissCircleRegular />} text={t(`state.${row.state}`)} />;
  if (row.due === null) return <Mark icon={<ClockRegular />} text={t('due.none')} />;
  const left = (full ? dueInFull : timeLeft)(row.due, now, language);
  return <Mark icon={ICONS[left.tone]} text={left.text} className={styles[left.tone]} />;
}

function Mark({ icon, text, className }: { readonly icon: ReactNode; readonly text: string; readonly className?: string }) {
  const styles = useStyles();
  return (
    <span className={mergeClasses(styles.mark, className)}>
      <span className={styles.icon} aria-hidden>
        {icon}
      </span>
      {text}
    </span>
  );
}
