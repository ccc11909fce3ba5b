import { Badge, Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { WarningRegular } from '@fluentui/react-icons/svg/warning';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { CaseDetail, MailView } from '../../protocol.ts';
import { api } from '../api.ts';
import { useNow } from '../browser-state.ts';
import { useSpeech } from '../language.tsx';
import { caseMailsQuery } from '../queries.ts';
import { saveFile } from '../save-file.ts';
import { moment } from '../time-left.ts';
import { useFailure } from '../use-failure.ts';
import { ACTION_ICONS } from './action-icons.tsx';
import { Block } from './block.tsx';
import { Definitions } from './definitions.tsx';
import { useAct } from './use-act.ts';

const useStyles = makeStyles({
  list: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    width: '100%',
  },
  mail: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalXS },
  quiet: { color: tokens.colorNeutralForeground2 },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  long: { maxWidth: '100%', overflowWrap: 'anywhere' },
});

/** The mails that a case came in by: who else got them, who wrote what was forwarded, and their sources. */
export function Mails({ detail }: { readonly detail: CaseDetail }) {
  const styles = useStyles();
  const { t } = useSpeech();
  const arrivals = useQuery(caseMailsQuery(detail.id)).data?.arrivals ?? [];
  if (arrivals.length === 0) return null;
  return (
    <Block title={t('mails.title')}>
      <ul className={styles.list}>
        {arrivals.map((mail) => (
          <li key={mail.id} className={styles.mail}>
            <Arrival detail={detail} mail={mail} />
          </li>
        ))}
      </ul>
    </Block>
  );
}

function Arrival({ detail, mail }: { readonly detail: CaseDetail; readonly mail: MailView }) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const now = useNow();
  const { act, busy } = useAct(detail);
  const { id, from, forwarded, others, alsoIn, trusted, hasSource } = mail;
  const subject = mail.subject || t('mails.noSubject');
  const source = useMutation({
    mutationFn: () => api.mailSource(detail.id, id),
    onSuccess: (content) => saveFile(content, `${detail.reference}.eml`),
    onError: useFailure(),
  });
  const another = forwarded !== null && forwarded.address.toLowerCase() !== detail.requesterAddress?.toLowerCase();
  const choosable = another && detail.actions.includes('set-requester');
  return (
    <>
      <Text weight="semibold" className={styles.long}>
        {subject}
      </Text>
      <Text size={200} className={styles.quiet}>
        <time dateTime={mail.at}>{moment(new Date(mail.at), now, language)}</time>
      </Text>
      <Definitions
        lines={[
          { label: t('mails.from'), value: named(from.name, from.address ?? '') },
          ...(others.length > 0 ? [{ label: t('mails.others'), value: others.join('\n') }] : []),
          ...(alsoIn.length > 0 ? [{ label: t('mails.alsoIn'), value: alsoIn.join('\n') }] : []),
          ...(forwarded ? [{ label: t('mails.forwarded'), value: named(forwarded.name, forwarded.address) }] : []),
        ]}
      />
      {!trusted && (
        <Badge appearance="tint" color="warning" size="large" icon={<WarningRegular />}>
          {t('mails.unproven')}
        </Badge>
      )}
      <div className={styles.buttons}>
        {choosable && (
          <Button
            className={styles.long}
            icon={ACTION_ICONS['set-requester']}
            disabledFocusable={busy}
            onClick={() => void act({ action: 'set-requester', mail: id })}
          >
            {t('do.set-requester', { name: forwarded.name ?? forwarded.address })}
          </Button>
        )}
        {hasSource && (
          <Button aria-label={t('mails.sourceOf', { subject })} disabledFocusable={source.isPending} onClick={() => source.mutate()}>
            {t('mails.source')}
          </Button>
        )}
      </div>
      {choosable && (
        <Text size={200} className={styles.quiet}>
          {t('mails.answersGo')}
        </Text>
      )}
    </>
  );
}

function named(name: string | null, address: string): string {
  return name ? `${name} <${address}>` : address;
}
