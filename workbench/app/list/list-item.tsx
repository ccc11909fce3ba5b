import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { memo } from 'react';
import type { CaseRow as Row } from '../../protocol.ts';
import { useSpeech } from '../language.tsx';
import { CaseRow } from './case-row.tsx';
import { useLongPress } from './use-long-press.ts';

const GUTTER = '20px';

const useStyles = makeStyles({
  item: {
    position: 'relative',
    // Room for the box, which is there for who points or has the keyboard.
    '@media (pointer: fine)': { paddingLeft: GUTTER, ':hover > input, :focus-within > input': { opacity: 1 } },
    // A long press chooses; it opens no menu of the browser's.
    '@media (pointer: coarse)': { WebkitTouchCallout: 'none' },
  },
  choosing: { paddingLeft: '28px', '> input': { opacity: 1 } },
  chosen: { backgroundColor: tokens.colorNeutralBackground1Selected },
  box: {
    position: 'absolute',
    zIndex: 1,
    top: '10px',
    left: '10px',
    width: '16px',
    height: '16px',
    margin: 0,
    opacity: 0,
    cursor: 'pointer',
    accentColor: tokens.colorCompoundBrandBackground,
    '@media (pointer: coarse)': { top: '24px', width: '22px', height: '22px', pointerEvents: 'none' },
  },
});

interface ListItemProps {
  readonly row: Row;
  readonly current: boolean;
  readonly others: string | undefined;
  readonly chosen: boolean;
  /** Something is chosen, or is about to be. */
  readonly choosing: boolean;
  readonly onChoose: (id: string, how: 'toggle' | 'through') => void;
}

/** A case in the list, with a box to choose it by; on a touch screen a long press does. */
export const ListItem = memo(function ListItem({ row, current, others, chosen, choosing, onChoose }: ListItemProps) {
  const styles = useStyles();
  const { t } = useSpeech();
  const press = useLongPress(() => onChoose(row.id, 'toggle'));
  return (
    <li
      className={mergeClasses(styles.item, choosing && styles.choosing, chosen && styles.chosen)}
      {...press.handlers}
      onContextMenu={(event) => press.wasLong() && event.preventDefault()}
      onClickCapture={(event) => {
        const onTouch = choosing && window.matchMedia('(pointer: coarse)').matches;
        const onRow = !(event.target instanceof HTMLInputElement);
        if (!press.wasLong() && !(onRow && (onTouch || event.shiftKey))) return;
        event.preventDefault();
        event.stopPropagation();
        if (!press.wasLong()) onChoose(row.id, event.shiftKey ? 'through' : 'toggle');
      }}
    >
      <input
        type="checkbox"
        className={styles.box}
        checked={chosen}
        tabIndex={choosing ? 0 : -1}
        aria-label={t('bulk.choose', { ref: row.reference, title: row.title })}
        onChange={({ nativeEvent }) => onChoose(row.id, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey ? 'through' : 'toggle')}
      />
      <CaseRow row={row} current={current} others={others} />
    </li>
  );
});
