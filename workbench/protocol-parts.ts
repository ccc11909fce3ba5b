import type { CaseState, Localised } from '../domain/index.ts';

/**
 * Cases that are done in parts, under `/api/workbench`:
 *
 * GET  /cases/:id/parts             -> CaseParts              of a whole, or of any of its parts
 * POST /cases/:id/parts/reopen      ReopenParts -> CaseParts  of a whole: these parts are done again, the others stay as they are
 */
export interface CaseParts {
  /** The case that its requester knows. */
  readonly whole: PartView;
  /** In the order of the product's template. */
  readonly parts: readonly PartView[];
  /** Whether parts may be done again now. */
  readonly mayReopen: boolean;
}

export interface PartView {
  readonly id: string;
  readonly reference: string;
  readonly title: Localised;
  readonly team: string;
  readonly state: CaseState;
  readonly worker: { readonly id: string; readonly name: string } | null;
  /** What it waits for, while it is in no queue yet. */
  readonly waitsFor: readonly Localised[];
  /** Nothing of it is still to be done. */
  readonly done: boolean;
  /** Whether the case may be opened by who looks. */
  readonly readable: boolean;
}

export interface ReopenParts {
  /** Ids of parts that are ready or closed. */
  readonly parts: readonly string[];
}
