import { Field, Input, makeStyles, Select, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { AskDialog } from '../ask-dialog.tsx';
import { newId } from '../desk/new-id.ts';
import { useSpeech } from '../language.tsx';
import { useMe, useNames } from '../me.ts';
import { useFrame } from '../shell/frame-state.tsx';
import { useTell } from '../toast.tsx';
import { useViewChange } from './use-view-change.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  about: { color: tokens.colorNeutralForeground2 },
});

/** Keeps the list as it is shown now, under a name: for oneself, or for a team. */
export default function SaveViewDialog({ title, onClose }: { readonly title: string; readonly onClose: () => void }) {
  const styles = useStyles();
  const { t } = useSpeech();
  const me = useMe();
  const names = useNames();
  const tell = useTell();
  const { view, shape } = useFrame();
  const [name, setName] = useState('');
  const [team, setTeam] = useState('');
  const [id] = useState(newId);
  const { keep, busy } = useViewChange();
  const save = async () => {
    if (name.trim() === '' || busy) return;
    const kept = { id, team: team || null, name: name.trim(), place: view, ...shape, search: shape.search.trim() };
    if (!(await keep(kept))) return;
    tell(t('views.kept', { name: kept.name }));
    onClose();
  };
  return (
    <AskDialog
      title={t('views.saveTitle')}
      go={t('views.keep')}
      barred={name.trim() === '' || busy}
      onGo={save}
      onClose={onClose}
      byEnter
      content={styles.content}
    >
      <Text className={styles.about}>{t('views.what', { list: title })}</Text>
      <Field label={t('views.name')} required>
        <Input autoFocus value={name} maxLength={60} onChange={(_, data) => setName(data.value)} />
      </Field>
      {me.sharesViews.length > 0 && (
        <Field label={t('views.for')}>
          <Select value={team} onChange={(_, data) => setTeam(data.value)}>
            <option value="">{t('views.forMe')}</option>
            {me.sharesViews.map((one) => (
              <option key={one} value={one}>
                {t('views.forTeam', { team: names.team(one) })}
              </option>
            ))}
          </Select>
        </Field>
      )}
    </AskDialog>
  );
}
