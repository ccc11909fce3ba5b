import type { CaseState, Kind, Localised, Role } from '../domain/index.ts';

/**
 * What the page "My cases" and the server say to each other, all JSON under /api/my; the workbench in a frame of Teams begins its session here too.
 * A session is carried in `Authorization: Bearer` and nowhere else; beginning one needs the header `x-loket: 1`. Errors are those of `protocol.ts`.
 *
 * POST /session             SessionRequest -> Session
 * POST /sign-out
 * GET  /cases               -> OwnCases
 * GET  /cases/:reference    -> OwnCaseDetail
 * GET  /catalogue           -> CatalogueByGroup
 */
export type SessionRequest =
  /** A token of single sign-on, from the page's host. */
  | { readonly teams: string }
  /** A token that the intranet signed, as for the chat. */
  | { readonly intranet: string }
  /** By the cookie of the workbench. */
  | Readonly<Record<string, never>>;

export interface Session {
  /** `loket.<person>.<secret>`; a short while valid. */
  readonly session: string;
  readonly expiresAt: string;
  readonly name: string;
  readonly organisation: string;
  /** Set when the session opens the workbench. */
  readonly role: Role | null;
  /** What the directory says is this person's id, for an administrator to make known. */
  readonly directoryId: string | null;
}

export interface OwnCases {
  /** The newest first. */
  readonly cases: readonly OwnCaseRow[];
}

export interface OwnCaseRow {
  readonly reference: string;
  readonly title: string;
  readonly kind: Kind;
  readonly state: CaseState;
  readonly openedAt: string;
  /** Who works on it: a first name. */
  readonly worker: string | null;
  /** When it should be ready; null when it is, or when nothing was agreed. */
  readonly due: string | null;
}

export interface OwnCaseDetail extends OwnCaseRow {
  /** What was asked, in one's own words. */
  readonly text: string;
  readonly messages: readonly OwnMessage[];
}

export interface OwnMessage {
  readonly id: string;
  readonly from: 'me' | 'desk' | 'worker';
  readonly name: string | null;
  readonly at: string;
  readonly text: string;
}

export interface CatalogueByGroup {
  readonly groups: readonly {
    readonly id: string;
    readonly name: Localised;
    readonly products: readonly { readonly id: string; readonly name: Localised; readonly description: Localised }[];
  }[];
}
