import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { CaseDetail, HistoryLine } from '../../protocol.ts';
import { useNow } from '../browser-state.ts';
import { useSpeech } from '../language.tsx';
import { useNames } from '../me.ts';
import { isTextKey } from '../texts.ts';
import { moment } from '../time-left.ts';

const useStyles = makeStyles({
  list: { margin: 0, padding: tokens.spacingHorizontalL, listStyleType: 'none' },
  line: {
    position: 'relative',
    display: 'flex',
    flexDirection: 'column',
    paddingLeft: tokens.spacingHorizontalXXL,
    paddingBottom: tokens.spacingVerticalL,
    '::before': {
      content: '""',
      position: 'absolute',
      left: '3px',
      top: '6px',
      width: '9px',
      height: '9px',
      borderRadius: tokens.borderRadiusCircular,
      backgroundColor: tokens.colorCompoundBrandBackground,
    },
    ':not(:last-child)::after': {
      content: '""',
      position: 'absolute',
      left: '7px',
      top: '20px',
      bottom: '-2px',
      width: '1px',
      backgroundColor: tokens.colorNeutralStroke1,
    },
  },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** What happened, in words; the server gives codes only. */
export function History({ detail }: { readonly detail: CaseDetail }) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const words = useWords();
  const now = useNow();
  return (
    <ol className={styles.list}>
      {detail.history.map((line, index) => (
        <li key={index} className={styles.line}>
          <Text weight="semibold">{words(line)}</Text>
          <Text size={200} className={styles.quiet}>
            {line.by === 'requester' || line.by === 'desk' || line.by === 'handler' ? t(`by.${line.by}`) : line.by} ·{' '}
            <time dateTime={line.at}>{moment(new Date(line.at), now, language)}</time>
          </Text>
        </li>
      ))}
    </ol>
  );
}

function askedKey({
  step,
  of,
}: HistoryLine['data']): 'event.approval-asked' | 'event.approvalReminded' | 'event.approvalOfDeputy' | 'event.approvalOfNobody' {
  if (of === null) return 'event.approvalOfNobody';
  return step === 'remind' ? 'event.approvalReminded' : step === 'deputy' ? 'event.approvalOfDeputy' : 'event.approval-asked';
}

function useWords(): (line: HistoryLine) => string {
  const { t } = useSpeech();
  const names = useNames();
  return ({ event, data }) => {
    if (event === 'queued' && typeof data.team === 'string') return t('event.queuedIn', { team: names.team(data.team) });
    if (event === 'waiting' && data.for === 'requester') return t('event.waitingFor');
    if (event === 'split') return t('event.split', { reference: String(data.into ?? '') });
    if (event === 'undone' && typeof data.act === 'string') {
      const did = `do.${data.act}`;
      const act = isTextKey(did) ? t(did) : data.act;
      return data.late === 1 ? t('event.tooLate', { act }) : `${t('event.undone')} · ${act}`;
    }
    if (event === 'called') return t(data.reached === 1 ? 'event.called' : 'event.calledInVain');
    if (event === 'approval-asked') return t(askedKey(data));
    if (data.by === 'other') return t('event.addedByOther');
    if (data.by === 'unproven') return t('event.addedUnproven');
    const key = `event.${event}`;
    const parts = [isTextKey(key) ? t(key) : event];
    const way = `event.way.${data.way}`;
    if (isTextKey(way)) parts.push(`· ${t(way)}`);
    if (typeof data.product === 'string')
      parts.push(event === 'moved' ? t('event.toProduct', { product: names.product(data.product) }) : `· ${names.product(data.product)}`);
    const means = `means.${data.means}`;
    if (isTextKey(means)) parts.push(`· ${t(means)}`);
    if (typeof data.follows === 'string') parts.push(`· ${t('event.follows', { reference: data.follows })}`);
    if (event === 'corrected' && typeof data.kind === 'string') {
      const kind = `kind.${data.kind}`;
      parts.push(`· ${isTextKey(kind) ? t(kind) : data.kind}`);
    }
    if ((event === 'part-ready' || event === 'part-reopened') && typeof data.part === 'string') parts.push(`· ${data.part}`);
    if (event === 'moved' && typeof data.team === 'string') parts.push(t('event.toTeam', { team: names.team(data.team) }));
    return parts.join(' ');
  };
}
