import { Field, Radio, RadioGroup } from '@fluentui/react-components';
import { useState } from 'react';
import type { CaseDetail } from '../../protocol.ts';
import { AskDialog } from '../ask-dialog.tsx';
import { useSpeech } from '../language.tsx';
import type { Act } from './use-act.ts';

const PRIORITIES = ['high', 'normal', 'low'] as const;

/** How pressing the case is; its deadline follows from the agreement. */
export default function PriorityDialog({
  detail,
  act,
  busy,
  onClose,
}: Act & { readonly detail: CaseDetail; readonly onClose: () => void }) {
  const { t } = useSpeech();
  const [priority, setPriority] = useState(detail.priority);
  const go = async () => {
    if (await act({ action: 'prioritise', priority })) onClose();
  };
  return (
    <AskDialog
      title={t('priority.title', { ref: detail.reference })}
      go={t('priority.go')}
      barred={busy || priority === detail.priority}
      onGo={go}
      onClose={onClose}
    >
      <Field label={t('facts.priority')} hint={t('priority.hint')}>
        <RadioGroup value={priority} onChange={(_, data) => setPriority(PRIORITIES.find((known) => known === data.value) ?? priority)}>
          {PRIORITIES.map((known) => (
            <Radio key={known} value={known} label={t(`priority.${known}`)} />
          ))}
        </RadioGroup>
      </Field>
    </AskDialog>
  );
}
