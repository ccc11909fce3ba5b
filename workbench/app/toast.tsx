import { Link, makeStyles, Toast, Toaster, ToastTitle, ToastTrigger, useToastController } from '@fluentui/react-components';
import { useCallback } from 'react';
import { useColumns } from './browser-state.ts';
import { useSpeech } from './language.tsx';

const TOASTER = 'loket';

/** Something that can be done about what is said. */
interface Offer {
  readonly label: string;
  readonly press: () => void;
}

type Tell = (text: string, intent?: 'success' | 'warning' | 'info', offer?: Offer) => void;

/** Says quietly what happened; a screen reader hears it too. */
export function useTell(): Tell {
  const { dispatchToast, dismissAllToasts } = useToastController(TOASTER);
  return useCallback<Tell>(
    (text, intent = 'success', offer) => {
      // The latest counts; Fluent's own limit would make it wait its turn.
      dismissAllToasts();
      dispatchToast(
        <Toast>
          <ToastTitle
            {...(offer && {
              action: (
                <ToastTrigger>
                  <Link as="button" onClick={offer.press}>
                    {offer.label}
                  </Link>
                </ToastTrigger>
              ),
            })}
          >
            {text}
          </ToastTitle>
        </Toast>,
        {
          intent,
          timeout: offer ? 10_000 : intent === 'warning' ? 6000 : 3000,
          pauseOnHover: true,
          politeness: intent === 'warning' ? 'assertive' : 'polite',
        },
      );
    },
    [dispatchToast, dismissAllToasts],
  );
}

const useStyles = makeStyles({
  layer: { position: 'fixed', inset: 0, zIndex: 1000, pointerEvents: 'none', '& .fui-Toast': { pointerEvents: 'auto' } },
});

/** Where toasts appear: out of the way of the buttons one presses next. A landmark, so that one can go back to what was said. */
export function Toasts() {
  const styles = useStyles();
  const { t } = useSpeech();
  const phone = useColumns() === 1;
  return (
    <section className={styles.layer} aria-label={t('app.notices')}>
      <Toaster inline toasterId={TOASTER} position={phone ? 'top' : 'bottom-start'} />
    </section>
  );
}
