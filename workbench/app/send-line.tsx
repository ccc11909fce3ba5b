import { Badge, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { SendView } from '../protocol.ts';
import { useNow } from './browser-state.ts';
import { useSpeech } from './language.tsx';
import { isTextKey } from './texts.ts';
import { moment } from './time-left.ts';

const useStyles = makeStyles({
  line: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXS },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
  words: { overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' },
});

const COLOURS = {
  sent: 'success',
  deferred: 'warning',
  held: 'warning',
  refused: 'danger',
  bounced: 'danger',
} as const satisfies Readonly<Record<SendView['outcome'], string>>;

/** One attempt to send something: what became of it, to whom, when, and in whose words. */
export function SendLine({ send }: { readonly send: SendView }) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const now = useNow();
  const channel = `channel.${send.channel}`;
  const about = [
    isTextKey(channel) ? t(channel) : send.channel,
    ...(send.attempt > 1 ? [t('sends.attempt', { n: send.attempt })] : []),
    moment(new Date(send.at), now, language),
  ];
  return (
    <div className={styles.line}>
      <span className={styles.head}>
        <Badge appearance="tint" color={COLOURS[send.outcome]} size="large">
          {t(`sends.${send.outcome}`)}
        </Badge>
        {send.recipient !== null && <Text className={styles.words}>{t('sends.to', { recipient: send.recipient })}</Text>}
      </span>
      <Text size={200} className={styles.quiet}>
        {about.join(' · ')}
      </Text>
      {send.detail !== null && (
        <Text size={200} className={styles.words}>
          {send.detail}
        </Text>
      )}
    </div>
  );
}
