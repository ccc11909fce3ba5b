/**
 * One thing done with several cases, under `/api/workbench`. Each case is decided on its own, in the order in which they are named.
 *
 * POST /cases/bulk                  BulkRequest -> BulkResult
 * POST /cases/bulk/undo             BulkUndo -> BulkResult    takes back what of a lot still can be
 */
export interface BulkRequest {
  /** At most 100; the same twice is done once. */
  readonly ids: readonly string[];
  readonly action: BulkAction;
}

/** In what goes to a requester, or is noted, placeholders (`{naam}`) stand for each case's own, as in a canned text. */
export type BulkAction =
  | { readonly action: 'claim' }
  | { readonly action: 'release' }
  | { readonly action: 'move'; readonly team: string }
  | { readonly action: 'note'; readonly text: string }
  | { readonly action: 'reply'; readonly text: string }
  | { readonly action: 'ready'; readonly text: string };

export interface BulkResult {
  readonly results: readonly BulkOutcome[];
}

export type BulkOutcome = { readonly id: string; readonly reference: string; readonly title: string } & (
  | {
      readonly done: true;
      /** What it is taken back by, and until when it can be (ISO 8601); null: it has happened. */
      readonly held: { readonly since: string; readonly until: string } | null;
    }
  | {
      readonly done: false;
      /** Why not, as the errors of a single case have it. */
      readonly code: string;
      /** Who has it instead. */
      readonly by: string | null;
    }
);

export interface BulkUndo {
  readonly acts: readonly { readonly id: string; readonly since: string }[];
}
