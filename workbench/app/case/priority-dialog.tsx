import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Radio,
  RadioGroup,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { CaseDetail } from '../../protocol.ts';
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
    <Dialog open onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('priority.title', { ref: detail.reference })}</DialogTitle>
          <DialogContent>
            <Field label={t('facts.priority')} hint={t('priority.hint')}>
              <RadioGroup
                value={priority}
                onChange={(_, data) => setPriority(PRIORITIES.find((known) => known === data.value) ?? priority)}
              >
                {PRIORITIES.map((known) => (
                  <Radio key={known} value={known} label={t(`priority.${known}`)} />
                ))}
              </RadioGroup>
            </Field>
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{t('app.cancel')}</Button>
            <Button appearance="primary" disabledFocusable={busy || priority === detail.priority} onClick={go}>
              {t('priority.go')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
