import type { Localised, Role, WorkProfile } from '../domain/index.ts';

/** What workers are given, would rather have, and how much at a time; the routes stand in `protocol.ts`. */

/** `POST /workers/<id>/profile`, by who coordinates one of his teams. */
export type WorkProfileRequest = WorkProfile;

export interface WorkerRow extends WorkProfile {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly teams: readonly string[];
  /** How many claims he has now. */
  readonly holds: number;
  readonly mayChange: boolean;
}

/** `GET /workers`: of whose work one says something, else oneself alone. */
export interface WorkerList {
  readonly workers: readonly WorkerRow[];
  readonly teams: readonly { readonly id: string; readonly maxClaims: number | null }[];
  /** What skills and wishes name, each with its name. */
  readonly groups: readonly { readonly id: string; readonly name: Localised; readonly products: readonly string[] }[];
  readonly places: readonly { readonly id: string; readonly name: Localised }[];
}
