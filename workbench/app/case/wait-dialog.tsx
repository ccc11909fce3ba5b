import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  makeStyles,
  Textarea,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { CaseDetail } from '../../protocol.ts';
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
    <Dialog open onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('wait.title')}</DialogTitle>
          <DialogContent className={styles.content}>
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
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{t('app.cancel')}</Button>
            <Button appearance="primary" disabledFocusable={busy || reason.trim() === ''} onClick={go}>
              {t('wait.go', name)}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
