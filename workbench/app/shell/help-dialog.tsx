import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { Fragment } from 'react';
import { useSpeech } from '../language.tsx';
import { COMMANDS, KEYS } from '../shortcuts.ts';

const useStyles = makeStyles({
  keys: {
    display: 'grid',
    gridTemplateColumns: 'auto 1fr',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalS,
    margin: 0,
  },
  meaning: { margin: 0 },
  key: {
    display: 'inline-block',
    minWidth: '14px',
    padding: `2px ${tokens.spacingHorizontalS}`,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    backgroundColor: tokens.colorNeutralBackground3,
    fontFamily: tokens.fontFamilyMonospace,
    textAlign: 'center',
  },
});

/** The keys, on demand. */
export default function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const styles = useStyles();
  const { t } = useSpeech();
  const lines = [
    ...COMMANDS.map((command) => ({ key: KEYS[command], text: t(`help.${command}`) })),
    { key: 'Shift+↓ ↑', text: t('help.range') },
    { key: 'Enter', text: t('help.open') },
    { key: 'Ctrl+Enter', text: t('help.send') },
  ];
  return (
    <Dialog open onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('help.title')}</DialogTitle>
          <DialogContent>
            <dl className={styles.keys}>
              {lines.map(({ key, text }) => (
                <Fragment key={key}>
                  <dt>
                    <kbd className={styles.key}>{key}</kbd>
                  </dt>
                  <dd className={styles.meaning}>{text}</dd>
                </Fragment>
              ))}
            </dl>
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onClose}>
              {t('app.close')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
