import type { CaseFilter, CaseOrder, SavedView as KeptView } from '../domain/index.ts';

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

/** The parameters of `GET /cases` have the names of a filter's. */
export type { CaseFilter, CaseOrder };

/** Its id is made by who asks: the same again is kept once. */
export type SavedViewRequest = KeptView;

export interface SavedView extends KeptView {
  /** Whether who looks may change it. */
  readonly mayChange: boolean;
  /** How many cases there are now, counted to 100 at most; null where counting would cost too much. */
  readonly count: number | null;
}
