import type { ApprovalDecision } from './approval.ts';
import type { Case, CaseEvent } from './case.ts';
import type { ConversationState, OutMessage } from './conversation.ts';
import type { Disruption, DisruptionEnd } from './disruption.ts';
import type { RunChange } from './handler.ts';
import type { HeldAct } from './held.ts';
import type { AttachmentId, CaseId, DisruptionId, IntakeId, MessageId, PersonId } from './ids.ts';
import type { Notice } from './notice.ts';

/** What a timer is for; a firing timer begins a turn of its own. `guard` looks after a case's deadlines and its claim, `disruption` takes what
 * became of one to the cases that are linked to it, `approval` asks and reminds who may approve, `verdict` carries out what was decided, `take-over`
 * gives a conversation back that its colleague left, `handler` says that a handler is later than its contract, `held` does what could be taken back until then. */
export const TIMER_KINDS = ['close-when-silent', 'guard', 'disruption', 'approval', 'verdict', 'take-over', 'handler', 'held'] as const;
export type TimerKind = (typeof TIMER_KINDS)[number];
/** A timer may go off this much before its moment; set anew for that very moment it would be the timer that just went off. */
export const TIMER_EARLY_MS = 50;

/** Everything a decision can do. The register carries a list of them out in one transaction. */
export type Effect =
  | { readonly kind: 'say'; readonly message: OutMessage }
  /** A new case (`event.name` is `opened`) or one that changed; `case` is the state after the event. */
  | { readonly kind: 'case'; readonly case: Case; readonly event: CaseEvent }
  /** The message being handled (or `message`, an earlier one) belongs to this case. */
  | { readonly kind: 'link'; readonly case: CaseId; readonly message?: MessageId | undefined }
  /** Its requester wrote about the case in this conversation: what is said about it from now on is said here. */
  | { readonly kind: 'spoken-here'; readonly case: CaseId }
  /** The visitor said who they are (unverified). */
  | { readonly kind: 'introduce'; readonly person: PersonId; readonly name: string; readonly address: string }
  | { readonly kind: 'state'; readonly state: ConversationState }
  | {
      readonly kind: 'note';
      readonly id: string;
      readonly case: CaseId;
      /** A worker, or the handler whose words they are. */
      readonly author: PersonId | { readonly handler: string };
      readonly text: string;
      readonly attachments?: readonly AttachmentId[] | undefined;
    }
  /** A disruption that is declared, or is expected to last otherwise. */
  | { readonly kind: 'disruption'; readonly disruption: Disruption; readonly by: PersonId }
  | { readonly kind: 'disruption-over'; readonly id: DisruptionId; readonly end: DisruptionEnd }
  /** What a case costs has to be agreed to. */
  | { readonly kind: 'approval'; readonly case: CaseId; readonly budget: string; readonly amount: number }
  /** It is decided, once: when it was before, or is withdrawn, the whole is decided again. */
  | { readonly kind: 'approval-decided'; readonly case: CaseId; readonly decision: ApprovalDecision }
  /** With what is claimed here he has at most so many; else the whole is decided again. */
  | { readonly kind: 'claims-at-most'; readonly worker: PersonId; readonly most: number }
  | { readonly kind: 'notice'; readonly notice: Notice }
  | { readonly kind: 'run'; readonly run: RunChange }
  /** A word of a handler's far side is handled by this. */
  | { readonly kind: 'called-back'; readonly intake: IntakeId }
  /** A colleague did something that happens later; decided again when something is held already. */
  | { readonly kind: 'hold'; readonly held: HeldAct }
  /** It happens now, or was taken back: once, else the whole is decided again. */
  | { readonly kind: 'held-over'; readonly held: HeldAct }
  | { readonly kind: 'timer'; readonly case: CaseId; readonly timer: TimerKind; readonly due: Date }
  | { readonly kind: 'timer-done'; readonly case: CaseId; readonly timer: TimerKind };
