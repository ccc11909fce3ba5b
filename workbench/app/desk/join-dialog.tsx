import { Input, makeStyles, Radio, RadioGroup, Text, tokens } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PersonDetail } from '../../protocol.ts';
import { api } from '../api.ts';
import { AskDialog } from '../ask-dialog.tsx';
import { useSettled } from '../browser-state.ts';
import { useSpeech } from '../language.tsx';
import { peopleQuery, personQuery } from '../queries.ts';
import { useTell } from '../toast.tsx';
import { useFailure } from '../use-failure.ts';
import { PersonLine } from './person-line.tsx';

const TYPING_MS = 200;
const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
});

/** Says that two are one: never by itself, and only after it was said what that does. */
export function JoinDialog({ person, onClose }: { readonly person: PersonDetail; readonly onClose: () => void }) {
  const styles = useStyles();
  const { t } = useSpeech();
  const tell = useTell();
  const client = useQueryClient();
  const [typed, setTyped] = useState('');
  const [chosen, choose] = useState<string | null>(null);
  const search = useSettled(typed, TYPING_MS);
  const already = new Set([person.id, ...person.same.map(({ id }) => id)]);
  const found = (useQuery(peopleQuery(search)).data?.people ?? []).filter(({ id }) => !already.has(id));
  const other = found.find(({ id }) => id === chosen);
  const join = useMutation({
    mutationFn: (id: string) => api.join(person.id, id),
    onSuccess: (joined) => {
      client.setQueryData(personQuery(person.id).queryKey, joined);
      tell(t('person.joinDone', { name: other?.name ?? '' }));
      onClose();
    },
    onError: useFailure(),
  });
  return (
    <AskDialog
      title={t('person.joinTitle', { name: person.name })}
      go={t('person.joinGo', { name: other?.name ?? '…' })}
      barred={!other || join.isPending}
      onGo={() => other && join.mutate(other.id)}
      onClose={onClose}
      content={styles.content}
    >
      <Text>{t('person.joinHint')}</Text>
      <Input
        autoFocus
        aria-label={t('persons.search')}
        placeholder={t('persons.search')}
        value={typed}
        onChange={(_, { value }) => setTyped(value)}
      />
      {found.length > 0 && (
        <RadioGroup aria-label={t('person.same')} value={chosen ?? ''} onChange={(_, { value }) => choose(value)}>
          {found.map((one) => (
            <Radio key={one.id} value={one.id} label={<PersonLine person={one} />} />
          ))}
        </RadioGroup>
      )}
    </AskDialog>
  );
}
