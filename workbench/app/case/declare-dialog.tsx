import { Checkbox, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CaseDetail } from '../../protocol.ts';
import { AskDialog } from '../ask-dialog.tsx';
import { useNow } from '../browser-state.ts';
import { useSpeech } from '../language.tsx';
import { disruptionsQuery } from '../queries.ts';
import type { Act } from './use-act.ts';

const useStyles = makeStyles({ content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM } });

/** Many report the same: asks what is told to whoever reports it later, where it is, and until when; what was reported already can be added at once. */
export default function DeclareDialog({ detail, act, busy, onClose }: Act & { readonly detail: CaseDetail; readonly onClose: () => void }) {
  const styles = useStyles();
  const { t } = useSpeech();
  const now = useNow();
  const { data } = useQuery(disruptionsQuery);
  const suggested = data?.suggested.find(({ cases }) => cases.some(({ id }) => id === detail.id));
  const others = suggested?.cases.filter(({ id }) => id !== detail.id) ?? [];
  const [title, setTitle] = useState(detail.title);
  const [said, setPlace] = useState<string | null>(null);
  const [until, setUntil] = useState('');
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const place = said ?? suggested?.place ?? '';
  const moment = until === '' ? null : new Date(until);
  const past = moment !== null && moment <= now;
  const ready = title.trim() !== '' && !past;
  const go = async () => {
    const done =
      ready &&
      (await act({
        action: 'declare',
        title: title.trim(),
        ...(place.trim() ? { place: place.trim() } : {}),
        ...(moment ? { until: moment.toISOString() } : {}),
        also: others.map(({ id }) => id).filter((id) => !left.has(id)),
      }));
    if (done) onClose();
  };
  return (
    <AskDialog
      title={t('declare.dialog')}
      go={t('declare.go')}
      barred={busy || !ready}
      onGo={go}
      onClose={onClose}
      content={styles.content}
    >
      <Field label={t('declare.title')} hint={t('declare.hint')} required>
        <Input autoFocus value={title} maxLength={120} onChange={(_, { value }) => setTitle(value)} />
      </Field>
      <Field label={t('declare.place')} hint={t('declare.placeHint')}>
        <Input value={place} maxLength={120} onChange={(_, { value }) => setPlace(value)} />
      </Field>
      <Field label={t('declare.until')} {...(past ? { validationMessage: t('delay.past') } : {})}>
        <Input type="datetime-local" value={until} onChange={(_, { value }) => setUntil(value)} />
      </Field>
      {others.length > 0 && (
        <Field label={t('declare.also')}>
          {others.map(({ id, reference, title: text }) => (
            <Checkbox
              key={id}
              checked={!left.has(id)}
              label={`${reference} ${text}`}
              onChange={(_, { checked }) => setLeft(new Set(checked ? [...left].filter((it) => it !== id) : [...left, id]))}
            />
          ))}
        </Field>
      )}
    </AskDialog>
  );
}
