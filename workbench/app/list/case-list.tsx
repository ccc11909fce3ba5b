import { Button, makeStyles, mergeClasses, SearchBox, Spinner, Subtitle1, Text, tokens } from '@fluentui/react-components';
import { ArrowCircleDownRegular } from '@fluentui/react-icons/svg/arrow-circle-down';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, lazy, Suspense, useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useColumns, useSettled } from '../browser-state.ts';
import { useOthers } from '../case/use-presence.ts';
import { PRESSING } from '../colours.ts';
import { useSpeech } from '../language.tsx';
import { useNames } from '../me.ts';
import { casesQuery, queuesQuery } from '../queries.ts';
import { teamOf, type View } from '../router.ts';
import { focusedRow, IDS, rowsOnScreen, useFrame, walk } from '../shell/frame-state.tsx';
import { isTextKey, type TextKey } from '../texts.ts';
import { useShortcuts } from '../use-shortcuts.ts';
import { ListItem } from './list-item.tsx';
import { ListTools } from './list-tools.tsx';
import { isSameShape, WHOLE } from './shape.ts';
import { useSelection } from './use-selection.ts';

const BulkBar = lazy(() => import('./bulk-bar.tsx'));

/** Held with shift they choose. */
const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowDown: 1, ArrowUp: -1, J: 1, K: -1 };

