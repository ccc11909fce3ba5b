import {
  Button,
  CounterBadge,
  makeStyles,
  mergeClasses,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components';
import { AlertRegular } from '@fluentui/react-icons/svg/alert';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { NoticeView } from '../../protocol.ts';
import { api } from '../api.ts';
import { useNow } from '../browser-state.ts';
import { useSpeech } from '../language.tsx';
import { noticesQuery } from '../queries.ts';
import { moment } from '../time-left.ts';
import { Link } from '../use-route.tsx';

const useStyles = makeStyles({
  bell: { position: 'relative' },
  count: { position: 'absolute', top: '-6px', right: '-6px' },
  surface: { width: 'min(360px, calc(100vw - 32px))', maxHeight: '70vh', overflowY: 'auto', boxSizing: 'border-box' },
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  line: {
    display: 'flex',
    flexDirection: 'column',
    padding: `${tokens.spacingVerticalS} 0`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  fresh: { fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** The bell: what colleagues must know of cases. What was looked at is no longer new. */
export function NoticesMenu() {
  const styles = useStyles();
  const { t } = useSpeech();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const notices = useQuery(noticesQuery).data?.notices ?? [];
  const fresh = notices.filter(({ seen }) => !seen);
  const seen = useMutation({
    mutationFn: () => api.seen(fresh.map(({ id }) => id)),
    onSuccess: () => client.invalidateQueries({ queryKey: noticesQuery.queryKey }),
  });
  const toggle = (now: boolean) => {
    setOpen(now);
    // On closing: while one reads, what is new still looks it.
    if (!now && fresh.length > 0) seen.mutate();
  };
  const label = fresh.length > 0 ? t('notice.count', { count: fresh.length }) : t('notice.title');
  return (
    <Popover open={open} onOpenChange={(_, data) => toggle(data.open)} trapFocus positioning="below-end">
      <PopoverTrigger disableButtonEnhancement>
        <Button
          appearance="subtle"
          aria-label={label}
          title={label}
          icon={
            // In the icon, so that the button keeps an icon's size.
            <span className={styles.bell}>
              <AlertRegular />
              {fresh.length > 0 && <CounterBadge aria-hidden className={styles.count} count={fresh.length} size="small" color="danger" />}
            </span>
          }
        />
      </PopoverTrigger>
      <PopoverSurface className={styles.surface} aria-label={t('notice.title')}>
        <Subtitle2 as="h2">{t('notice.title')}</Subtitle2>
        {notices.length === 0 ? (
          <p>{t('notice.none')}</p>
        ) : (
          <ul className={styles.list}>
            {notices.map((notice) => (
              <Line key={notice.id} notice={notice} onOpen={() => toggle(false)} />
            ))}
          </ul>
        )}
      </PopoverSurface>
    </Popover>
  );
}

function Line({ notice, onOpen }: { readonly notice: NoticeView; readonly onOpen: () => void }) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const now = useNow();
  const name = `${notice.reference} · ${notice.title ?? t('notice.hidden')}`;
  return (
    <li className={styles.line}>
      <Text className={mergeClasses(!notice.seen && styles.fresh)}>{t(`notice.${notice.kind}`)}</Text>
      {notice.readable ? (
        <Link to={{ page: 'case', id: notice.case }} onClick={onOpen}>
          {name}
        </Link>
      ) : (
        <Text>{name}</Text>
      )}
      <Text size={200} className={styles.quiet}>
        <time dateTime={notice.at}>{moment(new Date(notice.at), now, language)}</time>
      </Text>
    </li>
  );
}
