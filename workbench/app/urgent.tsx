import { makeStyles, tokens } from '@fluentui/react-components';
import { ErrorCircleFilled } from '@fluentui/react-icons/svg/error-circle';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Queues } from '../protocol.ts';
import { soundAlarm } from './alarm-sound.ts';
import { PRESSING } from './colours.ts';
import { useSpeech } from './language.tsx';
import { queuesQuery } from './queries.ts';
import { Link } from './use-route.tsx';

const useStyles = makeStyles({
  mark: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    color: PRESSING.late,
    fontWeight: tokens.fontWeightBold,
    whiteSpace: 'nowrap',
  },
  banner: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    backgroundColor: '#a80000',
    color: '#ffffff',
    fontWeight: tokens.fontWeightSemibold,
    '& a': { color: '#ffffff', overflowWrap: 'anywhere' },
    '& a:focus-visible': { outline: '2px solid #ffffff', outlineOffset: '2px' },
  },
  icon: { display: 'inline-flex', fontSize: '20px' },
});

/** "Spoed", in red and in words. */
export function UrgentMark() {
  const styles = useStyles();
  const { t } = useSpeech();
  return (
    <span className={styles.mark}>
      <ErrorCircleFilled aria-hidden />
      {t('urgent.mark')}
    </span>
  );
}

const NONE: Queues['urgent'] = [];

/**
 * Alarms that nobody has claimed: above everything, in whatever one is doing, until somebody does. Said by a screen reader, heard
 * once for each, and in the tab's title for who works in another tab.
 */
export function UrgentBanner() {
  const styles = useStyles();
  const { t } = useSpeech();
  const { data } = useQuery(queuesQuery);
  const urgent = data?.urgent ?? NONE;
  const heard = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (urgent.some(({ id }) => !heard.current.has(id))) soundAlarm();
    heard.current = new Set(urgent.map(({ id }) => id));
  }, [urgent]);
  const mark = urgent.length > 0 ? t('urgent.tab', { n: urgent.length }) : null;
  useEffect(() => (mark === null ? undefined : markTitle(mark)), [mark]);
  return (
    <div role="alert">
      {urgent.length > 0 && (
        <div className={styles.banner}>
          <span className={styles.icon} aria-hidden>
            <ErrorCircleFilled />
          </span>
          {t('urgent.now')}
          {urgent.map(({ id, reference, title }) => (
            <Link key={id} to={{ page: 'case', id }}>
              {title} ({reference})
            </Link>
          ))}
        </div>
      )}
    </div>
  );
}

/** Puts a mark before the tab's title and keeps it there, whatever else writes the title. @returns what takes it away */
function markTitle(mark: string): () => void {
  const put = () => {
    if (!document.title.startsWith(mark)) document.title = `${mark} · ${document.title}`;
  };
  const watcher = new MutationObserver(put);
  const title = document.querySelector('title');
  if (title) watcher.observe(title, { childList: true });
  put();
  return () => {
    watcher.disconnect();
    document.title = document.title.replace(`${mark} · `, '');
  };
}
