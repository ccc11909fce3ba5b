import { Button, Card, Checkbox, Field, Input, MessageBar, MessageBarBody, Spinner, Text, Title3 } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { WEBHOOK_EVENTS, type WebhookEvent } from '../../../domain/index.ts';
import type { WebhookRow } from '../../protocol.ts';
import { api } from '../api.ts';
import { useNow } from '../browser-state.ts';
import { useSpeech } from '../language.tsx';
import { moment } from '../time-left.ts';
import { Failure, Secret, useSystemStyles } from './system-parts.tsx';

/** Who is told of what: made, ended, looked at, told once more. */
export function Webhooks() {
  const styles = useSystemStyles();
  const { t } = useSpeech();
  const client = useQueryClient();
  const list = useQuery({ queryKey: ['webhooks'], queryFn: api.webhooks });
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState<readonly WebhookEvent[]>(WEBHOOK_EVENTS);
  const make = useMutation({ mutationFn: api.makeWebhook, onSuccess: () => client.invalidateQueries({ queryKey: ['webhooks'] }) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate({ url: url.trim(), events });
  };
  return (
    <>
      <Title3 as="h2">{t('systems.webhooks')}</Title3>
      <form className={styles.form} onSubmit={submit}>
        <Field className={styles.field} label={t('systems.url')} required>
          <Input type="url" value={url} autoComplete="off" onChange={(_, data) => setUrl(data.value)} />
        </Field>
        <fieldset className={styles.group}>
          <legend>{t('systems.events')}</legend>
          {WEBHOOK_EVENTS.map((known) => (
            <Checkbox
              key={known}
              label={known}
              checked={events.includes(known)}
              onChange={(_, { checked }) => setEvents(WEBHOOK_EVENTS.filter((it) => (it === known ? checked : events.includes(it))))}
            />
          ))}
        </fieldset>
        <Button type="submit" appearance="primary" disabledFocusable={url.trim() === '' || events.length === 0 || make.isPending}>
          {t('systems.subscribe')}
        </Button>
      </form>
      <Failure error={make.error} />
      {make.data && <Secret value={make.data.secret} />}
      {list.isPending && <Spinner size="small" />}
      {list.data?.webhooks.length === 0 && <Text className={styles.quiet}>{t('systems.noWebhooks')}</Text>}
      <ul className={styles.list}>
        {list.data?.webhooks.map((webhook) => (
          <li key={webhook.id}>
            <Webhook webhook={webhook} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Webhook({ webhook }: { readonly webhook: WebhookRow }) {
  const styles = useSystemStyles();
  const { t, language } = useSpeech();
  const now = useNow();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const told = { onSuccess: () => client.invalidateQueries({ queryKey: ['webhooks'] }) };
  const resume = useMutation({ mutationFn: () => api.resumeWebhook(webhook.id), ...told });
  const remove = useMutation({ mutationFn: () => api.removeWebhook(webhook.id), ...told });
  return (
    <Card>
      <Text weight="semibold" className={styles.name}>
        {webhook.url}
      </Text>
      <Text className={styles.quiet}>{webhook.events.join(' ')}</Text>
      {!webhook.active && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>{t('systems.off', { reason: webhook.offBecause ?? '' })}</MessageBarBody>
        </MessageBar>
      )}
      {webhook.active && webhook.failingSince && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t('systems.failing', { at: moment(new Date(webhook.failingSince), now, language) })}</MessageBarBody>
        </MessageBar>
      )}
      <div className={styles.buttons}>
        <Button aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('systems.log')}
        </Button>
        {!webhook.active && <Button onClick={() => resume.mutate()}>{t('systems.resume')}</Button>}
        <Button onClick={() => remove.mutate()}>{t('systems.remove')}</Button>
      </div>
      <Failure error={resume.error ?? remove.error} />
      {open && <Deliveries webhook={webhook.id} />}
    </Card>
  );
}

function Deliveries({ webhook }: { readonly webhook: string }) {
  const styles = useSystemStyles();
  const { t, language } = useSpeech();
  const now = useNow();
  const client = useQueryClient();
  const key = ['webhooks', webhook];
  const log = useQuery({ queryKey: key, queryFn: () => api.webhookLog(webhook) });
  const replay = useMutation({
    mutationFn: (delivery: string) => api.replayWebhook(webhook, delivery),
    onSuccess: (deliveries) => client.setQueryData(key, deliveries),
  });
  if (log.isPending) return <Spinner size="small" />;
  if (log.data?.deliveries.length === 0) return <Text className={styles.quiet}>{t('systems.nothingSent')}</Text>;
  return (
    <>
      <Failure error={log.error ?? replay.error} />
      <ul className={styles.list}>
        {log.data?.deliveries.map((it) => (
          <li key={it.id}>
            <Text block>
              {it.event} · {moment(new Date(it.at), now, language)} · {t(`systems.${it.state}`)} · {it.attempts}×
            </Text>
            <Text block className={styles.quiet}>
              {it.answer}
            </Text>
            <Button size="small" onClick={() => replay.mutate(it.id)}>
              {t('systems.replay')}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
