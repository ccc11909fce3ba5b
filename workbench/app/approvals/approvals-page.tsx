import { MessageBar, MessageBarBody, Spinner, Text } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { Page } from '../admin/page.tsx';
import { useSpeech } from '../language.tsx';
import { approvalsQuery } from '../queries.ts';
import { useReason } from '../use-failure.ts';
import { ApprovalCard } from './approval-card.tsx';

/** What waits for one's own approval: of whoever holds a budget, whatever his role. */
export default function ApprovalsPage() {
  const { t } = useSpeech();
  const reason = useReason();
  const { data, error, isPending } = useQuery(approvalsQuery);
  return (
    <Page title={t('page.approvals')} intro={t('approvals.intro')}>
      {isPending && <Spinner />}
      {error && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>{reason(error)}</MessageBarBody>
        </MessageBar>
      )}
      {data?.approvals.length === 0 && <Text>{t('approvals.none')}</Text>}
      {data?.approvals.map((approval) => (
        <ApprovalCard key={approval.case} approval={approval} />
      ))}
    </Page>
  );
}
