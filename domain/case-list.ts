import type { CaseState } from './case.ts';
import type { Channel, Kind, Priority } from './words.ts';

/** To what a list is narrowed, besides the view that it is of; what is left out narrows nothing. */
export interface CaseFilter {
  readonly state?: CaseState | undefined;
  readonly product?: string | undefined;
  readonly kind?: Kind | undefined;
  readonly priority?: Priority | undefined;
  readonly channel?: Channel | undefined;
  readonly team?: string | undefined;
  /** Who holds it. */
  readonly worker?: 'me' | 'nobody' | undefined;
  readonly due?: 'late' | undefined;
}

/** `due`: what presses most first; `new`: what was opened last first. */
export const CASE_ORDERS = ['due', 'new'] as const;
export type CaseOrder = (typeof CASE_ORDERS)[number];

/**
 * A list that is kept under a name.
 * @property team whose it is; null: the one colleague's who keeps it
 * @property place which list it narrows, as the workbench calls it (`team.facilities`, `mine`)
 */
export interface SavedView {
  readonly id: string;
  readonly team: string | null;
  readonly name: string;
  readonly place: string;
  readonly filter: CaseFilter;
  readonly search: string;
  readonly order: CaseOrder;
}
