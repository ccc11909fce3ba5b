import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useSpeech } from '../language.tsx';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, margin: 0, padding: 0, listStyleType: 'none' },
  quiet: { color: tokens.colorNeutralForeground2 },
  more: { alignSelf: 'center' },
});

interface PagedListProps<Row> {
  readonly list: UseInfiniteQueryResult<InfiniteData<{ readonly rows: readonly Row[] }>>;
  /** What is said when there is nothing. */
  readonly none: string;
  readonly children: (row: Row) => ReactNode;
}

/** A list that is fetched page by page, as far as one asks. */
export function PagedList<Row extends { readonly id: string }>({ list, none, children }: PagedListProps<Row>) {
  const styles = useStyles();
  const { t } = useSpeech();
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <>
      {list.isPending && <Spinner size="small" />}
      {list.isError && <Button onClick={() => list.refetch()}>{t('app.again')}</Button>}
      {list.isSuccess && rows.length === 0 && <Text className={styles.quiet}>{none}</Text>}
      <ul className={styles.list}>
        {rows.map((row) => (
          <li key={row.id}>{children(row)}</li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button className={styles.more} disabledFocusable={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('list.more')}
        </Button>
      )}
    </>
  );
}
