import { Button, Field, makeStyles, Textarea, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { CaseDetail } from '../../protocol.ts';
import { AskDialog } from '../ask-dialog.tsx';
import { useSpeech } from '../language.tsx';
import { useNames } from '../me.ts';
import type { Act } from './use-act.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  quick: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

const QUICK = ['wait.supplier', 'wait.parts', 'wait.appointment'] as const;

/** Asks what the case waits for, because a case that waits without a reason is forgotten. */
export default function WaitDialog({ detail, act, busy, onClose }: Act & { readonly detail: CaseDetail; readonly onClose: () => void }) {
  const styles = useStyles();
  const { t } = useSpeech();
  const name = { name: useNames().requester(detail) };
  const [reason, setReason] = useState('');
  const go = async () => {
    if (reason.trim() !== '' && (await act({ action: 'wait', reason: reason.trim() }))) onClose();
  };
  return (
    <AskDialog
      title={t('wait.title')}
      go={t('wait.go', name)}
      barred={busy || reason.trim() === ''}
      onGo={go}
      onClose={onClose}
      content={styles.content}
    >
      <Field label={t('wait.reason')} hint={t('wait.hint', name)} required>
        <Textarea autoFocus value={reason} maxLength={500} onChange={(_, data) => setReason(data.value)} />
      </Field>
      <div className={styles.quick}>
        {QUICK.map((key) => (
          <Button key={key} size="small" shape="circular" onClick={() => setReason(t(key))}>
            {t(key)}
          </Button>
        ))}
      </div>
    </AskDialog>
  );
}
