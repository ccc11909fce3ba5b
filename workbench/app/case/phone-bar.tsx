import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, makeStyles, tokens } from '@fluentui/react-components';
import { MoreHorizontalRegular } from '@fluentui/react-icons/svg/more-horizontal';
import type { CaseDetail } from '../../protocol.ts';
import { useSpeech } from '../language.tsx';
import { ACTION_ICONS } from './action-icons.tsx';
import { primaryOf } from './modes.ts';

const useStyles = makeStyles({
  bar: {
    flexShrink: 0,
    display: 'flex',
    gap: tokens.spacingHorizontalS,
    padding: tokens.spacingHorizontalM,
    paddingBottom: `max(${tokens.spacingHorizontalM}, env(safe-area-inset-bottom))`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  big: { flexGrow: 1, minHeight: '48px' },
  more: { minHeight: '48px', minWidth: '48px' },
});

const ORDER = [
  'claim',
  'reply',
  'chat',
  'hand-back',
  'ask',
  'note',
  'ready',
  'resume',
  'by-hand',
  'to-handler',
  'wait',
  'delay',
  'move',
  'split',
  'prioritise',
  'declare',
  'link',
  'unlink',
  'release',
] as const;

interface PhoneBarProps {
  readonly detail: CaseDetail;
  readonly busy: boolean;
  readonly onAction: (action: CaseDetail['actions'][number]) => void;
}

/** On a phone: one big button with what is likely next, within reach of a thumb; the rest behind the dots. */
export function PhoneBar({ detail, busy, onAction }: PhoneBarProps) {
  const styles = useStyles();
  const { t } = useSpeech();
  const primary = primaryOf(detail);
  const rest = ORDER.filter((action) => action !== primary && detail.actions.includes(action));
  if (primary === null && rest.length === 0) return null;
  return (
    <div className={styles.bar}>
      {primary !== null && (
        <Button
          appearance="primary"
          size="large"
          className={styles.big}
          icon={ACTION_ICONS[primary]}
          disabledFocusable={busy}
          onClick={() => onAction(primary)}
        >
          {t(`do.${primary}`)}
        </Button>
      )}
      {rest.length > 0 && (
        <Menu>
          <MenuTrigger disableButtonEnhancement>
            <Button size="large" className={styles.more} icon={<MoreHorizontalRegular />} aria-label={t('do.more')} />
          </MenuTrigger>
          <MenuPopover>
            <MenuList>
              {rest.map((action) => (
                <MenuItem key={action} icon={ACTION_ICONS[action]} onClick={() => onAction(action)}>
                  {t(`do.${action}`)}
                </MenuItem>
              ))}
            </MenuList>
          </MenuPopover>
        </Menu>
      )}
    </div>
  );
}
