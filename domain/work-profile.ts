import type { PersonId } from './ids.ts';

/** What "give me the next" gives somebody, and how much he may have in hand. Empty and null: nothing particular. */
export interface WorkProfile {
  /** The products he knows, as ids, and whole groups as `group:<id>`. Of a team of which none is among them he is given everything. */
  readonly skills: readonly string[];
  /** Places he would rather work at: a site's id, or `<site>/<building>`. */
  readonly places: readonly string[];
  /** Products he would rather have. */
  readonly products: readonly string[];
  /** How many claims he may have at a time; null: as many as his team says. */
  readonly most: number | null;
}

/** Nothing particular: what everybody begins with. */
export const PLAIN_PROFILE: WorkProfile = { skills: [], places: [], products: [], most: null };

/** More claims than this nobody is allowed or counted. */
export const MOST_CLAIMS = 99;

/** Somebody who would claim a case, as the register knows him at that moment. */
export interface Claimant extends Pick<WorkProfile, 'skills' | 'most'> {
  readonly id: PersonId;
  /** How many claims he has, counted to `MOST_CLAIMS`. */
  readonly holds: number;
  /** Whether the case is not kept for readers of whom he is none. */
  readonly reads: boolean;
}
