import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components';
import type { ReactElement, ReactNode } from 'react';
import { useSpeech } from './language.tsx';

interface AskDialogProps {
  readonly title: string;
  /** What stands on the button that does it. */
  readonly go: string;
  /** It cannot be done as it is filled in, or is being done. */
  readonly barred?: boolean;
  readonly onGo: () => unknown;
  readonly onClose: () => void;
  /** Enter in one of its fields does it too. */
  readonly byEnter?: boolean;
  /** Stays inside: a quieter button. */
  readonly quiet?: boolean;
  readonly icon?: ReactElement;
  /** In place of the button that only closes. */
  readonly instead?: ReactElement;
  readonly surface?: string | undefined;
  readonly content?: string | undefined;
  readonly children: ReactNode;
}

/** A dialog that asks what is still needed, and does it or lets it be. */
export function AskDialog(props: AskDialogProps) {
  const { title, go, barred = false, onGo, onClose, byEnter = false, quiet = false, icon, instead, surface, content, children } = props;
  const { t } = useSpeech();
  const body = (
    <DialogBody>
      <DialogTitle>{title}</DialogTitle>
      <DialogContent className={content}>{children}</DialogContent>
      <DialogActions>
        {instead ?? <Button onClick={onClose}>{t('app.cancel')}</Button>}
        <Button
          appearance={quiet ? 'secondary' : 'primary'}
          {...(icon ? { icon } : {})}
          disabledFocusable={barred}
          {...(byEnter ? { type: 'submit' } : { onClick: () => void onGo() })}
        >
          {go}
        </Button>
      </DialogActions>
    </DialogBody>
  );
  return (
    <Dialog open onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface className={surface}>
        {byEnter ? (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void onGo();
            }}
          >
            {body}
          </form>
        ) : (
          body
        )}
      </DialogSurface>
    </Dialog>
  );
}
