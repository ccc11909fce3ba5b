import { Button, Card, Field, Input, makeStyles, Select, Text, tokens } from '@fluentui/react-components';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { AuditRow } from '../../protocol.ts';
import type { AuditFilter } from '../api.ts';
import { useNow } from '../browser-state.ts';
import { useSpeech } from '../language.tsx';
import { auditQuery } from '../queries.ts';
import { isTextKey } from '../texts.ts';
import { moment } from '../time-left.ts';
import { Link } from '../use-route.tsx';
import { Page } from './page.tsx';
import { PagedList } from './paged-list.tsx';

/** What can be asked for; anything else that is in the log is shown under its own name. */
const ACTIONS = [
  'restricted-read',
  'signed-in',
  'invited',
  'people-joined',
  'people-parted',
  'token-created',
  'token-used',
  'token-revoked',
  'webhook-subscribed',
  'webhook-removed',
  'catalogue-published',
  'model-published',
  'model-rolled-back',
  'example-accepted',
  'example-rejected',
] as const;

const useStyles = makeStyles({
  form: { display: 'flex', flexWrap: 'wrap', alignItems: 'start', gap: tokens.spacingHorizontalM },
  field: { flexGrow: 1, flexBasis: '220px' },
  // Beside fields that have a label above them.
  look: { marginTop: '26px' },
  card: { gap: tokens.spacingVerticalXS },
  quiet: { color: tokens.colorNeutralForeground2 },
  subject: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM, overflowWrap: 'anywhere' },
  link: { color: tokens.colorBrandForegroundLink, minHeight: '24px' },
  data: { overflowWrap: 'anywhere', color: tokens.colorNeutralForeground2 },
});

/** Who did and saw what, for auditors. */
export default function AuditPage() {
  const styles = useStyles();
  const { t } = useSpeech();
  const [filter, setFilter] = useState<AuditFilter>({ action: '', subject: '' });
  const [subject, setSubject] = useState('');
  const list = useInfiniteQuery(auditQuery(filter));
  const look = (event: FormEvent) => {
    event.preventDefault();
    setFilter({ ...filter, subject: subject.trim() });
  };
  const only = (chosen: string) => {
    setSubject(chosen);
    setFilter({ ...filter, subject: chosen });
  };
  return (
    <Page title={t('page.audit')} intro={t('audit.intro')}>
      <form className={styles.form} onSubmit={look}>
        <Field label={t('audit.action')} className={styles.field}>
          <Select value={filter.action} onChange={(_, { value }) => setFilter({ ...filter, action: value })}>
            <option value="">{t('audit.any')}</option>
            {ACTIONS.map((action) => (
              <option key={action} value={action}>
                {t(`audit.${action}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('audit.subject')} hint={t('audit.subjectHint')} className={styles.field}>
          <Input value={subject} maxLength={100} autoComplete="off" onChange={(_, { value }) => setSubject(value)} />
        </Field>
        <Button type="submit" className={styles.look}>
          {t('audit.look')}
        </Button>
      </form>
      <PagedList list={list} none={t('audit.none')}>
        {(row) => <Entry row={row} onOnly={filter.subject === '' ? only : null} />}
      </PagedList>
    </Page>
  );
}

interface EntryProps {
  readonly row: AuditRow;
  /** Shows what else there is of the same subject; null where nothing else is shown. */
  readonly onOnly: ((subject: string) => void) | null;
}

function Entry({ row, onOnly }: EntryProps) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const now = useNow();
  const action = `audit.${row.action}`;
  const { reference, ...rest } = row.data;
  // Of a case alone the log knows a reference.
  const named = typeof reference === 'string' ? reference : null;
  const known = Object.entries(rest).filter(([, value]) => value !== null);
  const data = known.map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return (
    <Card className={styles.card}>
      <Text weight="semibold">{isTextKey(action) ? t(action) : row.action}</Text>
      <Text size={200} className={styles.quiet}>
        {row.by?.name ?? t('audit.desk')} · <time dateTime={row.at}>{moment(new Date(row.at), now, language)}</time>
      </Text>
      {row.subject !== null && (
        <span className={styles.subject}>
          {named === null ? (
            <Text font="monospace">{row.subject}</Text>
          ) : (
            <Link to={{ page: 'case', id: row.subject }} className={styles.link}>
              {named}
            </Link>
          )}
          {onOnly && (
            <Button
              size="small"
              aria-label={t('audit.onlyOf', { subject: named ?? row.subject })}
              onClick={() => onOnly(named ?? row.subject ?? '')}
            >
              {t('audit.only')}
            </Button>
          )}
        </span>
      )}
      {data.length > 0 && (
        <Text size={200} className={styles.data}>
          {data.join(' · ')}
        </Text>
      )}
    </Card>
  );
}
