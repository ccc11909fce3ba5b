import { Button, Card, Field, Input, makeStyles, Select, Spinner, Text, Textarea, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { EditRegular } from '@fluentui/react-icons/svg/edit';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CannedList, CannedText } from '../../protocol.ts';
import { Page } from '../admin/page.tsx';
import { api } from '../api.ts';
import { newId } from '../desk/new-id.ts';
import { useSpeech } from '../language.tsx';
import { useMe, useNames } from '../me.ts';
import { cannedQuery } from '../queries.ts';
import { useFailure } from '../use-failure.ts';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, margin: 0, padding: 0, listStyleType: 'none' },
  head: { display: 'flex', justifyContent: 'space-between', alignItems: 'center', gap: tokens.spacingHorizontalS },
  text: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
  buttons: { display: 'flex', gap: tokens.spacingHorizontalS, flexWrap: 'wrap' },
  start: { alignSelf: 'flex-start' },
});

/** The texts that are kept ready: of the teams and one's own. */
export default function CannedPage() {
  const styles = useStyles();
  const { t } = useSpeech();
  const names = useNames();
  const client = useQueryClient();
  const failed = useFailure();
  const list = useQuery(cannedQuery);
  const [editing, setEditing] = useState<CannedText | null>(null);
  const kept = (after: CannedList) => {
    client.setQueryData(cannedQuery.queryKey, after);
    void client.invalidateQueries({ queryKey: ['case-canned'] });
  };
  const save = useMutation({ mutationFn: api.saveCanned, onSuccess: kept, onError: failed });
  const remove = useMutation({ mutationFn: api.removeCanned, onSuccess: kept, onError: failed });
  const texts = list.data?.texts ?? [];
  return (
    <Page title={t('page.canned')} intro={t('canned.intro')}>
      {editing === null ? (
        <Button
          className={styles.start}
          appearance="primary"
          icon={<AddRegular />}
          onClick={() => setEditing({ id: newId(), team: null, name: '', text: '' })}
        >
          {t('canned.add')}
        </Button>
      ) : (
        <Editor
          key={editing.id}
          one={editing}
          busy={save.isPending}
          onSave={(one) => save.mutate(one, { onSuccess: () => setEditing(null) })}
          onCancel={() => setEditing(null)}
        />
      )}
      {list.isPending && <Spinner size="small" />}
      {list.isError && <Button onClick={() => list.refetch()}>{t('app.again')}</Button>}
      {list.isSuccess && texts.length === 0 && <Text className={styles.quiet}>{t('canned.none')}</Text>}
      <ul className={styles.list}>
        {texts.map((one) => (
          <li key={one.id}>
            <Card>
              <div className={styles.head}>
                <Text weight="semibold">{one.name}</Text>
                <Text size={200} className={styles.quiet}>
                  {one.team === null ? t('canned.own') : names.team(one.team)}
                </Text>
              </div>
              <Text className={styles.text}>{one.text}</Text>
              <div className={styles.buttons}>
                <Button icon={<EditRegular />} aria-label={t('canned.changeOf', { name: one.name })} onClick={() => setEditing(one)}>
                  {t('canned.change')}
                </Button>
                <Button
                  icon={<DeleteRegular />}
                  aria-label={t('canned.removeOf', { name: one.name })}
                  disabledFocusable={remove.isPending}
                  onClick={() => remove.mutate(one.id)}
                >
                  {t('canned.remove')}
                </Button>
              </div>
            </Card>
          </li>
        ))}
      </ul>
    </Page>
  );
}

/** Either language's are understood. */
const PLACEHOLDERS = { nl: '{naam} {referentie} {plaats} {product} {ik}', en: '{name} {reference} {place} {product} {me}' } as const;

interface EditorProps {
  readonly one: CannedText;
  readonly busy: boolean;
  readonly onSave: (one: CannedText) => void;
  readonly onCancel: () => void;
}

function Editor({ one, busy, onSave, onCancel }: EditorProps) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const me = useMe();
  const names = useNames();
  const [draft, setDraft] = useState(one);
  const whole = draft.name.trim() !== '' && draft.text.trim() !== '';
  return (
    <Card>
      <Field label={t('canned.name')}>
        <Input autoFocus value={draft.name} maxLength={80} onChange={(_, { value }) => setDraft({ ...draft, name: value })} />
      </Field>
      <Field label={t('canned.text')} hint={t('canned.placeholders', { known: PLACEHOLDERS[language] })}>
        <Textarea value={draft.text} maxLength={8000} resize="vertical" onChange={(_, { value }) => setDraft({ ...draft, text: value })} />
      </Field>
      <Field label={t('canned.whose')}>
        <Select value={draft.team ?? ''} onChange={(_, { value }) => setDraft({ ...draft, team: value === '' ? null : value })}>
          <option value="">{t('canned.own')}</option>
          {me.teams.map((team) => (
            <option key={team} value={team}>
              {names.team(team)}
            </option>
          ))}
        </Select>
      </Field>
      <div className={styles.buttons}>
        <Button appearance="primary" disabledFocusable={!whole || busy} onClick={() => whole && onSave(draft)}>
          {t('canned.save')}
        </Button>
        <Button onClick={onCancel}>{t('app.cancel')}</Button>
      </div>
    </Card>
  );
}
