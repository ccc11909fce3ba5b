import { Badge, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { CaseDetail } from '../../protocol.ts';
import { useNow } from '../browser-state.ts';
import { useSpeech } from '../language.tsx';
import { moment } from '../time-left.ts';
import { Definitions } from './definitions.tsx';

const useStyles = makeStyles({
  run: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  head: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

type RunView = CaseDetail['runs'][number];

const COLOURS = {
  waiting: 'informative',
  sent: 'brand',
  recalling: 'warning',
  done: 'success',
  failed: 'danger',
  stopped: 'subtle',
} as const satisfies Readonly<Record<RunView['state'], string>>;

/** How it goes at a handler: a system or a supplier that the case was given to. */
export function HandlerRun({ run }: { readonly run: RunView }) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const now = useNow();
  const when = (at: string) => moment(new Date(at), now, language);
  const again = run.state === 'waiting' && run.attempts > 0;
  return (
    <div className={styles.run}>
      <span className={styles.head}>
        <Text weight="semibold">{run.name[language]}</Text>
        <Badge appearance="tint" color={COLOURS[run.state]} size="large">
          {again ? t('run.again') : t(`run.${run.state}`)}
        </Badge>
      </span>
      <Definitions
        lines={[
          ...(run.state === 'waiting' ? [{ label: t(again ? 'run.nextAttempt' : 'run.goesOut'), value: when(run.due) }] : []),
          ...(run.attempts > 1 ? [{ label: t('run.attempts'), value: String(run.attempts) }] : []),
          ...(run.externalId ? [{ label: t('run.number'), value: run.externalId }] : []),
          ...(run.said ? [{ label: t('run.said'), value: run.said }] : []),
        ]}
      />
    </div>
  );
}
