import type { CaseFilter } from '../../protocol.ts';
import { useSpeech } from '../language.tsx';
import { useNames } from '../me.ts';
import { isTextKey } from '../texts.ts';
import type { FilterName } from './shape.ts';

/** Says what a filter is set to. */
export function useFilterName(): (name: FilterName, filter: CaseFilter) => string {
  const { t } = useSpeech();
  const names = useNames();
  return (name, filter) => {
    const value = filter[name] ?? '';
    if (name === 'product') return names.product(value);
    if (name === 'team') return names.team(value);
    const key = name === 'due' || name === 'worker' ? `filter.${name}.${value}` : `${name}.${value}`;
    return isTextKey(key) ? t(key) : value;
  };
}
