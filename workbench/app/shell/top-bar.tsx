import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { KeyboardRegular } from '@fluentui/react-icons/svg/keyboard';
import { NavigationRegular } from '@fluentui/react-icons/svg/navigation';
import { useSpeech } from '../language.tsx';
import { useMe } from '../me.ts';
import { NoticesMenu } from './notices-menu.tsx';
import { SettingsMenu } from './settings-menu.tsx';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    height: '48px',
    flexShrink: 0,
    padding: `0 ${tokens.spacingHorizontalM}`,
    backgroundColor: tokens.colorNeutralBackground3,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  name: { fontSize: tokens.fontSizeBase400, color: tokens.colorBrandForeground1 },
  organisation: { color: tokens.colorNeutralForeground2, whiteSpace: 'nowrap', overflow: 'hidden', textOverflow: 'ellipsis', minWidth: 0 },
  rest: { flexGrow: 1 },
  keyboard: { '@media (hover: none)': { display: 'none' } },
});

interface TopBarProps {
  /** Null when the queues are on screen anyway. */
  readonly onMenu: (() => void) | null;
  readonly onHelp: () => void;
}

/** Which desk this is, who works here, and the way to settings and help. */
export function TopBar({ onMenu, onHelp }: TopBarProps) {
  const styles = useStyles();
  const { t } = useSpeech();
  const me = useMe();
  return (
    <header className={styles.bar}>
      {onMenu && <Button appearance="subtle" icon={<NavigationRegular />} aria-label={t('app.menu')} onClick={onMenu} />}
      <Text weight="semibold" className={styles.name}>
        {t('app.name')}
      </Text>
      <Text className={styles.organisation}>{me.organisation}</Text>
      <div className={styles.rest} />
      <Button
        className={styles.keyboard}
        appearance="subtle"
        icon={<KeyboardRegular />}
        aria-label={t('help.title')}
        title={`${t('help.title')} (?)`}
        onClick={onHelp}
      />
      <NoticesMenu />
      <SettingsMenu />
    </header>
  );
}
