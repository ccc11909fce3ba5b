import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { PersonDetail } from '../../protocol.ts';
import { Page } from '../admin/page.tsx';
import { api } from '../api.ts';
import { useNow } from '../browser-state.ts';
import { useSpeech } from '../language.tsx';
import { personQuery } from '../queries.ts';
import { isTextKey } from '../texts.ts';
import { moment } from '../time-left.ts';
import { useTell } from '../toast.tsx';
import { useFailure, useReason } from '../use-failure.ts';
import { CaseLines } from './case-lines.tsx';
import { JoinDialog } from './join-dialog.tsx';
import { PersonLine } from './person-line.tsx';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalXS },
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  quiet: { color: tokens.colorNeutralForeground2 },
  line: { overflowWrap: 'anywhere' },
});

/** Somebody: how he is known, and his cases. */
export default function PersonPage({ id }: { readonly id: string }) {
  const { t } = useSpeech();
  const reason = useReason();
  const person = useQuery(personQuery(id));
  if (person.isPending) return <Spinner />;
  if (!person.data)
    return (
      <Page title={t('page.persons')} intro={reason(person.error)}>
        {null}
      </Page>
    );
  return <Known person={person.data} />;
}

function Known({ person }: { readonly person: PersonDetail }) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const now = useNow();
  const tell = useTell();
  const client = useQueryClient();
  const [joining, setJoining] = useState(false);
  const undo = useMutation({
    mutationFn: api.undoJoin,
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['person'] });
      tell(t('person.undone'));
    },
    onError: useFailure(),
  });
  const about = [
    person.address ?? t('person.noAddress'),
    person.verified ? null : t('person.said'),
    person.phone,
    person.department,
    person.room,
  ];
  return (
    <Page title={person.name} intro={about.filter(Boolean).join(' · ')}>
      <Part title={t('person.identities')}>
        {person.identities.length === 0 && <Text className={styles.quiet}>{t('person.noIdentities')}</Text>}
        <ul className={styles.list}>
          {person.identities.map(({ channel, externalId, since }) => (
            <li key={`${channel} ${externalId}`} className={styles.line}>
              <Channel of={channel} /> · {externalId} · {moment(new Date(since), now, language)}
            </li>
          ))}
        </ul>
      </Part>
      {person.joins.length > 0 && (
        <Part title={t('person.same')}>
          <ul className={styles.list}>
            {person.same.map((one) => (
              <li key={one.id}>
                <PersonLine person={one} />
              </li>
            ))}
            {person.joins.map(({ id, one, other, by, at }) => (
              <li key={id} className={styles.line}>
                <Text block className={styles.quiet}>
                  {t('person.joined', { one: one.name, other: other.name, by, at: moment(new Date(at), now, language) })}
                </Text>
                <Button size="small" disabledFocusable={undo.isPending} onClick={() => undo.mutate(id)}>
                  {t('person.undo')}
                </Button>
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Part title={t('person.cases')}>
        {person.cases.length === 0 ? <Text className={styles.quiet}>{t('person.noCases')}</Text> : <CaseLines cases={person.cases} />}
      </Part>
      <div>
        <Button onClick={() => setJoining(true)}>{t('person.join')}</Button>
      </div>
      {joining && <JoinDialog person={person} onClose={() => setJoining(false)} />}
    </Page>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const styles = useStyles();
  return (
    <section className={styles.part}>
      <Text as="h2" weight="semibold" size={400}>
        {title}
      </Text>
      {children}
    </section>
  );
}

function Channel({ of }: { readonly of: string }) {
  const { t } = useSpeech();
  const key = `channel.${of}`;
  return isTextKey(key) ? t(key) : of;
}
