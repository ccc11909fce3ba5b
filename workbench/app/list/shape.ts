import type { CaseFilter, CaseOrder, SavedView } from '../../protocol.ts';
import { parseView, type View } from '../router.ts';

/** How a list is shown: what is searched in it, to what it is narrowed, and in which order. */
export interface Shape {
  readonly search: string;
  readonly filter: CaseFilter;
  readonly order: CaseOrder;
}

/** All of a list, in its own order. */
export const WHOLE: Shape = { search: '', filter: {}, order: 'due' };

/** What a list can be narrowed by, in the order in which it is shown. */
export const FILTERS = [
  'state',
  'due',
  'worker',
  'kind',
  'product',
  'priority',
  'channel',
  'team',
] as const satisfies readonly (keyof CaseFilter)[];
export type FilterName = (typeof FILTERS)[number];

/** Whether two lists are shown the same way. */
export function isSameShape(a: Shape, b: Shape): boolean {
  return a.search.trim() === b.search.trim() && a.order === b.order && FILTERS.every((name) => a.filter[name] === b.filter[name]);
}

/** The kept view that a list is shown by now, if any. */
export function shownBy(views: readonly SavedView[], view: View, shape: Shape): SavedView | null {
  return views.find((saved) => parseView(saved.place) === view && isSameShape(saved, shape)) ?? null;
}

/** A filter without one of its parts. */
export function without(filter: CaseFilter, name: FilterName): CaseFilter {
  return { ...filter, [name]: undefined };
}
