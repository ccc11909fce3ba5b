import type { CaseId, DisruptionId } from './ids.ts';
import type { Reference } from './reference.ts';

/**
 * A known disruption: what many people report at once, declared on one of their cases. Later reporters are told and linked instead of queued;
 * their cases have no deadline of their own, and one ready report informs all.
 *
 * Cases that a worker merges, because they ask the same, are gathered in the same way; only `announced` differs.
 */
export interface Disruption {
  readonly id: DisruptionId;
  /** The case on which people work. */
  readonly case: CaseId;
  readonly reference: Reference;
  readonly team: string;
  /** Null only where it is not announced. */
  readonly product: string | null;
  /** False: it gathers cases that ask the same, and nobody else is told of it. */
  readonly announced: boolean;
  /** As people write it; null: wherever it is. */
  readonly place: string | null;
  /** What is told: "lift B staat stil". */
  readonly title: string;
  /** When it is expected to be over. */
  readonly expectedBy: Date | null;
}

/** How it ended: solved, with what is told to all, or otherwise, and then each report is looked at by itself. */
export type DisruptionEnd = { readonly kind: 'solved'; readonly text: string } | { readonly kind: 'dissolved' };
