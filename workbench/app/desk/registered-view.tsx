import { Button, MessageBar, MessageBarBody, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { RegisteredCase } from '../../protocol.ts';
import { useSpeech } from '../language.tsx';

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalL },
  reference: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: 'clamp(36px, 10vw, 72px)',
    lineHeight: 1.1,
    fontWeight: tokens.fontWeightBold,
    letterSpacing: '0.02em',
    overflowWrap: 'anywhere',
  },
  said: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400 },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** The number to read aloud, large, and what to say; Enter goes on to the next. */
export function RegisteredView({ done, onNext }: { readonly done: RegisteredCase; readonly onNext: () => void }) {
  const styles = useStyles();
  const { t } = useSpeech();
  return (
    <div className={styles.view} role="status">
      <Text weight="semibold">{t(done.reference === null ? 'register.written' : 'register.done')}</Text>
      {done.reference !== null && <span className={styles.reference}>{done.reference}</span>}
      {done.alarm ? (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody className={styles.said}>{done.said}</MessageBarBody>
        </MessageBar>
      ) : (
        <div>
          <Text block className={styles.quiet}>
            {t('register.readAloud')}
          </Text>
          <Text className={styles.said}>{done.said}</Text>
        </div>
      )}
      <Button autoFocus appearance="primary" size="large" onClick={onNext}>
        {t('register.next')}
      </Button>
    </div>
  );
}
