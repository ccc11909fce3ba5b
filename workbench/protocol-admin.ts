import type { Kind, Language, Role } from '../domain/index.ts';

/** What administrators and auditors are told and say; the routes stand in `protocol.ts`. */

export interface LinkRequest {
  readonly address: string;
  readonly name?: string;
  readonly role: Role;
  readonly team?: string;
}

export interface Link {
  readonly url: string;
  readonly expiresAt: string;
}

export interface ExampleList {
  readonly rows: readonly ExampleRow[];
}

/** A correction, without personal data. */
export interface ExampleRow {
  readonly id: string;
  readonly case: string;
  readonly reference: string;
  readonly text: string;
  readonly language: Language;
  /** Null: only a team was named, or, once accepted, no product fits. */
  readonly product: string | null;
  readonly kind: Kind;
  readonly team: string | null;
  readonly was: { readonly product: string | null; readonly kind: Kind };
  readonly by: string;
  readonly state: 'proposed' | 'accepted' | 'rejected';
  readonly createdAt: string;
}

/** An example as it is to be learned. */
export interface AcceptedExample {
  readonly text: string;
  /** Null: no product fits. */
  readonly product: string | null;
  readonly kind: Kind;
}

export interface ModelList {
  readonly rows: readonly ModelRow[];
}

export interface ModelRow {
  readonly id: string;
  /** How people name it. */
  readonly number: number;
  readonly catalogue: string;
  readonly corrections: number;
  readonly state: 'live' | 'refused' | 'rolled-back';
  /** Why it was not good enough, or taken out. */
  readonly reason: string | null;
  readonly inForce: boolean;
  /** It can decide again: it was kept, and its catalogue is the one in force. */
  readonly canRollBack: boolean;
  readonly createdAt: string;
  /** On questions that neither had seen: it, and the one that decided before. */
  readonly judged: {
    readonly rows: number;
    readonly right: number;
    readonly before: number;
    /** The products that it would be worse at. */
    readonly worse: readonly { readonly id: string; readonly rows: number; readonly right: number; readonly before: number }[];
  } | null;
}

export interface IntakeList {
  readonly rows: readonly IntakeRow[];
}

export interface IntakeRow {
  readonly id: string;
  readonly channel: string;
  readonly receivedAt: string;
  readonly status: 'pending' | 'handled' | 'parked' | 'refused';
  readonly reason: string | null;
  /** Null when it belongs to a restricted case that is not the viewer's to read. */
  readonly text: string | null;
  /** Its source can be had. */
  readonly hasSource: boolean;
}

/** A line of the audit: who did or saw what. */
export interface AuditRow {
  readonly id: string;
  readonly at: string;
  /** Null: the desk itself. */
  readonly by: { readonly id: string; readonly name: string } | null;
  readonly action: string;
  readonly subject: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface AuditList {
  readonly rows: readonly AuditRow[];
  /** What the next page goes before; null at the end. */
  readonly next: string | null;
}
