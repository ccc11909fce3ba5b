import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { CaseDetail, ClockView, StretchView } from '../../protocol.ts';
import { useNow } from '../browser-state.ts';
import { useSpeech } from '../language.tsx';
import { useNames } from '../me.ts';
import { duration, moment } from '../time-left.ts';
import { Block } from './block.tsx';

const useStyles = makeStyles({
  clock: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXS },
  quiet: { color: tokens.colorNeutralForeground2 },
  summary: { cursor: 'pointer', color: tokens.colorBrandForeground1 },
  list: { margin: `${tokens.spacingVerticalXS} 0`, paddingLeft: tokens.spacingHorizontalXL, fontSize: tokens.fontSizeBase200 },
});

/** The clocks of the agreement, explained: what was agreed, what counted, and why the clock stood still in between. */
export function WhyTime({ detail }: { readonly detail: CaseDetail }) {
  const styles = useStyles();
  const { t } = useSpeech();
  return (
    <Block title={t('clock.title')}>
      {detail.clocks.length === 0 && <Text className={styles.quiet}>{t('clock.none')}</Text>}
      {detail.clocks.map((clock) => (
        <Clock key={clock.clock} clock={clock} />
      ))}
    </Block>
  );
}

function Clock({ clock }: { readonly clock: ClockView }) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const now = useNow();
  const length = (minutes: number) => duration(Math.round(minutes), language);
  const sums = { total: length(clock.total), counted: length(clock.counted), left: length(Math.abs(clock.left)) };
  const due = clock.due === null ? null : new Date(clock.due);
  return (
    <div className={styles.clock}>
      <Text weight="semibold">{t(`clock.${clock.clock}`)}</Text>
      <Text>{t(clock.left < 0 ? 'clock.over' : 'clock.sum', sums)}</Text>
      {clock.waited > 0 && <Text>{t('clock.waited', { waited: length(clock.waited) })}</Text>}
      <Text>{due ? t(due < now ? 'clock.wasDue' : 'clock.due', { at: moment(due, now, language) }) : t('clock.still')}</Text>
      <details>
        <summary className={styles.summary}>{t('clock.show')}</summary>
        {clock.earlier > 0 && <Text size={200}>{t('clock.earlier', { count: clock.earlier })}</Text>}
        <ol className={styles.list}>
          {clock.stretches.map((stretch) => (
            <Stretch key={stretch.from} stretch={stretch} />
          ))}
        </ol>
      </details>
    </div>
  );
}

function Stretch({ stretch }: { readonly stretch: StretchView }) {
  const { t, language } = useSpeech();
  const names = useNames();
  const now = useNow();
  const { from, to, why, minutes, team } = stretch;
  const reason =
    why.kind === 'day-off'
      ? t('clock.dayOff', { name: why.name?.[language] ?? why.date })
      : t(`clock.${why.kind}`, { team: names.team(team) });
  return (
    <li>
      {moment(new Date(from), now, language)} – {moment(new Date(to), now, language)}: {reason}
      {minutes > 0 && ` (${duration(Math.round(minutes), language)})`}
    </li>
  );
}
