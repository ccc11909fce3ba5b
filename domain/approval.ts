import type { CaseId, PersonId } from './ids.ts';
import type { Reference } from './reference.ts';
import type { Language } from './words.ts';

/** Somebody who may approve what a case costs. */
export interface Approver {
  readonly id: PersonId;
  readonly name: string;
  readonly language: Language;
}

/** What was decided; `expired`: nothing, in time. */
export const VERDICTS = ['approved', 'refused', 'expired'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** How an approver showed who he is: a link in a mail to him, his own conversation, the workbench, or he is the requester himself. */
export const APPROVAL_WAYS = ['link', 'conversation', 'signed-in', 'own'] as const;
export type ApprovalWay = (typeof APPROVAL_WAYS)[number];

export interface ApprovalDecision {
  readonly verdict: Verdict;
  /** Null when nobody decided. */
  readonly by: Approver | null;
  readonly way: ApprovalWay | null;
  /** Why it was refused. */
  readonly reason: string | null;
}

/** What has to be agreed to before a case is queued, with everybody who may do so as the register knows them now. */
export interface Approval {
  readonly case: CaseId;
  readonly reference: Reference;
  readonly title: string;
  readonly product: string | null;
  readonly team: string;
  readonly values: Readonly<Record<string, string>>;
  readonly openedAt: Date;
  readonly requester: { readonly id: PersonId; readonly name: string; readonly department: string | null } | null;
  readonly budget: { readonly number: string; readonly name: string | null };
  /** Euros. */
  readonly amount: number;
  /** Up to this the holder may agree himself; null: to anything. */
  readonly limit: number | null;
  readonly holder: Approver | null;
  readonly holderDeputy: Approver | null;
  /** The holder's manager. */
  readonly manager: Approver | null;
  readonly managerDeputy: Approver | null;
  /** The case waits for it, and nobody decided. */
  readonly live: boolean;
  readonly decision: ApprovalDecision | null;
}
