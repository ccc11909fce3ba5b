import type { CaseRow } from './protocol.ts';

/**
 * Cases that ask the same, under `/api/workbench`:
 *
 * GET  /cases/:id/merged            -> MergedCases
 * POST /cases/:id/merge             MergeRequest -> MergedCases    this case is answered with the other; `unlink` undoes it
 */
export interface MergedCases {
  /** The case that this one was merged into. */
  readonly into: CaseRow | null;
  /** The cases that were merged into this one. */
  readonly cases: readonly CaseRow[];
  /** How many more there are: beyond the first, or not to be read by who looks. */
  readonly more: number;
}

export interface MergeRequest {
  /** The id or the number of the case that is worked on. */
  readonly into: string;
}
