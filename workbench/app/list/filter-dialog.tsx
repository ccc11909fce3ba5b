import { Button, Field, makeStyles, Select, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { CASE_STATES, type CaseState, CHANNELS, KINDS, PRIORITIES } from '../../../domain/index.ts';
import type { CaseFilter } from '../../protocol.ts';
import { AskDialog } from '../ask-dialog.tsx';
import { useSpeech } from '../language.tsx';
import { useMe } from '../me.ts';
import { teamOf, type View } from '../router.ts';
import { useFrame } from '../shell/frame-state.tsx';
import { useFilterName } from './filter-name.ts';
import { FILTERS, type FilterName, WHOLE } from './shape.ts';

const useStyles = makeStyles({
  fields: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(220px, 1fr))',
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalM,
  },
});

const DONE: ReadonlySet<CaseState> = new Set(['ready', 'closed', 'withdrawn', 'merged']);

/** Narrows the list, and says in which order it stands. */
export default function FilterDialog({ onClose }: { readonly onClose: () => void }) {
  const styles = useStyles();
  const { t } = useSpeech();
  const { view, shape, setShape } = useFrame();
  const filterName = useFilterName();
  const choices = useChoices(view);
  const [filter, setFilter] = useState(shape.filter);
  const [order, setOrder] = useState(shape.order);
  const show = (shown: Pick<typeof shape, 'filter' | 'order'>) => {
    setShape(shown);
    onClose();
  };
  return (
    <AskDialog
      title={t('filter.title')}
      go={t('filter.show')}
      onGo={() => show({ filter, order })}
      onClose={onClose}
      byEnter
      content={styles.fields}
      instead={<Button onClick={() => show(WHOLE)}>{t('filter.clear')}</Button>}
    >
      {FILTERS.filter((name) => choices[name].length > 0).map((name) => (
        <Field key={name} label={t(`filter.${name}`)}>
          <Select
            value={filter[name] ?? ''}
            onChange={(_, { value }) => setFilter((before) => ({ ...before, [name]: value === '' ? undefined : value }))}
          >
            <option value="">{t('filter.any')}</option>
            {choices[name].map((value) => (
              <option key={value} value={value}>
                {filterName(name, { [name]: value })}
              </option>
            ))}
          </Select>
        </Field>
      ))}
      {view !== 'done' && (
        <Field label={t('filter.order')}>
          <Select value={order} onChange={(_, { value }) => setOrder(value === 'new' ? 'new' : 'due')}>
            <option value="due">{t('filter.order.due')}</option>
            <option value="new">{t('filter.order.new')}</option>
          </Select>
        </Field>
      )}
    </AskDialog>
  );
}

/** What each filter of this list can be set to; nothing where it would not narrow it. */
function useChoices(view: View): { readonly [Name in FilterName]: readonly NonNullable<CaseFilter[Name]>[] } {
  const { language } = useSpeech();
  const me = useMe();
  const mine = view === 'mine' || view === 'waiting';
  const team = teamOf(view);
  const products = me.products
    .filter((product) => team === null || product.team === team)
    .sort((a, b) => a.name[language].localeCompare(b.name[language], language));
  return {
    state: view === 'waiting' ? [] : CASE_STATES.filter((state) => DONE.has(state) === (view === 'done') && !(mine && !isHeld(state))),
    due: view === 'done' || view === 'waiting' ? [] : ['late'],
    worker: mine ? [] : view === 'done' ? ['me'] : ['me', 'nobody'],
    kind: KINDS,
    product: products.map(({ id }) => id),
    priority: PRIORITIES,
    channel: CHANNELS,
    team: team === null ? me.teams : [],
  };
}

function isHeld(state: CaseState): boolean {
  return state === 'claimed' || state === 'waiting';
}
