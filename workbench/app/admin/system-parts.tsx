import { Field, Input, MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components';
import { useSpeech } from '../language.tsx';
import { useReason } from '../use-failure.ts';

export const useSystemStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalM, maxWidth: '480px' },
  field: { width: '100%' },
  list: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, margin: 0, padding: 0, listStyleType: 'none' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  group: { margin: 0, padding: 0, border: 'none' },
  name: { overflowWrap: 'anywhere' },
});

/** What is shown once: the server keeps it to itself from now on. */
export function Secret({ value }: { readonly value: string }) {
  const { t } = useSpeech();
  return (
    <Field label={t('systems.secret')}>
      <Input readOnly value={value} onFocus={(event) => event.target.select()} />
    </Field>
  );
}

/** Why something was not done. */
export function Failure({ error }: { readonly error: Error | null }) {
  const reason = useReason();
  if (error === null) return null;
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>{reason(error)}</MessageBarBody>
    </MessageBar>
  );
}
