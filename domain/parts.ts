import type { Case } from './case.ts';
import type { CaseId } from './ids.ts';

/**
 * A case of several parts: each part is a case of its own team, with its own claim and deadline; the whole is the one case that its requester knows,
 * and it is ready when all parts are.
 */
export interface Part {
  /** The whole. */
  readonly of: CaseId;
  /** Which part of the product's template it is. */
  readonly id: string;
  /** The parts, by their ids in the template, that must be ready before it is queued. */
  readonly after: readonly string[];
}

/** What the parts' order is worked out from. */
export type PartState = Pick<Case, 'state'> & { readonly part: Part | null };

const DONE: ReadonlySet<Case['state']> = new Set(['ready', 'closed', 'withdrawn', 'merged']);

/** Whether nothing of a part is still to be done. */
export function isPartDone({ state }: Pick<Case, 'state'>): boolean {
  return DONE.has(state);
}

/** The parts of one whole that wait for nothing any more and are in no queue yet. A part that it waits for and that is not there holds nothing up. */
export function partsToQueue<Of extends PartState>(parts: readonly Of[]): Of[] {
  return parts.filter((it) => it.state === 'open' && waitsFor(it, parts).length === 0);
}

/** What a part still waits for. */
export function waitsFor<Of extends PartState>(it: PartState, parts: readonly Of[]): Of[] {
  const after = it.part?.after ?? [];
  return it.state === 'open' ? parts.filter((other) => other.part && after.includes(other.part.id) && !isPartDone(other)) : [];
}

/** Whether the whole is ready. A whole without parts is nothing that could be. */
export function allPartsDone(parts: readonly PartState[]): boolean {
  return parts.length > 0 && parts.every(isPartDone);
}
