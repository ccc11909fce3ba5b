import { Badge, makeStyles, Text, tokens } from '@fluentui/react-components';
import { CheckmarkCircleRegular } from '@fluentui/react-icons/svg/checkmark-circle';
import { WarningRegular } from '@fluentui/react-icons/svg/warning';
import type { CaseDetail } from '../../protocol.ts';
import { useNow } from '../browser-state.ts';
import { useSpeech } from '../language.tsx';
import { useNames } from '../me.ts';
import { isTextKey } from '../texts.ts';
import { moment } from '../time-left.ts';
import { Block, Blocks } from './block.tsx';
import { Definitions } from './definitions.tsx';
import { Mails } from './mails.tsx';

const useStyles = makeStyles({
  quote: {
    margin: 0,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    borderLeft: `3px solid ${tokens.colorNeutralStroke1}`,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** What was asked and filled in, by whom, and what was agreed about it. */
export function Facts({ detail }: { readonly detail: CaseDetail }) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const names = useNames();
  const now = useNow();
  const when = (at: string | null) => (at === null ? t('due.none') : moment(new Date(at), now, language));
  const channel = `channel.${detail.channel}`;
  return (
    <Blocks>
      <Block title={t('talk.asked')}>
        <blockquote className={styles.quote}>{detail.text}</blockquote>
      </Block>
      <Block title={t('facts.form')}>
        {detail.fields.length === 0 ? (
          <Text className={styles.quiet}>{t('facts.noForm')}</Text>
        ) : (
          <Definitions lines={detail.fields.map((field) => ({ label: field.label[language], value: field.value }))} />
        )}
      </Block>
      <Block title={t('facts.requester')}>
        <Definitions
          lines={[
            { label: t('facts.name'), value: names.requester(detail) },
            { label: t('facts.address'), value: detail.requesterAddress ?? t('facts.unknown') },
          ]}
        />
        {detail.requesterVerified ? (
          <Badge appearance="tint" color="success" size="large" icon={<CheckmarkCircleRegular />}>
            {t('facts.verified')}
          </Badge>
        ) : (
          <Badge appearance="tint" color="warning" size="large" icon={<WarningRegular />}>
            {t('facts.unverified')}
          </Badge>
        )}
      </Block>
      <Mails detail={detail} />
      <Block title={t('facts.case')}>
        <Definitions
          lines={[
            { label: t('facts.team'), value: names.team(detail.team) },
            { label: t('facts.channel'), value: isTextKey(channel) ? t(channel) : detail.channel },
            { label: t('facts.opened'), value: when(detail.openedAt) },
            { label: t('facts.respondBy'), value: when(detail.respondBy) },
            { label: t('facts.completeBy'), value: when(detail.completeBy) },
            ...(detail.expectedBy ? [{ label: t('facts.expectedBy'), value: when(detail.expectedBy) }] : []),
            { label: t('facts.priority'), value: t(`priority.${detail.priority}`) },
          ]}
        />
      </Block>
    </Blocks>
  );
}
