import { Button, Card, Field, makeStyles, Text, Textarea, Title3, tokens } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApprovalRequest, ApprovalView } from '../../protocol.ts';
import { api } from '../api.ts';
import { useNow } from '../browser-state.ts';
import { useSpeech } from '../language.tsx';
import { approvalsQuery, queuesQuery } from '../queries.ts';
import { moment } from '../time-left.ts';
import { useTell } from '../toast.tsx';
import { useFailure } from '../use-failure.ts';

const useStyles = makeStyles({
  card: { gap: tokens.spacingVerticalM },
  quiet: { color: tokens.colorNeutralForeground2 },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'minmax(90px, max-content) minmax(0, 1fr)',
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    margin: 0,
    '& dt': { color: tokens.colorNeutralForeground2 },
    '& dd': { margin: 0, overflowWrap: 'anywhere' },
  },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** One request: what it is for, for whom, what it costs and from which budget. Refusing asks the reason. */
export function ApprovalCard({ approval }: { readonly approval: ApprovalView }) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const now = useNow();
  const tell = useTell();
  const client = useQueryClient();
  const failed = useFailure();
  const [reason, setReason] = useState<string | null>(null);
  const { reference: ref } = approval;
  const decide = useMutation({
    mutationFn: (request: ApprovalRequest) => api.approve(approval.case, request),
    onSuccess: (list, { verdict }) => {
      tell(t(verdict === 'approved' ? 'approvals.approvedNow' : 'approvals.refusedNow', { ref }));
      client.setQueryData(approvalsQuery.queryKey, list);
      void client.invalidateQueries({ queryKey: queuesQuery.queryKey });
    },
    onError: (error) => {
      failed(error);
      void client.invalidateQueries({ queryKey: approvalsQuery.queryKey });
    },
  });
  const refuse = () => {
    if (reason !== null && reason.trim() !== '') decide.mutate({ verdict: 'refused', reason: reason.trim() });
  };
  return (
    <Card className={styles.card} role="article" aria-label={ref}>
      <div>
        <Title3 as="h2" block>
          {approval.title}
        </Title3>
        <Text size={200} className={styles.quiet}>
          {ref} · {moment(new Date(approval.openedAt), now, language)}
        </Text>
      </div>
      <dl className={styles.facts}>
        {approval.summary[language].map(({ label, value }, i) => [
          // Two fields may have the same label.
          <dt key={`label ${i}`}>{label}</dt>,
          <dd key={`value ${i}`}>{value}</dd>,
        ])}
      </dl>
      {reason !== null && (
        <Field label={t('approvals.reason')} required>
          <Textarea autoFocus value={reason} maxLength={2000} onChange={(_, data) => setReason(data.value)} />
        </Field>
      )}
      <div className={styles.buttons}>
        {reason === null ? (
          <>
            <Button appearance="primary" disabledFocusable={decide.isPending} onClick={() => decide.mutate({ verdict: 'approved' })}>
              {t('approvals.approve')}
            </Button>
            <Button disabledFocusable={decide.isPending} onClick={() => setReason('')}>
              {t('approvals.refuse')}
            </Button>
          </>
        ) : (
          <>
            <Button appearance="primary" disabledFocusable={decide.isPending || reason.trim() === ''} onClick={refuse}>
              {t('approvals.refuseNow', { ref })}
            </Button>
            <Button onClick={() => setReason(null)}>{t('app.cancel')}</Button>
          </>
        )}
      </div>
    </Card>
  );
}
