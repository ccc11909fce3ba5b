import { Button, Card, Field, Link as FluentLink, Input, makeStyles, Select, Spinner, Text, tokens } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CallBackView } from '../../protocol.ts';
import { Page } from '../admin/page.tsx';
import { api } from '../api.ts';
import { useNow } from '../browser-state.ts';
import { useSpeech } from '../language.tsx';
import { callBacksQuery } from '../queries.ts';
import { moment } from '../time-left.ts';
import { useTell } from '../toast.tsx';
import { useFailure } from '../use-failure.ts';
import { Link } from '../use-route.tsx';
import { newId } from './new-id.ts';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, margin: 0, padding: 0, listStyleType: 'none' },
  card: { gap: tokens.spacingVerticalS },
  quiet: { color: tokens.colorNeutralForeground2 },
  news: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, margin: 0, padding: 0, listStyleType: 'none' },
  text: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  phone: { fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, alignSelf: 'flex-start' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** Who is to be called, and what to tell. */
export default function CallBacksPage() {
  const styles = useStyles();
  const { t } = useSpeech();
  const list = useQuery(callBacksQuery);
  return (
    <Page title={t('page.callBacks')} intro={t('calls.intro')}>
      {list.isPending && <Spinner size="small" />}
      {list.isError && <Button onClick={() => list.refetch()}>{t('app.again')}</Button>}
      {list.data?.calls.length === 0 && <Text className={styles.quiet}>{t('calls.none')}</Text>}
      <ul className={styles.list}>
        {list.data?.calls.map((call) => (
          <li key={call.conversation}>
            <Call call={call} />
          </li>
        ))}
      </ul>
    </Page>
  );
}

function Call({ call }: { readonly call: CallBackView }) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const now = useNow();
  const tell = useTell();
  const client = useQueryClient();
  const failed = useFailure();
  const [said, setSaid] = useState('');
  // One id for all attempts: an answer that is sent twice is passed on once.
  const [id] = useState(() => newId());
  const { person, news, ask } = call;
  const name = person?.name ?? t('facts.nameless');
  const answer = ask && said !== '' ? { id, question: ask.question, value: said, text: wordsOf(ask.choices, said) } : null;
  const called = useMutation({
    mutationFn: (reached: boolean) =>
      api.called(call.conversation, { messages: news.map(({ message }) => message), reached, ...(reached && answer ? { answer } : {}) }),
    onSuccess: (list, reached) => {
      client.setQueryData(callBacksQuery.queryKey, list);
      tell(reached ? t('calls.done', { name }) : t('calls.later'));
    },
    onError: (error) => {
      void client.invalidateQueries({ queryKey: callBacksQuery.queryKey });
      void failed(error);
    },
  });
  return (
    <Card className={styles.card} role="group" aria-label={t('calls.call', { name })}>
      <Text as="h2" weight="semibold" size={400}>
        {t('calls.call', { name })}
      </Text>
      {person?.phone ? (
        <FluentLink className={styles.phone} href={`tel:${person.phone.replace(/[^\d+]/g, '')}`}>
          {person.phone}
        </FluentLink>
      ) : (
        <Text className={styles.quiet}>{t('calls.noPhone')}</Text>
      )}
      {person?.room && <Text className={styles.quiet}>{t('calls.room', { room: person.room })}</Text>}
      {call.triedAt !== null && (
        <Text className={styles.quiet}>{t('calls.tried', { n: call.attempts, at: moment(new Date(call.triedAt), now, language) })}</Text>
      )}
      <ol className={styles.news}>
        {news.map((one) => (
          <li key={one.message}>
            <Text size={200} className={styles.quiet} block>
              {[one.reference, one.by, moment(new Date(one.at), now, language)].filter(Boolean).join(' · ')}
            </Text>
            {one.text !== null ? (
              <Text className={styles.text}>{one.text}</Text>
            ) : (
              one.case !== null && <Link to={{ page: 'case', id: one.case }}>{t('calls.restricted')}</Link>
            )}
          </li>
        ))}
      </ol>
      {ask && (
        <Field label={t('calls.answer')}>
          {ask.choices.length > 0 ? (
            <Select value={said} onChange={(_, { value }) => setSaid(value)}>
              <option value="">{t('calls.noAnswer')}</option>
              {ask.choices.map((choice) => (
                <option key={choice.value} value={choice.value}>
                  {choice.label}
                </option>
              ))}
            </Select>
          ) : (
            <Input value={said} onChange={(_, { value }) => setSaid(value)} />
          )}
        </Field>
      )}
      <div className={styles.buttons}>
        <Button appearance="primary" disabledFocusable={called.isPending} onClick={() => called.mutate(true)}>
          {t('calls.reached')}
        </Button>
        <Button disabledFocusable={called.isPending} onClick={() => called.mutate(false)}>
          {t('calls.notReached')}
        </Button>
      </div>
    </Card>
  );
}

function wordsOf(choices: NonNullable<CallBackView['ask']>['choices'], said: string): string {
  return choices.find(({ value }) => value === said)?.label ?? said;
}
