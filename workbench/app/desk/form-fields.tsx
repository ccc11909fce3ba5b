import { Checkbox, Field, Input, makeStyles, Select, Textarea, tokens } from '@fluentui/react-components';
import type { FormField } from '../../../domain/index.ts';
import { useSpeech } from '../language.tsx';

const useStyles = makeStyles({
  field: { display: 'flex', alignItems: 'end', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalS },
  input: { flexGrow: 1, minWidth: '180px' },
});

interface FormFieldsProps {
  readonly fields: readonly FormField[];
  /** What the agent settled; '' is "not known". */
  readonly values: Readonly<Record<string, string>>;
  readonly set: (id: string, value: string | null) => void;
}

/** The product's form: found in the story, filled in, or left as not known. */
export function FormFields({ fields, values, set }: FormFieldsProps) {
  const styles = useStyles();
  const { t } = useSpeech();
  return fields.map((field) => {
    const unknown = values[field.id] === '';
    return (
      <div key={field.id} className={styles.field}>
        <Field
          className={styles.input}
          label={field.label}
          {...(field.error && !unknown ? { validationState: 'warning', validationMessage: field.error } : {})}
        >
          <Entry field={field} value={unknown ? '' : (values[field.id] ?? field.value ?? '')} disabled={unknown} set={set} />
        </Field>
        <Checkbox
          label={t('register.unknown')}
          aria-label={t('register.unknownOf', { field: field.label })}
          checked={unknown}
          onChange={(_, { checked }) => set(field.id, checked === true ? '' : null)}
        />
      </div>
    );
  });
}

interface EntryProps {
  readonly field: FormField;
  readonly value: string;
  readonly disabled: boolean;
  readonly set: FormFieldsProps['set'];
}

/** Emptied it is as if nothing was settled: what the story says counts again. */
function Entry({ field, value, disabled, set, ...labelled }: EntryProps) {
  const typed = (text: string) => set(field.id, text === '' ? null : text);
  if (field.input === 'choice')
    return (
      <Select {...labelled} value={value} disabled={disabled} onChange={(_, data) => typed(data.value)}>
        <option value="" />
        {field.choices?.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </Select>
    );
  if (field.input === 'long-text')
    return <Textarea {...labelled} value={value} disabled={disabled} onChange={(_, data) => typed(data.value)} />;
  return (
    <Input
      {...labelled}
      type={field.input === 'date' || field.input === 'time' || field.input === 'email' ? field.input : 'text'}
      inputMode={field.input === 'number' ? 'decimal' : undefined}
      autoComplete="off"
      value={value}
      disabled={disabled}
      onChange={(_, data) => typed(data.value)}
    />
  );
}
