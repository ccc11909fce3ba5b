import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { EyeRegular } from '@fluentui/react-icons/svg/eye';
import { PersonRegular } from '@fluentui/react-icons/svg/person';
import { memo } from 'react';
import type { CaseRow as Row } from '../../protocol.ts';
import { useNow } from '../browser-state.ts';
import { MINE } from '../colours.ts';
import { DueMark } from '../due-mark.tsx';
import { useSpeech } from '../language.tsx';
import { useMe, useNames } from '../me.ts';
import { ROW } from '../shell/frame-state.tsx';
import { UrgentMark } from '../urgent.tsx';
import { Link } from '../use-route.tsx';
import { whyHere } from './why-here.ts';

const useStyles = makeStyles({
  row: {
    position: 'relative',
    display: 'flex',
    flexDirection: 'column',
    gap: '2px',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    color: tokens.colorNeutralForeground1,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    textDecorationLine: 'none',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    // A list of hundreds stays quick: what is off screen isn't laid out.
    contentVisibility: 'auto',
    containIntrinsicSize: 'auto 76px',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px', borderRadius: tokens.borderRadiusMedium },
  },
  current: {
    backgroundColor: tokens.colorNeutralBackground1Selected,
    '::before': {
      content: '""',
      position: 'absolute',
      left: 0,
      top: 0,
      bottom: 0,
      width: '3px',
      backgroundColor: tokens.colorCompoundBrandStroke,
    },
  },
  line: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: tokens.spacingHorizontalM, minWidth: 0 },
  reference: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    whiteSpace: 'nowrap',
  },
  title: {
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    fontWeight: tokens.fontWeightSemibold,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  about: { color: tokens.colorNeutralForeground2, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 },
  holder: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '2px',
    flexShrink: 0,
    maxWidth: '45%',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    color: tokens.colorNeutralForeground2,
  },
  others: { display: 'inline-flex', alignItems: 'center', gap: '2px', color: tokens.colorNeutralForeground2 },
  mine: { color: MINE, fontWeight: tokens.fontWeightSemibold },
});

interface CaseRowProps {
  readonly row: Row;
  readonly current: boolean;
  /** Which colleagues are at it now, in words; left out: none. */
  readonly others?: string | undefined;
}

/** One case in a list: how pressing, which, what, for whom, with whom. A link, so that Enter and the middle button work. */
export const CaseRow = memo(function CaseRow({ row, current, others = '' }: CaseRowProps) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const names = useNames();
  const me = useMe();
  const now = useNow();
  return (
    <Link
      to={{ page: 'case', id: row.id }}
      className={mergeClasses(styles.row, current && styles.current)}
      aria-current={current ? 'true' : undefined}
      title={whyHere(row, now, language) ?? undefined}
      {...{ [ROW]: row.id }}
    >
      <span className={styles.line}>
        {row.urgent ? <UrgentMark /> : <DueMark row={row} />}
        <span className={styles.reference}>{row.reference}</span>
      </span>
      {others !== '' && (
        <span className={styles.others}>
          <EyeRegular aria-hidden />
          {others}
        </span>
      )}
      <span className={styles.title}>{row.title}</span>
      <span className={styles.line}>
        <span className={styles.about}>
          {row.partOf && `${t('parts.partOf', { ref: row.partOf })} · `}
          {row.fit && `${t(`fit.${row.fit}`)} · `}
          {names.product(row.product)} · {t(`kind.${row.kind}`)} · {names.requester(row)}
        </span>
        {row.worker && (
          <span className={mergeClasses(styles.holder, row.worker.id === me.id && styles.mine)}>
            <PersonRegular aria-hidden />
            {row.worker.name}
          </span>
        )}
      </span>
    </Link>
  );
});
