import type { CaseState, Channel, Kind, Priority } from '../domain/index.ts';

/**
 * Lists that are kept under a name, under `/api/workbench`:
 *
 * GET  /views                       -> SavedViewList          one's own, and those of one's teams
 * POST /views                       SavedViewRequest -> SavedViewList   keeps one anew, or over the one of this id
 * POST /views/:id/remove            -> SavedViewList
 */
export interface SavedViewList {
  readonly views: readonly SavedView[];
}

/** To what a list is narrowed; what is left out narrows nothing. The parameters of `GET /cases` have the same names. */
export interface CaseFilter {
  readonly state?: CaseState | undefined;
  readonly product?: string | undefined;
  readonly kind?: Kind | undefined;
  readonly priority?: Priority | undefined;
  readonly channel?: Channel | undefined;
  readonly team?: string | undefined;
  readonly worker?: 'me' | 'nobody' | undefined;
  readonly due?: 'late' | undefined;
}

/** `due`: what presses most first; `new`: what was opened last first. */
export type CaseOrder = 'due' | 'new';

export interface SavedViewRequest {
  /** Made by who asks: the same again is kept once. */
  readonly id: string;
  /** For whom it is; null: for oneself. */
  readonly team: string | null;
  readonly name: string;
  /** Which list it narrows: `team.<id>`, `mine`, `waiting`, `all`, `done`. */
  readonly place: string;
  readonly filter: CaseFilter;
  readonly search: string;
  readonly order: CaseOrder;
}

export interface SavedView extends SavedViewRequest {
  /** Whether who looks may change it. */
  readonly mayChange: boolean;
  /** How many cases there are now, counted to 100 at most; null where counting would cost too much. */
  readonly count: number | null;
}
