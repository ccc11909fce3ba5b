import { Field, Input, makeStyles, Textarea, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { CaseDetail } from '../../protocol.ts';
import { AskDialog } from '../ask-dialog.tsx';
import { useNow } from '../browser-state.ts';
import { useSpeech } from '../language.tsx';
import { useNames } from '../me.ts';
import type { Act } from './use-act.ts';

const useStyles = makeStyles({ content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM } });

/** It takes longer: asks why and until when, because both are told to the requester. */
export default function DelayDialog({ detail, act, busy, onClose }: Act & { readonly detail: CaseDetail; readonly onClose: () => void }) {
  const styles = useStyles();
  const { t } = useSpeech();
  const now = useNow();
  const name = { name: useNames().requester(detail) };
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const moment = new Date(until);
  const past = until !== '' && moment <= now;
  const ready = reason.trim() !== '' && until !== '' && !past;
  const go = async () => {
    if (ready && (await act({ action: 'delay', reason: reason.trim(), until: moment.toISOString() }))) onClose();
  };
  return (
    <AskDialog
      title={t('delay.title', { ref: detail.reference })}
      go={t('delay.go', name)}
      barred={busy || !ready}
      onGo={go}
      onClose={onClose}
      content={styles.content}
    >
      <Field label={t('delay.reason')} hint={t('delay.hint', name)} required>
        <Textarea autoFocus value={reason} maxLength={500} onChange={(_, data) => setReason(data.value)} />
      </Field>
      <Field label={t('delay.until')} required {...(past ? { validationMessage: t('delay.past') } : {})}>
        <Input type="datetime-local" value={until} onChange={(_, data) => setUntil(data.value)} />
      </Field>
    </AskDialog>
  );
}
