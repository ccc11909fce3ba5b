import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { CheckboxCheckedRegular } from '@fluentui/react-icons/svg/checkbox-checked';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { FilterRegular } from '@fluentui/react-icons/svg/filter';
import { lazy, Suspense, useState } from 'react';
import { useSpeech } from '../language.tsx';
import { IDS, useFrame } from '../shell/frame-state.tsx';
import { useFilterName } from './filter-name.ts';
import { FILTERS, without } from './shape.ts';
import { ViewsMenu } from './views-menu.tsx';

const FilterDialog = lazy(() => import('./filter-dialog.tsx'));

const useStyles = makeStyles({
  tools: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    marginLeft: `calc(-1 * ${tokens.spacingHorizontalS})`,
  },
  touch: { '@media (pointer: coarse)': { minHeight: '44px' } },
});

interface ListToolsProps {
  readonly title: string;
  /** Begins to choose cases; null where a box beside each does. */
  readonly onChoose: (() => void) | null;
}

/** How the list is shown: a kept view, and what it is narrowed to; each of those goes with one press. */
export function ListTools({ title, onChoose }: ListToolsProps) {
  const styles = useStyles();
  const { t } = useSpeech();
  const { shape, setShape } = useFrame();
  const filterName = useFilterName();
  const [filtering, setFiltering] = useState(false);
  const set = FILTERS.filter((name) => shape.filter[name] !== undefined);
  return (
    <div className={styles.tools}>
      <ViewsMenu title={title} />
      <Button
        id={IDS.filter}
        size="small"
        appearance="subtle"
        className={styles.touch}
        icon={<FilterRegular />}
        aria-keyshortcuts="F"
        onClick={() => setFiltering(true)}
      >
        {t('filter.title')}
      </Button>
      {onChoose && (
        <Button size="small" appearance="subtle" className={styles.touch} icon={<CheckboxCheckedRegular />} onClick={onChoose}>
          {t('bulk.start')}
        </Button>
      )}
      {set.map((name) => (
        <Button
          key={name}
          size="small"
          shape="circular"
          className={styles.touch}
          icon={<DismissRegular />}
          iconPosition="after"
          aria-label={t('filter.drop', { filter: filterName(name, shape.filter) })}
          onClick={() => setShape({ filter: without(shape.filter, name) })}
        >
          {filterName(name, shape.filter)}
        </Button>
      ))}
      {filtering && (
        <Suspense>
          <FilterDialog onClose={() => setFiltering(false)} />
        </Suspense>
      )}
    </div>
  );
}
