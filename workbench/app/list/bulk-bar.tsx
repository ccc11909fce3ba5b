import {
  Button,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  mergeClasses,
  Text,
  tokens,
} from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { MoreHorizontalRegular } from '@fluentui/react-icons/svg/more-horizontal';
import { PrintRegular } from '@fluentui/react-icons/svg/print';
import { useState } from 'react';
import type { BulkAction } from '../../protocol.ts';
import { ACTION_ICONS } from '../case/action-icons.tsx';
import { useSpeech } from '../language.tsx';
import { useMe } from '../me.ts';
import { BOTTOM_BAR } from './bottom-bar.ts';
import { BulkDialog, type Worded } from './bulk-dialog.tsx';
import { BulkOutcomes } from './bulk-outcomes.tsx';
import { PrintCases } from './print-cases.tsx';
import { useBulk } from './use-bulk.ts';
import { MOST_AT_ONCE, type Selection } from './use-selection.ts';

const useStyles = makeStyles({
  bar: { ...BOTTOM_BAR, gap: tokens.spacingVerticalS },
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  count: { flexGrow: 1 },
  buttons: { display: 'flex', gap: tokens.spacingHorizontalS },
  button: {
    flexGrow: 1,
    minWidth: 0,
    whiteSpace: 'nowrap',
    paddingLeft: tokens.spacingHorizontalS,
    paddingRight: tokens.spacingHorizontalS,
  },
  touch: { '@media (pointer: coarse)': { minHeight: '44px' } },
});

const FIRST = ['claim', 'reply', 'ready'] as const satisfies readonly BulkAction['action'][];
const REST = ['release', 'move', 'note'] as const satisfies readonly BulkAction['action'][];
type Offered = (typeof FIRST | typeof REST)[number];

interface BulkBarProps {
  readonly selection: Selection;
  /** The cases of the list that are on the screen, in order. */
  readonly rows: readonly string[];
}

/** What is to be done with the chosen cases, and what became of it. */
export default function BulkBar({ selection, rows }: BulkBarProps) {
  const styles = useStyles();
  const { t } = useSpeech();
  const { role } = useMe();
  const [dialog, setDialog] = useState<Worded | null>(null);
  const [printing, setPrinting] = useState<readonly string[] | null>(null);
  const bulk = useBulk();
  const ids = rows.filter((id) => selection.ids.has(id));
  const act = async (action: BulkAction) => {
    if (bulk.busy || !(await bulk.act(ids, action))) return;
    selection.clear();
    setDialog(null);
  };
  const offer = (action: Offered) => (action === 'claim' || action === 'release' ? void act({ action }) : setDialog(action));
  const works = role !== 'manager' && role !== 'auditor';
  const chosen = selection.choosing || ids.length > 0;
  const none = ids.length === 0 || bulk.busy;
  const print = { icon: <PrintRegular />, onClick: () => setPrinting(ids) };
  return (
    <>
      {!chosen && bulk.lot && <BulkOutcomes lot={bulk.lot} busy={bulk.busy} onUndo={bulk.undo} onClose={bulk.close} />}
      {chosen && (
        <section className={styles.bar} aria-label={t('bulk.label')}>
          <div className={styles.line}>
            <Text role="status" weight="semibold" className={styles.count}>
              {ids.length === 0
                ? t('bulk.none')
                : ids.length === 1
                  ? t('bulk.one')
                  : t(ids.length < MOST_AT_ONCE ? 'bulk.many' : 'bulk.most', { n: ids.length })}
            </Text>
            <Button size="small" appearance="subtle" className={styles.touch} onClick={() => selection.all(rows)}>
              {t('bulk.all', { n: Math.min(rows.length, MOST_AT_ONCE) })}
            </Button>
            <Button
              size="small"
              appearance="subtle"
              className={styles.touch}
              icon={<DismissRegular />}
              aria-label={t('bulk.clear')}
              onClick={selection.clear}
            />
          </div>
          <div className={styles.buttons}>
            {works &&
              FIRST.map((action) => (
                <Button
                  key={action}
                  className={mergeClasses(styles.button, styles.touch)}
                  disabledFocusable={none}
                  onClick={() => offer(action)}
                >
                  {t(`bulk.${action}`)}
                </Button>
              ))}
            {works ? (
              <Menu inline positioning="above-end">
                <MenuTrigger disableButtonEnhancement>
                  <Button className={styles.touch} icon={<MoreHorizontalRegular />} aria-label={t('bulk.more')} disabledFocusable={none} />
                </MenuTrigger>
                <MenuPopover>
                  <MenuList>
                    {REST.map((action) => (
                      <MenuItem key={action} icon={ACTION_ICONS[action]} onClick={() => offer(action)}>
                        {t(`bulk.${action}`)}
                      </MenuItem>
                    ))}
                    <MenuItem {...print}>{t('bulk.print')}</MenuItem>
                  </MenuList>
                </MenuPopover>
              </Menu>
            ) : (
              <Button className={mergeClasses(styles.button, styles.touch)} disabledFocusable={none} {...print}>
                {t('bulk.print')}
              </Button>
            )}
          </div>
        </section>
      )}
      {dialog && <BulkDialog action={dialog} count={ids.length} busy={bulk.busy} onAct={act} onClose={() => setDialog(null)} />}
      {printing && <PrintCases ids={printing} onDone={() => setPrinting(null)} />}
    </>
  );
}