const useStyles = makeStyles({
  pane: {
    minHeight: 0,
    minWidth: 0,
    display: 'flex',
    flexDirection: 'column',
    backgroundColor: tokens.colorNeutralBackground1,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  alone: { borderRightWidth: 0 },
  head: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  titleLine: { display: 'flex', alignItems: 'baseline', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalS },
  late: { color: PRESSING.late, fontWeight: tokens.fontWeightSemibold },
  order: { color: tokens.colorNeutralForeground3 },
  search: { maxWidth: 'none', width: '100%' },
  rows: { flexGrow: 1, minHeight: 0, overflowY: 'auto', margin: 0, padding: 0, listStyleType: 'none' },
  quiet: { padding: tokens.spacingHorizontalXXL, textAlign: 'center', color: tokens.colorNeutralForeground2 },
  more: { padding: tokens.spacingVerticalM, display: 'flex', justifyContent: 'center' },
  foot: {
    padding: tokens.spacingHorizontalM,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    paddingBottom: `max(${tokens.spacingHorizontalM}, env(safe-area-inset-bottom))`,
  },
  big: { width: '100%', minHeight: '48px' },
});

/** One queue or view: what is in it and why in this order, searching in it, and taking the next. */
export function CaseList({ openCase }: { readonly openCase: string | null }) {
  const styles = useStyles();
  const { t } = useSpeech();
  const names = useNames();
  const phone = useColumns() === 1;
  const { view, shape, setShape, takeNext, taking, nextTeam } = useFrame();
  const { search } = shape;
  const others = useOthers();
  const settled = useSettled(search.trim(), 200);
  const list = useInfiniteQuery({
    ...casesQuery(view, { ...shape, search: settled }),
    // While searching the last hits stay until the new ones are there; another view begins empty.
    placeholderData: (previous, query) => (query?.queryKey[1] === view ? previous : undefined),
  });
  const team = teamOf(view);
  const title = team === null ? t(titleOf(view)) : names.team(team);
  const rows = list.data?.pages.flatMap((page) => page.cases) ?? [];
  // A page may repeat what moved down meanwhile.
  const unique = [...new Map(rows.map((row) => [row.id, row])).values()];
  const selection = useSelection(view);
  const choosing = selection.choosing || selection.ids.size > 0;
  const { toggle, through } = selection;
  const choose = useCallback(
    (id: string, how: 'toggle' | 'through') => (how === 'toggle' ? toggle(id) : through(id, rowsOnScreen())),
    [toggle, through],
  );
  // Once there was something chosen the bar stays, to say what became of it.
  const [chose, setChose] = useState(false);
  if (choosing && !chose) setChose(true);
  useShortcuts((command) => {
    if (command !== 'select') return false;
    const row = focusedRow() ?? openCase;
    if (row !== null) toggle(row);
    return row !== null;
  });
  const next = (
    <Button
      appearance="primary"
      size={phone ? 'large' : 'medium'}
      className={phone ? styles.big : undefined}
      icon={<ArrowCircleDownRegular />}
      disabledFocusable={taking || nextTeam === null}
      onClick={takeNext}
      aria-keyshortcuts="N"
    >
      {t('list.next')} {!phone && '(N)'}
    </Button>
  );
  const onKey = (event: KeyboardEvent) => {
    const step = event.shiftKey ? STEPS[event.key] : undefined;
    const row = focusedRow();
    if (event.key === 'Escape' && choosing) selection.clear();
    else if (step === undefined || row === null) return;
    else {
      if (!selection.ids.has(row)) toggle(row);
      walk(step, openCase);
      const reached = focusedRow();
      if (reached !== null && reached !== row) through(reached, rowsOnScreen());
    }
    event.preventDefault();
  };
  useEffect(() => {
    if (openCase === null) document.title = `${title} · ${t('app.name')}`;
  }, [title, openCase, t]);

  // Alone on the screen it is what the page is about.
  const Pane = phone ? 'main' : 'section';
  return (
    <Pane className={mergeClasses(styles.pane, phone && styles.alone)} aria-label={title}>
      <div className={styles.head}>
        <div className={styles.titleLine}>
          <Subtitle1 as="h1">{title}</Subtitle1>
          <Counts view={view} />
        </div>
        {!phone && nextTeam !== null && (team !== null || view === 'mine') && next}
        <SearchBox
          id={IDS.search}
          className={styles.search}
          value={search}
          onChange={(_, data) => setShape({ search: data.value })}
          placeholder={t('list.search')}
          aria-label={t('list.search')}
          dismiss={{ 'aria-label': t('list.clear') }}
        />
        <ListTools title={title} onChoose={phone && !choosing ? selection.start : null} />
        <Text size={200} className={styles.order}>
          {t(shape.order === 'new' ? 'list.order.new' : orderOf(view))}
        </Text>
      </div>
      <ul className={styles.rows} id={IDS.list} aria-label={title} aria-busy={list.isPending} onKeyDown={onKey}>
        {unique.map((row) => (
          <ListItem
            key={row.id}
            row={row}
            current={row.id === openCase}
            others={others
              .get(row.id)
              ?.map(({ name, doing }) => t(`here.${doing}`, { name }))
              .join(' · ')}
            chosen={selection.ids.has(row.id)}
            choosing={choosing}
            onChoose={choose}
          />
        ))}
        {list.isPending && (
          <li className={styles.quiet}>
            <Spinner size="small" />
          </li>
        )}
        {list.isSuccess && unique.length === 0 && (
          <li className={styles.quiet}>
            {settled !== '' ? t('list.noHits', { search: settled }) : isSameShape(shape, WHOLE) ? t('list.empty') : t('list.noneSuch')}
          </li>
        )}
        {list.isError && unique.length === 0 && (
          <li className={styles.quiet}>
            <p>{t('app.noAnswer')}</p>
            <Button onClick={() => list.refetch()}>{t('app.again')}</Button>
          </li>
        )}
        {list.hasNextPage && (
          <More busy={list.isFetchingNextPage} ready={!list.isFetching} onMore={() => list.fetchNextPage({ cancelRefetch: false })} />
        )}
      </ul>
      {chose && (
        <Suspense>
          <BulkBar selection={selection} rows={unique.map(({ id }) => id)} />
        </Suspense>
      )}
      {phone && nextTeam !== null && !choosing && <div className={styles.foot}>{next}</div>}
    </Pane>
  );
}

/** Heard by a screen reader when they change, because that is what one waits for. */
function Counts({ view }: { readonly view: View }) {
  const styles = useStyles();
  const { t } = useSpeech();
  const { data: queues } = useQuery(queuesQuery);
  const queue = queues?.teams.find(({ team }) => team === teamOf(view));
  const open = queue?.open ?? (view === 'mine' ? queues?.mine : view === 'waiting' ? queues?.waiting : undefined);
  return (
    <Text role="status">
      {open !== undefined && `· ${t('count.open', { n: open })}`}
      {queue !== undefined && queue.late > 0 && (
        <>
          {' · '}
          <span className={styles.late}>{t('count.late', { n: queue.late })}</span>
        </>
      )}
    </Text>
  );
}

/** Asks for the next page once it comes near the screen and no other answer is awaited; the button is for who doesn't scroll. */
function More({ busy, ready, onMore }: { readonly busy: boolean; readonly ready: boolean; readonly onMore: () => void }) {
  const styles = useStyles();
  const { t } = useSpeech();
  const end = useRef<HTMLLIElement>(null);
  const more = useEffectEvent(onMore);
  useEffect(() => {
    if (!ready || !end.current) return;
    // Watching begins anew when ready, and says at once whether the end is in sight: nothing that was missed meanwhile stays so.
    const watcher = new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && more(), { rootMargin: '400px' });
    watcher.observe(end.current);
    return () => watcher.disconnect();
  }, [ready]);
  return (
    <li className={styles.more} ref={end}>
      {busy ? <Spinner size="tiny" /> : <Button onClick={onMore}>{t('list.more')}</Button>}
    </li>
  );
}

function titleOf(view: View): TextKey {
  const key = `view.${view}`;
  return isTextKey(key) ? key : 'view.all';
}

function orderOf(view: View): TextKey {
  if (teamOf(view) !== null) return 'list.order.team';
  return view === 'mine' || view === 'waiting' ? 'list.order.mine' : 'list.order.new';
}
