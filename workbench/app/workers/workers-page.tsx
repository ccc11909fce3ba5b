import { Button, Card, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { EditRegular } from '@fluentui/react-icons/svg/edit';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { WorkerList, WorkerRow } from '../../protocol-workers.ts';
import { Page } from '../admin/page.tsx';
import { api } from '../api.ts';
import { useSpeech } from '../language.tsx';
import { useNames } from '../me.ts';
import { workersQuery } from '../queries.ts';
import { useTell } from '../toast.tsx';
import { useFailure } from '../use-failure.ts';
import { ProfileEditor } from './profile-editor.tsx';
import { useChoices } from './use-choices.ts';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, margin: 0, padding: 0, listStyleType: 'none' },
  head: { display: 'flex', justifyContent: 'space-between', alignItems: 'center', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
  facts: { display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr)', columnGap: tokens.spacingHorizontalM, margin: 0 },
  value: { margin: 0, overflowWrap: 'anywhere' },
  start: { alignSelf: 'flex-start' },
});

/** Who is given what: of the teams that one coordinates, else of oneself. */
export default function WorkersPage() {
  const styles = useStyles();
  const { t } = useSpeech();
  const client = useQueryClient();
  const tell = useTell();
  const list = useQuery(workersQuery);
  const [editing, setEditing] = useState<string | null>(null);
  const save = useMutation({
    mutationFn: api.saveProfile,
    onSuccess: (after, { id }) => {
      client.setQueryData(workersQuery.queryKey, after);
      void client.invalidateQueries({ queryKey: ['cases'] });
      setEditing(null);
      tell(t('workers.saved', { name: after.workers.find((worker) => worker.id === id)?.name ?? '' }));
    },
    onError: useFailure(),
  });
  const workers = list.data?.workers ?? [];
  const coordinates = workers.some(({ mayChange }) => mayChange);
  return (
    <Page title={t('page.workers')} intro={t(coordinates ? 'workers.intro' : 'workers.introOwn')}>
      {list.isPending && <Spinner size="small" />}
      {list.isError && <Button onClick={() => list.refetch()}>{t('app.again')}</Button>}
      {list.isSuccess && workers.length === 0 && <Text className={styles.quiet}>{t('workers.none')}</Text>}
      <ul className={styles.list}>
        {list.data &&
          workers.map((worker) => (
            <li key={worker.id}>
              <Card>
                <Worker worker={worker} list={list.data} />
                {worker.id === editing ? (
                  <ProfileEditor
                    worker={worker}
                    list={list.data}
                    busy={save.isPending}
                    onSave={(profile) => save.mutate({ id: worker.id, profile })}
                    onCancel={() => setEditing(null)}
                  />
                ) : (
                  worker.mayChange && (
                    <Button
                      className={styles.start}
                      icon={<EditRegular />}
                      aria-label={t('workers.changeOf', { name: worker.name })}
                      onClick={() => setEditing(worker.id)}
                    >
                      {t('workers.change')}
                    </Button>
                  )
                )}
              </Card>
            </li>
          ))}
      </ul>
    </Page>
  );
}

function Worker({ worker, list }: { readonly worker: WorkerRow; readonly list: WorkerList }) {
  const styles = useStyles();
  const { t } = useSpeech();
  const names = useNames();
  const choices = useChoices(list);
  const byTeam = list.teams.filter(({ id, maxClaims }) => worker.teams.includes(id) && maxClaims !== null);
  const rather = [...worker.products.map(choices.product), ...worker.places.map(choices.place)];
  const most =
    worker.most !== null
      ? String(worker.most)
      : byTeam.map(({ id, maxClaims }) => `${t('workers.byTeam', { n: maxClaims ?? '' })} ${names.team(id)}`).join(', ') ||
        t('workers.noMost');
  return (
    <>
      <div className={styles.head}>
        <Text as="h2" weight="semibold" size={400}>
          {worker.name}
        </Text>
        <Text size={200} className={styles.quiet}>
          {[t(`role.${worker.role}`), ...worker.teams.map(names.team)].join(' · ')} ·{' '}
          {worker.most === null ? t('workers.holds', { n: worker.holds }) : t('workers.holdsOf', { n: worker.holds, most: worker.most })}
        </Text>
      </div>
      <dl className={styles.facts}>
        <Fact name={t('workers.skills')} value={worker.skills.map(choices.skill).join(', ') || t('workers.everything')} />
        {rather.length > 0 && <Fact name={t('workers.rather')} value={rather.join(', ')} />}
        <Fact name={t('workers.most')} value={most} />
      </dl>
    </>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  const styles = useStyles();
  return (
    <>
      <dt className={styles.quiet}>{name}</dt>
      <dd className={styles.value}>{value}</dd>
    </>
  );
}
