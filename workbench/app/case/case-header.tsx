import { Badge, Button, makeStyles, Text, Title3, tokens } from '@fluentui/react-components';
import { ArrowLeftRegular } from '@fluentui/react-icons/svg/arrow-left';
import type { CaseDetail } from '../../protocol.ts';
import { DueMark } from '../due-mark.tsx';
import { useSpeech } from '../language.tsx';
import { useNames } from '../me.ts';
import { IDS, useFrame } from '../shell/frame-state.tsx';
import { UrgentMark } from '../urgent.tsx';
import { navigate } from '../use-route.tsx';
import { ACTION_ICONS } from './action-icons.tsx';
import { primaryOf } from './modes.ts';
import { STATE_COLOURS } from './state-colours.ts';

const useStyles = makeStyles({
  head: {
    flexShrink: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL} ${tokens.spacingVerticalS}`,
  },
  line: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXXS,
  },
  start: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalS },
  reference: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    whiteSpace: 'nowrap',
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  title: { outlineStyle: 'none', overflowWrap: 'anywhere' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, paddingTop: tokens.spacingVerticalXS },
});

/** The actions that stand as buttons on a wide screen; writing has its own place below the conversation. */
const BUTTONS = [
  'claim',
  'resume',
  'by-hand',
  'to-handler',
  'ready',
  'wait',
  'delay',
  'move',
  'split',
  'prioritise',
  'declare',
  'link',
  'unlink',
  'release',
  'hand-back',
  'chat',
  'reply',
  'note',
] as const;

interface CaseHeaderProps {
  readonly detail: CaseDetail;
  readonly phone: boolean;
  readonly busy: boolean;
  /** The field to write in is open. */
  readonly writing: boolean;
  readonly onAction: (action: CaseDetail['actions'][number]) => void;
}

/** Which case, how pressing, whose; and what may be done with it now. */
export function CaseHeader({ detail, phone, busy, writing, onAction }: CaseHeaderProps) {
  const styles = useStyles();
  const { t } = useSpeech();
  const names = useNames();
  const { view } = useFrame();
  const primary = primaryOf(detail);
  const buttons = BUTTONS.filter(
    (action) => detail.actions.includes(action) && !(writing && (action === 'note' || action === 'reply' || action === 'chat')),
  );
  const running = detail.state !== 'waiting' && detail.due !== null;
  return (
    <header className={styles.head}>
      <div className={styles.line}>
        <span className={styles.start}>
          {phone && (
            <Button
              appearance="subtle"
              icon={<ArrowLeftRegular />}
              aria-label={t('app.back')}
              onClick={() => navigate({ page: 'queue', view })}
            />
          )}
          <span className={styles.reference}>{detail.reference}</span>
          {detail.urgent && <UrgentMark />}
          {!phone && (
            <Text className={styles.quiet}>
              {names.product(detail.product)} · {t(`kind.${detail.kind}`)}
            </Text>
          )}
        </span>
        {running && (
          <span className={styles.start}>
            {!phone && <Text className={styles.quiet}>{t(detail.worker ? 'due.complete' : 'due.respond')}</Text>}
            <DueMark row={detail} full />
          </span>
        )}
      </div>
      <Title3 as="h1" id={IDS.heading} tabIndex={-1} className={styles.title}>
        {detail.title}
      </Title3>
      <div className={styles.line}>
        <span className={styles.start}>
          <Badge appearance="tint" color={STATE_COLOURS[detail.state]} size="large">
            {t(`state.${detail.state}`)}
          </Badge>
          <Text className={styles.quiet}>
            {phone && `${names.product(detail.product)} · ${t(`kind.${detail.kind}`)} · `}
            {names.requester(detail)}
            {!detail.requesterVerified && ` (${t('facts.unverifiedShort')})`} · {names.team(detail.team)}
            {detail.worker && ` · ${detail.worker.name}`}
            {detail.fit && ` · ${t(`fit.${detail.fit}`)}`}
          </Text>
        </span>
      </div>
      {!phone && buttons.length > 0 && (
        <div className={styles.actions}>
          {buttons.map((action) => (
            <Button
              key={action}
              appearance={action === primary && action !== 'note' && action !== 'reply' ? 'primary' : 'secondary'}
              icon={ACTION_ICONS[action]}
              disabledFocusable={busy}
              onClick={() => onAction(action)}
            >
              {t(`do.${action}`)}
            </Button>
          ))}
        </div>
      )}
    </header>
  );
}
