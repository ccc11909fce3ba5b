import { Button, Dropdown, Field, Input, makeStyles, Option, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { MOST_CLAIMS, type WorkProfile } from '../../../domain/index.ts';
import type { WorkerList, WorkerRow } from '../../protocol-workers.ts';
import { useSpeech } from '../language.tsx';
import { useChoices } from './use-choices.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  buttons: { display: 'flex', gap: tokens.spacingHorizontalS, flexWrap: 'wrap' },
  chosen: { minWidth: 0, width: '100%' },
  few: { maxWidth: '8em' },
});

interface EditorProps {
  readonly worker: WorkerRow;
  readonly list: WorkerList;
  readonly busy: boolean;
  readonly onSave: (profile: WorkProfile) => void;
  readonly onCancel: () => void;
}

/** What somebody is given, what he would rather have, and how much at a time. */
export function ProfileEditor({ worker, list, busy, onSave, onCancel }: EditorProps) {
  const styles = useStyles();
  const { t } = useSpeech();
  const choices = useChoices(list);
  const [skills, setSkills] = useState(worker.skills);
  const [products, setProducts] = useState(worker.products);
  const [places, setPlaces] = useState(worker.places);
  const [typed, setTyped] = useState(worker.most === null ? '' : String(worker.most));
  const most = typed.trim() === '' ? null : Number(typed);
  const bad = most !== null && !(Number.isInteger(most) && most >= 1 && most <= MOST_CLAIMS);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!bad && !busy) onSave({ skills, products, places, most });
      }}
    >
      <Field label={t('workers.skills')} hint={t('workers.skillsHint')}>
        <Several chosen={skills} known={choices.skills} nameOf={choices.skill} onChange={setSkills} />
      </Field>
      <Field label={t('workers.products')} hint={t('workers.ratherHint')}>
        <Several chosen={products} known={choices.products} nameOf={choices.product} onChange={setProducts} />
      </Field>
      {choices.places.length > 0 && (
        <Field label={t('workers.places')}>
          <Several chosen={places} known={choices.places} nameOf={choices.place} onChange={setPlaces} />
        </Field>
      )}
      <Field label={t('workers.most')} hint={t('workers.mostHint')} {...(bad ? { validationMessage: t('workers.mostBad') } : {})}>
        <Input className={styles.few} inputMode="numeric" value={typed} maxLength={2} onChange={(_, { value }) => setTyped(value)} />
      </Field>
      <div className={styles.buttons}>
        <Button type="submit" appearance="primary" disabledFocusable={busy || bad}>
          {t('workers.save')}
        </Button>
        <Button onClick={onCancel}>{t('app.cancel')}</Button>
      </div>
    </form>
  );
}

interface SeveralProps {
  readonly chosen: readonly string[];
  readonly known: readonly string[];
  readonly nameOf: (id: string) => string;
  readonly onChange: (chosen: readonly string[]) => void;
}

/** Some of what is known. */
function Several({ chosen, known, nameOf, onChange, ...field }: SeveralProps) {
  const styles = useStyles();
  const { t } = useSpeech();
  const few = chosen.map(nameOf).join(', ');
  return (
    <Dropdown
      {...field}
      className={styles.chosen}
      multiselect
      placeholder={t('workers.choose')}
      value={chosen.length > 3 ? t('workers.chosen', { n: chosen.length }) : few}
      selectedOptions={[...chosen]}
      onOptionSelect={(_, { selectedOptions }) => onChange(selectedOptions)}
    >
      {known.map((id) => (
        <Option key={id} value={id}>
          {nameOf(id)}
        </Option>
      ))}
    </Dropdown>
  );
}
